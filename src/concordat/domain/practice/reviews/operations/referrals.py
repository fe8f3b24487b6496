"""Referring a near miss or good practice, a second person's agreement, and withdrawing it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.mail.operations import invite_guest, revoke_link, use_link
from concordat.domain.base.mail.operations.reaching import require_agency_address
from concordat.domain.base.mail.rules import GUEST_LASTS, Opening
from concordat.domain.base.people.rules import is_address, normal_address
from concordat.domain.base.records import operations as records
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import happened, operation, take
from concordat.domain.base.records.operations.record import judged
from concordat.domain.base.records.operations.unit import Texts
from concordat.domain.base.records.queries import is_free
from concordat.domain.base.records.rules import Level, RecordKind, Verb
from concordat.domain.base.seats.models import Seat
from concordat.domain.practice.reviews.models import (
    LearningReferral,
    ReferralGroup,
    ReferralTurn,
)
from concordat.domain.practice.reviews.operations import referrals_taking as taking
from concordat.domain.practice.reviews.operations.referrals_taking import IT
from concordat.domain.practice.reviews.operations.taking import on_behalf
from concordat.domain.practice.reviews.queries.referrals import part_in, refers_for, runs
from concordat.domain.practice.reviews.rules import referrals as rules
from concordat.domain.practice.reviews.rules.referrals import (
    REFERRAL_STATES,
    ReferralKind,
    ReferralPart,
    ReferralStage,
)
from concordat.kernel.actor import Actor, Kind, Office
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.verdict import Verdict

ASKED = "Is asked whether they agree."
LISTED = "On its caseload."
May = Callable[[ReferralPart], Verdict]
_WITH = ("record", "partnership", "agency", "seat__record", "seat__agency", "second__record",
         "second__agency", "group__record__partnership", "link__record")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is referred. `harm` is "no", or it is not taken: a child who was harmed is told of as an
    incident. `happened` is as exact as it is known."""

    kind: str
    harm: str
    what: str
    why: str
    happened: str = ""
    setting: str = ""
    lesson: str = ""


def fresh(row: LearningReferral) -> LearningReferral:
    return LearningReferral.objects.select_related(*_WITH).get(pk=row.pk)


def taken(
    actor: Actor, row: LearningReferral, verb: str, may: May, *,
    seen_version: int | None = None, mine: Texts | None = None,
) -> LearningReferral:  # fmt: skip
    """Lock a referral that the actor may do this with now, in a stage that allows it."""
    record = take(
        row.pk,
        seen_version=seen_version,
        mine=mine,
        theirs=lambda: _stands(fresh(row), mine or {}),
        may=lambda held: judged(actor, Verb.SEE, held) & may(part_in(actor, fresh(row))),
    )
    held = fresh(row)
    held.record = record
    REFERRAL_STATES.verdict(held.stage_is, verb).require()
    is_free(record, verb).require()
    held.stage = REFERRAL_STATES.after(held.stage_is, verb)
    return held


def _stands(row: LearningReferral, mine: Texts) -> dict[str, str]:
    now = {name: str(getattr(row, name, "")) for name in mine}
    return now | {"state": row.stage_is.label}


def turn(actor: Actor, row: LearningReferral, what: str, words: str = "") -> None:
    ReferralTurn.objects.create(
        referral=row, what=what, words=words, by=actor.signature[:200], on=actor.on,
        person_id=actor.hand_person or actor.person,
    )  # fmt: skip


@operation
def set_group(actor: Actor, *, partnership: Record, group: Record, source: str) -> ReferralGroup:
    """Say which group has a partnership's referrals on its caseload. The group may be another
    partnership's. The one before stays on record to the day before."""
    judged(actor, Verb.CHANGE, partnership).require()
    take(partnership.pk)
    told = rules.said("source", source, "Say where this was agreed.")
    if group.kind != RecordKind.BODY:
        raise Invalid("Choose a group.", field="group")
    now = ReferralGroup.objects.filter(partnership=partnership, to_day=None).first()
    if now and now.from_day >= actor.on:
        now.delete()
    elif now:
        now.to_day = actor.on - timedelta(days=1)
        now.save()
    row = ReferralGroup.objects.create(
        partnership=partnership,
        body_id=group.pk,
        from_day=actor.on,
        source=told,
        set_by=actor.signature[:200],
    )
    happened(
        actor, "group for referrals set", partnership, reason=told,
        before={"group": now.body_id if now else ""}, after={"group": group.reference},
    )  # fmt: skip
    return row


@operation
def invite(
    actor: Actor, *, partnership: Record, agency: Agency, name: str, email: str, door: str,
    now: datetime, why: str = "",
) -> LearningReferral:  # fmt: skip
    """Send one named person at an agency's address a link by which they refer something. `why`
    says why it goes to an address at which the agency's people are not known."""
    judged(actor, Verb.SEE, partnership).require()
    if not runs(actor, partnership.pk):
        raise Refused("The secretariat sends such a link.")
    if agency.partnership_id != partnership.pk:
        raise Invalid("This agency is another partnership’s.", field="agency")
    named = " ".join(name.split())[:200]
    if not named:
        raise Invalid("Name the person.", field="name", mend="A link goes to one named person.")
    address = normal_address(email)
    taking.require(is_address(address), "email")
    require_agency_address(actor, agency, address, why)
    row = _opened(actor, partnership, agency)
    row.name, row.email, row.stage = named, address, ReferralStage.AWAITED
    row.save(force_insert=True)
    row.link = invite_guest(
        on_behalf(actor),
        record=row.record,
        opening=Opening.REQUEST,
        name=named,
        email=address,
        place=door,
        now=now,
        lasts=GUEST_LASTS,
    )
    row.save(update_fields=["link"])
    turn(actor, row, f"{named} asked to tell it")
    happened(
        actor, "referral awaited", row.record, reason=why.strip(), after={"agency": agency.name}
    )
    return fresh(row)


def _opened(actor: Actor, partnership: Record, agency: Agency) -> LearningReferral:
    record = taking.opened(
        actor, partnership, RecordKind.LEARNING_REFERRAL, f"Learning referral by {agency.name}"
    )
    return LearningReferral(record=record, partnership=partnership, agency=agency)


@operation
def refer(
    actor: Actor, *, partnership: Record, told: Told, second: Seat | None = None,
    seat: Seat | None = None,
) -> LearningReferral:  # fmt: skip
    """Refer a near miss or good practice by one's account, for the agency of one's seat: of the
    one that is named, where one has seats of several."""
    judged(actor, Verb.ANSWER, partnership).require()
    none = (
        "You refer for an agency, and none of your seats here speaks for one. "
        "Ask the secretariat for a link."
    )
    seat = taking.speaking(refers_for(actor, partnership), seat, none)
    assert seat.agency  # noqa: S101 - only such seats speak
    _check(told)
    row = _opened(actor, partnership, seat.agency)
    row.seat, row.stage = seat, ReferralStage.REFERRED
    _set_down(actor, row, told)
    row.save(force_insert=True)
    taking.let_in(actor, row.record, [seat.record], "Refers it.")
    turn(actor, row, "Referred")
    happened(actor, "referral told", row.record, after={"kind": row.kind, "by": row.referrer})
    if second:
        _ask_second(actor, row, second)
        row.save()
    else:
        _ask_for_second(actor, row)
    return fresh(row)


def _check(told: Told) -> None:
    rules.no_harm(told.harm)
    if told.kind not in {kind.value for kind in ReferralKind}:
        raise Invalid("Say whether it is a near miss or good practice.", field="kind")
    rules.said("what", told.what, "Say what happened.")
    rules.said("why", told.why, "Say why it matters.")
    rules.said("setting", told.setting, "", needed=False)
    rules.said("lesson", told.lesson, "", needed=False)
    rules.said("happened", told.happened, "", needed=False)


def _set_down(actor: Actor, row: LearningReferral, told: Told) -> None:
    row.kind, row.what, row.why = told.kind, told.what.strip(), told.why.strip()
    row.happened, row.setting = told.happened.strip()[:60], told.setting.strip()[:200]
    row.lesson, row.referred_on = told.lesson.strip(), actor.on


def _ask_second(actor: Actor, row: LearningReferral, second: Seat) -> None:
    if second.partnership_id != row.partnership_id:
        raise Invalid("This seat is another partnership’s.", field="second")
    allowed = rules.may_be_second(
        referrer=row.seat_id,
        referring=row.agency_id,
        second=second.pk,
        seconding=second.agency_id,
    )
    taking.require(allowed, "second")
    if row.second and row.second != second:
        taking.let_out(actor, row.record, row.second.record, ASKED, "Another is asked.")
    row.second = second
    row.seconded_why, row.seconded_by, row.seconded_on = "", "", None
    taking.clear(actor, row.record, "Another is asked", Errand.CONFIRM, Errand.GIVE)
    taking.let_in(actor, row.record, [second.record], ASKED)
    why = f"{row.referrer} refers it. It goes on once somebody of another agency agrees"
    taking.ask(actor, row.record, [second], Errand.CONFIRM, IT, why)
    turn(actor, row, "A second person asked", second.role)


def _ask_for_second(actor: Actor, row: LearningReferral) -> None:
    """The secretariat names whoever is to agree."""
    seats = Seat.objects.filter(
        partnership=row.partnership_id, to_text="", office=Office.STRATEGY_MANAGER
    ).select_related("record")
    why = "Nobody is asked yet whether they agree. Name a second person of another agency"
    taking.ask(actor, row.record, seats, Errand.GIVE, IT, why)


@operation
def tell(
    actor: Actor, *, referral: LearningReferral, told: Told, link: UUID | None = None,
    now: datetime | None = None, seen_version: int | None = None,
) -> LearningReferral:  # fmt: skip
    """Tell what one was asked for by a link, which is used up by it."""
    held = taken(actor, referral, "tell", rules.may_tell_referral, seen_version=seen_version)
    _check(told)
    if actor.kind is Kind.GUEST:
        if link is None or now is None:
            raise Refused("A guest tells by the link that let them in.")
        use_link(actor, link=link, now=now)
    _set_down(actor, held, told)
    held.save()
    turn(actor, held, "Referred")
    _ask_for_second(actor, held)
    happened(actor, "referral told", held.record, after={"kind": held.kind, "by": held.referrer})
    return held


@operation
def name_second(
    actor: Actor, *, referral: LearningReferral, second: Seat, seen_version: int | None = None
) -> LearningReferral:
    """Ask a second person of another agency, or another in their place, whether they agree."""
    held = taken(actor, referral, "name", rules.may_name, seen_version=seen_version)
    _ask_second(actor, held, second)
    held.save()
    happened(actor, "second person asked", held.record, after={"seat": second.record.reference})
    return held


@operation
def agree(
    actor: Actor, *, referral: LearningReferral, why: str, seen_version: int | None = None
) -> LearningReferral:
    """Agree as the second person. It then lies before the group, whoever's the group is."""
    held = taken(
        actor, referral, "agree", rules.may_second, seen_version=seen_version, mine={"why": why}
    )
    told = rules.said("why", why, "Say what convinced you.")
    group = (
        ReferralGroup.objects.select_related("body__record__partnership")
        .filter(partnership=held.partnership_id, to_day=None)
        .first()
    )
    if group is None:
        raise Refused(
            "No group has the referrals of this partnership on its caseload. "
            "The secretariat says which one does."
        )
    held.seconded_why, held.seconded_by = told, actor.signature[:200]
    held.seconded_on, held.group = actor.on, group.body
    held.save()
    taking.clear(actor, held.record, "Agreed", Errand.CONFIRM)
    turn(actor, held, "Agreed by a second person", told)
    _before_the_group(actor, held)
    happened(actor, "referral agreed", held.record, reason=told)
    return held


def _before_the_group(actor: Actor, held: LearningReferral) -> None:
    """The group opens it, also where it is another partnership's: it is then shared with that."""
    assert held.group  # noqa: S101 - set by whoever calls
    home = held.group.record.partnership
    taking.let_in(actor, held.record, [held.group.record], LISTED, Level.WORK)
    elsewhere = home if home and home.pk != held.partnership_id else None
    if elsewhere and not held.record.shares.filter(partnership=elsewhere, to_day=None).exists():
        records.share(
            on_behalf(actor), record=held.record, partnership=elsewhere,
            reason="Its group learns from it.", from_day=actor.on,
        )  # fmt: skip
    seats = Seat.objects.filter(body=held.group, to_text="").select_related("record")
    chairs = [seat for seat in seats if seat.office == Office.CHAIR] or list(seats)
    why = "A second person agreed. Take it on, or return it with a reason"
    taking.ask(actor, held.record, chairs, Errand.REVIEW, IT, why)


@operation
def differ(
    actor: Actor, *, referral: LearningReferral, reason: str, door: str = "",
    now: datetime | None = None, seen_version: int | None = None,
) -> LearningReferral:  # fmt: skip
    """Not agree, with the reason. Whoever refers may change it and refer it again; a guest is
    told by a link."""
    held = taken(
        actor, referral, "differ", rules.may_second, seen_version=seen_version,
        mine={"reason": reason},
    )  # fmt: skip
    why = rules.said("reason", reason, "Say why you do not agree.")
    held.save()
    taking.clear(actor, held.record, "Not agreed", Errand.CONFIRM)
    turn(actor, held, "Not agreed", why)
    back(actor, held, "The second person does not agree")
    taking.tell_guest(actor, held, rules.Outcome.NOT_AGREED, door, now)
    happened(actor, "referral not agreed", held.record, reason=why)
    return held


def back(actor: Actor, held: LearningReferral, why: str) -> None:
    seats = (
        [held.seat]
        if held.seat
        else Seat.objects.filter(
            partnership=held.partnership_id, to_text="", office=Office.STRATEGY_MANAGER
        ).select_related("record")
    )
    taking.ask(actor, held.record, seats, Errand.UPDATE, IT, f"{why}. Change it, or withdraw it")


@operation
def refer_again(
    actor: Actor, *, referral: LearningReferral, told: Told, second: Seat | None = None,
    seen_version: int | None = None,
) -> LearningReferral:  # fmt: skip
    """Change what did not convince, and ask a second person anew."""
    held = taken(
        actor, referral, "refer again", rules.may_handle, seen_version=seen_version,
        mine={"what": told.what, "why": told.why, "lesson": told.lesson},
    )  # fmt: skip
    _check(told)
    _set_down(actor, held, told)
    _off_the_group(actor, held)
    held.seconded_why, held.seconded_by, held.seconded_on = "", "", None
    taking.clear(actor, held.record, "Referred again", Errand.UPDATE)
    turn(actor, held, "Referred again")
    if asked := second or held.second:
        _ask_second(actor, held, asked)
    else:
        _ask_for_second(actor, held)
    held.save()
    happened(actor, "referral told again", held.record, after={"kind": held.kind})
    return held


def _off_the_group(actor: Actor, held: LearningReferral) -> None:
    """The group that returned it reads it no longer, unless it is agreed to and before it anew."""
    if held.group is None:
        return
    taking.let_out(actor, held.record, held.group.record, LISTED, "It is referred again.")
    for share in held.record.shares.filter(partnership=held.group.record.partnership, to_day=None):
        records.end_share(
            on_behalf(actor), share=share, on=actor.on - timedelta(days=1),
            reason="It is referred again.",
        )  # fmt: skip
    held.group = None


@operation
def withdraw(
    actor: Actor, *, referral: LearningReferral, reason: str, now: datetime | None = None,
    seen_version: int | None = None,
) -> LearningReferral:  # fmt: skip
    """Refer it no longer. A link that was not used opens nothing any more."""
    held = taken(actor, referral, "withdraw", rules.may_handle, seen_version=seen_version)
    why = rules.said("reason", reason, "Say why it is withdrawn.")
    held.save()
    if held.link and now and held.link.used_at is None and held.link.revoked_at is None:
        revoke_link(on_behalf(actor), link=held.link, reason=why, now=now)
    errands = (Errand.CONFIRM, Errand.GIVE, Errand.UPDATE, Errand.REVIEW)
    taking.clear(actor, held.record, "Withdrawn", *errands)
    turn(actor, held, "Withdrawn", why)
    happened(actor, "referral withdrawn", held.record, reason=why)
    return held

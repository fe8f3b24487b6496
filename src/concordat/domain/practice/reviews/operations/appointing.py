"""Panel members and reviewers: asked, interests checked, let in for a time, paid in stages."""

from __future__ import annotations

from datetime import date

from concordat.domain.base.people.models import Person
from concordat.domain.base.records.operations import happened, operation
from concordat.domain.base.records.rules import Level, Verb
from concordat.domain.base.seats.models import Seat
from concordat.domain.governance.programme.models import Contract
from concordat.domain.practice.reviews import queries
from concordat.domain.practice.reviews.models import FeeStage, Member, Review
from concordat.domain.practice.reviews.operations import desk_taking as desk_
from concordat.domain.practice.reviews.operations.desk_taking import taken
from concordat.domain.practice.reviews.rules import desk
from concordat.domain.practice.reviews.rules.desk import Conflict, Part
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.labels import day_in_words


@operation
def ask_member(
    actor: Actor,
    *,
    review: Review,
    part: Part,
    why: str,
    seat: Seat | None = None,
    person: Person | None = None,
    contract: Contract | None = None,
    seen_version: int | None = None,
) -> Member:
    """Ask somebody to take part: the holder of a seat, or a person who holds none. They see
    nothing until their interests are checked and they are let in."""
    row = taken(actor, review, seen_version=seen_version)
    if (seat is None) == (person is None):
        raise Invalid("Choose one of the two: a seat, or a person.", field="seat")
    if seat and seat not in queries.seats_of(actor, row):
        raise Invalid("This seat is of a partnership that takes no part.", field="seat")
    there = Member.objects.filter(review=row, seat=seat, person=person)
    if there.filter(ended_why="").exists():
        raise Invalid("They are asked already.", field="seat" if seat else "person")
    made = Member.objects.create(
        review=row,
        part=part,
        seat=seat,
        person=person,
        contract=contract,
        why=desk.needed("why", why, "Say why them."),
        asked_on=actor.on,
        asked_by=actor.signature[:200],
    )
    happened(
        actor, "member of review asked", row.record, reason=made.why,
        after={"who": made.grantee.reference, "as": part},
    )  # fmt: skip
    return made


def _held(
    actor: Actor, member: Member, verb: Verb = Verb.CHANGE, seen_version: int | None = None
) -> tuple[Review, Member]:
    row = taken(actor, member.review, verb=verb, seen_version=seen_version)
    rows = Member.objects.select_related("seat__record", "seat__body", "person__record")
    return row, rows.get(pk=member.pk)


@operation
def check_interests(
    actor: Actor,
    *,
    member: Member,
    found: Conflict,
    words: str = "",
    seen_version: int | None = None,
) -> Member:
    """Record what the check of their interests found. Nobody checks their own."""
    row, held = _held(actor, member, seen_version=seen_version)
    if held.grantee.pk in actor.identities:
        raise Refused("Somebody else must check your interests.")
    if found is not Conflict.NONE:
        desk.needed("words", words, "Say what the interest is, and how it is managed.")
    held.conflict, held.conflict_words = found, words.strip()
    held.checked_by, held.checked_on = actor.signature[:200], actor.on
    held.save()
    if found is Conflict.BARS and _has_or_will_have_access(held, actor.on):
        _end(actor, row, held, desk_.yesterday(actor.on), held.conflict_words)
    happened(
        actor, "interests checked", row.record, reason=held.conflict_words,
        after={"who": held.grantee.reference, "found": found},
    )  # fmt: skip
    return held


def _has_or_will_have_access(held: Member, on: date) -> bool:
    return held.from_day is not None and (held.to_day is None or held.to_day >= on)


@operation
def let_in(
    actor: Actor,
    *,
    member: Member,
    from_day: date,
    to_day: date | None = None,
    appointed: str = "",
    uncontracted: str = "",
    seen_version: int | None = None,
) -> Member:
    """Open the review and what hangs on it to them, for a time that ends for whoever works on it.
    A reviewer is appointed by the partners, under a contract or with the reason for none."""
    row, held = _held(actor, member, Verb.ADMIT, seen_version)
    desk.may_be_let_in(Conflict(held.conflict) if held.conflict else None).require()
    desk_.require(desk.is_term(from_day, to_day, held.part_is), "to_day")
    if held.from_day:
        raise Refused("They are let in already. End it first.")
    _is_appointed(held, appointed, uncontracted)
    held.from_day, held.to_day = from_day, to_day
    held.appointed, held.uncontracted = appointed.strip(), uncontracted.strip()
    held.save()
    level = Level.WORK if held.part_is.works else Level.SEE
    why = f"Is {held.part} of this review."
    desk_.let_in(actor, desk_.papers_of(row), held.grantee, level, why, from_day, to_day)
    happened(
        actor, "member let into review", row.record,
        after={"who": held.grantee.reference, "from": from_day, "until": to_day,
               "appointed": held.appointed},
    )  # fmt: skip
    return held


_LACKING = {
    "appointed": "Say which partners appointed them, and when.",
    "uncontracted": "Put their contract on file with the programme, or say why there is none.",
}


def _is_appointed(held: Member, appointed: str, uncontracted: str) -> None:
    lacking = desk.lacks_appointment(
        held.part_is, appointed=appointed, contracted=held.contract_id is not None,
        uncontracted=uncontracted,
    )  # fmt: skip
    if lacking:
        raise Invalid(_LACKING[lacking], field=lacking)


@operation
def end_member(
    actor: Actor, *, member: Member, last: date, why: str, seen_version: int | None = None
) -> Member:
    """End somebody's part; `last` is the last day on which they see anything of it."""
    row, held = _held(actor, member, Verb.ADMIT, seen_version)
    if held.ended_why:
        raise Refused("Their part has ended already.")
    if last > actor.on:
        raise Invalid(f"{day_in_words(last)} is still to come.", field="last")
    reason = desk.needed("why", why, "Say why their part ends.")
    _end(actor, row, held, last, reason)
    happened(
        actor, "part in review ended", row.record, reason=reason,
        after={"who": held.grantee.reference, "last day": last},
    )  # fmt: skip
    return held


def _end(actor: Actor, row: Review, held: Member, last: date, why: str) -> None:
    if held.from_day and last < held.from_day:
        held.from_day = held.to_day = None
    elif held.from_day:
        held.to_day = last
    held.ended_why = why or "Ended."
    held.save()
    desk_.shut_out(actor, row, held.grantee, last, held.ended_why)


@operation
def agree_fee(
    actor: Actor,
    *,
    member: Member,
    what: str,
    amount: int,
    due: date | None = None,
    seen_version: int | None = None,
) -> FeeStage:
    """Agree what is paid once something is done. `amount` is pence."""
    row, held = _held(actor, member, seen_version=seen_version)
    if amount <= 0:
        raise Invalid("Give the sum.", field="amount")
    made = FeeStage.objects.create(
        member=held,
        what=desk.needed("what", what, "Say what it is paid for.", desk.LONGEST_LINE),
        amount=amount,
        due=due,
    )
    happened(
        actor, "fee of reviewer agreed", row.record,
        after={"who": held.grantee.reference, "for": made.what, "pence": amount, "due": due},
    )  # fmt: skip
    return made


def _fee(actor: Actor, fee: FeeStage, seen_version: int | None) -> tuple[Review, FeeStage]:
    row = taken(actor, fee.member.review, seen_version=seen_version, also=tuple(desk.Stage))
    return row, FeeStage.objects.select_related("member__person", "member__seat").get(pk=fee.pk)


@operation
def invoice_fee(
    actor: Actor, *, fee: FeeStage, invoice: str, on: date, seen_version: int | None = None
) -> FeeStage:
    """Record that it was invoiced."""
    row, held = _fee(actor, fee, seen_version)
    if held.invoiced_on:
        raise Refused("This is invoiced already.")
    if on > actor.on:
        raise Invalid(f"{day_in_words(on)} has not come yet.", field="on")
    held.invoice = desk.needed("invoice", invoice, "Give the number of the invoice.", 60)
    held.invoiced_on = on
    held.save()
    happened(actor, "fee of reviewer invoiced", row.record, after={"invoice": held.invoice})
    return held


@operation
def approve_fee(actor: Actor, *, fee: FeeStage, seen_version: int | None = None) -> FeeStage:
    """Approve an invoiced stage. Whoever is paid never approves it."""
    row, held = _fee(actor, fee, seen_version)
    if held.invoiced_on is None:
        raise Refused("It is not invoiced yet.")
    if held.approved_on:
        raise Refused(f"{held.approved_by} approved this already.")
    grantee = (held.member.person or held.member.seat).pk  # type: ignore[union-attr]
    if grantee in actor.identities:
        raise Refused("Somebody else must approve what you are paid.")
    held.approved_on, held.approved_by = actor.on, actor.signature[:200]
    held.save()
    happened(
        actor, "fee of reviewer approved", row.record,
        after={"for": held.what, "pence": held.amount},
    )  # fmt: skip
    return held

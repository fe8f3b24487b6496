"""Decisions that an actor may open, who could decide on their day, and a body's own account."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from concordat.domain.base.agencies.models import Agency, Partnership
from concordat.domain.base.clocks.models import Clock
from concordat.domain.base.clocks.queries import clocks
from concordat.domain.base.clocks.rules import OPEN
from concordat.domain.base.records.queries import can, fetch, visible
from concordat.domain.base.records.rules import Verb, is_reference
from concordat.domain.base.seats.models import Seat
from concordat.domain.governance.arrangements.queries import Decision, authority
from concordat.domain.governance.arrangements.rules import Answer, Opinion
from concordat.domain.governance.meetings.models import (
    Assent,
    Dispute,
    Letter,
    Position,
    Ratification,
    Resolution,
    Tried,
    Voice,
)
from concordat.domain.governance.meetings.queries.table import terms_on
from concordat.domain.governance.meetings.queries.who import may_run
from concordat.domain.governance.meetings.rules import deciding
from concordat.domain.governance.meetings.rules.deciding import Account, Spoken, State
from concordat.domain.governance.meetings.rules.quorum import Effect, Quorum, allowed
from concordat.kernel.actor import Actor
from concordat.kernel.labels import join_words
from concordat.kernel.verdict import Verdict, no, yes

_WITH = (
    "record__partnership", "record__owner", "body__record", "meeting__record", "line__item__record",
    "matter", "about",
)  # fmt: skip


def resolutions(actor: Actor) -> QuerySet[Resolution]:
    """Decisions that the actor may open, the latest first. Drafts are seen by who may run them."""
    rows = Resolution.objects.select_related(*_WITH).prefetch_related("ratifications")
    return visible(actor, rows).order_by("-on", "-record__reference")


def sealed(actor: Actor) -> QuerySet[Resolution]:
    return resolutions(actor).exclude(state=State.DRAFT)


def resolution(actor: Actor, reference: str) -> Resolution:
    if not is_reference(reference):
        raise Resolution.DoesNotExist
    rows = Resolution.objects.select_related(*_WITH, "corrects__record", "decision")
    return fetch(actor, rows, record__reference=reference)


def voices_of(actor: Actor, resolution: Resolution) -> QuerySet[Voice]:
    rows = Voice.objects.filter(resolution=resolution).select_related(
        "seat__record", "seat__agency"
    )
    return visible(actor, rows, record="resolution__record").order_by("seat__order", "seat__role")


def spoken(actor: Actor, resolution: Resolution) -> list[Spoken]:
    """Those who took part as the rules of deciding take them."""
    return [
        Spoken(
            seat=row.seat.key,
            title=row.seat.role,
            agency=row.seat.agency.key if row.seat.agency else "",
            class_=row.seat.agency.agency_class if row.seat.agency else row.seat.seat_class,
            voice=deciding.Voice(row.voice),
            voting=row.seat.capacity in ("", "voting"),
            deputy=row.deputy,
        )
        for row in voices_of(actor, resolution)
    ]


def opinions_on(actor: Actor, resolution: Resolution) -> tuple[Opinion, ...]:
    """What each partner could do about it that day through those who spoke; nothing where the
    decision concerns no matter of authority."""
    if resolution.matter is None:
        return ()
    homes = Partnership.objects.select_related("record")
    home = homes.get(pk=resolution.record.partnership_id)
    agreed = (deciding.Voice.AGREE, deciding.Voice.ABSTAIN)
    present = [each.present for each in spoken(actor, resolution) if each.voice in agreed]
    found = authority(
        actor, home, resolution.matter.key, resolution.on, present, amount=resolution.amount
    )
    return found.opinions


def how_sealed(
    actor: Actor, resolution: Resolution, quorum: Quorum | None, effect: Effect | None
) -> deciding.Sealing:
    """How a draft would be sealed today, for the check page and for sealing alike."""
    opinions = _asked(actor, resolution, quorum)
    return deciding.how_sealed(deciding.Outcome(resolution.outcome), quorum, opinions, effect)


def _asked(actor: Actor, resolution: Resolution, quorum: Quorum | None) -> tuple[Opinion, ...]:
    opinions = opinions_on(actor, resolution)
    if not opinions and deciding.is_short(quorum):
        return those_there(actor, resolution)
    return opinions


def ways_to_seal(
    actor: Actor, resolution: Resolution, quorum: Quorum | None
) -> list[tuple[Effect, str]]:
    """What the terms let a meeting without a quorum do, each with what would come of it."""
    outcome = deciding.Outcome(resolution.outcome)
    if not (outcome.binds and deciding.is_short(quorum)):
        return []
    opinions = _asked(actor, resolution, quorum)
    bound = [each.name for each in opinions if each.answer is Answer.YES]
    found = []
    for effect in allowed(terms_on(actor, resolution.body, resolution.on)):
        sealing = deciding.how_sealed(outcome, quorum, opinions, effect)
        done = deciding.comes_of(outcome, quorum, effect)
        found.append((effect, deciding.sealed_in_words(sealing, done, bound)))
    return found


def those_there(actor: Actor, resolution: Resolution) -> tuple[Opinion, ...]:
    """Which agencies agreed by a voting seat, for what concerns no matter of authority."""
    rows = voices_of(actor, resolution).filter(seat__capacity__in=("", "voting"))
    agreed: dict[str, tuple[Agency, bool]] = {}
    for row in rows:
        if agency := row.seat.agency:
            _, before = agreed.get(agency.key, (agency, False))
            agreed[agency.key] = (agency, before or row.voice == deciding.Voice.AGREE)
    return tuple(
        Opinion(
            agency.key,
            agency.name,
            agency.agency_class,
            Answer.YES if spoke else Answer.NEEDS,
            "Agreed for itself." if spoke else "Nobody agreed for it.",
        )
        for agency, spoke in agreed.values()
    )


def frozen(opinions: Sequence[Opinion]) -> list[dict[str, str]]:
    """Opinions as they are kept with a decision."""
    return [
        {
            "agency": each.agency,
            "name": each.name,
            "class": each.class_,
            "answer": each.answer.value,
            "reason": each.reason,
            "source": each.source,
            "delegation": each.delegation,
        }
        for each in opinions
    ]


def thawed(kept: Sequence[dict[str, str]]) -> list[Opinion]:
    return [
        Opinion(
            row["agency"],
            row["name"],
            row["class"],
            Answer(row["answer"]),
            row["reason"],
            row.get("source", ""),
            row.get("delegation", ""),
        )
        for row in kept
    ]


def waiting(actor: Actor) -> QuerySet[Resolution]:
    """Decisions that wait for somebody's power, the oldest first."""
    states = [each.value for each in deciding.WAITING]
    return resolutions(actor).filter(state__in=states).order_by("on", "record__reference")


def on_record(actor: Actor, *, body: UUID | None = None, day: date | None = None) -> list[Decision]:
    """Decisions that sources tell of and that were not sealed here, the latest first.

    They stay the rows of the partnership's own record: a decision sealed here has its row there
    too and is left out, so that none is told twice.
    """
    sealed_here = Resolution.objects.filter(decision__isnull=False).values("decision")
    rows = Decision.objects.exclude(pk__in=sealed_here)
    rows = rows.select_related("agency", "body__record", "post", "partnership")
    rows = rows.prefetch_related("gave__record")
    if body is not None:
        rows = rows.filter(body=body)
    if day is not None:
        rows = rows.filter(date=day.isoformat())
    return list(visible(actor, rows, record="partnership").order_by("-date", "order", "key")[:200])


def forward_plan(actor: Actor, body: UUID) -> QuerySet[Resolution]:
    """Decisions of a body that are to be looked at again, the nearest first."""
    rows = resolutions(actor).filter(body=body, review_on__isnull=False)
    return rows.exclude(state__in=[State.CORRECTED.value, State.LAPSED.value]).order_by("review_on")


def account_of(actor: Actor, agency: Agency, since: date, until: date) -> list[Account]:
    """What an agency's own people committed it to, on every board that the actor may see."""
    kin = Q(seat__agency=agency) | Q(seat__agency__same_as=agency.key)
    if agency.same_as:
        kin |= Q(seat__agency__key=agency.same_as.rpartition("/")[2])
    rows = Voice.objects.filter(
        kin, voice=deciding.Voice.AGREE, resolution__on__range=(since, until)
    )
    rows = rows.exclude(resolution__state=State.DRAFT)
    rows = rows.select_related("resolution__record", "resolution__body", "seat__agency")
    rows = rows.prefetch_related("resolution__ratifications")
    seen = visible(actor, rows, record="resolution__record")
    grouped: dict[UUID, list[Voice]] = {}
    for row in seen.order_by("-resolution__on", "-resolution__record__reference", "seat__order"):
        grouped.setdefault(row.resolution_id, []).append(row)
    return [_accounted(agency, voices) for voices in grouped.values()]


def _accounted(agency: Agency, voices: Sequence[Voice]) -> Account:
    """One decision as it stands for the agency, however many of its seats agreed."""
    row = voices[0].resolution
    left = tuple(row.left)
    names = {agency.name, *(each.seat.agency.name for each in voices if each.seat.agency)}
    spoke = [f"{each.seat.role} by deputy" if each.deputy else each.seat.role for each in voices]
    return Account(
        reference=row.record.reference,
        on=row.on,
        body=row.body.name,
        text=row.text,
        state=State(row.state),
        committed_by=join_words(spoke),
        amount=row.amount,
        waits_for=left,
        waits_for_it=bool(names.intersection(left)),
    )


def disputes(actor: Actor) -> QuerySet[Dispute]:
    rows = Dispute.objects.select_related(
        "record__partnership", "record__owner", "body", "resolution"
    )
    return visible(actor, rows).order_by("state", "rung_due", "record__reference")


def dispute(actor: Actor, reference: str) -> Dispute:
    if not is_reference(reference):
        raise Dispute.DoesNotExist
    rows = Dispute.objects.select_related(
        "record__partnership", "record__owner", "body__record", "resolution__record", "about"
    )
    return fetch(actor, rows, record__reference=reference)


def letters(actor: Actor) -> QuerySet[Letter]:
    """Letters in and out, the latest first, as far as the actor may open what they hang on."""
    rows = Letter.objects.select_related("about", "partnership", "document__record", "replies_to")
    return visible(actor, rows, record="about").order_by("-dated", "-pk")


def letter(actor: Actor, pk: int) -> Letter:
    """One letter. Raises DoesNotExist for what the actor may not open."""
    return letters(actor).get(pk=pk)


def assents_of(actor: Actor, letter: Letter) -> QuerySet[Assent]:
    """Who was asked to agree to a letter before it goes, and what each said."""
    rows = Assent.objects.filter(letter=letter).select_related("seat__record", "letter__about")
    return visible(actor, rows, record="letter__about").order_by("pk")


def unanswered(actor: Actor) -> QuerySet[Letter]:
    """Letters that came in, want an answer and have none; a drafted answer is none yet."""
    answers = Letter.objects.filter(is_draft=False, replies_to__isnull=False)
    rows = letters(actor).filter(incoming=True, reply_due__isnull=False)
    rows = rows.exclude(pk__in=answers.values("replies_to"))
    return rows.filter(no_reply_reason="").order_by("reply_due")


def ratifications_of(actor: Actor, resolution: Resolution) -> QuerySet[Ratification]:
    rows = Ratification.objects.filter(resolution=resolution)
    return visible(actor, rows, record="resolution__record").order_by("given_on", "pk")


def may_answer_for(actor: Actor, resolution: Resolution, partner: str) -> Verdict:
    """Each partner binds only itself: its own seats answer, or who runs the body for it."""
    if may_run(actor, resolution.record, resolution.body_id):
        return yes()
    signs = can(actor, Verb.SIGN, resolution.record)
    if signs and partner not in {held.agency_name for held in actor.seats}:
        return no(f"You hold no seat of {partner}. Each partner answers only for itself.")
    return signs


def clock_of(actor: Actor, resolution: Resolution) -> Clock | None:
    """The clock that runs while a decision waits for partners to answer."""
    rows = clocks(actor, now=actor.on).filter(record=resolution.record, rule=deciding.WAITS)
    return rows.filter(stage__in=OPEN).first()


def answers_for(actor: Actor, resolution: Resolution) -> list[str]:
    """The partners for which this actor may ratify or refuse."""
    if resolution.state not in deciding.WAITING:
        return []
    return [each for each in resolution.left if may_answer_for(actor, resolution, each)]


def kept_opinions(actor: Actor, resolution: Resolution) -> list[dict[str, str]]:
    """Each partner's power over a decision as it is today, in the form that sealing keeps."""
    return frozen(opinions_on(actor, resolution))


def positions_of(actor: Actor, dispute: Dispute) -> QuerySet[Position]:
    rows = Position.objects.filter(dispute=dispute).select_related("seat__record", "seat__agency")
    return visible(actor, rows, record="dispute__record").order_by("pk")


def tried_of(actor: Actor, dispute: Dispute) -> QuerySet[Tried]:
    """What was tried and advised, in order."""
    rows = Tried.objects.filter(dispute=dispute)
    return visible(actor, rows, record="dispute__record").order_by("pk")


def answering_seat(actor: Actor) -> Seat | None:
    """The seat of whoever puts a letter on the register: they answer it unless it is passed on."""
    held = [each.seat for each in actor.seats]
    rows = Seat.objects.filter(pk__in=held).select_related("record")
    return visible(actor, rows).first()

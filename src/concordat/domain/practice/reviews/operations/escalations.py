"""Raising a disagreement about a child, taking it further, and settling it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta

from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.asks.models import Ask
from concordat.domain.base.asks.operations import remind
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import happened, no_event, operation, take
from concordat.domain.base.records.operations.record import judged
from concordat.domain.base.records.operations.unit import Texts
from concordat.domain.base.records.queries import is_free
from concordat.domain.base.records.rules import RecordKind, Verb
from concordat.domain.base.seats.models import Seat
from concordat.domain.base.seats.queries import to_ring
from concordat.domain.practice.children.queries import may_store_somewhere
from concordat.domain.practice.children.rules import label as label_of
from concordat.domain.practice.reviews.models import (
    Escalation,
    EscalationPolicy,
    EscalationStep,
    EscalationTurn,
)
from concordat.domain.practice.reviews.operations import referrals_taking as taking
from concordat.domain.practice.reviews.queries.escalations import (
    part_in,
    policy,
    raises_for,
    working_days,
)
from concordat.domain.practice.reviews.rules import escalations as rules
from concordat.domain.practice.reviews.rules.escalations import (
    ESCALATION_STATES,
    EscalationOutcome,
    EscalationPart,
    PolicyStage,
)
from concordat.domain.practice.reviews.rules.referrals import said
from concordat.kernel.actor import Actor, Kind
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.labels import day_in_words
from concordat.kernel.verdict import Verdict

IT = "the escalation"
AT_ONCE = 200
May = Callable[[EscalationPart], Verdict]
_WITH = ("record", "partnership", "seat__record", "agency", "other__record")


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """What the disagreement is about, and what would settle it. `label` is a child's label, or
    nothing; `ours` and `theirs` are between whom the first stage is; `seat`
    from which it is raised, which somebody with seats of several agencies says."""

    other: Agency
    theirs: Seat
    about: str
    wanted: str
    label: str = ""
    ours: Seat | None = None
    seat: Seat | None = None


def fresh(row: Escalation) -> Escalation:
    return Escalation.objects.select_related(*_WITH).get(pk=row.pk)


def _taken(
    actor: Actor, row: Escalation, verb: str, may: May, *, seen_version: int | None = None,
    mine: Texts | None = None,
) -> Escalation:  # fmt: skip
    record = take(
        row.pk,
        seen_version=seen_version,
        mine=mine,
        theirs=lambda: _stands(fresh(row)),
        may=lambda held: judged(actor, Verb.SEE, held) & may(part_in(actor, fresh(row))),
    )
    held = fresh(row)
    held.record = record
    ESCALATION_STATES.verdict(held.state_is, verb).require()
    is_free(record, verb).require()
    held.state = ESCALATION_STATES.after(held.state_is, verb)
    return held


def _stands(row: Escalation) -> dict[str, str]:
    last = EscalationTurn.objects.filter(escalation=row).order_by("-pk").first()
    told = f"{last.what}. {last.words}" if last else ""
    return {"words": told, "stage": rules.stage_in_words(row.number, len(row.policy))}


def _turn(actor: Actor, row: Escalation, what: str, words: str = "") -> None:
    EscalationTurn.objects.create(
        escalation=row, what=what[:80], words=words, by=actor.signature[:200], on=actor.on
    )


@operation
def set_policy(
    actor: Actor, *, partnership: Record, stages: Sequence[PolicyStage], source: str,
    seen_version: int | None = None,
) -> EscalationPolicy:  # fmt: skip
    """Set the stages and their working days from today. What is open keeps those it began with."""
    take(
        partnership.pk, seen_version=seen_version, mine={"stages": rules.text_of(stages)},
        theirs=lambda: _policy_stands(actor, partnership),
        may=lambda held: judged(actor, Verb.CHANGE, held),
    )  # fmt: skip
    told = said("source", source, "Say which document or decision sets this.")
    rules.stages_of(rules.text_of(stages))
    now = EscalationPolicy.objects.filter(partnership=partnership, to_day=None).first()
    before = now.stages if now else []
    if now and now.from_day >= actor.on:
        now.delete()
    elif now:
        now.to_day = actor.on - timedelta(days=1)
        now.save()
    row = EscalationPolicy.objects.create(
        partnership=partnership,
        stages=[asdict(each) for each in stages],
        from_day=actor.on,
        source=told,
        set_by=actor.signature[:200],
    )
    happened(
        actor, "escalation policy set", partnership, reason=told, before={"stages": before},
        after={"stages": row.stages},
    )  # fmt: skip
    return row


def _policy_stands(actor: Actor, partnership: Record) -> dict[str, str]:
    row = policy(actor, partnership)
    return {"stages": rules.text_of(row.told)} if row else {}


@operation
def raise_it(actor: Actor, *, partnership: Record, raised: Raised) -> Escalation:
    """Raise a disagreement for the agency of one's seat. It begins at the policy's first stage."""
    judged(actor, Verb.ANSWER, partnership).require()
    none = "You raise it for an agency, and none of your seats here speaks for one."
    seat = taking.speaking(raises_for(actor, partnership), raised.seat, none)
    may_store_somewhere(actor, partnership).require()
    stands = policy(actor, partnership)
    if stands is None:
        raise Refused("No policy for disagreements is set here yet. The secretariat sets one.")
    _check(partnership, seat, raised)
    record = taking.opened(
        actor, partnership, RecordKind.ESCALATION,
        f"Disagreement with {raised.other.name}", owner=seat.record,
    )  # fmt: skip
    row = Escalation(
        record=record,
        partnership=partnership,
        seat=seat,
        agency=seat.agency,
        other=raised.other,
        label=label_of(raised.label) if raised.label.strip() else "",
        about=raised.about.strip(),
        wanted=raised.wanted.strip(),
        stages=stands.stages,
        raised_on=actor.on,
    )
    row.save(force_insert=True)
    taking.let_in(actor, record, [seat.record], "Raised it.")
    _turn(actor, row, "Raised")
    _begin(actor, row, raised.ours or seat, raised.theirs)
    happened(actor, "escalation raised", record, after={"with": raised.other.name})
    return fresh(row)


def _check(partnership: Record, seat: Seat, raised: Raised) -> None:
    if raised.other.partnership_id != partnership.pk:
        raise Invalid("This agency is another partnership’s.", field="other")
    if raised.other.pk == seat.agency_id:
        raise Invalid(
            "This is your own agency.",
            field="other",
            mend="Within one agency, its own procedure is followed.",
        )
    said("about", raised.about, "Say what you disagree about.")
    said("wanted", raised.wanted, "Say what would settle it.")


def _begin(actor: Actor, row: Escalation, ours: Seat, theirs: Seat) -> EscalationStep:
    """Begin the stage at which the escalation now is, and ask those between whom it is."""
    if theirs.partnership_id != row.partnership_id or theirs.agency_id != row.other_id:
        raise Invalid(f"Choose a seat that speaks for {row.other.name}.", field="theirs")
    if ours.partnership_id != row.partnership_id or ours.agency_id != row.agency_id:
        raise Invalid("Choose a seat of the agency that raised it.", field="ours")
    stage = row.stage
    step = EscalationStep.objects.create(
        escalation=row,
        number=row.number,
        name=stage.name,
        days=stage.days,
        ours=ours,
        theirs=theirs,
        from_day=actor.on,
        due=rules.due_of(actor.on, stage, working_days(actor, row.partnership)),
    )
    taking.let_in(actor, row.record, [ours.record, theirs.record], f"{stage.name}.")
    why = f"{rules.stage_in_words(row.number, len(row.policy))}: {stage.name}"
    for seat, with_ in ((ours, theirs), (theirs, ours)):
        says = _stage_letter(actor, row, step, seat, with_)
        taking.ask(actor, row.record, [seat], Errand.ANSWER, IT, why, step.due, says)
    return step


def _stage_letter(
    actor: Actor, row: Escalation, step: EscalationStep, seat: Seat, with_: Seat
) -> tuple[str, ...]:
    raised = row.agency.name if row.agency else row.seat.role
    further = row.policy[row.number :]
    return rules.stage_paragraphs(
        rules.StageLetter(
            reference=row.record.reference,
            raised=raised,
            other=row.other.name,
            stage=f"{rules.stage_in_words(row.number, len(row.policy))}: {step.name}",
            of=row.other.name if seat.agency_id == row.other_id else raised,
            with_=with_.role,
            due=step.due,
            ring=to_ring(actor, with_),
            after=further[0].name if further else "",
        )
    )


@operation
def add_to(
    actor: Actor, *, escalation: Escalation, words: str, seen_version: int | None = None
) -> Escalation:
    """Say what was said or done at this stage."""
    held = _taken(
        actor, escalation, "add to", rules.may_take_part, seen_version=seen_version,
        mine={"words": words},
    )  # fmt: skip
    told = said("words", words, "Say what was said or done.")
    _turn(actor, held, "Said", told)
    happened(actor, "escalation added to", held.record)
    return held


@operation
def take_further(
    actor: Actor, *, escalation: Escalation, why: str, theirs: Seat, ours: Seat | None = None,
    seen_version: int | None = None,
) -> Escalation:  # fmt: skip
    """Take it to the next stage of the policy that it follows, and ask that stage's people."""
    held = _taken(
        actor, escalation, "take further", rules.may_take_further, seen_version=seen_version,
        mine={"words": why},
    )  # fmt: skip
    rules.may_go_further(held.number, held.policy).require()
    told = said("why", why, "Say why this stage did not settle it.")
    _end_step(actor, held, told)
    held.number += 1
    held.save()
    _turn(actor, held, f"Taken to stage {held.number}", told)
    _begin(actor, held, ours or held.seat, theirs)
    happened(actor, "escalation taken further", held.record, reason=told,
             after={"stage": held.number})  # fmt: skip
    return held


def _end_step(actor: Actor, held: Escalation, words: str) -> None:
    EscalationStep.objects.filter(escalation=held, number=held.number).update(
        ended_on=actor.on, ended_words=words
    )
    taking.clear(actor, held.record, "This stage is over", Errand.ANSWER, Errand.REVIEW)


@operation
def settle(
    actor: Actor, *, escalation: Escalation, outcome: EscalationOutcome, words: str,
    seen_version: int | None = None,
) -> Escalation:  # fmt: skip
    """Settle it, with how it came out and what follows for the child. Whoever raised it, and both
    who spoke at the last stage, are given it to read."""
    held = _taken(
        actor, escalation, "settle", rules.may_settle, seen_version=seen_version,
        mine={"words": words},
    )  # fmt: skip
    told = said("words", words, "Say what was agreed, and what happens now.")
    held.outcome, held.outcome_words = outcome, told
    _end(actor, held, f"{outcome.label}. {told}", "Settled")
    _give_to_read(actor, held, f"It is settled: {outcome.label}")
    happened(actor, "escalation settled", held.record, reason=told, after={"outcome": outcome})
    return held


@operation
def withdraw(
    actor: Actor, *, escalation: Escalation, reason: str, seen_version: int | None = None
) -> Escalation:
    """Take it back, with the reason."""
    held = _taken(
        actor, escalation, "withdraw", rules.may_take_back, seen_version=seen_version,
        mine={"words": reason},
    )  # fmt: skip
    told = said("reason", reason, "Say why it is withdrawn.")
    _end(actor, held, told, "Withdrawn")
    _give_to_read(actor, held, "It is withdrawn, with the reason")
    happened(actor, "escalation withdrawn", held.record, reason=told)
    return held


def _give_to_read(actor: Actor, held: Escalation, why: str) -> None:
    step = EscalationStep.objects.select_related("ours__record", "theirs__record").get(
        escalation=held, number=held.number
    )
    mine = {each.seat for each in actor.seats}
    whom = {each for each in (held.seat, step.ours, step.theirs) if each.pk not in mine}
    taking.ask(actor, held.record, whom, Errand.READ, IT, why)


def _end(actor: Actor, held: Escalation, words: str, what: str) -> None:
    _end_step(actor, held, words)
    held.ended_on, held.ended_by = actor.on, actor.signature[:200]
    held.save()
    _turn(actor, held, what, words)


@operation
def tell_of_late(actor: Actor) -> int:
    """Tell whoever raised it, and the secretariat, that a stage took longer than its policy gives,
    once a stage; at most 200 at a time. How many were."""
    if actor.kind is not Kind.PROCESS:
        raise Refused("The system itself does this when its day comes.")
    no_event("each escalation has an event of its own")
    rows = EscalationStep.objects.filter(ended_on=None, late_told_on=None, due__lt=actor.on)
    return sum(_told_late(actor, row.pk) for row in rows.order_by("due", "pk")[:AT_ONCE])


def _write_of_late(actor: Actor, held: Escalation, step: EscalationStep) -> None:
    """The stage is short: whoever is told does not wait for the weekly letter."""
    over = rules.days_used(step.due, actor.on, working_days(actor, held.partnership))
    asks = Ask.objects.filter(record=held.record, errand=Errand.REVIEW, cleared_on=None)
    for each in asks.select_related("seat"):
        speaks = step.theirs if each.seat_id == held.seat_id else step.ours
        says = rules.late_stage_paragraphs(
            reference=held.record.reference, stage=f"“{step.name}”", due=step.due, over=over,
            ring=to_ring(actor, speaks),
        )  # fmt: skip
        remind(actor, ask=each, says=says)


def _told_late(actor: Actor, pk: int) -> bool:
    row = EscalationStep.objects.select_related("escalation", "ours", "theirs").get(pk=pk)
    take(row.escalation_id)
    row.refresh_from_db()
    if row.ended_on or row.late_told_on:
        return False
    row.late_told_on = actor.on
    row.save(update_fields=["late_told_on"])
    held = fresh(row.escalation)
    run = Seat.objects.filter(record__in=taking.secretariat(held.partnership_id)).select_related(
        "record"
    )
    why = f"“{row.name}” was to end by {day_in_words(row.due)}. Settle it, or take it further"
    whom = {held.seat, *run}
    taking.ask(actor, held.record, whom, Errand.REVIEW, IT, why, actor.on)
    _write_of_late(actor, held, row)
    _turn(actor, held, "A stage took too long", why)
    happened(actor, "escalation stage late", held.record, after={"stage": row.number})
    return True

"""Practitioners' disagreements about a child, taken up stage by stage. Apart from the disputes of
partners: nothing here is about money, arrangements or who is in charge.

Stages and days are each partnership's policy; no law sets them. Days are working days.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from concordat.kernel.calendar import WorkingDays
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import count, day_in_words
from concordat.kernel.transitions import Move, States
from concordat.kernel.verdict import Verdict, no, yes

MOST_STAGES, MOST_DAYS = 8, 30
SMALL = 5


class EscalationState(StrEnum):
    OPEN = "open"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return self.value.capitalize()


class EscalationOutcome(StrEnum):
    CHANGED = "the decision changed"
    PART = "the decision changed in part"
    STOOD = "the decision stood"
    THIRD = "both agreed on something else"

    @property
    def label(self) -> str:
        return self.value.capitalize()


ESCALATION_STATES = States(
    [
        Move("add to", EscalationState.OPEN, EscalationState.OPEN, note="what was said"),
        Move(
            "take further", EscalationState.OPEN, EscalationState.OPEN,
            note="to the next stage of the policy, with why this one did not settle it",
        ),
        Move("settle", EscalationState.OPEN, EscalationState.SETTLED, note="with the outcome"),
        Move("withdraw", EscalationState.OPEN, EscalationState.WITHDRAWN, note="with a reason"),
    ],
    EscalationState.OPEN,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PolicyStage:
    """One stage of a policy: between whom, and how many working days they have."""

    name: str
    days: int


SUGGESTED: tuple[PolicyStage, ...] = (
    PolicyStage("Between the practitioners", 2),
    PolicyStage("Between their managers", 2),
    PolicyStage("Between the safeguarding leads", 3),
    PolicyStage("Between the heads of service", 5),
    PolicyStage("To the partners", 5),
)
"""A start for a policy that is written here. It is nobody's until a partnership sets it."""


def stages_of(text: str) -> tuple[PolicyStage, ...]:
    """Stages from a line each, "Between their managers: 2". Raises `Invalid` naming the line."""
    rows = [line.strip() for line in text.splitlines() if line.strip()]
    if not 1 <= len(rows) <= MOST_STAGES:
        raise Invalid(f"A policy has 1 to {MOST_STAGES} stages.", field="stages")
    return tuple(_stage(at, row) for at, row in enumerate(rows, 1))


def _stage(at: int, row: str) -> PolicyStage:
    name, colon, days = row.rpartition(":")
    if not colon or not name.strip() or not days.strip().isdecimal():
        raise Invalid(
            f"Line {at} is not a stage: “{row}”.",
            field="stages",
            mend="Write it like “Between their managers: 2”.",
        )
    if not 1 <= int(days) <= MOST_DAYS:
        raise Invalid(f"Line {at}: give 1 to {MOST_DAYS} working days.", field="stages")
    return PolicyStage(name.strip()[:200], int(days))


def text_of(stages: Sequence[PolicyStage]) -> str:
    return "\n".join(f"{each.name}: {each.days}" for each in stages)


def may_go_further(number: int, stages: Sequence[PolicyStage]) -> Verdict:
    if number < len(stages):
        return yes()
    return no("This is the last stage of the policy. Settle it, or say why it is withdrawn.")


def due_of(begun: date, stage: PolicyStage, days: WorkingDays) -> date:
    """The last day of a stage; the day on which it began is day 0."""
    return days.add(begun, stage.days)


def days_used(begun: date, ended: date, days: WorkingDays) -> int:
    """Working days of a stage so far, or in all."""
    return days.between(begun, ended)


@dataclass(frozen=True, slots=True)
class EscalationPart:
    """Which part somebody has: they raised it, were asked at any stage, speak for the side that
    raised it (`ours`) or for the other (`theirs`) at the stage that runs, or run the
    partnership."""

    raised: bool = False
    asked: bool = False
    ours: bool = False
    theirs: bool = False
    secretariat: bool = False


def may_take_part(part: EscalationPart) -> Verdict:
    if part.raised or part.asked or part.secretariat:
        return yes()
    return no("Only those between whom it is, and the secretariat, do this.")


def may_take_further(part: EscalationPart) -> Verdict:
    if part.raised or part.ours or part.theirs or part.secretariat:
        return yes()
    return no("Only those between whom this stage is, and the secretariat, take it further.")


def may_settle(part: EscalationPart) -> Verdict:
    """The side with which somebody disagrees does not say alone that it is settled."""
    if part.raised or part.ours or part.secretariat:
        return yes()
    return no("Only the agency that raised it, and the secretariat, say that it is settled.")


def may_take_back(part: EscalationPart) -> Verdict:
    if part.raised or part.secretariat:
        return yes()
    return no("Only whoever raised it, and the secretariat, do this.")


@dataclass(frozen=True, slots=True, kw_only=True)
class StageLetter:
    """`raised` and `other` are the agencies, `of` the one for which whoever reads it speaks,
    `with_` who speaks for the other, `ring` whom to ring, `after` the next stage, if any."""

    reference: str
    raised: str
    other: str
    stage: str
    of: str
    with_: str
    due: date
    ring: str
    after: str = ""


def stage_paragraphs(letter: StageLetter) -> tuple[str, ...]:
    """What is asked at a stage, by when, what follows, and how to talk about it at once. No letter
    says anything of a child or of what is disagreed about."""
    then = f"may be taken to the next stage: {letter.after}" if letter.after else "stays open"
    return (
        f"{letter.raised} disagrees with {letter.other} about what a child needs "
        f"({letter.reference}). {letter.stage}.",
        f"You are asked to speak for {letter.of} with {letter.with_}, and to settle it by "
        f"{day_in_words(letter.due)}. What it is about and what would settle it stand on its page "
        "alone.",
        f"To talk about it now, {letter.ring}. What is not settled by that day is told to the "
        f"secretariat, and {then}.",
    )


def late_stage_paragraphs(
    *, reference: str, stage: str, due: date, over: int, ring: str
) -> tuple[str, ...]:
    """`over` are the working days since the last day of the stage."""
    return (
        f"A disagreement about what a child needs is not settled ({reference}). {stage} was to "
        f"end by {day_in_words(due)}, {count(over, 'working day')} ago.",
        f"Settle it, or take it further on its page. To talk about it now, {ring}.",
    )


def handled(number: int) -> str:
    """A number of cases as figures tell it: none, fewer than 5, or to the nearest 5. Every number
    of a table is told so, its total too, so that nothing small can be worked out from the rest."""
    if number <= 0:
        return "None"
    if number < SMALL:
        return f"Fewer than {SMALL}"
    return str(SMALL * ((number + SMALL // 2) // SMALL))


@dataclass(frozen=True, slots=True)
class Ended:
    """How far one escalation went, and how it came out; no outcome while it is open."""

    stage: str
    outcome: str
    late: bool


def figures(rows: Iterable[Ended]) -> dict[str, Mapping[str, str]]:
    """How many by stage, by outcome, and how many had a late stage, as figures tell them."""
    known = list(rows)
    return {
        "stage": _told(each.stage for each in known),
        "outcome": _told(each.outcome for each in known),
        "in all": {
            "Raised": handled(len(known)),
            "With a stage that took too long": handled(sum(each.late for each in known)),
        },
    }


def _told(values: Iterable[str]) -> dict[str, str]:
    return {value: handled(number) for value, number in sorted(Counter(values).items())}


def log_in_a_sentence(opened: int, late: int) -> str:
    """ "2 are open, 1 of them at a stage that took too long."."""
    if not opened:
        return "No disagreement is open."
    told = f"{opened} {'is' if opened == 1 else 'are'} open"
    return f"{told}, {late} of them at a stage that took too long." if late else f"{told}."


def stage_in_words(number: int, of: int) -> str:
    return f"Stage {number} of {count(of, 'stage')}"

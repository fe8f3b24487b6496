"""What is wanting about a risk, as sentences: an owner, a score, a day, a control that works."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from concordat.domain.governance.risks.rules.life import Working
from concordat.domain.governance.risks.rules.schemes import Score
from concordat.kernel.labels import count, day_in_words


class Wanting(StrEnum):
    """What a risk lacks. The words of a list are narrowed by these."""

    OWNER = "no owner"
    SCORE = "no current score"
    TARGET = "no target"
    REVIEW = "no review date"
    OVERDUE = "review overdue"
    CONTROLS = "no control"
    FAILING = "control not working"
    LAPSED = "acceptance ran out"
    AT_TARGET = "at its target"

    @property
    def label(self) -> str:
        return self.value.capitalize()


@dataclass(frozen=True, slots=True)
class Facts:
    """What the findings of one open risk follow from.

    `at_target_since` is the day since which the current score has been at the target or below.
    """

    owner: bool
    current: Score | None
    target: Score | None
    review: date | None
    controls: tuple[Working, ...]
    lapsed_on: date | None = None
    quarters_at_target: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    wanting: Wanting
    words: str


QUARTERS_AT_TARGET = 2


def findings(facts: Facts, today: date) -> list[Finding]:
    """Everything that is wanting, the heaviest first."""
    return [Finding(wanting, words) for wanting, words in _found(facts, today)]


def _found(facts: Facts, today: date) -> Iterator[tuple[Wanting, str]]:
    if not facts.owner:
        yield Wanting.OWNER, "Nobody owns this risk. Name a post or a seat."
    if facts.current is None:
        yield Wanting.SCORE, "It has no current score."
    if facts.review is None:
        yield Wanting.REVIEW, "No day is set on which it is looked at again."
    elif facts.review < today:
        late = count((today - facts.review).days, "day")
        yield Wanting.OVERDUE, f"Its review was due on {day_in_words(facts.review)}, {late} ago."
    if facts.lapsed_on:
        yield Wanting.LAPSED, f"Its acceptance ran out on {day_in_words(facts.lapsed_on)}."
    yield from _of_controls(facts.controls)
    if facts.target is None:
        yield Wanting.TARGET, "It has no target."
    if facts.quarters_at_target >= QUARTERS_AT_TARGET:
        many = count(facts.quarters_at_target, "quarter")
        yield Wanting.AT_TARGET, f"It has been at its target for {many}: propose to close it."


def _of_controls(controls: Iterable[Working]) -> Iterator[tuple[Wanting, str]]:
    told = list(controls)
    if not told:
        yield Wanting.CONTROLS, "Nothing is said of what is done about it."
    if failing := told.count(Working.NOT):
        is_are = "control is" if failing == 1 else "controls are"
        yield Wanting.FAILING, f"{failing} {is_are} not working."


def controls_in_words(controls: Iterable[Working]) -> str:
    """ "2 working, 1 partly working, 1 not judged"."""
    told = list(controls)
    order = (Working.WORKING, Working.PARTLY, Working.NOT, Working.NOT_JUDGED)
    parts = [f"{told.count(each)} {each.value}" for each in order if each in told]
    return ", ".join(parts) if parts else "None"


def is_within(now: Score, target: Score) -> bool:
    """Whether a current score is at its target or below, both of one scheme."""
    if now.points is not None and target.points is not None:
        return now.points <= target.points
    return now.up <= target.up and now.across <= target.across


def in_a_sentence(open_: int, wanting: dict[Wanting, int], *, more: bool = False) -> str:
    """ "14 open; 4 without an owner, 2 with a review overdue." """
    if not open_:
        return "No risk is open."
    parts = [
        f"{number:,} {words}"
        for each, words in (
            (Wanting.OWNER, "without an owner"),
            (Wanting.OVERDUE, "with a review overdue"),
            (Wanting.SCORE, "not scored"),
        )
        if (number := wanting.get(each, 0))
    ]
    head = f"{open_:,}{' or more' if more else ''} open"
    return f"{head}; {', '.join(parts)}." if parts else f"{head}."

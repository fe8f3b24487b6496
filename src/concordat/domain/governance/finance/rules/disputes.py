"""A disagreement about money: who would pay what, on what standard, and how long it has been open.

The partners make their arrangements together (Children Act 2004 s.16E) and nobody is outvoted. They
settle locally; what does not settle goes up the ladder of disagreements that meetings keep.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from concordat.kernel.labels import count, day_in_words
from concordat.kernel.money import in_pounds
from concordat.kernel.transitions import Move, States
from concordat.kernel.verdict import Verdict, no, yes

LONGEST_ISSUE = 2000
STANDARDS = (
    "Equitable and proportionate, as the partners read Working Together",
    "Enough for all elements of the arrangements, as the partners read Working Together",
    "An agreement between the partners",
)
"""Standards that people choose from; any other can be written."""


class State(StrEnum):
    OPEN = "open"
    CARRIED = "on the ladder"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return self.value.capitalize()


DISPUTES = States(
    [
        Move("propose", State.OPEN, State.OPEN, note="what is agreed to before is void"),
        Move("settle", State.OPEN, State.SETTLED, note="once every agency named in it agrees"),
        Move("carry up", State.OPEN, State.CARRIED, note="to the ladder of a body"),
        Move("settle", State.CARRIED, State.SETTLED, note="once it is settled on the ladder"),
        Move("withdraw", State.OPEN, State.WITHDRAWN, note="with a reason"),
        Move("withdraw", State.CARRIED, State.WITHDRAWN, note="once it is withdrawn there"),
    ],
    State.OPEN,
)


def is_issue(issue: str) -> Verdict:
    if not issue.strip():
        return no("Say what the partners disagree about.")
    if len(issue) > LONGEST_ISSUE:
        return no(f"Say it in {LONGEST_ISSUE:,} characters or fewer.")
    return yes()


def is_between(agencies: Sequence[str]) -> Verdict:
    if len(set(agencies)) < 2:
        return no("At least two agencies disagree. Choose them.")
    if len(set(agencies)) < len(agencies):
        return no("One agency stands there twice. Each says once where it stands.")
    return yes()


def is_settlement(words: str, stands: str) -> Verdict:
    """What is proposed: words, and others than those that the agencies are asked about already."""
    if not words.strip():
        return no("Say what is proposed.")
    if len(words.strip()) > LONGEST_ISSUE:
        return no(f"Say it in at most {LONGEST_ISSUE:,} characters.")
    if words.strip() == stands:
        return no("This is proposed already.")
    return yes()


def may_agree(settlement: str, agreed: bool) -> Verdict:
    """An agency agrees to words that it can read, once."""
    if not settlement:
        return no("No settlement is proposed yet. Agencies agree to one that is written.")
    return no("Your agency agreed to this settlement already.") if agreed else yes()


def may_settle(settlement: str, parties: Sequence[str], agreed: Sequence[str]) -> Verdict:
    """Settled only when every agency that differed agreed to the words that were proposed."""
    if not settlement:
        return no("Propose a settlement first: the agencies agree to its words.")
    left = [each for each in parties if each not in agreed]
    return no(f"{left[0]} has not agreed yet.") if left else yes()


def age_in_words(opened: date, today: date) -> str:
    days = (today - opened).days
    if not days:
        return f"Open since today, {day_in_words(opened)}."
    return f"Open for {count(days, 'day')}, since {day_in_words(opened)}."


def apart(offers: Sequence[int], needed: int | None) -> str:
    """How far the offers are from what is needed, in words; empty where nothing can be said."""
    if not offers or needed is None:
        return ""
    gap = needed - sum(offers)
    if gap > 0:
        return f"The offers leave {in_pounds(gap)} of {in_pounds(needed)} unpaid."
    if gap < 0:
        return f"The offers are {in_pounds(-gap)} more than the {in_pounds(needed)} needed."
    return f"The offers come to {in_pounds(needed)}, which is what is needed."

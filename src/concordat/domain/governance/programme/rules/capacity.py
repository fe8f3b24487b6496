"""Days needed against days free, post by post: what fits, and what was set aside for it.

"Programme priorities compete with business as usual" (tri-borough interim update, 2018): what a
post is free for is therefore said after its everyday work, and what gives way is on record.
Days are kept as half days, so that no part of one is lost.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from concordat.kernel.dates import UncertainDate
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import join_words
from concordat.kernel.verdict import Verdict, no, yes

MOST_DAYS = 400
_DAYS = re.compile(r"(?P<whole>[0-9]{1,4})?(?P<half>\.5|\.0|½)?")


class Worth(StrEnum):
    """What must be done, what should be, and what can wait."""

    MUST = "must"
    SHOULD = "should"
    CAN_WAIT = "can wait"

    @property
    def label(self) -> str:
        return {"must": "Must be done", "should": "Should be done"}.get(self.value, "Can wait")


def half_days(text: str) -> int:
    """Half days from days as people write them: "4", "4.5", "½". Raises `Invalid` for the rest."""
    said = text.strip()
    found = _DAYS.fullmatch(said)
    if not said or found is None:
        raise Invalid(f"“{said[:20]}” is no number of days.", field="days", mend="Write 4 or 4.5.")
    halves = 2 * int(found["whole"] or 0) + (found["half"] in (".5", "½"))
    if halves > 2 * MOST_DAYS:
        raise Invalid(f"At most {MOST_DAYS} days can be given.", field="days")
    return halves


def in_days(halves: int) -> str:
    """ "4 days", "4½ days", "half a day", "1 day"."""
    whole, half = divmod(abs(halves), 2)
    minus = "-" if halves < 0 else ""
    if not whole and half:
        return f"{minus}half a day"
    said = f"{minus}{whole}{'½' if half else ''}"
    return f"{said} {'day' if (whole, half) == (1, 0) else 'days'}"


def is_quarter(when: UncertainDate) -> Verdict:
    """Capacity is planned by the quarter: finer is busy work, coarser hides the clash."""
    if re.fullmatch(r"\d{4}-Q[1-4]", when.iso()):
        return yes()
    return no("Give a quarter, such as Q2 2019.")


def quarter_of(day: date) -> str:
    """The quarter of a day as it is kept: 2019-Q2."""
    return f"{day.year}-Q{(day.month + 2) // 3}"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of work: its half days and what it is worth. `set_aside` was dropped to make room."""

    title: str
    halves: int
    worth: Worth
    set_aside: bool = False


@dataclass(frozen=True, slots=True)
class Fit:
    """What a post is free for and what is asked of it, in half days."""

    free: int | None
    must: int
    should: int
    can_wait: int
    set_aside: int
    over: tuple[str, ...]

    @property
    def needed(self) -> int:
        return self.must + self.should + self.can_wait

    @property
    def short(self) -> int:
        """Half days that are missing, or nought; nought too where nobody said what is free."""
        return max(0, self.needed - self.free) if self.free is not None else 0

    @property
    def must_is_short(self) -> bool:
        return self.free is not None and self.must > self.free


def fit(free: int | None, pieces: Sequence[Piece]) -> Fit:
    """What fits into the free days: what must be done first, then what should, then the rest.

    `over` names what finds no room, in the order in which it would be given up last. Once
    something of one worth finds none, nothing that is worth less takes what is left.
    """
    asked = [each for each in pieces if not each.set_aside]
    ranked = sorted(asked, key=lambda each: (list(Worth).index(each.worth), each.halves))
    left, over = free, []
    full: Worth | None = None
    for each in ranked:
        if left is None or not each.halves:
            continue
        if each.halves <= left and full in (None, each.worth):
            left -= each.halves
        else:
            over.append(each.title)
            full = full or each.worth
    worth = {which: sum(each.halves for each in asked if each.worth is which) for which in Worth}
    aside = sum(each.halves for each in pieces if each.set_aside)
    return Fit(free, worth[Worth.MUST], worth[Worth.SHOULD], worth[Worth.CAN_WAIT], aside,
               tuple(over))  # fmt: skip


def in_words(fits: Fit) -> str:
    """Whether it fits, and what does not."""
    if fits.free is None:
        asked = in_days(fits.needed)
        return f"{asked[:1].upper()}{asked[1:]} asked for. Nobody has said how many are free."
    if not fits.short:
        return f"It fits: {in_days(fits.needed)} of {in_days(fits.free)}."
    short = f"{in_days(fits.short)} short"
    if fits.must_is_short:
        return f"{short}, even for what must be done. Ask for help or move a date."
    return f"{short}. No room for {join_words(fits.over)}."


def may_set_aside(worth: Worth) -> Verdict:
    """What must be done is not dropped: its worth is changed first, for all to see."""
    if worth is Worth.MUST:
        return no("This must be done. Change what it is worth first, or move its date.")
    return yes()


def is_made_room(reason: str) -> Verdict:
    return yes() if reason.strip() else no("Say what it makes room for.")


def may_be_worth(worth: str, *, set_aside: bool) -> Verdict:
    """What is set aside is taken up again before it must be done."""
    if set_aside and worth == Worth.MUST:
        return no("This is set aside. Take it up again before it must be done.")
    return yes()


def overfull(short: int) -> str:
    """How many posts have too little time, from this quarter on."""
    if not short:
        return "What is asked of people fits, as far as anybody has said what they are free for."
    if short == 1:
        return "1 post has too little time in this quarter or a later one."
    return f"{short} posts have too little time in this quarter or a later one."

"""What is suggested for an agenda, and how a higher package suggests something by its record.

A higher package (risks, measures, reviews, finance) does not wait to be asked, for it stands
above: when something on a record of its own should come before a body, its operation calls
`operations.suggest` with the record, the body and the words to show, and `operations.take_back`
once it should no longer. Nothing here knows what the record is. Whoever builds an agenda sees a
suggestion only if they may open the record; taken on, its item is held as closely as the record.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from concordat.domain.governance.meetings.rules.life import Purpose
from concordat.kernel.errors import Fault, Invalid
from concordat.kernel.labels import count, day_in_words
from concordat.kernel.verdict import Verdict, no, yes


class Sort(StrEnum):
    """Where a suggestion comes from, in the order in which they are shown."""

    REQUEST = "requested"
    CARRIED = "carried over"
    PLANNED = "forward plan"
    REVIEW = "decision to look at again"
    PAPER = "paper promised"
    CLOCK = "clock"
    ACTION = "action"
    RECOMMENDATION = "recommendation to decide"
    CASELOAD = "drafts to work on"
    ABOVE = "suggested"


ORDER = {sort: at for at, sort in enumerate(Sort)}


@dataclass(frozen=True, slots=True)
class Suggested:
    """One suggestion. `key` names it for this body for good, so that “not now” is remembered.

    `title` is what the item would be called, `why` one sentence, `due` the day by which the
    matter runs out, and `label` the short word before it.
    """

    key: str
    sort: Sort
    title: str
    why: str
    purpose: Purpose = Purpose.DECIDE
    minutes: int | None = None
    due: date | None = None
    label: str = ""
    reference: str = ""

    @property
    def word(self) -> str:
        return self.label or self.sort.value

    @property
    def rank(self) -> tuple[int, date, str]:
        return ORDER[self.sort], self.due or date.max, self.title


def in_order(rows: Iterable[Suggested]) -> list[Suggested]:
    """Requests first, then what was left over, then what runs out soonest."""
    return sorted(rows, key=lambda each: each.rank)


def key_of(sort: Sort, number: object) -> str:
    return f"{sort.name.lower()}:{number}"


def sort_of(key: str) -> tuple[Sort, str]:
    """The sort and the number in a key. Raises `Invalid` for what is no key."""
    name, _, number = key.partition(":")
    if name.upper() not in Sort.__members__ or not number:
        raise Invalid("This is not suggested any more.", mend="Open the agenda again.")
    return Sort[name.upper()], number


def number_in(key: str) -> int:
    """The number of the row that a suggestion came from. Raises `Invalid` where it has none."""
    _, told = sort_of(key)
    if not told.isdecimal():
        raise Invalid("This is not suggested any more.", mend="Open the agenda again.")
    return int(told)


def may_say_not_now(reason: str) -> Verdict:
    return yes() if reason.strip() else no("Say why not now, in one sentence.")


def reach_of(day: date, following: date | None, on: date) -> date:
    """The last day that a meeting has to look to: the day before the one that follows.

    Without one that is known, the day of the meeting itself.
    """
    return max(day, on) if following is None else following


@dataclass(frozen=True, slots=True)
class Fixed:
    """An item that stands on every agenda of a body, at its opening or at its close."""

    title: str
    purpose: Purpose = Purpose.NOTE
    minutes: int | None = None
    at: str = "opens"

    def as_json(self) -> dict[str, object]:
        return {
            "title": self.title,
            "purpose": self.purpose.value,
            "minutes": self.minutes,
            "at": self.at,
        }


OPENS, CLOSES = "opens", "closes"
LONGEST_TITLE = 200


def read_fixed(lines: Sequence[str], at: str, field_: str) -> list[Fixed]:
    """Items as people write them, one a line: “Apologies, 5 minutes, note”.

    The title stands first; minutes and purpose follow in any order or are left out. Raises
    `Invalid` with every line that cannot be read.
    """
    found: list[Fixed] = []
    faults: list[Fault] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            found.append(_fixed(line, at))
        except Invalid as problem:
            faults += [
                Fault(each.message, field_, f"Line {number}", each.mend) for each in problem.faults
            ]
    if faults:
        raise Invalid(faults)
    return found


_MINUTES = re.compile(r"(\d{1,4}) ?(min|minutes?)?")


def _fixed(line: str, at: str) -> Fixed:
    title, *rest = (part.strip() for part in line.split(","))
    if not title or len(title) > LONGEST_TITLE:
        raise Invalid("The title is empty or too long.", mend="Begin the line with the title.")
    purpose, minutes = Purpose.NOTE, None
    for part in filter(None, rest):
        low = part.lower()
        if low in set(Purpose):
            purpose = Purpose(low)
        elif told := _MINUTES.fullmatch(low):
            minutes = _minutes(int(told[1]))
        else:
            words = ", ".join(each.value for each in Purpose)
            raise Invalid(
                f"“{part}” is neither minutes nor a purpose.",
                mend=f"Write a number of minutes, or one of: {words}.",
            )
    return Fixed(title, purpose, minutes, at)


def _minutes(number: int) -> int:
    if not 1 <= number <= 600:
        raise Invalid(f"{number} minutes are out of range.", mend="Give 1 to 600.")
    return number


def write_fixed(rows: Iterable[Fixed]) -> list[str]:
    """Lines that `read_fixed` reads back to the same items."""
    told = []
    for each in rows:
        more = [count(each.minutes, "minute")] if each.minutes else []
        told.append(", ".join([each.title.replace(",", ";"), *more, each.purpose.value]))
    return told


def fixed_from(rows: Iterable[Mapping[str, object]]) -> list[Fixed]:
    """Items as they are kept. What is kept wrongly is left out rather than shown wrongly."""
    found = []
    for row in rows:
        title, purpose = str(row.get("title", "")).strip(), str(row.get("purpose", ""))
        minutes = row.get("minutes")
        if title and purpose in set(Purpose):
            found.append(
                Fixed(
                    title,
                    Purpose(purpose),
                    minutes if isinstance(minutes, int) else None,
                    str(row.get("at") or OPENS),
                )
            )
    return found


def in_a_sentence(rows: Sequence[Suggested], put_off: int) -> str:
    """ "7 things are suggested; 2 were put off."."""
    if not rows:
        told = "Nothing is suggested."
    else:
        told = f"{count(len(rows), 'thing')} {'is' if len(rows) == 1 else 'are'} suggested."
    return f"{told} {put_off} put off for this meeting." if put_off else told


def caseload_why(sentence: str, at_least: int | None) -> str:
    """Why drafts come before a body: the sentence of its caseload. No law sets a number."""
    return sentence if at_least is not None else sentence.partition(". ")[0] + "."


def clock_why(due: date | None, day: date) -> str:
    if due is None:
        return "It has no date yet."
    told = day_in_words(due)
    return f"Runs out on {told}, before the meeting." if due < day else f"Runs out on {told}."


@dataclass(frozen=True, slots=True)
class Put:
    """What somebody put off, by whom and why."""

    key: str
    title: str
    reason: str
    by: str
    on: date
    rest: Mapping[str, str] = field(default_factory=dict)

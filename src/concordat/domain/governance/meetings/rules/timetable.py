"""By when papers are due, cleared and sent, counted back from a meeting.

Days before a meeting are counted either as working days or as clear days. Clear days leave out
the day of sending and the day of the meeting, and count every day between that is worked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from concordat.kernel.calendar import WorkingDays
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import count, day_in_words
from concordat.kernel.verdict import Verdict, no, yes

_ONE_DAY = timedelta(days=1)
MOST = 60


class Count(StrEnum):
    WORKING = "working days"
    CLEAR = "clear days"
    CALENDAR = "days"


@dataclass(frozen=True, slots=True)
class Timetable:
    """How long before a meeting its agenda closes, papers are due and the pack is sent.

    A body sets its own; what it does not set is not counted.
    """

    unit: Count = Count.WORKING
    closes: int | None = None
    papers: int | None = None
    sends: int | None = None

    def __post_init__(self) -> None:
        told = [("closes", self.closes), ("papers", self.papers), ("sends", self.sends)]
        for name, days in told:
            if days is not None and not 0 <= days <= MOST:
                raise Invalid(
                    f"{days} days before a meeting is out of range.",
                    field=name,
                    mend=f"Give a number from 0 to {MOST}.",
                )
        if self.papers is not None and self.sends is not None and self.papers < self.sends:
            raise Invalid(
                "Papers would be due after the pack is sent.",
                field="papers",
                mend="Let papers be due at least as long before the meeting as the pack is sent.",
            )


def before(meeting: date, days: int, unit: Count, calendar: WorkingDays) -> date:
    """The last day on which something is in time, `days` before a meeting.

    Five clear days before a Friday meeting end on the Thursday of the week before: Thursday
    to Monday are counted and neither end is.
    """
    if unit is Count.CALENDAR:
        return meeting - days * _ONE_DAY
    back = days + 1 if unit is Count.CLEAR else days
    return calendar.add(meeting, -back) if back else meeting


@dataclass(frozen=True, slots=True)
class Deadlines:
    closes: date | None
    papers: date | None
    sends: date | None


def deadlines(meeting: date, timetable: Timetable, calendar: WorkingDays) -> Deadlines:
    def day(days: int | None) -> date | None:
        return None if days is None else before(meeting, days, timetable.unit, calendar)

    return Deadlines(day(timetable.closes), day(timetable.papers), day(timetable.sends))


def sum_in_words(meeting: date, days: int, unit: Count, calendar: WorkingDays) -> str:
    """The sum behind a deadline, as a reader can check it."""
    due = before(meeting, days, unit, calendar)
    named = unit.value if days != 1 else unit.value.removesuffix("s")
    told = f"{days} {named} before {day_in_words(meeting)} is {day_in_words(due)}."
    if unit is Count.CALENDAR:
        return told
    closed = calendar.skipped(due, meeting)
    if not closed:
        return told
    return f"{told} Not counting {', '.join(day_in_words(each) for each in closed)}."


def is_late(given_on: date, due: date | None) -> bool:
    return due is not None and given_on > due


def may_be_late(chair_agrees: bool, why_late: str, why_now: str) -> Verdict:
    """A late paper goes in with the chair's agreement and two reasons: why it is late, and why
    it cannot wait for the next meeting."""
    if not why_late.strip():
        return no("Say why the paper is late.")
    if not why_now.strip():
        return no("Say why it cannot wait for the next meeting.")
    if not chair_agrees:
        return no("A late paper needs the chair's agreement. Say who agreed, how and when.")
    return yes()


def lateness_in_words(given_on: date, due: date) -> str:
    return f"{count((given_on - due).days, 'day')} after papers were due on {day_in_words(due)}"

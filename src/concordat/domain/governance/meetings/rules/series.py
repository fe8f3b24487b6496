"""A body's meetings as a series: what its rhythm asks for, what was held, and what is missing.

How often a body meets is said by its terms of reference, else by what is on record of the body.
Neither statute nor Working Together says it: all of this is local. A day that is known only as a
month stays a month, so that what follows from it is a range and never a day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from concordat.domain.base.seats.rules import Standing
from concordat.domain.base.seats.rules import rhythm as stated
from concordat.domain.base.seats.rules.rhythm import Form
from concordat.domain.governance.diaries.rules.rhythms import Every, Rhythm, nth_weekday, wanted
from concordat.domain.governance.diaries.rules.rhythms import from_words as dated
from concordat.kernel.calendar import add_months
from concordat.kernel.dates import Period, Precision, UncertainDate
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import count, day_in_words, join_words, weekday_in_words
from concordat.kernel.verdict import Verdict, no, yes

LONGEST = timedelta(days=550)
_WEEK = timedelta(days=7)
_MONTHS = {"months": 1, "years": 12}
_DAYS = {"days": 1, "weeks": 7}


def plan_of(told: stated.Rhythm | None) -> Rhythm | None:
    """The rhythm as days can be worked out from it; None where it names no interval.

    Of “every 4 to 6 weeks” the longest is taken, of “5 times a year” whole weeks.
    """
    if told is None:
        return None
    if told.form is Form.DATES:
        days = [each.earliest for each in told.dates if each.precision is Precision.DAY]
        whole = tuple(sorted(filter(None, days)))
        return Rhythm(Every.DATES, dates=whole) if len(whole) == len(told.dates) else None
    if told.form is Form.TIMES_A_YEAR:
        return _a_year(told.times)
    if told.form not in (Form.EVERY, Form.CYCLE):
        return None
    number = told.up_to or told.times
    if told.unit in _MONTHS:
        return Rhythm(Every.MONTHS, number * _MONTHS[told.unit])
    days_between = number * _DAYS[told.unit]
    return Rhythm(Every.WEEKS, days_between // 7) if days_between % 7 == 0 else None


def _a_year(times: int) -> Rhythm | None:
    if times > 52:
        return None
    return (
        Rhythm(Every.MONTHS, 12 // times) if 12 % times == 0 else Rhythm(Every.WEEKS, 52 // times)
    )


def read_rhythm(words: str, told: stated.Rhythm | None) -> Rhythm:
    """The rhythm that somebody wrote, as a search for dates or as terms of reference word it.

    Raises `Invalid` for words that can be read twice, and for what names no interval.
    """
    own = plan_of(told)
    if own is not None and words.strip() == str(told):
        return own
    try:
        return dated(words)
    except Invalid as problem:
        said = plan_of(stated.from_words(words)) if words.strip() else None
        if said is None:
            raise problem from None
        return said


def why_no_days(told: stated.Rhythm | None) -> str:
    """Why no day follows from what is stated; empty where days do."""
    if plan_of(told) is not None:
        return ""
    if told is None:
        return "Nothing on record says how often it meets."
    if told.form is Form.UNSETTLED:
        return f"How often it meets is not settled: {stated.open_question(told)}"
    if told.form is Form.AS_NEEDED:
        return f"It meets as needed: {told.words}."
    if told.form is Form.STANDING:
        return "It stands and has no meetings of its own."
    return f"No day can be worked out from “{told}”."


def following(rhythm: Rhythm, day: date) -> date | None:
    """The day that a rhythm asks for next after a day; None after the last of given dates."""
    if rhythm.every is Every.WEEKS:
        return day + rhythm.number * _WEEK
    if rhythm.every is Every.MONTHS:
        return add_months(day, rhythm.number)
    if rhythm.every is Every.DATES:
        return next((each for each in rhythm.dates if each > day), None)
    month = day.replace(day=1)
    here = nth_weekday(month, rhythm.ordinal, rhythm.weekday)
    if here > day and rhythm.number == 1:
        return here
    return nth_weekday(add_months(month, rhythm.number), rhythm.ordinal, rhythm.weekday)


def asked_for(rhythm: Rhythm, first: date, last: date) -> list[date]:
    """The days from the first, which counts as one, to the last.

    Raises `Invalid` for none, for too many, or for too long a time.
    """
    if last < first:
        raise Invalid("The last day is before the first.", field="last")
    if last - first > LONGEST:
        raise Invalid(
            f"This is longer than {LONGEST.days} days.",
            field="last",
            mend="Call fewer meetings at once.",
        )
    return wanted(rhythm, _beginning(rhythm, first), last, verb="Call")


def _beginning(rhythm: Rhythm, first: date) -> date:
    """A weekday of the month counts its months from the first month that still has it."""
    if rhythm.every is not Every.WEEKDAY:
        return first
    here = nth_weekday(first, rhythm.ordinal, rhythm.weekday)
    if here >= first:
        return here
    return nth_weekday(add_months(first.replace(day=1), 1), rhythm.ordinal, rhythm.weekday)


@dataclass(frozen=True, slots=True)
class Reach:
    """From a day to a day, both included: one day where both are the same."""

    earliest: date
    latest: date

    def __str__(self) -> str:
        if self.earliest == self.latest:
            return day_in_words(self.earliest)
        return f"between {day_in_words(self.earliest)} and {day_in_words(self.latest)}"


def next_after(rhythm: Rhythm, last: UncertainDate) -> Reach | None:
    """When the meeting after this one is wanted: a range where its day is not known."""
    if last.earliest is None or last.latest is None:
        return None
    earliest, latest = following(rhythm, last.earliest), following(rhythm, last.latest)
    return Reach(earliest, latest) if earliest and latest else None


@dataclass(frozen=True, slots=True)
class Missed:
    """How many meetings a rhythm asked for since the last one, at least and at most."""

    least: int
    most: int

    def __str__(self) -> str:
        several = str(self.most) if self.least == self.most else f"{self.least} or {self.most}"
        if self.most - self.least > 1:
            several = f"{self.least} to {self.most}"
        return count(1, "meeting") if self.most == 1 == self.least else f"{several} meetings"


def missed(rhythm: Rhythm, last: UncertainDate, on: date) -> Missed:
    """What was wanted after the last meeting and before today, with nothing on record of it."""
    if last.earliest is None or last.latest is None:
        return Missed(0, 0)
    return Missed(_count(rhythm, last.latest, on), _count(rhythm, last.earliest, on))


def _count(rhythm: Rhythm, last: date, on: date) -> int:
    number, day = 0, following(rhythm, last)
    while day is not None and day < on:
        number += 1
        day = following(rhythm, day)
    return number


def apart(before: UncertainDate, after: UncertainDate) -> str:
    """How long after the one before, in words: 6 weeks, or 4 to 13 weeks; empty if not known."""
    ends = before.earliest, before.latest, after.earliest, after.latest
    if None in ends:
        return ""
    least = max(0, (after.earliest - before.latest).days)  # type: ignore[operator]
    most = (after.latest - before.earliest).days  # type: ignore[operator]
    if least == most:
        weeks, days = divmod(least, 7)
        rest = f" and {count(days, 'day')}" if days and weeks else ""
        return f"{count(weeks, 'week')}{rest}" if weeks else count(days, "day")
    low, high = least // 7, -(-most // 7)
    return f"{low} to {count(high, 'week')}"


def may_meet(
    states: Iterable[tuple[Standing, Period]], name: str, successors: Sequence[str], day: date
) -> Verdict:
    """Whether a body is there to meet on a day. What no source ends is there."""
    standing = [state for state, period in states if period.in_force(day) == "yes"]
    if Standing.ENDED not in standing or set(standing) - {Standing.ENDED}:
        return yes()
    after = f" {join_words(successors)} took over from it." if successors else ""
    return no(f"The {name} has ended by {day_in_words(day)}: it cannot meet then.{after}")


@dataclass(frozen=True, slots=True)
class Proposed:
    """A day that a rhythm wants and the day on which the body could meet for it.

    `notes` says what else there is that day, `off` why it cannot be called.
    """

    wanted: date
    on: date
    notes: tuple[str, ...] = ()
    off: str = ""

    @property
    def told(self) -> str:
        return weekday_in_words(self.on)


def open_day(wanted: date, closed: Mapping[date, str]) -> tuple[date, str]:
    """The nearest day that is worked, the later of two, and why not the wanted one.

    `closed` names weekdays that are not worked; Saturdays and Sundays never are.
    """
    why = _shut(wanted, closed)
    if not why:
        return wanted, ""
    for away in range(1, 15):
        for day in (wanted + timedelta(days=away), wanted - timedelta(days=away)):
            if not _shut(day, closed):
                return day, f"{weekday_in_words(wanted)} is not worked ({why})"
    raise Invalid(f"No day near {day_in_words(wanted)} is worked.", field="first")


def _shut(day: date, closed: Mapping[date, str]) -> str:
    return "weekend" if day.weekday() > 4 else closed.get(day, "")


def in_a_sentence(
    rhythm: Rhythm | None, last: UncertainDate | None, ahead: Sequence[date], on: date
) -> str:
    """How a series stands today."""
    if ahead:
        told = f"{count(len(ahead), 'meeting')} ahead, the next on {weekday_in_words(ahead[0])}."
    else:
        told = "No meeting is called."
    if rhythm is None:
        return told
    if last is None:
        return f"{told} No meeting is on record."
    gone = missed(rhythm, last, on)
    if gone.most and not ahead:
        verb = "was" if gone.least == gone.most == 1 else "were"
        return f"{told} {gone} {verb} wanted since {last}, and nothing is on record of them."
    return told

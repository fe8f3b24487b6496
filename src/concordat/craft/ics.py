"""Calendars in and out: when somebody is busy, and what a feed or an invitation says.

Of a calendar that is brought in only busy intervals are kept: no title, place, name or other
word leaves the bounded child that reads it.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from concordat.craft import bounded
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import count

if TYPE_CHECKING:
    from icalendar import Calendar, Component, Event

LONDON = ZoneInfo("Europe/London")
LIMIT = 5_000_000
"""Bytes of one calendar."""
SECONDS = 8
"""Of the processor, for reading one."""
AT_NEED = ("icalendar", "recurring_ical_events")
MOST_PARTS = 20_000
MOST_TIMES = 20_000
DEEPEST = 4
MEND = "Export the calendar afresh, for a year at most, and send that."


class Interval(NamedTuple):
    """Busy from `start` until before `end`, both in UTC."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Reading:
    """Busy intervals in order, none touching another, and what had to be decided on the way."""

    busy: tuple[Interval, ...]
    notes: tuple[str, ...]


def read(data: bytes, *, first: date, last: date) -> Reading:
    """When the owner of a calendar is busy on these days, both included, on London's clocks.

    Raises `Invalid`, naming what is wrong, for what is no calendar or no honest one.
    """
    if len(data) > LIMIT:
        raise Invalid(
            f"The calendar has more than {LIMIT // 1_000_000} MB.", field="file", mend=MEND
        )
    beyond = Invalid(
        "The calendar takes more memory or time to read than any honest one.",
        field="file",
        mend=MEND,
    )
    asked = {"first": first.isoformat(), "last": last.isoformat()}
    told = bounded.ask(__name__, asked, data, beyond=beyond, seconds=SECONDS)
    pairs = [(datetime.fromisoformat(a), datetime.fromisoformat(b)) for a, b in told["busy"]]
    return Reading(tuple(Interval(*pair) for pair in pairs), tuple(told["notes"]))


def merged(intervals: Iterable[Interval]) -> list[Interval]:
    """The same time, in order, with what touches or overlaps made one."""
    told: list[Interval] = []
    for each in sorted(intervals):
        if told and each.start <= told[-1].end:
            told[-1] = Interval(told[-1].start, max(told[-1].end, each.end))
        else:
            told.append(each)
    return told


# --- inside the child


def work(asked: dict[str, Any], data: bytes) -> dict[str, Any]:
    first, last = date.fromisoformat(asked["first"]), date.fromisoformat(asked["last"])
    notes: dict[str, int] = {}
    found = merged(_busy(_text(data), first, last, notes))
    return {
        "busy": [[each.start.isoformat(), each.end.isoformat()] for each in found],
        "notes": [count(number, "appointment") + words for words, number in notes.items()],
    }


def _refuse(message: str) -> Invalid:
    return Invalid(message, field="file", mend=MEND)


def _text(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in data:
        raise _refuse("The calendar is not written in UTF-8.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise _refuse(f"The calendar is not UTF-8 at byte {problem.start:,}.") from None
    _check(re.sub(r"\r?\n[ \t]", "", text).upper())
    return text


def _check(text: str) -> None:
    """Refuse what no honest calendar holds, before anything is unfolded from it."""
    if not text.lstrip().startswith("BEGIN:VCALENDAR"):
        raise _refuse("This is no calendar: it does not begin with BEGIN:VCALENDAR.")
    if often := re.search(r"FREQ=(SECONDLY|MINUTELY)", text):
        raise _refuse(f"An appointment is repeated every {often[1][:-2].lower()}.")
    if re.search(r"BYSECOND=\d+,", text):
        raise _refuse("An appointment is repeated several times a minute.")
    depth = parts = 0
    for edge in re.findall(r"^(BEGIN|END):", text, re.M):
        depth += 1 if edge == "BEGIN" else -1
        parts += edge == "BEGIN"
        if depth > DEEPEST:
            raise _refuse(f"The calendar is nested more than {DEEPEST} deep.")
    if parts > MOST_PARTS:
        raise _refuse(f"The calendar has {parts:,} parts, and {MOST_PARTS:,} are read at most.")
    if depth:
        raise _refuse("The calendar is cut off: what begins does not end.")
    if text.count("BEGIN:STANDARD") + text.count("BEGIN:DAYLIGHT") > 2_000:
        raise _refuse("The calendar describes more time zones than any honest one.")


def _busy(text: str, first: date, last: date, notes: dict[str, int]) -> Iterator[Interval]:
    from icalendar import Calendar

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            calendars = Calendar.from_ical(text, multiple=True)
        except Exception as problem:  # the library raises what it will; it is told and refused
            raise _refuse(f"The calendar cannot be read ({type(problem).__name__}).") from None
        for calendar in calendars:
            yield from _appointments(calendar, first, last, notes)
            yield from _given_as_busy(calendar, first, last)


def _appointments(
    calendar: Calendar, first: date, last: date, notes: dict[str, int]
) -> Iterator[Interval]:
    start = datetime(first.year, first.month, first.day, tzinfo=LONDON)
    end = datetime(last.year, last.month, last.day, tzinfo=LONDON) + timedelta(days=1)
    try:
        found = _occurrences(calendar, start, end)
    except Invalid:
        raise
    except Exception as problem:  # the libraries raise what they will; it is told and refused
        raise _refuse(f"{_which(calendar)} cannot be read ({type(problem).__name__}).") from None
    for event in found:
        if str(event.get("TRANSP", "")).upper() == "TRANSPARENT":
            continue
        if str(event.get("STATUS", "")).upper() == "CANCELLED":
            continue
        if (interval := _interval(event, notes)) and interval.end > start and interval.start < end:
            yield Interval(max(interval.start, start), min(interval.end, end))


def _occurrences(calendar: Calendar, start: datetime, end: datetime) -> list[Component]:
    import recurring_ical_events

    found: list[Component] = []
    query = recurring_ical_events.of(calendar, components=["VEVENT"])
    while start < end:
        until = min(start + timedelta(days=31), end)
        found += query.between(start, until)
        if len(found) > MOST_TIMES:
            raise _refuse(f"The calendar has more than {MOST_TIMES:,} appointments in the time.")
        start = until
    return found


def _which(calendar: Calendar) -> str:
    """The first appointment that does not say when it is, by its place in the file."""
    for number, event in enumerate(calendar.walk("VEVENT"), start=1):
        if "DTSTART" not in event:
            return f"Appointment {number} of the calendar has no start: it"
        if event.errors:
            return f"Appointment {number} of the calendar has a broken {event.errors[0][0]}: it"
    return "A repeated appointment of the calendar"


def _interval(event: Component, notes: dict[str, int]) -> Interval | None:
    start, end = event.decoded("DTSTART"), event.decoded("DTEND")
    missed = _is_missed(start) or _is_missed(end)
    if missed:
        told = " at a time that does not exist, when the clocks go forward: read as an hour later"
        notes[told] = notes.get(told, 0) + 1
    begins, ends = _in_utc(start), _in_utc(end)
    if missed and ends <= begins:
        ends = begins + (_bare(end) - _bare(start))
    if ends < begins:
        told = " that ends before it begins: left out"
        notes[told] = notes.get(told, 0) + 1
    return Interval(begins, ends) if ends > begins else None


def _bare(when: date | datetime) -> datetime:
    """What the clock shows, without its zone."""
    return datetime(*when.timetuple()[:6])  # noqa: DTZ001


def _is_missed(when: date | datetime) -> bool:
    """Whether clocks never show this local time: in the hour that summer time takes away."""
    if not isinstance(when, datetime):
        return False
    local = when if when.tzinfo else when.replace(tzinfo=LONDON)
    there = local.astimezone(UTC).astimezone(local.tzinfo)
    return there.replace(tzinfo=None) != local.replace(tzinfo=None)


def _in_utc(when: date | datetime) -> datetime:
    """Whole days and times without a zone are London's."""
    if not isinstance(when, datetime):
        when = datetime(when.year, when.month, when.day)  # noqa: DTZ001 - given its zone below
    return (when if when.tzinfo else when.replace(tzinfo=LONDON)).astimezone(UTC)


def _given_as_busy(calendar: Calendar, first: date, last: date) -> Iterator[Interval]:
    """What a free-busy part of the calendar says outright."""
    start = _in_utc(first)
    end = _in_utc(last + timedelta(days=1))
    for part in calendar.walk("VFREEBUSY"):
        given = part.get("FREEBUSY", [])
        for period in given if isinstance(given, list) else [given]:
            if str(period.params.get("FBTYPE", "BUSY")).upper() == "FREE":
                continue
            begins, ends = _in_utc(period.start), _in_utc(period.end)
            if ends > start and begins < end and ends > begins:
                yield Interval(max(begins, start), min(ends, end))


# --- out


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a feed or an invitation tells. A whole day has dates, `end` the day after.

    `state` is "tentative", "confirmed" or "cancelled".
    """

    uid: str
    sequence: int
    start: datetime | date
    end: datetime | date
    title: str
    state: str
    place: str = ""
    changed: datetime | None = None


def write(
    entries: Sequence[Entry],
    *,
    name: str,
    now: datetime,
    method: str = "PUBLISH",
    organiser: str = "",
    guests: Sequence[tuple[str, str]] = (),
) -> str:
    """A calendar as text: a feed, unless an `organiser` (an address) sends it to somebody.

    `method` REQUEST or CANCEL makes it an invitation to the `guests` (name and address). Each of
    these is about one entry, so several go out as PUBLISH, whose entries follow their UID and
    SEQUENCE alike and have no guests (RFC 5546, 3.2).
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("PRODID", "-//Concordat//EN")
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", method)
    if not organiser:
        calendar.add("X-WR-CALNAME", name)
        calendar.add("REFRESH-INTERVAL", timedelta(hours=4), parameters={"VALUE": "DURATION"})
        calendar.add("X-PUBLISHED-TTL", timedelta(hours=4), parameters={"VALUE": "DURATION"})
    calendar.add_component(_zone())
    for each in entries:
        event = _event(each, now)
        if organiser:
            event.add("ORGANIZER", f"mailto:{organiser}")
        for guest, address in guests:
            told = {"CN": guest, "ROLE": "REQ-PARTICIPANT", "RSVP": "TRUE"}
            event.add("ATTENDEE", f"mailto:{address}", parameters=told)
        calendar.add_component(event)
    return str(calendar.to_ical().decode())


def _event(entry: Entry, now: datetime) -> Event:
    from icalendar import Event

    event = Event()
    event.add("UID", entry.uid)
    event.add("SEQUENCE", entry.sequence)
    event.add("DTSTAMP", now.astimezone(UTC))
    if entry.changed:
        event.add("LAST-MODIFIED", entry.changed.astimezone(UTC))
    event.add("SUMMARY", entry.title)
    event.add("STATUS", entry.state.upper())
    event.add("DTSTART", _here(entry.start))
    event.add("DTEND", _here(entry.end))
    event.add("TRANSP", "OPAQUE" if isinstance(entry.start, datetime) else "TRANSPARENT")
    if entry.place:
        event.add("LOCATION", entry.place)
    return event


def _here(when: datetime | date) -> datetime | date:
    return when.astimezone(LONDON) if isinstance(when, datetime) else when


@lru_cache(maxsize=1)
def _zone() -> Component:
    from icalendar import Timezone

    return Timezone.from_ical(_LONDON.replace("\n", "\r\n"))


_LONDON = """\
BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
TZNAME:BST
DTSTART:19810329T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
TZNAME:GMT
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"""

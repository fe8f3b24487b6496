"""The dates and times of a chronology, as agencies type them.

Reading adds nothing: a date is never sharper than it was typed, words that fix no date leave the
row undated, and a day that no calendar has is a fault to mend, not a date near it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from math import isfinite

from concordat.domain.practice.chronologies.rules.columns import Value
from concordat.kernel.dates import Precision, UncertainDate
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import day_in_words

NOUGHT_1900, NOUGHT_1904 = date(1899, 12, 30), date(1904, 1, 1)
"""Day nought of a workbook's serial numbers, in its two systems."""

_SERIALS = range(14_000, 73_051)
"""The serial numbers that can be a day of a life: 1938 to 2099."""
_MEND = "Write it like 29 March 2019, March 2019, early 2015, ?22 May 2018, or ? if unknown."


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as typed, with the minute of the day where a time stood beside it.

    `time` are the words that stood there, where they say more or less than a minute.
    """

    date: UncertainDate
    minute: int | None = None
    note: str = ""
    time: str = ""

    @property
    def clock(self) -> str:
        """The time beside the date, in words."""
        if self.time or self.minute is None:
            return self.time
        return f"{self.minute // 60:02d}:{self.minute % 60:02d}"


def undated(text: str) -> UncertainDate:
    return UncertainDate(text, Precision.UNKNOWN, stated="?")


def day_of(day: date, text: str = "") -> UncertainDate:
    typed = text or day_in_words(day)
    return UncertainDate(typed, Precision.DAY, day, day, stated=day.isoformat())


def moment(value: Value, *, year: int, nought: date = NOUGHT_1900) -> Moment:
    """What a cell says of when. `year` is the latest that two digits can mean.

    Raises `Invalid` for a day that does not exist and for figures that are no date.
    """
    if value is None:
        return Moment(undated(""))
    if isinstance(value, datetime):
        return Moment(_on(value.date()).date, value.hour * 60 + value.minute)
    if isinstance(value, date):
        return _on(value)
    if isinstance(value, str):
        return _typed(" ".join(value.replace("\\", "/").split()), year, nought)
    if isinstance(value, bool | time | timedelta):
        raise Invalid(f'"{value}" is no date.', mend=_MEND)
    return _figure(value, nought)


@lru_cache(maxsize=65_536)
def _on(day: date) -> Moment:
    return Moment(day_of(day))


def _figure(value: float, nought: date) -> Moment:
    whole = int(value) if isfinite(value) else 0
    if whole in _SERIALS:
        minute = round((value - whole) * 1440)
        day = nought + timedelta(days=whole)
        return Moment(day_of(day), minute or None if minute < 1440 else None)
    if whole == value:
        return _typed(str(whole), 0, nought)
    raise Invalid(f'"{value}" is no date.', mend=_MEND)


_TIME = (
    r"[0-9]{1,2}[:.][0-9]{2}([:.][0-9]{2}([.][0-9]+)?(z|[+-][0-9:]{4,6})?)?"
    r" ?(am|pm|a\.m\.?|p\.m\.?|hrs?|hours|z)?"
)
_AT = re.compile(
    rf"(?P<date>.*[0-9])(?: at |, | - | ?@ ?|T| )(?P<time>{_TIME}|[0-9]{{4}} ?(hrs?|hours)"
    r"|[0-9]{1,2} ?(am|pm|a\.m\.?|p\.m\.?))",
    re.IGNORECASE,
)
_PART = re.compile(
    r"(?P<date>.*[0-9]),? \(?(?P<time>(in the )?(early |late )?(morning|afternoon|evening|night)"
    r"|overnight|lunch ?time|am|pm|a\.m\.?|p\.m\.?|(time )?(unknown|not known|not recorded)"
    r"|[0-9]{1,2}[:.][0-9]{2} ?(-|\u2013|to) ?[0-9]{1,2}[:.][0-9]{2})\)?",
    re.IGNORECASE,
)
"""A day with a part of it, or a span of hours: kept as the time that was typed."""
_MONTH = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_NO_YEAR = re.compile(
    r"\W*((mon|tue|wed|thu|fri|sat|sun)[a-z]* )?"
    rf"([0-9]{{1,2}}(st|nd|rd|th)?[ -]?(of )?({_MONTH})[a-z]*"
    rf"|({_MONTH})[a-z]*[ -][0-9]{{1,2}}(st|nd|rd|th)?|[0-9]{{1,2}}[/.-][0-9]{{1,2}})\W*",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"(some ?time )?(before|after|by|since|prior to|pre|post|until|from) "
    r"|.*[0-9] ?(-|\u2013|to|and)? ?(onwards?|ongoing|present|now|date)$",
    re.IGNORECASE,
)
_BLANK = re.compile(
    r"(?:(?:[?]{1,2}|xx|--|__)[/.-])?(?:[?]{1,2}|xx|--|__)[/.-](?P<y>[0-9]{4})"
    r"|(?:[?]{1,2}|xx|--|__)[/.-](?P<m>[0-9]{1,2})[/.-](?P<year>[0-9]{4})",
    re.IGNORECASE,
)
"""A day, or a day and month, that was left open within a date."""
_WITHIN = re.compile(r"^(some ?time )?(in|during|within|on) (?=\S)", re.IGNORECASE)
_DAY_LAST = re.compile(
    r"(?P<rest>.*[0-9]),? \(?(?P<day>(mon|tue|wed|thu|fri|sat|sun)[a-z]*)\)?", re.IGNORECASE
)
_NEAR = re.compile(r",? ?[(\[]? ?(approx(\.|imately)?|\?|circa) ?[)\]]?$", re.IGNORECASE)
_WEEK = re.compile(r"(w/?c|week (commencing|beginning|of)):? (?P<day>.+)", re.IGNORECASE)
_UNKNOWN = re.compile(
    r"\W*((date )?(unknown|not known|not stated|undated|n/?k|n/?a))?\W*", re.IGNORECASE
)
_NTH, _TO = "[0-9]{1,2}(?:st|nd|rd|th)?", "(?:-|\u2013|to)"
_SHORT_SPAN = re.compile(
    rf"(?P<doubt>\?? ?)(?P<d>{_NTH})(?P<m> (?:{_MONTH})[a-z]*)? ?{_TO} ?"
    rf"(?P<last>{_NTH})(?P<month> (?:{_MONTH})[a-z]*)(?P<y> '?(?:[0-9]{{4}}|[0-9]{{2}}))?",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"(?P<y>(19|20)[0-9]{2})(?P<m>[01][0-9])(?P<d>[0-3][0-9])")
_DAY_FIRST = re.compile(r"(?P<d>[0-3][0-9])(?P<m>[01][0-9])(?P<y>(19|20)[0-9]{2})")
_TWO_DIGITS = re.compile(
    r"[0-9]{1,2}([/.-][0-9]{1,2}[/.-]"
    rf"|(st|nd|rd|th)?[ -]?({_MONTH})[a-z]*\.?[ -]?)'?[0-9]{{2}}\??$",
    re.IGNORECASE,
)


@lru_cache(maxsize=65_536)
def _typed(text: str, year: int, nought: date) -> Moment:
    if found := _AT.fullmatch(text):
        if " - " in text and (whole := _span(text, year)) and whole.precision is Precision.RANGE:
            return Moment(whole)
        typed, minute, _ = clock(found["time"])
        if typed and minute is not None:
            return Moment(_dated(found["date"], year, nought).date, minute)
    if found := _PART.fullmatch(text):
        when = _dated(found["date"], year, nought)
        return Moment(when.date, clock(found["time"])[1], when.note, found["time"])
    return _dated(text, year, nought)


def _dated(text: str, year: int, nought: date) -> Moment:
    """Reads the words of a date, those that fix none included.

    A number of a day that another system counts is kept as the day in words, since it would be
    another day where it is read again without its workbook.
    """
    if re.fullmatch(r"[0-9]{5}(\.[0-9]+)?", text) and int(text[:5]) in _SERIALS:
        counted = _figure(float(text), nought)
        note = f"{text} was read as a workbook's number of a day."
        if counted.date.earliest and counted.minute is None and nought == NOUGHT_1900:
            return Moment(day_of(counted.date.earliest, text), note=note)
        return Moment(counted.date, counted.minute, note)
    if not re.search("[0-9]", text):
        said = "" if _UNKNOWN.fullmatch(text) else "The words fix no date, so the row has none."
        return Moment(undated(text), note=said)
    span = _SHORT_SPAN.fullmatch(text)
    if (span and not span["y"]) or (_NO_YEAR.fullmatch(text) and not _TWO_DIGITS.search(text)):
        return Moment(undated(text), note="The year is not stated, so the row has no date.")
    if _OPEN.match(text) and not _span(text, year):
        return Moment(undated(text), note="The words leave the date open, so the row has none.")
    if found := _WEEK.fullmatch(text):
        return Moment(_week(found["day"], text, year))
    return Moment(_read(text, year))


def _span(text: str, year: int) -> UncertainDate | None:
    try:
        return _read(text, year)
    except Invalid:
        return None


def _week(day: str, text: str, year: int) -> UncertainDate:
    first = _read(day, year)
    if first.precision is not Precision.DAY or first.earliest is None:
        raise Invalid(f'"{text}": say the day on which the week began.', mend=_MEND)
    last = first.earliest + timedelta(days=6)
    stated = f"{first.earliest.isoformat()} to {last.isoformat()}"
    return UncertainDate(text, Precision.RANGE, first.earliest, last, first.doubtful, stated)


def _read(text: str, year: int) -> UncertainDate:
    said = re.sub(r"(?<=[0-9])(st|nd|rd|th)? of (?=[A-Za-z])", r"\1 ", text)
    said = re.sub(r"'(?=[0-9]{2}\b)", "", said).rstrip(".,; ")
    said = re.sub(r"\?+$", "?", _WITHIN.sub("", said))
    if found := _DAY_LAST.fullmatch(said):
        said = f"{found['day']} {found['rest']}"
    if (near := _NEAR.search(said)) and near.start():
        said = f"c. {said[: near.start()]}"
    if found := _BLANK.fullmatch(said):
        said = found["y"] or f"{found['m']}/{found['year']}"
    said = re.sub("^(beginning|start) of ", "start of ", said, flags=re.IGNORECASE)
    if found := _COMPACT.fullmatch(said) or _DAY_FIRST.fullmatch(said):
        said = f"{found['y']}-{found['m']}-{found['d']}"
    if (found := _SHORT_SPAN.fullmatch(said)) and found["y"]:
        said = _spelt(found, year)
    century = 2000 if _TWO_DIGITS.search(said) else None
    read = UncertainDate.parse(said, century=century)
    if century and read.earliest is not None and read.earliest.year > year:
        read = UncertainDate.parse(said, century=1900)
    return UncertainDate(
        text, read.precision, read.earliest, read.latest, read.doubtful, read.stated
    )


def _spelt(found: re.Match[str], year: int) -> str:
    """A span of days that tells its month or its year once, with both days whole."""
    said = int(found["y"].strip(" '"))
    whole = said if said > 99 else said + (2000 if said + 2000 <= year else 1900)
    first = f"{found['d']}{found['m'] or found['month']} {whole}"
    return f"{found['doubt']}{first} to {found['last']}{found['month']} {whole}"


_CLOCK = re.compile(
    r"(?:c\.?|ca\.?|circa|about|approx\.?|@|at)? ?(?P<h>[0-9]{1,2})(?:[:.h](?P<m>[0-9]{2})"
    r"(?:[:.][0-9]{2}(?:\.[0-9]+)?)?)? ?(?P<half>[ap]\.?m\.?)? ?(?:hrs?|hours|z|[+-][0-9:]{4,6})?",
    re.IGNORECASE,
)
_FOUR = re.compile(r"(?P<h>[0-9]{2})(?P<m>[0-9]{2}) ?(?:hrs?|hours)?", re.IGNORECASE)
_HOURS = re.compile(r"^([0-9]{1,2}[:.][0-9]{2}) ?(?:-|\u2013|to) ?[0-9]{1,2}[:.][0-9]{2}$")
_NAMED = {"noon": 720, "midday": 720, "12 noon": 720, "midnight": None}


def clock(value: Value) -> tuple[str, int | None, str]:
    """The time as typed, its minute of the day, and what could not be read of it.

    "Midnight" belongs to two days and "morning" to no minute: both are kept as typed.
    """
    if value is None:
        return "", None, ""
    if isinstance(value, datetime | time):
        return f"{value:%H:%M}", value.hour * 60 + value.minute, ""
    if isinstance(value, timedelta):
        minute = int(value.total_seconds() // 60)
        return f"{minute // 60:02d}:{minute % 60:02d}", minute if minute < 1440 else None, ""
    if isinstance(value, float) and 0 <= value < 1:
        minute = round(value * 1440) % 1440
        return f"{minute // 60:02d}:{minute % 60:02d}", minute, ""
    return _clock_typed(" ".join(str(value).split()))


@lru_cache(maxsize=8192)
def _clock_typed(text: str) -> tuple[str, int | None, str]:
    said = _HOURS.sub(r"\1", text.lower().strip("?~ "))
    if said in _NAMED:
        return text, _NAMED[said], ""
    found = _FOUR.fullmatch(said) or _CLOCK.fullmatch(said)
    if found and (minute := _minute(found.groupdict())) is not None:
        return text, minute, ""
    if re.search("[0-9]", said):
        return text, None, f'The time "{text}" cannot be read; it is kept as typed.'
    return text, None, ""


def _minute(part: dict[str, str | None]) -> int | None:
    hour, minute, half = int(part["h"] or 0), int(part["m"] or 0), (part.get("half") or "")[:1]
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    elif part["m"] is None:
        return None
    return hour * 60 + minute if hour < 24 and minute < 60 else None

"""Dates as sources state them, never sharper than they were said."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Literal

from concordat.kernel.errors import Invalid
from concordat.kernel.labels import MONTHS, WEEKDAYS, day_in_words


class Precision(StrEnum):
    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    QUARTER = "quarter"
    YEAR = "year"
    RANGE = "range"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class UncertainDate:
    """A date as stated: any day from `earliest` to `latest`, both included, or not known at all.

    `text` is what was typed; two dates are equal when they state the same, however typed.
    A `doubtful` date ("?22 May 2018", "about 2015") is near its span and proves nothing:
    it is never certainly before or after any day. `stated` is what `iso()` answers.
    """

    text: str = field(compare=False)
    precision: Precision
    earliest: date | None = None
    latest: date | None = None
    doubtful: bool = False
    stated: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        if not self.stated:
            object.__setattr__(self, "stated", UncertainDate.parse(self.text).stated)

    @classmethod
    def parse(cls, text: str, *, century: int | None = None) -> UncertainDate:
        """Read a date as people write it.

        A day (2019-03-29, 29/03/2019 with the day first, 29 March 2019, Fri 29 Mar 2019), a
        month (March 2019, 2019-03, 03/2019), a season (spring 2019; a winter is named by its
        December), a calendar quarter (Q1 2019), a year, a range ("2018 to 2019", "between
        June and September 2018"), nothing or "?" for not known. "early", "mid" and "late"
        narrow a year to its third and leave any shorter span whole. A leading "?", "c.",
        "circa" or "about" makes it doubtful. A quarter or year such as 2018/19 is refused,
        since nobody can tell a financial from a school year.

        `century` (1900 or 2000) allows two-digit years. Raises `Invalid` for anything else.
        """
        asked = unicodedata.normalize("NFKC", text).strip()
        if asked.lower().strip("? ") in _UNKNOWN:
            return cls(text, Precision.UNKNOWN, stated="?")
        span = _read(asked, century)
        stated = f"?{span.iso}" if span.doubtful else span.iso
        return cls(text, span.precision, span.earliest, span.latest, span.doubtful, stated)

    @property
    def sort_key(self) -> tuple[bool, date, date, bool, str]:
        """Earliest day first, then the sharper; undated last. Equal only for equal dates."""
        undated = self.earliest is None
        first, last = self.earliest or date.max, self.latest or date.max
        return (undated, first, last, self.doubtful, self.iso())

    def certainly_before(self, day: date) -> bool:
        return not self.doubtful and self.latest is not None and self.latest < day

    def certainly_after(self, day: date) -> bool:
        return not self.doubtful and self.earliest is not None and self.earliest > day

    def certainly_on_or_before(self, day: date) -> bool:
        return not self.doubtful and self.latest is not None and self.latest <= day

    def possibly_on(self, day: date) -> bool:
        """True unless the date is certainly before or certainly after `day`."""
        return not (self.certainly_before(day) or self.certainly_after(day))

    def iso(self) -> str:
        """The canonical text: parsing it gives an equal date."""
        return self.stated

    def __str__(self) -> str:
        """In words: "spring 2019", "29 March 2019", "about 2015"; these too parse back."""
        if self.precision is Precision.UNKNOWN:
            return _UNKNOWN[0]
        words = _read(self.iso(), None).words
        return f"about {words}" if self.doubtful else words


InForce = Literal["yes", "no", "uncertain"]


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days from `start` to `end`, both included; None leaves that side open.

    A date that is not known is not an open side. Raises `Invalid` if it ends before it starts.
    """

    start: UncertainDate | None = None
    end: UncertainDate | None = None

    def __post_init__(self) -> None:
        last = self.end.latest if self.end and not self.end.doubtful else None
        if self.start and last and self.start.certainly_after(last):
            raise _backwards(f"{self.start} to {self.end}")

    def in_force(self, day: date) -> InForce:
        """ "uncertain" wherever a partial or doubtful date leaves both answers possible."""
        start, end = self.start, self.end
        if (start and start.certainly_after(day)) or (end and end.certainly_before(day)):
            return "no"
        begun = start is None or start.certainly_on_or_before(day)
        lasting = end is None or end.certainly_after(day - timedelta(days=1))
        return "yes" if begun and lasting else "uncertain"


_LONGEST = 100
_YEARS = range(1800, 2200)
_MEND = "Write it like 29 March 2019, March 2019, spring 2019, 2019, 2018 to 2019, or ? if unknown."
_CHECK = "Check the source; if only the month is certain, give the month."
_UNKNOWN = ("date not known", "not known", "unknown", "undated", "")
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
_QUARTERS = ("first", "second", "third", "fourth")
_THIRDS = {"early": 0, "start of": 0, "mid": 1, "middle of": 1, "late": 2, "end of": 2}
_MONTH = {word.lower()[:n]: i for i, word in enumerate(MONTHS, 1) for n in (3, len(word))}
_MONTH["sept"] = 9
_DOUBT = re.compile(r"(\?|~|(c|ca|circa|about|around|approx|approximately)\b|c(?=\d)) ?")
_DASH = re.compile(r"(?<=[0-9]{4})-(?=[0-9]{4}|[0-9]{1,2}/)|(?<!mid)(?<=[a-z])-(?=[a-z])| - ")


@dataclass(frozen=True, slots=True)
class _Span:
    precision: Precision
    earliest: date
    latest: date
    iso: str
    words: str
    doubtful: bool = False


class _Reader:
    """Reads one tidied text; `asked` is the text that faults quote."""

    def __init__(self, asked: str, century: int | None) -> None:
        self.asked = asked
        self.century = century

    def read(self, said: str) -> _Span:
        for form, reading in _FORMS:
            found = form.fullmatch(said)
            if found:
                return reading(self, **found.groupdict())
        raise _unreadable(self.asked)

    def day(self, y: str, m: str, d: str) -> _Span:
        year, month = self._year(y), self._month(m)
        if not 1 <= int(d) <= monthrange(year, month)[1]:
            raise Invalid(f"There is no {int(d)} {MONTHS[month - 1]} {year}.", mend=_CHECK)
        day = date(year, month, int(d))
        return _Span(Precision.DAY, day, day, day.isoformat(), day_in_words(day))

    def month(self, y: str, m: str) -> _Span:
        year, month = self._year(y), self._month(m)
        words = f"{MONTHS[month - 1]} {year}"
        return self._months(Precision.MONTH, year, month, 1, f"{year}-{month:02d}", words)

    def season(self, season: str, y: str, y2: str | None) -> _Span:
        year = self._year(y)
        if y2 and (season != "winter" or (year + 1) % 100 != int(y2) % 100):
            raise _unreadable(self.asked)
        words = f"{season} {year}" + (f"/{(year + 1) % 100:02d}" if season == "winter" else "")
        return self._months(Precision.SEASON, year, _SEASONS[season], 3, words, words)

    def quarter(self, y: str, q: str) -> _Span:
        year = self._year(y)
        number = int(q) if q.isdigit() else _QUARTERS.index(q) + 1
        words = f"{_QUARTERS[number - 1]} quarter of {year}"
        return self._months(Precision.QUARTER, year, 3 * number - 2, 3, f"{year}-Q{number}", words)

    def year(self, y: str) -> _Span:
        year = self._year(y)
        return self._months(Precision.YEAR, year, 1, 12, y, y)

    def part(self, part: str, rest: str) -> _Span:
        whole = self.read(rest)
        iso, words = f"{part} {whole.iso}", f"{part} {whole.words}"
        if whole.precision is Precision.DAY or rest.startswith(tuple(_THIRDS)):
            raise _unreadable(self.asked)
        if whole.precision is not Precision.YEAR:
            return replace(whole, iso=iso, words=words)
        first = 1 + 4 * _THIRDS[part]
        return self._months(Precision.YEAR, whole.earliest.year, first, 4, iso, words)

    def range(self, first: str, last: str) -> _Span:
        first, doubtful = _without_doubt(first)
        last, doubtful_too = _without_doubt(last)
        right = self.read(last)
        left = self._left(first, last.split(" "))
        if Precision.RANGE in (left.precision, right.precision):
            raise _unreadable(self.asked)
        if left.earliest > right.earliest or left.latest > right.latest:
            raise _backwards(self.asked)
        iso, words = f"{left.iso} to {right.iso}", f"{left.words} to {right.words}"
        doubtful = doubtful or doubtful_too
        return _Span(Precision.RANGE, left.earliest, right.latest, iso, words, doubtful)

    def _left(self, said: str, last: list[str]) -> _Span:
        """The first end of a range, which may lean on the last: "June to September 2018"."""
        if re.fullmatch(r"([a-z]+ )?[0-9]{1,2}", said) and len(last) > 2:
            return self.read(" ".join([said, *last[-2:]]))
        bare = not re.search(r"[0-9]{4}|[0-9][/.-][0-9]", said) and len(last) > 1
        return self.read(f"{said} {last[-1]}" if bare else said)

    def weekday(self, weekday: str, rest: str) -> _Span:
        span = self.read(rest)
        if span.precision is not Precision.DAY:
            raise _unreadable(self.asked)
        real = WEEKDAYS[span.earliest.weekday()]
        if not real.lower().startswith(weekday):
            raise Invalid(f"{span.words} is a {real}.", mend=_CHECK)
        return span

    def _year(self, said: str) -> int:
        if len(said) == 2 and self.century is None:
            raise Invalid(f'"{self.asked}": the year needs all four digits.', mend=_MEND)
        year = int(said) + (self.century or 0 if len(said) == 2 else 0)
        if year not in _YEARS:
            raise Invalid(f"The year {said} is not between {_YEARS[0]} and {_YEARS[-1]}.")
        return year

    def _month(self, said: str) -> int:
        month = int(said) if said.isdigit() else _MONTH.get(said, 0)
        if not 1 <= month <= len(MONTHS):
            mend = "Write the day first: 29/03/2019." if said.isdigit() else _MEND
            raise Invalid(f'"{self.asked}": there is no month "{said}".', mend=mend)
        return month

    @staticmethod
    def _months(
        precision: Precision, year: int, month: int, count: int, iso: str, words: str
    ) -> _Span:
        over, last = divmod(month + count - 2, 12)
        end = date(year + over, last + 1, monthrange(year + over, last + 1)[1])
        return _Span(precision, date(year, month, 1), end, iso, words)


_Y = r"(?P<y>[0-9]{4}|[0-9]{2})"
_Y4 = r"(?P<y>[0-9]{4})"
_M = r"(?P<m>[0-9]{1,2})"
_D = r"(?P<d>[0-9]{1,2})"
_SEASON = rf"(?P<season>{'|'.join(_SEASONS)})"
_WEEKDAY = "(?P<weekday>mon|tue|wed|thu|fri|sat|sun)[a-z]*"
_NAME = r"(?P<m>[a-z]{3,9})"
_FORMS: tuple[tuple[re.Pattern[str], Callable[..., _Span]], ...] = tuple(
    (re.compile(form), reading)
    for form, reading in (
        (_Y4, _Reader.year),
        (r"(?:from )?(?P<first>.+?) (?:to|until) (?P<last>.+)", _Reader.range),
        (r"between (?P<first>.+?) and (?P<last>.+)", _Reader.range),
        (rf"{_Y4}[-/]{_M}[-/]{_D}", _Reader.day),
        (rf"{_WEEKDAY} (?P<rest>.+)", _Reader.weekday),
        (rf"{_D}[-/.]{_M}[-/.]{_Y}", _Reader.day),
        (rf"{_D}[ -]?{_NAME}[ -]?{_Y}", _Reader.day),
        (rf"{_NAME} {_D} {_Y4}", _Reader.day),
        (rf"{_Y4}-(?P<m>0?[1-9]|1[0-2])", _Reader.month),
        (rf"{_M}[/.-]{_Y4}", _Reader.month),
        (rf"{_SEASON} (of )?{_Y4}(/(?P<y2>[0-9]{{4}}|[0-9]{{2}}))?", _Reader.season),
        (rf"q(?P<q>[1-4])[ /-]?{_Y4}", _Reader.quarter),
        (rf"{_Y4}[ /-]?q(?P<q>[1-4])", _Reader.quarter),
        (rf"(?P<q>{'|'.join(_QUARTERS)}) quarter (of )?{_Y4}", _Reader.quarter),
        (rf"(?P<part>{'|'.join(_THIRDS)})[ -](?P<rest>.+)", _Reader.part),
        (rf"{_NAME}[ -]{_Y4}", _Reader.month),
    )
)


def _tidied(text: str) -> str:
    said = re.sub(r"[\u2010-\u2015]", "-", text.lower()).replace(",", " ")
    said = re.sub(r"(?<=[a-z])\.", " ", said)
    said = re.sub(r"([0-9]) ?(st|nd|rd|th)\b", r"\1", said)
    return " ".join(_DASH.sub(" to ", said).split())


@lru_cache(maxsize=16384)
def _read(asked: str, century: int | None) -> _Span:
    if len(asked) > _LONGEST:
        raise _unreadable(f"{asked[:_LONGEST]}...")
    said, doubtful = _without_doubt(_tidied(asked))
    span = _Reader(asked, century).read(said)
    return replace(span, doubtful=doubtful or span.doubtful)


def _without_doubt(said: str) -> tuple[str, bool]:
    leading = _DOUBT.match(said)
    plain = said[leading.end() if leading else 0 :].removesuffix("?").rstrip()
    return plain, plain != said


def _unreadable(asked: str) -> Invalid:
    split_year = re.fullmatch(r"[0-9]{4}[-/][0-9]{2}", asked)
    mend = "Say which months, such as April 2018 to March 2019." if split_year else _MEND
    return Invalid(f'"{asked}" cannot be read as a date.', mend=mend)


def _backwards(asked: str) -> Invalid:
    return Invalid(f'"{asked}" ends before it starts.', mend="Give the earlier date first.")

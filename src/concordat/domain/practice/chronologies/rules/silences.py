"""Gaps in what an agency tells, and silences: what one knew and another shows no sign of knowing.

A silence is told where all of this holds:

1. an agency recorded something that matters: its row is marked significant, or its words name a
   matter of the list below and do not deny it ("no bruise");
2. another agency was in touch with the family at that time: it has a row within the window before
   or after that day;
3. nothing in the other agency's rows names the matter within the days in which it should have
   been told, nor in the two months before, when it knew already.

It is a question to ask, never a finding: the other agency may have known and not written it down.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from concordat.domain.practice.chronologies.rules.likeness import (
    Said,
    commonest,
    telling,
    words_of,
)
from concordat.domain.practice.chronologies.rules.matters import (
    matters_by_row,
    matters_in,
    named_beside,
)
from concordat.domain.practice.chronologies.rules.rows import Row
from concordat.kernel.dates import Precision
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import count, day_in_words, near

_UNMARKED = frozenset({"", "no", "n", "none", "nil", "low", "routine", "0", "-", "not significant"})
_KNOWN_BEFORE = timedelta(days=60)
_SHARPEST = 31
"""Days that a date may span and still say when an agency knew."""


@dataclass(frozen=True, slots=True)
class Expected:
    """How often an agency was to be in touch: at least once in so many days."""

    agency: str
    days: int


@dataclass(frozen=True, slots=True)
class Looking:
    """What is looked for. All lengths are days.

    `gap` is the longest pause of one agency that is not told; `told` is how soon another agency
    should have heard; `contact` how near a row shows that it was in touch. `pairs` are the
    agencies of which the second should know what the first does; all should where none is told.
    `first` and `last` are the period in which contacts are expected, where there is one.
    """

    gap: int = 60
    told: int = 7
    contact: int = 28
    expected: tuple[Expected, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    first: date | None = None
    last: date | None = None

    def __post_init__(self) -> None:
        for name, days in (("gap", self.gap), ("told", self.told), ("contact", self.contact)):
            if not 1 <= days <= 3650:
                raise Invalid(f"{days} is no number of days.", field=name, mend="Give 1 to 3650.")


@dataclass(frozen=True, slots=True)
class Gap:
    """A pause in what one agency tells, between two rows; `worded` is its reason for a reader."""

    agency: str
    before: Row
    after: Row
    first: date
    last: date
    undated: int = 0
    worded: str = ""

    @property
    def days(self) -> int:
        return (self.last - self.first).days

    @property
    def reason(self) -> str:
        if self.worded:
            return self.worded
        told = (
            f"{self.agency} tells nothing for {count(self.days, 'day')}, from "
            f"{day_in_words(self.first)} to {day_in_words(self.last)}."
        )
        if self.undated:
            told += f" It has {count(self.undated, 'undated row')} that may fall within."
        return told


@dataclass(frozen=True, slots=True)
class Silence:
    """One agency knew and another shows no sign of it, or an expected contact is absent.

    `known` is the row that tells the matter; None for an expected contact. `contact` is the
    other agency's row nearest in time, `heard` its first later row that names the matter.
    """

    kind: str
    silent: str
    first: date
    last: date | None
    reason: str
    matter: str = ""
    known: Row | None = None
    contact: Row | None = None
    heard: Row | None = None


KNEW, SAID_TOLD, ABSENT = "knew and did not share", "said to be told", "expected contact absent"


def is_marked(row: Row) -> bool:
    return bool(row.significance) and row.significance.strip().lower() not in _UNMARKED


@dataclass
class _Agency:
    """What one agency tells, by day: all of its dated rows, and those that name each matter."""

    name: str
    dated: list[Row] = field(default_factory=list)
    naming: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    undated: list[Row] = field(default_factory=list)

    def take(self, row: Row, matters: Sequence[str]) -> None:
        (self.undated if row.date.earliest is None else self.dated).append(row)
        for matter in matters:
            self.naming[matter].append(row)

    @cached_property
    def days(self) -> list[date]:
        return [row.date.earliest for row in self.dated if row.date.earliest]

    @cached_property
    def spans(self) -> dict[str, tuple[list[date], list[date], list[Row]]]:
        """By matter: first days in order, the latest last day so far, and the rows."""
        found = {}
        for matter, rows in self.naming.items():
            dated = [row for row in rows if row.date.earliest and row.date.latest]
            reach, latest = [], date.min
            for row in dated:
                latest = max(latest, row.date.latest or date.min)
                reach.append(latest)
            found[matter] = ([row.date.earliest or date.min for row in dated], reach, dated)
        return found

    def in_touch(self, day: date, within: int) -> Row | None:
        """Its row nearest to a day, on or after it before those earlier; None if none is near."""
        at = bisect_left(self.days, day)
        after = self.dated[at] if at < len(self.days) else None
        if after and (after.date.earliest or date.max) <= day + timedelta(days=within):
            return after
        before = self.dated[at - 1] if at else None
        if before and (before.date.latest or date.min) >= day - timedelta(days=within):
            return before
        return None

    def names(self, matter: str, first: date, last: date) -> bool:
        """Whether a row that names the matter may fall between two days, both included."""
        earliest, reach, _ = self.spans.get(matter, ([], [], []))
        at = bisect_right(earliest, last)
        return bool(at) and reach[at - 1] >= first

    def names_after(self, matter: str, day: date) -> Row | None:
        earliest, _, rows = self.spans.get(matter, ([], [], []))
        at = bisect_right(earliest, day)
        return rows[at] if at < len(rows) else None

    def shares(self, sought: frozenset[str], places: _Places, first: date, last: date) -> bool:
        """Whether a row between two days has two of the words, or the only one."""
        start, end = bisect_left(self.days, first), bisect_right(self.days, last)
        having: Counter[int] = Counter()
        for word in sought:
            at = places.get((self.name, word), [])
            having.update(at[bisect_left(at, start) : bisect_left(at, end)])
        return max(having.values(), default=0) >= min(2, len(sought))


_Places = Mapping[tuple[str, str], list[int]]
"""By agency and telling word: where among the agency's dated rows it stands."""


def gaps(rows: Sequence[Row], looking: Looking) -> list[Gap]:
    """Pauses longer than asked for, by agency; only days on which all agree count.

    A date that spans a time reaches from its first to its last day, so that a pause is never
    told longer than it surely was. `rows` stand in order.
    """
    last: dict[str, Row] = {}
    undated: Counter[str] = Counter()
    found = []
    pause = timedelta(days=looking.gap)
    for row in rows:
        first, end = row.date.earliest, row.date.latest
        if first is None or end is None:
            undated[row.agency] += 1
            continue
        before = last.get(row.agency)
        reached = before.date.latest if before else None
        if before and reached and first - reached > pause:
            found.append((before, row, reached, first))
        if reached is None or end >= reached:
            last[row.agency] = row
    told = [Gap(a.agency, a, b, first, end, undated[a.agency]) for a, b, first, end in found]
    return sorted(told, key=lambda each: (each.first, each.agency, each.before.arrival))


def _by_agency(
    rows: Sequence[Row], naming: Mapping[int, Sequence[str]] | None = None
) -> dict[str, _Agency]:
    found: dict[str, _Agency] = {}
    for row in rows:
        agency = found.setdefault(row.agency, _Agency(row.agency))
        agency.take(row, naming.get(row.arrival, ()) if naming else ())
    return found


def silences(
    rows: Sequence[Row], looking: Looking, words: Mapping[int, Said] | None = None
) -> list[Silence]:
    """Where one knew and another shows no sign of it, and where an expected contact is absent.

    `rows` stand in order. One silence is told for one matter until the other agency names it or
    the window is over, however often the first agency wrote of it.
    """
    said_ = words if words is not None else words_of(rows)
    named = matters_by_row(rows, said_)
    told = dict(named)
    for row in rows:
        if row.comment and (more := named_beside(row.comment)):
            told[row.arrival] = (*named.get(row.arrival, ()), *more)
    finder = _Finder(rows, looking, said_, named, _by_agency(rows, told))
    found = [*finder.unshared(), *_absent(finder.agencies, looking)]
    return sorted(found, key=lambda each: (each.first, each.silent, each.kind, each.matter))


@dataclass
class _Finder:
    """Looks for silences row by row; what is the same for many rows is found once."""

    rows: Sequence[Row]
    looking: Looking
    words: Mapping[int, Said]
    naming: Mapping[int, Sequence[str]]
    agencies: Mapping[str, _Agency]

    def unshared(self) -> Iterator[Silence]:
        until: dict[tuple[str, str, str], date] = {}
        quiet: dict[tuple[str, date], list[tuple[_Agency, Row]]] = {}
        for row in self.rows:
            matters = self.naming.get(row.arrival) or (("",) if is_marked(row) else ())
            day = _known_by(row) if matters else None
            if day is None:
                continue
            for matter in matters:
                if (about := (matter or str(row.arrival), day)) not in quiet:
                    quiet[about] = list(self._quiet(row, matter, day))
                for other, contact in quiet[about]:
                    key = (row.agency, other.name, about[0])
                    if not self._should_know(row.agency, other.name):
                        continue
                    if other.name != row.agency and until.get(key, date.min) < day:
                        told = _silence(row, matter, day, other, contact, self.looking)
                        until[key] = told.last or day + timedelta(days=self.looking.contact)
                        yield told

    def _should_know(self, knew: str, other: str) -> bool:
        pairs = self.looking.pairs
        return not pairs or (knew, other) in pairs

    def _quiet(self, row: Row, matter: str, day: date) -> Iterator[tuple[_Agency, Row]]:
        """The agencies that were in touch about a day and show no sign of knowing."""
        first, last = day - _KNOWN_BEFORE, day + timedelta(days=self.looking.told)
        sought = self.words[row.arrival].telling - self._common
        for other in self.agencies.values():
            if matter:
                knows = other.names(matter, first, last)
            else:
                knows = not sought or other.shares(sought, self._places, first, last)
            if not knows and (contact := other.in_touch(day, self.looking.contact)):
                yield other, contact

    @cached_property
    def _common(self) -> frozenset[str]:
        return commonest(self.words)

    @cached_property
    def _places(self) -> _Places:
        """Only for the words of rows that are marked and name no matter of the list."""
        marked = (row for row in self.rows if is_marked(row) and not self.naming.get(row.arrival))
        every = frozenset[str]().union(*(self.words[row.arrival].telling for row in marked))
        sought = every - self._common
        found: dict[tuple[str, str], list[int]] = defaultdict(list)
        for agency in self.agencies.values():
            for at, row in enumerate(agency.dated):
                words = self.words[row.arrival].telling
                if row.comment:
                    words |= telling(row.comment)
                for word in words & sought:
                    found[agency.name, word].append(at)
        return found


def _known_by(row: Row) -> date | None:
    """The day by which the agency surely knew; None where the date is too wide or doubtful."""
    stated = row.date
    if stated.doubtful or stated.precision is Precision.UNKNOWN:
        return None
    if stated.earliest is None or stated.latest is None:
        return None
    return stated.latest if (stated.latest - stated.earliest).days <= _SHARPEST else None


def _silence(
    row: Row, matter: str, day: date, other: _Agency, contact: Row, looking: Looking
) -> Silence:
    heard = other.names_after(matter, day + timedelta(days=looking.told)) if matter else None
    if heard and (heard.date.earliest or day) > day + timedelta(days=365):
        heard = None
    kind = SAID_TOLD if _tells(row, other.name) else KNEW
    reason = _reason(row, matter, day, other, contact, heard, kind)
    end = heard.date.earliest if heard else None
    return Silence(kind, other.name, day, end, reason, matter, row, contact, heard)


def _tells(row: Row, agency: str) -> bool:
    """Whether the row itself says that the other agency was told."""
    return agency.lower() in f"{row.words} {row.present}".lower()


def _reason(
    row: Row, matter: str, day: date, other: _Agency, contact: Row, heard: Row | None, kind: str
) -> str:
    what = matter or "something that it marked as significant"
    told = [f"{row.agency} recorded {what} on {day_in_words(day)}."]
    if kind == SAID_TOLD:
        told.append(f"Its row names {other.name}.")
    near_ = contact.date.earliest or day
    told.append(f"{other.name} was in touch on {day_in_words(near_)}")
    if heard and heard.date.earliest:
        late = count((heard.date.earliest - day).days, "day")
        told[-1] += f" and first tells of it on {day_in_words(heard.date.earliest)}, {late} later."
    else:
        told[-1] += " and does not tell of it."
    if any(matter in matters_in(each.words) for each in other.undated if matter):
        told.append("An undated row of it does; its day is not known.")
    return " ".join(told)


def _absent(agencies: Mapping[str, _Agency], looking: Looking) -> Iterator[Silence]:
    """The times in which an agency was to be in touch and tells of no contact."""
    known = {name.casefold(): agency for name, agency in agencies.items()}
    for expected in looking.expected:
        agency = known.get(expected.agency.casefold())
        if agency is None and not (looking.first and looking.last):
            close = near(expected.agency, agencies)
            mend = f"Did you mean {close[0]}?" if close else "Name an agency as its file does."
            raise Invalid(f"No file is of {expected.agency}.", field="expect", mend=mend)
        agency = agency or _Agency(expected.agency)
        for gap in gaps(agency.dated, Looking(gap=expected.days)):
            yield _missed(agency, expected, gap.first, gap.last, gap.before, gap.after)
        yield from _at_the_ends(agency, expected, looking)


def _at_the_ends(agency: _Agency, expected: Expected, looking: Looking) -> Iterator[Silence]:
    """What is absent before the first row and after the last; all of it where there is no row."""
    first, last = looking.first, looking.last
    if first is None or last is None:
        return
    if not agency.dated:
        if (last - first).days > expected.days:
            yield _missed(agency, expected, first, last, None, None)
        return
    begins = min(agency.days[0], last)
    if (begins - first).days > expected.days:
        yield _missed(agency, expected, first, begins, None, agency.dated[0])
    latest = max(agency.dated, key=lambda row: row.date.latest or date.min)
    ends = max(latest.date.latest or date.min, first)
    if (last - ends).days > expected.days:
        yield _missed(agency, expected, ends, last, latest, None)


def _missed(
    agency: _Agency, expected: Expected, first: date, last: date, *beside: Row | None
) -> Silence:
    """`beside` are the rows before and after, where there are any."""
    days = (last - first).days
    absent = count((days - 1) // expected.days, "expected contact")
    reason = (
        f"{agency.name} was to be in touch at least every {count(expected.days, 'day')}. "
        f"Nothing is told from {day_in_words(first)} to {day_in_words(last)}: "
        f"{count(days, 'day')}, {absent} absent."
    )
    if agency.undated:
        reason += f" It has {count(len(agency.undated), 'undated row')} that may fall within."
    return Silence(ABSENT, agency.name, first, last, reason, "", None, *beside)

"""Finding one date: every start is looked at, so that the first proposal is proven the best.

Slots are ranked by what is unmet, then deputies, then the price of wishes, then by day. When
none meets every need, the nearest misses say who would have to move what.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from concordat.domain.governance.diaries.rules.misses import Miss, nearest
from concordat.domain.governance.diaries.rules.sitting import (
    Chair,
    Need,
    Quorate,
    Quorum,
    Room,
    Sight,
    Sitter,
    Taken,
)
from concordat.domain.governance.diaries.rules.times import Span, at, day_of, days, in_words

SATURDAY = 5
NOON = 12 * 60
STEP = 15
LONGEST_WINDOW = 400
"""Days from the first to the last."""
LONGEST = 8 * 60
"""Minutes of one meeting."""
MOST = 8


class School(StrEnum):
    """What is made of school holidays."""

    NEVER = "never"
    RATHER_NOT = "rather not"
    IGNORE = "no matter"

    @property
    def label(self) -> str:
        return {
            School.NEVER: "Never in school holidays",
            School.RATHER_NOT: "Rather not in school holidays",
            School.IGNORE: "School holidays do not matter",
        }[self]


SCHOOL, RATHER_NOT, OPTIONAL = 5, 3, 2
"""Prices: of a school holiday, of somebody who would rather not, of somebody who cannot come and
need not."""


@dataclass(frozen=True, slots=True)
class Window:
    """Where a date may be: days, minutes of the day, how long, and what is left out.

    `avoid` holds weekdays with "all day", "morning" or "afternoon"; `closed` names days that
    are not worked; `school` the areas with a school holiday on a day. A start is looked at
    every `step` minutes.
    """

    first: date
    last: date
    length: int
    begins: int = 9 * 60
    ends: int = 17 * 60
    step: int = STEP
    avoid: frozenset[tuple[int, str]] = frozenset()
    closed: Mapping[date, str] = field(default_factory=dict)
    school: Mapping[date, tuple[str, ...]] = field(default_factory=dict)
    school_rule: School = School.RATHER_NOT


@dataclass(frozen=True, slots=True)
class Away:
    """A chair that nobody would sit in, or a holder whose deputy would, and why."""

    chair: Chair
    why: tuple[Taken, ...]
    deputy: Sitter | None = None

    def __str__(self) -> str:
        reasons = "; ".join(dict.fromkeys(str(each) for each in self.why)) or "nobody holds it"
        by = f", {self.deputy.name} comes as deputy" if self.deputy else ""
        return f"{self.chair.title}: {reasons}{by}"


@dataclass(frozen=True, slots=True)
class Slot:
    """One proposal: who would sit, who could not and why, and what its wishes cost."""

    span: Span
    quorate: Quorate
    seated: Mapping[str, Sitter]
    away: tuple[Away, ...]
    prices: tuple[tuple[str, int], ...]

    @property
    def price(self) -> int:
        return sum(price for _, price in self.prices)

    @property
    def works(self) -> bool:
        return bool(self.quorate)

    def __str__(self) -> str:
        return in_words(self.span)


@dataclass(frozen=True, slots=True)
class Found:
    """`looked` starts were looked at, all there are; `left_out` counts days by why."""

    slots: tuple[Slot, ...]
    misses: tuple[Miss, ...]
    looked: int
    left_out: Mapping[str, int]


Rank = tuple[int, int, int, int, int]


def search(chairs: Sequence[Chair], quorum: Quorum, window: Window, *, most: int = MOST) -> Found:
    """The best slots, proven: no start in the window is left unlooked at.

    At most one in each half of a day is told, so that the list is a choice.
    """
    room = Room(chairs, quorum)
    left_out: Counter[str] = Counter()
    spans = [span for day in _open_days(window, left_out) for span in starts(window, day)]
    near = room.promising(spans)
    sights = zip(near, room.over(near), strict=True)
    ranked = sorted((_rank(room, span, sight, window), span) for span, sight in sights)
    working = [span for rank, span in ranked if rank[0] == 0]
    told = [slot_at(room, span, window) for span in _spread(working, most)]
    misses = () if working else nearest(room, spans, most=most)
    return Found(tuple(told), tuple(misses), len(spans), dict(left_out))


def _open_days(window: Window, left_out: Counter[str]) -> Iterator[date]:
    for day in days(window.first, window.last):
        if why := closed_because(window, day):
            left_out[why] += 1
        else:
            yield day


def closed_because(window: Window, day: date) -> str:
    """Why no meeting is on that day at all; empty where one may be. Weekends are not told."""
    if day.weekday() >= SATURDAY:
        return "weekend"
    if day in window.closed:
        return window.closed[day]
    if window.school_rule is School.NEVER and day in window.school:
        return "school holiday"
    return "a day to avoid" if (day.weekday(), "all day") in window.avoid else ""


def starts(window: Window, day: date) -> Iterator[Span]:
    """Every span of the length on one day whose start the clocks show, on the grid."""
    for begins in range(window.begins, window.ends - window.length + 1, window.step):
        if not _avoided(window, day, begins):
            start = at(day, begins)
            if start is not None:
                yield Span(start, start + window.length)


def _avoided(window: Window, day: date, begins: int) -> bool:
    weekday = day.weekday()
    morning = (weekday, "morning") in window.avoid and begins < NOON
    return morning or ((weekday, "afternoon") in window.avoid and begins + window.length > NOON)


def _school_price(window: Window, day: date) -> tuple[str, int]:
    if window.school_rule is not School.RATHER_NOT or day not in window.school:
        return "", 0
    return f"school holiday in {', '.join(window.school[day])}", SCHOOL


def _rank(room: Room, span: Span, sight: Sight, window: Window) -> Rank:
    absent = sum(
        each.key not in sight.seated
        for each in room.chairs
        if each.need is not Need.REQUIRED and each.sitters
    )
    school = _school_price(window, day_of(span.start))[1]
    price = RATHER_NOT * sight.unwilling + school + OPTIONAL * absent
    unmet = sum(each.lacking for each in sight.quorate.unmet)
    return unmet, sight.quorate.deputies, price, absent, span.start


def _spread(spans: Iterable[Span], most: int) -> list[Span]:
    told: dict[tuple[date, bool], Span] = {}
    for span in spans:
        day = day_of(span.start)
        told.setdefault((day, span.start < (at(day, NOON) or 0)), span)
        if len(told) == most:
            break
    return list(told.values())


def slot_at(room: Room, span: Span, window: Window) -> Slot:
    """Everything about one span."""
    sight = room.at(span)
    away = tuple(_away(room, sight.seated, span))
    prices = [(f"{who}: {told}", RATHER_NOT) for who, told in room.wishes(span).items()]
    words, school = _school_price(window, day_of(span.start))
    if school:
        prices.append((words, school))
    for each in away:
        if each.chair.need is not Need.REQUIRED and each.deputy is None:
            prices.append((f"without {each.chair.title}", OPTIONAL))
    return Slot(span, sight.quorate, sight.seated, away, tuple(prices))


def _away(room: Room, seated: Mapping[str, Sitter], span: Span) -> Iterator[Away]:
    for number, chair in enumerate(room.chairs):
        sitter = seated.get(chair.key)
        nobody = chair.need is not Need.REQUIRED and not chair.sitters
        if nobody or (sitter and not sitter.is_deputy):
            continue
        why = [
            each
            for place, one in enumerate(chair.sitters)
            if sitter is None or not one.is_deputy
            for each in room.clashes(number, place, span)
        ]
        yield Away(chair, tuple(why), sitter)


def standing_at(chairs: Sequence[Chair], quorum: Quorum, span: Span) -> Quorate:
    """How one span stands, as diaries are."""
    return Room(chairs, quorum).at(span).quorate


def slot_for(chairs: Sequence[Chair], quorum: Quorum, span: Span, window: Window) -> Slot:
    """Everything about one span, whether or not a search would propose it."""
    return slot_at(Room(chairs, quorum), span, window)


@dataclass(frozen=True, slots=True)
class Sits:
    """One seat at one span: who would sit, and why others would not."""

    title: str
    need: str
    who: str
    why_not: tuple[str, ...]


def sits_at(chair: Chair, quorum: Quorum, span: Span) -> Sits:
    seated = Room([chair], quorum).at(span).seated.get(chair.key)
    why = [
        f"{sitter.name}: {taken}"
        for sitter in chair.sitters
        for taken in sitter.taken
        if taken.span.meets(span)
    ]
    who = f"{seated.name}{' (deputy)' if seated.is_deputy else ''}" if seated else ""
    return Sits(chair.title, chair.need.label, who, tuple(why))

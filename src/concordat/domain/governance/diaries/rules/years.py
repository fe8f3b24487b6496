"""A year of meetings: every meeting gets a day near the one that is wanted, at the least price.

The legal quorum is hard: a day without it is no option, and a meeting for which no day has it
gets none, at a price that no wish outweighs. Everything else is soft and its price is told.
Where meetings depend on one another only by the days between them, the plan is found exactly
by dynamic programming; where people or fairness between people tie them together, by the solver.
Both minimise `price_of`, which tests hold against trying everything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from concordat.domain.governance.diaries.rules.rhythms import Rhythm
from concordat.domain.governance.diaries.rules.search import (
    OPTIONAL,
    RATHER_NOT,
    Slot,
    Window,
    closed_because,
    slot_at,
    starts,
)
from concordat.domain.governance.diaries.rules.sitting import Chair, Need, Quorum, Room, Sight
from concordat.domain.governance.diaries.rules.times import Span, day_of, days
from concordat.kernel.calendar import WorkingDays
from concordat.kernel.labels import count

ABSENT, DEPUTY, AFAR, SPACING, SAME_DAY, PAPERS, LATE = 20, 4, 1, 1, 6, 2, 12
"""Prices: a needed seat away, a deputy, a day from the wanted one, a day of spacing off, two
meetings of one person on one day, papers due in a school holiday, papers due already."""
NONE = 1000
"""The price of a meeting without a date. No sum of wishes for one meeting reaches it."""


@dataclass(frozen=True, slots=True)
class Series:
    """Meetings of one body: on which days they are wanted, and what each needs.

    `tolerance` is how many days a meeting may lie from the wanted one, `least` how many days lie
    between two at least, `papers` how many working days before papers are due (0 for none), and
    `on` the day on which the plan is made.
    """

    key: str
    name: str
    rhythm: Rhythm
    targets: tuple[date, ...]
    chairs: tuple[Chair, ...]
    quorum: Quorum
    window: Window
    tolerance: int = 10
    least: int = 14
    papers: int = 0
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """One day for one meeting at its best time. `burdens` says what it costs whom."""

    day: date
    span: Span
    prices: tuple[tuple[str, int], ...]
    burdens: Mapping[str, int]
    people: frozenset[str]
    words: str
    papers_due: date | None = None

    @property
    def price(self) -> int:
        return sum(price for _, price in self.prices)


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting of a series with the days that it could have."""

    series: str
    name: str
    number: int
    target: date
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Two meetings of one series, one after the other: the days that should lie between."""

    one: int
    other: int
    ideal: int
    least: int


@dataclass(frozen=True, slots=True)
class Year:
    """Everything that a plan is made from. `fairness` weighs the burden of the worst-off person."""

    meetings: tuple[Meeting, ...]
    gaps: tuple[Gap, ...]
    fairness: int = 0


Choice = Sequence[int | None]
"""By meeting, the place of its option; None for no date."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A choice with its price, and the bound under which no plan can be."""

    choice: tuple[int | None, ...]
    price: int
    bound: int

    @property
    def gap(self) -> float:
        """How far from the best it can be at most, as a share of its price."""
        return (self.price - self.bound) / self.price if self.price else 0.0


def year_of(series: Sequence[Series], *, working: WorkingDays, fairness: int = 0) -> Year:
    """The options of every meeting, found by looking at every start of every day in reach."""
    meetings: list[Meeting] = []
    gaps: list[Gap] = []
    for each in series:
        best = _best_of_days(each, working)
        for number, target in enumerate(each.targets, start=1):
            options = tuple(_options(each, best, target))
            meetings.append(Meeting(each.key, each.name, number, target, options))
            if number > 1:
                one = len(meetings) - 2
                ideal = each.rhythm.ideal or (target - each.targets[number - 2]).days
                gaps.append(Gap(one, one + 1, ideal, each.least))
    return Year(tuple(meetings), tuple(gaps), fairness)


def _options(series: Series, best: Mapping[date, Option], target: date) -> Iterator[Option]:
    for day in days(*_reach(series, target)):
        if option := best.get(day):
            off = abs((day - target).days)
            afar = ((f"{count(off, 'day')} from the wanted day", AFAR * off),) if off else ()
            yield replace(option, prices=(*option.prices, *afar))


def _reach(series: Series, target: date) -> tuple[date, date]:
    reach = timedelta(days=series.tolerance)
    return max(target - reach, series.window.first), min(target + reach, series.window.last)


def _best_of_days(series: Series, working: WorkingDays) -> dict[date, Option]:
    """The best lawful time of every day in reach of some wanted day, where there is one."""
    room, window = Room(series.chairs, series.quorum), series.window
    reached = {day for target in series.targets for day in days(*_reach(series, target))}
    spans = [
        span
        for day in sorted(reached)
        if not closed_because(window, day)
        for span in starts(window, day)
    ]
    lawful = room.promising(spans, lawful=True)
    counts_people = series.quorum.members > 0  # which is all that may still be unlawful
    cheapest: dict[date, tuple[int, Span]] = {}
    for span, sight in zip(lawful, room.over(lawful), strict=True):
        if not counts_people or sight.quorate.is_legal:
            here = (_price(room, sight), span)
            day = day_of(span.start)
            cheapest[day] = min(here, cheapest.get(day, here))
    return {day: _option(series, room, span, working) for day, (_, span) in cheapest.items()}


def _price(room: Room, sight: Sight) -> int:
    """What differs between the starts of one day: an option's sum without its words."""
    absent = sum(
        ABSENT if each.need is Need.REQUIRED else OPTIONAL
        for each in room.chairs
        if each.key not in sight.seated and (each.sitters or each.need is Need.REQUIRED)
    )
    return absent + DEPUTY * sight.quorate.deputies + RATHER_NOT * sight.unwilling


def _option(series: Series, room: Room, span: Span, working: WorkingDays) -> Option:
    slot = slot_at(room, span, series.window)
    day = day_of(span.start)
    due = working.add(day, -series.papers) if series.papers else None
    prices = [*slot.prices, *_needed(slot)]
    if due and due in series.window.school:
        prices.append(("papers due in a school holiday", PAPERS))
    if due and series.on and due <= series.on:
        prices.append(("papers due already", LATE))
    return Option(
        day=day,
        span=span,
        prices=tuple(prices),
        burdens=_burdens(room, slot),
        people=frozenset(each.who for each in slot.seated.values()),
        words=slot.quorate.words,
        papers_due=due,
    )


def _needed(slot: Slot) -> Iterator[tuple[str, int]]:
    for each in slot.away:
        if each.deputy:
            yield f"{each.chair.title} by deputy", DEPUTY
        elif each.chair.need is Need.REQUIRED:
            yield f"without {each.chair.title}", ABSENT


def _burdens(room: Room, slot: Slot) -> Mapping[str, int]:
    """What a slot costs each person who holds a seat: to come unwillingly, or to miss it."""
    unwilling = room.wishes(slot.span)
    told: dict[str, int] = {}
    for sitter in slot.seated.values():
        if sitter.name in unwilling:
            told[sitter.who] = RATHER_NOT
    for each in slot.away:
        price = ABSENT if each.chair.need is Need.REQUIRED else OPTIONAL
        for sitter in each.chair.sitters:
            if not sitter.is_deputy:
                told[sitter.who] = DEPUTY if each.deputy else price
    return told


# --- what a plan costs


def price_of(year: Year, choice: Choice) -> int | None:
    """The whole price of a choice; None for one that is not allowed."""
    picked = [
        None if place is None else meeting.options[place]
        for meeting, place in zip(year.meetings, choice, strict=True)
    ]
    total = sum(NONE if each is None else each.price for each in picked)
    for gap in year.gaps:
        one, other = picked[gap.one], picked[gap.other]
        if one and other:
            price = spacing_price(gap, one.day, other.day)
            if price is None:
                return None
            total += price
    for _, _, price in _pairs(year, picked):
        if price is None:
            return None
        total += price
    return total + year.fairness * max(borne(year, choice).values(), default=0)


def spacing_price(gap: Gap, one: date, other: date) -> int | None:
    """What it costs that two meetings lie so far apart; None where they lie too near."""
    days_between = (other - one).days
    return None if days_between < gap.least else SPACING * abs(days_between - gap.ideal)


def _pairs(year: Year, picked: Sequence[Option | None]) -> Iterator[tuple[int, int, int | None]]:
    for one, first in enumerate(picked):
        for other in range(one + 1, len(picked)):
            second = picked[other]
            if first and second and year.meetings[one].series != year.meetings[other].series:
                yield one, other, together_price(first, second)


def together_price(one: Option, other: Option) -> int | None:
    """What two options cost together: a second meeting on a day, for each person who is at both.

    None where somebody would have to be in two meetings at once.
    """
    if one.day != other.day or not (both := one.people & other.people):
        return 0
    return None if one.span.meets(other.span) else SAME_DAY * len(both)


def borne(year: Year, choice: Choice) -> dict[str, int]:
    """What the plan costs each person."""
    told: dict[str, int] = {}
    for meeting, place in zip(year.meetings, choice, strict=True):
        if place is not None:
            for who, weight in meeting.options[place].burdens.items():
                told[who] = told.get(who, 0) + weight
    return told


def is_coupled(year: Year) -> bool:
    """Whether people tie the meetings together, so that days between them are not all."""
    if year.fairness:
        return True
    series: dict[str, set[str]] = {}
    for meeting in year.meetings:
        for option in meeting.options:
            series.setdefault(meeting.series, set()).update(option.people)
    groups = list(series.values())
    return any(a & b for n, a in enumerate(groups) for b in groups[n + 1 :])


# --- exactly, where only the days between meetings matter


def plan_exactly(year: Year) -> Plan:
    """The cheapest plan, by dynamic programming over each series by itself.

    Raises ValueError for a year whose meetings people tie together.
    """
    if is_coupled(year):
        raise ValueError("People tie these meetings together: the solver plans them.")
    choice: list[int | None] = [None] * len(year.meetings)
    gaps = {gap.other: gap for gap in year.gaps}
    for line in _lines(year):
        for at, place in zip(line, _cheapest(year, line, gaps), strict=True):
            choice[at] = place
    price = price_of(year, choice)
    assert price is not None  # noqa: S101 - no step that is not allowed was taken
    return Plan(tuple(choice), price, price)


def _lines(year: Year) -> list[list[int]]:
    lines: dict[str, list[int]] = {}
    for at, meeting in enumerate(year.meetings):
        lines.setdefault(meeting.series, []).append(at)
    return list(lines.values())


def _cheapest(year: Year, line: Sequence[int], gaps: Mapping[int, Gap]) -> list[int | None]:
    """By meeting of one series, the place of the option on the cheapest way through all."""
    ways: list[dict[int | None, tuple[int, int | None]]] = []
    begun: dict[int | None, tuple[int, int | None]] = {None: (0, None)}
    for step, at in enumerate(line):
        before = ways[-1] if step else begun
        ways.append({
            place: _step(year, at, place, before, gaps.get(at), line[step - 1] if step else None)
            for place in (*range(len(year.meetings[at].options)), None)
        })  # fmt: skip
    found: list[int | None] = []
    here = min(ways[-1], key=lambda place: _order(ways[-1][place][0], place))
    for way in reversed(ways):
        found.append(here)
        here = way[here][1]
    return found[::-1]


def _step(
    year: Year,
    at: int,
    place: int | None,
    before: Mapping[int | None, tuple[int, int | None]],
    gap: Gap | None,
    previous: int | None,
) -> tuple[int, int | None]:
    """The least price of coming to an option, and the option before it on the way.

    From no date every day can be reached, so there is always a way.
    """
    here = year.meetings[at].options[place] if place is not None else None
    own = here.price if here else NONE
    best: tuple[int, int | None] | None = None
    for came, (price, _) in before.items():
        extra: int | None = 0
        if here and gap and previous is not None and came is not None:
            extra = spacing_price(gap, year.meetings[previous].options[came].day, here.day)
        if extra is None:
            continue
        total = price + own + extra
        if best is None or _order(total, came) < _order(best[0], best[1]):
            best = (total, came)
    assert best is not None  # noqa: S101 - no date is always among what came before
    return best


def _order(price: int, place: int | None) -> tuple[int, int]:
    return price, NONE if place is None else place


def without(year: Year, options: int) -> Year:
    """The same year with no more than so many options for each meeting, the cheapest."""
    meetings = [
        replace(each, options=tuple(sorted(
            sorted(each.options, key=lambda o: (o.price, o.day))[:options],
            key=lambda o: o.day,
        )))
        for each in year.meetings
    ]  # fmt: skip
    return replace(year, meetings=tuple(meetings))

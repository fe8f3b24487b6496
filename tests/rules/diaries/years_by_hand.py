"""Small years whose cheapest plan can be found by trying everything."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

from hypothesis import strategies as st

from concordat.domain.governance.diaries.rules.times import Span, exact
from concordat.domain.governance.diaries.rules.years import (
    Gap,
    Meeting,
    Option,
    Year,
    price_of,
)

FIRST = date(2026, 1, 5)
PEOPLE = ("ann", "bob", "cat")


@st.composite
def options(draw: st.DrawFn, people: tuple[str, ...]) -> Option:
    day = FIRST + timedelta(days=draw(st.integers(0, 40)))
    start = exact(day, draw(st.sampled_from([540, 570, 660])))
    who = draw(st.sets(st.sampled_from(people), min_size=1))
    return Option(
        day=day,
        span=Span(start, start + 60),
        prices=(("wishes", draw(st.integers(0, 12))),),
        burdens={each: draw(st.integers(1, 5)) for each in sorted(who) if draw(st.booleans())},
        people=frozenset(who),
        words="Quorate",
    )


@st.composite
def years(draw: st.DrawFn, *, series: int = 1, fairness: bool = False) -> Year:
    meetings: list[Meeting] = []
    gaps: list[Gap] = []
    for line in range(series):
        people = PEOPLE if series > 1 else PEOPLE[:2]
        for number in range(1, draw(st.integers(1, 3)) + 1):
            found = draw(st.lists(options(people), max_size=3))
            target = FIRST + timedelta(days=14 * number)
            meetings.append(Meeting(str(line), f"Body {line}", number, target, tuple(found)))
            if number > 1:
                at = len(meetings) - 1
                gaps.append(Gap(at - 1, at, ideal=14, least=draw(st.integers(0, 10))))
    return Year(tuple(meetings), tuple(gaps), draw(st.integers(1, 3)) if fairness else 0)


def cheapest_by_hand(year: Year) -> int:
    places = [[*range(len(each.options)), None] for each in year.meetings]
    prices = [price_of(year, choice) for choice in product(*places)]
    return min(price for price in prices if price is not None)

"""Small rooms whose every answer can be worked out by trying everything."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import product

from hypothesis import strategies as st

from concordat.domain.governance.diaries.rules import (
    Chair,
    Need,
    Quorum,
    School,
    Sitter,
    Span,
    Taken,
    Why,
    Window,
    exact,
    quorate,
    surely_at,
)
from concordat.domain.governance.diaries.rules.misses import DEPUTY, MOVING
from concordat.domain.governance.diaries.rules.search import starts

DAY = date(2026, 3, 9)
WINDOW = Window(
    DAY, date(2026, 3, 11), 60, begins=540, ends=720, step=30, school_rule=School.IGNORE
)
CLASSES = ("council", "health", "police")


def busy(day: int, begins: int, length: int = 30, why: Why = Why.BUSY, words: str = "") -> Taken:
    """Taken on a day of March 2026, from minutes after midnight."""
    start = exact(date(2026, 3, day), begins)
    return Taken(Span(start, start + length), why, words)


def chair(
    name: str,
    seat_class: str = "",
    *,
    holder: Sequence[Taken] = (),
    deputy: Sequence[Taken] | None = None,
    need: Need = Need.REQUIRED,
    group: str = "",
    who: str = "",
    soft: Sequence[Taken] = (),
) -> Chair:
    sitters = [Sitter(who or f"h-{name}", name.capitalize(), "holder", tuple(holder), tuple(soft))]
    if deputy is not None:
        sitters.append(
            Sitter(f"d-{name}", f"{name.capitalize()} (deputy)", "deputy", tuple(deputy))
        )
    return Chair(
        name, name.capitalize(), seat_class, need=need, group=group, sitters=tuple(sitters)
    )


def all_spans(window: Window = WINDOW) -> list[Span]:
    days = [date(2026, 3, each) for each in (9, 10, 11)]
    return [span for day in days for span in starts(window, day)]


@st.composite
def takens(draw: st.DrawFn) -> tuple[Taken, ...]:
    rows = draw(
        st.lists(
            st.tuples(
                st.integers(9, 11),
                st.integers(540, 700),
                st.integers(5, 90),
                st.sampled_from([Why.BUSY, Why.PATTERN, Why.MEETING]),
            ),
            max_size=5,
        )
    )
    return tuple(
        Taken(Span(start, start + length), why, why.value)
        for day, begins, length, why in rows
        for start in [surely_at(date(2026, 3, day), begins)]
    )


@st.composite
def rooms(draw: st.DrawFn) -> tuple[list[Chair], Quorum]:
    number = draw(st.integers(1, 5))
    chairs = []
    for at in range(number):
        need = draw(st.sampled_from(list(Need)))
        deputy = draw(st.one_of(st.none(), takens()))
        chairs.append(
            chair(
                f"s{at}",
                draw(st.sampled_from(CLASSES)),
                holder=draw(takens()),
                deputy=deputy,
                need=need,
                group="one" if need is Need.ANY_ONE else "",
                who=f"w{draw(st.integers(0, 3))}",
                soft=draw(takens()),
            )
        )
    quorum = Quorum(
        classes=tuple(draw(st.sets(st.sampled_from(CLASSES)))),
        members=draw(st.integers(0, 3)),
        deputies=draw(st.booleans()),
    )
    return chairs, quorum


def is_free(sitter: Sitter, span: Span) -> bool:
    return not any(each.span.meets(span) for each in sitter.taken)


def seated_by_hand(chairs: Sequence[Chair], quorum: Quorum, span: Span) -> dict[str, Sitter]:
    told = {}
    for each in chairs:
        free = [s for s in each.sitters if is_free(s, span)]
        own = [s for s in free if not s.is_deputy]
        if own:
            told[each.key] = own[0]
        elif quorum.deputies and free:
            told[each.key] = free[0]
    return told


def cheapest_by_hand(chairs: Sequence[Chair], quorum: Quorum, span: Span) -> int | None:
    """The least price at which a span would work, by trying every sitter of every absent chair."""
    seated = seated_by_hand(chairs, quorum, span)
    absent = [each for each in chairs if each.key not in seated]
    prices = []
    for ways in product(*([None, *each.sitters] for each in absent)):
        pairs = [(each, who) for each, who in zip(absent, ways, strict=True) if who]
        filled = seated | {each.key: who for each, who in pairs}
        if quorate(chairs, quorum, filled):
            prices.append(sum(_price(who, quorum, span) for _, who in pairs))
    return min(prices, default=None)


def _price(sitter: Sitter, quorum: Quorum, span: Span) -> int:
    price = sum(MOVING[each.why] for each in sitter.taken if each.span.meets(span))
    if sitter.is_deputy:
        price += 1 if quorum.deputies else DEPUTY
    return price

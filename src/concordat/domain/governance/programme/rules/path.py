"""What waits for what: circles, the critical path, and what is at risk if something slips.

A plan often knows the month and not the day. Every answer here is therefore a span: what is
*certainly* moved however the dates are read, and what *may* be. No date is sharpened.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from concordat.kernel.dates import UncertainDate
from concordat.kernel.labels import count, day_in_words, join_words
from concordat.kernel.verdict import Verdict, no, yes

A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Node:
    """A milestone as the plan knows it.

    `after` are the keys that come first, `takes` the days of work from the last of them to this
    one, `wall` the last day that the law allows. `counted` is the earliest that it can still be
    where that is later than its plan, and `why` says since when it is.
    """

    key: str
    title: str
    due: UncertainDate | None = None
    after: tuple[str, ...] = ()
    takes: int = 0
    is_over: bool = False
    is_abandoned: bool = False
    wall: date | None = None
    counted: UncertainDate | None = None
    why: str = ""

    @property
    def when(self) -> UncertainDate | None:
        """What a slip is counted from."""
        return self.counted or self.due

    @property
    def first(self) -> date | None:
        return self.when.earliest if self.when and not self.when.doubtful else None

    @property
    def last(self) -> date | None:
        return self.when.latest if self.when and not self.when.doubtful else None


LATE, EXPECTED = "since it is late", "when it is expected now"


def still(
    due: UncertainDate | None, forecast: UncertainDate | None, today: date
) -> tuple[UncertainDate | None, str]:
    """The earliest that an open milestone can still be, where that is later than its plan, and why.

    What is late cannot be there before today, whatever was planned; a forecast counts where it is
    later than the plan and not over itself. What is doubtful proves nothing.
    """
    planned = due.latest if due and not due.doubtful else None
    said = forecast.latest if forecast and not forecast.doubtful else None
    if said and said >= today and (planned is None or said > planned):
        return forecast, EXPECTED
    if planned and planned < today:
        return UncertainDate.parse(today.isoformat()), LATE
    return None, ""


Plan = Mapping[str, Node]


def plan_of(nodes: Iterable[Node]) -> Plan:
    return {node.key: node for node in nodes}


def circle(onward: Mapping[str, Collection[str]]) -> tuple[str, ...]:
    """The first keys that lead round to themselves, in their order; none if nothing does."""
    done: set[str] = set()
    for start in onward:
        path: list[str] = []
        steps = [iter((start,))]
        while steps:
            key = next(steps[-1], None)
            if key is None:
                steps.pop()
                done.update(path[-1:])
                del path[-1:]
            elif key in path:
                return tuple(path[path.index(key) :])
            elif key in onward and key not in done:
                path.append(key)
                steps.append(iter(onward[key]))
    return ()


def may_wait_for(plan: Plan, key: str, title: str, wanted: Sequence[str]) -> Verdict:
    """Whether a milestone can wait for others without waiting for itself; names the circle."""
    onward = {each.key: each.after for each in plan.values()} | {key: tuple(wanted)}
    round_ = circle(onward)
    if not round_:
        return yes()
    names = {each.key: each.title for each in plan.values()} | {key: title}
    way = " waits for ".join(f"“{names[each]}”" for each in (*round_, round_[0]))
    return no(f"These would wait for each other for ever: {way}.")


def in_order(plan: Plan) -> list[str]:
    """Keys so that what comes first comes first. A step that would lead round is left out."""
    done: dict[str, None] = {}
    for key, node in plan.items():
        if key in done:
            continue
        if all(each in done or each not in plan for each in node.after):
            done[key] = None
        else:
            _place(plan, key, done)
    return list(done)


def _place(plan: Plan, key: str, done: dict[str, None]) -> None:
    """Put a key behind all that comes first, however deep it lies."""
    stack = [(key, iter(plan[key].after))]
    path = {key}
    while stack:
        here, rest = stack[-1]
        before = next((each for each in rest if each in plan), None)
        if before is None:
            stack.pop()
            path.discard(here)
            done[here] = None
        elif before not in done and before not in path:
            path.add(before)
            stack.append((before, iter(plan[before].after)))


def too_early(plan: Plan, key: str) -> Verdict:
    """Whether a milestone is due before what it waits for can be there, however dates are read."""
    node = plan[key]
    last = _days(node.due)
    for each in (plan[before] for before in node.after if before in plan):
        first = _days(each.due)
        if first is None or last is None or each.is_over:
            continue
        if first[0] + node.takes > last[1]:
            work = f", and {count(node.takes, 'day')} of work lie between" if node.takes else ""
            return no(f"“{each.title}” comes first and is due {each.due}{work}.")
    return yes()


def room_between(before: Node, after: Node) -> int | None:
    """Days that `before` can be late, by its last day, until `after` must move; None if a date is
    missing. Below nought the plan does not hold as it stands."""
    if before.last is None or after.last is None:
        return None
    return (after.last - before.last).days - after.takes


@dataclass(frozen=True, slots=True)
class Step:
    """One milestone on a path, with the room to the next; None at the end or without a date."""

    node: Node
    room: int | None = None

    @property
    def short(self) -> int:
        """Days that are too few."""
        return max(0, -(self.room or 0))


def path_to(plan: Plan, key: str) -> tuple[Step, ...]:
    """The chain of open milestones that leaves the least room on the way to `key`."""
    found = [Step(plan[key])]
    seen = {key}
    while True:
        here = found[0].node
        before = [
            plan[each] for each in here.after
            if each in plan and each not in seen and not plan[each].is_over
        ]  # fmt: skip
        if not before:
            return tuple(found)
        tightest = min(before, key=lambda each: _tight(each, here))
        seen.add(tightest.key)
        found.insert(0, Step(tightest, room_between(tightest, here)))


def _tight(before: Node, after: Node) -> tuple[bool, int, str]:
    room = room_between(before, after)
    return room is None, room or 0, before.key


def critical(plan: Plan) -> tuple[Step, ...]:
    """The path to the end of the plan: to the last open milestone, of two the longer chain."""
    open_ = [node for node in plan.values() if not node.is_over and node.last]
    if not open_:
        return ()
    end = max(node.last for node in open_ if node.last)
    paths = [path_to(plan, node.key) for node in open_ if node.last == end]
    return max(paths, key=lambda path: (len(path), path[-1].node.key))


class Effect(NamedTuple):
    """What a slip does to one milestone: moved by at least and at most so many days.

    `wall` is "no", "maybe" or "yes": whether it goes past the last day that the law allows.
    `dated` is False where the milestone has no date, so that nobody can tell.
    """

    node: Node
    least: int
    most: int
    wall: str = "no"
    dated: bool = True

    @property
    def certain(self) -> bool:
        return self.least > 0


def if_slips(plan: Plan, key: str, days: int = A_WEEK) -> tuple[Effect, ...]:
    """What moves if a milestone is reached so many days late: itself first, then in order.

    Milestones with room enough, and those that are over, are left out.
    """
    start = plan[key]
    moved = {key: Effect(start, days, days, _past_wall(start, days, days))}
    slips = {key: (days, days, _span(start))}
    for each in in_order(plan):
        node = plan[each]
        if each == key or node.is_over or slips.keys().isdisjoint(node.after):
            continue
        span = _span(node)
        least = most = 0
        for by in node.after:
            if slip := slips.get(by):
                low, high = _push(slip, span, node.takes)
                least, most = max(least, low), max(most, high)
        if most:
            slips[each] = least, most, span
            wall = _past_wall(node, least, most) if node.wall else "no"
            moved[each] = Effect(node, least, most, wall, span is not None)
    return tuple(moved.values())


Days = tuple[int, int] | None
"""The first and the last day that a date may mean, as ordinals; None where it means none."""


def _span(node: Node) -> Days:
    return _days(node.when)


def _days(when: UncertainDate | None) -> Days:
    if when is None or when.doubtful or when.earliest is None or when.latest is None:
        return None
    return when.earliest.toordinal(), when.latest.toordinal()


def _push(slip: tuple[int, int, Days], after: Days, takes: int) -> tuple[int, int]:
    """The fewest and the most days by which one slip moves what waits for it."""
    low, high, before = slip
    if before is None or after is None:
        return 0, high
    least = before[0] + low + takes - after[1]
    most = before[1] + high + takes - after[0]
    return max(0, min(least, high)), max(0, min(most, high))


def _past_wall(node: Node, least: int, most: int) -> str:
    if node.wall is None or node.last is None or node.first is None:
        return "no"
    if node.first + timedelta(least) > node.wall:
        return "yes"
    return "maybe" if node.last + timedelta(most) > node.wall else "no"


def within_the_law(due: UncertainDate | None, wall: date | None, rule: str = "") -> Verdict:
    """A plan cannot move a day that is fixed by law. A forecast may say that it will be missed."""
    if due is None or wall is None or not due.certainly_after(wall):
        return yes()
    by = f" ({rule})" if rule else ""
    return no(
        f"The last day for this is {day_in_words(wall)}{by}, and no plan moves it. "
        "If it will be missed, say so in an update with the day that you expect.",
        rule,
    )


def crosses(due: UncertainDate | None, wall: date | None) -> bool:
    """Whether a plan that is not certainly too late still reaches past the last day."""
    last = due.latest if due else None
    return wall is not None and last is not None and last > wall


def in_words(effects: Sequence[Effect], days: int = A_WEEK) -> str:
    """What a slip puts at risk, as sentences."""
    rest = effects[1:]
    late = "a week" if days == A_WEEK else count(days, "day")
    if not rest:
        told = f"If this slips by {late}, nothing else in the plan moves."
    else:
        told = f"If this slips by {late}: {join_words(_moved(rest))}."
    walls = [each.node.title for each in effects if each.wall == "yes"]
    maybe = [each.node.title for each in effects if each.wall == "maybe"]
    if walls:
        told += f" The last day that the law allows is missed for {_named(walls)}."
    if maybe:
        told += f" The last day that the law allows may be missed for {_named(maybe)}."
    start = effects[0].node
    return f"{told} Counted from {start.counted}, {start.why}." if start.counted else told


def in_short(effects: Sequence[Effect]) -> str:
    """What a slip puts at risk, in a few words for a table."""
    rest = effects[1:]
    if not rest and all(each.wall == "no" for each in effects):
        return "Nothing else moves"
    sure = sum(each.certain for each in rest)
    parts = [f"{count(sure, 'milestone')} {'moves' if sure == 1 else 'move'}"] if sure else []
    if maybe := len(rest) - sure:
        parts.append(f"{maybe} more may move" if sure else f"{count(maybe, 'milestone')} may move")
    walls = {each.wall for each in effects}
    if "yes" in walls:
        parts.append("a last day by law is missed")
    elif "maybe" in walls:
        parts.append("a last day by law may be missed")
    told = join_words(parts)
    return f"{told[:1].upper()}{told[1:]}"


def _named(titles: Sequence[str]) -> str:
    return join_words(f"“{each}”" for each in titles)


def _moved(effects: Sequence[Effect]) -> Iterator[str]:
    sure = [each.node.title for each in effects if each.certain]
    maybe = [each.node.title for each in effects if not each.certain and each.dated]
    unknown = [each.node.title for each in effects if not each.dated]
    if sure:
        yield f"{_named(sure)} {'moves' if len(sure) == 1 else 'move'} too"
    if maybe:
        yield f"{_named(maybe)} may move"
    if unknown:
        has = "has" if len(unknown) == 1 else "have"
        yield f"{_named(unknown)} {has} no date, so that nobody can tell"

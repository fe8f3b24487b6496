"""B15: the critical path of 2,000 milestones and what a week puts at risk, against networkx.

Where networkx is not installed, the same graph is walked bare: longest path and what follows, in
plain Python over plain numbers, without dates, walls or room.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from bench_chance import _best
from bench_diaries import Told

MILESTONES, WAITS, STARTS = 2_000, 3, date(2026, 1, 1)
MOST_OF_BARE = 5.0


def measure(seed: int) -> Iterator[Told]:
    """One line: how many times the processor seconds of the other it takes."""
    from concordat.domain.governance.programme.rules import path

    plan = path.plan_of(_nodes(seed))
    first = next(iter(plan))
    ours = _best(lambda: (path.critical(plan), path.if_slips(plan, first)))
    size = f"{MILESTONES:,} milestones"
    before = {key: node.after for key, node in plan.items()}
    takes = {key: node.takes for key, node in plan.items()}
    if other := _networkx(before, takes, first):
        ratio = ours / _best(other)
        yield Told("critical path", size, ratio, "networkx", "below 1", ratio < 1)
    ratio = ours / _best(lambda: _bare(before, takes, first))
    goal = f"at most {MOST_OF_BARE:g}"
    yield Told("critical path", size, ratio, "a bare walk", goal, ratio <= MOST_OF_BARE)


def _nodes(seed: int) -> Iterator[Any]:
    """Milestones of which each waits for some of the twenty before it; one in three is known by
    the month alone, one in ten has no date."""
    from concordat.domain.governance.programme.rules.path import Node
    from concordat.kernel.dates import UncertainDate

    chance = Random(seed)  # noqa: S311 - the same for the same seed
    for number in range(MILESTONES):
        due = STARTS + timedelta(days=number * 2)
        said = f"{due:%Y-%m}" if chance.random() < 1 / 3 else due.isoformat()
        known = chance.random() > 1 / 10 or number == MILESTONES - 1
        near = range(max(0, number - 20), number)
        after = chance.sample(near, min(WAITS, len(near)))
        yield Node(
            str(number),
            f"Milestone {number}",
            UncertainDate.parse(said) if known else None,
            tuple(map(str, sorted(after))),
            chance.randint(0, 9),
        )


def _networkx(
    before: Mapping[str, Sequence[str]], takes: Mapping[str, int], first: str
) -> Callable[[], Any] | None:
    try:
        import networkx
    except ModuleNotFoundError:
        return None
    graph = networkx.DiGraph()
    graph.add_nodes_from(before)
    for key, waits in before.items():
        graph.add_edges_from(((each, key) for each in waits), weight=takes[key])
    return lambda: (networkx.dag_longest_path(graph), networkx.descendants(graph, first))


def _bare(
    before: Mapping[str, Sequence[str]], takes: Mapping[str, int], first: str
) -> tuple[list[str], set[str]]:
    """The longest path, and all that follows on the first; keys come in order here."""
    longest: dict[str, tuple[int, str]] = {}
    moved = {first}
    for key, waits in before.items():
        best = max(((longest[each][0], each) for each in waits), default=(0, ""))
        longest[key] = (best[0] + takes[key], best[1])
        if not moved.isdisjoint(waits):
            moved.add(key)
    key = max(longest, key=lambda each: longest[each][0])
    way = [key]
    while key := longest[key][1]:
        way.append(key)
    return way[::-1], moved


if __name__ == "__main__":
    for line in measure(2026):
        print(line)

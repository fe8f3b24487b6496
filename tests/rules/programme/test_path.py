"""What waits for what: circles, the critical path, and what a slip puts at risk."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.domain.governance.programme.rules import path
from concordat.domain.governance.programme.rules.path import Node, plan_of
from concordat.kernel.dates import UncertainDate

PUBLISH, START = date(2019, 6, 29), date(2019, 9, 29)


def node(key: str, due: str = "", *after: str, takes: int = 0, **more: object) -> Node:
    said = UncertainDate.parse(due) if due else None
    return Node(key, key.upper(), said, after, takes, **more)  # type: ignore[arg-type]


def effects(*nodes: Node, key: str = "a", days: int = 7) -> dict[str, tuple[int, int]]:
    found = path.if_slips(plan_of(nodes), key, days)
    return {each.node.key: (each.least, each.most) for each in found}


@pytest.mark.parametrize(
    ("onward", "round_"),
    [
        ({}, ()),
        ({"a": ["b"], "b": ["c"], "c": []}, ()),
        ({"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": []}, ()),
        ({"a": ["a"]}, ("a",)),
        ({"a": ["b"], "b": ["a"]}, ("a", "b")),
        ({"x": ["a"], "a": ["b"], "b": ["c"], "c": ["a"]}, ("a", "b", "c")),
        ({"a": ["gone"]}, ()),
    ],
)
def test_a_circle_is_found_and_named(onward: dict[str, list[str]], round_: tuple[str, ...]) -> None:
    assert path.circle(onward) == round_


def test_a_circle_is_refused_in_the_words_of_the_plan() -> None:
    plan = plan_of([node("a", "", "b"), node("b", "", "c"), node("c")])
    told = path.may_wait_for(plan, "c", "C", ["a"])
    assert not told
    assert str(told) == (
        "These would wait for each other for ever: “A” waits for “B” waits for “C” waits for “A”."
    )
    assert path.may_wait_for(plan, "d", "D", ["a", "b"])


@given(st.dictionaries(st.sampled_from("abcdefg"), st.sets(st.sampled_from("abcdefg"))))
def test_the_order_holds_every_milestone_once_and_ends_whatever_leads_round(
    onward: dict[str, set[str]],
) -> None:
    plan = plan_of(node(key, "", *sorted(after)) for key, after in onward.items())
    order = path.in_order(plan)
    assert sorted(order) == sorted(plan)
    if not path.circle(onward):
        place = {key: number for number, key in enumerate(order)}
        for key, each in plan.items():
            assert all(place[before] < place[key] for before in each.after if before in plan)


@pytest.mark.parametrize(
    ("due", "forecast", "counted", "why"),
    [
        ("2019-06", "", "", ""),
        ("2019-02", "", "2019-03-29", "since it is late"),
        ("2019-03", "", "", ""),
        ("2019-06", "2019-10", "2019-10", "when it is expected now"),
        ("2019-06", "2019-05", "", ""),
        ("2019-02", "2019-05", "2019-05", "when it is expected now"),
        ("2019-02", "2019-03-01", "2019-03-29", "since it is late"),
        ("", "2019-05", "2019-05", "when it is expected now"),
        ("", "", "", ""),
        ("?2019-02", "about 2019-10", "", ""),
    ],
)
def test_what_is_late_or_expected_later_is_counted_from_there(
    due: str, forecast: str, counted: str, why: str
) -> None:
    said, expected = (UncertainDate.parse(each) if each else None for each in (due, forecast))
    day, told = path.still(said, expected, date(2019, 3, 29))
    assert (day.iso() if day else "", told) == (counted, why)


@pytest.mark.parametrize(
    ("nodes", "moved"),
    [
        # late, and counted from today
        (
            [
                node("a", "2019-03-01", counted=UncertainDate.parse("2019-06-01")),
                node("b", "2019-04-20", "a"),
            ],
            {"a": (7, 7), "b": (7, 7)},
        ),
        # room enough
        ([node("a", "2019-06-03"), node("b", "2019-06-28", "a")], {"a": (7, 7)}),
        # no room at all
        ([node("a", "2019-06-03"), node("b", "2019-06-03", "a")], {"a": (7, 7), "b": (7, 7)}),
        # work lies between
        (
            [node("a", "2019-06-03"), node("b", "2019-06-28", "a", takes=21)],
            {"a": (7, 7), "b": (3, 3)},
        ),
        # months: both in June, so that it may and need not
        ([node("a", "2019-06"), node("b", "2019-06", "a")], {"a": (7, 7), "b": (0, 7)}),
        ([node("a", "2019-06"), node("b", "2019-09", "a")], {"a": (7, 7)}),
        # what is over does not move, and what has no date cannot be told
        ([node("a", "2019-06-03"), node("b", "2019-06-03", "a", is_over=True)], {"a": (7, 7)}),
        ([node("a", "2019-06-03"), node("b", "", "a")], {"a": (7, 7), "b": (0, 7)}),
        ([node("a", "?2019-06-03"), node("b", "2019-06-03", "a")], {"a": (7, 7), "b": (0, 7)}),
        # a chain, of which the middle has two days of room
        (
            [
                node("a", "2019-06-03"),
                node("b", "2019-06-05", "a"),
                node("c", "2019-06-06", "b"),
            ],
            {"a": (7, 7), "b": (5, 5), "c": (4, 4)},
        ),
    ],
)
def test_what_a_week_moves(nodes: list[Node], moved: dict[str, tuple[int, int]]) -> None:
    assert effects(*nodes) == moved


@given(
    st.lists(st.integers(0, 40), min_size=2, max_size=6),
    st.integers(0, 60),
    st.integers(0, 60),
)
def test_a_longer_slip_never_moves_less(gaps: list[int], one: int, more: int) -> None:
    day, nodes = date(2019, 1, 1), []
    for number, gap in enumerate(gaps):
        day += timedelta(gap)
        before = [str(number - 1)] if number else []
        nodes.append(node(str(number), day.isoformat(), *before))
    short, long_ = (effects(*nodes, key="0", days=days) for days in (one, one + more))
    for key, (least, most) in short.items():
        if most:
            assert long_[key] >= (least, most)


@pytest.mark.parametrize(
    ("due", "slip", "wall"),
    [
        ("2019-06-03", 7, "no"),
        ("2019-06-25", 7, "yes"),
        ("2019-06", 7, "maybe"),
        ("2019-05", 7, "no"),
        ("2019-07", 0, "yes"),
        ("", 7, "no"),
    ],
)
def test_the_law_stands_as_a_wall(due: str, slip: int, wall: str) -> None:
    (found,) = path.if_slips(plan_of([node("a", due, wall=PUBLISH)]), "a", slip)
    assert found.wall == wall


@pytest.mark.parametrize(
    ("due", "may"),
    [
        ("2019-06-29", True),
        ("2019-06", True),
        ("2019-06-30", False),
        ("2019-07", False),
        ("", True),
    ],
)
def test_no_plan_moves_the_last_day_of_the_law(due: str, may: bool) -> None:
    said = UncertainDate.parse(due) if due else None
    told = path.within_the_law(said, PUBLISH, "TR-PUBLISH")
    assert bool(told) is may
    if not may:
        assert "29 June 2019 (TR-PUBLISH)" in str(told)
    assert path.crosses(UncertainDate.parse("2019-06"), PUBLISH)
    assert not path.crosses(UncertainDate.parse("2019-05"), PUBLISH)


def test_the_critical_path_is_the_tightest_chain_to_the_end() -> None:
    plan = plan_of(
        [
            node("loose", "2019-01-10"),
            node("tight", "2019-05-20"),
            node("publish", "2019-06-01", "loose", "tight"),
            node("done", "2019-06-10", is_over=True),
            node("live", "2019-09-01", "publish", "done", takes=30),
            node("undated", "", "live"),
        ]
    )
    steps = path.critical(plan)
    assert [each.node.key for each in steps] == ["tight", "publish", "live"]
    assert [each.room for each in steps] == [12, 62, None]
    assert path.critical({}) == ()


def test_what_comes_before_what_it_waits_for_is_named() -> None:
    plan = plan_of([node("a", "2019-09"), node("b", "2019-06", "a")])
    told = path.too_early(plan, "b")
    assert str(told) == "“A” comes first and is due September 2019."
    same = plan_of([node("a", "2019-09"), node("b", "2019-09", "a")])
    assert path.too_early(same, "b")
    worked = plan_of([node("a", "2019-09-01"), node("b", "2019-09-20", "a", takes=30)])
    assert "30 days of work lie between" in str(path.too_early(worked, "b"))


@pytest.mark.parametrize(
    ("nodes", "said"),
    [
        ([node("a", "2019-06-03")], "If this slips by a week, nothing else in the plan moves."),
        (
            [node("a", "2019-06-03"), node("b", "2019-06-03", "a"), node("c", "", "a")],
            "If this slips by a week: “B” moves too and “C” has no date, so that nobody can tell.",
        ),
        (
            [node("a", "2019-06"), node("b", "2019-06", "a", wall=PUBLISH)],
            "If this slips by a week: “B” may move. "
            "The last day that the law allows may be missed for “B”.",
        ),
        (
            [node("a", "2019-09-25", wall=START)],
            "If this slips by a week, nothing else in the plan moves. "
            "The last day that the law allows is missed for “A”.",
        ),
    ],
)
def test_a_slip_in_words(nodes: list[Node], said: str) -> None:
    assert path.in_words(path.if_slips(plan_of(nodes), "a")) == said


@pytest.mark.parametrize(
    ("nodes", "said"),
    [
        ([node("a", "2019-05-01"), node("b", "2019-07-01", "a")], "Nothing else moves"),
        ([node("a", "2019-05-01"), node("b", "2019-05-02", "a")], "1 milestone moves"),
        (
            [
                node("a", "2019-06-28", wall=PUBLISH),
                node("b", "2019-07-01", "a"),
                node("c", "2019-07", "a"),
            ],
            "1 milestone moves, 1 more may move and a last day by law is missed",
        ),
        ([node("a", "2019-06", wall=PUBLISH)], "A last day by law may be missed"),
        ([node("a", "2019-05-01"), node("b", "2019-05", "a")], "1 milestone may move"),
    ],
)
def test_a_slip_in_a_few_words(nodes: list[Node], said: str) -> None:
    assert path.in_short(path.if_slips(plan_of(nodes), "a")) == said

# ruff: noqa: E501
"""How a partnership was built on a day: states, occupants, versions, differences, the chart."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from concordat.domain.governance.arrangements.rules import Difference, chart
from concordat.domain.governance.arrangements.rules.structure import (
    Occupancy,
    Place,
    Stated,
    differences,
    latest,
    occupancy,
    standing_on,
)
from tests.rules.arrangements.examples import ON, span

Rows = list[tuple[str, str, str]]

LIFE: Rows = [
    ("proposed", "2019-01-01", "2019-06-30"),
    ("shadow", "2019-07-01", "2019-09-28"),
    ("in force", "2019-09-29", "2024-03-31"),
    ("ended", "2024-04-01", ""),
]
STANDING: list[tuple[str, Rows, str, tuple[str, bool]]] = [
    ("no state stated", [], "2019-03-27", ("in force", True)),
    ("before the first", LIFE, "2018-12-31", ("", True)),
    ("the first day", LIFE, "2019-01-01", ("proposed", True)),
    ("the last day", LIFE, "2019-06-30", ("proposed", True)),
    ("the next day", LIFE, "2019-07-01", ("shadow", True)),
    ("in force", LIFE, "2020-02-29", ("in force", True)),
    ("ended", LIFE, "2030-01-01", ("ended", True)),
    ("open both sides", [("in force", "", "")], "1999-01-01", ("in force", True)),
    ("over, nobody says ended", [("in force", "", "2019-01-31")], "2019-03-27", ("ended", False)),
    ("the month only", [("shadow", "March 2019", "")], "2019-03-27", ("shadow", False)),
    ("the month after", [("shadow", "March 2019", "")], "2019-04-01", ("shadow", True)),
    ("not known", [("in force", "?", "")], "2019-03-27", ("in force", False)),
    ("certain beats unclear", [("in force", "", ""), ("ended", "2019", "")], "2019-03-27", ("in force", True)),
    ("a gap", [("proposed", "", "2019-01-31"), ("in force", "2019-04-01", "")], "2019-02-15", ("proposed", False)),
    ("a gap before the end", [("in force", "", "2018-12-31"), ("ended", "2020-01-01", "")], "2019-03-27", ("in force", False)),
    ("the later of two", [("in force", "2018-01-01", ""), ("ended", "2019-01-01", "")], "2019-03-27", ("ended", True)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "on", "found"), [case[1:] for case in STANDING], ids=[case[0] for case in STANDING]
)
def test_where_a_body_stands(rows: Rows, on: str, found: tuple[str, bool]) -> None:
    stated = [Stated(state, span(start, end)) for state, start, end in rows]
    assert standing_on(stated, date.fromisoformat(on)) == found
    assert standing_on(stated[::-1], date.fromisoformat(on)) == found


def place(who: str, holding: str = "holder", start: str = "", end: str = "") -> Place:
    return Place(who, holding, span(start, end))


OCCUPIED: list[tuple[str, list[Place], Occupancy]] = [
    ("no source", [], Occupancy("", "", vacant=False)),
    ("a holder", [place("Director")], Occupancy("Director", "", vacant=False)),
    ("holder and deputy", [place("Director"), place("Head", "deputy")], Occupancy("Director", "Head", vacant=False)),
    ("a job share", [place("A", "job share"), place("B", "job share")], Occupancy("A and B", "", vacant=False)),
    ("an interim", [place("A", "interim")], Occupancy("A", "", vacant=False)),
    ("said to be vacant", [place("", "vacant")], Occupancy("", "", vacant=True)),
    ("vacant, with a deputy", [place("", "vacant"), place("Head", "deputy")], Occupancy("", "Head", vacant=True)),
    ("the holding ended", [place("A", end="2019-03-26")], Occupancy("", "", vacant=True)),
    ("the last day", [place("A", end="2019-03-27")], Occupancy("A", "", vacant=False)),
    ("not begun", [place("A", start="2019-03-28")], Occupancy("", "", vacant=False)),
    ("a deputy alone", [place("Head", "deputy")], Occupancy("", "Head", vacant=False)),
    ("a deputy who left", [place("Head", "deputy", end="2018-01-01")], Occupancy("", "", vacant=False)),
    ("perhaps begun", [place("A", start="March 2019")], Occupancy("", "", vacant=False, unclear=("Whether A sat that day is not certain (March 2019).",))),
    ("one left, one perhaps came", [place("A", end="2019-01-01"), place("B", start="2019")], Occupancy("", "", vacant=False, unclear=("Whether B sat that day is not certain (2019).",))),
    ("perhaps vacant", [place("", "vacant", start="2019")], Occupancy("", "", vacant=False, unclear=("Whether the seat was vacant that day is not certain (2019).",))),
    ("several like places", [place("A"), place("B"), place("C")], Occupancy("A, B and C", "", vacant=False)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "found"), [case[1:] for case in OCCUPIED], ids=[case[0] for case in OCCUPIED]
)
def test_who_sits(rows: list[Place], found: Occupancy) -> None:
    assert occupancy(rows, ON) == found


VERSIONS = [
    Stated("first", span("2018-01-01")),
    Stated("second", span("2019-01-01")),
    Stated("third", span("2019")),
    Stated("fourth", span("2020-01-01")),
]


@pytest.mark.parametrize(
    ("on", "found"),
    [
        ("2017-12-31", None),
        ("2018-06-01", "first"),
        ("2019-03-27", "second"),
        ("2020-06-01", "fourth"),
    ],
)
def test_the_version_of_the_day_is_the_one_certainly_in_force_that_began_last(
    on: str, found: str | None
) -> None:
    assert latest(VERSIONS, date.fromisoformat(on)) == found


def seat(key: str, **told: Any) -> dict[str, Any]:
    told = {"role": key, "holder": None, "deputy": None, "vacant": False, "delegations": []} | told
    return {"key": key, "capacity": None, **told}


def body(key: str, *seats: dict[str, Any], **told: Any) -> dict[str, Any]:
    held = {"name": key.capitalize(), "state": "in force", "parents": [], "rhythm": None} | told
    return {"key": key, "chair_role": None, "quorum": None, "seats": list(seats), **held}


def built(*bodies: dict[str, Any]) -> dict[str, Any]:
    return {"as_at": "2019-03-27", "bodies": list(bodies)}


POWER: dict[str, Any] = {"matters": [], "limbs": ["commit on policy"], "limit": 500}
POWER |= {"from": "2019-01-01", "to": None, "instrument": "letter"}
CHANGES: list[tuple[str, dict[str, Any], dict[str, Any], list[Difference]]] = [
    ("nothing", built(body("a")), built(body("a")), []),
    ("a body came", built(), built(body("a")), [Difference("A", "Body", "Not there", "There")]),
    ("a body went", built(body("a")), built(), [Difference("A", "Body", "There", "Not there")]),
    ("a state", built(body("a", state="shadow")), built(body("a")), [Difference("A", "State", "shadow", "in force")]),
    ("a name", built(body("a", name="Old")), built(body("a", name="New")), [Difference("New", "Name", "Old", "New")]),
    ("parents", built(body("a")), built(body("a", parents=["b", "c"])), [Difference("A", "Parents", "None", "b, c")]),
    ("a seat came", built(body("a")), built(body("a", seat("s"))), [Difference("s, A", "Seat", "Not there", "There")]),
    ("a vacancy", built(body("a", seat("s", holder="X"))), built(body("a", seat("s", vacant=True))), [Difference("s, A", "Holder", "X", "None"), Difference("s, A", "Vacant", "No", "Yes")]),
    ("the order alone", built(body("a"), body("b")), built(body("b"), body("a")), []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "found"), [case[1:] for case in CHANGES], ids=[case[0] for case in CHANGES]
)
def test_what_is_not_the_same_on_two_days(
    before: dict[str, Any], after: dict[str, Any], found: list[Difference]
) -> None:
    assert differences(before, after) == found
    turned = [(d.subject, d.what, d.after, d.before) for d in differences(after, before)]
    if all(one.subject == "New" or "name" not in one.what.lower() for one in found):
        wanted = [(d.subject.replace("New", "Old"), d.what, d.before, d.after) for d in found]
        assert turned == wanted


def test_a_delegation_that_came_is_told_in_words() -> None:
    before = built(body("a", seat("s")))
    after = built(body("a", seat("s", delegations=[POWER])))
    (found,) = differences(before, after)
    assert (found.what, found.before) == ("Delegations", "None")
    assert "policy up to £500 since 1 January 2019" in found.after


def test_the_chart_leaves_out_what_has_ended_and_lines_to_what_is_not_there() -> None:
    found = built(
        body("executive", parents=["cabinet"]),
        body("group", state="proposed", parents=["executive", "old-board"]),
        body("old-board", state="ended"),
        body("shadow-board", state="shadow"),
    )
    nodes, edges = chart(found)
    assert [(n["key"], n["state"]) for n in nodes] == [
        ("executive", "in force"),
        ("group", "proposed"),
        ("shadow-board", "shadow"),
    ]
    assert len({n["line"] for n in nodes}) == 3, "a state shows in black and white"
    assert edges == [("executive", "group")]

"""Suggestions in their order, keys that can be trusted, and what stands on every agenda."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.domain.governance.meetings.rules import agenda, suggesting
from concordat.domain.governance.meetings.rules.life import Place, Purpose
from concordat.domain.governance.meetings.rules.suggesting import (
    CLOSES,
    OPENS,
    Fixed,
    Sort,
    Suggested,
    key_of,
    read_fixed,
    sort_of,
    write_fixed,
)
from concordat.kernel.errors import Invalid


def one(sort: Sort, title: str, due: date | None = None) -> Suggested:
    return Suggested(key_of(sort, title), sort, title, "", due=due)


def test_requests_come_first_and_then_what_runs_out_soonest() -> None:
    rows = [
        one(Sort.ACTION, "late"),
        one(Sort.CLOCK, "in May", date(2019, 5, 1)),
        one(Sort.CLOCK, "in April", date(2019, 4, 1)),
        one(Sort.REQUEST, "asked"),
        one(Sort.CARRIED, "left over"),
    ]
    told = [each.title for each in suggesting.in_order(rows)]
    assert told == ["asked", "left over", "in April", "in May", "late"]


@pytest.mark.parametrize("sort", list(Sort))
def test_a_key_is_read_back(sort: Sort) -> None:
    assert sort_of(key_of(sort, 7)) == (sort, "7")


@pytest.mark.parametrize("key", ["", "clock", "clock:", "door:7", ":7"])
def test_what_is_no_key_is_refused(key: str) -> None:
    with pytest.raises(Invalid, match="not suggested any more"):
        sort_of(key)


def test_the_number_in_a_key() -> None:
    assert suggesting.number_in("above:12") == 12
    with pytest.raises(Invalid, match="not suggested any more"):
        suggesting.number_in("clock:0b5e")


def test_a_meeting_looks_to_the_one_that_follows() -> None:
    day, on = date(2019, 4, 10), date(2019, 3, 29)
    assert suggesting.reach_of(day, date(2019, 5, 22), on) == date(2019, 5, 22)
    assert suggesting.reach_of(day, None, on) == day
    assert suggesting.reach_of(date(2019, 1, 1), None, on) == on


LINES = ["Apologies, 5 minutes, note", "Minutes of the last meeting, agree", "Declarations"]


def test_fixed_items_are_read_as_people_write_them() -> None:
    assert read_fixed(LINES, OPENS, "opens") == [
        Fixed("Apologies", Purpose.NOTE, 5),
        Fixed("Minutes of the last meeting", Purpose.AGREE),
        Fixed("Declarations"),
    ]
    assert read_fixed(["Any other business, 10, Agree"], CLOSES, "closings") == [
        Fixed("Any other business", Purpose.AGREE, 10, CLOSES)
    ]


def test_every_line_that_cannot_be_read_is_told_with_its_number() -> None:
    with pytest.raises(Invalid) as told:
        read_fixed(["Fine", "Odd, sometimes", ", 5 minutes", "Long, 601 minutes"], OPENS, "opens")
    assert [fault.place for fault in told.value.faults] == ["Line 2", "Line 3", "Line 4"]
    assert {fault.field for fault in told.value.faults} == {"opens"}


TITLES = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=30).filter(
    lambda text: text.strip() == text
)


@given(
    st.lists(
        st.builds(
            Fixed,
            title=TITLES,
            purpose=st.sampled_from(Purpose),
            minutes=st.none() | st.integers(1, 600),
        )
    )
)
def test_what_is_written_is_read_back(rows: list[Fixed]) -> None:
    assert read_fixed(write_fixed(rows), OPENS, "opens") == rows
    assert suggesting.fixed_from([each.as_json() for each in rows]) == rows


def test_what_is_kept_wrongly_is_left_out() -> None:
    kept = [
        {"title": "Fine", "purpose": "note"},
        {"title": "", "purpose": "note"},
        {"title": "Odd"},
    ]
    assert [each.title for each in suggesting.fixed_from(kept)] == ["Fine"]


@dataclass(frozen=True)
class Line:
    name: str
    purpose_is: Purpose = Purpose.DECIDE
    place_is: Place = Place.ON_AGENDA
    minutes: int | None = 10
    is_hidden: bool = False
    fixed: str = ""


APOLOGIES = Line("apologies", Purpose.NOTE, fixed=OPENS)
BUDGET, RISKS = Line("budget"), Line("risks")
NOTED = Line("noted", Purpose.NOTE)
OTHER = Line("other", fixed=CLOSES)
CASE = Line("case", is_hidden=True)


def test_an_agenda_opens_and_closes_as_its_body_settled() -> None:
    found = agenda.numbered([OTHER, NOTED, CASE, BUDGET, APOLOGIES, RISKS])
    assert [(label, line.name) for label, line in found] == [
        ("1", "apologies"),
        ("2", "budget"),
        ("3", "risks"),
        ("4", "noted"),
        ("5", "other"),
        ("C1", "case"),
    ]


def test_an_item_moves_within_its_part_of_the_agenda() -> None:
    block = [BUDGET, RISKS]
    assert agenda.placed_among(block, RISKS, 2, first=2, whole=5) == [RISKS, BUDGET]
    with pytest.raises(Invalid, match="can stand at 2 to 3"):
        agenda.placed_among(block, RISKS, 5, first=2, whole=5)
    with pytest.raises(Invalid, match="can stand at 1:"):
        agenda.placed_among([APOLOGIES], APOLOGIES, 3, first=1, whole=5)
    with pytest.raises(Invalid, match="5 items; there is no place 9"):
        agenda.placed_among(block, RISKS, 9, first=2, whole=5)


def test_what_runs_past_the_end_is_known() -> None:
    begins = datetime(2019, 4, 10, 9, 0, tzinfo=UTC)
    ends = datetime(2019, 4, 10, 9, 30, tzinfo=UTC)
    assert not agenda.runs_over(begins, 30, ends)
    assert agenda.runs_over(begins, 31, ends)
    assert not agenda.runs_over(None, 31, ends)
    lines = [Line(str(n), minutes=16) for n in range(3)]
    assert agenda.timing(lines, 30).sentence == "18 minutes over."

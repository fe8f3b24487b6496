"""Rows as they are kept are the rows as they were read; versions tell what they change."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.domain.practice.chronologies.rules import (
    Means,
    Part,
    Place,
    Row,
    Scope,
    bare_place,
    columns_of,
    differences,
    digest_of,
    groups_of,
    judged,
    may_manage,
    may_read_all,
    may_write,
    moment,
    order,
    positions,
    row_of,
    told_of,
    typed,
)
from concordat.domain.practice.chronologies.rules.columns import Value
from concordat.kernel.errors import Invalid
from tests.rules.chronologies.files import TODAY, file, read

LAWFUL = {"Date": "4 May 2018", "Event": "Weighed", "Source of information": "Red book"}


def again(row: Row) -> Row:
    """The row as it comes back from what is kept of it."""
    return row_of(
        told_of(row), agency=row.agency, file=row.file, line=row.row, place=row.place,
        arrival=row.arrival, year=TODAY.year,
    )  # fmt: skip


DATES: list[Value] = [
    "4 May 2018", "04/05/2018", "4.5.18", "?22 May 2018", "early 2015", "May 2018", "2018-05-04",
    "w/c 4 May 2018", "4 May 2018 at 10:30", "4 May 2018 - 14.05", "20180504", "summer 2017",
    "some time before Christmas", "?", "", None, 43224, 43224.4375, date(2018, 5, 4),
    datetime.fromisoformat("2018-05-04T09:15"), "29 February 2016", "Q1 2018", "2018 to 2019",
    "4th of May 2018", "about May 2018", "22 May", "June 2018?", "2018",
    "Friday 4 May 2018", "4-May-2018",
]  # fmt: skip


@pytest.mark.parametrize("day", DATES, ids=str)
def test_a_date_in_thirty_forms_is_the_same_after_it_was_kept(day: Value) -> None:
    (row,) = read(file("a.csv", (day, None, "2", "Seen", "Notes"))).rows
    kept = again(row)
    assert (kept.date, kept.time, kept.minute) == (row.date, row.time, row.minute)
    assert (kept.sequence, kept.rank) == (row.sequence, row.rank)
    assert order(kept) == order(row)


def test_thirty_forms_are_thirty() -> None:
    assert len(DATES) == 30


def test_an_undated_row_never_gains_a_date() -> None:
    for text in ("", "?", "22 May", "some time before Christmas"):
        rows = read(file("a.csv", (text, None, None, "Seen", "Notes"))).rows
        assert all(again(row).date.earliest is None for row in rows)


@pytest.mark.parametrize("text", ["29 February 2015", "31 June 2018", "99/99/2018"])
def test_a_day_that_no_calendar_has_is_a_fault_to_mend(text: str) -> None:
    with pytest.raises(Invalid) as problem:
        typed(LAWFUL | {"Date": text}, [], year=2019)
    assert problem.value.faults[0].field == "Date"


def test_both_systems_of_serials_are_one_day_once_kept() -> None:
    old = read(file("a.xlsx", (43224, None, None, "Seen", "Notes"))).rows[0]
    new = read(file("b.xlsx", (41762, None, None, "Seen", "Notes"), nought=date(1904, 1, 1))).rows
    assert again(old).date.earliest == again(new[0]).date.earliest == date(2018, 5, 4)


@given(
    st.lists(
        st.tuples(st.sampled_from(DATES), st.sampled_from([None, time(10, 5), "14:30", "noon"])),
        max_size=6,
    )
)
def test_what_is_kept_has_the_digest_of_what_was_read(cells: list[tuple[Value, Value]]) -> None:
    rows = read(file("a.csv", *((d, t, None, "Seen", "Notes") for d, t in cells))).rows
    assert digest_of(map(told_of, map(again, rows))) == digest_of(map(told_of, rows))


def test_a_digest_changes_with_any_text_and_with_the_order() -> None:
    one, other = dict(LAWFUL), LAWFUL | {"Comment": "x"}
    assert digest_of([one, other]) != digest_of([other, one])
    assert digest_of([one]) != digest_of([other])


def test_a_required_cell_that_is_empty_names_the_row_the_column_and_how_to_mend_it() -> None:
    found = judged(read(file("a.csv", ("4 May 2018", "10:00", None, "Seen", "Notes"),
                             ("5 May 2018", None, None, "Seen", "Notes"))), ["Time"])  # fmt: skip
    assert len(found.rows) == 1
    (rejected,) = found.rejected
    assert rejected.reason == "Time is missing."
    assert rejected.place.endswith("column Time")
    assert rejected.mend
    assert found.count == 2


def test_the_source_is_asked_for_whatever_else_is() -> None:
    with pytest.raises(Invalid) as problem:
        typed({"Event": "Seen"}, ["Date"], year=2019)
    assert [fault.field for fault in problem.value.faults] == ["Date", "Source of information"]
    assert Means.SOURCE in columns_of([])


def test_an_end_before_its_start_is_a_fault() -> None:
    with pytest.raises(Invalid, match="ends before it starts"):
        typed(LAWFUL | {"End date": "3 May 2018"}, [], year=2019)


@pytest.mark.parametrize(
    ("text", "outside"),
    [
        ("31 December 2017", "Before"),
        ("1 January 2018", ""),
        ("December 2017 to January 2018", ""),
        ("2 March 2019", "After"),
        ("2019", ""),
        ("?", ""),
    ],
)
def test_what_may_lie_within_the_period_is_not_called_outside(text: str, outside: str) -> None:
    scope = Scope(date(2018, 1, 1), date(2019, 3, 1))
    assert scope.note(moment(text, year=2019).date).startswith(outside)
    assert bool(scope.note(moment(text, year=2019).date)) is bool(outside)


def test_who_does_what() -> None:
    manager, reviewer = Place(frozenset({Part.MANAGER})), Place(frozenset({Part.REVIEWER}))
    author, nobody = Place(frozenset({Part.AUTHOR}), frozenset({7})), Place()
    assert [bool(may_manage(p)) for p in (manager, reviewer, author, nobody)] == [
        True, False, False, False]  # fmt: skip
    assert [bool(may_read_all(p)) for p in (manager, reviewer, author, nobody)] == [
        True, True, False, False]  # fmt: skip
    assert [bool(may_write(p, 7)) for p in (manager, reviewer, author, nobody)] == [
        True, False, True, False]  # fmt: skip
    assert not may_write(author, 8)


def told(day: str, event: str, **more: str) -> dict[str, str]:
    return {"Date": day, "Event": event, "Source of information": "Notes"} | more


def test_a_new_version_tells_what_is_the_same_changed_added_and_withdrawn() -> None:
    before = {
        1: told("4 May 2018", "Bruise seen on the cheek at a home visit"),
        2: told("5 May 2018", "Weighed"),
        3: told("6 May 2018", "Phoned school", Reference="R9"),
        4: told("7 May 2018", "Office closed"),
    }
    after = [
        told("5 May 2018", "Weighed"),
        told("4 May 2018", "Bruise seen on left cheek during a home visit"),
        told("6 May 2018", "Rang the head teacher", Reference="R9"),
        told("8 May 2018", "Moved away"),
    ]
    found = differences(before, after)
    assert found.same == [(2, 0)]
    assert found.changed == [(1, 1), (3, 2)]
    assert (found.added, found.withdrawn) == ([3], [4])


@given(st.lists(st.sampled_from(["a", "b", "c"]), max_size=8),
       st.lists(st.sampled_from(["a", "b", "c"]), max_size=8))  # fmt: skip
def test_no_row_is_lost_or_matched_twice(one: list[str], other: list[str]) -> None:
    before = {n: told("4 May 2018", event) for n, event in enumerate(one)}
    found = differences(before, [told("4 May 2018", event) for event in other])
    pairs = found.same + found.changed
    assert sorted([n for n, _ in pairs] + found.withdrawn) == list(range(len(one)))
    assert sorted([n for _, n in pairs] + found.added) == list(range(len(other)))


def test_two_rows_alike_are_two_rows() -> None:
    twice = told("4 May 2018", "Home visit, child seen and well")
    found = differences({1: twice, 2: twice}, [twice])
    assert (len(found.same), found.withdrawn) == (1, [2])


@given(st.lists(st.none() | st.integers(1, 9).map(float), max_size=9))
def test_positions_rise_and_those_that_fit_stay(kept: list[float | None]) -> None:
    found = positions(kept)
    assert found == sorted(set(found))
    rising = [k for k in kept if k is not None]
    if rising == sorted(set(rising)):
        assert [f for f, k in zip(found, kept, strict=True) if k is not None] == rising


def test_joined_rows_are_one_group_however_they_were_joined() -> None:
    assert groups_of([(1, 2), (3, 4), (2, 3)]) == {key: [1, 2, 3, 4] for key in (1, 2, 3, 4)}
    assert groups_of([]) == {}


@pytest.mark.parametrize(
    ("place", "bare"),
    [
        ("rows.csv, line 7", "line 7"),
        ("rows.csv, line 7, column Event", "line 7, column Event"),
        ("JacobBell, row 2 of him.docx, table 1, row 3", "row 3"),
        ("'Jacob Bell', row 3", "row 3"),
        ("'Jacob Bell'!B12", "B12"),
        ("JacobBell", ""),
    ],
)
def test_a_place_is_told_without_the_name_of_its_file(place: str, bare: str) -> None:
    assert bare_place(place) == bare

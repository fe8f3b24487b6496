"""Tables of agencies to rows: each is taken or named with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.craft import tables
from concordat.craft.tables import Sheet
from concordat.domain.practice.chronologies.rules import Given, agency_of, merge, read_files
from concordat.domain.practice.chronologies.rules.columns import Value
from tests.rules.chronologies.files import TODAY, file, read, row


def test_columns_are_known_by_what_they_are_called() -> None:
    titles = ("Date of event", "Time (24 hour)", "Order in day", "Details of event", "Source")
    (found,) = read(file("GP.csv", row("1 March 2019", "Seen", time="9.30"), titles=titles)).rows
    assert (found.event, found.minute, found.source, found.agency) == ("Seen", 570, "Record", "GP")


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        (("1 March 2019", None, None, "Seen", None), "The source of information is missing."),
        (("1 March 2019", None, None, "Seen", "  "), "The source of information is missing."),
        (("29/02/2019", None, None, "Seen", "Record"), "There is no 29 February 2019."),
        (("31/04/2018", None, None, "Seen", "Record"), "There is no 31 April 2018."),
    ],
)
def test_a_row_that_cannot_be_taken_is_named(cells: Sequence[Value], reason: str) -> None:
    found = read(file("gp.csv", row("1 March 2019", "Before"), cells))
    (rejected,) = found.rejected
    assert (rejected.file, rejected.row, rejected.reason) == ("gp.csv", 3, reason)
    assert rejected.mend
    assert found.count == 2


def test_a_file_without_a_source_column_loses_no_row() -> None:
    found = read(file("gp.csv", ("1 March 2019", "Seen"), titles=("Date", "Event")))
    assert [each.reason for each in found.rejected] == [
        "There is no column for the source of information."
    ]


def test_a_table_without_a_header_is_rejected_row_by_row() -> None:
    found = read(file("gp.csv", ("b", "c"), titles=("Shopping", "list")))
    assert [each.row for each in found.rejected] == [1, 2]


def test_the_header_once_more_is_no_row() -> None:
    titles = ("Date", "Event", "Source of information")
    lines = [("1 May 2018", "Seen", "GP"), titles, ("2 May 2018", "Seen again", "GP")]
    assert read(file("gp.csv", *lines, titles=titles)).count == 2


def test_what_stands_above_the_header_tells_the_agency() -> None:
    lines = [("Date", "Event", "Source"), ("1 May 2018", "Seen", "Notes")]
    found = read(file("x.csv", *lines, titles=("Agency: Poplars Surgery",)))
    assert [each.agency for each in found.rows] == ["Poplars Surgery"]


def test_a_word_table_that_a_page_cut_goes_on() -> None:
    first = Sheet("Table 1", (("Date", "Event", "Source"), ("1 May 2018", "a", "b")), kind="table")
    second = Sheet("Table 2", (("2 May 2018", "c", "d"), ("3 May 2018", "e", "f")), kind="table")
    front = Sheet(
        "Table 1", (("Agency", "Riverside Hospital"), ("Author", "A nurse")), kind="table"
    )
    found = read(Given("x.docx", [front, first, second]))
    assert [each.event for each in found.rows] == ["a", "c", "e"]
    assert {each.agency for each in found.rows} == {"Riverside Hospital"}
    assert found.rejected == []


def test_a_header_merged_over_two_columns_names_both() -> None:
    lines = [("1 May 2018", "10:30", "Seen", "Notes")]
    titles = ("Date and time", None, "Event", "Source")
    (found,) = read(file("x.xlsx", *lines, titles=titles, merged=("A1:B1",))).rows
    assert (found.minute, found.event) == (630, "Seen")


def test_a_date_merged_over_rows_is_the_date_of_each() -> None:
    lines = [("1 May 2018", "Seen", "Notes"), (None, "Rang", "Notes"), (None, "Undated", "Notes")]
    titles = ("Date", "Event", "Source")
    found = read(file("x.xlsx", *lines, titles=titles, merged=("A2:A3",))).rows
    assert [each.date.earliest for each in found] == [date(2018, 5, 1), date(2018, 5, 1), None]


def test_formulas_are_taken_by_their_value_or_refused() -> None:
    lines = [("1 May 2018", "Seen", "Notes"), (None, "Rang", "Notes"), ("?", "=1+1", "Notes")]
    titles = ("Date", "Event", "Source")
    found = read(file("x.xlsx", *lines, titles=titles, formulas=("A2", "A3")))
    assert found.rows[0].notes == ("Cell A2 holds a formula; its last value was taken.",)
    assert found.rows[1].event == "=1+1"
    assert [each.row for each in found.rejected] == [3]


def test_columns_that_nobody_knows_are_kept() -> None:
    titles = ("Date", "Event", "Source", "Ward")
    (found,) = read(file("x.csv", ("1 May 2018", "a", "b", "7"), titles=titles)).rows
    assert found.more == (("Ward", "7"),)


def test_the_same_file_twice_is_taken_once_and_named() -> None:
    one = file("gp.csv", row("1 May 2018", "Seen"))
    again = Given("copy.csv", one.grids, digest=one.digest)
    found = read(one, again)
    assert (len(found.rows), [each.file for each in found.rejected]) == (1, ["copy.csv"])
    assert "the same as gp.csv" in found.rejected[0].reason


def test_two_children_of_one_name_are_not_joined() -> None:
    titles = ("Date", "Event", "Source", "Child", "Date of birth")
    lines = [
        ("1 May 2018", "a", "b", "Sam Reed", "1 May 2017"),
        ("2 May 2018", "c", "d", "Sam Reed", "4 June 2012"),
    ]
    found = read(file("x.csv", *lines, titles=titles))
    assert len({each.born for each in found.rows}) == 2
    assert "more than one person" in found.notes[0]


def test_an_end_before_the_start_is_rejected() -> None:
    titles = ("Date", "End date", "Event", "Source")
    found = read(file("x.csv", ("3 May 2018", "1 May 2018", "a", "b"), titles=titles))
    assert [each.reason for each in found.rejected] == ["It ends before it starts."]


@pytest.mark.parametrize(
    ("name", "agency"),
    [
        ("health-visiting.csv", "Health visiting"),
        ("Poplars Surgery chronology v2 FINAL.xlsx", "Poplars Surgery"),
        ("chronology.csv", "Chronology"),
    ],
)
def test_the_name_of_a_file_tells_the_agency_last(name: str, agency: str) -> None:
    assert agency_of(name) == agency


CELLS = st.none() | st.text(max_size=12) | st.integers(0, 60_000) | st.dates() | st.booleans()
TITLES = st.sampled_from(["Date", "Event", "Source", "Time", "Agency", "", "End date", "Ward"])


@given(
    st.lists(TITLES, min_size=1, max_size=6),
    st.lists(st.lists(CELLS, min_size=6, max_size=6), max_size=8),
    st.sampled_from(["sheet", "table", "csv"]),
)
def test_no_row_is_lost_whatever_stands_in_the_table(
    titles: list[str], rows: list[list[Value]], kind: str
) -> None:
    grid = Sheet("x", (tuple(t or None for t in titles), *(tuple(r) for r in rows)), kind=kind)
    found = read_files([Given("x", [grid])], on=TODAY)
    places = [each.row for each in (*found.rows, *found.rejected)]
    assert len(places) == len(set(places)) == found.count
    assert all(each.reason for each in found.rejected)


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_letters_survive_whatever_a_spreadsheet_wrote_them_in(code: str) -> None:
    text = "Date,Event,Source of information\n4 May 2018,Zoë’s café – £5,Red book\n"
    sheet = tables.read_csv(text.encode(code), "rows.csv")
    read = read_files([Given("rows.csv", [sheet])], on=TODAY)
    assert [row.event for row in read.rows] == ["Zoë’s café – £5"]
    assert read.rows[0].date.earliest == date(2018, 5, 4), "the mark before it is no part of Date"


@pytest.mark.long
def test_a_hundred_thousand_rows_are_all_kept_or_named() -> None:
    many, bad = 100_000, 500
    days = ("4 May 2018", "?22 May", "early 2015", "29/02/2019", 43553)
    rows = [row(days[n % 5], f"Event {n}") for n in range(many - bad)]
    rows += [("4 May 2018", None, None, "No source", None)] * bad
    found = read(file("many.csv", *rows))
    assert found.count == many
    leap = sum(each.reason == "There is no 29 February 2019." for each in found.rejected)
    assert (leap, len(found.rejected) - leap) == ((many - bad) // 5, bad)
    ordered = merge(found.rows).rows
    assert {each.arrival for each in ordered} == {each.arrival for each in found.rows}
    undated = [each for each in ordered if each.date.earliest is None]
    assert {each.date.text for each in undated} == {"?22 May"}
    assert ordered[-len(undated) :] == tuple(undated), "undated rows stand at the end"


CHILD = ("Date", "Event", "Source")


def _of(name: str, child: str, event: str, *, born: str = "") -> Sheet:
    rows = [(f"Name of child: {child}", None, None)]
    rows += [(f"Date of birth: {born}", None, None)] if born else []
    return Sheet(name, (*rows, CHILD, ("1 May 2018", event, "Notes")))


def test_a_sheet_of_its_own_child_is_not_told_of_the_child_before() -> None:
    book = Given("x.xlsx", [_of("A", "Ash", "a", born="1 May 2012"), _of("B", "Birch", "b")])
    one, other = read(book).rows
    assert (one.person, other.person) == ("Ash", "Birch")
    assert one.born is not None
    assert other.born is None


def test_a_second_table_of_a_sheet_is_read_under_its_own_titles() -> None:
    fuller = ("Time", "Date", "Action", "Event", "Source", "Comment")
    rows = [
        ("Kept", "by", "hand", None, None, None),
        ("Date", "Event", "Source", None, None, None),
        ("1 May 2018", "first", "Notes", None, None, None),
        ("Name of child: Birch", None, None, None, None, None),
        fuller,
        ("10:00", "2 May 2018", "Rang", "second", "Log", "A thought"),
    ]
    found = read(Given("x.xlsx", [Sheet("Rows", tuple(rows))]))
    assert [(r.event, r.date.text, r.action, r.source) for r in found.rows] == [
        ("first", "1 May 2018", "", "Notes"),
        ("second", "2 May 2018", "Rang", "Log"),
    ]
    assert [each.person for each in found.rows] == ["", "Birch"]
    assert [each.row for each in found.rejected] == [1, 4]
    assert found.notes == ["x.xlsx, Rows, row 5: other titles begin here."]


def test_a_day_is_taken_no_closer_than_its_cell_shows_it() -> None:
    titles = ("Date", "Event", "Source")
    day = date(2026, 5, 22)
    rows = (titles, (day, "a", "n"), (day, "b", "n"), (day, "c", "n"))
    shown = {(1, 0): "22 May", (2, 0): "May 2026"}
    merged = ("A3:A4",)
    found = read(Given("x.xlsx", [Sheet("Rows", rows, shown=shown, merged=merged)])).rows
    assert [each.date.text for each in found] == ["22 May", "May 2026", "22 May 2026"]
    assert [each.date.precision for each in found] == ["unknown", "month", "day"]
    assert found[0].notes[0].startswith('Cell A2 shows only "22 May".')


def test_a_date_merged_over_rows_is_each_time_as_it_is_shown() -> None:
    rows = (("Date", "Event", "Source"), (date(2026, 5, 22), "a", "n"), (None, "b", "n"))
    sheet = Sheet("Rows", rows, shown={(1, 0): "22 May"}, merged=("A2:A3",))
    assert [each.date.earliest for each in read(Given("x.xlsx", [sheet])).rows] == [None, None]


def test_a_row_that_a_tracked_change_takes_out_is_named() -> None:
    rows = (("Date", "Event", "Source"), (None, None, None), ("1 May 2018", "b", "n"))
    found = read(Given("x.docx", [Sheet("Table 1", rows, kind="table", struck=frozenset({1}))]))
    assert [(each.row, each.reason) for each in found.rejected] == [
        (2, "A tracked change takes the row out.")
    ]
    assert len(found.rows) == 1


def test_titles_merged_over_two_rows_stand_over_their_columns() -> None:
    rows = (
        ("Date", "Contact", None, "Source of information"),
        (None, "Who", "What", None),
        ("1 May 2018", "Nurse", "Seen", "Red book"),
    )
    merged = ("A1:A2", "B1:C1", "D1:D2")
    found = read(Given("x.xlsx", [Sheet("Rows", rows, merged=merged)]))
    (row_,) = found.rows
    assert (row_.date.text, row_.event, row_.source) == ("1 May 2018", "Seen", "Red book")
    assert row_.more == (("Who", "Nurse"),)
    assert found.rejected == []


def test_a_date_merged_over_its_time_and_over_rows_is_the_date_of_each() -> None:
    rows = (
        ("Date", "Time", "Event", "Source"),
        ("1 May 2018 10:00", None, "a", "n"),
        (None, None, "b", "n"),
        (None, None, "undated", "n"),
    )
    found = read(Given("x.xlsx", [Sheet("Rows", rows, merged=("A2:B3",))])).rows
    assert [each.date.earliest for each in found] == [date(2018, 5, 1), date(2018, 5, 1), None]


def test_from_and_to_are_days_only_where_nothing_else_is() -> None:
    letters = ("Date/Time", "From", "To", "Event", "Source")
    (row_,) = read(file("x.csv", ("1 May 2018", "GP", "HV", "a", "b"), titles=letters)).rows
    assert (row_.date.earliest, row_.end_date) == (date(2018, 5, 1), None)
    assert row_.more == (("From", "GP"), ("To", "HV"))
    (row_,) = read(
        file("x.csv", ("1 May 2018", "3 May 2018", "a", "b"), titles=("From", "To", *letters[3:]))
    ).rows
    assert row_.end_date is not None
    assert (row_.date.text, row_.end_date.text) == ("1 May 2018", "3 May 2018")


def test_what_is_asked_of_a_child_is_not_who_it_is() -> None:
    titles = ("Date", "Information", "Child seen? Y/N", "Child's voice", "Where recorded")
    (row_,) = read(file("x.csv", ("1 May 2018", "a", "Y", "Sad", "Log"), titles=titles)).rows
    assert (row_.event, row_.person, row_.source) == ("a", "", "Log")
    assert row_.more == (("Child seen? Y/N", "Y"), ("Child's voice", "Sad"))
    titles = ("Date", "Event", "Child’s name", "Source")
    (row_,) = read(file("x.csv", ("1 May", "a", "Sam", "b"), titles=titles)).rows
    assert row_.person == "Sam"


def test_the_day_of_an_event_goes_before_the_day_on_which_it_was_written_down() -> None:
    titles = ("Date recorded", "Date of incident", "Event", "Source")
    (row_,) = read(file("x.csv", ("9 May 2018", "1 May 2018", "a", "b"), titles=titles)).rows
    assert row_.date.text == "1 May 2018"
    assert row_.more == (("Date recorded", "9 May 2018"),)


def test_a_sheet_without_a_child_of_its_own_is_not_told_of_the_sheet_before() -> None:
    other = Sheet("B", (CHILD, ("1 May 2018", "b", "Notes")))
    first = _of("A", "Ash", "a", born="1 May 2012")
    first = replace(first, rows=(("Agency", "Riverside Hospital", None), *first.rows))
    one, two = read(Given("x.xlsx", [first, other])).rows
    assert (one.person, two.person, two.born) == ("Ash", "", None)
    assert (one.agency, two.agency) == ("Riverside Hospital", "Riverside Hospital")


def test_a_name_with_its_date_of_birth_in_one_cell_is_both() -> None:
    rows = [("Child: Sam Reed (DOB: 1/5/2012)", None, None), CHILD, ("1 May 2018", "a", "n")]
    (row_,) = read(Given("x.xlsx", [Sheet("Rows", tuple(rows))])).rows
    assert row_.person == "Sam Reed"
    assert row_.born is not None
    assert row_.born.earliest == date(2012, 5, 1)

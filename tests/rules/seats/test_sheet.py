"""What is wrong with a row of a sheet of seats."""

from __future__ import annotations

import pytest

from concordat.domain.base.seats.rules.sheet import COLUMNS, NEEDED, Known, lines

KNOWN = Known(
    bodies={"executive": "Executive"},
    agencies={"eastshire": "Eastshire"},
    seats={("executive", "chair")},
)
GOOD = {"Body": "Executive", "Seat": "Delegate"}


def problems(**cells: str) -> tuple[str, ...]:
    told = {**GOOD, **{name.replace("_", " "): value for name, value in cells.items()}}
    return lines([(2, told)], KNOWN)[0].problems


def test_a_good_row_has_no_problem_and_its_date_is_canonical() -> None:
    told = {
        **GOOD,
        "Capacity": "Voting",
        "Office": "Delegate",
        "Agency": "eastshire",
        "Holder": "Director",
        "Deputy": "Deputy director",
        "From": "1 April 2026",
    }
    (line,) = lines([(7, told)], KNOWN)
    assert not line.problems
    assert (line.row, line.capacity, line.office) == (7, "voting", "delegate")
    assert line.from_text == "2026-04-01"
    assert set(told) <= set(COLUMNS)
    assert set(NEEDED) <= set(COLUMNS)


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"Seat": ""}, "no title"),
        ({"Body": ""}, "No body"),
        ({"Body": "Executve"}, "Did you mean “Executive”?"),
        ({"Agency": "Eastshir"}, "Did you mean “Eastshire”?"),
        ({"Agency": "Qqq"}, "There is no agency"),
        ({"Capacity": "votting"}, "Did you mean “voting”?"),
        ({"Office": "king"}, "“king” is no office"),
        ({"Holder": "Nurse", "Deputy": "nurse"}, "The deputy is the holder"),
        ({"From": "soon"}, "“soon” is not a date"),
        ({"Seat": "Chair"}, "on record already"),
    ],
)
def test_what_is_wrong_is_told_with_its_mend(cells: dict[str, str], told: str) -> None:
    (found,) = problems(**cells)
    assert told in found


def test_the_same_seat_twice_is_told_at_the_second() -> None:
    first, second = lines([(2, GOOD), (3, {**GOOD, "Seat": " delegate "})], KNOWN)
    assert not first.problems
    assert second.problems == ("The same seat stands above in this sheet.",)

"""A grade that is stated and not settled."""

from __future__ import annotations

import pytest

from concordat.domain.base.seats.rules import grade_in_doubt


@pytest.mark.parametrize(
    ("grade", "grading", "told"),
    [
        ("PO8", "to be graded", "The profile states PO8, and that the role is still to be graded."),
        (
            "PO8 TBC",
            "to be confirmed",
            "The profile states PO8 TBC, which is still to be confirmed.",
        ),
        ("PO8", "graded", ""),
        ("PO8", "", ""),
        ("", "to be graded", ""),
    ],
)
def test_a_stated_grade_that_is_not_settled_is_told(grade: str, grading: str, told: str) -> None:
    assert grade_in_doubt(grade, grading) == told

"""When a role's grade is stated and yet not settled."""

from __future__ import annotations

UNSETTLED = ("to be graded", "to be confirmed")


def grade_in_doubt(grade: str, grading: str) -> str:
    """What somebody must settle: a profile that states a grade and says that it is still to be
    graded contradicts itself. Empty where it does not."""
    if grade and grading in UNSETTLED:
        return f"The profile states {grade} and says that the role is {grading}."
    return ""

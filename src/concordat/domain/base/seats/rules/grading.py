"""When a role's grade is stated and yet not settled."""

from __future__ import annotations


def grade_in_doubt(grade: str, grading: str) -> str:
    """What somebody must settle: a profile that states a grade and says that it is still to be
    graded contradicts itself. Empty where it does not."""
    if grade and grading == "to be graded":
        return f"The profile states {grade}, and that the role is still to be graded."
    if grade and grading == "to be confirmed":
        return f"The profile states {grade}, which is still to be confirmed."
    return ""

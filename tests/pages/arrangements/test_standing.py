"""How each step of a set-up stands: honest for a partnership with nothing in it, and onwards."""

from __future__ import annotations

from dataclasses import replace

import pytest

from concordat.web.arrangements.standing import Stand, checked, far, tasks_of
from concordat.web.ui.states import Progress

NONE = Stand(partners=(("council", 0), ("health", 0), ("police", 0)))
WHOLE = Stand(
    areas=1,
    partners=(("council", 2), ("health", 1), ("police", 2)),
    bodies=2,
    settled=2,
    seated=2,
    seats=6,
    held=6,
    sitting_posts=6,
    filled_posts=6,
    matters=1,
    delegated=5,
)
NOT, PART, LATER, DONE = (
    Progress.NOT_STARTED,
    Progress.IN_PROGRESS,
    Progress.CANNOT_START,
    Progress.COMPLETED,
)


def stands(stand: Stand) -> list[Progress]:
    return [task.stands for task in tasks_of("here", stand)]


def test_nothing_is_completed_where_there_is_nothing() -> None:
    assert stands(NONE) == [NOT, NOT, NOT, LATER, LATER, LATER, NOT, LATER, LATER]


def test_everything_is_completed_where_nothing_is_lacking() -> None:
    assert stands(WHOLE) == [DONE] * 9


@pytest.mark.parametrize(
    ("at", "change"),
    [
        (1, {"partners": (("council", 1), ("health", 0), ("police", 0))}),
        (2, {"settled": 1}),
        (2, {"settled": 0}),
        (3, {"seated": 1}),
        (4, {"held": 5}),
        (5, {"filled_posts": 1}),
        (7, {"delegated": 4}),
        (8, {"gaps": 1}),
        (8, {"matters": 0}),
    ],
)
def test_a_step_that_is_begun_is_in_progress(at: int, change: dict[str, int]) -> None:
    assert stands(replace(WHOLE, **change))[at] is PART  # type: ignore[arg-type]


def test_the_check_waits_for_something_to_check() -> None:
    assert checked(NONE) is LATER
    assert checked(replace(NONE, areas=3, matters=2)) is LATER
    assert checked(replace(NONE, bodies=1)) is PART


@pytest.mark.parametrize(
    ("made", "of", "after", "wanted"),
    [(0, 0, False, LATER), (0, 2, True, NOT), (1, 2, True, PART), (2, 2, True, DONE)],
)
def test_how_far_a_step_is(made: int, of: int, after: bool, wanted: Progress) -> None:
    assert far(made, of, after=after) is wanted

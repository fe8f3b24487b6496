"""What there is to do when somebody leaves or moves, and what of it is done already."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from concordat.domain.governance.arrangements.queries import ByName
from concordat.kernel.labels import count
from concordat.web.ui.parts import Task
from concordat.web.ui.states import Progress

FORM = "#page-form"
BY_NAME = "#by-name"


def of_a_leaver(asks: Sequence[Any], stays: Sequence[Any], held: ByName) -> list[Task]:
    """Their asks handed on, what was theirs by name, and their last day."""
    left = f"{count(len(asks), 'open ask')}: choose below who takes each" if asks else ""
    return [
        _to_do("Hand over what waits for them", FORM, left, "Nothing waits for them"),
        _by_name(held),
        Task(
            "Record their last day",
            Progress.NOT_STARTED,
            FORM,
            f"{_seats(stays)} They can no longer sign in after it.",
        ),
    ]


def of_a_mover(stays: Sequence[Any], held: ByName) -> list[Task]:
    hint = f"{_seats(stays)} Those of the new post follow."
    return [_by_name(held), Task("Record the move", Progress.NOT_STARTED, FORM, hint)]


def _seats(stays: Sequence[Any]) -> str:
    if not stays:
        return "Their post sits nowhere."
    return f"{count(len(stays), 'seat')} {'stays' if len(stays) == 1 else 'stay'} with the post."


def _by_name(held: ByName) -> Task:
    """What lapses is given anew, if at all, once they have gone: here it is looked at."""
    named = [
        count(len(rows), noun)
        for rows, noun in ((held.seats, "seat"), (held.delegations, "delegation"))
        if rows
    ]
    left = f"{' and '.join(named)}, listed below" if named else ""
    done = "Nothing was given to them by name"
    return _to_do("Look at what lapses with their name", BY_NAME, left, done)


def _to_do(title: str, place: str, left: str, done: str) -> Task:
    if left:
        return Task(title, Progress.NOT_STARTED, place, left)
    return Task(title, Progress.COMPLETED, hint=done)

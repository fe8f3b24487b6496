"""More rows of every list on the pages of chronologies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from concordat.domain.base.records.models import Record
from concordat.domain.practice.chronologies import operations, queries
from concordat.domain.practice.chronologies.models import Contribution
from concordat.domain.practice.chronologies.rules import MarkKind, Part
from tests.operations.chronologies.examples import HEAD, TERMS

if TYPE_CHECKING:
    from tests.pages.furnished import Furnished

More = Callable[["Furnished", range], None]


def more_chronologies(stands: Furnished, numbers: range) -> None:
    for each in numbers:
        operations.open_chronology(
            stands.house.manager.actor, partnership=stands.house.here,
            terms=replace(TERMS, title=f"Bird {each}"),
        )  # fmt: skip


def more_about(stands: Furnished, numbers: range) -> None:
    about = Record.objects.get(pk=stands.risk.pk)
    for each in numbers:
        operations.open_chronology(
            stands.house.manager.actor, partnership=stands.house.here, about=about,
            terms=replace(TERMS, title=f"Bird {each}"),
        )  # fmt: skip


def more_of_the_team(stands: Furnished, numbers: range) -> None:
    for _ in numbers:
        operations.name_member(
            stands.house.manager.actor, chronology=stands.told.row,
            whom=stands.house.chair.seat.record, part=Part.REVIEWER,
        )  # fmt: skip


def _give(stands: Furnished, of: Contribution, numbers: range) -> None:
    manager = stands.house.manager.actor
    turn = queries.versions(manager, of).count()
    rows = "".join(
        f"{1 + n % 28} May 2018,,Seen at clinic {n} with a mark on arm {n},,,Notes {turn}\n"
        for n in range(numbers.stop)
    )
    file = queries.preview(manager, of, "more.csv", (HEAD + rows).encode())
    version = operations.give_file(manager, contribution=of, file=file)
    operations.sign_off(manager, contribution=of, digest=version.digest)


def more_rows(stands: Furnished, numbers: range) -> None:
    _give(stands, stands.told.agency, numbers)


def more_told(stands: Furnished, numbers: range) -> None:
    _give(stands, stands.told.agency, numbers)
    _give(stands, stands.told.other, numbers)
    # What was merged once is kept, with few rows as with many: only the first to look waits.
    queries.view(stands.house.manager.actor, stands.told.row)


def more_marks(stands: Furnished, numbers: range) -> None:
    for each in numbers:
        operations.mark(
            stands.house.manager.actor, entry=stands.told.entry, kind=MarkKind.ADULT,
            value=f"Adult {each}",
        )  # fmt: skip
        operations.dispute(
            stands.house.manager.actor, entry=stands.told.entry,
            contribution=stands.told.other, words=f"Not so {each}", source="Log",
        )  # fmt: skip


OF_CHRONOLOGIES: dict[str, More] = {
    "chronologies": more_chronologies,
    "on": more_about,
    "chronology": more_of_the_team,
    "agency": more_rows,
    "merged": more_told,
    "found": more_told,
    "row": more_marks,
}

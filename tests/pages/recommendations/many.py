"""More rows of every list on the pages of recommendations."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.recommendations import operations
from concordat.domain.base.recommendations.models import Recommendation
from concordat.domain.base.recommendations.operations import Came
from concordat.domain.base.recommendations.rules import Showing
from concordat.domain.base.records.models import Record
from concordat.domain.base.seats import operations as seats
from concordat.domain.base.seats.models import Body
from tests.operations.mail.cast import DAY, LOADER
from tests.pages.recommendations.furniture import checked, drafted, taken_over

if TYPE_CHECKING:
    from tests.pages.furnished import Furnished


def _accepted(stands: Furnished) -> Recommendation:
    return Recommendation.objects.select_related("record", "partnership").get(
        record__reference=stands.recommended.accepted
    )


def more_addressed(stands: Furnished, numbers: range) -> None:
    """Owned, addressed, told more than once, and from a record."""
    agency = Agency.objects.get(pk=stands.agency.pk)
    owner = _accepted(stands).owner
    for each in numbers:
        row = taken_over(stands.house, f"Tell borough {each}", agency=agency, owner=owner)
        operations.update(LOADER, recommendation=row, words=f"Told {each}")


def more_same(stands: Furnished, numbers: range) -> None:
    row = _accepted(stands)
    for each in numbers:
        other = drafted(stands.house, f"Tell the next borough {each}")
        operations.say_same(LOADER, recommendation=row, other=other)


def more_pairs(stands: Furnished, numbers: range) -> None:
    for each in numbers:
        first, second = (drafted(stands.house, f"Ask twice {each} {turn}") for turn in "ab")
        operations.say_same(LOADER, recommendation=first, other=second)


def more_waiting(stands: Furnished, numbers: range) -> None:
    for each in numbers:
        checked(stands.house, f"Work this {each}")


def more_bodies(stands: Furnished, numbers: range) -> None:
    for each in numbers:
        body = seats.set_down(
            LOADER,
            partnership=stands.house.here,
            kind="bodies",
            key=f"works-{each}",
            values={"name": f"Works {each}", "kind": "panel"},
        )
        assert isinstance(body, Body)
        operations.set_caseload(LOADER, body=body, at_least=2, reason="Agreed")


def more_from_one(stands: Furnished, numbers: range) -> None:
    source = Record.objects.get(pk=stands.risk.pk)
    for each in numbers:
        drafted(stands.house, f"From it {each}", Came(record=source))


def more_of_one(stands: Furnished, numbers: range) -> None:
    """What was said and updated on one."""
    row = _accepted(stands)
    for each in numbers:
        operations.add_voice(
            LOADER,
            recommendation=row,
            who=Showing.CHILDREN,
            words=f"I said it {each} times",
            source="Youth panel",
            on=DAY,
        )


OF_RECOMMENDATIONS: dict[str, tuple[Callable[[Furnished, range], None], str]] = {
    "recommendations": (more_addressed, ""),
    "recommendation": (more_of_one, ""),
    "told_before": (more_same, ""),
    "before": (more_pairs, "?q=tell+the+next+borough"),
    "bodies": (more_bodies, ""),
    "body": (more_waiting, ""),
    "agency": (more_addressed, ""),
    "on": (more_from_one, ""),
}
"""The name of each list, how to make more of its rows, and what is asked of its address."""

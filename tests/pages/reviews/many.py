"""More rows of every list on the pages of incidents."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from concordat.domain.base.agencies.models import Area
from concordat.domain.practice.reviews import operations
from concordat.domain.practice.reviews.models import Incident
from concordat.domain.practice.reviews.operations import Decided
from concordat.domain.practice.reviews.queries import criteria_of
from concordat.domain.practice.reviews.rules import Outcome
from tests.operations.mail.cast import LOADER
from tests.pages.reviews.incident_furniture import told

if TYPE_CHECKING:
    from tests.pages.furnished import Furnished


def more_incidents(stands: Furnished, numbers: range) -> None:
    area = Area.objects.select_related("partnership").get(partnership=stands.house.here, key="weir")
    for _ in numbers:
        told(stands.house, area)


def more_of_one(stands: Furnished, numbers: range) -> None:
    """It is decided again and again, which is told each time."""
    rows = Incident.objects.select_related("record", "partnership", "area")
    row = rows.get(record__reference=stands.incidents.decided)
    reasons = dict.fromkeys(criteria_of(LOADER, row), "Weighed")
    for each in numbers:
        asked = Decided(outcome=Outcome.LOCAL, why=f"Seen {each} times", reasons=reasons)
        operations.decide(LOADER, incident=row, decided=asked, reason="New facts")


OF_INCIDENTS: dict[str, Callable[[Furnished, range], None]] = {
    "incidents": more_incidents,
    "incident": more_of_one,
}
"""The name of each list, and how to make more of its rows."""

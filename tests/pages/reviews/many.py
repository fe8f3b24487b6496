"""More rows of every list on the pages of incidents."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from concordat.domain.base.agencies.models import Area
from concordat.domain.practice.reviews import operations
from concordat.domain.practice.reviews.models import Incident
from concordat.domain.practice.reviews.operations import Decided
from concordat.domain.practice.reviews.queries import criteria_of, statutory_partners
from concordat.domain.practice.reviews.rules import Outcome, Weight
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
        asked = Decided(outcome=Outcome.LOCAL, why=f"Seen {each} times", reasons=reasons,
                        without_panel="By telephone")  # fmt: skip
        operations.decide(LOADER, incident=row, decided=asked, reason="New facts")


def more_weighings(stands: Furnished, numbers: range) -> None:
    """A partner weighs a criterion again and again: every word is kept."""
    rows = Incident.objects.select_related("record", "partnership", "area")
    row = rows.get(record__reference=stands.incidents.notified)
    [agency] = statutory_partners(LOADER, row)[:1]
    for each in numbers:
        operations.weigh(
            LOADER, incident=row, criterion=next(iter(criteria_of(LOADER, row))),
            agency=agency.agency, weight=Weight.MET, reason=f"Said {each} times",
        )  # fmt: skip


OF_INCIDENTS: dict[str, Callable[[Furnished, range], None]] = {
    "incidents": more_incidents,
    "incident": more_of_one,
    "incident_criteria": more_weighings,
}
"""The name of each list, and how to make more of its rows."""

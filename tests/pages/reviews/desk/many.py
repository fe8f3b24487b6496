"""More rows of every list on the pages of local reviews."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from concordat.domain.base.agencies import operations as agencies
from concordat.domain.base.agencies.models import Agency
from concordat.domain.practice.reviews import operations, queries
from concordat.domain.practice.reviews.models import Review
from concordat.domain.practice.reviews.rules.desk import List, Part, Points, Proceeding
from concordat.kernel.actor import Office
from tests.operations.mail.cast import DAY, LOADER, sits
from tests.pages.reviews.desk.furniture import begun

if TYPE_CHECKING:
    from tests.pages.furnished import Furnished

More = Callable[["Furnished", range], None]


def _row(stands: Furnished) -> Review:
    return queries.review(stands.house.manager.actor, stands.reviewed.open)


def more_reviews(stands: Furnished, numbers: range) -> None:
    for each in numbers:
        begun(stands.house, f"Label {each}")


def more_entries(*kinds: List) -> More:
    def more(stands: Furnished, numbers: range) -> None:
        row, by = _row(stands), stands.house.manager.actor
        for each in numbers:
            for kind in kinds:
                operations.add_entry(
                    by, review=row, kind=kind, what=f"Thing {each}", who="Named nurse", planned=DAY
                )

    return more


def more_people(stands: Furnished, numbers: range) -> None:
    row, by = _row(stands), stands.house.manager.actor
    for each in numbers:
        seat = sits(stands.house.here, stands.house.board, f"Pan {each}", Office.MEMBER).seat
        made = operations.ask_member(by, review=row, part=Part.PANEL, seat=seat, why="Knows it")
        operations.agree_fee(by, member=made, what="A day", amount=100)


def more_reports(stands: Furnished, numbers: range) -> None:
    _more_reports(stands, _row(stands), "trust", numbers)


def more_owed(stands: Furnished, numbers: range) -> None:
    """Agencies that report and are not asked yet whether the facts about them are right."""
    by = stands.house.manager.actor
    _more_reports(stands, queries.review(by, stands.reviewed.clearing), "clinic", numbers)


def _more_reports(stands: Furnished, row: Review, kind: str, numbers: range) -> None:
    by = stands.house.manager.actor
    for each in numbers:
        agency = agencies.set_down(
            LOADER, partnership=stands.house.here, kind="agencies", key=f"{kind}-{each}",
            values={"name": f"{kind.capitalize()} {each}", "agency_class": "health"},
        )  # fmt: skip
        assert isinstance(agency, Agency)
        operations.ask_report(
            by, review=row, agency=agency, seat=stands.house.health.seat,
            due=DAY + timedelta(days=9),
        )  # fmt: skip


def more_proceedings(stands: Furnished, numbers: range) -> None:
    row, by = _row(stands), stands.house.manager.actor
    for each in numbers:
        operations.begin_proceeding(
            by, review=row, kind=Proceeding.OTHER, what=f"Thing {each}", holds=False
        )


def more_findings(stands: Furnished, numbers: range) -> None:
    row, by = _row(stands), stands.house.manager.actor
    for each in numbers:
        line = operations.add_line(by, review=row, question=f"Who knew {each}?")
        operations.point(by, line=line, kind=Points.DOCUMENT, place=f"Page {each}")
        found = operations.add_finding(by, review=row, title=f"Late {each}", says="So", line=line)
        operations.recommend(by, finding=found, title=f"Tell {each}", change="Tell at once")


def more_events(stands: Furnished, numbers: range) -> None:
    row, by = _row(stands), stands.house.manager.actor
    for each in numbers:
        event = operations.plan_event(by, review=row, title=f"Event {each}", on=DAY)
        operations.tell_attendance(
            by, event=event, partnership=stands.house.here, invited=9, came=each % 9
        )
        operations.add_follow_up(
            by, event=event, partnership=stands.house.here, what=f"Tell {each}",
            due=DAY + timedelta(days=9),
        )  # fmt: skip


OF_REVIEWS: dict[str, More] = {
    "reviews": more_reviews,
    "people": more_people,
    "agencies": more_reports,
    "voices": more_entries(List.PRACTITIONER),
    "method": more_entries(List.STAGE, List.CHECKPOINT),
    "proceedings": more_proceedings,
    "findings": more_findings,
    "learning": more_events,
    "clearance": more_owed,
}
"""The name of each list and how to make more of its rows."""

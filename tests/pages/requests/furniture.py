"""Requests for information in every state, and what stands in the addresses of their pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from concordat.domain.base.agencies.models import Area
from concordat.domain.base.records.models import Record
from concordat.domain.base.requests import operations
from concordat.domain.base.requests.models import Request
from tests.operations.mail.cast import House, Sitter
from tests.operations.requests.examples import ANSWERS, Desk


@dataclass(frozen=True)
class Requested:
    """One of each state that has acts of its own, and one of which only two seats know."""

    draft: str
    sent: str
    answered: str
    refused: str
    closely: str

    def cases(self, name: str) -> dict[str, dict[str, Any]]:
        """Values for the places of a route within requests."""
        row = getattr(self, _STATE.get(name, "sent"))
        return {"partnership": {"reference": row}, "restricted": {"reference": self.closely}}


_STATE = {
    **dict.fromkeys(("send", "amend"), "draft"),
    **dict.fromkeys(("accept", "back", "use"), "answered"),
    "press": "refused",
}


def live_area(house: House) -> Area | None:
    """The area that has gone live: of areas that differ a request names one."""
    return Area.objects.filter(partnership=house.here.pk, key="weir").first()


def sent(house: House, of: Sitter, about: Record | None = None) -> Request:
    desk = Desk(house)
    row = desk.draft(seat=of.seat, about=about, area=live_area(house))
    return operations.send(desk.asker, request=row)


def requested(house: House, about: Record, closely: Record) -> Requested:
    desk = Desk(house)
    rows = [sent(house, house.member, about) for _ in range(3)]
    operations.answer(desk.asked, request=rows[1], answers=ANSWERS)
    operations.refuse(desk.asked, request=rows[2], reason="Legal privilege")
    council = house.council
    hidden = desk.draft(
        by=council.actor, requester=council.seat, seat=house.chair.seat, about=closely,
        area=live_area(house),
    )  # fmt: skip
    operations.send(council.actor, request=hidden)
    made = [desk.draft(area=live_area(house)), *rows, hidden]
    return Requested(*(row.record.reference for row in made))

"""Requests for information in an invented partnership."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from concordat.domain.base.agencies.models import Area
from concordat.domain.base.agencies.operations import set_down
from concordat.domain.base.asks.models import Ask
from concordat.domain.base.clocks.operations import set_area_live
from concordat.domain.base.clocks.rules import Arrangements
from concordat.domain.base.mail.rules import TOKEN
from concordat.domain.base.records.models import Record
from concordat.domain.base.requests import operations
from concordat.domain.base.requests.models import Request
from concordat.domain.base.requests.operations import Asked
from concordat.domain.base.requests.rules import Stage
from concordat.domain.base.seats.models import Seat
from concordat.kernel.actor import Actor, process
from tests.operations.mail.cast import LOADER, House, build

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DOOR = f"https://example.org/guest/{TOKEN}"
DUE = date(2019, 4, 5)
ANSWERS = dict.fromkeys(
    ("known", "last", "contacts", "worried", "now", "secured", "who"), "We do not know"
)


@dataclass(frozen=True)
class Desk:
    house: House

    @property
    def asker(self) -> Actor:
        """Health's delegate, who asks."""
        return self.house.health.actor

    @property
    def asked(self) -> Actor:
        return self.house.member.actor

    def draft(self, by: Actor | None = None, **more: Any) -> Request:
        told: dict[str, Any] = {
            "requester": self.house.health.seat,
            "seat": None if more.get("name") else self.house.member.seat,
            "form": "incident",
            "purpose": "A rapid review",
            "exact": "Contacts since January",
            "deliver_to": "The administrator",
            "due": DUE,
        }
        return operations.draft(
            by or self.asker, partnership=self.house.here, asked=Asked(**(told | more))
        )

    def sent(self, **more: Any) -> Request:
        return operations.send(self.asker, request=self.draft(**more), door=DOOR, now=NOW)

    def answered(self, **more: Any) -> Request:
        row = self.sent(**more)
        return operations.answer(self.asked, request=row, answers=ANSWERS)

    def area(self, name: str, live_on: date | None = None) -> Area:
        """One of the partnership's own areas, gone live on a day or not at all."""
        here = self.house.here
        area = set_down(
            LOADER, partnership=here, kind="areas", key=name.lower(), values={"name": name}
        )
        assert isinstance(area, Area)
        if live_on:
            set_area_live(
                LOADER, area=area, arrangements=Arrangements.SAFEGUARDING, live_on=live_on,
                source="The published arrangements, page 2",
            )  # fmt: skip
        return area


def again(row: Request) -> Request:
    return Request.objects.select_related("record", "requester", "seat", "link").get(pk=row.pk)


def stage(row: Request) -> Stage:
    return again(row).stage_is


def version(row: Request) -> int:
    return Record.objects.get(pk=row.pk).version


def asked(seat: Seat) -> list[str]:
    rows = Ask.objects.filter(seat=seat, cleared_on=None).order_by("pk")
    return [f"{row.errand} {row.what}" for row in rows]


def timer(day: date) -> Actor:
    return process("request watcher", day)


def opened() -> Desk:
    return Desk(build())

"""Actions raised in an invented partnership by the operations that real ones use."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from concordat.domain.base.actions import operations
from concordat.domain.base.actions.models import Action
from concordat.domain.base.agencies import operations as agencies
from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.asks.models import Ask
from concordat.domain.base.records.models import Record
from concordat.domain.base.seats import operations as seats
from concordat.domain.base.seats.models import Seat
from concordat.domain.base.seats.queries import actor_for
from concordat.kernel.actor import Actor, Office, process
from tests.operations.mail.cast import LOADER, House, Sitter, build, sits

DUE = date(2019, 4, 26)
LATER = date(2019, 5, 31)
WHAT = "Agree the threshold document"


@dataclass(frozen=True)
class Desk:
    """The invented partnership with two agencies: health has a seat and an agency lead."""

    house: House
    health: Agency
    police: Agency
    lead: Sitter

    @property
    def chair(self) -> Actor:
        return self.house.chair.actor

    @property
    def manager(self) -> Actor:
        return self.house.manager.actor

    @property
    def owner(self) -> Actor:
        return self.house.health.actor

    def add(self, by: Actor | None = None, **more: Any) -> Action:
        told: dict[str, Any] = {
            "source": more.pop("source", None) or self.house.risk(),
            "what": WHAT,
            "set_by": self.house.board,
            "owner": self.house.health.seat,
            "due": None if more.get("look_every") else DUE,
        }
        return operations.add(by or self.manager, **(told | more))

    def closed(self, **more: Any) -> Action:
        action = self.add(**more)
        operations.close(self.owner, action=action, done="Agreed on 10 April.")
        return again(action)


def on(actor: Actor, day: date) -> Actor:
    return replace(actor, on=day)


def at(sitter: Sitter, day: date) -> Actor:
    return actor_for(sitter.person, on=day)


def timer(day: date) -> Actor:
    return process("action watcher", day)


def again(action: Action) -> Action:
    rows = Action.objects.select_related("record", "owner_seat", "owner_agency", "agency", "set_by")
    return rows.get(pk=action.pk)


def version(action: Action) -> int:
    return Record.objects.get(pk=action.pk).version


def asked(seat: Seat, errand: str | None = None) -> list[str]:
    """What is open with a seat, as My work would say it."""
    rows = Ask.objects.filter(seat=seat, cleared_on=None).order_by("pk")
    rows = rows.filter(errand=errand) if errand else rows
    return [f"{row.errand} {row.what}" for row in rows]


def agency(house: House, key: str, name: str) -> Agency:
    row = agencies.set_down(
        LOADER,
        partnership=house.here,
        kind="agencies",
        key=key,
        values={"name": name, "agency_class": key},
    )
    assert isinstance(row, Agency)
    return Agency.objects.select_related("record", "partnership").get(pk=row.pk)


def opened() -> Desk:
    house = build()
    health = agency(house, "health", "Heath ICB")
    police = agency(house, "police", "Heath Police")
    seats.set_down(
        LOADER,
        partnership=house.here,
        kind="seats",
        key="hetty-health",
        values={"agency": health},
    )
    lead = sits(house.here, house.board, "Lee Lead", Office.AGENCY_LEAD)
    seats.set_down(
        LOADER, partnership=house.here, kind="seats", key="lee-lead", values={"agency": health}
    )
    fresh = Seat.objects.select_related("record", "body", "agency")
    house = replace(house, health=replace(house.health, seat=fresh.get(pk=house.health.seat.pk)))
    lead = replace(lead, seat=fresh.get(pk=lead.seat.pk))
    return Desk(house, health, police, lead)

"""A partnership with an area, a board, a manager and a co-ordinator, and a member of one agency."""

from __future__ import annotations

import json
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import Any

from concordat.domain.base.agencies import operations as agencies
from concordat.domain.base.agencies.models import Area, Partnership
from concordat.domain.base.clocks import operations
from concordat.domain.base.clocks.models import Clock
from concordat.domain.base.people import operations as people
from concordat.domain.base.people.models import Person
from concordat.domain.base.records.models import Event, EventDetail, Record
from concordat.domain.base.records.operations import open_record
from concordat.domain.base.records.rules import RecordKind
from concordat.domain.base.seats import operations as seats
from concordat.domain.base.seats.models import Body, Seat
from concordat.domain.base.seats.queries import actor_for
from concordat.domain.base.seats.rules import Holding
from concordat.kernel.actor import Actor, Office, process
from concordat.kernel.sensitivity import Sensitivity
from tests.rows import kept, models_of

DAY = date(2019, 3, 29)
KNOWN = date(2019, 3, 28)
"""The day an incident became known: the notification is due on Thursday 4 April."""
LOADER = process("loader", DAY)


@dataclass(frozen=True)
class House:
    home: Partnership
    area: Area
    board: Body
    review: Record
    seats: dict[str, Seat]
    people: dict[str, Person]

    def actor(self, name: str, on: date = DAY) -> Actor:
        return actor_for(self.people[name], on=on)

    @property
    def record(self) -> Record:
        return self.home.record

    def incident(self, **more: Any) -> Record:
        return opened(self.record, **more)

    def clock(self, **more: Any) -> Clock:
        """The notification of an incident, held by the member."""
        given: dict[str, Any] = {
            "record": self.review,
            "rule": "SIN-CRIT",
            "started_by": "the council heard of the incident",
            "on": KNOWN,
            "holder": self.seats["member"],
        }
        return operations.start(LOADER, **{**given, **more})


def opened(partnership: Record, **more: Any) -> Record:
    told = {"kind": RecordKind.REVIEW, "title": "Heron", "opened": DAY}
    return open_record(LOADER, partnership=partnership, **{**told, **more})


def built(slug: str = "heath", prefix: str = "HEATH") -> House:
    name = f"{slug.capitalize()} Safeguarding Children Partnership"
    home = agencies.found(LOADER, slug=slug, name=name, prefix=prefix)
    area = _set(agencies.set_down, home, "areas", slug, name=slug.capitalize())
    board = _set(seats.set_down, home, "bodies", "board", name="Executive group", kind="executive")
    sat: dict[str, Seat] = {}
    known: dict[str, Person] = {}
    for key, office in (
        ("manager", Office.STRATEGY_MANAGER),
        ("co-ordinator", Office.CO_ORDINATOR),
        ("member", Office.AGENCY_LEAD),
        ("other", Office.MEMBER),
    ):
        sat[key], known[key] = _seated(home, board, key, office)
    return House(home, area, board, opened(home.record), sat, known)


def _seated(home: Partnership, board: Body, key: str, office: Office) -> tuple[Seat, Person]:
    role = key.capitalize()
    seat = _set(seats.set_down, home, "seats", key, role=role, body=board, office=office.value)
    post = _set(seats.set_down, home, "posts", key, title=role)
    _set(seats.set_down, home, "holders", key, seat=seat, post=post, holding=Holding.HOLDER.value)
    person = people.register(
        LOADER,
        partnership=home.record,
        opened=date(2019, 1, 1),
        full_name=f"{role} Person",
        email=f"{key}@{home.slug}.example",
    )
    seats.take_post(LOADER, person=person, post=post, from_day=date(2019, 1, 1))
    return seat, person


def _set(set_down: Any, home: Partnership, row: str, key: str, **values: object) -> Any:
    return set_down(LOADER, partnership=home.record, kind=row, key=key, values=values)


def restricted(house: House) -> Record:
    return house.incident(title="Wren", sensitivity=Sensitivity.RESTRICTED)


def nothing_changed() -> AbstractContextManager[None]:
    """No row of clocks, asks or events."""
    return kept([*models_of("clocks", "asks"), Event], given=Event)


def last_event(verb: str) -> tuple[Event, dict[str, Any], dict[str, Any]]:
    """The newest event of this verb, with its before and after."""
    event = Event.objects.filter(verb=verb).latest("pk")
    detail = EventDetail.objects.get(pk=event.pk)
    return event, json.loads(detail.before), json.loads(detail.after)


def times(verb: str) -> int:
    return Event.objects.filter(verb=verb).count()

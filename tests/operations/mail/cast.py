"""A partnership whose seats, posts and people are set down by the operations that real ones use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from concordat.domain.base.agencies import operations as agencies
from concordat.domain.base.people import operations as people
from concordat.domain.base.people.models import Person
from concordat.domain.base.records import operations as records
from concordat.domain.base.records.models import Event, Record
from concordat.domain.base.records.rules import RecordKind
from concordat.domain.base.seats import operations as seats
from concordat.domain.base.seats.models import Body, Post, Seat
from concordat.domain.base.seats.queries import actor_for
from concordat.kernel.actor import Actor, Office, process
from concordat.kernel.sensitivity import Sensitivity

DAY = date(2019, 3, 29)
LOADER = process("loader", DAY)


@dataclass(frozen=True)
class Sitter:
    person: Person
    seat: Seat

    @property
    def actor(self) -> Actor:
        return actor_for(self.person, on=DAY)


@dataclass(frozen=True)
class House:
    """One partnership with an executive, and another with nobody who may look in."""

    here: Record
    there: Record
    board: Body
    manager: Sitter
    co_ordinator: Sitter
    chair: Sitter
    council: Sitter
    health: Sitter
    member: Sitter
    outsider: Sitter

    def risk(self, title: str = "Thresholds differ", **more: Any) -> Record:
        """Something to be worked on, of a kind that has no page of its own."""
        return records.open_record(
            LOADER,
            kind=RecordKind.REQUEST,
            title=title,
            partnership=self.here,
            opened=DAY,
            **more,
        )

    def restricted(self, title: str = "Heron", **more: Any) -> Record:
        """Something that the executive owns, and only it may open."""
        more = {"owner": self.chair.seat.record, **more}
        return self.risk(title, sensitivity=Sensitivity.RESTRICTED, **more)


def _body(partnership: Record, key: str, name: str) -> Body:
    row = seats.set_down(
        LOADER,
        partnership=partnership,
        kind="bodies",
        key=key,
        values={"name": name, "kind": "executive"},
    )
    assert isinstance(row, Body)
    return row


def sits(partnership: Record, body: Body, name: str, office: Office) -> Sitter:
    """Somebody in a post that holds a seat with this office, from the first of the year."""
    key = name.lower().replace(" ", "-")
    post = seats.set_down(
        LOADER, partnership=partnership, kind="posts", key=key, values={"title": name}
    )
    seat = seats.set_down(
        LOADER,
        partnership=partnership,
        kind="seats",
        key=key,
        values={"role": name, "body": body, "office": office},
    )
    assert isinstance(post, Post)
    assert isinstance(seat, Seat)
    first = date(2019, 1, 1)
    seats.appoint(LOADER, seat=seat, post=post, holding="holder", from_day=first)  # type: ignore[arg-type]
    person = people.register(
        LOADER,
        partnership=partnership,
        opened=DAY,
        full_name=name,
        email=f"{key}@example.org",
    )
    seats.take_post(LOADER, person=person, post=post, from_day=first)
    return Sitter(person, Seat.objects.select_related("record", "body").get(pk=seat.pk))


def build() -> House:
    here = agencies.found(LOADER, slug="here", name="Here", prefix="HERE").record
    there = agencies.found(LOADER, slug="there", name="There", prefix="THERE").record
    board = _body(here, "executive", "Executive")
    other = _body(there, "executive", "Other executive")
    return House(
        here=here,
        there=there,
        board=board,
        manager=sits(here, board, "Mary Manager", Office.STRATEGY_MANAGER),
        co_ordinator=sits(here, board, "Cora Ordinator", Office.CO_ORDINATOR),
        chair=sits(here, board, "Chai Reed", Office.CHAIR),
        council=sits(here, board, "Colin Council", Office.LEAD_PARTNER),
        health=sits(here, board, "Hetty Health", Office.DELEGATE),
        member=sits(here, board, "Meg Member", Office.MEMBER),
        outsider=sits(there, other, "Otto Outsider", Office.STRATEGY_MANAGER),
    )


def verbs_on(record: Record | None) -> list[str]:
    """What was done to a record, oldest first."""
    rows = Event.objects.filter(record=record.pk if record else None).order_by("pk")
    return list(rows.values_list("verb", flat=True))

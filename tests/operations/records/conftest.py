"""A small partnership with people in seats, built by the operations that real ones use."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest

from concordat.domain.base.records import operations
from concordat.domain.base.records.models import Event, EventDetail, Record
from concordat.domain.base.records.rules import RecordKind
from concordat.kernel.actor import Actor, Kind, Office, SeatHeld, process
from concordat.kernel.sensitivity import Sensitivity
from tests.casts import Casts, Kept
from tests.rows import Rows, kept, models_of, rows_of

DAY = date(2019, 3, 29)
SYSTEM = process("loader", DAY)
SEALER = process("sealer", DAY)


def opened(kind: RecordKind, title: str, partnership: Record | None = None, **more: Any) -> Record:
    return operations.open_record(
        SYSTEM, kind=kind, title=title, partnership=partnership, opened=DAY, **more
    )


def seated(person: Record, seat: Record, body: Record, office: Office) -> Actor:
    partnership = body.partnership_id
    assert partnership is not None
    held = SeatHeld(seat.pk, body.pk, partnership, office, seat.title, body.title)
    return Actor(Kind.PERSON, person.title, DAY, person.pk, seats=(held,))


def acting_for(principal: Actor, hand: Actor, *scope: str) -> Actor:
    return replace(
        principal,
        kind=Kind.ACTING_FOR,
        hand=hand.name,
        hand_person=hand.person,
        scope=frozenset(scope),
    )


@dataclass(frozen=True)
class Cast:
    """Two partnerships; in the first a board with a group below it."""

    here: Record
    there: Record
    board: Record
    group: Record
    other_board: Record
    manager: Actor
    co_ordinator: Actor
    chair: Actor
    member: Actor
    observer: Actor
    outsider: Actor
    there_manager: Actor

    def risk(self, title: str = "Thresholds differ", **more: Any) -> Record:
        return opened(RecordKind.RISK, title, self.here, **more)

    def restricted(self, title: str = "Heron", **more: Any) -> Record:
        return self.risk(title, sensitivity=Sensitivity.RESTRICTED, owner=self.group, **more)

    def record_of(self, actor: Actor) -> Record:
        return Record.objects.get(pk=actor.person)


def build() -> Cast:
    here = opened(RecordKind.PARTNERSHIP, "Here", prefix="HERE")
    there = opened(RecordKind.PARTNERSHIP, "There", prefix="THERE")
    board = opened(RecordKind.BODY, "Board", here)
    group = opened(RecordKind.BODY, "Review group", here)
    other_board = opened(RecordKind.BODY, "Other board", there)

    def sits(name: str, body: Record, office: Office) -> Actor:
        person = opened(RecordKind.PERSON, name)
        seat = opened(RecordKind.SEAT, f"{office.value} of {body.title}", body.partnership)
        return seated(person, seat, body, office)

    return Cast(
        here=here,
        there=there,
        board=board,
        group=group,
        other_board=other_board,
        manager=sits("Manager", board, Office.STRATEGY_MANAGER),
        co_ordinator=sits("Co-ordinator", board, Office.CO_ORDINATOR),
        chair=sits("Chair", group, Office.CHAIR),
        member=sits("Member", board, Office.MEMBER),
        observer=sits("Observer", board, Office.OBSERVER),
        outsider=sits("Outsider", other_board, Office.MEMBER),
        there_manager=sits("Their manager", other_board, Office.STRATEGY_MANAGER),
    )


@pytest.fixture(scope="session")
def whole_cast(casts: Casts) -> Kept[Cast]:
    return casts.keep(build)


@pytest.fixture
def cast(whole_cast: Kept[Cast]) -> Iterator[Cast]:
    with whole_cast.lent() as cast:
        yield cast


def rows() -> Rows:
    return rows_of(models_of("records"))


def nothing_changed() -> AbstractContextManager[None]:
    return kept(models_of("records"), given=Record)


def last_event(verb: str) -> tuple[Event, dict[str, Any], dict[str, Any]]:
    """The youngest event, with its before and after; its verb must be this one."""
    event = Event.objects.latest("pk")
    assert event.verb == verb
    detail = EventDetail.objects.get(pk=event.pk)
    return event, json.loads(detail.before), json.loads(detail.after)

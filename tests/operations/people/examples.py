"""People of an invented partnership with seats on its board, built by real operations."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from concordat.domain.base.people import operations, queries
from concordat.domain.base.people.models import Account, Person
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import open_record
from concordat.domain.base.records.rules import RecordKind
from concordat.domain.base.seats import operations as seats
from concordat.domain.base.seats.models import Body
from concordat.domain.base.seats.queries import actor_for
from concordat.domain.base.seats.rules import Holding
from concordat.kernel.actor import Actor, Office, process

DAY = date(2026, 3, 2)
LOADER = process("loader", DAY)
PASSWORD = "three unrelated herons"


@dataclass(frozen=True)
class House:
    """Heath: its manager, a director, the director's assistant, and a member elsewhere."""

    partnership: Record
    manager: Person
    director: Person
    assistant: Person
    outsider: Person

    def as_actor(self, person: Person, on: date = DAY) -> Actor:
        return actor_for(person, on=on)


def built() -> House:
    here = _partnership("HEATH", "Heath Safeguarding Children Partnership")
    there = _partnership("MOOR", "Moor Safeguarding Children Partnership")
    board, other = _body(here, "board"), _body(there, "board")
    return House(
        here,
        _seated(here, board, "Mo Lark", "manager", Office.STRATEGY_MANAGER),
        _seated(here, board, "Jo Patel", "director", Office.LEAD_PARTNER),
        _seated(here, board, "Kit Wren", "assistant", Office.OBSERVER),
        _seated(there, other, "Sam Rook", "member", Office.MEMBER),
    )


def _partnership(prefix: str, title: str) -> Record:
    return open_record(
        LOADER,
        kind=RecordKind.PARTNERSHIP,
        title=title,
        partnership=None,
        prefix=prefix,
        opened=DAY,
    )


def _body(partnership: Record, key: str) -> Body:
    values = {"name": "Board", "kind": "executive"}
    body = seats.set_down(LOADER, partnership=partnership, kind="bodies", key=key, values=values)
    assert isinstance(body, Body)
    return body


def _seated(partnership: Record, body: Body, name: str, key: str, office: Office) -> Person:
    """Somebody in a post that holds a seat."""
    person = operations.register(
        LOADER,
        partnership=partnership,
        opened=DAY,
        full_name=name,
        email=f"{key}@{partnership.reference.lower()}.example",
    )
    told = {"role": key.capitalize(), "body": body, "office": office.value}
    seat = _set(partnership, "seats", key, told)
    post = _set(partnership, "posts", key, {"title": key.capitalize()})
    held = {"seat": seat, "post": post, "holding": Holding.HOLDER}
    _set(partnership, "holders", key, held)
    seats.take_post(LOADER, person=person, post=post, from_day=DAY)  # type: ignore[arg-type]
    return person


def _set(partnership: Record, kind: str, key: str, values: dict[str, object]) -> object:
    return seats.set_down(LOADER, partnership=partnership, kind=kind, key=key, values=values)


def signed_up(person: Person, password: str = PASSWORD) -> Account:
    """Somebody who was invited and has set a password, and no authenticator yet."""
    invitation = operations.invite(LOADER, person=person, now=timezone.now())
    return operations.accept_invitation(
        queries.guest_of(invitation, DAY),
        invitation=invitation,
        password=password,
        now=timezone.now(),
    )


def code_of(secret: str, ahead: int = 0) -> str:
    """What an authenticator app shows, `ahead` half minutes from now."""
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead))

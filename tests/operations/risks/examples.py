"""Registers and risks that come to be by the operations that real ones use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from concordat.domain.base.asks.models import Ask
from concordat.domain.base.records.models import Record
from concordat.domain.base.seats import operations as seats
from concordat.domain.base.seats.models import Body
from concordat.domain.governance.risks import operations
from concordat.domain.governance.risks.models import Register, Risk
from concordat.domain.governance.risks.operations.taking import fresh
from concordat.domain.governance.risks.rules.schemes import READY
from concordat.kernel.actor import Actor, Office
from tests.operations.mail.cast import LOADER, Sitter, sits
from tests.operations.meetings.boardroom import Boardroom, built

JUNE = date(2019, 6, 28)
WORDS, FIVE = READY["words"], READY["five"]
OWNER = "posts:meg-member"


@dataclass(frozen=True)
class Desk:
    """A group below the executive, with a register of each: words above, five by five below.

    Meg Member owns the risk of the executive's register; another partnership looks on.
    """

    room: Boardroom
    group: Body
    group_chair: Sitter
    above: Register
    below: Register
    there: Register
    neighbour: Sitter
    risk: Risk

    @property
    def manager(self) -> Actor:
        return self.room.manager

    @property
    def chair(self) -> Actor:
        return self.room.chair

    @property
    def owner(self) -> Actor:
        return self.room.house.member.actor

    @property
    def council(self) -> Actor:
        return self.room.house.council.actor

    @property
    def outsider(self) -> Actor:
        return self.room.house.outsider.actor

    def now(self) -> Risk:
        return fresh(self.risk)

    def raised(self, register: Register | None = None, **more: Any) -> Risk:
        told: dict[str, Any] = {
            "title": "The analyst post stays empty",
            "reason": "Advertised twice",
            "current": ("LOW", "MEDIUM"),
        }
        where = register or self.above
        if where == self.below:
            told["current"] = ("4 Likely", "4 Major")
        return operations.add(self.manager, register=where, **(told | more))


def desk() -> Desk:
    room = built()
    house = room.house
    group = seats.set_down(
        LOADER,
        partnership=house.here,
        kind="bodies",
        key="operations-group",
        values={"name": "Operations group", "kind": "group", "parents": ["executive"]},
    )
    assert isinstance(group, Body)
    chair = sits(house.here, group, "Gert Groupchair", Office.CHAIR)
    above = _register(house.here, "Executive register", house.board, WORDS)
    below = _register(house.here, "Operations register", group, FIVE)
    other = Body.objects.get(partnership=house.there, key="executive")
    there = _register(house.there, "Their register", other, WORDS)
    risk = operations.add(
        LOADER,
        register=above,
        title="Thresholds differ between the boroughs",
        reason="Three referrals came back in March",
        current=("MEDIUM", "HIGH"),
        inherent=("HIGH", "HIGH"),
        target=("LOW", "MEDIUM"),
        controls=["A joint threshold document", "Monthly front-door meeting"],
        owner=OWNER,
        review_on=date(2019, 5, 1),
    )
    return Desk(room, group, chair, above, below, there, house.outsider, risk)


def _register(
    home: Record, title: str, keeper: Body, ready: tuple[tuple[str, ...], ...]
) -> Register:
    row = operations.open_register(
        LOADER,
        partnership=home,
        title=title,
        keeper=keeper,
        likelihoods=ready[0],
        impacts=ready[1],
        bands=ready[2],
    )
    return Register.objects.select_related("record__partnership", "partnership").get(pk=row.pk)


def asked(risk: Risk) -> list[tuple[str, str]]:
    """What is open on a risk: of which seat, to do what."""
    rows = Ask.objects.filter(record=risk.record, cleared_on=None).order_by("pk")
    return list(rows.values_list("seat__role", "errand"))

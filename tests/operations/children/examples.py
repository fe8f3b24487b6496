"""A partnership whose area may keep children, and one child with a mother, by real operations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from concordat.domain.base.agencies import operations as agencies
from concordat.domain.base.agencies.models import Area
from concordat.domain.base.documents.models import Document
from concordat.domain.practice.children import operations
from concordat.domain.practice.children.models import Child, Relative
from concordat.domain.practice.children.rules import Ground, What
from tests.operations.documents.papers import added, paper
from tests.operations.mail.cast import DAY, LOADER, House, build

REVIEW = date(2019, 12, 31)
NAME, NICKNAME, BORN, NHS = "Samuel Larkspur", "Sammo", "about May 2018", "943 476 5919"


@dataclass(frozen=True)
class Nest:
    """Hetty Health keeps the key besides the manager; the chair may open the child alone."""

    house: House
    area: Area
    paper: Document
    child: Child
    mother: Relative


def ground(house: House, area: Area, paper: Document, kind: Ground, **more: object) -> None:
    told: dict[str, object] = {
        "holder": "Here Council",
        "from_day": date(2019, 1, 1),
        "review_by": REVIEW,
        "document": None if kind is Ground.CONTROLLER else paper,
    }
    operations.state_ground(house.manager.actor, area=area, ground=kind, **(told | more))  # type: ignore[arg-type]


def nest() -> Nest:
    house = build()
    area = agencies.set_down(
        LOADER, partnership=house.here, kind="areas", key="bow", values={"name": "Bow"}
    )
    assert isinstance(area, Area)
    agreed = added(house, title="Sharing agreement", file=paper("agreed"))
    for kind in Ground:
        ground(house, area, agreed, kind)
    manager = house.manager.actor
    child = operations.keep_child(
        manager,
        area=area,
        label="Heron",
        keepers=[house.health.person.record],
        owner=house.chair.seat.record,
    )
    mother = operations.add_relative(manager, child=child, label="Mother", relation="Birth mother")
    for what, text in ((What.NAME, NAME), (What.NICKNAME, NICKNAME), (What.BIRTH, BORN)):
        operations.tell_identity(
            manager, child=child, what=what, text=text, provenance="Birth notification"
        )
    return Nest(house, area, agreed, child, mother)


__all__ = ["BORN", "DAY", "NAME", "NHS", "NICKNAME", "Nest", "ground", "nest"]

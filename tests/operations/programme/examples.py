"""A programme of the house with milestones that wait for each other, built by real operations."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from concordat.domain.base.agencies import operations as agencies
from concordat.domain.base.records.models import Event, EventDetail, Record
from concordat.domain.base.records.operations import restrict
from concordat.domain.base.seats.models import Post
from concordat.domain.governance.programme import operations
from concordat.domain.governance.programme.models import (
    Contract,
    Gate,
    Milestone,
    Need,
    Priority,
    Product,
    Programme,
)
from concordat.kernel.sensitivity import Sensitivity
from tests.operations.mail.cast import LOADER, House, build


@dataclass(frozen=True)
class Planned:
    """The house with a programme, whose milestones are owned by Meg Member's post."""

    house: House
    programme: Programme
    draft: Milestone
    publish: Milestone
    live: Milestone
    priority: Priority
    gate: Gate
    product: Product


def setting() -> Planned:
    house = build()
    agencies.set_down(
        LOADER, partnership=house.here, kind="areas", key="heath", values={"name": "Heath"}
    )
    programme = add(
        house, "programmes", "Transition", steered_by=["executive"], from_text="2019-01",
        state="under way",
    )  # fmt: skip
    owned = {"programme": programme, "owner": "posts:meg-member", "state": "planned"}
    draft = add(house, "milestones", "Draft", due="2019-05", **owned)
    publish = add(
        house, "milestones", "Publish", due="2019-06", depends_on=["draft"], rule="TR-PUBLISH",
        **owned,
    )  # fmt: skip
    live = add(
        house, "milestones", "Go live", due="2019-09", depends_on=["publish"], takes=60, **owned
    )
    priority = add(house, "priorities", "Missing children", programme=programme, numbered="1")
    gate = add(house, "gates", "Is a shared hub desirable?", priority=priority)
    product = add(
        house, "products", "Arrangements", programme=programme, accepted_by="posts:chai-reed"
    )
    return Planned(house, programme, draft, publish, live, priority, gate, product)


TITLED = {
    "cycle_findings": "says", "cycle_works": "what", "gates": "question",
    "learning_cycles": "theme", "lessons": "says", "obligations": "what",
}  # fmt: skip
"""The field that is asked first of a kind, where it is not its title."""


def add(house: House, kind: str, name: str, /, **values: Any) -> Any:
    """A row, set down by the manager."""
    field = TITLED.get(kind, "title")
    told = values if kind in ("rooms", "cycle_members") else {field: name, **values}
    return operations.add(
        house.manager.actor, partnership=house.here, kind=kind, name=name, values=told
    )


def post(house: House, key: str = "meg-member") -> Post:
    return Post.objects.get(partnership=house.here, key=key)


def a_need(house: House, title: str = "Write it", worth: str = "should", halves: int = 8) -> Need:
    need: Need = add(
        house, "needs", title, post=post(house), quarter="2019-Q2", halves=halves, worth=worth
    )
    return need


def a_contract(house: House, **more: Any) -> Contract:
    told = {
        "service": "independent scrutineer", "supplier": "Ivy Scrutineer", "agreed": 16,
        "rate": 50_000, "from_text": "2019-01", "to_text": "2019-06-30",
        "worked_by": "posts:meg-member", **more,
    }  # fmt: skip
    contract: Contract = add(house, "contracts", "Scrutiny of the first year", **told)
    return contract


def again(row: Any) -> Any:
    """The row as it stands now, with its record."""
    root = hasattr(row, "record_id")
    rows = type(row).objects.select_related(*(["record"] if root else []), "partnership")
    return rows.get(pk=row.pk)


def seen(row: Any) -> int:
    return int(again(row).record.version)


def held_closely(house: House, row: Any) -> None:
    """Let a thing be seen by the secretariat and whoever is named alone."""
    record = again(row).record
    restrict(LOADER, record=record, sensitivity=Sensitivity.RESTRICTED, reason="Names")


def _newest(record: Record) -> Event:
    return Event.objects.filter(record=record.pk).order_by("-pk")[0]


def kept_before(record: Record) -> Any:
    """What the newest event on a record says stood before it."""
    return json.loads(EventDetail.objects.get(pk=_newest(record).pk).before)


def kept_after(record: Record) -> Any:
    return json.loads(EventDetail.objects.get(pk=_newest(record).pk).after)


def reason_of(record: Record) -> str:
    """What stands in the part of the newest event that is never disposed of."""
    return str(_newest(record).reason)

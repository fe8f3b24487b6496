"""A partnership of two councils with an executive, delegations and something asked."""

from __future__ import annotations

import json
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from concordat.domain.base.agencies.models import Agency, Partnership
from concordat.domain.base.asks import operations as asks
from concordat.domain.base.asks.models import Ask
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.records.models import Event, EventDetail
from concordat.domain.base.seats import operations as seats
from concordat.domain.base.seats.models import Body, Holder, Incumbency, Post, Seat
from concordat.domain.base.seats.rules import Standing
from concordat.domain.governance.arrangements import operations as arrangements
from concordat.domain.governance.arrangements.models import Delegation
from concordat.kernel.actor import Actor
from tests.operations.mail.cast import DAY, LOADER, House
from tests.rows import kept, models_of

KEPT = ("records", "people", "agencies", "seats", "asks", "arrangements")


@dataclass(frozen=True)
class County:
    house: House
    home: Partnership
    east: Agency
    west: Agency
    learning: Body
    delegation: Delegation

    @property
    def manager(self) -> Actor:
        return self.house.manager.actor

    @property
    def member(self) -> Actor:
        return self.house.member.actor

    @property
    def council_seat(self) -> Seat:
        rows = Seat.objects.select_related("record", "body__record", "partnership", "agency")
        return rows.get(pk=self.house.council.seat.pk)

    def post(self, title: str) -> Post:
        row = seats.add(
            LOADER, partnership=self.house.here, kind="posts", name=title, values={"title": title}
        )
        assert isinstance(row, Post)
        return row

    def ask(self, what: str = "Answer six dates") -> Ask:
        return asks.raise_ask(
            LOADER,
            record=self.house.board.record,
            seat=self.council_seat,
            errand=Errand.ANSWER,
            what=what,
        )

    def incumbency(self) -> Incumbency:
        rows = Incumbency.objects.select_related("person__record", "post__partnership")
        return rows.get(person=self.house.council.person)


def built(house: House) -> County:
    here = house.here
    made = [
        arrangements.enter_agency(
            LOADER,
            partnership=here,
            values={"name": name, "agency_class": class_},
            is_partner=True,
        )
        for name, class_ in (("Eastshire", "council"), ("Westshire", "council"))
    ]
    seat = house.council.seat
    values = {"role": seat.role, "body": seat.body, "agency": made[0]}
    seats.set_down(LOADER, partnership=here, kind="seats", key=seat.key, values=values)
    post = Post.objects.get(partnership=here, key="colin-council")
    seats.set_down(
        LOADER,
        partnership=here,
        kind="posts",
        key=post.key,
        values={"title": post.title, "agency": made[0]},
    )
    arrangements.add(
        LOADER,
        partnership=here,
        kind="matters",
        name="Contributions",
        values={"title": "Contributions", "classes": ["council"]},
    )
    learning = seats.propose(
        LOADER,
        partnership=here,
        name="Learning group",
        state=Standing.PROPOSED,
        from_day=None,
        values={"kind": "subgroup", "parents": [house.board.key]},
    )
    delegation = arrangements.delegate(
        LOADER,
        agency=Agency.objects.select_related("partnership").get(pk=made[0].pk),
        to={"post": Post.objects.get(pk=post.pk)},
        limbs=["commit on policy", "commit on resources"],
        limit=500_000,
        instrument="cabinet decision",
        from_day=DAY,
    )
    return County(
        house,
        Partnership.objects.select_related("record").get(pk=here.pk),
        made[0],
        made[1],
        Body.objects.select_related("record", "partnership").get(pk=learning.pk),
        delegation,
    )


def holders(seat: Seat) -> list[tuple[str, str, str, str]]:
    """Each row of a seat: as what, who, from and to."""
    return [
        (row.holding, row.post.title if row.post else "", row.from_text, row.to_text)
        for row in Holder.objects.filter(seat=seat).select_related("post").order_by("pk")
    ]


def nothing_changed() -> AbstractContextManager[None]:
    """No row of the packages that these operations touch."""
    return kept(models_of(*KEPT), given=Seat)


def last(verb: str) -> tuple[Event, dict[str, Any]]:
    """The newest event of this verb, with what it says of afterwards."""
    event = Event.objects.filter(verb=verb).latest("pk")
    return event, json.loads(EventDetail.objects.get(pk=event.pk).after)

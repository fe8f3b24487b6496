"""Recommendations in an invented partnership, made by the operations that real ones use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.asks.models import Ask
from concordat.domain.base.recommendations import operations
from concordat.domain.base.recommendations.models import Recommendation
from concordat.domain.base.recommendations.operations import Before, Came, Wording
from concordat.domain.base.recommendations.rules import Origin, Point, Stage
from concordat.domain.base.records.models import Record
from concordat.domain.base.seats import operations as seats
from concordat.domain.base.seats.models import Body, Post, Seat
from concordat.kernel.actor import Actor, Office, process
from concordat.kernel.dates import UncertainDate
from tests.operations.actions.examples import agency
from tests.operations.mail.cast import LOADER, House, Sitter, build, sits

DUE = date(2019, 6, 28)
TITLE = "Share what is known about a family that moves between boroughs within one working day"
REVIEW = "Old serious case review, 2014 (Invented)"


@dataclass(frozen=True)
class Desk:
    """The executive, a body that works drafts with a chair and a member, an agency and a post."""

    house: House
    group: Body
    leader: Sitter
    worker: Sitter
    health: Agency
    post: Post

    @property
    def manager(self) -> Actor:
        return self.house.manager.actor

    @property
    def chair(self) -> Actor:
        return self.house.chair.actor

    @property
    def owner(self) -> Actor:
        return self.house.health.actor

    def draft(self, by: Actor | None = None, **more: Any) -> Recommendation:
        came = more.pop("came", Came(kind=Origin.OLD_REVIEW, title=REVIEW, number="1"))
        told = {"title": TITLE, "finding": "Two boroughs knew a half each"} | more
        return operations.draft(
            by or self.manager, partnership=self.house.here, wording=Wording(**told), came=came
        )

    def worked(self, **more: Any) -> Recommendation:
        row = self.draft(**more)
        return operations.send(self.manager, recommendation=row, to=self.group)

    def checked(self, **more: Any) -> Recommendation:
        """Worked on with every point answered, and no addressee or measure needed."""
        row = self.worked(**more)
        for point in Point:
            operations.check(
                self.worker.actor, recommendation=row, point=point, answer=False, reason="Seen"
            )
        return again(row)

    def proposed(self, **more: Any) -> Recommendation:
        row = self.checked(**more)
        return operations.put(self.leader.actor, recommendation=row, before=self.house.board)

    def accepted(self, **more: Any) -> Recommendation:
        """Accepted before it came here, so that nothing has to be worked first."""
        told = {"title": TITLE, "owner": self.post, "due": DUE} | more
        came = told.pop("came", Came(kind=Origin.OLD_REVIEW, title=REVIEW, number="1"))
        return operations.take_over(
            self.manager,
            partnership=self.house.here,
            wording=Wording(**told),
            came=came,
            before=Before(
                set_by=self.house.board,
                on=UncertainDate.parse("2014"),
                source="Minutes of the old board (Invented)",
            ),
        )

    def done(self, **more: Any) -> Recommendation:
        row = self.accepted(**more)
        return operations.say_done(
            self.owner, recommendation=row, done="Agreed", statement="The protocol", place="Page 3"
        )

    def adequate(self, **more: Any) -> Recommendation:
        row = self.done(**more)
        return operations.accept_as_adequate(self.chair, recommendation=row, reason="It holds")


def again(row: Recommendation) -> Recommendation:
    return Recommendation.objects.select_related(
        "record__partnership", "owner", "set_by", "worked_by", "asked", "partnership"
    ).get(pk=row.pk)


def version(row: Recommendation) -> int:
    return Record.objects.get(pk=row.pk).version


def timer(day: date) -> Actor:
    return process("recommendation watcher", day)


def asked(seat: Seat) -> list[str]:
    rows = Ask.objects.filter(seat=seat, cleared_on=None).order_by("pk")
    return [f"{row.errand} {row.what}" for row in rows]


def stage(row: Recommendation) -> Stage:
    return again(row).stage_is


def opened() -> Desk:
    house = build()
    values = {"name": "Recommendations and Oversight", "kind": "operational group"}
    group = seats.set_down(
        LOADER, partnership=house.here, kind="bodies", key="oversight", values=values
    )
    assert isinstance(group, Body)
    return Desk(
        house,
        Body.objects.select_related("record", "partnership").get(pk=group.pk),
        sits(house.here, group, "Rita Chair", Office.CHAIR),
        sits(house.here, group, "Wes Worker", Office.MEMBER),
        agency(house, "health", "Heath ICB"),
        Post.objects.select_related("agency", "partnership").get(
            partnership=house.here, key=house.health.seat.key
        ),
    )

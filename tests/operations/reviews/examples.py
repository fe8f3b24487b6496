"""A partnership of three partners with a new area and one under its old board, and an incident."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from concordat.domain.base.agencies import operations as agencies
from concordat.domain.base.agencies.models import Agency, Area
from concordat.domain.base.asks.models import Ask
from concordat.domain.base.clocks import operations as clocks
from concordat.domain.base.clocks.models import Clock
from concordat.domain.base.clocks.rules import LONDON, Arrangements
from concordat.domain.base.records.models import Record
from concordat.domain.base.seats import operations as seats
from concordat.domain.base.seats.models import Post, Seat
from concordat.domain.base.seats.queries import actor_for
from concordat.domain.practice.children.rules import Ground
from concordat.domain.practice.reviews import operations
from concordat.domain.practice.reviews.models import Incident, RapidDecision
from concordat.domain.practice.reviews.operations import Decided, Facts, Where
from concordat.domain.practice.reviews.queries import criteria_of, decision_of
from concordat.domain.practice.reviews.rules import Belief, Harm, Outcome, Stage
from concordat.kernel.actor import Actor, Office
from tests.operations.children.examples import ground
from tests.operations.documents.papers import added, paper
from tests.operations.mail.cast import LOADER, House, Sitter, build, sits

FRIDAY = date(2019, 5, 3)
"""The Friday before a bank holiday."""
KNOWN = datetime(2019, 5, 3, 16, 0, tzinfo=LONDON)
LATER = date(2019, 5, 9)
SENT = datetime(2019, 5, 9, 11, 30, tzinfo=LONDON)


@dataclass(frozen=True)
class Ward:
    """`new` has gone live, `old` follows its old board, `theirs` is another partnership's."""

    house: House
    police: Sitter
    board_chair: Sitter
    new: Area
    old: Area
    theirs: Area
    council: Agency
    health: Agency
    force: Agency
    school: Agency

    def actor(self, who: str = "manager", on: date = FRIDAY) -> Actor:
        sitter = getattr(self.house, who, None) or getattr(self, who)
        return actor_for(sitter.person, on=on)

    def facts(self, **more: Any) -> Facts:
        told: dict[str, Any] = {
            "known_at": KNOWN,
            "happened_on": "1 May 2019",
            "belief": Belief.SUSPECTED,
            "belief_on": "Bruises that do not fit the account",
            "harm": Harm.SERIOUS,
            "harm_on": "Two fractures, seen by the hospital",
            "age": 0,
        }
        return Facts(**(told | more))

    def told(self, area: Area | None = None, by: str = "member", **more: Any) -> Incident:
        return operations.tell(
            self.actor(by),
            partnership=self.house.here,
            area=area or self.new,
            facts=self.facts(**more),
        )

    def notified(self, area: Area | None = None, **more: Any) -> Incident:
        row = self.told(area, **more)
        return operations.notify(
            self.actor("council", LATER), incident=row, sent_at=SENT, number="N-1"
        )

    def decided(self, row: Incident, on: date = LATER, **more: Any) -> RapidDecision:
        asked = self.decision(row, **more)
        return operations.decide(self.actor("manager", on), incident=row, decided=asked)

    def decision(self, row: Incident, **more: Any) -> Decided:
        told: dict[str, Any] = {
            "outcome": Outcome.OLD if row.old_board else Outcome.LOCAL,
            "why": "Three agencies each knew a part",
            "reasons": dict.fromkeys(criteria_of(LOADER, row), "Weighed together"),
            "without_panel": "By telephone, with all three",
        }
        return Decided(**(told | more))

    def sign(self, row: Incident, who: str, on: date = LATER) -> None:
        sitter = getattr(self.house, who, None) or getattr(self, who)
        held = decision_of(LOADER, row)
        assert held
        operations.sign(self.actor(who, on), incident=row, seat=sitter.seat, digest=held.digest)

    def signed(self, row: Incident, on: date = LATER) -> None:
        for who in ("council", "health", "police"):
            self.sign(row, who, on)


def second_seat(ward: Ward, agency: Agency, name: str) -> Sitter:
    """Somebody else who speaks for a partner."""
    sitter = sits(ward.house.here, ward.house.board, name, Office.DELEGATE)
    _speaks(ward.house, sitter, agency)
    return sitter


def sits_for(ward: Ward, sitter: Sitter, agency: Agency) -> None:
    """Who sits in one seat speaks for another partner as well, from a seat of its own."""
    seat = seats.set_down(
        LOADER, partnership=ward.house.here, kind="seats", key=f"{agency.key}-second",
        values={"role": "Second seat", "body": ward.house.board, "office": Office.DELEGATE,
                "agency": agency},
    )  # fmt: skip
    post = Post.objects.get(partnership=ward.house.here, key=sitter.seat.key)
    first = date(2019, 1, 1)
    seats.appoint(LOADER, seat=cast(Seat, seat), post=post, holding="holder", from_day=first)


def again(row: Incident) -> Incident:
    rows = Incident.objects.select_related("record", "partnership", "area", "child__record")
    return rows.get(pk=row.pk)


def stage(row: Incident) -> Stage:
    return again(row).stage_is


def version(row: Incident) -> int:
    return Record.objects.get(pk=row.pk).version


def clock(row: Incident, rule: str) -> Clock:
    return Clock.objects.get(record=row.record, rule=rule)


def rules_that_run(row: Incident) -> dict[str, str]:
    rows = Clock.objects.filter(record=row.record).order_by("rule")
    return {each.rule: each.stage for each in rows}


def asked(seat: Seat) -> list[str]:
    rows = Ask.objects.filter(seat=seat, cleared_on=None).order_by("pk")
    return [f"{row.errand} {row.what}" for row in rows]


def _agency(house: House, key: str, name: str, of_class: str) -> Agency:
    row = agencies.set_down(
        LOADER, partnership=house.here, kind="agencies", key=key,
        values={"name": name, "agency_class": of_class},
    )  # fmt: skip
    return cast(Agency, row)


def _speaks(house: House, sitter: Sitter, agency: Agency, of_class: str = "") -> None:
    seats.set_down(
        LOADER, partnership=house.here, kind="seats", key=sitter.seat.key,
        values={"role": sitter.seat.role, "body": sitter.seat.body, "office": sitter.seat.office,
                "agency": agency},
    )  # fmt: skip
    if of_class:
        seats.set_down(
            LOADER, partnership=house.here, kind="partners", key=of_class,
            values={"agency": agency, "partner_class": of_class},
        )  # fmt: skip


def _area(partnership: Record, key: str, name: str) -> Area:
    row = agencies.set_down(
        LOADER, partnership=partnership, kind="areas", key=key, values={"name": name}
    )
    return Area.objects.select_related("partnership").get(pk=row.pk)


def opened() -> Ward:
    house = build()
    police = sits(house.here, house.board, "Pia Police", Office.DELEGATE)
    board = seats.set_down(
        LOADER, partnership=house.here, kind="bodies", key="old-board",
        values={"name": "Old board", "kind": "old board"},
    )  # fmt: skip
    chair = sits(house.here, cast(Any, board), "Olga Chair", Office.CHAIR)
    council = _agency(house, "council", "Here Council", "council")
    health = _agency(house, "ccg", "Here CCG", "health")
    force = _agency(house, "force", "Here Police", "police")
    school = _agency(house, "school", "Here School", "education")
    for sitter, agency, of_class in (
        (house.council, council, "council"),
        (house.health, health, "health"),
        (police, force, "police"),
        (house.member, school, ""),
    ):
        _speaks(house, sitter, agency, of_class)
    new, old = _area(house.here, "bow", "Bow"), _area(house.here, "mile-end", "Mile End")
    theirs = _area(house.there, "poplar", "Poplar")
    clocks.set_area_live(
        LOADER, area=new, arrangements=Arrangements.SAFEGUARDING, live_on=date(2018, 10, 1),
        source="Published arrangements",
    )  # fmt: skip
    agreed = added(house, title="Sharing agreement", file=paper("agreed"))
    for area in (new, old):
        for kind in Ground:
            ground(house, area, agreed, kind, review_by=date(2030, 1, 1))
    return Ward(house, police, chair, new, old, theirs, council, health, force, school)


__all__ = ["FRIDAY", "KNOWN", "LATER", "SENT", "Ward", "Where", "again", "opened"]

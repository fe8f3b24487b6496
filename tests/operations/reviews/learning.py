"""Four agencies and two boroughs that share a group: for referrals, routes and escalations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from concordat.domain.base.agencies import operations as agencies
from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.asks.models import Ask
from concordat.domain.base.mail.rules import TOKEN
from concordat.domain.base.records.models import Record
from concordat.domain.base.seats import operations as seats
from concordat.domain.base.seats.models import Body, Seat
from concordat.domain.practice.reviews.models import Escalation, LearningReferral
from concordat.domain.practice.reviews.operations import (
    escalations,
    referrals,
    referrals_learning,
)
from concordat.domain.practice.reviews.operations.escalations import Raised
from concordat.domain.practice.reviews.operations.referrals import Told
from concordat.domain.practice.reviews.rules.escalations import PolicyStage
from concordat.kernel.actor import Office, process
from tests.operations.mail.cast import LOADER, House, Sitter, build, sits

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DOOR = f"http://testserver/guest/{TOKEN}"
STAGES = (PolicyStage("Between the practitioners", 2), PolicyStage("Between their managers", 3))
TOLD: dict[str, str] = {
    "kind": "near miss",
    "harm": "no",
    "what": "A gate stood open at home time",
    "why": "Anybody could have walked out",
    "setting": "A primary school",
    "lesson": "Who shuts it is on the rota",
}


@dataclass(frozen=True)
class Learning:
    house: House
    school: Agency
    surgery: Agency
    head: Sitter
    nurse: Sitter
    group: Body
    leader: Sitter

    def told(self, **more: str) -> Told:
        return Told(**(TOLD | more))

    def referred(self, **more: Any) -> LearningReferral:
        told = {"second": self.nurse.seat, "told": self.told()} | more
        return referrals.refer(self.head.actor, partnership=self.house.here, **told)

    def agreed(self) -> LearningReferral:
        return referrals.agree(self.nurse.actor, referral=self.referred(), why="I saw it too")

    def taken(self) -> LearningReferral:
        row = self.agreed()
        return referrals_learning.take_on(self.leader.actor, referral=row, why="Gates elsewhere")

    def invited(self) -> LearningReferral:
        return referrals.invite(
            self.house.manager.actor, partnership=self.house.here, agency=self.school,
            name="Jo Patel", email="jo@example.org", door=DOOR, now=NOW,
        )  # fmt: skip

    def raised(self, **more: Any) -> Escalation:
        told: dict[str, Any] = {
            "other": self.surgery,
            "theirs": self.nurse.seat,
            "about": "Whether to see the child again",
            "wanted": "A visit this week",
            "label": "Wren",
        }
        return escalations.raise_it(
            self.head.actor, partnership=self.house.here, raised=Raised(**(told | more))
        )


def _agency(house: House, key: str, name: str) -> Agency:
    values = {"name": name, "agency_class": "education" if key == "school" else "health"}
    row = agencies.set_down(LOADER, partnership=house.here, kind="agencies", key=key, values=values)
    assert isinstance(row, Agency)
    return row


def _of(house: House, name: str, agency: Agency) -> Sitter:
    sitter = sits(house.here, house.board, name, Office.AGENCY_LEAD)
    values = {"role": name, "body": house.board, "agency": agency, "office": Office.AGENCY_LEAD}
    seats.set_down(LOADER, partnership=house.here, kind="seats", key=sitter.seat.key, values=values)
    seat = Seat.objects.select_related("record", "body", "agency").get(pk=sitter.seat.pk)
    return Sitter(sitter.person, seat)


def _group(house: House) -> Body:
    row = seats.set_down(
        LOADER, partnership=house.there, kind="bodies", key="learning",
        values={"name": "Joint learning group", "kind": "subgroup"},
    )  # fmt: skip
    assert isinstance(row, Body)
    return row


def learning_of(house: House) -> Learning:
    school, surgery = _agency(house, "school", "Ash School"), _agency(house, "gp", "Elm Surgery")
    group = _group(house)
    made = Learning(
        house, school, surgery, _of(house, "Hana Head", school), _of(house, "Nia Nurse", surgery),
        group, sits(house.there, group, "Lea Leader", Office.CHAIR),
    )  # fmt: skip
    referrals.set_group(
        LOADER, partnership=house.here, group=group.record, source="The joint agreement, page 4"
    )
    escalations.set_policy(
        LOADER, partnership=house.here, stages=STAGES, source="Escalation policy, May 2018"
    )
    return made


def opened() -> Learning:
    return learning_of(build())


def again(row: LearningReferral) -> LearningReferral:
    return LearningReferral.objects.select_related("record", "link", "group").get(pk=row.pk)


def version(row: Any) -> int:
    return Record.objects.get(pk=row.pk).version


def asked(seat: Seat) -> list[str]:
    rows = Ask.objects.filter(seat=seat, cleared_on=None).order_by("pk")
    return [f"{row.errand} {row.what}" for row in rows]


def timer(day: date) -> Any:
    return process("escalation watcher", day)

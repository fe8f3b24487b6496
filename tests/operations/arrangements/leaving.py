"""An area that is still with its old board, with all that has to stand before it goes live."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from concordat.domain.base.agencies import operations as agencies
from concordat.domain.base.agencies.models import Area, Partnership
from concordat.domain.base.clocks.models import Clock
from concordat.domain.base.records.models import Hold
from concordat.domain.base.seats import operations as seats
from concordat.domain.base.seats.models import Body
from concordat.domain.base.seats.rules import Standing
from concordat.domain.governance.arrangements import operations
from concordat.domain.governance.arrangements.models import Decision, GoLivePoint
from concordat.domain.governance.arrangements.rules.go_live import Point, Told
from concordat.kernel.actor import Actor, Office
from tests.operations.mail.cast import DAY, LOADER, House, Sitter, sits

FIRST = "2019-01-01"
POLICIES = Told(Point.POLICIES, True, "The threshold document is in force.")
LINES = tuple(f"TR-HANDOVER-{n}" for n in range(1, 8))


@dataclass(frozen=True)
class Heath:
    house: House
    home: Partnership
    area: Area
    police: Sitter
    board: Body
    board_executive: Body
    learning: Body
    decision: Decision

    @property
    def manager(self) -> Actor:
        return self.house.manager.actor

    @property
    def health(self) -> Actor:
        return self.house.health.actor

    def recheck(self, *answers: Told, actor: Actor | None = None) -> int:
        asker = actor or self.manager
        return operations.recheck(
            asker, partnership=self.home, area=self.area, answers=answers or ()
        )

    def points(self) -> dict[str, GoLivePoint]:
        rows = GoLivePoint.objects.filter(area=self.area).select_related("hold", "area")
        return {row.point: row for row in rows}

    def open(self) -> set[str]:
        return {name for name, row in self.points().items() if not row.stands}

    def holds(self) -> list[Hold]:
        return list(Hold.objects.filter(blocks="go live", released_on=None).order_by("pk"))

    def clocks(self) -> dict[str, tuple[str, date | None]]:
        rows = Clock.objects.filter(partnership=self.home.pk)
        return {row.rule: (row.stage, row.due) for row in rows}

    def waive(self, *points: Point) -> None:
        for point in points:
            operations.waive(
                self.manager,
                partnership=self.home,
                point=self.points()[point],
                decision=self.decision,
                reason="It follows in May",
            )

    def answer_handover(self) -> None:
        for item in LINES:
            operations.rule_out_handover(
                self.manager, partnership=self.home, item=item, reason="The board holds none"
            )

    def agree_terms(self) -> None:
        seats.agree_terms(
            self.manager,
            body=self.learning,
            from_day=DAY,
            values={"title": "Terms", "state": "agreed"},
        )

    def delegate(self) -> None:
        for key in ("council", "health", "police"):
            seat = self.police.seat if key == "police" else getattr(self.house, key).seat
            rows = agency_rows(self.home)
            operations.delegate(
                LOADER,
                agency=rows[key],
                to={"seat": seat},
                limbs=["commit on policy"],
                instrument="letter",
                from_day=date(2019, 1, 1),
            )

    def ready(self) -> None:
        """Everything that can be put right here; what needs an edition is waived."""
        self.agree_terms()
        self.delegate()
        self.answer_handover()
        self.recheck(POLICIES)
        self.waive(Point.SIGNED, Point.PUBLIC)

    def go_live(self, on: date = DAY, **more: Any) -> Any:
        told: dict[str, Any] = {
            "partnership": self.home,
            "area": self.area,
            "on": on,
            "source": "Minute 4 of the executive",
            "starting": [self.learning],
            "ending": [self.board, self.board_executive],
        }
        return operations.go_live(self.manager, **{**told, **more})

    def step(self, step: str, day: str, *, done: bool = True, **more: Any) -> None:
        operations.add(
            LOADER,
            partnership=self.house.here,
            kind="steps",
            name=step,
            values={
                "title": step.capitalize(),
                "step": step,
                "state": "done" if done else "planned",
                "date": day,
                "source": "A paper",
                **more,
            },
        )


def agency_rows(home: Partnership) -> dict[str, Any]:
    from concordat.domain.base.agencies.models import Agency

    rows = Agency.objects.filter(partnership=home.pk).select_related("partnership", "record")
    return {row.agency_class: row for row in rows}


def leaving(house: House) -> Heath:
    here = house.here
    police = sits(here, house.board, "Petra Police", Office.DELEGATE)
    area = agencies.add(
        LOADER, partnership=here, kind="areas", name="Heath", values={"name": "Heath"}
    )
    for class_, sitter in (
        ("council", house.council),
        ("health", house.health),
        ("police", police),
    ):
        agency = operations.enter_agency(
            LOADER,
            partnership=here,
            values={"name": f"Heath {class_}", "agency_class": class_},
            is_partner=True,
        )
        values = {"role": sitter.seat.role, "body": sitter.seat.body, "agency": agency}
        seats.set_down(LOADER, partnership=here, kind="seats", key=sitter.seat.key, values=values)
    bodies = {
        name: seats.propose(
            LOADER,
            partnership=here,
            name=name,
            state=state,
            from_day=None,
            values={"kind": kind, "parents": parents},
        )
        for name, state, kind, parents in (
            ("Heath board", Standing.IN_FORCE, "old board", []),
            ("Board executive", Standing.IN_FORCE, "executive", ["heath-board"]),
            ("Learning group", Standing.SHADOW, "subgroup", [house.board.key]),
        )
    }
    decision = operations.add(
        LOADER,
        partnership=here,
        kind="decisions",
        name="Go live in spring",
        values={"title": "Go live in spring", "body": house.board, "state": "made"},
    )
    full = {row.name: row for row in Body.objects.select_related("record", "partnership")}
    return Heath(
        house,
        Partnership.objects.select_related("record").get(pk=here.pk),
        Area.objects.select_related("partnership").get(pk=area.pk),
        police,
        *(full[name] for name in bodies),
        decision,
    )

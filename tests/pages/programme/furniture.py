"""A programme with something on each of its pages, and what stands in the addresses of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from concordat.domain.base.agencies import operations as agencies
from concordat.domain.base.seats.models import Post
from concordat.domain.governance.measures import operations as measures
from concordat.domain.governance.measures.models import Measure
from concordat.domain.governance.programme import operations
from concordat.domain.governance.programme.models import (
    Appointment,
    Claim,
    Contract,
    Gate,
    Joining,
    LearningCycle,
    Lesson,
    Milestone,
    Need,
    Obligation,
    Priority,
    Product,
    Programme,
)
from concordat.kernel.dates import UncertainDate
from tests.operations.mail.cast import DAY, LOADER, House
from tests.operations.programme.examples import TITLED


@dataclass(frozen=True)
class Programmed:
    """One of each thing of a plan."""

    programme: Programme
    milestone: Milestone
    priority: Priority
    gate: Gate
    product: Product
    lesson: Lesson
    obligation: Obligation
    contract: Contract
    claim: Claim
    need: Need
    measure: Measure
    appointment: Appointment
    cycle: LearningCycle
    asked: Joining
    asking: Joining

    def case(self, name: str) -> dict[str, Any]:
        """Values for the places of a route of programmes or measures."""
        space, _, last = name.partition(":")
        if space == "measures":
            here = {"slug": "here"}
            one = {"reference": self.measure.record.reference}
            return here if last in ("measures", "define") else one
        if last in _OF_THE_PARTNERSHIP:
            return {"slug": "here", **_OF_THE_PARTNERSHIP[last]}
        if last == "recruit":
            return {"slug": "here", "key": self.appointment.key, "verb": "fill"}
        if last in ("set_aside", "take_up"):
            return {"slug": "here", "key": self.need.key}
        if last == "joining":
            return {"slug": "here", "pk": self.asked.pk}
        held, more = self._of(last)
        return {"reference": held.record.reference, **more}

    def _of(self, last: str) -> tuple[Any, dict[str, Any]]:
        if last in ("milestone", "replan", "reach", "updates"):
            return self.milestone, {}
        if last in ("priority", "choose", "end", "decide"):
            return self.priority, {"key": self.gate.key} if last == "decide" else {}
        if last in ("learning_cycle", "report_cycle", "answer_cycle", "check_impact"):
            return self.cycle, {}
        if last in ("product", "hand_over", "accept", "send_back"):
            return self.product, {}
        if last in ("contract", "claims", "order", "claim", "renew", "end_contract"):
            return self.contract, {}
        if last in ("approve", "refuse", "withdraw_claim"):
            return self.contract, {"pk": self.claim.pk}
        more: dict[str, dict[str, Any]] = {
            "link": {"key": self.lesson.key},
            "fulfil": {"key": self.obligation.key},
            "move": {"verb": "delay"},
            "highlights_file": {"form": "docx"},
            "withdraw": {"pk": self.asking.pk},
            "leave": {"slug": "third"},
        }
        return self.programme, more.get(last, {})


_OF_THE_PARTNERSHIP: dict[str, dict[str, Any]] = {
    "appointments": {},
    "overview": {},
    "capacity": {},
    "contracts": {},
    "new_row": {"kind": "milestones"},
    "amend_row": {"kind": "priorities", "key": "missing-children"},
}


def programmed(house: House) -> Programmed:
    """Built by real operations: a milestone planned again, a contract with days claimed."""
    for name in ("Third", "Fourth"):
        agencies.found(LOADER, slug=name.lower(), name=name, prefix=name.upper())
    programme = row(
        house, "programmes", "Transition", steered_by=["executive"], state="under way",
        partnerships=["third"],
    )  # fmt: skip
    milestone = row(
        house, "milestones", "Publish", programme=programme, due="2019-06", owner="posts:meg-member"
    )
    operations.replan(
        LOADER, milestone=milestone, due=UncertainDate.parse("2019-06-20"), reasons=["Late"],
        agreed_by="Executive",
    )  # fmt: skip
    priority = row(house, "priorities", "Missing children", programme=programme)
    contract = row(
        house, "contracts", "Scrutiny", service="independent scrutineer", supplier="Ivy", agreed=16,
        to_text="2019-12",
    )  # fmt: skip
    operations.order(LOADER, contract=contract, number="PO-1")
    measure = measures.define(
        LOADER, partnership=house.here, title="Missing episodes", facts={"better": "lower"}
    )
    measures.put_value(LOADER, measure=measure, at=UncertainDate.parse("2019-02"), value="4")
    need = row(
        house, "needs", "Write it", post=a_post(house), quarter="2019-Q2", halves=8, worth="should"
    )
    return Programmed(
        programme,
        milestone,
        priority,
        row(house, "gates", "Is a hub desirable?", priority=priority),
        row(house, "products", "Plan", programme=programme, accepted_by="posts:chai-reed"),
        row(house, "lessons", "Ask early", kind="challenge", theme="Time", programme=programme),
        row(house, "obligations", "Send a return", kind="return", programme=programme),
        contract,
        operations.claim(LOADER, contract=contract, worked=DAY, halves=2, what="Read"),
        need,
        measure,
        row(house, "appointments", "Analyst", how="An advert", state="under way"),
        learnt(house, priority),
        *proposals(house, programme),
    )


def learnt(house: House, priority: Priority) -> LearningCycle:
    """A cycle with somebody in it, an audit and a suggestion that the board has."""
    cycle = row(
        house, "learning_cycles", "Missing from school", model="learning hub", priority=priority,
        run_by="bodies:executive", lead="posts:meg-member", from_text="2019-01", to_text="2019-04",
        state="under way",
    )  # fmt: skip
    row(house, "cycle_members", "Meg", cycle=cycle, post=a_post(house), part="leads")
    row(house, "cycle_works", "Audit", cycle=cycle, sort="multi-agency audit")
    row(house, "cycle_findings", "Late calls", cycle=cycle, suggests="Call on the first day")
    told = {"body": house.board, "reported_on": DAY, "summary": "Calls come late"}
    held: LearningCycle = operations.report(LOADER, cycle=cycle, **told)
    return held


def proposals(house: House, programme: Programme) -> tuple[Joining, Joining]:
    """One that this partnership has to answer, and one that it made."""
    theirs = operations.add(
        LOADER, partnership=house.there, kind="programmes", name="Theirs",
        values={"title": "Theirs"},
    )  # fmt: skip
    asked = operations.propose(LOADER, programme=theirs, partnership=house.here, reason="One force")
    return asked, operations.propose(
        LOADER, programme=programme, partnership=house.there, reason="One force"
    )


def row(house: House, kind: str, name: str, /, **values: Any) -> Any:
    """One row of the plan, under a name."""
    told = values if kind == "cycle_members" else {TITLED.get(kind, "title"): name, **values}
    return operations.add(LOADER, partnership=house.here, kind=kind, name=name, values=told)


def a_post(house: House) -> Post:
    return Post.objects.get(partnership=house.here, key="meg-member")

"""Referrals and disagreements in every state, and what stands in the addresses of their pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from concordat.domain.practice.reviews import operations, queries
from concordat.domain.practice.reviews.models import GroupCase, GroupEvent, LearningReferral
from concordat.domain.practice.reviews.operations import (
    joint_events,
    referrals_learning,
    routes,
)
from concordat.domain.practice.reviews.rules.routes import RouteStep
from tests.operations.mail.cast import DAY, LOADER, House
from tests.operations.reviews.learning import Learning, learning_of


@dataclass(frozen=True)
class Learnt:
    """One of each state that has acts of its own, by its reference."""

    cast: Learning
    referred: str
    awaited: str
    agreed: str
    returned: str
    taken: str
    raised: str
    group: str
    planned: str
    held: str
    case: int

    def cases(self, name: str) -> dict[str, dict[str, Any]]:
        """Values for the places of a route within reviews that is of these; else nothing."""
        if name in ("caseload", "event_plan"):
            return {"partnership": {"reference": self.group}}
        if name == "case_off":
            return {"partnership": {"reference": self.group, "pk": self.case}}
        if name == "event" or name.startswith("event_"):
            row = self.planned if name in ("event_move", "event_off") else self.held
            return {"partnership": {"reference": row}}
        if name == "referral" or name.startswith("referral_"):
            row = getattr(self, _STATE.get(name.partition("_")[2], "referred"))
            return {"partnership": {"reference": row}}
        if name.startswith("escalation"):
            return {"partnership": {"reference": self.raised}}
        return {}


_STATE = {"tell": "awaited", "again": "returned", "learn": "taken", "take": "agreed",
          "return": "agreed"}  # fmt: skip


def held(cast: Learning, case: GroupCase, taken: LearningReferral) -> GroupEvent:
    """Told of one borough, with one thing left to be done there."""
    row = joint_events.plan_joint_event(
        LOADER, group=cast.group, title="Gates", on=DAY, cases=[case], referrals=[taken]
    )
    here = cast.house.here
    joint_events.tell_who_came(LOADER, event=row, partnership=here, invited=9, came=7)
    joint_events.set_what_follows(
        LOADER, event=row, partnership=here, what="A rota", due=DAY + timedelta(days=30)
    )
    return row


def learnt(house: House, incident: str) -> Learnt:
    cast = learning_of(house)
    row = queries.incident(LOADER, incident)
    case = operations.put_incident_before_group(LOADER, incident=row, why="It may come up again")
    returned = referrals_learning.send_back(
        cast.leader.actor, referral=cast.agreed(), reason="Which gate?"
    )
    for place, words in (("Heath", "The old board"), ("", "One borough leads")):
        told: dict[str, Any] = {"step": RouteStep.LEADS, "source": "Paper (Invented)"}
        routes.say(LOADER, partnership=house.here, place=place, words=words, **told)
    taken = cast.taken()
    rows = {
        "referred": cast.referred(),
        "awaited": cast.invited(),
        "agreed": cast.agreed(),
        "returned": returned,
        "taken": taken,
        "raised": cast.raised(),
    }
    references = {name: row.record.reference for name, row in rows.items()}
    ahead = joint_events.plan_joint_event(
        LOADER, group=cast.group, title="Handovers", on=DAY + timedelta(days=14)
    )
    return Learnt(
        cast, **references, group=cast.group.record.reference, case=case.pk,
        planned=ahead.record.reference, held=held(cast, case, taken).record.reference,
    )  # fmt: skip

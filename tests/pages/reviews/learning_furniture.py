"""Referrals and disagreements in every state, and what stands in the addresses of their pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from concordat.domain.practice.reviews.operations import referrals_learning, routes
from concordat.domain.practice.reviews.rules.routes import RouteStep
from tests.operations.mail.cast import LOADER, House
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

    def cases(self, name: str) -> dict[str, dict[str, Any]]:
        """Values for the places of a route within reviews that is of these; else nothing."""
        if name == "caseload":
            return {"partnership": {"reference": self.group}}
        if name == "referral" or name.startswith("referral_"):
            row = getattr(self, _STATE.get(name.partition("_")[2], "referred"))
            return {"partnership": {"reference": row}}
        if name.startswith("escalation"):
            return {"partnership": {"reference": self.raised}}
        return {}


_STATE = {"tell": "awaited", "again": "returned", "learn": "taken", "take": "agreed",
          "return": "agreed"}  # fmt: skip


def learnt(house: House) -> Learnt:
    cast = learning_of(house)
    returned = referrals_learning.send_back(
        cast.leader.actor, referral=cast.agreed(), reason="Which gate?"
    )
    for place, words in (("Heath", "The old board"), ("", "One borough leads")):
        told: dict[str, Any] = {"step": RouteStep.LEADS, "source": "Paper (Invented)"}
        routes.say(LOADER, partnership=house.here, place=place, words=words, **told)
    rows = {
        "referred": cast.referred(),
        "awaited": cast.invited(),
        "agreed": cast.agreed(),
        "returned": returned,
        "taken": cast.taken(),
        "raised": cast.raised(),
    }
    references = {name: row.record.reference for name, row in rows.items()}
    return Learnt(cast, **references, group=cast.group.record.reference)

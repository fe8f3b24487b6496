"""Registers and risks with something on each of their pages, and what stands in the addresses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from concordat.domain.base.seats.models import Body
from concordat.domain.governance.risks import operations
from concordat.domain.governance.risks.models import Register, Risk
from concordat.domain.governance.risks.rules.schemes import READY
from concordat.kernel.sensitivity import Sensitivity
from tests.operations.mail.cast import LOADER, House


@dataclass(frozen=True)
class Registry:
    """A register of the executive and one beside it; a risk of the first that is open to the
    partnership, one that the executive alone may open, one that may close and one that has."""

    register: Register
    other: Register
    risk: Risk
    closely: Risk
    closing: Risk
    closed: Risk

    def cases(self, name: str) -> dict[str, dict[str, Any]]:
        """Values for the places of a route within risks."""
        if name in _OF_REGISTERS:
            return {"partnership": {"reference": self.register.record.reference}}
        row = {"keep_open": self.closing, "reopen": self.closed}.get(name, self.risk)
        more: dict[str, Any] = {}
        if name in ("move", "take_in"):
            more["to"] = self.other.record.reference
        if name in ("judge_control", "end_control"):
            more["pk"] = self.risk.controls.order_by("pk")[0].pk
        if name == "untie":
            more["pk"] = self.risk.ties.order_by("pk")[0].pk
        return {
            "partnership": {"reference": row.record.reference, **more},
            "restricted": {"reference": self.closely.record.reference, **more},
        }


_OF_REGISTERS = frozenset(
    ("register", "map", "movement", "describe", "add", "round", "workbook", "bring_back")
)


def registry(house: House) -> Registry:
    first, other = (_register(house, title) for title in ("Executive register", "Programme"))
    told: dict[str, Any] = {"register": first, "reason": "Invented", "current": ("LOW", "HIGH")}
    risk = operations.add(
        LOADER,
        **told,
        title="Thresholds differ",
        target=("LOW", "LOW"),
        controls=["A joint document"],
        owner=f"seats:{house.member.seat.key}",
        review_on=date(2019, 5, 1),
    )
    operations.tie(LOADER, risk=risk, record=house.board.record, words="It decides")
    closely = operations.add(
        LOADER, **told, title="What Heron showed", sensitivity=Sensitivity.RESTRICTED
    )
    closing, closed = (operations.add(LOADER, **told, title=title) for title in ("Rooms", "Cars"))
    operations.propose_to_close(LOADER, risk=closing, reason="There are rooms")
    operations.close(LOADER, risk=closed, reason="There are cars")
    return Registry(first, other, risk, closely, closing, closed)


def _register(house: House, title: str) -> Register:
    likelihoods, impacts, _ = READY["words"]
    row = operations.open_register(
        LOADER,
        partnership=house.here,
        title=title,
        keeper=Body.objects.get(pk=house.board.pk),
        likelihoods=likelihoods,
        impacts=impacts,
    )
    return Register.objects.select_related("record", "partnership").get(pk=row.pk)

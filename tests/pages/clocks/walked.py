"""A clock that is there, for the walk through every address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from concordat.domain.base.clocks import operations
from tests.operations.people.examples import DAY, LOADER, House

ACTS = ("restart", "meet", "explain", "pause", "resume", "rule_out", "reopen", "give")


def clock(house: House) -> Mapping[str, Any]:
    """The notification of an incident, started once however often it is asked for."""
    started = operations.start(
        LOADER,
        record=house.partnership,
        rule="SIN-CRIT",
        started_by="the council heard of the incident",
        on=DAY,
    )
    return {"pk": started.pk}


def record(house: House) -> Mapping[str, Any]:
    return {"reference": house.partnership.reference}


EXAMPLES: dict[str, Callable[[House], Mapping[str, Any]]] = {
    "clocks:clock": clock,
    "clocks:start": record,
    **{f"clocks:{act}": clock for act in ACTS},
}

"""What would be needed where a partner could not decide, and when the answer may change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from concordat.domain.governance.arrangements.rules.facts import Delegation, Record
from concordat.domain.governance.arrangements.rules.question import (
    OWN_DECISION,
    Answer,
    Opinion,
)


def needed(opinion: Opinion) -> str:
    """What this partner would have to do; empty where nothing is wanting."""
    itself = f"{opinion.name} decides this itself"
    if opinion.answer is Answer.NEEDS:
        return _wanting(opinion)
    if opinion.answer is Answer.NO:
        return (
            f"{itself}, or gives somebody who speaks for it a delegation that covers the matter, "
            "by an instrument that can be shown."
        )
    return ""


def _wanting(opinion: Opinion) -> str:
    told = f"{opinion.name} needs {opinion.needs or OWN_DECISION}"
    decides = told.endswith((" to decide", OWN_DECISION))
    return f"{told}." if decides else f"{told}, or decides this itself."


@dataclass(frozen=True, slots=True)
class Turn:
    """A day from which the answer may be another, and why."""

    on: date
    why: str


def turns(record: Record, matter: str) -> list[Turn]:
    """Certain days on which a decision on the matter was made or a delegation of it changed."""
    found = [
        Turn(each.on.latest, f"{each.title} ({each.state})")
        for each in record.decisions
        if matter in each.matters and each.on and each.on.latest and not each.on.doubtful
    ]
    for each in record.delegations:
        if not each.matters or matter in each.matters:
            found += _of_delegation(record, each)
    return sorted(set(found), key=lambda turn: (turn.on, turn.why))


def _of_delegation(record: Record, held: Delegation) -> list[Turn]:
    agency = record.agencies.get(held.agency)
    name = agency.name if agency else held.agency
    sides = ((held.period.start, "begins"), (held.period.end, "ends"))
    return [
        Turn(side.latest, f"A delegation of {name} {verb}")
        for side, verb in sides
        if side and side.latest and not side.doubtful
    ]

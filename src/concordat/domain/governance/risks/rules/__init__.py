"""Schemes that are never converted, the life of a risk, its movement and what it lacks."""

from concordat.domain.governance.risks.rules import (
    findings,
    life,
    movement,
    round,
    schemes,
    telling,
)
from concordat.domain.governance.risks.rules.life import (
    STATES,
    Stage,
    Treatment,
    Which,
    Working,
)

__all__ = [
    "STATES",
    "Stage",
    "Treatment",
    "Which",
    "Working",
    "findings",
    "life",
    "movement",
    "round",
    "schemes",
    "telling",
]

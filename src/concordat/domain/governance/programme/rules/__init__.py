"""Plans and their changes, capacity, priorities, contracts and lessons: all of it local practice.

Nothing here is law but the last days that a milestone may bear, which the file of the law names.
"""

from concordat.domain.governance.programme.rules import (
    capacity,
    contracts,
    cycle,
    findings,
    health,
    highlights,
    joining,
    learning,
    life,
    path,
    round,
    slips,
)
from concordat.domain.governance.programme.rules.joining import JOINING
from concordat.domain.governance.programme.rules.learning import LEARNING
from concordat.domain.governance.programme.rules.life import (
    CONTRACTS,
    MILESTONES,
    PRIORITIES,
    PRODUCTS,
    PROGRAMMES,
    SEEKING,
)

__all__ = [
    "CONTRACTS",
    "JOINING",
    "LEARNING",
    "MILESTONES",
    "PRIORITIES",
    "PRODUCTS",
    "PROGRAMMES",
    "SEEKING",
    "capacity",
    "contracts",
    "cycle",
    "findings",
    "health",
    "highlights",
    "joining",
    "learning",
    "life",
    "path",
    "round",
    "slips",
]

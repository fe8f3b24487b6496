"""Who may decide what on a day, and how a partnership was built on a day."""

from concordat.domain.governance.arrangements.rules.authority import (
    Answer,
    Authority,
    Opinion,
    authority,
)
from concordat.domain.governance.arrangements.rules.facts import (
    Decision,
    Delegation,
    Matter,
    Partner,
    Record,
    Seat,
    Sitting,
)
from concordat.domain.governance.arrangements.rules.structure import Difference, chart

__all__ = [
    "Answer",
    "Authority",
    "Decision",
    "Delegation",
    "Difference",
    "Matter",
    "Opinion",
    "Partner",
    "Record",
    "Seat",
    "Sitting",
    "authority",
    "chart",
]

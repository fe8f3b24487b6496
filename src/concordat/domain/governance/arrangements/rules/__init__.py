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
from concordat.domain.governance.arrangements.rules.gaps import (
    SPEAKS_FOR_A_PARTNER,
    Gap,
    Lack,
    gaps,
    in_words,
)
from concordat.domain.governance.arrangements.rules.structure import (
    Difference,
    chart,
    power_in_words,
    settled,
)

__all__ = [
    "SPEAKS_FOR_A_PARTNER",
    "Answer",
    "Authority",
    "Decision",
    "Delegation",
    "Difference",
    "Gap",
    "Lack",
    "Matter",
    "Opinion",
    "Partner",
    "Record",
    "Seat",
    "Sitting",
    "authority",
    "chart",
    "gaps",
    "in_words",
    "power_in_words",
    "settled",
]

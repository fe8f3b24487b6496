"""Who may decide what on a day, and how a partnership was built on a day."""

from concordat.domain.governance.arrangements.rules.authority import Authority, authority
from concordat.domain.governance.arrangements.rules.delegations import standing_on
from concordat.domain.governance.arrangements.rules.facts import (
    Agency,
    Body,
    Decision,
    Delegation,
    Matter,
    Partner,
    Post,
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
from concordat.domain.governance.arrangements.rules.go_live import HANDOVER
from concordat.domain.governance.arrangements.rules.lapses import lapse
from concordat.domain.governance.arrangements.rules.needs import Turn, needed, turns
from concordat.domain.governance.arrangements.rules.question import Answer, Opinion
from concordat.domain.governance.arrangements.rules.structure import (
    AT_RISK,
    Difference,
    chart,
    power_in_words,
    settled,
)
from concordat.domain.governance.arrangements.rules.text import PROMISES, STATES
from concordat.domain.governance.arrangements.rules.words import DELEGATES, called, limbs_in_short

__all__ = [
    "AT_RISK",
    "DELEGATES",
    "HANDOVER",
    "PROMISES",
    "SPEAKS_FOR_A_PARTNER",
    "STATES",
    "Agency",
    "Answer",
    "Authority",
    "Body",
    "Decision",
    "Delegation",
    "Difference",
    "Gap",
    "Lack",
    "Matter",
    "Opinion",
    "Partner",
    "Post",
    "Record",
    "Seat",
    "Sitting",
    "Turn",
    "authority",
    "called",
    "chart",
    "gaps",
    "in_words",
    "lapse",
    "limbs_in_short",
    "needed",
    "power_in_words",
    "settled",
    "standing_on",
    "turns",
]

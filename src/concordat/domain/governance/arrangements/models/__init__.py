"""Who may decide what, what was agreed and promised, and the text that is published of it."""

from concordat.domain.governance.arrangements.models.agreed import (
    Arrangements,
    Finding,
    Law,
    Link,
    Promise,
    Question,
    RelevantAgency,
    Statement,
    Step,
)
from concordat.domain.governance.arrangements.models.authority import (
    Agreement,
    Coverage,
    Decision,
    Delegation,
    Footprint,
    Matter,
)
from concordat.domain.governance.arrangements.models.kinds import ADDRESSED, KINDS
from concordat.domain.governance.arrangements.models.text import (
    Edition,
    Passage,
    Placement,
    QuotedRow,
    Sending,
    Wording,
)
from concordat.domain.governance.arrangements.models.transition import GoLivePoint, HandoverItem

__all__ = [
    "ADDRESSED",
    "KINDS",
    "Agreement",
    "Arrangements",
    "Coverage",
    "Decision",
    "Delegation",
    "Edition",
    "Finding",
    "Footprint",
    "GoLivePoint",
    "HandoverItem",
    "Law",
    "Link",
    "Matter",
    "Passage",
    "Placement",
    "Promise",
    "Question",
    "QuotedRow",
    "RelevantAgency",
    "Sending",
    "Statement",
    "Step",
    "Wording",
]

"""What the law says and when it falls due: pure rules over packaged rows of law."""

from concordat.domain.base.clocks.rules.additions import (
    read_local,
    with_local,
    with_verifications,
)
from concordat.domain.base.clocks.rules.due import (
    Due,
    due_items,
    due_on,
    trigger_day,
    working_days_left,
)
from concordat.domain.base.clocks.rules.law import Law, law, read_law, rule
from concordat.domain.base.clocks.rules.printed import to_markdown
from concordat.domain.base.clocks.rules.regimes import LAST_GO_LIVE, applies, regime_for
from concordat.domain.base.clocks.rules.rows import (
    Area,
    Arrangements,
    Bound,
    ChecklistItem,
    Confidence,
    DayCounting,
    Deadline,
    Direction,
    Doubt,
    Force,
    Kind,
    Regime,
    Rule,
    Status,
    Unit,
    Verification,
    digest,
)
from concordat.domain.base.clocks.rules.state import (
    ClockFacts,
    State,
    may_pause,
    state,
    warn_within,
)
from concordat.domain.base.clocks.rules.sums import length_in_words

__all__ = [
    "LAST_GO_LIVE",
    "Area",
    "Arrangements",
    "Bound",
    "ChecklistItem",
    "ClockFacts",
    "Confidence",
    "DayCounting",
    "Deadline",
    "Direction",
    "Doubt",
    "Due",
    "Force",
    "Kind",
    "Law",
    "Regime",
    "Rule",
    "State",
    "Status",
    "Unit",
    "Verification",
    "applies",
    "digest",
    "due_items",
    "due_on",
    "law",
    "length_in_words",
    "may_pause",
    "read_law",
    "read_local",
    "regime_for",
    "rule",
    "state",
    "to_markdown",
    "trigger_day",
    "warn_within",
    "with_local",
    "with_verifications",
    "working_days_left",
]

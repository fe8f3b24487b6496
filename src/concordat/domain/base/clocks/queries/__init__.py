"""What an actor may see of the clocks, and of the law by which they run."""

from concordat.domain.base.clocks.models import (
    AreaLive,
    Breach,
    Clock,
    ClosedDay,
    LocalRule,
    Verified,
)
from concordat.domain.base.clocks.queries.as_at import Stood, clocks_as_at
from concordat.domain.base.clocks.queries.days import closed_days, days_of, last_known_day
from concordat.domain.base.clocks.queries.facts import (
    Entry,
    Facts,
    changed_starts,
    clock,
    clock_facts,
    may_answer_for,
)
from concordat.domain.base.clocks.queries.law import (
    checks_of,
    go_lives,
    law_of,
    local_rules,
    own_areas,
)
from concordat.domain.base.clocks.queries.lists import (
    LOCAL,
    Month,
    Row,
    board,
    clocks,
    clocks_naming,
    clocks_of,
    holders,
    rows_of,
    subjects,
    trend,
)

__all__ = [
    "LOCAL",
    "AreaLive",
    "Breach",
    "Clock",
    "ClosedDay",
    "Entry",
    "Facts",
    "LocalRule",
    "Month",
    "Row",
    "Stood",
    "Verified",
    "board",
    "changed_starts",
    "checks_of",
    "clock",
    "clock_facts",
    "clocks",
    "clocks_as_at",
    "clocks_naming",
    "clocks_of",
    "closed_days",
    "days_of",
    "go_lives",
    "holders",
    "last_known_day",
    "law_of",
    "local_rules",
    "may_answer_for",
    "own_areas",
    "rows_of",
    "subjects",
    "trend",
]

"""The life of a meeting, quorum and authority in it, its papers and packs: all of it local."""

from concordat.domain.governance.meetings.rules import (
    agenda,
    attendance,
    deciding,
    disputes,
    life,
    packs,
    papers,
    quorum,
    timetable,
)
from concordat.domain.governance.meetings.rules.deciding import STATES as DECISIONS
from concordat.domain.governance.meetings.rules.disputes import STATES as DISPUTES
from concordat.domain.governance.meetings.rules.life import (
    PAPERS,
    PLACES,
    STATES,
    Place,
    Purpose,
    Stage,
)

__all__ = [
    "DECISIONS",
    "DISPUTES",
    "PAPERS",
    "PLACES",
    "STATES",
    "Place",
    "Purpose",
    "Stage",
    "agenda",
    "attendance",
    "deciding",
    "disputes",
    "life",
    "packs",
    "papers",
    "quorum",
    "timetable",
]

"""What a body, a seat and a holder may be, and what must never stand together."""

from concordat.domain.base.seats.rules.bodies import BODIES, ENDS, PAST, may_begin, moves_from
from concordat.domain.base.seats.rules.grading import grade_in_doubt
from concordat.domain.base.seats.rules.naming import likely, may_identify, may_separate
from concordat.domain.base.seats.rules.sitting import (
    BODY_KINDS,
    SOLE,
    Capacity,
    Holding,
    Sitting,
    clashes,
    counts_for_access,
    cycle,
    may_hold,
    office_of,
    surely_overlap,
)
from concordat.domain.base.seats.rules.standing import Standing

__all__ = [
    "BODIES",
    "BODY_KINDS",
    "ENDS",
    "PAST",
    "SOLE",
    "Capacity",
    "Holding",
    "Sitting",
    "Standing",
    "clashes",
    "counts_for_access",
    "cycle",
    "grade_in_doubt",
    "likely",
    "may_begin",
    "may_hold",
    "may_identify",
    "may_separate",
    "moves_from",
    "office_of",
    "surely_overlap",
]

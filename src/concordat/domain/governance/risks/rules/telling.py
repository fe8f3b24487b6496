"""What a risk is put forward with for the agendas of the body that keeps its register.

No law says when a body must look at a risk. What is suggested is what a body would want to be
told of: it rose, it came from another register, its review is overdue, its acceptance ran out.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from concordat.domain.governance.risks.rules import movement
from concordat.domain.governance.risks.rules.movement import Stood, Way
from concordat.domain.governance.risks.rules.schemes import Score
from concordat.kernel.labels import day_in_words


class Telling(StrEnum):
    """Why a risk is put forward; each ends on its own."""

    ROSE = "risk-rose"
    CAME = "risk-came"
    LATE = "risk-late"
    LAPSED = "risk-lapsed"

    @property
    def label(self) -> str:
        return {
            Telling.ROSE: "risk that rose",
            Telling.CAME: "risk that came here",
            Telling.LATE: "risk to be reviewed",
            Telling.LAPSED: "acceptance that ran out",
        }[self]

    def key(self, reference: str) -> str:
        return f"{self.value}:{reference}"


def has_risen(before: Score | None, now: Score | None) -> bool:
    """Whether a score is worse than another of the same scheme: in its product, or in one of its
    two words, whatever the other did."""
    if before is None or now is None:
        return False
    way = movement.trend(Stood(before, None), Stood(now, None)).way
    return way in (Way.UP, Way.MIXED)


def rose_in_words(before: Score, now: Score, reason: str) -> str:
    return f"It was {before.short} and is {now.short}. {reason}"


def late_in_words(review: date) -> str:
    return f"Its review was due on {day_in_words(review)}."


def lapsed_in_words(expires: date) -> str:
    return f"Its acceptance ran out on {day_in_words(expires)}."

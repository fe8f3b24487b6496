"""What may follow what in the life of a body, and the verbs of its moves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from concordat.domain.base.seats.rules.standing import Standing
from concordat.kernel.dates import Period
from concordat.kernel.transitions import Move, States
from concordat.kernel.verdict import Verdict, no, yes

BODIES = States(
    [
        Move("set up in shadow", Standing.PROPOSED, Standing.SHADOW),
        Move("bring into force", Standing.PROPOSED, Standing.IN_FORCE),
        Move("drop", Standing.PROPOSED, Standing.ENDED),
        Move("bring into force", Standing.SHADOW, Standing.IN_FORCE),
        Move("wind up", Standing.SHADOW, Standing.ENDED),
        Move("end", Standing.IN_FORCE, Standing.ENDED),
    ],
    Standing.PROPOSED,
)
PAST = {
    "set up in shadow": "body set up in shadow",
    "bring into force": "body brought into force",
    "drop": "body dropped",
    "wind up": "body wound up",
    "end": "body ended",
    "propose": "body proposed",
}
ENDS = frozenset({"drop", "wind up", "end"})


def moves_from(standing: str) -> tuple[Move, ...]:
    """What may be done with a body that stands so; one of no stated state counts as in force."""
    return BODIES.allowed(Standing(standing or Standing.IN_FORCE))


def may_begin(states: Sequence[Period], from_day: date) -> Verdict:
    """Whether a new state may begin on a day: after every state that is on record has begun."""
    for period in states:
        if period.start and not period.start.certainly_before(from_day):
            return no(f"The body’s state of {period.start} is on record. Choose a later day.")
    return yes()

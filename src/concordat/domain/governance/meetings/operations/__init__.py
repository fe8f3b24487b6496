"""What is done with meetings."""

from concordat.domain.governance.meetings.operations.agenda import (
    bring,
    carry_over,
    decline,
    leave_unreached,
    minute,
    move,
    place_at,
    propose,
    settle,
    take_on,
    withdraw,
)
from concordat.domain.governance.meetings.operations.attending import (
    answer,
    declare,
    invite,
    mark,
)
from concordat.domain.governance.meetings.operations.calling import (
    call,
    cancel,
    hold,
    move_on,
    rearrange,
    refresh_places,
    settle_ways,
)

__all__ = [
    "answer",
    "bring",
    "call",
    "cancel",
    "carry_over",
    "declare",
    "decline",
    "hold",
    "invite",
    "leave_unreached",
    "mark",
    "minute",
    "move",
    "move_on",
    "place_at",
    "propose",
    "rearrange",
    "refresh_places",
    "settle",
    "settle_ways",
    "take_on",
    "withdraw",
]

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
from concordat.domain.governance.meetings.operations.deciding import (
    amend,
    confirm,
    draft,
    say,
    seal,
)
from concordat.domain.governance.meetings.operations.disputing import (
    agree,
    climb,
    open_dispute,
    settle_dispute,
    tell,
    withdraw_dispute,
)
from concordat.domain.governance.meetings.operations.letters import need_no_answer, register_letter
from concordat.domain.governance.meetings.operations.ratifying import correct, ratify

__all__ = [
    "agree",
    "amend",
    "answer",
    "bring",
    "call",
    "cancel",
    "carry_over",
    "climb",
    "confirm",
    "correct",
    "declare",
    "decline",
    "draft",
    "hold",
    "invite",
    "leave_unreached",
    "mark",
    "minute",
    "move",
    "move_on",
    "need_no_answer",
    "open_dispute",
    "place_at",
    "propose",
    "ratify",
    "rearrange",
    "refresh_places",
    "register_letter",
    "say",
    "seal",
    "settle",
    "settle_dispute",
    "settle_ways",
    "take_on",
    "tell",
    "withdraw",
    "withdraw_dispute",
]

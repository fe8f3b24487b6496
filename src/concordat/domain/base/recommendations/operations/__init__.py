"""Everything that may be done with recommendations; `draft` is what higher packages call."""

from concordat.domain.base.recommendations.operations.bringing import bring_in
from concordat.domain.base.recommendations.operations.framing import (
    accept,
    check,
    put,
    refuse,
    send,
    send_back,
    set_caseload,
    take_up_again,
    withdraw,
)
from concordat.domain.base.recommendations.operations.judging import (
    accept_as_adequate,
    close,
    find_inadequate,
    reopen,
)
from concordat.domain.base.recommendations.operations.likening import say_same, tell_apart
from concordat.domain.base.recommendations.operations.raising import (
    Before,
    Came,
    Wording,
    amend,
    draft,
    take_over,
)
from concordat.domain.base.recommendations.operations.showing import (
    add_evidence,
    add_value,
    add_voice,
)
from concordat.domain.base.recommendations.operations.stating import take_up_stated
from concordat.domain.base.recommendations.operations.watching import (
    ask_for_updates,
    mark_overdue,
)
from concordat.domain.base.recommendations.operations.working import (
    move_day,
    own,
    say_done,
    tell_addressee,
    update,
)

__all__ = [
    "Before",
    "Came",
    "Wording",
    "accept",
    "accept_as_adequate",
    "add_evidence",
    "add_value",
    "add_voice",
    "amend",
    "ask_for_updates",
    "bring_in",
    "check",
    "close",
    "draft",
    "find_inadequate",
    "mark_overdue",
    "move_day",
    "own",
    "put",
    "refuse",
    "reopen",
    "say_done",
    "say_same",
    "send",
    "send_back",
    "set_caseload",
    "take_over",
    "take_up_again",
    "take_up_stated",
    "tell_addressee",
    "tell_apart",
    "update",
    "withdraw",
]

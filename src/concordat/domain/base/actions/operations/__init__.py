"""Everything that may be done with actions. `add` is what every higher package raises them by."""

from concordat.domain.base.actions.operations.handing import (
    acknowledge,
    ask_for_update,
    reassign,
)
from concordat.domain.base.actions.operations.judging import (
    accept,
    find_inadequate,
    supersede,
    withdraw,
)
from concordat.domain.base.actions.operations.linking import name_contact, send_link
from concordat.domain.base.actions.operations.raising import add
from concordat.domain.base.actions.operations.round import bring_back
from concordat.domain.base.actions.operations.together import (
    ask_all,
    close_all,
    extend_all,
    reassign_all,
)
from concordat.domain.base.actions.operations.watching import ask_for_updates, mark_overdue
from concordat.domain.base.actions.operations.working import add_evidence, close, extend, update

__all__ = [
    "accept",
    "acknowledge",
    "add",
    "add_evidence",
    "ask_all",
    "ask_for_update",
    "ask_for_updates",
    "bring_back",
    "close",
    "close_all",
    "extend",
    "extend_all",
    "find_inadequate",
    "mark_overdue",
    "name_contact",
    "reassign",
    "reassign_all",
    "send_link",
    "supersede",
    "update",
    "withdraw",
]

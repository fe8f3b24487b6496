"""Setting down who may decide what, what was agreed and promised, and who comes and goes."""

from concordat.domain.governance.arrangements.operations.delegating import (
    add,
    delegate,
    end_delegation,
)
from concordat.domain.governance.arrangements.operations.keeping import ask_for_promises
from concordat.domain.governance.arrangements.operations.moving import join, leave, move, succeed
from concordat.domain.governance.arrangements.operations.setting_down import set_down

__all__ = [
    "add",
    "ask_for_promises",
    "delegate",
    "end_delegation",
    "join",
    "leave",
    "move",
    "set_down",
    "succeed",
]

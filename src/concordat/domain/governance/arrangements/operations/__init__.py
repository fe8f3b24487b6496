"""Setting down who may decide what, what was agreed and promised, and who comes and goes."""

from concordat.domain.governance.arrangements.operations.delegating import (
    add,
    delegate,
    end_delegation,
)
from concordat.domain.governance.arrangements.operations.founding import enter_agency, found
from concordat.domain.governance.arrangements.operations.keeping import ask_for_promises
from concordat.domain.governance.arrangements.operations.moving import join, leave, move, succeed
from concordat.domain.governance.arrangements.operations.redrawing import redraw
from concordat.domain.governance.arrangements.operations.setting_down import set_down
from concordat.domain.governance.arrangements.operations.sitting import (
    appoint,
    end_holding,
    vacate,
)

__all__ = [
    "add",
    "appoint",
    "ask_for_promises",
    "delegate",
    "end_delegation",
    "end_holding",
    "enter_agency",
    "found",
    "join",
    "leave",
    "move",
    "redraw",
    "set_down",
    "succeed",
    "vacate",
]

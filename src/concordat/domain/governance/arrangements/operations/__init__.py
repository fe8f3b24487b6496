"""Setting down who may decide what, what was agreed and promised, and who comes and goes."""

from concordat.domain.governance.arrangements.operations.delegating import (
    add,
    delegate,
    end_delegation,
)
from concordat.domain.governance.arrangements.operations.founding import enter_agency, found
from concordat.domain.governance.arrangements.operations.going_live import (
    go_live,
    recheck,
    waive,
)
from concordat.domain.governance.arrangements.operations.handing_over import (
    accept_handover,
    assign,
    pass_on,
    reopen_handover,
    rule_out_handover,
    send_back,
)
from concordat.domain.governance.arrangements.operations.keeping import ask_for_promises
from concordat.domain.governance.arrangements.operations.moving import join, leave, move, succeed
from concordat.domain.governance.arrangements.operations.redrawing import redraw
from concordat.domain.governance.arrangements.operations.setting_down import set_down
from concordat.domain.governance.arrangements.operations.sitting import (
    appoint,
    end_holding,
    vacate,
)
from concordat.domain.governance.arrangements.operations.transition import keep_transition

__all__ = [
    "accept_handover",
    "add",
    "appoint",
    "ask_for_promises",
    "assign",
    "delegate",
    "end_delegation",
    "end_holding",
    "enter_agency",
    "found",
    "go_live",
    "join",
    "keep_transition",
    "leave",
    "move",
    "pass_on",
    "recheck",
    "redraw",
    "reopen_handover",
    "rule_out_handover",
    "send_back",
    "set_down",
    "succeed",
    "vacate",
    "waive",
]

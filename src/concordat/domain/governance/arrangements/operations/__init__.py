"""Setting down who may decide what, what was agreed and promised, and who comes and goes."""

from concordat.domain.governance.arrangements.operations.agreeing import (
    agree,
    ask_for_agreement,
    publish,
    put_in_force,
    record_receipt,
    send,
)
from concordat.domain.governance.arrangements.operations.consulting import (
    close_comments,
    open_for_comment,
)
from concordat.domain.governance.arrangements.operations.delegating import (
    add,
    delegate,
    end_delegation,
    end_or_withdraw,
    withdraw_delegation,
)
from concordat.domain.governance.arrangements.operations.editing import (
    begin_draft,
    follow,
    freeze,
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
from concordat.domain.governance.arrangements.operations.promising import (
    keep_promise,
    release_promise,
    renew_promise,
)
from concordat.domain.governance.arrangements.operations.quoting import quote_from_above
from concordat.domain.governance.arrangements.operations.redrawing import redraw
from concordat.domain.governance.arrangements.operations.setting_down import set_down
from concordat.domain.governance.arrangements.operations.sitting import (
    appoint,
    end_holding,
    vacate,
)
from concordat.domain.governance.arrangements.operations.transition import keep_transition
from concordat.domain.governance.arrangements.operations.wording import take_up_wordings
from concordat.domain.governance.arrangements.operations.writing import (
    place,
    take_away,
    write,
)

__all__ = [
    "accept_handover",
    "add",
    "agree",
    "appoint",
    "ask_for_agreement",
    "ask_for_promises",
    "assign",
    "begin_draft",
    "close_comments",
    "delegate",
    "end_delegation",
    "end_holding",
    "end_or_withdraw",
    "enter_agency",
    "follow",
    "found",
    "freeze",
    "go_live",
    "join",
    "keep_promise",
    "keep_transition",
    "leave",
    "move",
    "open_for_comment",
    "pass_on",
    "place",
    "publish",
    "put_in_force",
    "quote_from_above",
    "recheck",
    "record_receipt",
    "redraw",
    "release_promise",
    "renew_promise",
    "reopen_handover",
    "rule_out_handover",
    "send",
    "send_back",
    "set_down",
    "succeed",
    "take_away",
    "take_up_wordings",
    "vacate",
    "waive",
    "withdraw_delegation",
    "write",
]

"""Everything that may be done with a chronology."""

from concordat.domain.practice.chronologies.operations.asking import (
    ask_agency,
    chase,
    chase_late,
    extend,
)
from concordat.domain.practice.chronologies.operations.giving import (
    change_row,
    enter_row,
    give_file,
    sign_off,
    withdraw_row,
)
from concordat.domain.practice.chronologies.operations.inviting import invite, send_anew, shut_out
from concordat.domain.practice.chronologies.operations.judging import (
    dispute,
    mark,
    pair,
    settle,
    split,
    unmark,
)
from concordat.domain.practice.chronologies.operations.setting import (
    Terms,
    add_child,
    amend,
    end_member,
    expect,
    lock,
    name_member,
    open_chronology,
    unlock,
)

__all__ = [
    "Terms",
    "add_child",
    "amend",
    "ask_agency",
    "change_row",
    "chase",
    "chase_late",
    "dispute",
    "end_member",
    "enter_row",
    "expect",
    "extend",
    "give_file",
    "invite",
    "lock",
    "mark",
    "name_member",
    "open_chronology",
    "pair",
    "send_anew",
    "settle",
    "shut_out",
    "sign_off",
    "split",
    "unlock",
    "unmark",
    "withdraw_row",
]

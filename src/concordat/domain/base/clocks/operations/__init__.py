"""What an actor may do with clocks, and with what a partnership adds to the law."""

from concordat.domain.base.clocks.operations.days import close_day, open_day, recompute
from concordat.domain.base.clocks.operations.ending import meet, reopen, rule_out
from concordat.domain.base.clocks.operations.late import explain, pause, record_breaches, resume
from concordat.domain.base.clocks.operations.letters import CLOCK, send_clock_letters
from concordat.domain.base.clocks.operations.starting import give, restart, start
from concordat.domain.base.clocks.operations.terms import (
    set_area_live,
    set_local_rule,
    verify_rule,
)

__all__ = [
    "CLOCK",
    "close_day",
    "explain",
    "give",
    "meet",
    "open_day",
    "pause",
    "recompute",
    "record_breaches",
    "reopen",
    "restart",
    "resume",
    "rule_out",
    "send_clock_letters",
    "set_area_live",
    "set_local_rule",
    "start",
    "verify_rule",
]

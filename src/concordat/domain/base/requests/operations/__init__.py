"""Everything that may be done with a request for information."""

from concordat.domain.base.requests.operations.answering import acknowledge, answer, refuse
from concordat.domain.base.requests.operations.asking import (
    Asked,
    amend,
    draft,
    extend,
    press,
    send,
    withdraw,
)
from concordat.domain.base.requests.operations.checking import accept, send_back, use
from concordat.domain.base.requests.operations.watching import chase, escalate

__all__ = [
    "Asked",
    "accept",
    "acknowledge",
    "amend",
    "answer",
    "chase",
    "draft",
    "escalate",
    "extend",
    "press",
    "refuse",
    "send",
    "send_back",
    "use",
    "withdraw",
]

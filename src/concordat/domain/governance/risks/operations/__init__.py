"""Everything that may be done with registers and risks."""

from concordat.domain.governance.risks.operations.judging import (
    accept,
    close,
    end_acceptance,
    keep_open,
    propose_to_close,
    reopen,
)
from concordat.domain.governance.risks.operations.moving import (
    acknowledge,
    move,
    put_before,
    share,
    take_in,
    tie,
    untie,
)
from concordat.domain.governance.risks.operations.owning import own
from concordat.domain.governance.risks.operations.raising import add, amend
from concordat.domain.governance.risks.operations.registers import describe, open_register
from concordat.domain.governance.risks.operations.round import bring_back
from concordat.domain.governance.risks.operations.scoring import (
    add_control,
    end_control,
    judge_control,
    review,
    score,
)
from concordat.domain.governance.risks.operations.stating import take_up_stated
from concordat.domain.governance.risks.operations.telling import suggest_overdue
from concordat.domain.governance.risks.operations.watching import (
    ask_for_reviews,
    let_acceptances_lapse,
)

__all__ = [
    "accept",
    "acknowledge",
    "add",
    "add_control",
    "amend",
    "ask_for_reviews",
    "bring_back",
    "close",
    "describe",
    "end_acceptance",
    "end_control",
    "judge_control",
    "keep_open",
    "let_acceptances_lapse",
    "move",
    "open_register",
    "own",
    "propose_to_close",
    "put_before",
    "reopen",
    "review",
    "score",
    "share",
    "suggest_overdue",
    "take_in",
    "take_up_stated",
    "tie",
    "untie",
]

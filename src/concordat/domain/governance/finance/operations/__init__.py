"""What is done with money."""

from concordat.domain.governance.finance.operations.budgets import (
    agree_budget,
    close_budget,
    describe_budget,
    open_budget,
    put_in,
    redraft_budget,
    reopen_budget,
)
from concordat.domain.governance.finance.operations.costs import (
    add_comparator,
    add_cost,
    change_cost,
    state_total,
)
from concordat.domain.governance.finance.operations.disputing import (
    agree_claim,
    carry_up,
    open_dispute,
    propose_settlement,
    settle_dispute,
    withdraw_dispute,
)
from concordat.domain.governance.finance.operations.holding import hold_as_closely
from concordat.domain.governance.finance.operations.income import (
    add_contribution,
    agree,
    ask_again,
    decline,
    describe_contribution,
    invoice,
    pledge,
    receive,
    rest_on,
    withdraw_contribution,
)
from concordat.domain.governance.finance.operations.sharing import (
    budget_for_reviews,
    change_formula,
    choose_formula,
    set_demand,
    set_formula,
)
from concordat.domain.governance.finance.operations.telling import tell_arrangements
from concordat.domain.governance.finance.operations.workbook import bring_back

__all__ = [
    "add_comparator",
    "add_contribution",
    "add_cost",
    "agree",
    "agree_budget",
    "agree_claim",
    "ask_again",
    "bring_back",
    "budget_for_reviews",
    "carry_up",
    "change_cost",
    "change_formula",
    "choose_formula",
    "close_budget",
    "decline",
    "describe_budget",
    "describe_contribution",
    "hold_as_closely",
    "invoice",
    "open_budget",
    "open_dispute",
    "pledge",
    "propose_settlement",
    "put_in",
    "receive",
    "redraft_budget",
    "reopen_budget",
    "rest_on",
    "set_demand",
    "set_formula",
    "settle_dispute",
    "state_total",
    "tell_arrangements",
    "withdraw_contribution",
    "withdraw_dispute",
]

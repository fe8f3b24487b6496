"""What counts as what in a budget, and how its sums are shared, compared, drawn and quoted."""

from concordat.domain.governance.finance.rules import (
    authorising,
    costs,
    demand,
    disputes,
    income,
    quoting,
    sharing,
    totals,
    workbook,
    years,
)
from concordat.domain.governance.finance.rules.costs import BUDGET_STATES, BudgetState, Level
from concordat.domain.governance.finance.rules.disputes import DISPUTES
from concordat.domain.governance.finance.rules.income import CONTRIBUTION_STATES, Stage
from concordat.domain.governance.finance.rules.sharing import Method
from concordat.domain.governance.finance.rules.years import Year, parse_year, year_of

__all__ = [
    "BUDGET_STATES",
    "CONTRIBUTION_STATES",
    "DISPUTES",
    "BudgetState",
    "Level",
    "Method",
    "Stage",
    "Year",
    "authorising",
    "costs",
    "demand",
    "disputes",
    "income",
    "parse_year",
    "quoting",
    "sharing",
    "totals",
    "workbook",
    "year_of",
    "years",
]

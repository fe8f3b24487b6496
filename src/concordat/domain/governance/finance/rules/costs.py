"""What a budget line costs, and how the year stands: forecast, variance, reserve."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from concordat.kernel.money import in_pounds
from concordat.kernel.transitions import Move, States
from concordat.kernel.verdict import Verdict, no, yes

ABANDONED = "abandoned"


class Level(StrEnum):
    """Once, or again and again. The words are those of the partnership file."""

    SET_UP = "set-up"
    RECURRENT = "recurrent"
    NON_RECURRENT = "non-recurrent"
    NOT_STATED = "not stated"

    @property
    def label(self) -> str:
        return self.value.capitalize()


class BudgetState(StrEnum):
    DRAFT = "draft"
    AGREED = "agreed"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        return self.value.capitalize()


BUDGET_STATES = States(
    [
        Move("change", BudgetState.DRAFT, BudgetState.DRAFT),
        Move("agree", BudgetState.DRAFT, BudgetState.AGREED, note="with the decision that set it"),
        Move("change", BudgetState.AGREED, BudgetState.AGREED, note="each change says what was"),
        Move("redraft", BudgetState.AGREED, BudgetState.DRAFT, note="with a reason"),
        Move("close", BudgetState.AGREED, BudgetState.CLOSED, note="after the last day"),
        Move("reopen", BudgetState.CLOSED, BudgetState.AGREED, note="with a reason"),
    ],
    BudgetState.DRAFT,
)


def stands(said: str) -> BudgetState:
    """A budget that a source does not call agreed or closed is a draft."""
    return BudgetState(said) if said in set(BudgetState) else BudgetState.DRAFT


@dataclass(frozen=True, slots=True)
class Line:
    """One cost in pence, as it was stated or worked out.

    A post costs its `share` percent of `full_cost`, or its `days` at `day_rate`.
    """

    stated: int | None = None
    spent: int | None = None
    forecast: int | None = None
    full_cost: int | None = None
    share: Decimal | None = None
    days: Decimal | None = None
    day_rate: int | None = None
    level: Level = Level.NOT_STATED
    heading: str = ""
    state: str = ""
    decided: bool = False

    @property
    def worked_out(self) -> int | None:
        """What the days or the share come to, to the nearest penny; None if neither is known."""
        if self.days is not None and self.day_rate is not None:
            return _pence(self.days * self.day_rate)
        if self.full_cost is not None:
            return _pence(Decimal(self.full_cost) * (Decimal(100) if self.share is None
                                                     else self.share) / 100)  # fmt: skip
        return None

    @property
    def budgeted(self) -> int | None:
        """The stated sum; the one that was worked out only where none is stated."""
        return self.worked_out if self.stated is None else self.stated

    @property
    def differs(self) -> int:
        """Worked out less stated; nothing where either is unknown. Told, never mended."""
        if self.stated is None or self.worked_out is None:
            return 0
        return self.worked_out - self.stated

    @property
    def outturn(self) -> int | None:
        """What the year is likely to end at: the forecast, never less than what is spent."""
        known = [each for each in (self.forecast, self.budgeted) if each is not None]
        if not known:
            return self.spent
        return max(known[0], self.spent or 0)

    @property
    def variance(self) -> int | None:
        """Likely outturn less budget: above nothing is over-spending."""
        if self.outturn is None or self.budgeted is None:
            return None
        return self.outturn - self.budgeted

    @property
    def counts(self) -> bool:
        return self.state != ABANDONED

    @property
    def wants_decision(self) -> bool:
        """Over-spending that nobody decided on."""
        return (self.variance or 0) > 0 and not self.decided


def _pence(exact: Decimal) -> int:
    return int(exact.quantize(Decimal(1), ROUND_HALF_UP))


def is_share(share: Decimal | None) -> Verdict:
    if share is not None and not 0 < share <= 100:
        return no(f"{share:f} percent of a post cannot be paid. Give more than 0, at most 100.")
    return yes()


def is_cost(pence: int | None) -> Verdict:
    if pence is not None and pence < 0:
        return no(f"{in_pounds(pence)} is below nothing. Income is entered as a contribution.")
    return yes()


@dataclass(frozen=True, slots=True)
class Spending:
    """Sums of many lines in pence; `unknown` counts those whose cost nobody knows yet."""

    budgeted: int = 0
    spent: int = 0
    outturn: int = 0
    unknown: int = 0
    undecided: int = 0

    @property
    def variance(self) -> int:
        return self.outturn - self.budgeted


def spending(rows: Iterable[Line]) -> Spending:
    rows = [row for row in rows if row.counts]
    return Spending(
        budgeted=sum(row.budgeted or 0 for row in rows),
        spent=sum(row.spent or 0 for row in rows),
        outturn=sum(row.outturn or 0 for row in rows),
        unknown=sum(row.budgeted is None for row in rows),
        undecided=sum(row.wants_decision for row in rows),
    )


@dataclass(frozen=True, slots=True)
class Balance:
    """How a year stands, in pence: the reserve before, what is expected in and out."""

    reserve_before: int
    expected_in: int
    expected_out: int

    @property
    def result(self) -> int:
        return self.expected_in - self.expected_out

    @property
    def reserve_after(self) -> int:
        return self.reserve_before + self.result

    def in_words(self) -> str:
        if self.result >= 0:
            told = "The year balances" if not self.result else f"{in_pounds(self.result)} is left"
        else:
            told = f"The year is short of {in_pounds(-self.result)}"
        if self.result < 0 <= self.reserve_after and self.reserve_before > 0:
            return f"{told}, which the reserve bears: {in_pounds(self.reserve_after)} remains."
        if self.result < 0 and self.reserve_before > 0:
            return f"{told}; the reserve does not bear it all."
        return f"{told}."

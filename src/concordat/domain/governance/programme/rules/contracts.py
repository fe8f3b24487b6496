"""People and services that are paid by the day: what is left, and when to decide about more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from concordat.domain.governance.programme.rules.capacity import in_days
from concordat.domain.governance.programme.rules.life import Engaged
from concordat.kernel.dates import UncertainDate
from concordat.kernel.labels import day_in_words
from concordat.kernel.verdict import Verdict, no, yes

RENEW_AHEAD = timedelta(days=56)
"""So long before its end a contract asks whether it goes on."""
LONGEST_ORDER = 100
MOST_PENCE = 1_000_000_00


class Service(StrEnum):
    SCRUTINEER = "independent scrutineer"
    ACADEMIC = "academic partner"
    REVIEWER = "reviewer"
    TRAINER = "trainer"
    OTHER = "other"

    @property
    def label(self) -> str:
        return self.value.capitalize()


@dataclass(frozen=True, slots=True)
class Account:
    """A contract's half days and money: agreed, approved and still waiting for approval."""

    agreed: int | None
    approved: int
    waiting: int
    rate: int | None = None

    @property
    def left(self) -> int | None:
        return None if self.agreed is None else self.agreed - self.approved - self.waiting

    @property
    def spent(self) -> int | None:
        """Pence for the approved half days; an odd half day is half the rate, in whole pence."""
        return None if self.rate is None else (self.approved * self.rate) // 2


def in_words(account: Account) -> str:
    if account.agreed is None:
        used = in_days(account.approved + account.waiting)
        return f"{used} claimed; how many were agreed is not stated."
    left = account.left or 0
    told = f"{in_days(account.approved + account.waiting)} of {in_days(account.agreed)} claimed"
    if left < 0:
        return f"{told}: {in_days(-left)} more than agreed."
    return f"{told}, {in_days(left)} left."


def may_claim(
    account: Account, halves: int, worked: date, *, today: date, begins: UncertainDate | None,
    ends: UncertainDate | None,
) -> Verdict:  # fmt: skip
    """Days are claimed once worked, within the contract, and never more than were agreed."""
    if not halves:
        return no("Claim at least half a day.")
    if worked > today:
        return no(f"{day_in_words(worked)} is still to come. Claim days once they are worked.")
    if begins and begins.certainly_after(worked):
        return no(f"The contract begins {begins}.")
    if ends and ends.certainly_before(worked):
        return no(f"The contract ended {ends}. Renew it first.")
    if account.left is not None and halves > account.left:
        return no(f"Only {in_days(max(0, account.left))} of the agreed days are left.")
    return yes()


def may_approve(claimed_by: str, approver: str) -> Verdict:
    """Nobody approves their own days."""
    if claimed_by == approver:
        return no("You claimed these days. Somebody else approves them.")
    return yes()


def stands(stage: Engaged, ends: UncertainDate | None, today: date) -> str:
    """ "ended", "over" (past its end and not ended), "ends soon", "runs" or "draft"."""
    if stage is not Engaged.ORDERED:
        return "ended" if stage is Engaged.ENDED else "draft"
    last = ends.latest if ends else None
    if last is None:
        return "runs"
    if last < today:
        return "over"
    return "ends soon" if last - today <= RENEW_AHEAD else "runs"

"""People and services that are paid by the day: what is left, and when to decide about more."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from concordat.domain.governance.programme.rules.capacity import in_days
from concordat.domain.governance.programme.rules.life import Engaged
from concordat.kernel.dates import UncertainDate
from concordat.kernel.labels import day_in_words
from concordat.kernel.verdict import Verdict, no, yes

RENEW_AHEAD = timedelta(days=56)
"""So long before its end a contract is shown as one to decide about."""
LONGEST_ORDER = 100
GOES_ON = "whether it goes on"
"""What the secretariat is asked of a contract near its end."""


class Service(StrEnum):
    SCRUTINEER = "independent scrutineer"
    ACADEMIC = "academic partner"
    REVIEWER = "reviewer"
    TRAINER = "trainer"
    OTHER = "other"

    @property
    def label(self) -> str:
        return self.value.capitalize()


class Void(StrEnum):
    """Why a claim counts for nothing: whoever claimed took it back, or somebody else said no."""

    WITHDRAWN = "withdrawn"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        return self.value.capitalize()


@dataclass(frozen=True, slots=True)
class Account:
    """A contract's half days and money: agreed, approved and still waiting for approval.

    `owed` is the sum over the approved claims of half days times the pence a day at which each
    was claimed: twice the money. None where no rate is stated.
    """

    agreed: int | None
    approved: int
    waiting: int
    owed: int | None = None

    @property
    def left(self) -> int | None:
        return None if self.agreed is None else self.agreed - self.approved - self.waiting

    @property
    def spent(self) -> int | None:
        """Pence for the approved half days; an odd half day is half the rate, in whole pence."""
        return None if self.owed is None else self.owed // 2


def in_words(account: Account) -> str:
    if account.agreed is None:
        used = in_days(account.approved + account.waiting)
        return f"{used} claimed; how many were agreed is not stated."
    left = account.left or 0
    told = f"{in_days(account.approved + account.waiting)} of {in_days(account.agreed)} claimed"
    if left < 0:
        return f"{told}: {in_days(-left)} more than agreed."
    return f"{told}, {in_days(left)} left."


def is_worked(
    worked: date, *, today: date, begins: UncertainDate | None, ends: UncertainDate | None
) -> Verdict:
    """Days are claimed once worked, within the contract."""
    if worked > today:
        return no(f"{day_in_words(worked)} is still to come. Claim days once they are worked.")
    if begins and begins.certainly_after(worked):
        return no(f"The contract begins {begins}.")
    if ends and ends.certainly_before(worked):
        return no(f"The contract ended {ends}. Renew it first.")
    return yes()


def may_claim(account: Account, halves: int) -> Verdict:
    """At least half a day, and never more than were agreed."""
    if not halves:
        return no("Claim at least half a day.")
    if account.left is not None and halves > account.left:
        return no(f"Only {in_days(max(0, account.left))} of the agreed days are left.")
    return yes()


def may_renew(ends: UncertainDate | None, until: UncertainDate) -> Verdict:
    """A contract goes on until a later day, which is known."""
    if until.latest is None:
        return no("Give the day until which it goes on, as exact as you know it.")
    if ends and ends.latest and not until.certainly_after(ends.latest):
        return no(f"It ends {ends} as it is. Give a later day.")
    return yes()


def is_theirs(
    claimants: Collection[UUID], people: Collection[UUID], claimed_by: str, signature: str
) -> bool:
    """Whether a claim is one's own: of the same people, or of one name where none is known."""
    if claimants:
        return bool(set(claimants) & set(people))
    return claimed_by == signature


def may_approve(theirs: bool) -> Verdict:
    """Nobody approves their own days, nor those that they wrote down for somebody."""
    if theirs:
        return no("You claimed these days. Somebody else approves them.")
    return yes()


FIXED = ("agreed", "rate", "to_text")
"""What an order fixes: another number of days, rate or end is agreed by renewing it."""


def may_amend(stage: Engaged, changed: Collection[str]) -> Verdict:
    """Whether what an order fixed may change by the way; what nobody stated may be filled in."""
    if stage is Engaged.DRAFT or not set(changed) & set(FIXED):
        return yes()
    return no("The days, the rate and the end are fixed once it is ordered. Renew it instead.")


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

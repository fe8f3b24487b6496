"""Contracts ordered, renewed and ended; days claimed and approved; work set aside to make room."""

from __future__ import annotations

from datetime import date

from concordat.domain.base.asks.operations import clear_asks
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import happened, hold_still, operation, remember, take
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb, is_open
from concordat.domain.governance.programme import queries
from concordat.domain.governance.programme.models import Claim, Contract, Need
from concordat.domain.governance.programme.operations.taking import (
    May,
    again,
    reasoned,
    taken,
    valid,
)
from concordat.domain.governance.programme.rules import capacity, contracts
from concordat.domain.governance.programme.rules.capacity import Worth
from concordat.domain.governance.programme.rules.contracts import Void
from concordat.domain.governance.programme.rules.life import Engaged
from concordat.kernel.actor import Actor
from concordat.kernel.dates import UncertainDate
from concordat.kernel.errors import Invalid, Refused, Stale


@operation
def order(
    actor: Actor, *, contract: Contract, number: str, seen_version: int | None = None
) -> Contract:
    """It is ordered, under the number of the order; days can be claimed from now on."""
    record, held = taken(actor, contract, "order", seen_version=seen_version)
    said = number.strip()
    if not said or len(said) > contracts.LONGEST_ORDER:
        raise Invalid("Give the number of the order.", field="number")
    held.number, held.state = said, Engaged.ORDERED.value
    remember(actor, row=held)
    held.save()
    happened(actor, "contract ordered", record, after={"number": said})
    return held


@operation
def claim(
    actor: Actor,
    *,
    contract: Contract,
    worked: date,
    halves: int,
    what: str,
    seen_version: int | None = None,
) -> Claim:
    """Days that were worked, told by whoever worked them or by the secretariat.

    Half days, and never more than were agreed: more needs a renewal first.
    """
    record, held = taken(
        actor,
        contract,
        "claim",
        seen_version=seen_version,
        may=lambda root: queries.may_claim(actor, root, again(contract)),
    )
    if not what.strip():
        raise Invalid("Say what was done in these days.", field="what")
    begins, ends = held.period.start, held.period.end
    valid(contracts.is_worked(worked, today=actor.on, begins=begins, ends=ends), "worked")
    valid(contracts.may_claim(queries.account_of(actor, held), halves), "days")
    row = Claim.objects.create(
        contract=held,
        worked=worked,
        halves=halves,
        what=what.strip(),
        claimed_by=actor.signature[:200],
        claimed_on=actor.on,
        claimant=actor.person,
        hand=actor.hand_person,
        rate=held.rate,
    )
    after = {"on": worked, "days": capacity.in_days(halves), "what": row.what}
    happened(actor, "days claimed", record, after=after)
    return row


@operation
def approve_claim(actor: Actor, *, claim: Claim) -> Claim:
    """Somebody else than the claimant says that the days were worked."""
    record, held = _waiting(actor, claim, lambda root: can(actor, Verb.CHANGE, root))
    contracts.may_approve(queries.is_theirs(actor, held)).require()
    held.approved_on, held.approved_by = actor.on, actor.signature[:200]
    held.save()
    happened(actor, "days approved", record, after=_days(held))
    return held


@operation
def refuse_claim(actor: Actor, *, claim: Claim, reason: str) -> Claim:
    """The days were not worked as they were claimed, or not agreed: they count for nothing."""
    record, held = _waiting(actor, claim, lambda root: can(actor, Verb.CHANGE, root))
    return _made_void(actor, record, held, Void.REFUSED, reason)


@operation
def withdraw_claim(actor: Actor, *, claim: Claim, reason: str) -> Claim:
    """Whoever claimed the days takes the claim back."""
    record, held = _waiting(
        actor, claim, lambda root: queries.may_claim(actor, root, again(claim.contract))
    )
    if not queries.is_theirs(actor, held):
        raise Refused("Somebody else claimed these days. Refuse the claim instead.")
    return _made_void(actor, record, held, Void.WITHDRAWN, reason)


def _waiting(actor: Actor, claim: Claim, may: May) -> tuple[Record, Claim]:
    """A claim that nobody has settled, of a contract that is open."""
    record = take(claim.contract_id, may=lambda held: may(held) & is_open(held.closed))
    held = Claim.objects.select_related("contract").get(pk=claim.pk)
    if held.approved_on:
        raise Refused("These days are approved already.")
    if held.void:
        raise Refused(f"This claim was {held.void} already.")
    return record, held


def _made_void(actor: Actor, record: Record, held: Claim, how: Void, reason: str) -> Claim:
    held.void, held.void_for = how.value, reasoned(reason)
    held.void_on, held.void_by = actor.on, actor.signature[:200]
    held.save()
    happened(actor, f"claim {how.value}", record, reason=held.void_for, after=_days(held))
    return held


def _days(claim: Claim) -> dict[str, object]:
    return {"on": claim.worked, "days": capacity.in_days(claim.halves)}


@operation
def renew(
    actor: Actor,
    *,
    contract: Contract,
    until: UncertainDate,
    more: int,
    reason: str,
    rate: int | None = None,
    seen_version: int | None = None,
) -> Contract:
    """It goes on until another day, with so many half days more, for a reason; at another
    `rate` from now on where one is given. Days that were claimed keep the rate of their day."""
    record, held = taken(actor, contract, "renew", seen_version=seen_version)
    why = reasoned(reason)
    valid(contracts.may_renew(held.period.end, until), "until")
    if more and held.agreed is None:
        raise Invalid(
            "How many days were agreed is not stated.", field="more",
            mend="Say so on the contract first, or leave this at 0.",
        )  # fmt: skip
    before = _agreement(held)
    held.to_text = until.iso()
    held.agreed = None if held.agreed is None else held.agreed + more
    held.rate = held.rate if rate is None else rate
    remember(actor, row=held)
    held.save()
    after = _agreement(held)
    _decided(actor, record, "Renewed")
    happened(actor, "contract renewed", record, reason=why, before=before, after=after)
    return held


def _agreement(held: Contract) -> dict[str, object]:
    return {"until": held.to_text, "half days": held.agreed, "pence a day": held.rate}


@operation
def end_contract(
    actor: Actor, *, contract: Contract, reason: str, seen_version: int | None = None
) -> Contract:
    """It is over, or was never ordered. Days that nobody has approved yet keep it open."""
    record, held = taken(actor, contract, "end", seen_version=seen_version)
    why = reasoned(reason)
    if Claim.objects.filter(contract=held, approved_on=None, void="").exists():
        raise Refused("Days are claimed that nobody has approved yet. Settle them first.")
    held.state, held.ended_for = Engaged.ENDED.value, why
    remember(actor, row=held)
    held.save()
    _decided(actor, record, "Ended")
    happened(actor, "contract ended", record, reason=why)
    return held


def _decided(actor: Actor, record: Record, outcome: str) -> None:
    what = contracts.GOES_ON
    clear_asks(actor, record=record, errand=Errand.CONFIRM, what=what, outcome=outcome)


@operation
def set_aside(actor: Actor, *, need: Need, reason: str, seen: int | None = None) -> Need:
    """Drop a piece of work to make room, and say for what. `seen` is its fingerprint."""
    held = _work(actor, need, seen, {"reason": reason})
    capacity.may_set_aside(Worth(held.worth)).require()
    valid(capacity.is_made_room(reason), "reason")
    if held.set_aside_on:
        raise Refused("This is set aside already.")
    held.set_aside_on, held.set_aside_by = actor.on, actor.signature[:200]
    held.set_aside_for = reason.strip()
    remember(actor, row=held)
    held.save()
    happened(
        actor,
        "work set aside",
        held.partnership,
        reason=held.set_aside_for[:1000],
        after={"work": held.title, "days": capacity.in_days(held.halves)},
    )
    return held


@operation
def take_up(actor: Actor, *, need: Need, seen: int | None = None) -> Need:
    """Take up again what was set aside."""
    held = _work(actor, need, seen, {})
    if not held.set_aside_on:
        raise Refused("This is not set aside.")
    held.set_aside_on, held.set_aside_by, held.set_aside_for = None, "", ""
    remember(actor, row=held)
    held.save()
    happened(actor, "work taken up again", held.partnership, after={"work": held.title})
    return held


def _work(actor: Actor, need: Need, seen: int | None, mine: dict[str, str]) -> Need:
    hold_still(actor, partnerships=[need.partnership])
    held = Need.objects.select_related("partnership").get(pk=need.pk)
    if seen is not None and held.fingerprint != seen:
        raise Stale(mine, {"reason": held.set_aside_for}, version=held.fingerprint)
    return held

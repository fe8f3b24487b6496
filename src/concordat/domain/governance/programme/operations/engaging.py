"""Contracts ordered, renewed and ended; days claimed and approved; work set aside to make room."""

from __future__ import annotations

from datetime import date

from concordat.domain.base.records.operations import happened, operation, take
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.governance.programme import queries
from concordat.domain.governance.programme.models import Claim, Contract, Need
from concordat.domain.governance.programme.operations.taking import reasoned, taken, valid
from concordat.domain.governance.programme.rules import capacity, contracts
from concordat.domain.governance.programme.rules.capacity import Worth
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
        may=lambda root: can(actor, Verb.ANSWER, root),
    )
    if not what.strip():
        raise Invalid("Say what was done in these days.", field="what")
    account = queries.account_of(actor, held)
    period = held.period
    told = contracts.may_claim(
        account, halves, worked, today=actor.on, begins=period.start, ends=period.end
    )
    valid(told, "worked" if worked > actor.on else "days")
    row = Claim.objects.create(
        contract=held,
        worked=worked,
        halves=halves,
        what=what.strip(),
        claimed_by=actor.signature[:200],
        claimed_on=actor.on,
    )
    after = {"on": worked, "days": capacity.in_days(halves)}
    happened(actor, "days claimed", record, reason=row.what[:1000], after=after)
    return row


@operation
def approve_claim(actor: Actor, *, claim: Claim) -> Claim:
    """Somebody else than the claimant says that the days were worked."""
    record = take(claim.contract_id, may=lambda held: can(actor, Verb.CHANGE, held))
    held = Claim.objects.get(pk=claim.pk)
    if held.approved_on:
        raise Refused("These days are approved already.")
    contracts.may_approve(held.claimed_by, actor.signature[:200]).require()
    held.approved_on, held.approved_by = actor.on, actor.signature[:200]
    held.save()
    after = {"on": held.worked, "days": capacity.in_days(held.halves)}
    happened(actor, "days approved", record, after=after)
    return held


@operation
def renew(
    actor: Actor,
    *,
    contract: Contract,
    until: UncertainDate,
    more: int,
    reason: str,
    seen_version: int | None = None,
) -> Contract:
    """It goes on until another day, with so many half days more, for a reason."""
    record, held = taken(actor, contract, "renew", seen_version=seen_version)
    why = reasoned(reason)
    end = held.period.end
    if end and end.latest and not until.certainly_after(end.latest):
        raise Invalid(f"It ends {end} as it is. Give a later day.", field="until")
    before = {"until": held.to_text, "half days": held.agreed}
    held.to_text = until.iso()
    held.agreed = None if held.agreed is None else held.agreed + more
    held.save()
    after = {"until": held.to_text, "half days": held.agreed}
    happened(actor, "contract renewed", record, reason=why, before=before, after=after)
    return held


@operation
def end_contract(
    actor: Actor, *, contract: Contract, reason: str, seen_version: int | None = None
) -> Contract:
    """It is over, or was never ordered. Days that nobody has approved yet keep it open."""
    record, held = taken(actor, contract, "end", seen_version=seen_version)
    why = reasoned(reason)
    if Claim.objects.filter(contract=held, approved_on=None).exists():
        raise Refused("Days are claimed that nobody has approved yet. Settle them first.")
    held.state, held.ended_for = Engaged.ENDED.value, why
    held.save()
    happened(actor, "contract ended", record, reason=why)
    return held


@operation
def set_aside(actor: Actor, *, need: Need, reason: str, seen: int | None = None) -> Need:
    """Drop a piece of work to make room, and say for what. `seen` is its fingerprint."""
    held = _work(actor, need, seen, {"reason": reason})
    capacity.may_set_aside(Worth(held.worth), reason.strip() or "-").require()
    valid(capacity.may_set_aside(Worth(held.worth), reason), "reason")
    if held.set_aside_on:
        raise Refused("This is set aside already.")
    held.set_aside_on, held.set_aside_by = actor.on, actor.signature[:200]
    held.set_aside_for = reason.strip()
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
    held.save()
    happened(actor, "work taken up again", held.partnership, after={"work": held.title})
    return held


def _work(actor: Actor, need: Need, seen: int | None, mine: dict[str, str]) -> Need:
    take(need.partnership_id, may=lambda held: can(actor, Verb.CHANGE, held))
    held = Need.objects.select_related("partnership").get(pk=need.pk)
    if seen is not None and held.fingerprint != seen:
        raise Stale(mine, {"reason": held.set_aside_for}, version=held.fingerprint)
    return held

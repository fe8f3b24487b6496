"""A disagreement about money: put on record, a settlement proposed and agreed to in its words, or
carried up the ladder, settled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.asks.operations import clear_asks, raise_ask
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.records.models import Record, surely_in_force
from concordat.domain.base.records.operations import happened, open_record, operation, take
from concordat.domain.base.records.operations.keeping import NEVER
from concordat.domain.base.records.operations.unit import locked
from concordat.domain.base.records.queries import can, is_free
from concordat.domain.base.records.rules import RecordKind, Verb
from concordat.domain.base.seats.models import Body, Seat
from concordat.domain.governance.finance.models import (
    Budget,
    Claim,
    Contribution,
    Formula,
    FundingDispute,
)
from concordat.domain.governance.finance.operations.taking import (
    of_here,
    reasoned,
    taken_budget,
    valid,
)
from concordat.domain.governance.finance.queries import disputing as queries
from concordat.domain.governance.finance.rules import disputes as rules
from concordat.domain.governance.finance.rules.disputes import DISPUTES, State
from concordat.domain.governance.meetings import operations as meetings
from concordat.domain.governance.meetings.rules.disputes import State as OnLadder
from concordat.kernel.actor import Actor, process
from concordat.kernel.errors import Invalid, Refused


@dataclass(frozen=True, slots=True)
class Says:
    """What one agency says: what it offers in pence, and under which formula, if it names one."""

    agency: Agency
    says: str
    offers: int | None = None
    formula: Formula | None = None


@operation
def open_dispute(
    actor: Actor,
    *,
    budget: Budget,
    title: str,
    issue: str,
    claims: Sequence[Says],
    standard: str = "",
    needed: int | None = None,
    contribution: Contribution | None = None,
) -> FundingDispute:
    """Put a disagreement about money on record, with what at least two agencies say and the
    standard that is relied on. `needed` is the sum at issue in pence."""
    record, held = taken_budget(actor, budget, "change")
    valid(rules.is_issue(issue), "issue")
    valid(rules.is_between([each.agency.key for each in claims]), "claims")
    of_here(held, contribution, *(each.agency for each in claims))
    for each in claims:
        if each.formula and each.formula.budget_id != held.pk:
            raise Refused("Choose a formula of this budget.")
        if not each.says.strip():
            raise Invalid(f"Say where {each.agency.name} stands.", field="claims")
    mine = open_record(
        actor,
        kind=RecordKind.FUNDING_DISPUTE,
        title=title,
        partnership=held.partnership,
        opened=actor.on,
        sensitivity=record.level,
        words=issue,
    )
    row = FundingDispute.objects.create(
        record=mine,
        budget=held,
        contribution=contribution,
        issue=issue.strip(),
        standard=standard.strip()[:400],
        needed=needed,
    )
    for each in claims:
        Claim.objects.create(
            dispute=row,
            agency=each.agency,
            formula=each.formula,
            offers=each.offers,
            says=each.says.strip(),
        )
    after = {"budget": record.reference, "between": [each.agency.key for each in claims]}
    happened(actor, "funding dispute opened", mine, after=after)
    _suggest(actor, row)
    return row


def _suggest(actor: Actor, row: FundingDispute) -> None:
    """Put it forward for the agendas of the body whose money it is (decision 19)."""
    if body := queries.body_of(actor, row.budget):
        meetings.suggest(
            process(actor.signature, actor.on),
            body=body,
            key=_key(row),
            label="disagreement about money",
            title=f"Disagreement about money: {row.record.title}",
            about=row.record,
            why=row.issue,
        )


def _suggest_no_longer(actor: Actor, row: FundingDispute, because: str) -> None:
    if body := queries.body_of(actor, row.budget):
        clerk = process(actor.signature, actor.on)
        meetings.take_back(clerk, body=body, key=_key(row), because=because)


def _key(row: FundingDispute) -> str:
    return f"funding-dispute:{row.record.reference}"


def _ask(actor: Actor, row: FundingDispute, agency: Agency) -> None:
    seats = Seat.objects.filter(
        surely_in_force(actor.on), agency=agency, partnership=row.record.partnership_id
    )
    for seat in seats.select_related("record").order_by("key"):
        raise_ask(
            actor,
            record=row.record,
            seat=seat,
            errand=Errand.ANSWER,
            what=f"Say whether {agency.name} agrees to the settlement"[:200],
            why="A settlement is proposed of a disagreement about money that names your agency",
        )


def _open(
    actor: Actor, dispute: FundingDispute, verb: str, words: str = "", *,
    seen_version: int | None = None,
) -> tuple[Record, FundingDispute]:  # fmt: skip
    record = take(
        dispute.pk,
        seen_version=seen_version,
        mine={"What you wrote": words},
        theirs=lambda: {"Stands": _again(dispute).state, "Settlement": _again(dispute).settlement},
        may=lambda held: can(actor, Verb.CHANGE, held),
    )
    now = _again(dispute)
    DISPUTES.verdict(State(now.state), verb).require()
    is_free(record, verb).require()
    return record, now


def _again(dispute: FundingDispute) -> FundingDispute:
    rows = FundingDispute.objects.select_related(
        "record__partnership", "budget__body", "carried_to"
    )
    return rows.get(pk=dispute.pk)


@operation
def propose_settlement(
    actor: Actor, *, dispute: FundingDispute, settlement: str, seen_version: int | None = None
) -> FundingDispute:
    """Write down how it might be settled. Each agency in it is asked; whatever was agreed to
    before was other words, and is void."""
    record, now = _open(actor, dispute, "propose", settlement, seen_version=seen_version)
    valid(rules.is_settlement(settlement, now.settlement), "settlement")
    before = {"settlement": now.settlement, "agreed": _agreed(now)}
    now.settlement = settlement.strip()
    now.proposed_by, now.proposed_on = actor.signature[:200], actor.on
    now.save()
    clear_asks(actor, record=record, errand=Errand.ANSWER, outcome="Another settlement is proposed")
    for each in Claim.objects.filter(dispute=now).select_related("agency").order_by("pk"):
        each.agreed_by, each.agreed_on = "", None
        each.save()
        _ask(actor, now, each.agency)
    after = {"settlement": now.settlement}
    happened(actor, "settlement proposed", record, before=before, after=after)
    return now


def _agreed(now: FundingDispute) -> list[str]:
    """The agencies that agreed to what is proposed, by name."""
    rows = Claim.objects.filter(dispute=now, agreed_on__isnull=False).order_by("agency__name")
    return list(rows.values_list("agency__name", flat=True))


@operation
def agree_claim(actor: Actor, *, claim: Claim, seen_version: int | None = None) -> Claim:
    """Agree to the settlement that is proposed, for the agency that one sits for.

    `seen_version` is the fingerprint of the dispute as it was read. Raises `Stale` where other
    words are proposed now.
    """
    locked(claim.dispute_id)
    row = Claim.objects.select_related("agency", "dispute").get(pk=claim.pk)
    other = seen_version is not None and row.dispute.fingerprint != seen_version
    record = take(
        claim.dispute_id,
        seen_version=NEVER if other else None,
        theirs=lambda: {"settlement": row.dispute.settlement},
        may=lambda _: queries.may_agree(actor, claim),
    )
    if row.dispute.state != State.OPEN:
        raise Refused(f"This disagreement is {row.dispute.state}.")
    rules.may_agree(row.dispute.settlement, row.agreed_on is not None).require()
    row.agreed_by, row.agreed_on = actor.signature[:200], actor.on
    row.save()
    for seat in Seat.objects.filter(agency=row.agency, partnership=record.partnership_id):
        clear_asks(actor, record=record, errand=Errand.ANSWER, outcome="Agreed", seat=seat)
    after = {"agency": row.agency.key, "settlement": row.dispute.settlement}
    happened(actor, "settlement agreed to", record, after=after)
    return row


@operation
def settle_dispute(
    actor: Actor, *, dispute: FundingDispute, seen_version: int | None = None
) -> FundingDispute:
    """Record that it is settled: in the words that every agency in it agreed to, or in those in
    which the ladder settled it."""
    record, now = _open(actor, dispute, "settle", seen_version=seen_version)
    if now.carried_to:
        _ended_there(now, OnLadder.SETTLED)
        now.proposed_by, now.proposed_on = "", None
        return _end(actor, record, now, "settle", now.carried_to.settlement)
    rows = Claim.objects.filter(dispute=now).order_by("agency__name")
    names = list(rows.values_list("agency__name", flat=True))
    rules.may_settle(now.settlement, names, _agreed(now)).require()
    return _end(actor, record, now, "settle", now.settlement)


def _ended_there(now: FundingDispute, wanted: OnLadder) -> None:
    there = now.carried_to
    if there and there.state != wanted:
        raise Refused(
            f"It is on the ladder of {there.body.name}, where it is {there.state}. "
            f"It is {wanted} there first."
        )


@operation
def carry_up(
    actor: Actor,
    *,
    dispute: FundingDispute,
    body: Body,
    positions: Sequence[tuple[Seat, str]],
    seen_version: int | None = None,
) -> FundingDispute:
    """Put it on the first rung of a body's ladder: it is settled there from now on."""
    record, now = _open(actor, dispute, "carry up", seen_version=seen_version)
    there = meetings.open_dispute(
        actor,
        body=body,
        title=record.title,
        issue=now.issue,
        positions=positions,
        standard=now.standard,
        about=record,
    )
    now.state, now.carried_to = State.CARRIED.value, there
    now.save()
    clear_asks(actor, record=record, errand=Errand.ANSWER, outcome="On the ladder")
    after = {"to": there.record.reference, "body": body.record.reference}
    happened(actor, "funding dispute carried up", record, after=after)
    _suggest_no_longer(actor, now, f"It is on the ladder of {body.name}.")
    return now


@operation
def withdraw_dispute(
    actor: Actor, *, dispute: FundingDispute, reason: str, seen_version: int | None = None
) -> FundingDispute:
    """End a disagreement that has lost its object."""
    told = reasoned(reason)
    record, now = _open(actor, dispute, "withdraw", told, seen_version=seen_version)
    if now.carried_to:
        _ended_there(now, OnLadder.WITHDRAWN)
    now.proposed_by, now.proposed_on = "", None
    return _end(actor, record, now, "withdraw", told)


def _end(
    actor: Actor, record: Record, now: FundingDispute, verb: str, words: str
) -> FundingDispute:
    before = {"proposed": now.settlement}
    now.state = DISPUTES.after(State(now.state), verb)
    now.settlement = words.strip()
    now.ended_by, now.ended_on = actor.signature[:200], actor.on
    now.save()
    clear_asks(actor, record=record, errand=Errand.ANSWER, outcome=now.state)
    happened(actor, f"funding dispute {now.state}", record, reason=now.settlement, before=before)
    _suggest_no_longer(actor, now, f"It is {now.state}.")
    return now

"""Consulting on a policy, putting it to a body, recording what it decided, and its first day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from concordat.domain.base.asks.operations import clear_asks, raise_ask
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.documents import operations as documents
from concordat.domain.base.documents import rules as papers
from concordat.domain.base.documents.models import Comment, Round, Version
from concordat.domain.base.records.models import surely_in_force
from concordat.domain.base.records.operations import happened, operation
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats.models import Body, BodyState, Seat
from concordat.domain.base.seats.queries import who_answers
from concordat.domain.base.seats.rules import Standing
from concordat.domain.governance.policies import rules
from concordat.domain.governance.policies.models import Approval, Policy
from concordat.domain.governance.policies.operations.acknowledging import ask_again
from concordat.domain.governance.policies.operations.taking import (
    newest,
    reasoned,
    taken,
    valid,
)
from concordat.domain.governance.policies.rules import State
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Refused, Stale


@operation
def consult(
    actor: Actor,
    *,
    policy: Policy,
    seats: Iterable[Seat],
    closes: date,
    question: str = "",
    seen_version: int | None = None,
) -> Round:
    """Send the newest version out for comment; the round is the document's own."""
    record, held = taken(actor, policy, "consult on", seen_version=seen_version)
    newest(held)
    row = documents.open_for_comment(
        actor,
        document=held.text,  # type: ignore[arg-type]
        seats=seats,
        closes=closes,
        question=question,
    )
    _move(held, "consult on")
    happened(actor, "policy sent out for comment", record, after={"closes": closes})
    return row


def _move(held: Policy, move: str, **facts: Any) -> None:
    """Take it on by the table, and set what goes with the move."""
    held.state = State(rules.STATES.after(held.stage, move)).value
    for name, value in facts.items():
        setattr(held, name, value)
    held.save()


def _is_answered(held: Policy) -> None:
    """A body decides what everybody has been answered on."""
    if Round.objects.filter(document=held.text, closed_on=None).exists():
        raise Refused("This policy is out for comment. Close the comments first.")
    said = Comment.objects.filter(round__document=held.text)
    papers.all_answered(said.values_list("outcome", flat=True)).require()


@operation
def put_forward(
    actor: Actor,
    *,
    policy: Policy,
    body: Body,
    due: date | None = None,
    seen_version: int | None = None,
) -> Policy:
    """Ask a body to approve the newest version: whoever chairs it has it in their work."""
    record, held = taken(actor, policy, "put forward", seen_version=seen_version)
    version = newest(held)
    _is_answered(held)
    _may_decide(held, body, actor.on)
    _move(held, "put forward")
    clear_asks(actor, record=record, errand=Errand.APPROVE, outcome="Put forward anew")
    seat = who_answers(actor, held.partnership, body=body)
    if seat:
        raise_ask(
            actor,
            record=record,
            seat=seat,
            errand=Errand.APPROVE,
            what=f"Approve version {version.number}",
            why=f"{body.name} decides on it"[:300],
            due=due,
        )
    after = {"to": body.record.reference, "version": version.number, "sha256": version.digest}
    happened(actor, "policy put forward", record, after=after)
    return held


def _may_decide(held: Policy, body: Body, on: date) -> None:
    """A body of this partnership that has not ended by then."""
    if body.partnership_id != held.partnership_id:
        raise Refused("Choose a body of the policy’s own partnership.")
    states = BodyState.objects.filter(surely_in_force(on), body=body, state=Standing.ENDED)
    if states.exists():
        raise Refused(f"{body.name} had ended by then. Choose the body that took over from it.")


@operation
def send_back(
    actor: Actor, *, policy: Policy, reason: str, seen_version: int | None = None
) -> Policy:
    """A body wants it changed: it is a draft again, with the reason on record."""
    record, held = taken(actor, policy, "send back", seen_version=seen_version)
    told = reasoned(reason)
    _move(held, "send back")
    clear_asks(actor, record=record, errand=Errand.APPROVE, outcome="Sent back")
    happened(actor, "policy sent back", record, reason=told)
    return held


@operation
def approve(
    actor: Actor,
    *,
    policy: Policy,
    body: Body,
    decided_on: date,
    digest: str,
    minute: str = "",
    review_on: date | None = None,
) -> Approval:
    """Record that a body approved the version with this digest on a day.

    Raises `Stale` when another version has taken its place since it was read.
    """
    record, held = taken(
        actor,
        policy,
        "approve",
        may=lambda held: (
            can(actor, Verb.SEE, held)
            & rules.may_approve(actor, body.pk, secretariat=can(actor, Verb.CHANGE, held))
        ),
    )
    version = _read(held, digest)
    _is_answered(held)
    _may_decide(held, body, decided_on)
    told = rules.is_decision_day(decided_on, on=actor.on, uploaded=version.uploaded_on)
    valid(told, "decided_on")
    if Approval.objects.filter(policy=held, version=version).exists():
        raise Refused(f"Version {version.number} is approved already.")
    row = Approval.objects.create(
        policy=held,
        version=version,
        digest=version.digest,
        body=body,
        decided_on=decided_on,
        minute=minute.strip()[: rules.LONGEST_MINUTE],
        recorded_by=actor.signature[:200],
        recorded_on=actor.on,
    )
    review = {"review_on": review_on.isoformat()} if review_on else {}
    _move(held, "approve", approved_by=body, approved_on=decided_on.isoformat(), **review)
    clear_asks(actor, record=record, errand=Errand.APPROVE, outcome=version.in_words)
    after = {
        "by": body.record.reference,
        "on": decided_on,
        "version": version.number,
        "sha256": version.digest,
    }
    happened(actor, "policy approved", record, after=after | review)
    return row


def _read(held: Policy, digest: str) -> Version:
    """The newest version, if it is the one that the body read."""
    found = newest(held)
    if found.digest == digest:
        return found
    read = Version.objects.filter(document=held.text, digest=digest).first()
    mine = read.in_words if read else "No version of this policy"
    raise Stale({"Version": mine}, {"Version": found.in_words}, by=found.uploaded_by)


@operation
def bring_into_force(
    actor: Actor,
    *,
    policy: Policy,
    from_day: date,
    trial_until: date | None = None,
    seen_version: int | None = None,
) -> Approval:
    """Say from which day the approved version is in force; the one before ends the day before.

    With `trial_until` it is a prototype under test until that day. Agencies that were asked for
    the version before are asked again.
    """
    record, held = taken(actor, policy, "bring into force", seen_version=seen_version)
    row = _approved(held)
    before = Approval.objects.filter(policy=held, to_day=None).exclude(from_day=None).first()
    since = before.from_day if before else None
    valid(rules.may_begin(from_day, decided=row.decided_on, running_since=since), "from_day")
    if trial_until and trial_until < from_day:
        valid(rules.is_last_day(trial_until, from_day), "trial_until")
    if before:
        before.to_day = from_day - timedelta(days=1)
        before.save(update_fields=["to_day"])
    row.from_day, row.brought_by, row.brought_on = from_day, actor.signature[:200], actor.on
    row.save(update_fields=["from_day", "brought_by", "brought_on"])
    trial = trial_until.isoformat() if trial_until else ""
    first = held.from_text or from_day.isoformat()
    _move(held, "bring into force", from_text=first, trial_until=trial)
    ask_again(actor, held, row.version)
    after = {"version": row.version.number, "from": from_day, "trial until": trial_until}
    happened(actor, "policy brought into force", record, after=after)
    return row


def _approved(held: Policy) -> Approval:
    """The approval of the newest version that has no first day yet."""
    version = newest(held)
    row = Approval.objects.filter(policy=held, version=version).select_related("version").first()
    if row is None:
        raise Refused(f"No body has approved version {version.number} yet.")
    if row.from_day:
        raise Refused(f"Version {version.number} has its first day already.")
    return row

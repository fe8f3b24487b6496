"""A policy's end: another takes its place, or it is withdrawn; and what the public is served."""

from __future__ import annotations

from datetime import timedelta

from concordat.domain.base.asks.operations import clear_asks
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.documents import operations as documents
from concordat.domain.base.documents.models import Publication, Round
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import happened, operation
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.governance.policies import rules
from concordat.domain.governance.policies.models import Approval, Policy
from concordat.domain.governance.policies.operations.taking import (
    newest,
    reasoned,
    running,
    taken,
)
from concordat.domain.governance.policies.rules import State
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused


@operation
def supersede(
    actor: Actor, *, policy: Policy, successor: Policy, seen_version: int | None = None
) -> Policy:
    """Say that another policy, which is in force, takes the place of this one from today."""
    record, held = taken(actor, policy, "supersede", seen_version=seen_version)
    if successor.pk == held.pk or successor.partnership_id != held.partnership_id:
        raise Invalid("Choose another policy of this partnership.", field="successor")
    if successor.stage is not State.IN_FORCE:
        raise Invalid(
            f"“{successor.title}” is not in force.",
            field="successor",
            mend="Bring it into force first.",
        )
    reason = f"{successor.record.reference} {successor.title} took its place"
    _end(actor, record, held, State.SUPERSEDED, reason)
    held.successor = successor
    held.save(update_fields=["successor"])
    happened(actor, "policy superseded", record, after={"by": successor.record.reference})
    return held


@operation
def withdraw(
    actor: Actor, *, policy: Policy, reason: str, seen_version: int | None = None
) -> Policy:
    """Withdraw a policy from today, with a reason. The public is served it no more."""
    record, held = taken(actor, policy, "withdraw", seen_version=seen_version)
    told = reasoned(reason)
    _end(actor, record, held, State.WITHDRAWN, told)
    held.reason = told
    held.save(update_fields=["reason"])
    happened(actor, "policy withdrawn", record, reason=told)
    return held


def _end(actor: Actor, record: Record, held: Policy, state: State, reason: str) -> None:
    """It holds until yesterday; nobody is asked for it any more and the public is not served it."""
    if Round.objects.filter(document=held.text, closed_on=None).exists():
        raise Refused("This policy is out for comment. Answer the comments and close them first.")
    last = actor.on - timedelta(days=1)
    for row in Approval.objects.filter(policy=held, to_day=None).exclude(from_day=None):
        if row.from_day and row.from_day > last:
            row.from_day, row.brought_by, row.brought_on = None, "", None
        else:
            row.to_day = last
        row.save(update_fields=["from_day", "to_day", "brought_by", "brought_on"])
    held.state = state.value
    if held.from_text:
        began = held.period.start
        ended = began is not None and began.earliest is not None and began.earliest <= last
        held.to_text = last.isoformat() if ended else held.from_text
    held.save()
    for errand in (Errand.APPROVE, Errand.CONFIRM, Errand.REVIEW):
        clear_asks(actor, record=record, errand=errand, outcome=state.label)
    if Publication.objects.filter(document=held.text, withdrawn_on=None).exists():
        documents.withdraw(actor, document=held.text, reason=reason)  # type: ignore[arg-type]


@operation
def publish(actor: Actor, *, policy: Policy, seen_version: int) -> Publication:
    """Serve the version in force to the public. What is only drafted is not served.

    `seen_version` is that of the text's record.
    """
    record, held = taken(actor, policy, "publish", may=lambda held: can(actor, Verb.PUBLISH, held))
    rules.may_be_public(held.public).require()
    version, now = newest(held), running(held, actor.on)
    if now is None:
        raise Refused("No version of this policy is in force today.")
    if now.version_id != version.pk:
        raise Refused(
            f"Version {now.version.number} is in force, and version {version.number} is newer. "
            "Publish once the newer one is in force."
        )
    row = documents.publish(
        actor,
        document=held.text,  # type: ignore[arg-type]
        seen_version=seen_version,
    )
    happened(actor, "policy published", record, after={"version": version.number})
    return row

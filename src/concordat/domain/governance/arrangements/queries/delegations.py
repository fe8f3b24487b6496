"""Delegations and decisions as an actor may see them."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from concordat.domain.base.agencies.models import Partnership
from concordat.domain.base.records.queries import fetch, visible
from concordat.domain.governance.arrangements import rules
from concordat.domain.governance.arrangements.models import Decision, Delegation
from concordat.domain.governance.arrangements.queries.authority import record_of
from concordat.kernel.actor import Actor

_LINKS = (
    "record", "agency__record", "post", "seat__record", "seat__body", "person__person__record",
    "under__record", "decision",
)  # fmt: skip


def delegations(actor: Actor, partnership: Partnership) -> QuerySet[Delegation]:
    """Every delegation of a partnership, by agency, the latest first."""
    rows = Delegation.objects.filter(partnership=partnership.pk).select_related(*_LINKS)
    return visible(actor, rows).order_by("agency__name", "-from_surely", "key")


def delegation(actor: Actor, reference: str) -> Delegation:
    """One delegation. Raises DoesNotExist for one that the actor may not know of."""
    rows = Delegation.objects.select_related("partnership", *_LINKS)
    return fetch(actor, rows, record__reference=reference)


def passed_on(actor: Actor, delegation: Delegation) -> QuerySet[Delegation]:
    """What was passed on from a delegation, and falls with it."""
    rows = Delegation.objects.filter(under=delegation).select_related(*_LINKS)
    return visible(actor, rows).order_by("agency__name", "key")


def standing_on(actor: Actor, partnership: Partnership, delegation: Delegation) -> list[Decision]:
    """Decisions that rest on a delegation: a post took them alone, by the power that it gave."""
    keys = rules.standing_on(record_of(actor, partnership), delegation.key)
    return [row for row in decisions(actor, partnership) if row.key in keys]


def lapsed(actor: Actor, partnership: Partnership, on: date) -> dict[str, str]:
    """Why a delegation that is dated for a day reaches nobody then, by its key."""
    record = record_of(actor, partnership)
    told = {d.key: rules.lapse(record, d.key, on) for d in record.delegations}
    return {key: stop.reason for key, stop in told.items() if stop}


def approving(actor: Actor, partnership: Partnership, delegation: Delegation) -> list[Decision]:
    """Decisions that gave a delegation or approved it, whatever came of them."""
    subject = f"delegations:{delegation.key}"
    return [
        row
        for row in decisions(actor, partnership)
        if row.pk == delegation.decision_id or subject in row.approves
    ]


def decisions(actor: Actor, partnership: Partnership) -> QuerySet[Decision]:
    rows = Decision.objects.filter(partnership=partnership.pk)
    rows = rows.select_related("agency__record", "body__record", "post")
    return visible(actor, rows, record="partnership").order_by("order", "key")

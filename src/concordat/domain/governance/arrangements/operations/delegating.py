"""Handing power to somebody who speaks for an agency, and taking it back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.agencies.rules import free_key
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import happened, operation, take
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.governance.arrangements.models import KINDS, Delegation
from concordat.domain.governance.arrangements.operations.setting_down import set_down
from concordat.domain.governance.arrangements.rules import words
from concordat.kernel.actor import Actor
from concordat.kernel.dates import Period, UncertainDate
from concordat.kernel.errors import Invalid, Refused


@operation
def add(
    actor: Actor, *, partnership: Record, kind: str, name: str, values: Mapping[str, Any]
) -> Any:
    """Set down a new row of this package; its key is made of its name and is nobody else's."""
    can(actor, Verb.CHANGE, partnership).require()
    take(partnership.pk)
    rows = KINDS[kind][0]._default_manager.filter(partnership=partnership)
    key = free_key(name, set(rows.values_list("key", flat=True)))
    return set_down(actor, partnership=partnership, kind=kind, key=key, values=values)


@operation
def delegate(
    actor: Actor,
    *,
    agency: Agency,
    to: Mapping[str, Any],
    limbs: list[str],
    from_day: date,
    to_day: date | None = None,
    matters: list[str] | None = None,
    limit: int | None = None,
    instrument: str = "not stated",
    instrument_title: str = "",
    source: str = "",
) -> Delegation:
    """Hand power of an agency to one post, seat or named person. `limit` is in pence.

    `to` names exactly one of post, seat and person. No matters means every matter. A limit
    on money means something only for a delegation that commits resources.
    """
    faults = _wrong(limbs, limit, instrument)
    if faults:
        raise faults
    delegate = next((row for row in to.values() if row is not None), None)
    name = f"{agency.key}-{getattr(delegate, 'key', '')}-{from_day.isoformat()}"
    row = add(
        actor,
        partnership=agency.partnership,
        kind="delegations",
        name=name,
        values={
            "agency": agency,
            **to,
            "limbs": limbs,
            "matters": matters or [],
            "limit": limit,
            "instrument": instrument,
            "instrument_title": instrument_title,
            "from_text": from_day.isoformat(),
            "to_text": to_day.isoformat() if to_day else "",
            "state": "in force",
            "source": source,
        },
    )
    assert isinstance(row, Delegation)  # noqa: S101 - narrows the type for the reader
    return row


def _wrong(limbs: list[str], limit: int | None, instrument: str) -> Invalid | None:
    if not limbs or not set(limbs) <= set(words.LIMBS):
        return Invalid("Say what it lets somebody do.", field="limbs", mend="Choose at least one.")
    if limit is not None and "commit on resources" not in limbs:
        return Invalid(
            "A limit on money stands on a delegation that does not commit resources.",
            field="limit",
            mend="Leave the limit out, or let the delegation commit resources.",
        )
    if instrument not in words.INSTRUMENTS:
        return Invalid(f"“{instrument}” is not an instrument.", field="instrument")
    return None


@operation
def end_delegation(
    actor: Actor, *, delegation: Delegation, last_day: date, reason: str
) -> Delegation:
    """Take power back from the day after. What was done by it until then stays done."""
    record = take(delegation.record_id, may=lambda held: can(actor, Verb.CHANGE, held))
    held = Delegation.objects.get(pk=delegation.pk)
    if held.to_maybe and held.to_maybe <= last_day:
        raise Refused(f"This delegation ends on {held.period.end} already.")
    Period(held.period.start, UncertainDate.parse(last_day.isoformat()))
    before, held.to_text = held.to_text, last_day.isoformat()
    held.save()
    happened(
        actor,
        "delegation ended",
        record,
        reason=reason,
        before={"to": before},
        after={"to": held.to_text},
    )
    return held


@operation
def withdraw_delegation(actor: Actor, *, delegation: Delegation, reason: str) -> Delegation:
    """Take back power that was to begin later: it never reaches anybody."""
    record = take(delegation.record_id, may=lambda held: can(actor, Verb.CHANGE, held))
    held = Delegation.objects.get(pk=delegation.pk)
    if held.state == "ended":
        raise Refused("This delegation has ended already.")
    before, held.state = held.state, "ended"
    held.save()
    happened(
        actor,
        "delegation withdrawn",
        record,
        reason=reason,
        before={"state": before},
        after={"state": held.state},
    )
    return held


@operation
def end_or_withdraw(
    actor: Actor, *, delegation: Delegation, last_day: date, reason: str
) -> Delegation:
    """End power with what it hangs on, a seat held by name or an agency, or withdraw it if it
    would only begin after."""
    start = delegation.period.start
    if start and start.certainly_after(last_day):
        return withdraw_delegation(actor, delegation=delegation, reason=reason)
    return end_delegation(actor, delegation=delegation, last_day=last_day, reason=reason)

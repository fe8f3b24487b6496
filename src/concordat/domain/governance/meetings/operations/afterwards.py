"""What has to be documented and told once a decision is sealed, and that it was."""

from __future__ import annotations

from datetime import timedelta

from concordat.domain.base.asks.operations import clear_asks, raise_ask
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.records.models import surely_in_force
from concordat.domain.base.records.operations import happened, operation, take
from concordat.domain.base.records.rules.access import SECRETARIAT
from concordat.domain.base.seats.models import Seat
from concordat.domain.governance.meetings import queries
from concordat.domain.governance.meetings.models import Resolution
from concordat.domain.governance.meetings.queries import presenting as asked
from concordat.domain.governance.meetings.rules.deciding import State
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused

TO_TELL = timedelta(days=14)
"""How long whoever leads the item has to document and tell a decision. Local, not law."""

WHAT = "Document this decision and tell those whom it concerns"


@operation
def ask_to_tell(actor: Actor, *, resolution: Resolution) -> None:
    """Ask for a sealed decision to be documented and told: of whoever leads the item, or else of
    the secretariat."""
    seat = resolution.line.item.lead if resolution.line else None
    why = asked.to_tell(actor, resolution.line)
    offices = [office.value for office in SECRETARIAT]
    rows = Seat.objects.filter(surely_in_force(actor.on), office__in=offices)
    rows = rows.filter(partnership=resolution.record.partnership_id).order_by("office", "key")
    for each in [seat] if seat else rows.select_related("record"):
        raise_ask(
            actor,
            record=resolution.record,
            seat=each,
            errand=Errand.UPDATE,
            what=WHAT,
            why=f"The paper says so: {why}"[:200] if why else "It was decided so",
            due=actor.on + TO_TELL,
        )
    happened(actor, "telling of the decision asked", resolution.record, after={"why": why})


@operation
def tell_of(actor: Actor, *, resolution: Resolution, how: str) -> Resolution:
    """Put on record how a decision was documented and whom it was told."""
    if not how.strip():
        raise Invalid("Say where it is documented and who was told.", field="how")
    record = take(resolution.pk, may=lambda held: queries.may_tell_of(actor, resolution, held))
    row = Resolution.objects.select_related("line", "record").get(pk=resolution.pk)
    if row.state in (State.DRAFT, State.CORRECTED):
        raise Refused(f"This decision is {row.state}. Only a sealed one is told.")
    if row.told_on:
        raise Refused("This is on record already.")
    row.told, row.told_by, row.told_on = how.strip(), actor.signature[:200], actor.on
    row.save()
    clear_asks(actor, record=record, errand=Errand.UPDATE, outcome="Told", what=WHAT)
    happened(actor, "decision told", record, after={"how": row.told})
    return row

"""A decision that waits for partners: a clock runs and their leads are asked until all answer."""

from __future__ import annotations

from concordat.domain.base.asks.operations import clear_asks, raise_ask
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.clocks import operations as clocks
from concordat.domain.base.clocks.models import Clock
from concordat.domain.base.clocks.rules import OPEN
from concordat.domain.base.records.models import surely_in_force
from concordat.domain.base.seats.models import Seat
from concordat.domain.governance.meetings.models import Resolution
from concordat.domain.governance.meetings.rules.deciding import WAITS
from concordat.kernel.actor import Actor, Office, process


def ask_for_power(actor: Actor, row: Resolution) -> None:
    """Start the clock of a decision that waits, and ask the lead of each partner to ratify it."""
    if not row.waits_for:
        return
    clock = clocks.start(
        process(actor.signature, actor.on),
        record=row.record,
        rule=WAITS,
        started_by=f"Sealed, and waiting for {', '.join(row.waits_for)}",
        on=actor.on,
    )
    seats = Seat.objects.filter(
        surely_in_force(actor.on), partnership=row.record.partnership_id,
        office__in=[Office.LEAD_PARTNER, Office.DELEGATE], agency__name__in=row.waits_for,
    )  # fmt: skip
    for seat in seats.select_related("record").order_by("office", "key"):
        raise_ask(
            actor,
            record=row.record,
            seat=seat,
            errand=Errand.RATIFY,
            what=f"“{row.text[:290]}”",
            why="It went beyond what your people could decide that day",
            due=clock.due,
        )


def no_longer_ask(actor: Actor, row: Resolution, *, partner: str, outcome: str) -> None:
    """Whoever was asked for this partner is asked no more."""
    for seat in Seat.objects.filter(
        partnership=row.record.partnership_id, agency__name=partner
    ).select_related("record"):
        clear_asks(actor, record=row.record, errand=Errand.RATIFY, outcome=outcome, seat=seat)


def wait_is_over(actor: Actor, row: Resolution, *, proof: str) -> None:
    """Every partner has answered, or one has ended it: nobody is asked, and the clock is met.

    A partner may answer for itself without being allowed to change the record, so the clock is
    stopped as by the platform, in that person's name.
    """
    clear_asks(actor, record=row.record, errand=Errand.RATIFY, outcome=proof)
    for clock in Clock.objects.filter(record=row.record, rule=WAITS, stage__in=OPEN):
        clocks.meet(
            process(actor.signature, actor.on),
            clock=clock,
            on=actor.on,
            proof=proof,
            proof_record=row.record,
        )

"""What every act on a referral or an escalation shares: who is let in and what is asked of whom."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from concordat.domain.base.asks.operations import clear_asks, raise_ask
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.records.models import Grant, Record
from concordat.domain.base.records.operations import open_record
from concordat.domain.base.records.rules import Level, RecordKind
from concordat.domain.base.records.rules.access import SECRETARIAT
from concordat.domain.base.seats.models import Seat
from concordat.kernel.actor import Actor, process
from concordat.kernel.errors import Invalid
from concordat.kernel.sensitivity import Sensitivity
from concordat.kernel.verdict import Verdict


def opened(
    actor: Actor, partnership: Record, kind: RecordKind, title: str, owner: Record | None = None
) -> Record:
    """A record that nobody finds but those named on it, the secretariat among them."""
    record = open_record(
        on_behalf(actor),
        kind=kind,
        title=title[:300],
        partnership=partnership,
        opened=actor.on,
        owner=owner,
        sensitivity=Sensitivity.RESTRICTED,
        listed=False,
    )
    let_in(actor, record, secretariat(partnership.pk), "Runs the partnership.", Level.WORK)
    return record


def on_behalf(actor: Actor) -> Actor:
    """The system, in the name of whoever acts."""
    return process(actor.signature, actor.on)


def secretariat(home: UUID) -> list[Record]:
    seats = Seat.objects.filter(partnership=home, to_text="", office__in=SECRETARIAT)
    return [seat.record for seat in seats.select_related("record")]


def let_in(
    actor: Actor, record: Record, whom: Iterable[Record], reason: str, level: Level = Level.SEE
) -> None:
    """Name seats or a group on a record that only those named may open."""
    for each in whom:
        Grant.objects.get_or_create(
            record=record,
            grantee=each,
            to_day=None,
            level=level,
            defaults={
                "reason": reason,
                "granted_by": actor.signature[:200],
                "from_day": actor.on,
            },
        )


def ask(
    actor: Actor, record: Record, seats: Iterable[Seat], errand: Errand, what: str, why: str,
    due: date | None = None,
) -> None:  # fmt: skip
    """Every ask names what it is about by its reference alone."""
    for seat in seats:
        raise_ask(
            actor,
            record=record,
            seat=seat,
            errand=errand,
            what=f"{what} {record.reference}"[:300],
            why=why[:300],
            due=due,
        )


def clear(actor: Actor, record: Record, outcome: str, *errands: Errand) -> None:
    for errand in errands:
        clear_asks(actor, record=record, errand=errand, outcome=outcome[:300])


def require(verdict: Verdict, field: str) -> None:
    if not verdict:
        raise Invalid(str(verdict), field=field)

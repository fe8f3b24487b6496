"""Who is let in to an incident: those who speak for its partners, also when they come later."""

from __future__ import annotations

from collections.abc import Iterable

from concordat.domain.base.records.models import Grant, Record
from concordat.domain.base.records.rules import Level
from concordat.domain.base.records.rules.access import SECRETARIAT
from concordat.domain.base.seats.models import Seat
from concordat.domain.practice.reviews.models import Incident
from concordat.domain.practice.reviews.operations import taking
from concordat.domain.practice.reviews.queries import incident_people as people
from concordat.kernel.actor import Actor

RUNS, COUNCIL = "Runs the case.", "Speaks for the council that notifies."
PARTNER, CHAIR = "Speaks for a statutory partner.", "Chairs the old board."
Let = tuple[Iterable[Seat], Level, str]


def admit(actor: Actor, row: Incident, record: Record) -> list[Seat]:
    """The secretariat works on it, the council's seats too; the other statutory partners of the
    area read it, say what they think and sign. Nobody else finds it, and until it is told, and its
    area known, the secretariat alone. Those who were let in by this."""
    return [
        seat
        for seats, level, why in _every(actor, row)
        for seat in taking.let_in(actor, record, seats, level, why)
    ]


def _every(actor: Actor, row: Incident) -> tuple[Let, ...]:
    here = Seat.objects.filter(partnership=row.partnership_id, to_text="", office__in=SECRETARIAT)
    mine = [p.agency_id for p in people.council(actor, row)]
    council = people.seats_for(actor, row, mine) if row.area else []
    partners = [p.agency_id for p in people.statutory_partners(actor, row)] if row.area else []
    others = [each for each in people.seats_for(actor, row, partners) if each not in council]
    chairs = people.chairs(actor, row) if row.old_board else []
    return (
        (here.select_related("record"), Level.WORK, RUNS),
        (council, Level.WORK, COUNCIL),
        (others, Level.SEE, PARTNER),
        (chairs, Level.SEE, CHAIR),
    )


def admit_all(actor: Actor, row: Incident) -> list[Seat]:
    """Let in to the incident, and to its child, who speaks for them today. Whose seat began after
    the telling would find neither, nor what is asked of it."""
    if row.child:
        admit(actor, row, row.child.record)
    return admit(actor, row, row.record)


def admit_anew(actor: Actor, row: Incident, why: str) -> list[Seat]:
    """Let in who speaks for the area as it is now said to be, and shut out who spoke for the one
    before. Those who were let in by this."""
    still = {(seat.pk, told) for seats, _, told in _every(actor, row) for seat in seats}
    records = [row.record, *([row.child.record] if row.child else [])]
    rows = Grant.objects.filter(
        record__in=records, to_day=None, reason__in=[COUNCIL, PARTNER, CHAIR]
    )
    over = [each for each in rows if (each.grantee_id, each.reason) not in still]
    taking.let_out(actor, over, why)
    return admit_all(actor, row)

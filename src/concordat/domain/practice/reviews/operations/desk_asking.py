"""What the desk of a review owes next: one ask for whoever runs it, kept true from day to day."""

from __future__ import annotations

from uuid import UUID

from concordat.domain.base.asks.models import Ask
from concordat.domain.base.asks.operations import clear_asks, raise_ask
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.records.operations import no_event, operation, take
from concordat.domain.base.seats.models import Seat
from concordat.domain.practice.reviews import queries
from concordat.domain.practice.reviews.models import Review
from concordat.domain.practice.reviews.operations.desk_taking import desk_of, fresh
from concordat.domain.practice.reviews.queries.incident_people import seats_that_run
from concordat.domain.practice.reviews.rules import desk
from concordat.kernel.actor import Actor, Kind, Office
from concordat.kernel.errors import Refused


def runs_it(actor: Actor, row: Review) -> Seat | None:
    """The seat that is asked for what the desk owes: the manager's, or who else runs it."""
    found = seats_that_run(actor, row.partnership_id)
    managers = [each for each in found if each.office == Office.STRATEGY_MANAGER]
    return next(iter([*managers, *found]), None)


def ask_to_check(actor: Actor, row: Review, of: str) -> None:
    """Somebody handed in what the desk has to check."""
    if seat := runs_it(actor, row):
        why = "It is in, and its quality is not checked yet"
        raise_ask(
            desk_of(actor), record=row.record, seat=seat, errand=Errand.REVIEW,
            what=_checked(row, of), why=why, due=None,
        )  # fmt: skip


def is_checked(actor: Actor, row: Review, of: str) -> None:
    clear_asks(
        desk_of(actor), record=row.record, errand=Errand.REVIEW, outcome="Checked",
        what=_checked(row, of),
    )  # fmt: skip


def _checked(row: Review, of: str) -> str:
    return f"the report of {of} for {row.record.reference}"[:300]


def ask_what_is_next(actor: Actor, row: Review) -> None:
    """Ask for the next thing that is due, and for nothing where nothing is near. What was asked
    before and is not next any more is cleared."""
    due = desk.next_due(queries.days_of_desk(actor, row), actor.on)
    what = f"{due.what}, on {row.record.reference}"[:300] if due else ""
    asked = Ask.objects.filter(
        record=row.record, errand=Errand.UPDATE, cleared_on=None, what__endswith=_on(row)
    )
    for each in asked.exclude(what=what).select_related("seat"):
        clear_asks(
            desk_of(actor), record=row.record, errand=Errand.UPDATE, seat=each.seat,
            what=each.what, outcome="Done, or not next any more",
        )  # fmt: skip
    if due and (seat := runs_it(actor, row)):
        raise_ask(
            desk_of(actor), record=row.record, seat=seat, errand=Errand.UPDATE, what=what,
            why="The next day of the review's plan", due=due.on,
        )  # fmt: skip


def _on(row: Review) -> str:
    return f", on {row.record.reference}"


@operation
def ask_desks(actor: Actor) -> int:
    """Once a day: ask each desk for what is due next; how many reviews were looked at."""
    if actor.kind is not Kind.PROCESS:
        raise Refused("The system itself does this when its day comes.")
    no_event("each ask has an event of its own")
    rows = Review.objects.filter(stage__in=[each.value for each in desk.OPEN]).order_by("pk")
    return sum(_asked(actor, pk) for pk in rows.values_list("pk", flat=True))


def _asked(actor: Actor, pk: UUID) -> bool:
    take(pk)
    row = fresh(Review(pk=pk))
    before = _open(row)
    ask_what_is_next(actor, row)
    return _open(row) != before


def _open(row: Review) -> list[int]:
    asks = Ask.objects.filter(record=row.record, errand=Errand.UPDATE, cleared_on=None)
    return list(asks.order_by("pk").values_list("pk", flat=True))

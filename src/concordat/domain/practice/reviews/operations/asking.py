"""Whose part it is: seats that see their own part alone, asked in their turn and asked no more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from concordat.domain.base.asks.operations import clear_asks, raise_ask
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.records.operations import open_record
from concordat.domain.base.records.rules import Level, RecordKind
from concordat.domain.base.seats.models import Seat
from concordat.domain.practice.reviews import queries
from concordat.domain.practice.reviews.models import Agreement, Called, Clearing, Review
from concordat.domain.practice.reviews.operations import desk_taking as desk_
from concordat.domain.practice.reviews.queries.incident_people import seats_that_run
from concordat.domain.practice.reviews.rules import clearance
from concordat.domain.practice.reviews.rules.clearance import Agreed
from concordat.domain.practice.reviews.rules.desk import Stage
from concordat.kernel.actor import Actor
from concordat.kernel.sensitivity import Sensitivity

WHAT = "Sign the report of a review"


def called(actor: Actor, row: Review, seat: Seat) -> Called:
    """The part of a seat in a review: beneath a record of its own, which it may open, since it
    may not open the review."""
    there = Called.objects.filter(review=row, seat=seat).select_related("record").first()
    if there:
        return there
    record = open_record(
        desk_.desk_of(actor),
        kind=RecordKind.REVIEW,
        title=f"Your part in review {row.record.reference}",
        partnership=row.partnership,
        opened=actor.on,
        owner=row.record.owner,
        sensitivity=Sensitivity.RESTRICTED,
        listed=False,
    )
    why = "Has a part in this review."
    desk_.let_in(actor, [record], seat.record, Level.SEE, why, actor.on)
    return Called.objects.create(record=record, review=row, seat=seat)


def seats_of_others(actor: Actor, row: Review) -> list[Seat]:
    """The seats that run the other partnerships that take part."""
    return [
        seat
        for other in queries.partners(actor, row)[1:]
        for seat in seats_that_run(actor, other.pk)
    ]


def call_others(actor: Actor, row: Review) -> None:
    """Give whoever runs another borough of a joint review a part in it: a share opens nothing that
    is restricted, and they are to know that it is there and how far it has come."""
    for seat in seats_of_others(actor, row):
        called(actor, row, seat)


def ask(
    actor: Actor, row: Review, seat: Seat, errand: Errand, what: str, why: str,
    due: date | None = None,
) -> None:  # fmt: skip
    record = called(actor, row, seat).record
    raise_ask(actor, record=record, seat=seat, errand=errand, what=what[:200], why=why, due=due)


def asked_no_more(
    actor: Actor, row: Review, seat: Seat, errand: Errand, outcome: str, what: str | None = None
) -> None:
    """`what` is that of one thing asked; without it, nothing of this kind is asked any more."""
    there = Called.objects.filter(review=row, seat=seat).select_related("record").first()
    if there:
        clear_asks(actor, record=there.record, errand=errand, seat=seat, outcome=outcome, what=what)


def ask_step(actor: Actor, row: Review) -> None:
    """Ask the seats of the step whose turn it is, and none of any other."""
    if row.stage_is is not Stage.CLEARANCE:
        return
    rows = list(Clearing.objects.filter(review=row).select_related("seat__record"))
    text = queries.text_of(actor, row)
    now = queries.readiness(actor, row).step
    turn = {
        each.seat: each
        for each in rows
        if each.step_is is now and not clearance.stands(each.place, text)
    }
    for seat in dict.fromkeys(each.seat for each in rows):
        if seat in turn:
            due = turn[seat].due
            ask(actor, row, seat, Errand.SIGN, WHAT, turn[seat].step_is.heading, due)
        else:
            asked_no_more(actor, row, seat, Errand.SIGN, "Not its turn")


def ask_partnerships(actor: Actor, row: Review) -> None:
    """Ask every other partnership that has not answered whether it publishes this text too."""
    if row.stage_is not in (Stage.CLEARANCE, Stage.PUBLISHED):
        return
    rows = Agreement.objects.filter(review=row, state=Agreed.ASKED)
    for each in rows.select_related("seat__record").order_by("pk"):
        ask(
            actor, row, each.seat, Errand.APPROVE, "Approve publication of a joint review",
            f"It is led by {row.partnership.title}", row.planned_on,
        )  # fmt: skip


OF_CLEARANCE = (Errand.SIGN, Errand.REVIEW, Errand.APPROVE)


def ask_nobody(
    actor: Actor, row: Review, outcome: str, errands: Iterable[Errand] = OF_CLEARANCE
) -> None:
    """Nothing of the kind is asked of any seat that has a part in the review any more."""
    for each in Called.objects.filter(review=row).select_related("record"):
        for errand in errands:
            clear_asks(actor, record=each.record, errand=errand, outcome=outcome)

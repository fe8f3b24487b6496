"""What is asked, of whom, in which words: raised and cleared by every act on a recommendation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from concordat.domain.base.actions.operations.owning import grant
from concordat.domain.base.actions.queries.access import (
    chairs_of,
    contact_of,
    secretariat_of,
    standing_seats,
)
from concordat.domain.base.asks.models import Ask
from concordat.domain.base.asks.operations import clear_asks, raise_ask
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.recommendations import rules
from concordat.domain.base.recommendations.models import Caseload, Recommendation
from concordat.domain.base.recommendations.rules import Stage
from concordat.domain.base.records.operations.unit import locked
from concordat.domain.base.records.rules import Level
from concordat.domain.base.seats.models import Body, Seat
from concordat.kernel.actor import Actor
from concordat.kernel.sensitivity import Sensitivity

_LONGEST = 300
_MEETING = "that drafts call for a meeting"


def _name(row: Recommendation) -> str:
    """As an ask names it: one that is held closely by its reference alone."""
    record = row.record
    if record.level > Sensitivity.PARTNERSHIP:
        return f"the recommendation {record.reference}"
    return f"the recommendation “{record.title}”"[:_LONGEST]


def _ask(
    actor: Actor,
    row: Recommendation,
    seats: Iterable[Seat],
    errand: Errand,
    why: str,
    due: date | None,
    before: str = "",
) -> None:
    for seat in seats:
        what = f"{before}{_name(row)}"[:_LONGEST]
        raise_ask(
            actor, record=row.record, seat=seat, errand=errand, what=what, why=why[:_LONGEST],
            due=due,
        )  # fmt: skip


def ask_owner(actor: Actor, row: Recommendation, why: str = "") -> None:
    """Ask the owner how it goes; the secretariat where nobody owns it."""
    if row.owner is None or row.asked is None:
        told = "It was accepted and nobody owns it. Give it an owner."
        seats = secretariat_of(row.partnership_id)
        _ask(actor, row, seats, Errand.UPDATE, told, row.due_day, "who owns ")
        return
    let_work(actor, row)
    told = why or f"{row.owner.title} owns it."
    _ask(actor, row, [row.asked], Errand.UPDATE, told, row.due_day)


def let_work(actor: Actor, row: Recommendation) -> None:
    """Let the owner open it and put something on its file, however closely it is held."""
    if row.asked:
        grant(actor, row.record, row.asked.record, Level.WORK, "Owns this recommendation.")


def ask_addressee(actor: Actor, row: Recommendation) -> None:
    """Let an addressee inside open what a board accepted and holds closely, and ask them to read
    it; where nobody answers for an agency, the secretariat tells it."""
    if row.record.level is not Sensitivity.RESTRICTED:
        return
    seats, told = _addressed(row), f"{row.addressee} is its addressee."
    if row.body:
        grant(actor, row.record, row.body.record, Level.SEE, told)
    for seat in [] if row.body else seats:
        grant(actor, row.record, seat.record, Level.WORK, told)
    asked = [seat for seat in seats if seat.pk != row.asked_id]
    _ask(actor, row, asked, Errand.READ, told, None)
    if row.agency and not seats:
        why = f"Nobody answers for {row.agency.name} here. Tell it, and note how."
        _ask(actor, row, secretariat_of(row.partnership_id), Errand.READ, why, None, "and tell of ")


def _addressed(row: Recommendation) -> list[Seat]:
    """The seats that answer for its addressee; none for somebody outside."""
    if row.seat:
        return [row.seat]
    if row.body:
        return chairs_of(row.body)
    contact = contact_of(row.agency) if row.agency else None
    return [contact.seat] if contact and contact.seat else []


def let_in(actor: Actor, row: Recommendation, body: Body) -> None:
    """Let the body that works a closely held draft, or decides on it, open it."""
    if row.record.level is Sensitivity.RESTRICTED:
        grant(actor, row.record, body.record, Level.SEE, "Works on this recommendation.")


def _speaking(body: Body, row: Recommendation) -> list[Seat]:
    """Whoever chairs a body, or the secretariat where nobody does or the chair is the owner."""
    chairs = [seat for seat in chairs_of(body) if seat.pk != row.asked_id]
    return chairs or secretariat_of(row.partnership_id)


def ask_to_draft(actor: Actor, row: Recommendation, why: str) -> None:
    """Ask for a draft that came back: of whoever owns what it comes from, or the secretariat."""
    seats = _drafting(row) or secretariat_of(row.partnership_id)
    _ask(actor, row, seats, Errand.UPDATE, why, None, "the draft of ")


def _drafting(row: Recommendation) -> list[Seat]:
    owner, here = row.record.owner_id, row.partnership_id
    if owner is None:
        return []
    seats = Seat.objects.filter(standing_seats(here), record=owner).select_related("record")
    body = Body.objects.filter(partnership=here, record=owner).first()
    return chairs_of(body) if body else list(seats)


def ask_to_work(actor: Actor, row: Recommendation) -> None:
    if row.worked_by:
        due = actor.on + timedelta(days=rules.DAYS_TO_ANSWER)
        told = f"{row.worked_by.name} works drafts before a board accepts them."
        _ask(actor, row, _speaking(row.worked_by, row), Errand.REVIEW, told, due)


def ask_to_decide(actor: Actor, row: Recommendation) -> None:
    if row.set_by:
        told = f"It was put before {row.set_by.name}."
        _ask(actor, row, _speaking(row.set_by, row), Errand.CONFIRM, told, None, "or refuse ")


def ask_to_judge(actor: Actor, row: Recommendation) -> None:
    if row.set_by:
        due = actor.on + timedelta(days=rules.DAYS_TO_ANSWER)
        told = f"{row.set_by.name} set it; it is said to be done."
        _ask(actor, row, _speaking(row.set_by, row), Errand.APPROVE, told, due, "what was done on ")


def ask_to_look(actor: Actor, row: Recommendation) -> None:
    """Overdue: whoever chairs the body that set it knows."""
    if row.set_by:
        owner = row.owner.title if row.owner else "nobody"
        told = f"It is overdue. Its owner: {owner}."
        _ask(actor, row, _speaking(row.set_by, row), Errand.REVIEW, told, actor.on, "why late: ")


def ask_for_value(actor: Actor, row: Recommendation) -> None:
    """Ask for what was measured after: of its owner, or the secretariat."""
    seats = [row.asked] if row.asked else secretariat_of(row.partnership_id)
    told = row.measure or "Nobody said by which measure."
    _ask(actor, row, seats, Errand.GIVE, told, row.measure_on, "what was measured after ")


def clear(actor: Actor, row: Recommendation, outcome: str, *errands: Errand) -> None:
    for errand in errands:
        clear_asks(actor, record=row.record, errand=errand, outcome=outcome[:_LONGEST])


def clear_reading(actor: Actor, row: Recommendation, outcome: str) -> None:
    """What was only to be read was read by whoever says how it goes."""
    mine = Ask.objects.filter(record=row.record, errand=Errand.READ, cleared_on=None)
    mine = mine.filter(seat__in=[held.seat for held in actor.seats]).select_related("seat")
    for ask in mine:
        clear_asks(
            actor, record=row.record, errand=Errand.READ, seat=ask.seat, outcome=outcome[:_LONGEST]
        )


def clear_all(actor: Actor, row: Recommendation, outcome: str) -> None:
    clear(
        actor, row, outcome, Errand.UPDATE, Errand.REVIEW, Errand.CONFIRM, Errand.APPROVE,
        Errand.GIVE, Errand.READ,
    )  # fmt: skip


def weigh(actor: Actor, body: Body | None) -> None:
    """Ask for a meeting of a body once so many drafts wait for it as it said, and no longer once
    fewer do. No law sets a number (local)."""
    if body is None:
        return
    locked(body.pk)  # two drafts that come at once are counted one after the other
    limit = Caseload.objects.filter(body=body).values_list("at_least", flat=True).first()
    waiting = Recommendation.objects.filter(worked_by=body, stage=Stage.WORKED).count()
    if not rules.calls_for_a_meeting(waiting, limit):
        clear_asks(
            actor, record=body.record, errand=Errand.READ, what=_MEETING,
            outcome="Fewer drafts wait",
        )  # fmt: skip
        return
    seats = chairs_of(body) or secretariat_of(body.partnership_id)
    for seat in seats:
        raise_ask(
            actor,
            record=body.record,
            seat=seat,
            errand=Errand.READ,
            what=_MEETING,
            why=f"{body.name}: the caseload has reached {limit}. Call a meeting"[:_LONGEST],
        )

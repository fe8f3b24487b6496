"""What is asked, of whom, in which words: raised and cleared by every act on a recommendation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from concordat.domain.base.actions.operations.owning import grant
from concordat.domain.base.actions.queries.access import chairs_of, secretariat_of
from concordat.domain.base.asks.operations import clear_asks, raise_ask
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.recommendations import rules
from concordat.domain.base.recommendations.models import Caseload, Recommendation
from concordat.domain.base.recommendations.rules import Stage
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


def let_in(actor: Actor, row: Recommendation, body: Body) -> None:
    """Let the body that works a closely held draft, or decides on it, open it."""
    if row.record.level is Sensitivity.RESTRICTED:
        grant(actor, row.record, body.record, Level.SEE, "Works on this recommendation.")


def _speaking(body: Body, row: Recommendation) -> list[Seat]:
    """Whoever chairs a body, or the secretariat where nobody does or the chair is the owner."""
    chairs = [seat for seat in chairs_of(body) if seat.pk != row.asked_id]
    return chairs or secretariat_of(row.partnership_id)


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


def clear_all(actor: Actor, row: Recommendation, outcome: str) -> None:
    clear(
        actor, row, outcome, Errand.UPDATE, Errand.REVIEW, Errand.CONFIRM, Errand.APPROVE,
        Errand.GIVE,
    )  # fmt: skip


def weigh(actor: Actor, body: Body | None) -> None:
    """Ask for a meeting of a body once so many drafts wait for it as it said, and no longer once
    fewer do. No law sets a number (local)."""
    if body is None:
        return
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

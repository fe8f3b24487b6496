"""Which part somebody has in a recommendation, and whom it is asked of."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from concordat.domain.base.actions.queries import part_for
from concordat.domain.base.recommendations.models import Recommendation
from concordat.domain.base.recommendations.rules import Part
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.queries.access import partnership_records
from concordat.domain.base.records.rules import SCOPED, Verb, offices_that_may
from concordat.domain.base.seats.models import Post, Seat
from concordat.domain.base.seats.queries import posts_held, seats_held, who_answers
from concordat.kernel.actor import Actor, Kind, Office, SeatHeld


def part_in(actor: Actor, recommendation: Recommendation) -> Part:
    """Which part the actor has in a recommendation that they may open."""
    home, group, board = (
        recommendation.partnership_id,
        recommendation.worked_by,
        recommendation.set_by,
    )
    sitting = list(_seats(actor))
    works = {held.body for held in sitting if held.office is not Office.OBSERVER}
    return Part(
        group=group.name if group else Part().group,
        board=board.name if board else Part().board,
        secretariat=runs(actor, home),
        works=group.pk in works if group else _drafts(actor, recommendation),
        leads=part_for(actor, group, home).chairs if group else leads_any(actor, home),
        decides=board is not None and part_for(actor, board, home).chairs,
        owns=_owns(actor, recommendation, sitting),
        addressed=_is_addressed(recommendation, sitting),
        did=recommendation.doer_id is not None
        and recommendation.doer_id in (actor.person, actor.hand_person),
        drafts=_drafts(actor, recommendation),
        answers=bool(can(actor, Verb.ANSWER, recommendation.record)),
    )


def _drafts(actor: Actor, recommendation: Recommendation) -> bool:
    """A draft that no body works yet is worked on by any chair, and whoever may change it."""
    return leads_any(actor, recommendation.partnership_id) or bool(
        can(actor, Verb.CHANGE, recommendation.record)
    )


def runs(actor: Actor, home: UUID) -> bool:
    """Whether the actor is of the partnership's secretariat, with the right to change."""
    if actor.kind is Kind.PROCESS:
        return True
    if actor.kind in SCOPED and Verb.CHANGE not in actor.scope:
        return False
    return actor.holds(*offices_that_may(Verb.CHANGE), partnership=home)


def leads_any(actor: Actor, home: UUID) -> bool:
    """Whether the actor chairs a body of the partnership, or is of its secretariat."""
    if runs(actor, home):
        return True
    if actor.kind in SCOPED and Verb.CHANGE not in actor.scope:
        return False
    return actor.holds(Office.CHAIR, partnership=home)


def homes(actor: Actor) -> list[Record]:
    """The partnerships in which the actor drafts recommendations."""
    rows = partnership_records(actor).order_by("title")
    return [row for row in rows if leads_any(actor, row.pk)]


def may_draft_from(actor: Actor, source: Record) -> bool:
    """Whether the actor drafts what comes from a record: as a chair, or because they work on it."""
    home = source.partnership_id or source.pk
    return leads_any(actor, home) or bool(can(actor, Verb.CHANGE, source))


def _seats(actor: Actor) -> Iterable[SeatHeld]:
    """Whoever acts for somebody sits where either of the two sits."""
    hand = seats_held(actor.hand_person, on=actor.on) if actor.hand_person else ()
    return [*actor.seats, *hand]


def _owns(actor: Actor, recommendation: Recommendation, sitting: Iterable[SeatHeld]) -> bool:
    if recommendation.asked_id in {held.seat for held in sitting}:
        return recommendation.owner_id is not None
    held = {
        post
        for person in (actor.person, actor.hand_person)
        if person and recommendation.owner_id
        for post in posts_held(person, on=actor.on)
    }
    return recommendation.owner_id in held


def _is_addressed(recommendation: Recommendation, sitting: Iterable[SeatHeld]) -> bool:
    """Whoever sits for the agency or in the seat, and whoever chairs the body."""
    agency, body = recommendation.agency_id, recommendation.body_id
    return any(
        (agency is not None and held.agency == agency)
        or held.seat == recommendation.seat_id
        or (body is not None and held.body == body and held.office is Office.CHAIR)
        for held in sitting
    )


def seat_asked(actor: Actor, home: Record, owner: Post | None) -> Seat | None:
    """The seat in whose work it stands: one that its owner holds, or whoever runs the
    partnership where the owner holds none."""
    return who_answers(actor, home, post=owner) if owner else None

"""A cast's meetings: called, answered and put together by real operations."""

from __future__ import annotations

from concordat.domain.assurance.exchange.operations import naming
from concordat.domain.assurance.exchange.rules.cast import Answered, Cast, Convened, Talked, day
from concordat.domain.base.records.operations import operation
from concordat.domain.base.seats.models import Body
from concordat.domain.governance.meetings import operations
from concordat.domain.governance.meetings.models import Meeting, Place
from concordat.domain.governance.meetings.rules import moments
from concordat.domain.governance.meetings.rules.life import Purpose
from concordat.domain.governance.meetings.rules.quorum import Presence
from concordat.kernel.actor import Actor, process
from concordat.kernel.errors import Invalid


@operation
def convene(actor: Actor, cast: Cast, told: Convened) -> Meeting:
    """Call an invented meeting, open its agenda, and put on record what was answered."""
    on = day(told.day, actor.on)
    if on is None:
        raise Invalid("A meeting needs a day.", field="day")
    starts, ends = moments.span(on, told.starts, told.ends)
    body = naming.record_of(cast, f"bodies:{told.body}")
    actor = process(told.by, actor.on)
    meeting = operations.call(
        actor,
        body=Body.objects.select_related("record", "partnership").get(pk=body.pk),
        starts_at=starts,
        ends_at=ends,
        place=told.place,
        title=told.title,
        purpose=told.purpose,
        source=told.source,
    )
    for item in told.items:
        _put_on(actor, cast, meeting, item)
    for each in told.answers:
        _answer(actor, meeting, each)
    operations.move_on(actor, meeting=meeting, verb="open the agenda")
    return meeting


def _put_on(actor: Actor, cast: Cast, meeting: Meeting, item: Talked) -> None:
    line = operations.propose(
        actor,
        meeting=meeting,
        title=item.title,
        purpose=Purpose(item.purpose),
        minutes=item.minutes,
        about=naming.record_of(cast, item.about) if item.about else None,
        lead=naming.seat_of(cast, item.lead) if item.lead else None,
        why=item.why,
    )
    operations.take_on(actor, line=line)


def _answer(actor: Actor, meeting: Meeting, told: Answered) -> None:
    places = Place.objects.select_related("meeting__record", "seat__record")
    place = places.get(meeting=meeting, seat__key=told.seat)
    answer = Presence(told.answer)
    operations.answer(actor, place=place, answer=answer, stands_for=told.deputy)

"""Letters at once: what one person asks of another's seat, and the answer to who asked for access.

What the system itself asks goes into the weekly letter, and statutory clocks have letters of
their own. A letter goes only to whom My work shows the same row.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings

from concordat.domain.base.asks import queries, rules
from concordat.domain.base.asks.models import Ask
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.mail import rules as mail
from concordat.domain.base.mail.models import Message
from concordat.domain.base.mail.operations import post
from concordat.domain.base.mail.rules import Purpose
from concordat.domain.base.people.models import Person, Persona
from concordat.domain.base.people.rules import is_address
from concordat.domain.base.records.models import AccessRequest, Record
from concordat.domain.base.records.rules import RecordKind
from concordat.domain.base.seats.queries import actor_for, sitting_in
from concordat.kernel.actor import Actor, Kind


def tell(actor: Actor, ask: Ask, says: Sequence[str] = ()) -> int:
    """Write to whoever sits in the seat that is asked; to how many.

    One letter for each thing that is asked, also where somebody sits in several of the seats.
    Nobody is written to about what they asked of themselves.
    """
    if actor.kind is Kind.PROCESS:
        return 0
    people = sitting_in(actor, [ask.seat_id], on=actor.on).get(ask.seat_id, [])
    waiting = [each for each in people if _is_to_be_told(actor, each)]
    told = _told_already(ask, waiting) if waiting else set()
    return sum(_post(actor, ask, each, says=says) for each in waiting if each.pk not in told)


def _is_to_be_told(actor: Actor, person: Person) -> bool:
    return person.pk not in (actor.person, actor.hand_person) and _can_be_written_to(person)


def _can_be_written_to(person: Person) -> bool:
    """Members of an example's cast have no mailbox."""
    return bool(is_address(person.email)) and not Persona.objects.filter(person=person).exists()


def _told_already(ask: Ask, people: list[Person]) -> set[object]:
    """Who has had the letter through another seat that is asked the same."""
    same = Ask.objects.filter(
        record=ask.record, errand=ask.errand, what=ask.what, cleared_on=None
    ).values_list("pk", flat=True)
    keys = {_key(pk, person): person.pk for pk in same for person in people}
    sent = Message.objects.filter(key__in=keys).values_list("key", flat=True)
    return {keys[key] for key in sent if key}


def _key(ask: int, person: Person) -> str:
    return f"asked {ask} {person.pk.hex}"


def tell_again(actor: Actor, ask: Ask, says: Sequence[str] = ()) -> int:
    """Write once more to whoever sits in the seat, at most once on a day; to how many."""
    people = sitting_in(actor, [ask.seat_id], on=actor.on).get(ask.seat_id, [])
    waiting = [each for each in people if _is_to_be_told(actor, each)]
    day = actor.on.isoformat()
    return sum(
        _post(actor, ask, each, f"reminded {ask.pk} {each.pk.hex} {day}", says=says)
        for each in waiting
    )


def _post(
    actor: Actor, ask: Ask, person: Person, key: str = "", *, says: Sequence[str] = ()
) -> bool:
    shown, opens = queries.is_shown(actor_for(person, on=actor.on), ask)
    if not shown:
        return False
    post(
        actor,
        to=person.email,
        purpose=Purpose.ASKED,
        subject=mail.subject(Purpose.ASKED, reference=_reference(ask)),
        text=mail.asked_letter(
            name=person.name,
            by=actor.signature,
            what=rules.in_a_letter(Errand(ask.errand), ask.what, ask.record.level),
            reference=ask.record.reference,
            group=ask.seat.body.name,
            due=ask.due,
            place=rules.place_of(page_of(ask.record), opens),
            says=says,
        ),
        about=ask.record,
        key=key or _key(ask.pk, person),
    )
    return True


def _reference(ask: Ask) -> str:
    """A partnership's own reference is its short name, which no subject may hold."""
    record = ask.record
    return (ask.seat.record if record.kind == RecordKind.PARTNERSHIP else record).reference


def page_of(record: Record) -> str:
    """The whole address of a record's page."""
    return settings.RECORD_PAGE.format(reference=record.reference)


def tell_answer(actor: Actor, request: AccessRequest) -> None:
    """Write to whoever asked for access that it was given or refused, and why."""
    person = Person.objects.get(pk=request.person_id)
    if not _can_be_written_to(person):
        return
    record = request.record
    post(
        actor,
        to=person.email,
        purpose=Purpose.ANSWERED,
        subject=mail.subject(Purpose.ANSWERED, reference=record.reference),
        text=mail.answered_letter(
            name=person.name,
            by=request.answered_by,
            answer=request.answer,
            reference=record.reference,
            place=page_of(record),
        ),
        about=record,
        key=f"answered {request.pk}",
    )

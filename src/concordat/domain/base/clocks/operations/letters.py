"""Letters to whoever holds a statutory clock: once before its day, and once when it was missed."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from concordat.domain.base.clocks import rules
from concordat.domain.base.clocks.models import Breach, Clock
from concordat.domain.base.clocks.queries.lists import passed
from concordat.domain.base.clocks.rules import Bound, Stage
from concordat.domain.base.mail import rules as mail
from concordat.domain.base.mail.models import Message
from concordat.domain.base.mail.operations import post
from concordat.domain.base.mail.rules import Purpose, Standing
from concordat.domain.base.people.models import Person
from concordat.domain.base.people.rules import is_address
from concordat.domain.base.records.operations import no_event, operation
from concordat.domain.base.seats.queries import sitting_in
from concordat.kernel.actor import Actor, Kind
from concordat.kernel.errors import Refused

CLOCK = "{clock}"
"""Where a page's address takes the clock's id."""

STILL_NEWS = timedelta(days=7)
"""How long after it was recorded a missed date is told by letter: a timer may stand still."""


@operation
def send_clock_letters(actor: Actor, *, now: date | datetime, place: str) -> int:
    """Post what holders are to be told of statutory clocks; how many letters were new.

    `place` is the whole address of a clock's page with `CLOCK` where its id goes. Safe to run
    twice and in two places: each person gets one letter for each day that a clock was due, and
    for each of the two things that it can say.
    """
    if actor.kind is not Kind.PROCESS:
        raise Refused("Letters about clocks are sent by the system itself.")
    no_event("the outbox is its own trace")
    told = [(each, Standing.MISSED) for each in _missed(actor.on)]
    told += [(each, Standing.SOON) for each in _soon(now)]
    told = [(clock, standing) for clock, standing in told if _is_statutory(clock)]
    seats = {clock.holder_id for clock, _ in told if clock.holder_id}
    sitters = sitting_in(actor, seats, on=actor.on)
    wanted = {
        _key(clock, standing, person): (clock, standing, person)
        for clock, standing in told
        if clock.holder_id
        for person in sitters.get(clock.holder_id, [])
        if is_address(person.email)
    }
    new = wanted.keys() - Message.objects.filter(key__in=wanted).values_list("key", flat=True)
    for key in sorted(new):
        _post(actor, *wanted[key], place, key)
    return len(new)


def _key(clock: Clock, standing: Standing, person: Person) -> str:
    day = clock.due.isoformat() if clock.due else ""
    return f"clock {clock.pk.hex} {day} {standing.name} {person.pk.hex}"


def _running() -> QuerySet[Clock]:
    rows = Clock.objects.filter(stage=Stage.RUNNING.value, holder__isnull=False, local=None)
    rows = rows.exclude(bound=Bound.EARLIEST.value).order_by("due", "pk")
    return rows.select_related("record__partnership", "holder__body")


def _missed(on: date) -> QuerySet[Clock]:
    lately = Breach.objects.filter(clock=OuterRef("pk"), due=OuterRef("due"))
    news = lately.filter(recorded_on__gt=on - STILL_NEWS, recorded_on__lte=on)
    return _running().filter(Exists(news))


def _soon(now: date | datetime) -> QuerySet[Clock]:
    today = rules.day_in_london(now)
    return _running().filter(~passed(now), Q(soon_from__lte=today), due__gte=today)


def _is_statutory(clock: Clock) -> bool:
    return rules.is_statutory(clock.rule_text)


def _post(
    actor: Actor, clock: Clock, standing: Standing, person: Person, place: str, key: str
) -> None:
    seat = clock.holder
    if seat is None or clock.due is None:
        return
    post(
        actor,
        to=person.email,
        purpose=Purpose.CLOCK,
        subject=mail.subject(Purpose.CLOCK, standing=standing, rule=clock.rule),
        text=mail.clock_letter(
            name=person.name,
            standing=standing,
            rule=rules.pinned_title(clock.rule_text),
            reference=clock.record.reference,
            due=rules.told_day(clock.due, clock.due_at),
            seat=f"{seat.role} on {seat.body.name}",
            place=place.replace(CLOCK, str(clock.pk)),
        ),
        about=clock.record,
        key=key,
    )

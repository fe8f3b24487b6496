"""A cast's requests for information, its near misses and which group learns from them, how
reviews begin, and its policy for disagreements."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TypeVar

from concordat.domain.assurance.exchange.rules.cast import (
    Cast,
    Policed,
    Referred,
    Requested,
    Routed,
    day,
)
from concordat.domain.base.agencies.models import Partnership
from concordat.domain.base.mail.rules import TOKEN
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import no_event, operation
from concordat.domain.base.requests import operations as requests
from concordat.domain.base.requests.models import Request
from concordat.domain.base.requests.operations import Asked
from concordat.domain.base.seats.models import Body, Incumbency, Seat
from concordat.domain.base.seats.queries import actor_for
from concordat.domain.practice.reviews.models import Incident
from concordat.domain.practice.reviews.operations import escalations, referrals, routes
from concordat.domain.practice.reviews.operations.referrals import Told
from concordat.domain.practice.reviews.rules.escalations import PolicyStage
from concordat.domain.practice.reviews.rules.routes import RouteStep
from concordat.kernel.actor import Actor, Kind, process
from concordat.kernel.errors import Invalid

R = TypeVar("R", Body, Seat)


@operation
def refer(actor: Actor, cast: Cast) -> int:
    """Say how reviews begin and who learns, then refer every invented near miss; how many were."""
    no_event("each row has an event of its own")
    for routed in cast.routes:
        _route(actor, routed)
    for group in cast.learning_groups:
        referrals.set_group(
            process(group.by, actor.on),
            partnership=_home(group.partnership),
            group=_row(Body, group.group).record,
            source=group.source,
        )
    for policed in cast.escalation_policies:
        _police(actor, policed)
    for told in cast.referrals:
        _refer(actor, told)
    for asked in cast.requests:
        _ask(actor, asked)
    if cast.requests:
        _watch(actor)
    return len(cast.referrals)


def _route(actor: Actor, told: Routed) -> None:
    begins = day(told.from_day, actor.on)
    routes.say(
        process(told.by, actor.on),
        partnership=_home(told.partnership),
        step=RouteStep(told.step),
        place=told.place,
        words=told.words,
        question=told.question,
        source=told.source,
        stated_on=str(told.stated_on),
        from_day=begins,
    )


def _police(actor: Actor, told: Policed) -> None:
    stages = [PolicyStage(str(name), int(days)) for name, days in told.stages]
    escalations.set_policy(
        process(told.by, actor.on),
        partnership=_home(told.partnership),
        stages=stages,
        source=told.source,
    )


def _ask(actor: Actor, told: Requested) -> None:
    """Ask on its day; who was asked by a link has answered by it where the cast says so."""
    by = process(told.by, day(told.day, actor.on) or actor.on)
    home = _home(told.partnership)
    row = requests.draft(
        by,
        partnership=home,
        asked=Asked(
            requester=_row(Seat, told.requester),
            seat=_row(Seat, told.seat) if told.seat else None,
            name=told.name,
            email=told.email,
            about=_incident(home, told.about).record if told.about else None,
            form=told.form,
            purpose=told.purpose,
            exact=told.exact,
            deliver_to=told.deliver_to,
            due=day(told.due, actor.on) or actor.on,
            senior_named=told.senior_named,
        ),
    )
    row = requests.send(by, request=row, door=_DOOR, now=_noon(by.on))
    if told.answered:
        _answer(actor, row, told)


_DOOR = f"https://example.org/guest/{TOKEN}"


def _noon(on: date) -> datetime:
    return datetime.combine(on, time(12), tzinfo=UTC)


def _answer(actor: Actor, row: Request, told: Requested) -> None:
    on = day(told.answered, actor.on) or actor.on
    guest = Actor(
        Kind.GUEST,
        row.name,
        on,
        scope=frozenset(row.link.scope) if row.link else frozenset(),
        admitted=frozenset({row.pk}),
    )
    requests.answer(
        guest, request=row, answers=told.answers, words=told.words, link=row.link_id, now=_noon(on)
    )


def _incident(home: Record, label: str) -> Incident:
    found = Incident.objects.filter(partnership=home, child__label=label).first()
    if found is None:
        raise Invalid(f"The cast names {label}, which was not told.", field="requests")
    return found


def _watch(actor: Actor) -> None:
    """What the timer would have done by the day of loading; no link is renewed by it."""
    watcher = process("request watcher", actor.on)
    requests.chase(watcher, door="", now=_noon(actor.on))
    requests.escalate(watcher)


def _refer(actor: Actor, told: Referred) -> None:
    on = day(told.day, actor.on) or actor.on
    referrals.refer(
        _sitting(told.seat, on),
        partnership=_home(told.partnership),
        second=_row(Seat, told.second),
        told=Told(
            kind=told.kind,
            harm="no",
            what=told.what,
            why=told.why,
            happened=told.happened,
            setting=told.setting,
            lesson=told.lesson,
        ),
    )


def _home(slug: str) -> Record:
    return Partnership.objects.select_related("record").get(key=slug).record


def _row(model: type[R], name: str) -> R:
    """A row by partnership:key."""
    slug, _, key = name.partition(":")
    rows = model.objects.select_related("record", "partnership")
    found = rows.filter(partnership__partnership_row__key=slug, key=key).first()
    if found is None:
        raise Invalid(f"The cast names {name}, which is not there.", field="referrals")
    return found


def _sitting(seat: str, on: date) -> Actor:
    """Whoever is in the post that holds a seat."""
    held = _row(Seat, seat)
    within = Incumbency.objects.filter(post__holdings__seat=held, to_day=None)
    found = within.select_related("person__record").first()
    if found is None:
        raise Invalid(f"Nobody of the cast sits in {seat}.", field="referrals")
    return actor_for(found.person, on=on)

"""A cast's requests for information, its near misses and which group learns from them, how
reviews begin, and its policy for disagreements."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.utils import timezone

from concordat.domain.assurance.exchange.operations.naming import (
    agency_at,
    body_at,
    home_at,
    seat_at,
    sitting_in,
)
from concordat.domain.assurance.exchange.rules.cast import (
    Cast,
    Disputed,
    Policed,
    Referred,
    Requested,
    Routed,
    day,
)
from concordat.domain.base.mail.rules import TOKEN
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import no_event, operation
from concordat.domain.base.requests import operations as requests
from concordat.domain.base.requests.models import Request
from concordat.domain.base.requests.operations import Asked
from concordat.domain.practice.children.queries import agreement_of
from concordat.domain.practice.reviews.models import Incident
from concordat.domain.practice.reviews.operations import escalations, referrals, routes
from concordat.domain.practice.reviews.operations.escalations import Raised
from concordat.domain.practice.reviews.operations.referrals import Told
from concordat.domain.practice.reviews.operations.reviewing import asked_for
from concordat.domain.practice.reviews.rules.escalations import PolicyStage
from concordat.domain.practice.reviews.rules.routes import RouteStep
from concordat.kernel.actor import Actor, Kind, process
from concordat.kernel.errors import Invalid


@operation
def refer(actor: Actor, cast: Cast) -> int:
    """Say how reviews begin and who learns, then refer every invented near miss; how many were."""
    no_event("each row has an event of its own")
    for routed in cast.routes:
        _route(actor, routed)
    for group in cast.learning_groups:
        referrals.set_group(
            process(group.by, actor.on),
            partnership=home_at(group.partnership),
            group=body_at(group.group).record,
            source=group.source,
        )
    for policed in cast.escalation_policies:
        _police(actor, policed)
    for disputed in cast.escalations:
        _dispute(actor, disputed)
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
        partnership=home_at(told.partnership),
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
        process(told.by, day(told.day, actor.on) or actor.on),
        partnership=home_at(told.partnership),
        stages=stages,
        source=told.source,
    )


def _dispute(actor: Actor, told: Disputed) -> None:
    """Raise it at the first stage, and take it as far as the cast says."""
    theirs = seat_at(told.theirs)
    row = escalations.raise_it(
        _on(told.seat, told.day, actor),
        partnership=home_at(told.partnership),
        raised=Raised(
            other=agency_at(told.other), theirs=theirs, about=told.about, wanted=told.wanted,
            label=told.label,
        ),
    )  # fmt: skip
    for when, words in told.said:
        row = escalations.add_to(_on(told.seat, when, actor), escalation=row, words=words)
    for when, why in told.further:
        row = escalations.take_further(
            _on(told.seat, when, actor), escalation=row, why=why, theirs=theirs
        )


def _on(seat: str, told: date | int, actor: Actor) -> Actor:
    return sitting_in(seat, day(told, actor.on) or actor.on)


def _ask(actor: Actor, told: Requested) -> None:
    """Ask on its day; who was asked by a link has answered by it where the cast says so."""
    by = process(told.by, day(told.day, actor.on) or actor.on)
    home = home_at(told.partnership)
    about = _incident(home, told.about) if told.about else None
    area = asked_for(about) if about else None
    row = requests.draft(
        by,
        partnership=home,
        asked=Asked(
            requester=seat_at(told.requester),
            seat=seat_at(told.seat) if told.seat else None,
            name=told.name,
            email=told.email,
            about=about.record if about else None,
            area=area,
            agreement=agreement_of(by, area) if area else None,
            form=told.form,
            purpose=told.purpose,
            exact=told.exact,
            deliver_to=told.deliver_to,
            due=day(told.due, actor.on) or actor.on,
            senior_named=told.senior_named,
        ),
    )
    row = requests.send(by, request=row, door=_door(), now=timezone.now())
    if told.answered:
        _answer(actor, row, told)


def _door() -> str:
    """Where guests come in here. A link lives by the clock of the machine, also where the practice
    date is pinned: one that was sent on that day would be dead before it is posted."""
    return f"{settings.ADDRESS}/guest/{TOKEN}"


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
        guest, request=row, answers=told.answers, words=told.words, link=row.link_id,
        now=timezone.now(),
    )  # fmt: skip


def _incident(home: Record, label: str) -> Incident:
    found = Incident.objects.filter(partnership=home, child__label=label).first()
    if found is None:
        raise Invalid(f"The cast names {label}, which was not told.", field="requests")
    return found


def _watch(actor: Actor) -> None:
    """What the timer would have done by the day of loading; no link is renewed by it."""
    watcher = process("request watcher", actor.on)
    requests.chase(watcher, door="", now=timezone.now())
    requests.escalate(watcher)


def _refer(actor: Actor, told: Referred) -> None:
    on = day(told.day, actor.on) or actor.on
    referrals.refer(
        sitting_in(told.seat, on),
        partnership=home_at(told.partnership),
        second=seat_at(told.second),
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

"""Saying how it goes, and asking for it when the last word has gone stale."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from concordat.domain.base.asks.models import Ask
from concordat.domain.base.asks.operations import clear_asks, raise_ask
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import happened, no_event, operation, take
from concordat.domain.base.records.rules import is_open
from concordat.domain.base.seats.models import Seat
from concordat.domain.base.seats.queries import who_answers
from concordat.domain.governance.programme import queries
from concordat.domain.governance.programme.models import Milestone, Priority, Programme, Update
from concordat.domain.governance.programme.operations.taking import again, valid
from concordat.domain.governance.programme.rules import health, slips
from concordat.domain.governance.programme.rules.health import Health
from concordat.domain.governance.programme.rules.life import Stage
from concordat.kernel.actor import Actor
from concordat.kernel.dates import UncertainDate
from concordat.kernel.errors import Refused

HOW = "how it goes"
DAYS_TO_ANSWER = 5


@operation
def tell(
    actor: Actor,
    *,
    thing: Programme | Priority | Milestone,
    health: Health | None,
    words: str,
    forecast: UncertainDate | None = None,
    seen_version: int | None = None,
) -> Update:
    """Write an update: whether it is on track, in words, and the day that is expected.

    A forecast never moves the plan: it stands beside it until the plan is made again.
    """
    record = take(
        thing.pk,
        seen_version=seen_version,
        mine={"words": words},
        theirs=lambda: {"words": _last(thing.record)},
        may=lambda held: (
            queries.may_tell(actor, held, queries.owner_of(actor, again(thing)))
            & is_open(held.closed)
        ),
    )
    if again(thing).stage.is_over:
        raise Refused("It is over: there is nothing more to say of how it goes.")
    _is_said(words, health)
    row = Update.objects.create(
        record=record,
        health=health or "",
        words=words.strip(),
        forecast=forecast.iso() if forecast else "",
        by=actor.signature[:200],
        on=actor.on,
    )
    clear_asks(actor, record=record, errand=Errand.UPDATE, what=HOW, outcome="Told")
    after = {"health": row.health, "expected": row.forecast, "words": row.words}
    happened(actor, "update written", record, after=after)
    return row


def _is_said(words: str, told: Health | None) -> None:
    valid(health.is_update(words, told), "words" if told else "health")


def _last(record: Record) -> str:
    row = Update.objects.filter(record=record).order_by("-on", "-pk").first()
    return row.words if row else ""


@operation
def ask_for_updates(actor: Actor) -> int:
    """Ask whoever answers for an open programme, for a priority under way, and for a milestone
    that is late or due soon, once the last word is stale; how many were asked. Safe to run twice.
    """
    asked = sum(_ask_if_stale(actor, thing) for thing in _to_look_at(actor))
    if not asked:
        no_event("nothing that is told has gone stale")
    return asked


def _to_look_at(actor: Actor) -> list[Programme | Priority | Milestone]:
    found: list[Any] = []
    for model in (Programme, Priority, Milestone):
        rows = model._default_manager.filter(record__closed=None).order_by("pk")
        found += rows.select_related("record", "partnership")
    return [thing for thing in found if not thing.stage.is_over and _matters(thing, actor)]


_BEGUN = (Stage.UNDER_WAY, Stage.DELAYED)


def _matters(thing: Any, actor: Actor) -> bool:
    if isinstance(thing, Priority):
        return thing.stage in _BEGUN
    if isinstance(thing, Programme):
        return True
    return slips.stands(thing.due_day, False, actor.on) in ("late", "soon")


def _ask_if_stale(actor: Actor, thing: Programme | Priority | Milestone) -> int:
    record = thing.record
    if Ask.objects.filter(record=record, errand=Errand.UPDATE, what=HOW, cleared_on=None).exists():
        return 0
    last = Update.objects.filter(record=record).order_by("-on").values_list("on", flat=True).first()
    if not health.is_stale(last, actor.on, known_since=record.opened):
        return 0
    seat = _asked(actor, thing)
    if seat is None:
        return 0
    raise_ask(
        actor,
        record=record,
        seat=seat,
        errand=Errand.UPDATE,
        what=HOW,
        why=health.stale_in_words(last, actor.on),
        due=actor.on + timedelta(DAYS_TO_ANSWER),
    )
    return 1


def _asked(actor: Actor, thing: Programme | Priority | Milestone) -> Seat | None:
    home = thing.partnership
    named = queries.seats_of(actor, home.pk, queries.owner_of(actor, thing))
    return named[0] if named else who_answers(actor, home)

"""What a calendar feed tells, and which diary a secret address opens."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.crypto import constant_time_compare

from concordat.craft.ics import Entry
from concordat.domain.base.asks.queries import my_asks
from concordat.domain.base.clocks.queries import clocks_naming
from concordat.domain.base.people.models import Account
from concordat.domain.base.records.queries import can, visible
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats.queries import actor_for
from concordat.domain.governance.diaries import rules
from concordat.domain.governance.diaries.models import CalendarFeed, Engagement
from concordat.domain.governance.diaries.rules import EntryState
from concordat.kernel.actor import Actor

MOST = 500


def feeds_of(actor: Actor) -> QuerySet[CalendarFeed]:
    """The feeds of the actor, or of whom they act for, the newest first."""
    rows = CalendarFeed.objects.filter(person=actor.person).select_related("body", "person")
    return rows.order_by("-made_at", "pk")


def feed(actor: Actor, pk: UUID) -> CalendarFeed:
    return feeds_of(actor).get(pk=pk)


def feed_by(actor: Actor, token: str) -> CalendarFeed | None:
    """The feed that an address opens, whoever asks; nothing for one that is wrong or revoked, or
    whose owner can sign in no more."""
    if not rules.is_token(token):
        return None
    digest = rules.digest_of(token)
    rows = CalendarFeed.objects.filter(digest=digest, revoked_at=None)
    found = rows.select_related("person__record", "body__record").first()
    if found is None or not constant_time_compare(found.digest, digest):
        return None
    open_ = Account.objects.filter(person=found.person_id, is_active=True).exists()
    return found if open_ and found.person.record.closed is None else None


def entries_of(actor: Actor, feed: CalendarFeed, *, now: datetime) -> list[Entry]:
    """Everything that the owner of a feed may see in it on the asking actor's day.

    Nothing is told that the owner could not open themselves, and no title but plain ones.
    """
    owner = actor_for(feed.person, on=actor.on)
    if feed.body:
        if not can(owner, Verb.SEE, feed.body.record):
            return []
        return [entry_of(owner, row) for row in _engagements(owner, now, Q(body=feed.body))]
    mine = Q(seats__in=[held.seat for held in owner.seats])
    told = [entry_of(owner, row) for row in _engagements(owner, now, mine)]
    return [*told, *_clocks(owner), *_asks(owner)][:MOST]


def _engagements(owner: Actor, now: datetime, which: Q) -> QuerySet[Engagement]:
    """What was called off stays for a while, so that calendars take it out."""
    rows = Engagement.objects.filter(
        which, end__gte=now - rules.BEHIND, start__lte=now + rules.AHEAD
    )
    return visible(owner, rows).distinct().order_by("start", "pk")[:MOST]


def entry_of(actor: Actor, row: Engagement) -> Entry:
    """One engagement as a calendar takes it."""
    return Entry(
        uid=f"{row.uid}@concordat",
        sequence=row.sequence,
        start=row.start,
        end=row.end,
        title=row.title,
        state=EntryState(row.state).value,
        place=row.place,
        changed=row.changed_at,
    )


def _clocks(owner: Actor) -> Iterator[Entry]:
    """Statutory dates that name the owner, by reference alone."""
    for row in clocks_naming(owner, now=owner.on):
        clock = row.clock
        if clock.due:
            yield Entry(
                uid=f"clock-{clock.pk}@concordat",
                sequence=clock.record.version,
                start=clock.due,
                end=clock.due + timedelta(days=1),
                title=f"Clock due: {clock.record.reference}",
                state=EntryState.CONFIRMED.value,
            )


def _asks(owner: Actor) -> Iterator[Entry]:
    for ask in my_asks(owner).filter(due__isnull=False)[:MOST]:
        assert ask.due is not None  # noqa: S101 - asked for above
        yield Entry(
            uid=f"ask-{ask.pk}@concordat",
            sequence=ask.record.version,
            start=ask.due,
            end=ask.due + timedelta(days=1),
            title=f"Due from you: {ask.record.reference}",
            state=EntryState.CONFIRMED.value,
        )

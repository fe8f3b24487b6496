"""Making and revoking the secret addresses of calendars."""

from __future__ import annotations

from datetime import datetime

from concordat.domain.base.people.models import Person
from concordat.domain.base.records.operations import happened, operation, take
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats.models import Body
from concordat.domain.governance.diaries import queries, rules
from concordat.domain.governance.diaries.models import CalendarFeed
from concordat.kernel.actor import Actor, Kind
from concordat.kernel.errors import Invalid, Refused


@operation
def make_feed(actor: Actor, *, token: str, now: datetime, body: Body | None = None) -> CalendarFeed:
    """Give the actor's own diary, or a body's, a secret address. The token is kept nowhere."""
    if actor.person is None or actor.kind not in (Kind.PERSON, Kind.ACTING_FOR):
        raise Refused("A feed is of somebody who signs in.")
    if actor.kind is Kind.ACTING_FOR and Verb.ANSWER not in actor.scope:
        raise Refused(f"{actor.name} has not let you answer on their behalf.")
    if not rules.is_token(token):
        raise Invalid("This is no token.", field="token")
    if body:
        can(actor, Verb.SEE, body.record).require()
    record = take(actor.person)
    if queries.feeds_of(actor).filter(revoked_at=None).count() >= rules.MOST_FEEDS:
        raise Refused(f"You have {rules.MOST_FEEDS} feeds already. Revoke one first.")
    feed = CalendarFeed.objects.create(
        person=Person.objects.get(pk=actor.person),
        body=body,
        digest=rules.digest_of(token),
        made_by=actor.signature[:200],
        made_at=now,
    )
    told = {"feed": feed.pk, "of": body.record.reference if body else "own diary"}
    happened(actor, "calendar feed made", record, after=told)
    return feed


@operation
def revoke_feed(actor: Actor, *, feed: CalendarFeed, now: datetime) -> CalendarFeed:
    """Shut an address at once."""
    record = take(feed.person_id)
    held = queries.feed(actor, feed.pk)
    if held.revoked_at:
        raise Refused(f"{held.revoked_by} revoked this feed already.")
    held.revoked_at, held.revoked_by = now, actor.signature[:200]
    held.save(update_fields=["revoked_at", "revoked_by"])
    happened(actor, "calendar feed revoked", record, before={"feed": held.pk})
    return held

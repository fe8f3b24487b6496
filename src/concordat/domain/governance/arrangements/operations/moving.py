"""Joiners, movers and leavers: a person, their posts, and all that hangs on them, in one act."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from datetime import date, timedelta

from concordat.domain.base.asks import operations as asks
from concordat.domain.base.asks.models import Ask
from concordat.domain.base.people import operations as people
from concordat.domain.base.people.models import Account, Person
from concordat.domain.base.records.models import Dated, Record
from concordat.domain.base.records.operations import happened, operation, take
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats import operations as seats
from concordat.domain.base.seats.models import Body, Holder, Incumbency, Post, Seat
from concordat.domain.governance.arrangements import queries
from concordat.domain.governance.arrangements.operations.delegating import end_or_withdraw
from concordat.domain.governance.arrangements.queries import ByName
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.labels import count


@operation
def join(
    actor: Actor,
    *,
    partnership: Record,
    post: Post,
    from_day: date,
    full_name: str,
    email: str = "",
    phone: str = "",
) -> Person:
    """Register somebody and put them into a post; the seats of the post follow."""
    if post.partnership_id != partnership.pk:
        raise Invalid("This post belongs to another partnership.", field="post")
    person = people.register(
        actor,
        partnership=partnership,
        opened=actor.on,
        full_name=full_name,
        post_title=post.title,
        email=email,
        phone=phone,
    )
    seats.take_post(actor, person=person, post=post, from_day=from_day)
    happened(actor, "person joined", person.record, after={"post": post.title, "from": from_day})
    return person


@operation
def move(
    actor: Actor,
    *,
    leaving: Incumbency,
    taking: Post,
    on: date,
    reason: str,
    keeping: Sequence[Holder] = (),
) -> Incumbency:
    """Somebody leaves one post and takes another from a day.

    Seats that they hold by name end on the day before, but for those in `keeping`. What was
    delegated to them by name ends with the last of their seats; what is delegated to a post
    stays with the post.
    """
    if taking.pk == leaving.post_id:
        raise Invalid("They are in this post already.", field="taking", mend="Choose another.")
    person, last = leaving.person, on - timedelta(days=1)
    can(actor, Verb.CHANGE, person.record).require()
    take(person.pk)
    still = queries.sits_through_others(actor, leaving, last)
    held = queries.held_by_name(actor, person, last)
    seats.leave_post(actor, incumbency=leaving, last_day=last, reason=reason)
    _end_by_name(actor, held, last, reason, [row.pk for row in keeping], still)
    taken = seats.take_post(actor, person=person, post=taking, from_day=on, reason=reason)
    after = {"left": leaving.post.title, "took": taking.title, "on": on}
    happened(actor, "person moved", person.record, reason=reason, after=after)
    return taken


@operation
def leave(
    actor: Actor,
    *,
    person: Person,
    last_day: date,
    reason: str,
    handing: Mapping[int, Seat] | None = None,
) -> Person:
    """Somebody leaves every post on a last day. What waits for them is handed on first.

    Refused while an open ask would wait for nobody. `handing` maps asks to the seats that
    take them. Once the last day has come the account is closed, so that access ends with it.
    """
    can(actor, Verb.CHANGE, person.record).require()
    take(person.pk)
    for key, seat in (handing or {}).items():
        ask = Ask.objects.select_related("seat__record", "record").get(pk=key)
        asks.hand_on(actor, ask=ask, seat=seat, reason=reason)
    if waiting := queries.stranded_asks(actor, person, last_day):
        told = count(len(waiting), "open ask")
        raise Refused(f"{told} would wait for nobody. Hand them on first.")
    standing = Incumbency.objects.filter(person=person, to_day__isnull=True)
    for row in standing.select_related("post__partnership", "person__record"):
        seats.leave_post(actor, incumbency=row, last_day=last_day, reason=reason)
    _end_by_name(actor, queries.held_by_name(actor, person, last_day), last_day, reason)
    if last_day <= actor.on and Account.objects.filter(person=person, is_active=True).exists():
        people.close_account(actor, person=person, reason=reason)
    happened(actor, "person left", person.record, reason=reason, after={"last day": last_day})
    return person


def _end_by_name(
    actor: Actor,
    held: ByName,
    last_day: date,
    reason: str,
    keeping: Container[int] = (),
    still_sits: bool = False,
) -> None:
    """Seats held by name end, and with the last of them what was delegated by name. A seat that
    only begins later is left as it is."""
    for delegation in held.lapsing(keeping, still_sits):
        end_or_withdraw(actor, delegation=delegation, last_day=last_day, reason=reason)
    for row in held.seats:
        if row.pk not in keeping and not _begins_after(row, last_day):
            seats.end_holding(actor, holder=row, last_day=last_day, reason=reason)


def _begins_after(row: Dated, day: date) -> bool:
    return bool(row.period.start and row.period.start.certainly_after(day))


@operation
def succeed(
    actor: Actor,
    *,
    body: Body,
    name: str,
    from_day: date,
    reason: str,
    seen_version: int | None = None,
) -> Body:
    """Let a body go on under a new name from a day, with its seats and all that waits there."""
    new, *pairs = seats.succeed(
        actor, body=body, name=name, from_day=from_day, reason=reason, seen_version=seen_version
    )
    for old, carried in zip(pairs[::2], pairs[1::2], strict=True):
        waiting = Ask.objects.filter(seat=old.pk, cleared_on__isnull=True)
        for ask in waiting.select_related("seat__record", "record"):
            asks.hand_on(actor, ask=ask, seat=carried, reason=reason)  # type: ignore[arg-type]
    happened(actor, "body succeeded", body.record, reason=reason, after={"by": name})
    assert isinstance(new, Body)  # noqa: S101 - narrows the type for the reader
    return new

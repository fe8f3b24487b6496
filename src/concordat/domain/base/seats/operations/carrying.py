"""Seats and posts that go over to another body or agency on a day, with those who sit there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.records import queries as records
from concordat.domain.base.records.models import Dated, not_over
from concordat.domain.base.records.operations import happened, operation, take
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats.models import Body, Holder, Incumbency, Post, Seat
from concordat.domain.base.seats.operations.posts import leave_post, take_post
from concordat.domain.base.seats.operations.setting_down import add, set_down
from concordat.kernel.actor import Actor

_CARRIED = ("role", "capacity", "office", "seat_class", "speaks_for", "chosen_how",
            "reports_back", "how_many", "term")  # fmt: skip


@operation
def carry_seat(
    actor: Actor,
    *,
    seat: Seat,
    from_day: date,
    body: Body | None = None,
    agency: Agency | None = None,
    posts: Mapping[int, Post] | None = None,
) -> Seat:
    """The same seat from a day on another body or filled by another agency; the old one ends.

    Those who sit, or are to sit later, go over with it for as long as was said. `posts` maps a
    post by its id to the one that follows it. A seat that is only to begin later is changed
    itself, and returned.
    """
    if _begins_after(seat, from_day):
        return _changed(actor, seat, body or seat.body, agency or seat.agency)
    new = add(
        actor,
        partnership=seat.partnership,
        kind="seats",
        name=f"{(body or seat.body).key}-{seat.role}",
        values={
            **{each: getattr(seat, each) for each in _CARRIED},
            "body": body or seat.body,
            "agency": agency or seat.agency,
            "from_text": from_day.isoformat(),
            "to_text": seat.to_text,
        },
    )
    assert isinstance(new, Seat)  # noqa: S101 - narrows the type for the reader
    rows = Holder.objects.filter(not_over(from_day), seat=seat).select_related("post", "named")
    for row in rows.order_by("pk"):
        _carry_holder(actor, row, new, from_day, posts or {})
    close_seat(actor, seat=seat, last_day=from_day - timedelta(days=1))
    return new


def _begins_after(row: Dated, day: date) -> bool:
    return row.from_maybe is not None and row.from_maybe > day


def _changed(actor: Actor, seat: Seat, body: Body, agency: Agency | None) -> Seat:
    values = {"role": seat.role, "body": body, "agency": agency}
    row = set_down(actor, partnership=seat.partnership, kind="seats", key=seat.key, values=values)
    assert isinstance(row, Seat)  # noqa: S101 - narrows the type for the reader
    return row


def _carry_holder(
    actor: Actor, row: Holder, seat: Seat, day: date, posts: Mapping[int, Post]
) -> None:
    """Whoever is only to sit later moves over as they are; the others begin anew on the day."""
    post = posts.get(row.post_id, row.post) if row.post_id else None
    if _begins_after(row, day):
        row.seat, row.post = seat, post
        row.save()
        return
    told = {"seat": seat, "holding": row.holding, "post": post, "named": row.named}
    add(
        actor,
        partnership=seat.partnership,
        kind="holders",
        name=f"{seat.key}-{row.holding}",
        values={
            **told,
            "share": row.share,
            "from_text": day.isoformat(),
            "to_text": row.to_text,
        },
    )


@operation
def close_seat(actor: Actor, *, seat: Seat, last_day: date, reason: str = "") -> Seat:
    """A seat is there until a last day; whoever sits in it leaves it then.

    Whoever was to sit only later does not: the appointment is withdrawn, and the event says so.
    """
    records.can(actor, Verb.CHANGE, seat.record).require()
    take(seat.pk)
    last = last_day.isoformat()
    for row in Holder.objects.filter(not_over(last_day + timedelta(days=1)), seat=seat):
        _leave(actor, row, last_day)
    values = {"role": seat.role, "body": seat.body, "to_text": last}
    set_down(actor, partnership=seat.partnership, kind="seats", key=seat.key, values=values)
    happened(actor, "seat closed", seat.record, reason=reason, after={"last day": last_day})
    return seat


def _leave(actor: Actor, row: Holder, last_day: date) -> None:
    if _begins_after(row, last_day):
        told = {"holder": row.key, "from": row.from_text}
        happened(actor, "appointment withdrawn", row.seat.record, before=told)
        row.delete()
        return
    row.to_text = last_day.isoformat()
    row.save()


@operation
def succeed_post(actor: Actor, *, post: Post, agency: Agency, from_day: date, reason: str) -> Post:
    """The same post at another agency from a day; whoever is in it goes over."""
    last = from_day - timedelta(days=1)
    new = add(
        actor,
        partnership=post.partnership,
        kind="posts",
        name=f"{agency.key}-{post.title}",
        values={
            "title": post.title,
            "agency": agency,
            "role": post.role,
            "from_text": from_day.isoformat(),
        },
    )
    assert isinstance(new, Post)  # noqa: S101 - narrows the type for the reader
    standing = Incumbency.objects.filter(post=post, to_day__isnull=True)
    for row in standing.select_related("person__record", "post__partnership"):
        leave_post(actor, incumbency=row, last_day=last, reason=reason)
        take_post(actor, person=row.person, post=new, from_day=from_day, reason=reason)
    values = {"successor": new, "to_text": last.isoformat()}
    set_down(actor, partnership=post.partnership, kind="posts", key=post.key, values=values)
    return new

"""Agencies that merge, split or are drawn anew, with all that hangs on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from concordat.domain.base.agencies import operations as agencies
from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.asks import operations as asks
from concordat.domain.base.asks.models import Ask
from concordat.domain.base.records.models import Record, not_over
from concordat.domain.base.records.operations import happened, operation
from concordat.domain.base.seats import operations as seats
from concordat.domain.base.seats.models import Holder, Partner, Post, Seat
from concordat.domain.governance.arrangements.models import Delegation
from concordat.domain.governance.arrangements.operations.delegating import end_or_withdraw
from concordat.kernel.actor import Actor


@operation
def redraw(
    actor: Actor,
    *,
    old: Sequence[Agency],
    into: Sequence[Mapping[str, Any]],
    seats_to: Mapping[UUID, int],
    from_day: date,
    reason: str,
) -> list[Agency]:
    """Let agencies hand over to others on a day: merged, split or redrawn.

    `seats_to` says which of `into` (counted from nought) fills each seat of the old ones from
    that day; a seat that is not named ends. Posts in those seats go over with whoever is in
    them. What the old agencies delegated ends: the new ones have to delegate anew.
    """
    made = agencies.hand_over(actor, agencies=old, into=into, from_day=from_day, reason=reason)
    last = from_day - timedelta(days=1)
    _hand_on_partnership(actor, old, made, from_day)
    posts: dict[tuple[int, int], Post] = {}
    sitting = Seat.objects.filter(not_over(from_day), agency__in=[each.pk for each in old])
    for seat in sitting.select_related("record", "partnership", "body"):
        at = seats_to.get(seat.pk)
        if at is None:
            seats.close_seat(actor, seat=seat, last_day=last, reason=reason)
        else:
            _hand_on_seat(actor, seat, made[at], (at, from_day, reason), posts)
    standing = Delegation.objects.filter(not_over(from_day), agency__in=[each.pk for each in old])
    for delegation in standing.exclude(state="ended").select_related("record"):
        end_or_withdraw(actor, delegation=delegation, last_day=last, reason=reason)
    told = {"old": [each.name for each in old], "new": [each.name for each in made]}
    happened(actor, "agencies redrawn", old[0].partnership, reason=reason, after=told)
    return made


def _hand_on_partnership(
    actor: Actor, old: Sequence[Agency], made: Sequence[Agency], day: date
) -> None:
    """The duty of a statutory partner passes to those that take over."""
    rows = Partner.objects.filter(agency__in=[each.pk for each in old], to_text="")
    partnership: Record = old[0].partnership
    for row in rows:
        values = {"to_text": (day - timedelta(days=1)).isoformat()}
        seats.set_down(actor, partnership=partnership, kind="partners", key=row.key, values=values)
    for class_ in dict.fromkeys(row.partner_class for row in rows):
        for agency in made:
            told = {"agency": agency, "partner_class": class_, "from_text": day.isoformat()}
            seats.add(
                actor, partnership=partnership, kind="partners", name=agency.name, values=told
            )


def _hand_on_seat(
    actor: Actor,
    seat: Seat,
    agency: Agency,
    how: tuple[int, date, str],
    posts: dict[tuple[int, int], Post],
) -> None:
    at, day, reason = how
    rows = Holder.objects.filter(not_over(day), seat=seat, post__isnull=False)
    following: dict[int, Post] = {}
    for row in rows.select_related("post__agency", "post__partnership", "post__role"):
        post = row.post
        if post is None or post.agency_id != seat.agency_id:
            continue
        if (post.pk, at) not in posts:
            posts[post.pk, at] = seats.succeed_post(
                actor, post=post, agency=agency, from_day=day, reason=reason
            )
        following[post.pk] = posts[post.pk, at]
    new = seats.carry_seat(actor, seat=seat, from_day=day, agency=agency, posts=following)
    if new.pk == seat.pk:
        return
    waiting = Ask.objects.filter(seat=seat, cleared_on__isnull=True)
    for ask in waiting.select_related("seat__record", "record"):
        asks.hand_on(actor, ask=ask, seat=new, reason=reason)

"""A cast's reviews before the group that several partnerships share, and its joint events."""

from __future__ import annotations

from datetime import date

from concordat.domain.assurance.exchange.operations.naming import (
    body_at,
    home_at,
    seat_at,
    sitting_in,
)
from concordat.domain.assurance.exchange.operations.reviewing import record_of_review
from concordat.domain.assurance.exchange.rules.cast import Cast, Follows, Joint, Shared, day
from concordat.domain.base.records.operations import no_event, operation
from concordat.domain.practice.reviews import operations
from concordat.domain.practice.reviews.models import GroupCase, GroupEvent
from concordat.domain.practice.reviews.operations import joint_events
from concordat.domain.practice.reviews.queries import review
from concordat.kernel.actor import Actor, process


@operation
def gather(actor: Actor, cast: Cast) -> int:
    """Put what the cast says before its groups, then hold their joint events; how many were."""
    no_event("each act has an event of its own")
    for shared in cast.before_groups:
        _share(actor, cast, shared)
    for held in cast.joint_events:
        _hold(actor, cast, held)
    return len(cast.joint_events)


def _on(told: date | int, actor: Actor) -> date:
    return day(told, actor.on) or actor.on


def _share(actor: Actor, cast: Cast, told: Shared) -> None:
    by = process(told.by, _on(told.day, actor))
    row = review(by, record_of_review(cast, told.review).reference)
    operations.put_review_before_group(by, review=row, why=told.why)


def _hold(actor: Actor, cast: Cast, told: Joint) -> None:
    """Plan it on its day; who came is told the day after, and what follows is set then."""
    group, held_on = body_at(told.group), _on(told.held, actor)
    drawn = [record_of_review(cast, each).pk for each in told.reviews]
    event = joint_events.plan_joint_event(
        process(told.by, _on(told.day, actor)),
        group=group,
        title=told.title,
        on=held_on,
        place=told.place,
        about=told.about,
        cases=list(GroupCase.objects.filter(group=group, review__in=drawn, off_on=None)),
    )
    by = process(told.by, held_on)
    for came in told.came:
        joint_events.tell_who_came(
            by, event=event, partnership=home_at(came.partnership), invited=came.invited,
            came=came.came, agencies=came.agencies,
        )  # fmt: skip
    for each in told.follows:
        _follow(actor, by, event, each)


def _follow(actor: Actor, by: Actor, event: GroupEvent, told: Follows) -> None:
    made = joint_events.set_what_follows(
        by, event=event, partnership=home_at(told.partnership), what=told.what,
        due=_on(told.until, actor), owner=seat_at(told.seat) if told.seat else None,
    )  # fmt: skip
    if told.came_of_it:
        joint_events.say_it_is_done(
            sitting_in(told.seat, _on(told.done, actor)), event=event, follow_up=made,
            came_of_it=told.came_of_it,
        )  # fmt: skip

"""More rows of every list on the pages of referrals, of how reviews begin, and of disagreements."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from concordat.domain.base.agencies.models import Area
from concordat.domain.practice.reviews import operations
from concordat.domain.practice.reviews.models import Escalation, LearningReferral
from concordat.domain.practice.reviews.operations import (
    escalations,
    joint_events,
    referrals,
    routes,
)
from concordat.domain.practice.reviews.queries import group
from concordat.domain.practice.reviews.rules.routes import RouteStep
from tests.operations.mail.cast import DAY, LOADER
from tests.pages.reviews.incident_furniture import told

if TYPE_CHECKING:
    from tests.pages.furnished import Furnished


def more_referred(stands: Furnished, numbers: range) -> None:
    for _ in numbers:
        stands.learnt.cast.referred()


def more_turns(stands: Furnished, numbers: range) -> None:
    cast = stands.learnt.cast
    row = LearningReferral.objects.get(record__reference=stands.learnt.referred)
    for _ in numbers:
        referrals.name_second(LOADER, referral=row, second=cast.nurse.seat)


def more_boroughs(stands: Furnished, numbers: range) -> None:
    for each in numbers:
        routes.say(
            LOADER,
            partnership=stands.house.here,
            step=RouteStep.REFERS,
            place=f"Borough {each}",
            question="Who refers?",
            source="Paper (Invented)",
        )


def more_raised(stands: Furnished, numbers: range) -> None:
    for _ in numbers:
        stands.learnt.cast.raised()


def more_said(stands: Furnished, numbers: range) -> None:
    row = Escalation.objects.get(record__reference=stands.learnt.raised)
    for each in numbers:
        escalations.add_to(LOADER, escalation=row, words=f"Said {each}")


def more_before(stands: Furnished, numbers: range) -> None:
    """More of each list of a caseload: cases, referrals and joint events."""
    cast = stands.learnt.cast
    area = Area.objects.get(partnership=stands.house.here, name="Weir")
    for each in numbers:
        cast.taken()
        row = told(stands.house, area)
        operations.put_incident_before_group(LOADER, incident=row, why="It may come up again")
        joint_events.plan_joint_event(LOADER, group=cast.group, title=f"Event {each}", on=DAY)


def more_follow(stands: Furnished, numbers: range) -> None:
    event = group.group_event(LOADER, stands.learnt.held)
    for each in numbers:
        joint_events.set_what_follows(
            LOADER,
            event=event,
            partnership=stands.house.here,
            what=f"Rota {each}",
            due=DAY + timedelta(days=30),
        )


OF_LEARNING: dict[str, Callable[[Furnished, range], None]] = {
    "referrals": more_referred,
    "referral": more_turns,
    "caseload": more_before,
    "event": more_follow,
    "routes": more_boroughs,
    "escalations": more_raised,
    "escalation": more_said,
}
"""The name of each list, and how to make more of its rows."""

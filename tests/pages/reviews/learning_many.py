"""More rows of every list on the pages of referrals, of how reviews begin, and of disagreements."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from concordat.domain.practice.reviews.models import Escalation, LearningReferral
from concordat.domain.practice.reviews.operations import escalations, referrals, routes
from concordat.domain.practice.reviews.rules.routes import RouteStep
from tests.operations.mail.cast import LOADER

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


def more_taken(stands: Furnished, numbers: range) -> None:
    for _ in numbers:
        stands.learnt.cast.taken()


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


OF_LEARNING: dict[str, Callable[[Furnished, range], None]] = {
    "referrals": more_referred,
    "referral": more_turns,
    "caseload": more_taken,
    "routes": more_boroughs,
    "escalations": more_raised,
    "escalation": more_said,
}
"""The name of each list, and how to make more of its rows."""

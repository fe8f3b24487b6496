"""More rows of each list that diaries show."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from concordat.domain.base.seats.models import Post
from concordat.domain.governance.diaries import operations
from concordat.domain.governance.diaries.operations import Holiday, Wanted
from concordat.domain.governance.diaries.rules import Need, Part, Strength
from tests.operations.mail.cast import DAY, LOADER
from tests.pages.furnished import Furnished


def searches(stands: Furnished, numbers: range) -> None:
    """Searches for a date of the board."""
    for each in numbers:
        operations.look_for_date(
            LOADER,
            body=stands.house.board,
            title=f"Executive {each}",
            wanted=Wanted(
                length=60,
                first=DAY + timedelta(days=7),
                last=DAY + timedelta(days=14),
                seats={stands.house.health.seat: Need.REQUIRED},
            ),
        )


def feeds(stands: Furnished, numbers: range) -> None:
    """Few may be open at once, so each is revoked before the next."""
    actor, now = stands.house.manager.actor, timezone.now()
    for each in numbers:
        token = f"{each:02d}".rjust(43, "m")
        feed = operations.make_feed(actor, token=token, now=now)
        operations.revoke_feed(actor, feed=feed, now=now)


def patterns(stands: Furnished, numbers: range) -> None:
    """Of the manager, and of a post."""
    post = Post.objects.get(partnership=stands.house.here, key="hetty-health")
    for each in numbers:
        for whose in ({"person": stands.house.manager.person}, {"post": post}):
            operations.set_pattern(
                LOADER,
                strength=Strength.RATHER_NOT,
                weekday=each % 5,
                part=Part.MORNING,
                from_day=DAY + timedelta(days=each),
                **whose,
            )


def holidays(stands: Furnished, numbers: range) -> None:
    days = [date(2020, 1, 6) + timedelta(days=7 * each) for each in numbers]
    rows = [Holiday("Here", f"Week {each:%d %m}", each, each, "Invented") for each in days]
    operations.set_school_holidays(LOADER, partnership=stands.house.here, rows=rows)

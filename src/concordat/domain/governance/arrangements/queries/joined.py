"""Named persons who are said to be registered persons: they sit wherever a post of theirs does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from concordat.domain.base.seats.models import Incumbency, NamedPerson
from concordat.kernel.dates import Period, UncertainDate


def in_posts(posts: Iterable[int], on: date) -> dict[int, set[int]]:
    """The named persons (as rows) who are in each post on a day."""
    there = Q(person__posts__post__in=list(posts), person__posts__from_day__lte=on) & (
        Q(person__posts__to_day__isnull=True) | Q(person__posts__to_day__gte=on)
    )
    found: dict[int, set[int]] = defaultdict(set)
    for post, named in NamedPerson.objects.filter(there).values_list("person__posts__post", "pk"):
        found[post].add(named)
    return found


def times_in_posts(homes: Iterable[UUID]) -> dict[int, list[tuple[dict[str, Any], Period]]]:
    """For each post the named persons of some partnerships who were ever in it, and for how long.

    Each as its key and partnership, as plain values.
    """
    rows = Incumbency.objects.filter(person__named__partnership__in=list(homes))
    told = rows.values("post_id", "from_day", "to_day", *_NAMED)
    found: dict[int, list[tuple[dict[str, Any], Period]]] = defaultdict(list)
    for row in told.order_by("pk"):
        found[row["post_id"]].append((row, Period(_day(row["from_day"]), _day(row["to_day"]))))
    return found


_NAMED = ("person__named__key", "person__named__partnership_id")


def _day(day: date | None) -> UncertainDate | None:
    return UncertainDate.parse(day.isoformat()) if day else None

"""A partnership with as many actions as are asked for, and what its list and one action cost.

The rows are set down at once, without events: the list is measured, not the setting down.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import uuid4

OPEN_OF_TEN = 3
WITHIN = 60
DAYS = 3_650


def grow(slug: str, size: int, seed: int, today: date) -> None:
    """Bring the partnership to this many actions: three of ten open, the rest over."""
    from concordat.domain.base.actions.models import Action
    from concordat.domain.base.agencies.models import Partnership
    from concordat.domain.base.records.models import Record

    home = Partnership.objects.get(key=slug).record
    before = Action.objects.filter(partnership=home).count()
    chance = Random(f"{seed} {before} {size}")  # noqa: S311 - the same for the same seed
    made = list(_rows(home, before, size, chance, today))
    for first in range(0, len(made), 5_000):
        some = made[first : first + 5_000]
        Record.objects.bulk_create([record for record, _ in some])
        Action.objects.bulk_create([action for _, action in some])
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _rows(home: Any, first: int, last: int, chance: Random, today: date) -> Iterator[Any]:
    from concordat.domain.base.actions.models import Action
    from concordat.domain.base.records.models import Record
    from concordat.domain.base.seats.models import Seat

    seats = list(Seat.objects.filter(partnership=home).select_related("body", "agency"))
    for number in range(first, last):
        seat = chance.choice(seats)
        record = Record(
            id=uuid4(),
            kind="action",
            reference=f"{home.reference}-A-{number + 1:04d}",
            title=f"Do the thing numbered {number + 1}",
            partnership=home,
            opened=today - timedelta(days=chance.randint(1, DAYS)),
        )
        owed = chance.randrange(10) < OPEN_OF_TEN
        away = chance.randint(-WITHIN, WITHIN) if owed else -chance.randint(1, DAYS)
        due = today + timedelta(days=away)
        over = {} if owed else {"ended_on": due, "ended_by": "The chair", "rank": 2}
        yield (
            record,
            Action(
                record=record,
                partnership=home,
                source=home,
                source_kind="partnership",
                set_by=seat.body,
                owner_seat=seat,
                asked=seat,
                agency=seat.agency,
                priority="high" if chance.randrange(10) == 0 else "ordinary",
                due=due,
                first_due=due,
                comes_up=due,
                heard_on=record.opened,
                stage="open" if owed else "accepted",
                **over,
            ),
        )


def works(slug: str, today: date) -> dict[str, Callable[[], object]]:
    """What a member's page of the list asks, as they read it first and as they narrow it."""
    from concordat.domain.base.actions import queries
    from concordat.domain.base.actions.rules import Priority, Stage, When
    from concordat.domain.base.seats.models import Seat
    from concordat.kernel.actor import Actor, Kind, Office, SeatHeld

    seat = Seat.objects.filter(partnership__partnership_row__key=slug).order_by("key")[0]
    held = SeatHeld(seat.pk, seat.body_id, seat.partnership_id, Office.MEMBER, seat.role)
    actor = Actor(Kind.PERSON, "A member", today, person=uuid4(), seats=(held,))

    def page(**narrowed: Any) -> Callable[[], object]:
        def read() -> object:
            rows = queries.listed(actor, **narrowed)
            told = queries.in_a_sentence(actor, rows, narrowed.get("stages", ()))
            page = queries.shown(actor, rows[:20])
            return told, rows[:1001].count(), [row.owner_name for row in page]

        return read

    return {
        "action list": page(),
        "action list, mine": page(mine=True),
        "action list, overdue": page(when=When.OVERDUE),
        "action list, of a body": page(body=seat.body_id),
        "action list, accepted": page(stages=[Stage.ACCEPTED]),
        "action list, high": page(priority=Priority.HIGH),
    }

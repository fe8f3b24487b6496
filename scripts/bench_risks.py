"""A register with as many risks as are asked for, and what its list costs.

The rows are set down at once, without events: the list is measured, not the setting down.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import uuid4

OPEN_OF_TEN = 7
OWNED_OF_TEN = 9
WITHIN = 90
DAYS = 3_650
TITLE = "Register of the bench"


def grow(slug: str, size: int, seed: int, today: date) -> None:
    """Bring the register to this many risks: seven of ten open, one of ten without an owner."""
    from django.db import connection

    from concordat.domain.base.agencies.models import Partnership
    from concordat.domain.base.records.models import Record
    from concordat.domain.governance.risks.models import Control, Risk, Scored

    register = _register(Partnership.objects.get(key=slug).record, today)
    before = Risk.objects.filter(register=register).count()
    chance = Random(f"{seed} {before} {size}")  # noqa: S311 - the same for the same seed
    made = list(_rows(register, before, size, chance, today))
    for first in range(0, len(made), 2_000):
        risks = made[first : first + 2_000]
        Record.objects.bulk_create([risk.record for risk in risks])
        Risk.objects.bulk_create(risks)
        Control.objects.bulk_create([Control(risk=risk, words="A control") for risk in risks])
        Scored.objects.bulk_create([_scored(register, risk) for risk in risks])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _register(home: Any, today: date) -> Any:
    from concordat.domain.governance.risks import operations
    from concordat.domain.governance.risks.models import Register
    from concordat.domain.governance.risks.rules.schemes import READY
    from concordat.kernel.actor import process

    held = Register.objects.filter(partnership=home, title=TITLE).first()
    likelihoods, impacts, bands = READY["five"]
    return held or operations.open_register(
        process("bench", today),
        partnership=home,
        title=TITLE,
        likelihoods=likelihoods,
        impacts=impacts,
        bands=bands,
    )


def _rows(register: Any, first: int, last: int, chance: Random, today: date) -> Iterator[Any]:
    from concordat.domain.base.records.models import Record
    from concordat.domain.base.seats.models import Seat
    from concordat.domain.governance.risks.models import Risk

    home = register.partnership
    seats = list(Seat.objects.filter(partnership=home).values_list("key", flat=True))
    scheme = register.scheme
    for number in range(first, last):
        over = chance.randrange(10) >= OPEN_OF_TEN
        owned = chance.randrange(10) < OWNED_OF_TEN
        day = today + timedelta(days=chance.randint(-WITHIN, WITHIN))
        risk = Risk(
            record=Record(
                id=uuid4(),
                kind="risk",
                reference=f"{home.reference}-R-{number + 1:04d}",
                title=f"The risk numbered {number + 1}",
                partnership=home,
                opened=today - timedelta(days=chance.randint(1, DAYS)),
            ),
            partnership=home,
            register=register,
            key=f"bench-{number}",
            title=f"The risk numbered {number + 1}",
            likelihood=chance.choice(scheme.likelihoods),
            impact=chance.choice(scheme.impacts),
            owner=f"seats:{chance.choice(seats)}" if owned else "",
            review_on=day.isoformat(),
            stage="closed" if over else "open",
            over=over,
        )
        risk.remember()
        yield risk


def _scored(register: Any, risk: Any) -> Any:
    from concordat.domain.governance.risks.models import Scored

    return Scored(
        risk=risk,
        register=register,
        which="current",
        likelihood=risk.likelihood,
        impact=risk.impact,
        on=risk.record.opened,
        stated_on=risk.record.opened,
        reason="Invented",
        by="bench",
    )


def works(slug: str, today: date) -> dict[str, Callable[[], object]]:
    """What a member's page of the list asks, as they read it first and as they narrow it."""
    from concordat.domain.base.seats.models import Seat
    from concordat.domain.governance.risks import queries
    from concordat.domain.governance.risks.models import Register
    from concordat.kernel.actor import Actor, Kind, Office, SeatHeld

    seat = Seat.objects.filter(partnership__partnership_row__key=slug).order_by("key")[0]
    held = SeatHeld(seat.pk, seat.body_id, seat.partnership_id, Office.MEMBER, seat.role)
    actor = Actor(Kind.PERSON, "A member", today, person=uuid4(), seats=(held,))
    rows = Register.objects.select_related("record", "partnership")
    register = rows.get(partnership=seat.partnership_id, title=TITLE)

    def page(**narrowed: Any) -> Callable[[], object]:
        def read() -> object:
            rows = queries.listed(actor, register, **narrowed)
            told = queries.in_a_sentence(actor, register)
            shown = queries.shown(actor, rows[:20])
            return told, rows[:1001].count(), [row.trend.words for row in shown]

        return read

    return {
        "risk list": page(),
        "risk list, mine": page(mine=True),
        "risk list, review overdue": page(wanting="review overdue"),
        "risk list, without an owner": page(wanting="no owner"),
        "risk list, closed": page(stage="closed"),
    }

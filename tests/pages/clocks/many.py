"""More rows of each list that clocks show."""

from __future__ import annotations

from datetime import date, timedelta

from concordat.domain.base.clocks import operations
from concordat.domain.base.clocks.rules import ClosedKind
from tests.operations.mail.cast import DAY, LOADER
from tests.pages.furnished import Furnished


def started(stands: Furnished, numbers: range) -> None:
    for each in numbers:
        operations.start(
            LOADER,
            record=stands.risk,
            rule="SIN-CRIT",
            started_by="The council heard of it",
            on=DAY,
            part=f"child {each}",
            holder=stands.house.health.seat,
        )


def restarted(stands: Furnished, numbers: range) -> None:
    """What one clock was told."""
    for each in numbers:
        operations.restart(
            LOADER, clock=stands.clock, on=DAY - timedelta(days=each % 7), reason=f"R {each}."
        )


def local_rules(stands: Furnished, numbers: range) -> None:
    for each in numbers:
        row = {
            "id": f"LOCAL-{each}",
            "title": "Look at it each month",
            "duty": "Check it each month.",
            "kind": "deadline",
            "who": "review group",
            "trigger": "the last check",
            "deadline": {"value": 1, "unit": "mo"},
            "force": "local",
            "source": "executive group, 4 March 2019",
            "regime": "general",
            "in_force_from": DAY,
            "conf": "S",
        }
        operations.set_local_rule(LOADER, partnership=stands.house.here, row=row)


def closed_days(stands: Furnished, numbers: range) -> None:
    for each in numbers:
        operations.close_day(
            LOADER,
            partnership=stands.house.here,
            day=date(2019, 6, 4) + timedelta(days=7 * each),
            name=f"Moving {each}",
            kind=ClosedKind.CLOSURE,
        )

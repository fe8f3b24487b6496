"""More rows of every list on the pages of risks."""

from __future__ import annotations

from collections.abc import Callable

from concordat.domain.base.seats.models import Body
from concordat.domain.governance.risks import operations
from concordat.domain.governance.risks.rules.schemes import READY
from tests.operations.mail.cast import LOADER
from tests.pages.furnished import Furnished

WORDS = READY["words"][0]


def more_registers(stands: Furnished, numbers: range) -> None:
    for each in numbers:
        operations.open_register(
            LOADER,
            partnership=stands.house.here,
            title=f"Register {each}",
            keeper=Body.objects.get(pk=stands.house.board.pk),
            likelihoods=WORDS,
            impacts=WORDS,
        )


def more_risks(stands: Furnished, numbers: range) -> None:
    """Risks all over the grid, each with an owner, a control and an acceptance."""
    house = stands.house
    for each in numbers:
        risk = operations.add(
            LOADER,
            register=stands.registry.register,
            title=f"Posts stay empty {each}",
            reason="Invented",
            current=(WORDS[each % 3], WORDS[each // 3 % 3]),
            target=("LOW", "LOW"),
            controls=[f"Advertise {each}"],
            owner=f"posts:{house.member.seat.key}",
        )
        operations.accept(
            LOADER,
            risk=risk,
            approver=house.council.seat,
            reason="For now",
            expires=LOADER.on.replace(year=2020),
        )


def more_of_one(stands: Furnished, numbers: range) -> None:
    """Scores, controls and ties of one risk."""
    risk = stands.registry.risk
    for each in numbers:
        operations.score(
            LOADER, risk=risk, likelihood=WORDS[each % 3], impact="HIGH", reason=f"Seen {each}"
        )
        operations.add_control(LOADER, risk=risk, words=f"A meeting {each}")
        operations.tie(LOADER, risk=risk, record=stands.house.risk(f"A request {each}"))


OF_RISKS: dict[str, Callable[[Furnished, range], None]] = {
    "registers": more_registers,
    "choose": more_registers,
    "register": more_risks,
    "map": more_risks,
    "movement": more_risks,
    "risk": more_of_one,
}
"""The name of each list, and how to make more of its rows."""

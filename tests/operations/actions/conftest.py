from __future__ import annotations

from collections.abc import Iterator

import pytest

from concordat.domain.base.actions.models import Action
from concordat.domain.base.actions.rules import Priority
from tests.casts import Begun, Casts, Kept, begun
from tests.operations.actions.examples import Desk, opened

Stage = Begun[Desk, list[Action]]


def _one(desk: Desk) -> Stage:
    return Begun(desk, [desk.add()])


def _two(desk: Desk) -> Stage:
    risk = desk.house.risk()
    first = desk.add(source=risk, what="First")
    return Begun(desk, [first, desk.add(source=risk, what="=Second", priority=Priority.HIGH)])


@pytest.fixture(scope="session")
def desks(casts: Casts) -> Kept[Desk]:
    return casts.keep(opened)


@pytest.fixture(scope="session")
def ones(casts: Casts, desks: Kept[Desk]) -> Kept[Stage]:
    return casts.keep(_one, upon=desks)


@pytest.fixture(scope="session")
def twos(casts: Casts, desks: Kept[Desk]) -> Kept[Stage]:
    return casts.keep(_two, upon=desks)


@pytest.fixture
def lent(
    request: pytest.FixtureRequest, desks: Kept[Desk], ones: Kept[Stage], twos: Kept[Stage]
) -> Iterator[Stage]:
    with begun(request, desks, action=ones, two=twos) as stage:
        yield stage


@pytest.fixture
def desk(lent: Stage) -> Desk:
    return lent.cast


@pytest.fixture
def action(lent: Stage) -> Action:
    """One that is open and due on DUE."""
    assert lent.row
    return lent.row[0]


@pytest.fixture
def two(lent: Stage) -> list[Action] | None:
    """Two of the same risk, the second of high priority and named as a formula would be."""
    return lent.row

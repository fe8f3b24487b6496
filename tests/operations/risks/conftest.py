from __future__ import annotations

from collections.abc import Iterator

import pytest

from concordat.domain.governance.risks import queries
from tests.casts import Begun, Casts, Kept, begun
from tests.operations.actions.workbooks import MADE, Filled
from tests.operations.risks.examples import Desk, desk

Stage = Begun[Desk, bytes]


def _given_out(desk: Desk) -> Stage:
    return Begun(desk, queries.workbook(desk.manager, desk.above, made=MADE))


@pytest.fixture(scope="session")
def desks(casts: Casts) -> Kept[Desk]:
    return casts.keep(desk)


@pytest.fixture(scope="session")
def books(casts: Casts, desks: Kept[Desk]) -> Kept[Stage]:
    return casts.keep(_given_out, upon=desks)


@pytest.fixture
def lent(request: pytest.FixtureRequest, desks: Kept[Desk], books: Kept[Stage]) -> Iterator[Stage]:
    with begun(request, desks, filled=books) as stage:
        yield stage


@pytest.fixture
def here(lent: Stage) -> Desk:
    return lent.cast


@pytest.fixture
def filled(lent: Stage) -> Filled:
    """The workbook of the executive's register, as the secretariat was given it."""
    assert lent.row
    return Filled(lent.row)

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.casts import Casts, Kept
from tests.operations.finance.purse import Purse, filled
from tests.operations.meetings.boardroom import Boardroom, built


@pytest.fixture(scope="session")
def boardrooms(casts: Casts) -> Kept[Boardroom]:
    return casts.keep(built)


@pytest.fixture(scope="session")
def purses(casts: Casts, boardrooms: Kept[Boardroom]) -> Kept[Purse]:
    return casts.keep(filled, upon=boardrooms)


@pytest.fixture
def purse(purses: Kept[Purse]) -> Iterator[Purse]:
    with purses.lent() as purse:
        yield purse

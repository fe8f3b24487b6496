from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.casts import Casts, Kept
from tests.operations.meetings.boardroom import Boardroom, built


@pytest.fixture(scope="session")
def boardrooms(casts: Casts) -> Kept[Boardroom]:
    return casts.keep(built)


@pytest.fixture
def room(boardrooms: Kept[Boardroom]) -> Iterator[Boardroom]:
    with boardrooms.lent() as room:
        yield room

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.casts import Casts, Kept
from tests.operations.requests.examples import Desk, opened


@pytest.fixture(scope="session")
def desks(casts: Casts) -> Kept[Desk]:
    return casts.keep(opened)


@pytest.fixture
def desk(desks: Kept[Desk]) -> Iterator[Desk]:
    with desks.lent() as desk:
        yield desk

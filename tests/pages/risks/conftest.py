from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.casts import Casts, Kept
from tests.operations.risks.examples import Desk, desk


@pytest.fixture(scope="session")
def desks(casts: Casts) -> Kept[Desk]:
    return casts.keep(desk)


@pytest.fixture
def here(desks: Kept[Desk]) -> Iterator[Desk]:
    with desks.lent() as here:
        yield here

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.casts import Casts, Kept
from tests.operations.people.examples import House, built


@pytest.fixture(scope="session")
def houses(casts: Casts) -> Kept[House]:
    return casts.keep(built)


@pytest.fixture
def house(houses: Kept[House]) -> Iterator[House]:
    with houses.lent() as house:
        yield house

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.casts import Casts, Kept
from tests.operations.mail.cast import House
from tests.operations.policies.examples import Set, setting


@pytest.fixture(scope="session")
def sets(casts: Casts) -> Kept[Set]:
    return casts.keep(setting)


@pytest.fixture
def here(sets: Kept[Set]) -> Iterator[Set]:
    with sets.lent() as here:
        yield here


@pytest.fixture
def house(here: Set) -> House:
    return here.house

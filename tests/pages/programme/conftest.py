from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.casts import Casts, Kept
from tests.operations.mail.cast import House
from tests.operations.programme.examples import Planned, setting


@pytest.fixture(scope="session")
def plans(casts: Casts) -> Kept[Planned]:
    return casts.keep(setting)


@pytest.fixture
def here(plans: Kept[Planned]) -> Iterator[Planned]:
    with plans.lent() as here:
        yield here


@pytest.fixture
def house(here: Planned) -> House:
    return here.house

from __future__ import annotations

from collections.abc import Iterator

import pytest

from concordat.domain.base.documents.models import Round
from tests.casts import Casts, Kept
from tests.operations.documents.drafts import out
from tests.operations.mail.cast import House, build


@pytest.fixture(scope="session")
def houses(casts: Casts) -> Kept[House]:
    return casts.keep(build)


@pytest.fixture
def house(houses: Kept[House]) -> Iterator[House]:
    with houses.lent() as house:
        yield house


@pytest.fixture
def row(house: House) -> Round:
    """A draft that is out for comment."""
    return out(house)

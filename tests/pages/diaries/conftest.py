from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.casts import Casts, Kept
from tests.operations.diaries.cast import Gathered, gathered


@pytest.fixture(scope="session")
def gatherings(casts: Casts) -> Kept[Gathered]:
    return casts.keep(gathered)


@pytest.fixture
def cast(gatherings: Kept[Gathered]) -> Iterator[Gathered]:
    with gatherings.lent() as cast:
        yield cast

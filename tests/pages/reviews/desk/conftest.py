from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.casts import Casts, Kept
from tests.operations.reviews.desk.examples import Studio, commissioned


@pytest.fixture(scope="session")
def studios(casts: Casts) -> Kept[Studio]:
    return casts.keep(commissioned)


@pytest.fixture
def studio(studios: Kept[Studio]) -> Iterator[Studio]:
    with studios.lent() as studio:
        yield studio

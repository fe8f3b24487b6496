from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.casts import Casts, Kept
from tests.operations.reviews.examples import Ward, opened


@pytest.fixture(scope="session")
def wards(casts: Casts) -> Kept[Ward]:
    return casts.keep(opened)


@pytest.fixture
def ward(wards: Kept[Ward]) -> Iterator[Ward]:
    with wards.lent() as ward:
        yield ward

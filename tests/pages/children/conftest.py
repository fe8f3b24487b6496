from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.casts import Casts, Kept
from tests.operations.children.examples import Nest, nest


@pytest.fixture(scope="session")
def nests(casts: Casts) -> Kept[Nest]:
    return casts.keep(nest)


@pytest.fixture
def here(nests: Kept[Nest]) -> Iterator[Nest]:
    with nests.lent() as found:
        yield found

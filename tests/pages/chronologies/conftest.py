from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.casts import Casts, Kept
from tests.operations.children.examples import Nest, nest
from tests.operations.chronologies.examples import Table, opened


@pytest.fixture(scope="session")
def nests(casts: Casts) -> Kept[Nest]:
    return casts.keep(nest)


@pytest.fixture(scope="session")
def tables(casts: Casts, nests: Kept[Nest]) -> Kept[Table]:
    return casts.keep(opened, upon=nests)


@pytest.fixture
def table(tables: Kept[Table]) -> Iterator[Table]:
    with tables.lent() as found:
        yield found

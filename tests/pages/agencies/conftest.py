from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.casts import Casts, Kept
from tests.operations.mail.cast import build
from tests.operations.seats.county import County, built


@pytest.fixture(scope="session")
def counties(casts: Casts) -> Kept[County]:
    return casts.keep(built, upon=casts.keep(build))


@pytest.fixture
def county(counties: Kept[County]) -> Iterator[County]:
    with counties.lent() as county:
        yield county

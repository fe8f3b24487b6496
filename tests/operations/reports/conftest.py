from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.casts import Casts, Kept
from tests.operations.mail.cast import House, build
from tests.operations.meetings.conftest import boardrooms, room  # noqa: F401 - its fixtures
from tests.operations.reports.reporting import Reporting, reporting


@pytest.fixture(scope="session")
def reportings(casts: Casts) -> Kept[Reporting]:
    return casts.keep(reporting, upon=casts.keep(build))


@pytest.fixture
def told(reportings: Kept[Reporting]) -> Iterator[Reporting]:
    with reportings.lent() as here:
        yield here


@pytest.fixture
def house(told: Reporting) -> House:
    return told.house

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.casts import Casts, Kept
from tests.operations.arrangements.drafting import Drafting, drafted
from tests.operations.arrangements.leaving import Heath, leaving
from tests.operations.mail.cast import build
from tests.operations.seats.county import County, built


@pytest.fixture(scope="session")
def counties(casts: Casts) -> Kept[County]:
    return casts.keep(built, upon=casts.keep(build))


@pytest.fixture
def county(counties: Kept[County]) -> Iterator[County]:
    with counties.lent() as county:
        yield county


@pytest.fixture(scope="session")
def heaths(casts: Casts) -> Kept[Heath]:
    return casts.keep(leaving, upon=casts.keep(build))


@pytest.fixture
def heath(heaths: Kept[Heath]) -> Iterator[Heath]:
    with heaths.lent() as heath:
        yield heath


@pytest.fixture(scope="session")
def draftings(casts: Casts) -> Kept[Drafting]:
    return casts.keep(drafted, upon=casts.keep(build))


@pytest.fixture
def drafting(draftings: Kept[Drafting]) -> Iterator[Drafting]:
    with draftings.lent() as drafting:
        yield drafting

from __future__ import annotations

from collections.abc import Iterator

import pytest

from concordat.domain.governance.diaries.models import Diary
from tests.casts import Begun, Casts, Kept, begun
from tests.operations.diaries.cast import Gathered, asked, gathered

Stage = Begun[Gathered, Diary]


def _asked(cast: Gathered) -> Stage:
    return Begun(cast, asked(cast))


@pytest.fixture(scope="session")
def gatherings(casts: Casts) -> Kept[Gathered]:
    return casts.keep(gathered)


@pytest.fixture(scope="session")
def polls(casts: Casts, gatherings: Kept[Gathered]) -> Kept[Stage]:
    return casts.keep(_asked, upon=gatherings)


@pytest.fixture
def lent(
    request: pytest.FixtureRequest, gatherings: Kept[Gathered], polls: Kept[Stage]
) -> Iterator[Stage]:
    with begun(request, gatherings, poll=polls) as stage:
        yield stage


@pytest.fixture
def cast(lent: Stage) -> Gathered:
    return lent.cast


@pytest.fixture
def poll(lent: Stage) -> Diary | None:
    """Three dates that everybody is asked about."""
    return lent.row

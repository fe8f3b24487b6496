from __future__ import annotations

from collections.abc import Iterator

import pytest

from concordat.domain.practice.reviews.models import Incident
from tests.casts import Begun, Casts, Kept, begun
from tests.operations.reviews.examples import Ward, opened
from tests.operations.reviews.learning import Learning
from tests.operations.reviews.learning import opened as learning_opened

Stage = Begun[Ward, Incident]


def _told(ward: Ward) -> Stage:
    return Begun(ward, ward.told())


def _notified(ward: Ward) -> Stage:
    return Begun(ward, ward.notified())


@pytest.fixture(scope="session")
def wards(casts: Casts) -> Kept[Ward]:
    return casts.keep(opened)


@pytest.fixture(scope="session")
def tolds(casts: Casts, wards: Kept[Ward]) -> Kept[Stage]:
    return casts.keep(_told, upon=wards)


@pytest.fixture(scope="session")
def notifieds(casts: Casts, wards: Kept[Ward]) -> Kept[Stage]:
    return casts.keep(_notified, upon=wards)


@pytest.fixture
def lent(
    request: pytest.FixtureRequest,
    wards: Kept[Ward],
    tolds: Kept[Stage],
    notifieds: Kept[Stage],
) -> Iterator[Stage]:
    with begun(request, wards, told=tolds, notified=notifieds) as stage:
        yield stage


@pytest.fixture
def ward(lent: Stage) -> Ward:
    return lent.cast


@pytest.fixture
def told(lent: Stage) -> Incident:
    """Told by the school's member on a Friday at 16:00, in the area that has gone live."""
    assert lent.row
    return lent.row


@pytest.fixture
def notified(lent: Stage) -> Incident:
    assert lent.row
    return lent.row


@pytest.fixture(scope="session")
def learnings(casts: Casts) -> Kept[Learning]:
    return casts.keep(learning_opened)

from __future__ import annotations

from collections.abc import Iterator

import pytest

from concordat.domain.practice.reviews.models import Review
from tests.casts import Begun, Casts, Kept, begun
from tests.operations.reviews.desk.examples import Studio, commissioned, in_clearance

Stage = Begun[Studio, Review]


def _in_clearance(studio: Studio) -> Stage:
    return Begun(studio, in_clearance(studio))


@pytest.fixture(scope="session")
def studios(casts: Casts) -> Kept[Studio]:
    return casts.keep(commissioned)


@pytest.fixture(scope="session")
def drafteds(casts: Casts, studios: Kept[Studio]) -> Kept[Stage]:
    return casts.keep(_in_clearance, upon=studios)


@pytest.fixture
def lent(
    request: pytest.FixtureRequest, studios: Kept[Studio], drafteds: Kept[Stage]
) -> Iterator[Stage]:
    with begun(request, studios, drafted=drafteds) as stage:
        yield stage


@pytest.fixture
def studio(lent: Stage) -> Studio:
    return lent.cast


@pytest.fixture
def drafted(lent: Stage) -> Review:
    """In clearance, nothing signed, another partnership asked."""
    assert lent.row
    return lent.row

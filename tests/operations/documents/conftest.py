from __future__ import annotations

from collections.abc import Iterator

import pytest

from concordat.domain.base.documents.models import Document, Round
from tests.casts import Begun, Casts, Kept, begun
from tests.operations.documents.drafts import out
from tests.operations.documents.papers import added
from tests.operations.mail.cast import House, build

Stage = Begun[House, Document | Round]


def _added(house: House) -> Stage:
    return Begun(house, added(house))


def _out(house: House) -> Stage:
    return Begun(house, out(house))


@pytest.fixture(scope="session")
def houses(casts: Casts) -> Kept[House]:
    return casts.keep(build)


@pytest.fixture(scope="session")
def additions(casts: Casts, houses: Kept[House]) -> Kept[Stage]:
    return casts.keep(_added, upon=houses)


@pytest.fixture(scope="session")
def outs(casts: Casts, houses: Kept[House]) -> Kept[Stage]:
    return casts.keep(_out, upon=houses)


@pytest.fixture
def lent(
    request: pytest.FixtureRequest,
    houses: Kept[House],
    additions: Kept[Stage],
    outs: Kept[Stage],
) -> Iterator[Stage]:
    with begun(request, houses, document=additions, row=outs) as stage:
        yield stage


@pytest.fixture
def house(lent: Stage) -> House:
    return lent.cast


@pytest.fixture
def document(lent: Stage) -> Document:
    """A document with one version."""
    assert isinstance(lent.row, Document)
    return lent.row


@pytest.fixture
def row(lent: Stage) -> Round:
    """A draft that is out for comment."""
    assert isinstance(lent.row, Round)
    return lent.row

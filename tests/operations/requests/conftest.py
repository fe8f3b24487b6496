from __future__ import annotations

from collections.abc import Iterator

import pytest

from concordat.domain.base.requests.models import Request
from tests.casts import Begun, Casts, Kept, begun
from tests.operations.requests.examples import Desk, opened

Stage = Begun[Desk, Request]


def _sent(desk: Desk) -> Stage:
    return Begun(desk, desk.sent())


def _answered(desk: Desk) -> Stage:
    return Begun(desk, desk.answered())


@pytest.fixture(scope="session")
def desks(casts: Casts) -> Kept[Desk]:
    return casts.keep(opened)


@pytest.fixture(scope="session")
def sents(casts: Casts, desks: Kept[Desk]) -> Kept[Stage]:
    return casts.keep(_sent, upon=desks)


@pytest.fixture(scope="session")
def answereds(casts: Casts, desks: Kept[Desk]) -> Kept[Stage]:
    return casts.keep(_answered, upon=desks)


@pytest.fixture
def lent(
    request: pytest.FixtureRequest,
    desks: Kept[Desk],
    sents: Kept[Stage],
    answereds: Kept[Stage],
) -> Iterator[Stage]:
    with begun(request, desks, sent=sents, answered=answereds) as stage:
        yield stage


@pytest.fixture
def desk(lent: Stage) -> Desk:
    return lent.cast


@pytest.fixture
def sent(lent: Stage) -> Request:
    """Asked of the member's seat by health's delegate, due on DUE."""
    assert lent.row
    return lent.row


@pytest.fixture
def answered(lent: Stage) -> Request:
    assert lent.row
    return lent.row

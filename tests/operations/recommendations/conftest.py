from __future__ import annotations

from collections.abc import Iterator

import pytest

from concordat.domain.base.recommendations.models import Recommendation
from tests.casts import Begun, Casts, Kept, begun
from tests.operations.recommendations.examples import Desk, opened

Stage = Begun[Desk, Recommendation]


def _draft(desk: Desk) -> Stage:
    return Begun(desk, desk.draft())


def _accepted(desk: Desk) -> Stage:
    return Begun(desk, desk.accepted())


def _checked(desk: Desk) -> Stage:
    return Begun(desk, desk.checked())


@pytest.fixture(scope="session")
def desks(casts: Casts) -> Kept[Desk]:
    return casts.keep(opened)


@pytest.fixture(scope="session")
def drafts(casts: Casts, desks: Kept[Desk]) -> Kept[Stage]:
    return casts.keep(_draft, upon=desks)


@pytest.fixture(scope="session")
def checks(casts: Casts, desks: Kept[Desk]) -> Kept[Stage]:
    return casts.keep(_checked, upon=desks)


@pytest.fixture(scope="session")
def acceptances(casts: Casts, desks: Kept[Desk]) -> Kept[Stage]:
    return casts.keep(_accepted, upon=desks)


@pytest.fixture
def lent(
    request: pytest.FixtureRequest,
    desks: Kept[Desk],
    drafts: Kept[Stage],
    checks: Kept[Stage],
    acceptances: Kept[Stage],
) -> Iterator[Stage]:
    with begun(request, desks, draft=drafts, checked=checks, accepted=acceptances) as stage:
        yield stage


@pytest.fixture
def desk(lent: Stage) -> Desk:
    return lent.cast


@pytest.fixture
def draft(lent: Stage) -> Recommendation:
    assert lent.row
    return lent.row


@pytest.fixture
def checked(lent: Stage) -> Recommendation:
    """One that the group works, with every point answered."""
    assert lent.row
    return lent.row


@pytest.fixture
def accepted(lent: Stage) -> Recommendation:
    """One that the executive accepted before it came here, due on DUE, owned by health."""
    assert lent.row
    return lent.row

from __future__ import annotations

from collections.abc import Iterator

import pytest

from concordat.domain.governance.policies.models import Policy
from tests.casts import Begun, Casts, Kept, begun
from tests.operations.mail.cast import House
from tests.operations.policies.examples import Set, drafted, in_force, setting

Stage = Begun[Set, Policy]


def _drafted(here: Set) -> Stage:
    return Begun(here, drafted(here.house))


def _in_force(here: Set) -> Stage:
    return Begun(here, in_force(here.house))


@pytest.fixture(scope="session")
def sets(casts: Casts) -> Kept[Set]:
    return casts.keep(setting)


@pytest.fixture(scope="session")
def drafts(casts: Casts, sets: Kept[Set]) -> Kept[Stage]:
    return casts.keep(_drafted, upon=sets)


@pytest.fixture(scope="session")
def standings(casts: Casts, sets: Kept[Set]) -> Kept[Stage]:
    return casts.keep(_in_force, upon=sets)


@pytest.fixture
def lent(
    request: pytest.FixtureRequest, sets: Kept[Set], drafts: Kept[Stage], standings: Kept[Stage]
) -> Iterator[Stage]:
    with begun(request, sets, draft=drafts, standing=standings) as stage:
        yield stage


@pytest.fixture
def here(lent: Stage) -> Set:
    return lent.cast


@pytest.fixture
def house(here: Set) -> House:
    return here.house


@pytest.fixture
def draft(lent: Stage) -> Policy | None:
    """A policy with a text that nobody has approved."""
    return lent.row


@pytest.fixture
def standing(lent: Stage) -> Policy | None:
    """A policy in force from DAY on."""
    return lent.row

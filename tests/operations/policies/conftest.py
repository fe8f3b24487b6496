from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from concordat.domain.governance.policies.models import Policy
from tests.casts import Casts, Kept
from tests.operations.mail.cast import House
from tests.operations.policies.examples import Set, drafted, in_force, setting


@dataclass(frozen=True)
class Staged:
    """A set with one policy that has come as far as its name in the test says."""

    here: Set
    policy: Policy


def _drafted(here: Set) -> Staged:
    return Staged(here, drafted(here.house))


def _in_force(here: Set) -> Staged:
    return Staged(here, in_force(here.house))


@pytest.fixture(scope="session")
def sets(casts: Casts) -> Kept[Set]:
    return casts.keep(setting)


@pytest.fixture(scope="session")
def drafts(casts: Casts, sets: Kept[Set]) -> Kept[Staged]:
    return casts.keep(_drafted, upon=sets)


@pytest.fixture(scope="session")
def standings(casts: Casts, sets: Kept[Set]) -> Kept[Staged]:
    return casts.keep(_in_force, upon=sets)


@pytest.fixture
def lent(request: pytest.FixtureRequest, sets: Kept[Set]) -> Iterator[Set | Staged]:
    """The stage that the test begins at: whoever asks for `draft` or `standing` has a policy."""
    asked = set(request.fixturenames)
    kept: Kept[Set] | Kept[Staged] = sets
    for name in asked & {"draft", "standing"}:
        kept = request.getfixturevalue(f"{name}s")
    with kept.lent() as stage:
        yield stage


@pytest.fixture
def here(lent: Set | Staged) -> Set:
    return lent.here if isinstance(lent, Staged) else lent


@pytest.fixture
def house(here: Set) -> House:
    return here.house


def _policy(lent: Set | Staged) -> Policy:
    assert isinstance(lent, Staged)
    return lent.policy


draft = pytest.fixture(_policy, name="draft")
standing = pytest.fixture(_policy, name="standing")

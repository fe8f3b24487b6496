"""The partnerships that tests of the arrangements are lent, and stages that they have reached."""

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


def _readied(heath: Heath) -> Heath:
    heath.ready()
    return heath


@pytest.fixture(scope="session")
def readied_heaths(casts: Casts, heaths: Kept[Heath]) -> Kept[Heath]:
    return casts.keep(_readied, upon=heaths)


@pytest.fixture
def readied(readied_heaths: Kept[Heath]) -> Iterator[Heath]:
    """One that can go live."""
    with readied_heaths.lent() as heath:
        yield heath


@pytest.fixture(scope="session")
def draftings(casts: Casts) -> Kept[Drafting]:
    return casts.keep(drafted, upon=casts.keep(build))


@pytest.fixture
def drafting(draftings: Kept[Drafting]) -> Iterator[Drafting]:
    with draftings.lent() as drafting:
        yield drafting


def _offered(drafting: Drafting) -> Drafting:
    drafting.offer()
    return drafting


def _published(drafting: Drafting) -> Drafting:
    drafting.publish()
    return drafting


@pytest.fixture(scope="session")
def offered_draftings(casts: Casts, draftings: Kept[Drafting]) -> Kept[Drafting]:
    return casts.keep(_offered, upon=draftings)


@pytest.fixture
def offered(offered_draftings: Kept[Drafting]) -> Iterator[Drafting]:
    """One whose partners are asked to sign its first edition."""
    with offered_draftings.lent() as drafting:
        yield drafting


@pytest.fixture(scope="session")
def published_draftings(casts: Casts, draftings: Kept[Drafting]) -> Kept[Drafting]:
    return casts.keep(_published, upon=draftings)


@pytest.fixture
def published(published_draftings: Kept[Drafting]) -> Iterator[Drafting]:
    """One that every partner signed and that anybody can read."""
    with published_draftings.lent() as drafting:
        yield drafting


__all__ = [
    "counties",
    "county",
    "drafting",
    "draftings",
    "heath",
    "heaths",
    "offered",
    "offered_draftings",
    "published",
    "published_draftings",
    "readied",
    "readied_heaths",
]

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from concordat.domain.base.documents.models import Round
from tests.casts import Casts, Kept
from tests.operations.documents.drafts import out
from tests.operations.mail.cast import House, build


@dataclass(frozen=True)
class Out:
    """A house with a draft that is out for comment."""

    house: House
    row: Round


def _out(house: House) -> Out:
    return Out(house, out(house))


@pytest.fixture(scope="session")
def houses(casts: Casts) -> Kept[House]:
    return casts.keep(build)


@pytest.fixture(scope="session")
def outs(casts: Casts, houses: Kept[House]) -> Kept[Out]:
    return casts.keep(_out, upon=houses)


@pytest.fixture
def lent(
    request: pytest.FixtureRequest, houses: Kept[House], outs: Kept[Out]
) -> Iterator[House | Out]:
    """The stage that the test begins at: whoever asks for `row` has a draft out."""
    kept: Kept[House] | Kept[Out] = outs if "row" in request.fixturenames else houses
    with kept.lent() as stage:
        yield stage


@pytest.fixture
def house(lent: House | Out) -> House:
    return lent.house if isinstance(lent, Out) else lent


@pytest.fixture
def row(lent: House | Out) -> Round:
    """A draft that is out for comment."""
    assert isinstance(lent, Out)
    return lent.row

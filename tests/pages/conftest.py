from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.casts import Casts, Kept
from tests.operations.mail.cast import build
from tests.pages.furnished import Furnished, furnished


@pytest.fixture(scope="session")
def furniture(casts: Casts) -> Kept[Furnished]:
    return casts.keep(furnished, upon=casts.keep(build))


@pytest.fixture
def stands(furniture: Kept[Furnished]) -> Iterator[Furnished]:
    with furniture.lent() as stands:
        yield stands

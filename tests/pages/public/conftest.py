from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.casts import Casts, Kept
from tests.operations.arrangements.drafting import Drafting, drafted
from tests.operations.arrangements.leaving import Heath, leaving
from tests.operations.mail.cast import build


@pytest.fixture(scope="session")
def heaths(casts: Casts) -> Kept[Heath]:
    return casts.keep(leaving, upon=casts.keep(build))


@pytest.fixture
def heath(heaths: Kept[Heath]) -> Iterator[Heath]:
    with heaths.lent() as heath:
        yield heath


@pytest.fixture(scope="session")
def draftings(casts: Casts) -> Kept[Drafting]:
    return casts.keep(drafted, upon=casts.keep(build))


@pytest.fixture
def draft(draftings: Kept[Drafting]) -> Iterator[Drafting]:
    with draftings.lent() as draft:
        yield draft

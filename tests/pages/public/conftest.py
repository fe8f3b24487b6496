from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.casts import Kept
from tests.operations.arrangements.drafting import Drafting
from tests.operations.arrangements.lending import draftings, heath, heaths

__all__ = ["draft", "draftings", "heath", "heaths"]


@pytest.fixture
def draft(draftings: Kept[Drafting]) -> Iterator[Drafting]:
    with draftings.lent() as draft:
        yield draft

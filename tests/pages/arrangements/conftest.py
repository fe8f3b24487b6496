from __future__ import annotations

import pytest

from tests.operations.seats.county import County, built


@pytest.fixture
def county(db: None) -> County:
    return built()

from __future__ import annotations

import pytest

from tests.operations.clocks.examples import House, built


@pytest.fixture
def house(db: None) -> House:
    return built()

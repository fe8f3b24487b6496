from __future__ import annotations

import pytest

from tests.operations.mail.cast import House, build


@pytest.fixture
def house(db: None) -> House:
    return build()

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.test import override_settings

from tests.casts import Casts, Kept
from tests.operations.mail.cast import House, build


@pytest.fixture(scope="session")
def houses(casts: Casts) -> Kept[House]:
    return casts.keep(build)


@pytest.fixture
def house(houses: Kept[House]) -> Iterator[House]:
    with houses.lent() as house:
        yield house


@dataclass
class Server:
    """A mail server of the test's own. It takes everything until it is told to be down."""

    down: bool = False


SERVER = Server()


class Backend(EmailBackend):
    """Django's own, with a plug that can be pulled."""

    def send_messages(self, messages: Any) -> int:
        if SERVER.down:
            raise ConnectionRefusedError
        return int(super().send_messages(messages))


@pytest.fixture
def server() -> Iterator[Server]:
    SERVER.down = False
    with override_settings(EMAIL_BACKEND=f"{Backend.__module__}.Backend"):
        yield SERVER
    SERVER.down = False

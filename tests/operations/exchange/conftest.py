from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.databases import Databases, pointed_at

Fresh = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def fresh(
    databases: Databases, migrated: str, django_db_blocker: DjangoDbBlocker
) -> Iterator[Fresh]:
    """Opens a database of its own that holds nothing yet, as often as it is called."""

    @contextmanager
    def opened() -> Iterator[None]:
        with pointed_at(databases.copy(migrated), django_db_blocker):
            yield

    yield opened
    databases.drop_copies()

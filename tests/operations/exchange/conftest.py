from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.databases import Databases, pointed_at

Fresh = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def fresh(databases: Databases, migrated: str, django_db_blocker: DjangoDbBlocker) -> Fresh:
    """Opens a database of its own that holds nothing yet, as often as it is called."""

    @contextmanager
    def opened() -> Iterator[None]:
        with databases.own(migrated) as url, pointed_at(url, django_db_blocker):
            yield

    return opened

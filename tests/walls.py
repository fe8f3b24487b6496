"""The wall around the database: outside an operation nothing is written, and a GET never writes.

Tables that libraries keep for themselves are free, and so is the look log.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

WRITE = re.compile(
    r"""^\s*(?:WITH\b.*?\)\s*)?
    (?:INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO|UPDATE|DELETE\s+FROM|TRUNCATE(?:\s+TABLE)?)
    \s+(?:ONLY\s+)?["`]?(?P<table>\w+)""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
READS = ("SELECT ", "SAVEPOINT ", "RELEASE SAVEPOINT ")
PLUMBING = re.compile(
    r"^(?:django_|auth_|account_|mfa_|usersessions_|concordat_cache$|sqlite_sequence$)"
)
LOOKS = "records_look"
# Signing in stamps the account, and a better hash replaces an old one, both by Django itself.
STAMPS = re.compile(r'^UPDATE "people_account" SET "(?:last_login|password)" = [^,]+ WHERE')


class WroteOutsideOperation(AssertionError):
    """Something was written that no operation answers for."""


def table_written(sql: str) -> str:
    """The table that a statement writes to, or nothing."""
    found = WRITE.match(sql)
    return found["table"].lower() if found else ""


def is_plumbing(sql: str) -> bool:
    return bool(PLUMBING.match(table_written(sql)) or STAMPS.match(sql))


class Wall:
    """Watches every statement of every connection while it is up."""

    def __init__(self) -> None:
        self.up = False
        self.silent: list[str] | None = None

    def stand_before(self, connection: BaseDatabaseWrapper) -> None:
        if self not in connection.execute_wrappers:
            connection.execute_wrappers.append(self)

    def __call__(
        self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any
    ) -> Any:
        if self.up:
            self._judge(str(sql))
        return execute(sql, params, many, context)

    def _judge(self, sql: str) -> None:
        if sql.startswith(READS):
            return
        table = table_written(sql)
        if not table or is_plumbing(sql):
            return
        if self.silent is not None and table != LOOKS:
            self.silent.append(sql)
        if table != LOOKS and not _in_operation():
            raise WroteOutsideOperation(f"Written outside an operation: {sql[:200]}")


def _in_operation() -> bool:
    from concordat.domain.base.records.operations import in_operation

    return in_operation()


wall = Wall()


def _created(connection: BaseDatabaseWrapper, **_: Any) -> None:
    wall.stand_before(connection)


@pytest.fixture(scope="session", autouse=True)
def wall_built() -> Iterator[None]:
    connection_created.connect(_created)
    yield
    connection_created.disconnect(_created)


@pytest.fixture(autouse=True)
def wall_up() -> Iterator[None]:
    from django.db import connection

    wall.stand_before(connection)
    wall.up = True
    yield
    wall.up = False


@contextmanager
def guarded() -> Iterator[None]:
    """Stand before whatever happens inside, before any test begins."""
    before, wall.up = wall.up, True
    try:
        yield
    finally:
        wall.up = before


@contextmanager
def behind_the_wall() -> Iterator[None]:
    """Write as somebody with the database's own password would: to tamper, or to repair."""
    wall.up = False
    try:
        yield
    finally:
        wall.up = True


@contextmanager
def nothing_written() -> Iterator[None]:
    """What happens inside writes nothing but the look log and libraries' own tables."""
    wall.silent = written = []
    try:
        yield
    finally:
        wall.silent = None
    assert not written, "A page that is only read wrote:\n" + "\n".join(written)

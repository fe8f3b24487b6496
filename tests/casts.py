"""A cast built once for the whole run by real operations, and lent to each test as it was built.

Two fixtures in a conftest, and every test that asks for `house` gets a whole partnership for the
price of a savepoint:

    @pytest.fixture(scope="session")
    def houses(casts: Casts) -> Kept[House]:
        return casts.keep(build)

    @pytest.fixture
    def house(houses: Kept[House]) -> Iterator[House]:
        with houses.lent() as house:
            yield house

The builder takes nothing and returns something that can be pickled: a dataclass of rows and
values. It runs in one transaction, in a database of its own, in whichever process asks first; its
files go with it. What it leaves for the commit is forgotten, as in every test. A cast may stand on
another: `casts.keep(built, upon=houses)` hands the lower cast to the builder.

`lent` undoes at the end of the test all that the test did, and nobody sees what another did to the
objects. `given` is for a test that needs real commits, threads or processes: a copy of its own.
The fixture that keeps a cast must be of the session, so that no frozen clock or setting of a
single test can get into it.

Where many tests of a folder begin with the same act, a cast with that row stands on the bare one,
and `begun` lends the one that the test names among its arguments: see tests/operations/policies.
"""

from __future__ import annotations

import pickle
import re
import shutil
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from tests.databases import Databases, connection_to, pointed_at, standing_on
from tests.walls import guarded

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

T = TypeVar("T")
R = TypeVar("R")


@contextmanager
def rolled_back() -> Iterator[None]:
    """One transaction that never commits: what is broken when it ends is still an error."""
    whole = transaction.atomic()
    whole._from_testcase = True
    with whole:
        yield
        checkable = connection.features.can_defer_constraint_checks
        if checkable and not connection.needs_rollback and connection.is_usable():
            connection.check_constraints()
        transaction.set_rollback(True)


@dataclass(frozen=True)
class Begun(Generic[T, R]):
    """A cast and the row with which a test begins, if it asks for one."""

    cast: T
    row: R | None = None


class Kept(Generic[T]):
    """A cast in a template database, with a connection to this process's own copy of it."""

    def __init__(self, url: str, made: Path, databases: Databases, blocker: DjangoDbBlocker):
        self.url = url
        self.pickled = made.read_bytes()
        self._databases = databases
        self._blocker = blocker
        self._own: BaseDatabaseWrapper | None = None

    @property
    def objects(self) -> T:
        """The objects as they were built, made anew each time."""
        made: T = pickle.loads(self.pickled)  # noqa: S301 - we wrote it
        return made

    @contextmanager
    def lent(self) -> Iterator[T]:
        """The cast in a transaction that is undone at the end."""
        if self._own is None:
            self._own = connection_to(self._databases.copy(self.url), pooled=False)
        with self._blocker.unblock(), standing_on(self._own), rolled_back():
            yield self.objects

    @contextmanager
    def given(self) -> Iterator[tuple[T, str]]:
        """The cast in a database that nobody else uses, with its address."""
        with self._databases.own(self.url) as url, pointed_at(url, self._blocker):
            yield self.objects, url

    def close(self) -> None:
        if self._own is not None:
            with self._blocker.unblock():
                self._own.close()


class Casts:
    """The casts of this process by their builders."""

    def __init__(self, databases: Databases, migrated: str, blocker: DjangoDbBlocker) -> None:
        self._databases = databases
        self._migrated = migrated
        self._blocker = blocker
        self._kept: dict[Callable[..., Any], Kept[Any]] = {}

    def keep(self, build: Callable[..., T], upon: Kept[Any] | None = None) -> Kept[T]:
        """The cast that `build` makes, built by the first process of the run that asks."""
        if build not in self._kept:
            self._kept[build] = self._keep(build, upon)
        return self._kept[build]

    def _keep(self, build: Callable[..., T], upon: Kept[Any] | None) -> Kept[T]:
        name = _named(build)
        made = self._databases.shared / f"{name}.pickle"
        files = self._databases.shared / f"{name}.files"

        def fill(url: str) -> None:
            files.mkdir(exist_ok=True)
            lower = [upon.objects] if upon else []
            with pointed_at(url, self._blocker), override_settings(MEDIA_ROOT=files), guarded():
                with transaction.atomic():
                    built = build(*lower)
                    connection.run_on_commit = []
                made.write_bytes(pickle.dumps(built))

        url = self._databases.template(name, fill, upon.url if upon else self._migrated)
        shutil.copytree(files, settings.MEDIA_ROOT, dirs_exist_ok=True)
        return Kept(url, made, self._databases, self._blocker)

    def close(self) -> None:
        for each in self._kept.values():
            each.close()


@contextmanager
def begun(
    request: pytest.FixtureRequest, bare: Kept[T], **stages: Kept[Begun[T, R]]
) -> Iterator[Begun[T, R]]:
    """The stage that the test names among its arguments, or the bare cast."""
    for name in stages.keys() & set(request.fixturenames):
        with stages[name].lent() as stage:
            yield stage
        return
    with bare.lent() as cast:
        yield Begun(cast)


def _named(build: Callable[..., Any]) -> str:
    """A name that no other builder has, short enough for a database."""
    whole = f"{build.__module__}.{build.__qualname__}"
    plain = re.sub(r"\W+", "_", whole.removeprefix("tests."))
    return f"{plain[-40:]}_{zlib.crc32(whole.encode()):08x}"


@pytest.fixture(scope="session")
def casts(
    databases: Databases, migrated: str, django_db_blocker: DjangoDbBlocker
) -> Iterator[Casts]:
    kept = Casts(databases, migrated, django_db_blocker)
    yield kept
    kept.close()

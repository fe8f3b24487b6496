"""Databases of a test's own: copies of a prepared one, for servers, threads and journeys.

A copy is a file on SQLite and a TEMPLATE database on PostgreSQL. Nothing is ever emptied, since
the ledger forbids it.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit, urlunsplit

import pytest
from pytest_django.plugin import DjangoDbBlocker

if TYPE_CHECKING:
    from django.db import ConnectionHandler
    from django.db.backends.base.base import BaseDatabaseWrapper

SOURCE = Path(__file__).parents[1] / "src"

Fill = Callable[[str], None]


class Copier(Protocol):
    """How one engine makes databases."""

    def new(self, name: str) -> str:
        """An empty database; its address."""

    def copy(self, source: str, name: str) -> str:
        """A copy of the database at `source`, which nobody may be using; its address."""

    def drop(self, url: str) -> None: ...


class SqliteFiles:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def _url(self, name: str) -> str:
        return f"sqlite:///{self.folder / name}.sqlite3"

    def new(self, name: str) -> str:
        self.drop(self._url(name))
        return self._url(name)

    def copy(self, source: str, name: str) -> str:
        shutil.copyfile(file_of(source), file_of(self._url(name)))
        return self._url(name)

    def drop(self, url: str) -> None:
        for tail in ("", "-wal", "-shm"):
            Path(f"{file_of(url)}{tail}").unlink(missing_ok=True)


class PostgresDatabases:
    def __init__(self, server: str) -> None:
        self.server = server

    def _url(self, name: str) -> str:
        return urlunsplit(urlsplit(self.server)._replace(path=f"/{name}"))

    def _say(self, sql: str) -> None:
        import psycopg

        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(sql.encode())

    def new(self, name: str) -> str:
        self.drop(self._url(name))
        self._say(f'CREATE DATABASE "{name}"')
        return self._url(name)

    def copy(self, source: str, name: str) -> str:
        template = urlsplit(source).path[1:]
        self._say(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self._url(name)

    def drop(self, url: str) -> None:
        self._say(f'DROP DATABASE IF EXISTS "{urlsplit(url).path[1:]}" WITH (FORCE)')


def file_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def environment(url: str, var: Path) -> dict[str, str]:
    """What a process needs to know to work on that database."""
    return {
        **os.environ,
        "PYTHONPATH": str(SOURCE),
        "DATABASE_URL": url,
        "CONCORDAT_VAR": str(var),
        "DJANGO_SETTINGS_MODULE": "concordat.config.settings",
    }


def command(*words: str, url: str, var: Path) -> subprocess.CompletedProcess[str]:
    """Run `concordat WORDS` on that database and wait for it."""
    call = [sys.executable, "-c", "from concordat.cli import main; main()", *words]
    return subprocess.run(
        call, env=environment(url, var), capture_output=True, text=True, check=False
    )


class Databases:
    """Templates made once for the whole run, and copies of them made for each test."""

    def __init__(self, copier: Copier, shared: Path) -> None:
        self.copier = copier
        self.shared = shared
        self.made: list[str] = []

    def template(self, name: str, fill: Fill) -> str:
        """The address of the template, filled once however many processes ask for it."""
        mark = self.shared / f"{name}.url"
        with (self.shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not mark.exists():
                url = self.copier.new(f"template_{name}")
                fill(url)
                mark.write_text(url, "utf-8")
        return mark.read_text("utf-8")

    def copy(self, template: str) -> str:
        url = self.copier.copy(template, f"own_{uuid.uuid4().hex}")
        self.made.append(url)
        return url

    def drop_copies(self) -> None:
        while self.made:
            self.copier.drop(self.made.pop())


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all processes of the run."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "shared"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def databases(shared_folder: Path) -> Iterator[Databases]:
    url = os.environ.get("DATABASE_URL", "sqlite:///")
    on_sqlite = url.startswith("sqlite")
    copier: Copier = SqliteFiles(shared_folder) if on_sqlite else PostgresDatabases(url)
    made = Databases(copier, shared_folder)
    yield made
    made.drop_copies()


@pytest.fixture(scope="session")
def migrated(databases: Databases, shared_folder: Path) -> str:
    """The address of a migrated, empty template."""

    def migrate(url: str) -> None:
        ran = command("migrate", url=url, var=shared_folder)
        assert ran.returncode == 0, ran.stderr

    return databases.template("migrated", migrate)


@pytest.fixture
def own_database(databases: Databases, migrated: str) -> Iterator[str]:
    """The address of a migrated database that only this test and its processes use."""
    yield databases.copy(migrated)
    databases.drop_copies()


@contextmanager
def pointed_at(url: str, blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let this process, with all its threads, work on the database at `url`."""
    from django.db import connections

    from concordat.config.environment import database_at

    before = connections.databases["default"]
    own = connections.configure_settings({"default": database_at(url)})["default"]
    with blocker.unblock():
        kept = _switch(connections, own)
        try:
            yield
        finally:
            _switch(connections, before)
            connections["default"] = kept


def _switch(connections: ConnectionHandler, settings: dict[str, Any]) -> BaseDatabaseWrapper:
    """Drop the connection that was open, with its pool, which is known by the alias alone."""
    opened = connections["default"]
    opened.close()
    if opened.vendor == "postgresql":
        opened.close_pool()  # type: ignore[attr-defined]
    connections.databases["default"] = settings
    del connections["default"]
    return opened


@pytest.fixture
def inside(own_database: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The test's own database, with real commits, also from threads; its address."""
    with pointed_at(own_database, django_db_blocker):
        yield own_database

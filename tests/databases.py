"""Databases of a test's own: copies of a prepared one, for servers, threads and journeys.

A copy is a file on SQLite and a TEMPLATE database on PostgreSQL. Nothing is ever emptied, since
the ledger forbids it. Migrating takes long, so on SQLite what it made is kept for the next run,
under a name that tells everything it was made from.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit, urlunsplit

import pytest
from pytest_django.plugin import DjangoDbBlocker

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src"
KEPT = ROOT / ".pytest_cache" / "migrated"
OURS = re.compile(r"\bconcordat(?:\.[a-z_]+)+")

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
        # To write every page into the log as well takes half as long again.
        self._say(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
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

    def template(self, name: str, fill: Fill, source: str = "") -> str:
        """The address of the template, filled once however many processes ask for it.

        It begins as a copy of the template at `source`, else empty.
        """
        mark = self.shared / f"{name}.url"
        with (self.shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not mark.exists():
                made = f"template_{name}"
                url = self.copier.copy(source, made) if source else self.copier.new(made)
                fill(url)
                mark.write_text(url, "utf-8")
        return mark.read_text("utf-8")

    def copy(self, template: str) -> str:
        """A copy that stays until the process ends: others may be using it all along."""
        self.made.append(self._copied(template))
        return self.made[-1]

    def _copied(self, template: str) -> str:
        return self.copier.copy(template, f"own_{uuid.uuid4().hex}")

    @contextmanager
    def own(self, template: str) -> Iterator[str]:
        """The address of a copy that is there as long as the block runs."""
        url = self._copied(template)
        try:
            yield url
        finally:
            self.copier.drop(url)


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
    for copy in made.made:
        copier.drop(copy)


def _made_from() -> set[Path]:
    """What decides how a migrated database looks: migrations with what they name of the house,
    and the settings as they stand: what those name serves requests."""
    found: set[Path] = set()
    waiting = [*SOURCE.rglob("migrations/*.py")]
    while waiting:
        file = waiting.pop()
        found.add(file)
        for name in OURS.findall(file.read_text("utf-8")):
            module = SOURCE.joinpath(*name.split(".")).with_suffix(".py")
            if module.is_file() and module not in found:
                waiting.append(module)
    found |= {*(SOURCE / "concordat" / "config").glob("*.py")}
    return found | {*(ROOT / "requirements").glob("*.txt"), SOURCE / "concordat/cli/database.py"}


def _kept() -> Path:
    """Where a migrated database is kept that was made from the files as they stand."""
    summed = hashlib.sha256(sys.version.encode())
    for file in sorted(_made_from()):
        summed.update(f"{file.relative_to(ROOT)}\n".encode() + file.read_bytes())
    return KEPT / f"{summed.hexdigest()}.sqlite3"


@pytest.fixture(scope="session")
def migrated(databases: Databases, shared_folder: Path) -> str:
    """The address of a migrated, empty template."""

    def migrate(url: str) -> None:
        ran = command("migrate", url=url, var=shared_folder)
        assert ran.returncode == 0, ran.stderr

    def migrate_or_find(url: str) -> None:
        kept = _kept()
        if not kept.exists():
            migrate(url)
            KEPT.mkdir(parents=True, exist_ok=True)
            for old in KEPT.iterdir():
                old.unlink(missing_ok=True)
            draft = shutil.copyfile(file_of(url), kept.with_suffix(f".{os.getpid()}"))
            draft.replace(kept)
        shutil.copyfile(kept, file_of(url))

    on_sqlite = isinstance(databases.copier, SqliteFiles)
    return databases.template("migrated", migrate_or_find if on_sqlite else migrate)


@pytest.fixture
def own_database(databases: Databases, migrated: str) -> Iterator[str]:
    """The address of a migrated database that only this test and its processes use."""
    with databases.own(migrated) as url:
        yield url


def connection_to(url: str, *, pooled: bool = True) -> BaseDatabaseWrapper:
    """A connection that nothing uses yet."""
    from django.db import connections

    from concordat.config.environment import database_at

    settings = connections.configure_settings({"default": database_at(url)})["default"]
    if not pooled:
        settings["OPTIONS"].pop("pool", None)
    before = connections.databases["default"]
    connections.databases["default"] = settings
    try:
        return connections.create_connection("default")
    finally:
        connections.databases["default"] = before


@contextmanager
def standing_on(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Let everything use that connection; the one before is put aside as it stands, still open.

    PostgreSQL's pool is known by the alias alone, so it is put aside too.
    """
    from django.db import connections

    pools = getattr(connection, "_connection_pools", {})
    before, pool = connections["default"], pools.pop("default", None)
    connections.databases["default"] = connection.settings_dict
    connections["default"] = connection
    try:
        yield
    finally:
        connections.databases["default"] = before.settings_dict
        connections["default"] = before
        if pool:
            pools["default"] = pool


@contextmanager
def pointed_at(url: str, blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let this process, with all its threads, work on the database at `url`."""
    own = connection_to(url)
    with blocker.unblock(), standing_on(own):
        try:
            yield
        finally:
            own.close()
            if own.vendor == "postgresql":
                own.close_pool()  # type: ignore[attr-defined]


@pytest.fixture
def inside(own_database: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The test's own database, with real commits, also from threads; its address."""
    with pointed_at(own_database, django_db_blocker):
        yield own_database


@pytest.fixture(scope="session")
def django_db_setup(
    databases: Databases, migrated: str, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """What `db` works on: a copy of the migrated template, for this process."""
    own = connection_to(databases.copy(migrated), pooled=False)
    with standing_on(own):
        yield
        with django_db_blocker.unblock():
            own.close()

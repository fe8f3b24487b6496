"""The example world of the two papers, loaded once and copied for whoever changes it."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from tests.browsers import Step
from tests.databases import Databases, command
from tests.journeys.walking import Walk
from tests.servers import Server, start

KEPT = ("documents", "secret-key", "ledger-secret")


@pytest.fixture(scope="session")
def papers(databases: Databases, migrated: str, shared_folder: Path) -> str:
    """The address of a template that holds the world `seeds-2019`; its files lie beside it."""

    def fill(url: str) -> None:
        databases.copier.drop(url)
        assert databases.copier.copy(migrated, "template_papers") == url
        ran = command("world", "load", "seeds-2019", url=url, var=shared_folder / "papers")
        assert ran.returncode == 0, ran.stderr

    return databases.template("papers", fill)


Settle = Callable[[Path], Server]


@pytest.fixture(scope="session")
def settle(papers: str, databases: Databases, shared_folder: Path, static: Path) -> Settle:
    """Serve a copy of the world with its files from a folder."""

    def begin(var: Path) -> Server:
        for each in KEPT:
            kept = shared_folder / "papers" / each
            if kept.is_dir():
                shutil.copytree(kept, var / each)
            else:
                shutil.copyfile(kept, var / each)
        return start(databases.copier.copy(papers, f"world_{uuid.uuid4().hex}"), var, static)

    return begin


@pytest.fixture(scope="session")
def settled(
    settle: Settle, databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """One server for all journeys that meet nothing of one another's."""
    server = settle(tmp_path_factory.mktemp("settled"))
    yield server
    server.stop()
    databases.copier.drop(server.database)


@pytest.fixture
def own_world(settle: Settle, databases: Databases, tmp_path: Path) -> Iterator[Server]:
    """A server for a journey that changes what others look at."""
    var = tmp_path / "own"
    var.mkdir()
    server = settle(var)
    yield server
    server.stop()
    databases.copier.drop(server.database)


@pytest.fixture
def world(settled: Server) -> Server:
    """Where the people of a journey meet. A module that needs its own says so."""
    return settled


@pytest.fixture
def desk(desktop: BrowserContext, world: Server, step: Step) -> Walk:
    """Somebody at a desk."""
    return Walk(desktop, world, step)


@pytest.fixture
def pocket(phone: BrowserContext, world: Server, step: Step) -> Walk:
    """Somebody with a phone."""
    return Walk(phone, world, step)


@pytest.fixture
def plain(
    without_scripts: BrowserContext, desktop: BrowserContext, world: Server, step: Step
) -> Walk:
    """Somebody whose browser runs no scripts."""
    return Walk(without_scripts, world, step, glass=desktop)

"""A database of its own that holds a small world, for commands that only read it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_django.plugin import DjangoDbBlocker

from concordat.cli import run
from tests.databases import Databases, command, pointed_at


def world(
    name: str,
    path: Path,
    databases: Databases,
    migrated: str,
    blocker: DjangoDbBlocker,
) -> Iterator[str]:
    """Loads the world once into a template and works on a copy of it."""
    shared = databases.shared

    def fill(url: str) -> None:
        databases.copier.drop(url)
        copy = databases.copier.copy(migrated, f"template_{name}")
        ran = command("load", str(path), url=copy, var=shared)
        assert ran.returncode == 0, ran.stderr

    with databases.own(databases.template(name, fill)) as copy, pointed_at(copy, blocker):
        yield copy


Told = pytest.CaptureFixture[str]


def told(capsys: Told, *arguments: str) -> str:
    """What a command says that is done."""
    code = run(list(arguments))
    heard = capsys.readouterr()
    assert code == 0, heard.err
    return heard.out


def answer(capsys: Told, *arguments: str) -> dict[str, Any]:
    found = json.loads(told(capsys, *arguments, "--json"))
    assert isinstance(found, dict)
    return found


def refusal(capsys: Told, *arguments: str) -> str:
    """What a command says on stderr about bad input; it says nothing else."""
    code = run(list(arguments))
    heard = capsys.readouterr()
    assert (code, heard.out) == (2, ""), heard
    return heard.err

"""The command line's root: what it lists, what it tells and how it ends."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable

import click
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, IntegrityError, OperationalError

from concordat import cli
from concordat.cli import COMMANDS, run
from concordat.kernel.errors import Fault, Invalid, Refused, Stale
from tests.databases import SOURCE

HEAVY = ("django", "yaml", "typst", "docx", "PIL", "cryptography", "holidays")


def test_help_lists_every_command_and_reads_nothing_heavy() -> None:
    code = (
        "import sys; from concordat.cli import run; code = run(['--help'])\n"
        "print(sorted(name for name in sys.modules if '.' not in name), file=sys.stderr)\n"
        "sys.exit(code)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0
    assert all(name in ran.stdout for name in COMMANDS)
    assert not [name for name in HEAVY if f"'{name}'" in ran.stderr]


def test_a_command_that_works_on_files_alone_starts_without_the_database() -> None:
    code = (
        "import sys; from concordat.cli import main; sys.argv[1:] = ['chronology', 'merge', '-h']\n"
    )
    code += "try: main()\nfinally: print(*map(repr, sys.modules), file=sys.stderr)"
    ran = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Merge FILES" in ran.stdout
    assert not [name for name in ("django", "docx") if f"'{name}'" in ran.stderr]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([name, "--help"]) == 0
    assert f"Usage: concordat {name}" in capsys.readouterr().out


def test_an_unknown_command_is_bad_input_with_a_near_name(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["migrat"]) == 2
    assert "Did you mean migrate?" in capsys.readouterr().err


def ending_with(error: Exception) -> click.Command:
    @click.command()
    def sample() -> None:
        raise error

    return sample


@pytest.fixture
def sample(monkeypatch: pytest.MonkeyPatch) -> Callable[[Exception], int]:
    """Run a command that ends with this error; its exit code."""

    def ended(error: Exception) -> int:
        place = cli.Command("database:sample", "A sample.")
        monkeypatch.setitem(COMMANDS, "sample", place)
        monkeypatch.setattr("concordat.cli.database.sample", ending_with(error), raising=False)
        return run(["sample"])

    return ended


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (Refused("The board is not quorate.", source="WT 2023"), 1, "quorate. (WT 2023)"),
        (Stale({"Title": "A"}, {"Title": "B"}), 1, "Somebody changed this"),
        (
            Invalid([Fault("is no date.", "from", "seats.yaml:4", "Write 2019-03-29.")]),
            2,
            "seats.yaml:4, from: is no date. Write 2019-03-29.",
        ),
        (ImproperlyConfigured("CONCORDAT_MODE is odd."), 2, "CONCORDAT_MODE is odd."),
        (OperationalError("no such table: x"), 2, "concordat migrate"),
        (OperationalError("database is locked"), 2, "when it has ended"),
        (OperationalError("attempt to write a readonly database"), 2, "writable"),
        (OperationalError("unable to open database file"), 2, "CONCORDAT_VAR"),
        (OperationalError("couldn't get a connection after 30.00 sec"), 2, "DATABASE_URL"),
        (OperationalError("database or disk is full"), 2, "Free space"),
        (DatabaseError("file is not a database"), 2, "Put back a copy"),
        (PermissionError(13, "Permission denied", "/var/a.yaml"), 2, "/var/a.yaml: Permission"),
        (OSError(28, "No space left on device"), 2, "No space left on device."),
        (click.BadParameter("is no number"), 2, "is no number"),
        (click.Abort(), 1, "Stopped."),
    ],
)
def test_every_ending_has_its_code_and_its_words(
    sample: Callable[[Exception], int],
    error: Exception,
    code: int,
    told: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert sample(error) == code
    assert told in capsys.readouterr().err


@pytest.mark.parametrize("error", [ZeroDivisionError(), IntegrityError("UNIQUE failed")])
def test_a_fault_of_the_program_is_not_hidden(
    sample: Callable[[Exception], int], error: Exception
) -> None:
    with pytest.raises(type(error)):
        sample(error)

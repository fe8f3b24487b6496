"""The server and its worker start together, say when they are ready, and end together."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import psutil
import pytest

from concordat.cli import run
from tests.cli.loaded import Told
from tests.config.test_settings import SECRETS
from tests.databases import command, environment
from tests.pages.doors import CLOSED
from tests.servers import free_port

CALL = (sys.executable, "-c", "from concordat.cli import main; main()", "serve", "--port")


def served(database: str, var: Path, port: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*CALL, str(port)],
        env=environment(database, var),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def children(process: subprocess.Popen[str]) -> list[psutil.Process]:
    return [each for each in psutil.Process(process.pid).children(recursive=True) if alive(each)]


@pytest.fixture
def own_port(db: None) -> Iterator[int]:
    """A port on which somebody else listens."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        yield taken.getsockname()[1]


def alive(process: psutil.Process) -> bool:
    """Whether it still does anything: one that has ended may wait to be counted as ended."""
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE


def alive_still(processes: list[psutil.Process]) -> list[psutil.Process]:
    return [each for each in processes if psutil.pid_exists(each.pid) and alive(each)]


def _open(address: str) -> list[str]:
    """Which of the headers that close a door are missing on a page or on a file of its own."""
    with urllib.request.urlopen(address) as page:
        named = re.findall(r'(?:href|src)="(/static/[^"]+)"', page.read().decode())
        told = [f"{address} lacks {name}" for name in CLOSED if name not in page.headers]
    for place in sorted(set(named)):
        with urllib.request.urlopen(urljoin(address, place)) as file:
            told += [f"{place} lacks {name}" for name in CLOSED if name not in file.headers]
    assert len(named) > 5
    return told


@pytest.mark.parametrize("ask", [signal.SIGINT, signal.SIGTERM])
def test_both_start_and_both_end(own_database: str, tmp_path: Path, ask: signal.Signals) -> None:
    port = free_port()
    with served(own_database, tmp_path, port) as process:
        assert process.stdout
        assert process.stdout.readline() == f"Concordat is ready: http://127.0.0.1:{port}\n"
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz") as answer:
            assert answer.status == 200
        assert not _open(f"http://127.0.0.1:{port}/sign-in")
        begun = children(process)
        assert len(begun) >= 2
        os.kill(process.pid, ask)
        assert process.wait(20) == 0
    assert not alive_still(begun)


def test_in_production_it_says_when_it_is_ready(own_database: str, tmp_path: Path) -> None:
    """It answers to its public name alone, and asks itself by that."""
    port = free_port()
    call = [*CALL, str(port)]
    given = {**environment(own_database, tmp_path), **SECRETS, "DATABASE_URL": own_database}
    with subprocess.Popen(
        call, env=given, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline() == f"Concordat is ready: http://127.0.0.1:{port}\n"
        process.terminate()
        assert "HTTP_HOST" not in process.stderr.read()


def test_a_port_that_is_taken_is_told_before_anything_starts(capsys: Told, own_port: int) -> None:
    assert run(["serve", "--port", str(own_port)]) == 2
    heard = capsys.readouterr()
    assert f"port: Another program listens on port {own_port} already." in heard.err
    assert heard.out == ""


def test_an_address_of_another_machine_is_told(capsys: Told, db: None) -> None:
    assert run(["serve", "--host", "203.0.113.9", "--port", str(free_port())]) == 2
    assert "host: 203.0.113.9:" in capsys.readouterr().err


def test_an_unprepared_database_is_not_served(tmp_path: Path) -> None:
    ran = command("serve", url=f"sqlite:///{tmp_path / 'empty'}", var=tmp_path)
    assert ran.returncode == 2
    assert ran.stderr == ("The database is not up to date. Prepare it with: concordat migrate\n")


def test_one_ends_when_the_other_dies(own_database: str, tmp_path: Path) -> None:
    with served(own_database, tmp_path, free_port()) as process:
        assert process.stdout
        process.stdout.readline()
        begun = children(process)
        worker = next(each for each in begun if "db_worker" in each.cmdline())
        worker.kill()
        assert process.wait(20) == 1
    time.sleep(0.1)
    assert not alive_still(begun)

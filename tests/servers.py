"""A real server, in processes of its own, on a database of the test's own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.databases import command, environment

PATIENCE = 60.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """A running server: where it answers, on which database, and with which folder."""

    url: str
    database: str
    var: Path
    process: subprocess.Popen[bytes]

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run `concordat WORDS` beside the server."""
        return command(*words, url=self.database, var=self.var)

    def work_off(self) -> None:
        """Do what waits for the background worker, to the last task."""
        call = [sys.executable, "-m", "django", "db_worker", "--batch", "--no-startup-delay"]
        ran = subprocess.run(
            call,
            env=environment(self.database, self.var),
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
        assert ran.returncode == 0, ran.stderr

    def kill(self) -> None:
        """End it at once, as a power cut would: no process of it says goodbye."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.kill()

    @property
    def log(self) -> str:
        return (self.var / "server.log").read_text("utf-8", errors="replace")


def start(database: str, var: Path, static: Path) -> Server:
    """Start granian on a free loopback port and wait until it is ready."""
    var.mkdir(parents=True, exist_ok=True)
    if not (var / "static").exists():
        (var / "static").symlink_to(static)
    port = free_port()
    with (var / "server.log").open("ab") as log:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"),
                *("--host", "127.0.0.1", "--port", str(port), "--blocking-threads", "4"),
                *("--log-level", "warning", "concordat.config.wsgi:application"),
            ],
            env=environment(database, var),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    server = Server(f"http://127.0.0.1:{port}", database, var, process)
    _wait(server)
    return server


def _wait(server: Server) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if server.process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{server.url}/readyz", timeout=5):
                return
        except urllib.error.HTTPError as answer:
            answer.close()
        except OSError:
            pass
        time.sleep(0.05)
    server.stop()
    raise AssertionError(f"The server did not become ready.\n{server.log}")


@pytest.fixture(scope="session")
def static(shared_folder: Path) -> Path:
    """The static files, gathered once for the whole run, named by what they hold."""
    import fcntl

    folder = shared_folder / "gathered"
    with (shared_folder / "gathered.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "static" / "staticfiles.json").exists():
            ran = subprocess.run(
                [sys.executable, "-m", "django", "collectstatic", "--noinput", "-v0"],
                env=environment(f"sqlite:///{folder / 'none.sqlite3'}", folder),
                capture_output=True,
                text=True,
                check=False,
            )
            assert ran.returncode == 0, ran.stderr
    return folder / "static"


Serve = Callable[..., Server]


@pytest.fixture
def serve(static: Path, tmp_path: Path) -> Iterator[Serve]:
    """Start servers on databases that the test names; all of them end with the test."""
    running: list[Server] = []

    def begin(database: str, var: Path | None = None) -> Server:
        running.append(start(database, var or tmp_path / f"var{len(running)}", static))
        return running[-1]

    yield begin
    for each in running:
        each.stop()


@pytest.fixture
def server(serve: Serve, own_database: str) -> Server:
    """A server on a migrated, empty database of the test's own."""
    return serve(own_database)

"""The server and its background worker, started and ended together."""

from __future__ import annotations

import errno
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

import click

from concordat.cli.database import is_up_to_date
from concordat.kernel.errors import Invalid

PATIENCE = 60.0
GRACE = 10.0


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64))
@click.option(
    "--threads", default=4, show_default=True, type=click.IntRange(1, 64), help="In each worker."
)
def serve(host: str, port: int, workers: int, threads: int) -> int:
    """Answer requests and do background work until stopped with Ctrl-C."""
    from django.db import connections

    if not is_up_to_date():
        raise Invalid("The database is not up to date.", mend="Prepare it with: concordat migrate")
    _listen_briefly(host, port)
    _prepare_files()
    connections.close_all()
    processes = [
        _start(_web(host, port, workers, threads)),
        _start([sys.executable, "-m", "django", "db_worker", "--no-startup-delay"]),
    ]
    stop = _Stop()
    try:
        address = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
        if _wait_until_ready(address, processes, stop):
            click.echo(f"Concordat is ready: {address}")
        while not stop.asked and all(each.poll() is None for each in processes):
            time.sleep(0.2)
    finally:
        _end(processes)
    return 0 if stop.asked else 1


def _listen_briefly(host: str, port: int) -> None:
    """Find out before anything starts whether another program listens there.

    Raises `Invalid`. The server itself would end in a trace of the machine's stack; and another
    Concordat that answers there would be taken for this one.
    """
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[
            0
        ]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
    except OSError as problem:
        if problem.errno == errno.EADDRINUSE:
            told = f"Another program listens on port {port} already."
            mend = "End it, or choose another with --port (for make: PORT=9000 make run)."
            raise Invalid(told, field="port", mend=mend) from None
        told = f"{host}:{port} cannot be listened on: {problem.strerror}."
        mend = "Give an address of this machine, such as 127.0.0.1, and a port above 1023."
        raise Invalid(told, field="host", mend=mend) from None


class _Stop:
    """Whether somebody asked the server to stop, by Ctrl-C or by a signal to end."""

    def __init__(self) -> None:
        self.asked = False
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._ask)

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        self.asked = True


def _prepare_files() -> None:
    """Gather the static files unless what was gathered is younger than its sources."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    manifest = Path(settings.STATIC_ROOT, "staticfiles.json")
    gathered = manifest.stat().st_mtime if manifest.is_file() else 0.0
    sources = (
        Path(storage.path(name)).stat().st_mtime
        for finder in get_finders()
        for name, storage in finder.list([])
    )
    if max(sources, default=1.0) > gathered:
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)


def _web(host: str, port: int, workers: int, threads: int) -> list[str]:
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"),
        *("--host", host, "--port", str(port), "--log-level", "warning"),
        *("--workers", str(workers), "--blocking-threads", str(threads)),
        "--respawn-failed-workers",
        "concordat.config.wsgi:application",
    ]


def _start(command: Sequence[str]) -> subprocess.Popen[bytes]:
    """Each in its own session, so that Ctrl-C reaches this process only and both end in order.

    What they say goes to stderr: on stdout stands only that the server is ready.
    """
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "concordat.config.settings"}
    return subprocess.Popen(  # noqa: S603
        command, env=environment, stdout=sys.stderr, start_new_session=True
    )


def _wait_until_ready(
    address: str, processes: Sequence[subprocess.Popen[bytes]], stop: _Stop
) -> bool:
    """Ask /readyz until it says yes; no, if a process ends, a stop is asked or time runs out."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and not stop.asked:
        if any(each.poll() is not None for each in processes):
            return False
        if _answers(f"{address}/readyz"):
            return True
        time.sleep(0.1)
    return False


def _answers(address: str) -> bool:
    headers = {"Host": _name()}
    request = urllib.request.Request(address, headers=headers)  # noqa: S310 - our own address
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _name() -> str:
    """A host name that this installation answers to: it may refuse the bare address."""
    from django.conf import settings

    named = (host.removeprefix(".") for host in settings.ALLOWED_HOSTS)
    return next((host for host in named if host != "*"), "localhost")


def _end(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    for each in processes:
        if each.poll() is None:
            each.terminate()
    for each in processes:
        try:
            each.wait(GRACE)
        except subprocess.TimeoutExpired:
            os.killpg(each.pid, signal.SIGKILL)
            each.wait()

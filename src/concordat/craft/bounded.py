"""Work on what strangers sent, in a process of its own, so that a bomb harms nobody but itself.

The child bounds its own memory, time and files before it reads a byte, is told nothing of the
environment, and answers with a plain mapping or with what is wrong. To start Python for each
would take ten times as long as to look: a template that has loaded the module, and never sees a
byte of anybody's, splits off a child for each.
"""

from __future__ import annotations

import atexit
import json
import os
import resource
import signal
import socket
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from importlib import import_module
from typing import Any

from concordat.kernel.errors import Fault, Invalid

MEMORY = 1 << 30
SECONDS = 20
"""Of the processor. On the clock it may take three times as long on a busy machine."""

_SOURCE = os.path.abspath(f"{__file__}/../../..")  # noqa: PTH100 - loaded by every template
_TEMPLATE = "from concordat.craft.bounded import serve; serve({!r})"
_WORD = 8
"""Bytes in which a template is told how many seconds a child may take."""
_END = b"\n"
Work = Callable[[dict[str, Any], bytes], dict[str, Any]]

_templates: dict[str, socket.socket] = {}
_one_at_a_time = threading.Lock()


def ask(
    module: str, asked: dict[str, Any], data: bytes, *, beyond: Invalid, seconds: float = SECONDS
) -> dict[str, Any]:
    """What the module's `work` says of these bytes. Raises what the child found wrong, or
    `beyond` where it took more memory or time than it is given."""
    ours, its = socket.socketpair()
    with ours, its:
        _split_off(module, its, max(1, int(seconds)))
        its.close()
        ours.settimeout(seconds * 3)
        try:
            ours.sendall(json.dumps(asked).encode() + b"\n" + data)
            ours.shutdown(socket.SHUT_WR)
            said = _all_of(ours)
        except OSError as problem:
            raise beyond from problem
    if not said.endswith(_END):
        raise beyond
    answer: dict[str, Any] = json.loads(said)
    if "faults" in answer:
        raise Invalid([Fault(**fault) for fault in answer["faults"]])
    return answer


def _all_of(end: socket.socket) -> bytes:
    return b"".join(iter(lambda: end.recv(1 << 16), b""))


def _split_off(module: str, its: socket.socket, seconds: int) -> None:
    """Have the module's template split off a child that holds this end, starting it if need be."""
    word = str(seconds).rjust(_WORD).encode()
    with _one_at_a_time:
        if module in _templates:
            try:
                socket.send_fds(_templates[module], [word], [its.fileno()])
                return
            except OSError:  # somebody ended it
                _templates.pop(module).close()
        _templates[module] = _started(module)
        socket.send_fds(_templates[module], [word], [its.fileno()])


def _started(module: str) -> socket.socket:
    """A new template, which ends when nobody holds this socket any more."""
    ours, its = socket.socketpair()
    with its:
        os.posix_spawn(
            sys.executable,
            [sys.executable, "-c", _TEMPLATE.format(module)],
            {"PYTHONPATH": _SOURCE, "PYTHONDONTWRITEBYTECODE": "1"},
            file_actions=[
                (os.POSIX_SPAWN_DUP2, its.fileno(), 0),
                (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
                (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
            ],
        )
    atexit.register(ours.close)
    return ours


def serve(module: str) -> None:
    """The template's whole life: load what a child needs, and split one off for each end that it
    is sent. What the module names in `AT_NEED` it loads late, and the template beforehand. It
    holds nothing that whoever started it held open."""
    for each in map(int, os.listdir("/dev/fd")):  # noqa: PTH208 - pathlib is of no use here
        with suppress(OSError):  # the list itself is shut already
            if each > 2:
                os.close(each)
    loaded = import_module(module)
    for each in getattr(loaded, "AT_NEED", ()):
        import_module(each)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    calls = socket.socket(fileno=0)
    while True:
        word, ends, *_ = socket.recv_fds(calls, _WORD, 1)
        if not word:
            return
        if os.fork() == 0:
            calls.close()
            answer(loaded.work, socket.socket(fileno=ends[0]), int(word))
            os._exit(0)
        os.close(ends[0])


def answer(work: Work, asker: socket.socket, seconds: int = SECONDS) -> None:
    """The child's whole life: bound itself, read, work, say."""
    bound(seconds)
    head, _, data = _all_of(asker).partition(b"\n")
    try:
        said = work(json.loads(head), data)
    except Invalid as told:
        said = {"faults": [asdict(fault) for fault in told.faults]}
    asker.sendall(json.dumps(said).encode() + _END)


def bound(seconds: int = SECONDS) -> None:
    """No more memory, time, files or core dumps than looking needs."""
    signal.alarm(seconds * 3)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

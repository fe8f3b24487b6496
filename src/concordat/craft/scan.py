"""Asking a virus scanner (clamd) about a file. It fails closed: no answer is no."""

from __future__ import annotations

import re
import socket
import struct
from collections.abc import Iterator
from urllib.parse import urlsplit

from concordat.kernel.errors import Invalid

SECONDS = 30
_CHUNK = 1 << 16
_SAFE = re.compile(r"[^\w.\-/ ]")


def check(address: str, data: bytes, *, seconds: float = SECONDS) -> None:
    """Invalid unless the scanner at `address` finds the bytes clean.

    `address` is tcp://HOST:PORT or unix:///PATH.
    """
    try:
        answer = _ask(address, data, seconds)
    except OSError as problem:
        raise _no_answer() from problem
    if answer == "stream: OK":
        return
    found = re.fullmatch(r"stream: (.+) FOUND", answer)
    if not found:
        raise _no_answer()
    raise Invalid(
        f"The virus scanner found {_SAFE.sub('', found[1])[:80]} in this file.",
        field="file",
        mend="Do not open it. Tell whoever looks after your computer.",
    )


def _no_answer() -> Invalid:
    return Invalid(
        "We could not check this file for viruses, so it was not taken.",
        field="file",
        mend="Try again in a few minutes. If it goes on, tell the co-ordinator.",
    )


def _ask(address: str, data: bytes, seconds: float) -> str:
    with _connected(address, seconds) as wire:
        wire.sendall(b"zINSTREAM\0")
        for piece in _pieces(data):
            wire.sendall(struct.pack("!I", len(piece)) + piece)
        wire.sendall(struct.pack("!I", 0))
        return _answer(wire)


def _connected(address: str, seconds: float) -> socket.socket:
    where = urlsplit(address)
    if where.scheme == "tcp" and where.hostname and where.port:
        return socket.create_connection((where.hostname, where.port), timeout=seconds)
    if where.scheme != "unix" or not where.path:
        raise ValueError("A scanner's address is tcp://HOST:PORT or unix:///PATH.")
    wire = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    wire.settimeout(seconds)
    try:
        wire.connect(where.path)
    except OSError:
        wire.close()
        raise
    return wire


def _pieces(data: bytes) -> Iterator[bytes]:
    yield from (data[at : at + _CHUNK] for at in range(0, len(data), _CHUNK))


def _answer(wire: socket.socket) -> str:
    said = b""
    while len(said) < 1024 and not said.endswith(b"\0"):
        piece = wire.recv(1024)
        if not piece:
            break
        said += piece
    return said.rstrip(b"\0\n").decode("utf-8", "replace")

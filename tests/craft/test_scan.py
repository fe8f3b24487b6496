"""The virus scanner is asked as it wants to be asked, and no answer is no."""

from __future__ import annotations

import socket
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest

from concordat.craft import scan
from concordat.kernel.errors import Invalid

Answer = Callable[[bytes], bytes]


def received(wire: socket.socket) -> bytes:
    """What a scanner is sent: the command, then pieces with their lengths, then a length of 0."""
    with wire.makefile("rb") as stream:
        assert stream.read(10) == b"zINSTREAM\0"
        data = b""
        while length := struct.unpack("!I", stream.read(4))[0]:
            data += stream.read(length)
        return data


@contextmanager
def scanner(answer: Answer, *, path: Path | None = None) -> Iterator[str]:
    """A scanner that takes one file; its address."""
    door = socket.socket(socket.AF_UNIX if path else socket.AF_INET, socket.SOCK_STREAM)
    door.bind(str(path) if path else ("127.0.0.1", 0))
    door.listen(1)

    def serve() -> None:
        wire, _ = door.accept()
        with wire:
            wire.sendall(answer(received(wire)))

    thread = Thread(target=serve)
    thread.start()
    try:
        yield f"unix://{path}" if path else f"tcp://127.0.0.1:{door.getsockname()[1]}"
    finally:
        thread.join(timeout=10)
        door.close()


def clean(data: bytes) -> bytes:
    return b"stream: Bad FOUND\0" if b"virus" in data else b"stream: OK\0"


def test_a_clean_file_passes_whole_however_large() -> None:
    data = b"a" * 300_000
    seen = []
    with scanner(lambda sent: seen.append(sent) or clean(sent)) as address:  # type: ignore[func-returns-value]
        scan.check(address, data)
    assert seen == [data]


def test_a_scanner_may_listen_on_a_file(tmp_path: Path) -> None:
    with scanner(clean, path=tmp_path / "clamd") as address:
        scan.check(address, b"seats")


def test_what_was_found_is_told() -> None:
    with scanner(clean) as address, pytest.raises(Invalid, match="found Bad in this file"):
        scan.check(address, b"a virus")


def test_a_found_name_cannot_disturb_a_page() -> None:
    nasty = b"stream: <b>\x1b[1m" + b"a" * 200 + b" FOUND\0"
    with scanner(lambda _: nasty) as address, pytest.raises(Invalid) as told:
        scan.check(address, b"x")
    said = str(told.value)
    assert said.isprintable()
    assert "<" not in said
    assert len(said) < 200


@pytest.mark.parametrize("said", [b"", b"stream: ERROR\0", b"INSTREAM size limit exceeded\0"])
def test_any_other_answer_is_no(said: bytes) -> None:
    with scanner(lambda _: said) as address, pytest.raises(Invalid, match="could not check"):
        scan.check(address, b"x")


def test_a_scanner_that_is_not_there_is_no(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        gone = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
        for address in (gone, f"unix://{tmp_path}/clamd"):
            with pytest.raises(Invalid, match="could not check"):
                scan.check(address, b"x")


def test_a_scanner_that_says_nothing_is_no() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen(1)
        address = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(Invalid, match="could not check"):
            scan.check(address, b"x", seconds=0.2)


@pytest.mark.parametrize("address", ["clamd", "http://127.0.0.1:80", "tcp://127.0.0.1", "unix://"])
def test_an_address_that_is_none_is_a_mistake_of_the_installation(address: str) -> None:
    with pytest.raises(ValueError, match="address"):
        scan.check(address, b"x")

"""Files that commands write: whole, or not there."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from concordat.kernel.errors import Fault, Invalid

MEND = "Choose a folder that is there and that you may write to."


def write(out: Path, data: bytes, *, field: str = "out") -> None:
    """Write one file. What stood under its name is lost only to the whole of the new one.

    Raises `Invalid` naming the file.
    """
    write_all({out: data}, field=field)


def write_all(files: Mapping[Path, bytes], *, field: str = "out") -> None:
    """Write every file in full before any takes its name. A device or a pipe is written into.

    Raises `Invalid` naming the file that cannot be written.
    """
    drafts: dict[Path, Path] = {}
    try:
        for out, data in files.items():
            with _told(out, field):
                if _is_stream(out):
                    out.write_bytes(data)
                else:
                    drafts[out] = _draft_of(out)
                    drafts[out].write_bytes(data)
        for out, draft in drafts.items():
            with _told(out, field):
                draft.replace(out.resolve())
    finally:
        for draft in drafts.values():
            with suppress(OSError):
                draft.unlink(missing_ok=True)


def folder(out: Path, *, field: str = "out") -> Path:
    """The folder, made where it is not there. Raises `Invalid` naming it."""
    with _told(out, field):
        out.mkdir(parents=True, exist_ok=True)
    return out


def _is_stream(out: Path) -> bool:
    return out.exists() and not out.is_file() and not out.is_dir()


def _draft_of(out: Path) -> Path:
    """Beside the file itself, so that a link to it stays a link."""
    file = out.resolve()
    return file.with_name(f".{file.name}.{os.getpid()}")


@contextmanager
def _told(out: Path, field: str) -> Iterator[None]:
    try:
        yield
    except OSError as problem:
        told = f"This cannot be written: {problem.strerror or problem}."
        raise Invalid([Fault(told, field, str(out), MEND)]) from None

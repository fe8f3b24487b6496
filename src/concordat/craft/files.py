"""Files kept under the digest of what they hold: whole and safe on the disk, or not there.

A digest is SHA-256 in 64 hexadecimal characters. Nothing else ever becomes a path.
"""

from __future__ import annotations

import hashlib
import os
import re
import time
from pathlib import Path
from uuid import uuid4

from concordat.kernel.errors import Refused

INCOMING, ASIDE = "incoming", "aside"
LEFT_OVER = 24 * 60 * 60
"""Seconds after which an unfinished file is what a killed server left behind."""

_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)


def digest_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def path_of(folder: Path, digest: str) -> Path:
    """Where a file is kept. Raises ValueError for what is no digest."""
    if not _DIGEST.fullmatch(digest):
        raise ValueError("This is not a digest.")
    return folder / digest[:2] / digest[2:4] / digest


def put(folder: Path, data: bytes) -> str:
    """Keep the bytes and give their digest. What is kept already is kept once.

    The file is written elsewhere, forced to the disk and then renamed, so that a server killed
    at any moment leaves the whole file or none.
    """
    digest = digest_of(data)
    target = path_of(folder, digest)
    if _holds(target, digest):
        return digest
    draft = folder / INCOMING / uuid4().hex
    draft.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _sweep(draft.parent)
    try:
        _write(draft, data)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    for each in (target.parent, target.parent.parent, folder):
        _sync(each)
    return digest


def read(folder: Path, digest: str) -> bytes:
    """The bytes again, exactly. Refused when the disk no longer holds them as they were."""
    try:
        data = path_of(folder, digest).read_bytes()
    except OSError as problem:
        raise Refused(
            "This file is missing from the store. Ask for it to be restored from a backup."
        ) from problem
    if digest_of(data) != digest:
        raise Refused("This file is damaged in the store. Ask for it to be restored from a backup.")
    return data


def lay_aside(folder: Path, data: bytes) -> str:
    """Keep the bytes for about a day, until it is decided whether they are kept; their digest.

    Several people may have laid the very same file aside, so that it stays for all of them until
    it is swept.
    """
    digest = digest_of(data)
    aside, draft = folder / ASIDE, folder / INCOMING / uuid4().hex
    for each in (aside, draft.parent):
        each.mkdir(mode=0o700, parents=True, exist_ok=True)
        _sweep(each)
    try:
        _write(draft, data)
        draft.replace(aside / digest)
    finally:
        draft.unlink(missing_ok=True)
    return digest


def laid_aside(folder: Path, digest: str) -> bytes:
    """The bytes that were laid aside. Refused once they are gone."""
    if not _DIGEST.fullmatch(digest):
        raise ValueError("This is not a digest.")
    try:
        return (folder / ASIDE / digest).read_bytes()
    except OSError as problem:
        raise Refused("The file was looked at more than a day ago. Choose it again.") from problem


def sweep(folder: Path) -> int:
    """Take away what was laid aside, or left unfinished, more than a day ago; how many files."""
    return sum(_sweep(each) for each in (folder / ASIDE, folder / INCOMING) if each.is_dir())


def _holds(target: Path, digest: str) -> bool:
    return target.is_file() and digest_of(target.read_bytes()) == digest


def _write(draft: Path, data: bytes) -> None:
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sweep(incoming: Path) -> int:
    """Take away what servers left that were killed before they had finished; how many files."""
    oldest, gone = time.time() - LEFT_OVER, 0
    for each in incoming.iterdir():
        try:
            if each.stat().st_mtime < oldest:
                each.unlink()
                gone += 1
        except FileNotFoundError:
            continue
    return gone

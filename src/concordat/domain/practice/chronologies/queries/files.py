"""Chronologies as files: those that agencies send, and the one that is made of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from concordat.craft import grids, long_tables
from concordat.domain.practice.chronologies.rules import Given, Merged, filed
from concordat.kernel.actor import Actor


def given(actor: Actor, name: str, data: bytes, *, agency: str = "") -> Given:
    """A file's tables, with the digest by which the same file is known again.

    Raises `Invalid`, naming the file, where it cannot be read or may not come in.
    """
    return Given(name, grids.read_large(name, data), agency, sha256(data).hexdigest())


def written(
    actor: Actor, merged: Merged, ending: str, *, made: datetime, about: Sequence[str] = ()
) -> list[bytes]:
    """The merged chronology as .xlsx, .csv or .docx, with what stands out in it: one file, or the
    parts of a Word document that would be too long.

    `made` is the stamp in a workbook's properties; `about` says what a reader must know of the
    file.
    """
    return long_tables.write(filed(merged, (), about), ending, made=made)

"""`ledger`: whether what was done is told as it was written, and what partners keep of it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from concordat.domain.base.records import operations, queries
from concordat.kernel.actor import Actor, process
from concordat.kernel.errors import Fault, Invalid
from concordat.kernel.labels import count, join_words

BIGGEST = 64_000_000
SHAPE = {"seal": int, "hash": str, "signature": str}
MEND = "Give the file as it was received, or one that `concordat ledger heads` wrote."


@click.group()
def ledger() -> None:
    """Seal the ledger of events, hand its heads out, and verify that nothing was changed."""


@ledger.command()
@click.option(
    "--head",
    "files",
    type=click.Path(path_type=Path),
    multiple=True,
    help="A file of seal heads that a partner kept; may be given more than once.",
)
@click.option("--json", "as_json", is_flag=True, help="Tell it as JSON.")
def verify(files: tuple[Path, ...], as_json: bool) -> int:
    """Recompute every seal and name what was altered, removed or inserted.

    Somebody who holds every key can cut off or rewrite the end of a ledger so that it agrees
    with itself. Heads that partners kept show that too. Exit code 1 if anything was found.
    """
    kept = [head for file in files for head in read_heads(file)]
    findings, extent = queries.verify(kept), queries.extent()
    if as_json:
        told = {**asdict(extent), "heads": len(kept), "findings": [asdict(f) for f in findings]}
        click.echo(json.dumps(told, indent=2))
    else:
        click.echo("\n".join([*map(str, findings), _told(findings, extent, len(kept))]))
    return 1 if findings else 0


def _told(findings: list[queries.Finding], extent: queries.Extent, kept: int) -> str:
    size = f"{count(extent.events, 'event')} in {count(extent.seals, 'seal')}"
    against = f", compared with {count(kept, 'head')} that partners kept" if kept else ""
    loose = f" {count(extent.unsealed, 'event')} not sealed yet." if extent.unsealed else ""
    if findings:
        return f"{count(len(findings), 'finding')} among {size}{against}.{loose}"
    return f"All as written: {size}{against}.{loose}"


@ledger.command()
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True)
def heads(out: Path) -> None:
    """Write the signed head of every seal to a file, for partners to keep."""
    lines = [json.dumps(head, sort_keys=True) for head in queries.heads()]
    _write_whole(out, "".join(f"{line}\n" for line in lines))
    click.echo(f"{count(len(lines), 'head')} written to {out}.")


@ledger.command()
def seal() -> None:
    """Seal the events that are not sealed yet."""
    made = sum(1 for _ in iter(lambda: operations.seal(_sealer()), None))
    click.echo(f"{count(made, 'seal')} made." if made else "Every event is sealed already.")


@ledger.command()
def walls() -> None:
    """Raise the triggers that keep the ledger append-only, where somebody took them away."""
    missing = operations.raise_walls(_sealer())
    click.echo(f"Raised again: {join_words(missing)}." if missing else "Every wall stands.")


def _sealer() -> Actor:
    from django.utils import timezone

    return process("sealer", timezone.localdate())


def read_heads(file: Path) -> Iterator[dict[str, Any]]:
    """Seal heads from a file, one JSON object a line. Raises `Invalid` naming file and line."""
    for number, line in enumerate(_text(file).splitlines(), 1):
        if line.strip():
            yield _head(line, f"{file}, line {number}")


def _head(line: str, place: str) -> dict[str, Any]:
    try:
        head = json.loads(line)
    except (ValueError, RecursionError):
        head = None
    if not isinstance(head, dict):
        raise Invalid([Fault("This is not a seal head.", place=place, mend=MEND)])
    for name, kind in SHAPE.items():
        value = head.get(name)
        if not isinstance(value, kind) or isinstance(value, bool):
            noun = "a number" if kind is int else "text"
            raise Invalid([Fault(f"This must be {noun}.", name, place, MEND)])
    if not 0 < head["seal"] < 2**63:
        raise Invalid([Fault("There is no seal of that number.", "seal", place, MEND)])
    return head


def _text(file: Path) -> str:
    if not file.is_file():
        raise Invalid(f"There is no file {file}.", mend="Check the path.")
    if file.stat().st_size > BIGGEST:
        raise Invalid(f"{file} is too large to be a file of seal heads.", mend=MEND)
    try:
        return file.read_text("utf-8")
    except UnicodeDecodeError:
        raise Invalid(f"{file} is not a text file.", mend=MEND) from None


def _write_whole(file: Path, text: str) -> None:
    """All of it or nothing: what a partner kept before is not lost to a full disk."""
    if not file.parent.is_dir():
        raise Invalid(f"There is no folder {file.parent}.", mend="Make it, or choose another.")
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        draft.write_text(text, "utf-8")
        draft.replace(file)
    except OSError as problem:
        raise Invalid(f"{file} cannot be written: {problem.strerror}.") from problem
    finally:
        draft.unlink(missing_ok=True)

"""`ledger`: whether what was done is told as it was written, and what partners keep of it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import click
import django

from concordat.cli.outputs import write
from concordat.domain.base.records import operations, queries
from concordat.kernel.actor import Actor, process
from concordat.kernel.errors import Fault, Invalid
from concordat.kernel.labels import count, join_words

BIGGEST = 64_000_000
LONG = 200_000
MOST = 2**63
Head = Mapping[str, Any]
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
@click.option(
    "--since-head",
    "since",
    metavar="FILE|NUMBER",
    help="Look only at what came after the newest head in a file, or after a seal by its number.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    help="How many processes read; by default one for each processor where the ledger is long.",
)
@click.option("--json", "as_json", is_flag=True, help="Tell it as JSON.")
def verify(files: tuple[Path, ...], since: str | None, jobs: int | None, as_json: bool) -> int:
    """Recompute every seal and name what was altered, removed or inserted.

    Somebody who holds every key can cut off or rewrite the end of a ledger so that it agrees
    with itself. Heads that partners kept show that too. With --since-head, what a signed head
    covers is trusted and not looked at; the answer says how much that is. Exit code 1 if
    anything was found.
    """
    kept = [head for file in files for head in read_heads(file)]
    trusted, more = _trusted(since) if since else (None, [])
    kept += more
    extent = queries.extent()
    with _across(jobs or _usual(extent.events)) as across:
        if trusted:
            findings = queries.verify_since(trusted, kept, across=across)
        else:
            findings = queries.verify(kept, across=across)
    left = _left_out(trusted, findings) if trusted else None
    if as_json:
        click.echo(json.dumps(_as_json(extent, kept, findings, left), indent=2))
    else:
        told = [*map(str, findings), _told(findings, extent, len(kept))]
        click.echo("\n".join([*told, _left_in_words(left)] if left else told))
    return 1 if findings else 0


Left = dict[str, int]


def _trusted(since: str) -> tuple[Head, list[Head]]:
    """The head to start from, and the other heads of its file to compare with."""
    if since.isdecimal():
        head = queries.head_of(int(since)) if int(since) < MOST else None
        if head is None:
            raise Invalid(f"There is no seal {since}.", mend="Give the number of a seal.")
        return head, []
    *older, newest = sorted(read_heads(Path(since)), key=lambda head: head["seal"]) or [None]
    if newest is None:
        raise Invalid(f"{since} holds no seal head.", mend=MEND)
    return newest, older


def _left_out(head: Head, findings: list[queries.Finding]) -> Left:
    """What the head vouches for, so that it was not looked at; nothing was where it does not."""
    seal = int(head["seal"])
    if any(each.seal == seal and each.event is None for each in findings):
        return {"seal": seal, "events": queries.extent().events}
    return {"seal": seal, "events": queries.sealed_up_to(seal - 1)}


def _left_in_words(left: Left) -> str:
    if not left["events"]:
        return "Nothing came before that seal, so that everything was looked at."
    return (
        f"Not looked at: {count(left['events'], 'event')} sealed before seal {left['seal']}, for "
        "which its signed head vouches. Without --since-head all are looked at."
    )


def _as_json(
    extent: queries.Extent, kept: list[Head], findings: list[queries.Finding], left: Left | None
) -> dict[str, Any]:
    told = {**asdict(extent), "heads": len(kept), "findings": [asdict(f) for f in findings]}
    return told if left is None else {**told, "not_looked_at": left}


def _usual(events: int) -> int:
    """A second process takes a second to begin: worth it for a long ledger alone."""
    return (os.cpu_count() or 1) if events >= LONG else 1


@contextmanager
def _across(jobs: int) -> Iterator[Any]:
    """`map`, or that of several processes, each with a connection of its own."""
    if jobs == 1:
        yield map
        return
    with ProcessPoolExecutor(jobs, get_context("spawn"), django.setup) as pool:
        yield pool.map


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
    write(out, "".join(f"{line}\n" for line in lines).encode())
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
    if not 0 < head["seal"] < MOST:
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

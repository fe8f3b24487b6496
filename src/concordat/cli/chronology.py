"""`chronology`: the chronologies of agencies, merged into one from the command line."""

from __future__ import annotations

import gc
import json
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from multiprocessing import Pipe, get_context
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from concordat.cli.days import Day
from concordat.cli.outputs import write_all
from concordat.craft import grids, long_tables
from concordat.domain.practice.chronologies.rules import (
    ENDINGS,
    STANDING_OUT,
    TITLE,
    Expected,
    Given,
    Looking,
    Merged,
    Read,
    Row,
    filed,
    first_of,
    gathered,
    in_order,
    long_table,
    merge,
    once,
    read_file,
)
from concordat.kernel.errors import Fault, Invalid
from concordat.kernel.labels import count, join_words

SHOWN = 12
LARGE = 2 << 20
"""Bytes from which files are read side by side."""
MANY = 20_000
"""Rows from which duplicates and silences are looked for side by side."""


@click.group()
def chronology() -> None:
    """Chronologies of agencies in a review."""


@chronology.command("merge")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--gap-days", default=60, show_default=True, help="A pause longer than this is told.")
@click.option("--told-days", default=7, show_default=True, help="How soon another should know.")
@click.option("--contact-days", default=28, show_default=True, help="How near a contact counts.")
@click.option("--expect", multiple=True, metavar="AGENCY=DAYS", help="Contact at least so often.")
@click.option("--on", type=Day(), help="The day of the merge; today unless told.")
@click.option("--json", "as_json", is_flag=True, help="Tell what was found as JSON.")
def merge_files(
    files: tuple[Path, ...],
    out: Path,
    gap_days: int,
    told_days: int,
    contact_days: int,
    expect: tuple[str, ...],
    on: date | None,
    as_json: bool,
) -> None:
    """Merge FILES (.xlsx, .csv or .docx with a table) into --out (.xlsx, .csv or .docx).

    No row is lost: each is in OUT, or named with the reason and how to mend it. Likely
    duplicates, gaps and silences are told and nothing is joined. A file that cannot be opened
    stops the merge, and nothing is written.
    """
    day = on or datetime.now(ZoneInfo("Europe/London")).date()
    looking = Looking(gap_days, told_days, contact_days, tuple(map(_expected, expect)))
    ending = _ending(out)
    _is_another([out], files)
    with _no_collecting():
        read = _read(files, day)
        made = datetime(day.year, day.month, day.day, tzinfo=UTC)
        beside = _on_another_core(len(read.rows))
        begun = _begun(read, made, beside) if beside and ending == "xlsx" else None
        merged = merge(read.rows, looking, beside=beside)
        content = filed(merged, read.rejected)
        parts = long_tables.write(content, ending, made=made, begun=begun)
        names = _written(out, parts, files)
    if as_json:
        click.echo(json.dumps(_as_json(read, merged), ensure_ascii=False, indent=1))
    else:
        click.echo(_in_words(read, merged, names))
    for each in read.rejected:
        click.echo(str(each), err=True)


def _begun(read: Read, made: datetime, beside: Any) -> Callable[[], bytes]:
    """The sheet of all rows, written while what stands out in them is still looked for."""
    return beside(  # type: ignore[no-any-return]
        lambda: long_tables.begin(TITLE, long_table(in_order(read.rows)), STANDING_OUT, made=made)
    )


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Millions of words are held to the end; collecting among them doubles the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _expected(told: str) -> Expected:
    agency, equals, days = told.rpartition("=")
    if not (equals and agency.strip() and days.strip().isdigit() and int(days)):
        raise Invalid(
            f"“{told}” does not say how often an agency was to be in touch.",
            field="expect",
            mend='Write it like "Health visiting=28".',
        )
    return Expected(agency.strip(), int(days))


def _ending(out: Path) -> str:
    ending = out.suffix.lstrip(".").lower()
    if ending not in ENDINGS:
        raise Invalid(
            f"{out.name} does not say what to write.",
            field="out",
            mend=f"End it in {join_words(f'.{each}' for each in ENDINGS)}.",
        )
    if not out.absolute().parent.is_dir():
        raise Invalid(f"There is no folder {out.absolute().parent}.", field="out")
    return ending


def _is_another(paths: Sequence[Path], files: Sequence[Path]) -> None:
    given = {each.resolve() for each in files}
    if found := next((each for each in paths if each.resolve() in given), None):
        raise Invalid(
            f"{found.name} is one of the files that are merged; it would be lost.",
            field="out",
            mend="Give another name.",
        )


def _read(files: Sequence[Path], day: date) -> Read:
    """Every file, or all that is wrong with any of them. Large ones are read on all cores."""
    names = [path.name for path in files]
    told = [path.name if names.count(path.name) == 1 else str(path) for path in files]
    asked = [(path, name, n, day) for n, (path, name) in enumerate(zip(files, told, strict=True))]
    if len(files) > 1 and sum(map(_size, files)) > LARGE:
        with ProcessPoolExecutor(os.cpu_count() or 1, mp_context=get_context("fork")) as pool:
            found = list(pool.map(_of_one, asked))
    else:
        found = [_of_one(each) for each in asked]
    faults = [fault for each in found if isinstance(each, list) for fault in each]
    if faults:
        raise Invalid(faults)
    read = [each for each in found if isinstance(each, tuple)]
    seen = first_of([given for given, _ in read])
    return gathered(
        once(each, same) if same else each for (_, each), same in zip(read, seen, strict=True)
    )


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _of_one(asked: tuple[Path, str, int, date]) -> tuple[Given, Read] | list[Fault]:
    """A file's name and digest with its rows, or what is wrong with it."""
    path, name, number, day = asked
    try:
        data = path.read_bytes()
        given = Given(name, grids.read_large(path.name, data), digest=sha256(data).hexdigest())
        return replace(given, grids=()), read_file(given, number=number, on=day)
    except OSError as problem:
        told = problem.strerror or "It cannot be opened"
        return [Fault(f"{told}.", place=str(path))]
    except Invalid as problem:
        return list(problem.faults)


def _on_another_core(rows: int) -> Any:
    """Work started in a process of its own, with what waits for it; None where it is small."""
    if rows < MANY or (os.cpu_count() or 1) < 2:
        return None

    def beside(work: Callable[[], Any]) -> Callable[[], Any]:
        ours, theirs = Pipe(duplex=False)
        child = get_context("fork").Process(target=lambda: theirs.send(work()), daemon=True)
        child.start()
        theirs.close()

        def wait() -> Any:
            try:
                return ours.recv()
            except EOFError:
                return work()
            finally:
                child.join()

        return wait

    return beside


def _written(out: Path, parts: Sequence[bytes], files: Sequence[Path]) -> list[str]:
    """The names of what was written: OUT, or its parts, numbered. No file that was read is
    written over."""
    if len(parts) == 1:
        paths = [out]
    else:
        paths = [out.with_stem(f"{out.stem}-{n:02d}") for n in range(1, len(parts) + 1)]
    _is_another(paths, files)
    write_all(dict(zip(paths, parts, strict=True)))
    return [str(path) for path in paths]


def _place(row: Row) -> dict[str, Any]:
    return {"file": row.file, "row": row.row, "agency": row.agency, "date": row.date.text}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _as_json(read: Read, merged: Merged) -> dict[str, Any]:
    return {
        "rows_in": read.count,
        "rows_out": len(merged.rows),
        "undated": merged.undated,
        "agencies": merged.agencies,
        "rejected": [
            {"file": r.file, "row": r.row, "place": r.place, "reason": r.reason, "mend": r.mend}
            for r in read.rejected
        ],
        "duplicates": [
            {"rows": [_place(d.first), _place(d.second)], "score": d.score, "reason": d.reason}
            for d in merged.duplicates
        ],
        "gaps": [
            {
                "agency": gap.agency,
                "from": gap.first.isoformat(),
                "to": gap.last.isoformat(),
                "days": gap.days,
                "rows": [_place(gap.before), _place(gap.after)],
                "reason": gap.reason,
            }
            for gap in merged.gaps
        ],
        "silences": [
            {
                "kind": each.kind,
                "knew": each.known.agency if each.known else None,
                "silent": each.silent,
                "matter": each.matter,
                "from": each.first.isoformat(),
                "to": _day(each.last),
                "row": _place(each.known) if each.known else None,
                "contact": _place(each.contact) if each.contact else None,
                "heard": _place(each.heard) if each.heard else None,
                "reason": each.reason,
            }
            for each in merged.silences
        ],
        "notes": [
            *read.notes,
            *(f"{row.file}, {row.place}: {note}" for row in merged.rows for note in row.notes),
        ],
    }


def _in_words(read: Read, merged: Merged, names: Sequence[str]) -> str:
    where = names[0] if len(names) == 1 else f"{len(names)} parts, {names[0]} to {names[-1]}"
    told = [
        f"{count(read.count, 'row')} read, {count(len(merged.rows), 'row')} written to {where}, "
        f"{count(len(read.rejected), 'row')} not taken.",
        f"From {join_words(merged.agencies)}." if merged.agencies else "No row has an agency.",
        f"{count(merged.undated, 'row')} undated; they stand at the end, as typed.",
        *read.notes,
    ]
    for name, found in (
        ("pair that may be one event", merged.duplicates),
        ("gap", merged.gaps),
        ("silence", merged.silences),
    ):
        several = "pairs that may be one event" if name.startswith("pair") else ""
        told.append(f"{count(len(found), name, several)}:" if found else f"No {name}.")
        told += [f"  {each.reason}" for each in found[:SHOWN]]
        if len(found) > SHOWN:
            last = Path(names[-1]).name
            told.append(f"  and {len(found) - SHOWN:,} more, all in {last} or with --json.")
    return "\n".join(told)

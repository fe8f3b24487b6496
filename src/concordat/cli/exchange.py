"""`load` and `export`: partnership files in and out."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click

from concordat.cli import outputs
from concordat.domain.assurance.exchange import operations, queries, rules
from concordat.domain.assurance.exchange.operations import Loaded
from concordat.domain.assurance.exchange.rules.shape import PartnershipFile
from concordat.kernel.actor import Actor, process
from concordat.kernel.errors import Fault, Invalid
from concordat.kernel.labels import count, join_words, near

BIGGEST = 8_000_000
BIGGEST_FOLDER = 100_000_000
NO_STAMP = datetime(2000, 1, 1, tzinfo=UTC)


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Show what would change and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Tell the outcome as JSON.")
def load(path: Path, dry_run: bool, as_json: bool) -> None:
    """Load a partnership file: a YAML file, a folder of them, or an .xlsx workbook.

    Everything is checked before anything is written. Rows match by their key; loading
    twice changes nothing; what is absent from the file is told and never deleted.
    """
    actor, file = _loader(), read(path)
    loaded = (operations.preview if dry_run else operations.load)(actor, file=file)
    click.echo(_as_json(loaded, dry_run) if as_json else _told(loaded, dry_run))


@click.command()
@click.argument("partnership")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True)
@click.option("--format", "kind", type=click.Choice(["yaml", "xlsx"]), default="yaml")
def export(partnership: str, out: Path, kind: str) -> None:
    """Write a partnership's file to a folder: the same data give the same bytes.

    What is held more closely than the partnership is left out, which is told beside it.
    """
    found = queries.file_to_take_out(_loader(), [partnership])
    file = found.file
    if not file.chapters:
        raise unknown_partnership(partnership)
    made = _book(file) if kind == "xlsx" else _yaml(file, out)
    outputs.folder(out)
    outputs.write_all({out / name: told for name, told in made.items()})
    click.echo(f"{count(len(made), 'file')} written to {out}.")
    if found.left_out:
        click.echo(found.in_words(), err=True)


def _yaml(file: PartnershipFile, out: Path) -> dict[str, bytes]:
    """Raises `Invalid` if the folder holds another partnership, which would be mixed up with it."""
    there = rules.read(_texts(out)).slugs if _yaml_files(out) else ()
    if others := [slug for slug in there if slug and slug not in file.slugs]:
        told = f"This folder holds {join_words(others)} already."
        raise Invalid([Fault(told, "out", str(out), "Choose another folder.")])
    return {name: text.encode() for name, text in rules.to_yaml(file).items()}


def _book(file: PartnershipFile) -> dict[str, bytes]:
    from concordat.craft import excel

    grids = [excel.Grid(name, rows[0], rows[1:]) for name, rows in rules.to_sheets(file)]
    title = file.chapters[0].partnership.name
    return {f"{file.slugs[0]}.xlsx": excel.write(grids, title=title, made=NO_STAMP)}


def read(path: Path) -> PartnershipFile:
    """A partnership file from the disk. Raises `Invalid` for what cannot be read at all."""
    if path.is_dir():
        return rules.read(_texts(path))
    if not path.is_file():
        raise _unreadable(path, "There is no such file or folder.", "Check the path.")
    if path.suffix.lower() == ".xlsx":
        return _workbook(path)
    return rules.read({path.name: _text(path)})


def _unreadable(path: Path, message: str, mend: str) -> Invalid:
    return Invalid([Fault(message, "file", str(path), mend)])


def _yaml_files(folder: Path) -> list[Path]:
    found = folder.rglob("*") if folder.is_dir() else ()
    return sorted(p for p in found if p.suffix.lower() in (".yaml", ".yml") and p.is_file())


def _texts(folder: Path) -> dict[str, str]:
    found = _yaml_files(folder)
    if not found:
        told = "There is no YAML file in this folder."
        raise _unreadable(folder, told, "Name the folder that has them.")
    if sum(each.stat().st_size for each in found) > BIGGEST_FOLDER:
        told = f"This folder holds more than {BIGGEST_FOLDER // 1_000_000} MB of files."
        raise _unreadable(folder, told, "Load fewer partnerships at once.")
    return {p.relative_to(folder).as_posix(): _text(p) for p in found}


def _text(path: Path) -> str:
    if path.stat().st_size > BIGGEST:
        told = f"This file is larger than {BIGGEST // 1_000_000} MB."
        raise _unreadable(path, told, "Split it into a folder of files, one for each kind of row.")
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        told = f"This is not text in UTF-8: see the byte at {error.start}."
        raise _unreadable(path, told, "Save it again as UTF-8.") from None


def _workbook(path: Path) -> PartnershipFile:
    from concordat.craft import excel

    try:
        book = excel.read(path)
    except Invalid as error:
        told = [replace(fault, place=fault.place or str(path)) for fault in error.faults]
        raise Invalid([replace(fault, field=fault.field or "file") for fault in told]) from None
    sheets = [
        rules.Sheet.of(each.name, each.rows, merged=each.merged, formulas=each.formulas)
        for each in book
    ]
    return rules.from_sheets(sheets, name=path.name)


def unknown_partnership(slug: str) -> Invalid:
    """The error for a slug that no partnership bears, with near ones."""
    from concordat.domain.base.agencies.queries import partnerships

    known = [each.slug for each in partnerships(_loader())]
    close = near(slug, known)
    mend = f"Did you mean {' or '.join(close)}?" if close else "Load its file first."
    return Invalid(f"There is no partnership called “{slug}”.", mend=mend)


def _loader() -> Actor:
    from django.utils import timezone

    return process("loader", timezone.localdate())


def _told(loaded: Loaded, dry_run: bool) -> str:
    lines = [str(change) for change in loaded.changes if dry_run or change.verb == "absent"]
    verb = "would be" if dry_run else "were" if loaded.changes else "are"
    lines.append(
        f"{count(loaded.rows, 'row')} read: {len(loaded.of('add'))} {verb} added, "
        f"{loaded.amended} amended, {loaded.unchanged} unchanged; "
        f"{len(loaded.of('absent'))} absent from the file and kept."
    )
    return "\n".join(lines)


def _as_json(loaded: Loaded, dry_run: bool) -> str:
    changes = [
        {"partnership": c.partnership, "kind": c.kind, "key": c.key, "verb": c.verb,
         "field": c.field, "old": c.old, "new": c.new}
        for c in loaded.changes
    ]  # fmt: skip
    return json.dumps(
        {
            "dry_run": dry_run,
            "rows": loaded.rows,
            "added": len(loaded.of("add")),
            "amended": loaded.amended,
            "unchanged": loaded.unchanged,
            "absent": len(loaded.of("absent")),
            "changes": changes,
        },
        ensure_ascii=False,
        indent=2,
    )

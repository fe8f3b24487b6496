"""`load` and `export`: partnership files in and out."""

from __future__ import annotations

import json
from pathlib import Path

import click

from concordat.domain.assurance.exchange import operations, queries, rules
from concordat.domain.assurance.exchange.operations import Loaded
from concordat.domain.assurance.exchange.rules.shape import PartnershipFile
from concordat.kernel.actor import Actor, process
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import count, near

BIGGEST = 8_000_000


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
def export(partnership: str, out: Path) -> None:
    """Write a partnership's file to a folder: the same data give the same bytes."""
    file = queries.file_of(_loader(), [partnership])
    if not file.chapters:
        raise unknown_partnership(partnership)
    texts = rules.to_yaml(file)
    out.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (out / name).write_bytes(text.encode())
    click.echo(f"{count(len(texts), 'file')} written to {out}.")


def read(path: Path) -> PartnershipFile:
    """A partnership file from the disk. Raises `Invalid` for what cannot be read at all."""
    if path.is_dir():
        return rules.read(_texts(path))
    if not path.is_file():
        raise Invalid(f"There is no file or folder {path}.", mend="Check the path.")
    if path.suffix.lower() == ".xlsx":
        return _workbook(path)
    return rules.read({path.name: _text(path)})


def _texts(folder: Path) -> dict[str, str]:
    found = sorted(p for p in folder.rglob("*") if p.suffix.lower() in (".yaml", ".yml"))
    if not found:
        raise Invalid(f"There is no YAML file in {folder}.", mend="Name the folder that has them.")
    return {p.relative_to(folder).as_posix(): _text(p) for p in found}


def _text(path: Path) -> str:
    if path.stat().st_size > BIGGEST:
        raise Invalid(
            f"{path} is larger than {BIGGEST // 1_000_000} MB.",
            mend="Split it into a folder of files, one for each kind of row.",
        )
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid(
            f"{path} is not text in UTF-8: see the byte at {error.start}.",
            mend="Save it again as UTF-8.",
        ) from None


def _workbook(path: Path) -> PartnershipFile:
    from concordat.craft import excel

    sheets = [
        rules.Sheet.of(each.name, each.rows, merged=each.merged, formulas=each.formulas)
        for each in excel.read(path)
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

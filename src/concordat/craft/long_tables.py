"""A long table and what stands beside it, as .xlsx, .csv or .docx from one content.

A Word table of many thousand rows takes minutes to open, so that a longer one is written in
parts, each a document of its own that says which rows it holds. Nothing is ever cut.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Protocol
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from concordat.craft import document as shape
from concordat.craft import long_workbook, tables
from concordat.kernel.errors import Invalid

MOST_IN_WORD = 5_000
"""Rows of one Word document."""


class Table(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def titles(self) -> Sequence[str]: ...
    @property
    def rows(self) -> Iterable[Sequence[str | int | None]]: ...
    @property
    def widths(self) -> Mapping[str, float]: ...
    @property
    def shares(self) -> Mapping[str, float]: ...


class Whole(Protocol):
    """`whole` is the table with all of its columns, `short` with those that fit a page."""

    @property
    def title(self) -> str: ...
    @property
    def whole(self) -> Table: ...
    @property
    def short(self) -> Table: ...
    @property
    def besides(self) -> Sequence[Table]: ...
    @property
    def about(self) -> Sequence[str]: ...
    @property
    def told(self) -> str: ...


Begun = Callable[[], bytes]


def write(
    content: Whole, ending: str, *, made: datetime, begun: Begun | None = None
) -> list[bytes]:
    """The file, or the parts of it in their order: only Word has more than one.

    A CSV file holds the long table alone. `made` is the stamp in a workbook's properties;
    `begun` waits for the workbook that `begin` began, with the long table written already.
    """
    match ending:
        case "csv":
            return [tables.write_csv([content.whole.titles, *content.whole.rows])]
        case "xlsx":
            return [_workbook(content, made, begun)]
        case "docx":
            return list(_documents(content))
    raise Invalid(f"Nothing here is written as .{ending}.", field="out")


_ABOUT = "About this file"


def begin(title: str, whole: Table, besides: Sequence[str], *, made: datetime) -> bytes:
    """A workbook with the long table alone, which `write` finishes once the tables of those names
    are known. It has nothing to say about itself."""
    return long_workbook.begin(_sheet(whole), besides, title=title, made=made)


def _workbook(content: Whole, made: datetime, begun: Begun | None) -> bytes:
    others = [_sheet(each) for each in content.besides]
    if begun is not None and not content.about:
        return long_workbook.finish(begun(), others)
    if content.about:
        said = [[each] for each in content.about]
        others.append(long_workbook.Long("About", [_ABOUT], said, {_ABOUT: 90.0}))
    sheets = [_sheet(content.whole), *others]
    return long_workbook.write(sheets, title=content.title, made=made)


def _sheet(table: Table) -> long_workbook.Long:
    return long_workbook.Long(table.name, table.titles, table.rows, dict(table.widths))


def _documents(content: Whole) -> Iterator[bytes]:
    """What stands out is told in the last part, once."""
    from concordat.craft import word

    every = list(content.short.rows)
    parts = [every[at : at + MOST_IN_WORD] for at in range(0, max(1, len(every)), MOST_IN_WORD)]
    besides = [each for table in content.besides for each in _beside(table)]
    first = 1
    for number, rows in enumerate(parts, 1):
        last = first + len(rows) - 1
        of = f"Part {number} of {len(parts)}: rows {first:,} to {last:,}." if parts[1:] else ""
        said = [*content.about, content.told, *([of] if of else [])]
        blocks: list[shape.Block] = [shape.Paragraph(each) for each in said]
        blocks.append(_table(content.short, rows))
        if number == len(parts):
            blocks += besides
        title = f"{content.title}, part {number} of {len(parts)}" if of else content.title
        yield word.write(shape.Document(title, blocks, page="landscape"))
        first = last + 1


def _beside(table: Table) -> list[shape.Block]:
    rows = list(table.rows)
    return [shape.Heading(1, table.name), _table(table, rows)] if rows else []


def _table(table: Table, rows: Iterable[Sequence[str | int | None]]) -> shape.Table:
    columns = [shape.Column(title, share=table.shares.get(title, 1)) for title in table.titles]
    cells = [["" if cell is None else str(cell) for cell in row] for row in rows]
    return shape.Table(table.name, columns, cells)


def packed(parts: Sequence[bytes], name: str) -> bytes:
    """The parts in one archive, numbered in their order; the same parts give the same bytes."""
    stem, _, ending = name.rpartition(".")
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for number, part in enumerate(parts, 1):
            info = ZipInfo(f"{stem}-{number:02d}.{ending}", (1980, 1, 1, 0, 0, 0))
            archive.writestr(info, part)
    return out.getvalue()

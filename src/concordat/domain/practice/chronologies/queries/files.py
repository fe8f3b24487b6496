"""Chronologies as files: those that agencies send, and the one that is made of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from concordat.craft import document as shape
from concordat.craft import grids, long_workbook, tables, word
from concordat.craft.tables import Most
from concordat.domain.practice.chronologies.rules import (
    SHORT,
    TITLES,
    Given,
    Merged,
    Rejected,
    lines,
    more_titles,
    rejected_lines,
    short_lines,
)
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Fault, Invalid
from concordat.kernel.labels import count, join_words

ENDINGS = ("xlsx", "csv", "docx")
MOST = Most(packed=100 << 20, unpacked=600 << 20)
MOST_IN_WORD = 5_000
"""Rows past which a Word table serves nobody: it takes minutes to open."""

_REJECTED = ("File", "Row", "Place", "Reason", "How to mend it")
_WIDE = {"Event": 60.0, "Action": 40.0, "Comment": 40.0, "Source of information": 30.0}
_SHARES = (0.5, 1.3, 0.8, 1.4, 1.2, 4.5, 2.5, 2.0, 1.8)


def given(actor: Actor, name: str, data: bytes, *, agency: str = "") -> Given:
    """A file's tables, with the digest by which the same file is known again.

    Raises `Invalid`, naming the file, where it cannot be read or may not come in.
    """
    try:
        found = grids.read(name, data, most=MOST)
    except Invalid as problem:
        raise Invalid([_placed(fault, name) for fault in problem.faults]) from None
    return Given(name, found, agency, sha256(data).hexdigest())


def _placed(fault: Fault, name: str) -> Fault:
    place = fault.place if name in fault.place else ", ".join(filter(None, (name, fault.place)))
    return Fault(fault.message, fault.field, place, fault.mend)


def written(
    actor: Actor,
    merged: Merged,
    rejected: Sequence[Rejected],
    ending: str,
    *,
    made: datetime,
    about: Sequence[str] = (),
) -> bytes:
    """The merged chronology as .xlsx, .csv or .docx, with what stands out in it.

    A CSV file holds the rows alone. `made` is the stamp in a workbook's properties; `about` says
    what a reader must know of the file.
    """
    if ending == "csv":
        more = more_titles(merged.rows)
        return tables.write_csv([[*TITLES, *more], *lines(merged, more)])
    if ending == "xlsx":
        return _workbook(merged, rejected, made, about)
    if ending == "docx":
        return word.write(_document(merged, rejected, about))
    raise Invalid(
        f"A chronology cannot be written as .{ending}.",
        field="out",
        mend=f"End the name in {join_words(f'.{each}' for each in ENDINGS)}.",
    )


def _workbook(
    merged: Merged, rejected: Sequence[Rejected], made: datetime, about: Sequence[str]
) -> bytes:
    more = more_titles(merged.rows)
    titles = _once([*TITLES, *more])
    sheets = [long_workbook.Long("Chronology", titles, lines(merged, more), _WIDE)]
    for name, heads, rows in _besides(merged, rejected):
        sheets.append(long_workbook.Long(name, heads, rows, dict.fromkeys(_LONG, 90.0)))
    if about:
        said = [[each] for each in about]
        sheets.append(long_workbook.Long("About", [_ABOUT], said, {_ABOUT: 90.0}))
    return long_workbook.write(sheets, title="Integrated chronology", made=made)


def _once(titles: Sequence[str]) -> list[str]:
    """Titles that differ: an agency's own column may be named as one of ours."""
    found: list[str] = []
    for title in titles:
        found.append(title if title not in found else f"{title} ({len(found) + 1})")
    return found


Besides = tuple[str, tuple[str, ...], list[list[str | int | None]]]


def _besides(merged: Merged, rejected: Sequence[Rejected]) -> list[Besides]:
    """What stands out, as tables: title, heads and rows."""
    at = {row.arrival: number for number, row in enumerate(merged.rows, 1)}
    return [
        (
            "May be one event",
            ("Row", "And row", "Why"),
            [[at[d.first.arrival], at[d.second.arrival], d.reason] for d in merged.duplicates],
        ),
        (
            "Gaps",
            ("Agency", "After row", "Before row", "Days", "What"),
            [
                [gap.agency, at[gap.before.arrival], at[gap.after.arrival], gap.days, gap.reason]
                for gap in merged.gaps
            ],
        ),
        (
            "Silences",
            ("Agency", "Row that tells it", "What"),
            [
                [each.silent, at[each.known.arrival] if each.known else None, each.reason]
                for each in merged.silences
            ],
        ),
        ("Rows not taken", _REJECTED, list(rejected_lines(rejected))),
    ]


_ABOUT = "About this file"


def _document(merged: Merged, rejected: Sequence[Rejected], about: Sequence[str]) -> shape.Document:
    if len(merged.rows) > MOST_IN_WORD:
        raise Invalid(
            f"{count(len(merged.rows), 'row')} are too many for a Word table.",
            field="out",
            mend=f"Write .xlsx or .csv; Word takes at most {MOST_IN_WORD:,} rows.",
        )
    columns = [shape.Column(title, share=s) for title, s in zip(SHORT, _SHARES, strict=True)]
    told = f"{count(len(merged.rows), 'row')} from {join_words(merged.agencies) or 'no agency'}."
    blocks: list[shape.Block] = [
        *(shape.Paragraph(each) for each in about),
        shape.Paragraph(f"{told} Dates stand as they were typed; rows without a date come last."),
        shape.Table("The integrated chronology", columns, list(short_lines(merged))),
    ]
    for name, heads, rows in _besides(merged, rejected):
        if rows:
            cells = [["" if cell is None else str(cell) for cell in row] for row in rows]
            wide = [shape.Column(head, share=4 if head in _LONG else 1) for head in heads]
            blocks += [shape.Heading(1, name), shape.Table(name, wide, cells)]
    return shape.Document("Integrated chronology", blocks, page="landscape")


_LONG = {"Why", "What", "Reason", "How to mend it"}

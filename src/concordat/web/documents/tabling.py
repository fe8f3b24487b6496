"""Comments as a table: narrowed by what was chosen, and as a workbook or a Word file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from concordat.domain.base.documents.queries import Comment, Document
from concordat.kernel.labels import day_in_words

TITLES = ("Number", "Section", "From", "Comment", "Made", "Version", "Answer", "Reason", "By")


def speaker(row: Comment) -> str:
    """Whose comment it is: the agency if the seat has one, else the seat's role, or the guest."""
    if row.seat:
        return row.agency or row.seat.role
    return row.guest.name if row.guest else row.made_by


def made(row: Comment) -> str:
    """On which day and by whom, and how it came where somebody else put it on record."""
    said = f"{day_in_words(row.made_on)} by {row.made_by}"
    return f"{said}, {row.came}, recorded by {row.recorded_by}" if row.came else said


def speakers(rows: QuerySet[Comment]) -> list[str]:
    return sorted({speaker(row) for row in rows}, key=str.casefold)


def sections(rows: QuerySet[Comment]) -> list[str]:
    found = rows.exclude(place="").order_by("place").values_list("place", flat=True)
    return list(found.distinct())


def narrowed(rows: QuerySet[Comment], chosen: Mapping[str, Any]) -> Sequence[Comment]:
    """What the filter leaves; in the order in which it was said."""
    if said := chosen.get("answer"):
        rows = rows.filter(outcome="" if said == "none" else said)
    if place := chosen.get("place"):
        rows = rows.filter(place=place)
    if held := chosen.get("round"):
        rows = rows.filter(round=held)
    if who := chosen.get("who"):
        return [row for row in rows if speaker(row) == who]
    return rows  # type: ignore[return-value]


def lines(rows: Sequence[Comment]) -> list[tuple[str, ...]]:
    return [
        (
            str(number),
            row.place or "The whole document",
            speaker(row),
            row.text,
            made(row),
            row.version.in_words,
            row.answer.label if row.answer else "No answer yet",
            row.reason,
            _answered(row),
        )
        for number, row in enumerate(rows, 1)
    ]


def _answered(row: Comment) -> str:
    return f"{row.answered_by}, {day_in_words(row.answered_on)}" if row.answered_on else ""


def _title(document: Document) -> str:
    return f"Comments on {document.record.reference} {document.record.title}"


def _workbook(document: Document, rows: Sequence[Comment], now: datetime) -> bytes:
    from concordat.craft import excel

    grid = excel.Grid("Comments", TITLES, lines(rows), widths={"Comment": 60, "Reason": 40})
    made = now.replace(tzinfo=None, microsecond=0)
    return excel.write([grid], title=_title(document), made=made)


def _word(document: Document, rows: Sequence[Comment], now: datetime) -> bytes:
    from concordat.craft import document as shape
    from concordat.craft import word

    shares = (0.6, 1.2, 1.4, 4, 1.6, 1.4, 1, 3, 1.4)
    columns = [
        shape.Column(title, share=share) for title, share in zip(TITLES, shares, strict=True)
    ]
    table = shape.Table("Comments and their answers", columns, lines(rows))
    level = document.record.level
    return word.write(
        shape.Document(
            title=_title(document),
            blocks=[shape.Paragraph(f"As on {day_in_words(now.date())}."), table],
            mark=level.label if level > 1 else "",
            page="landscape",
        )
    )


WAYS: dict[str, tuple[str, str, Callable[[Document, Sequence[Comment], datetime], bytes]]] = {
    "workbook": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xlsx",
        _workbook,
    ),
    "word": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "docx",
        _word,
    ),
}
"""Media type, ending and maker of each way to take the table away."""

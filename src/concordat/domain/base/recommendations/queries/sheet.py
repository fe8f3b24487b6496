"""Recommendations as a sheet to keep, to print, or to add to and bring back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet

from concordat.craft import excel
from concordat.craft.excel import Grid
from concordat.craft.tables import Value
from concordat.domain.base.recommendations.models import Recommendation
from concordat.domain.base.recommendations.rules import Level, Nature, Origin
from concordat.domain.base.recommendations.rules.sheet import COLUMNS
from concordat.kernel.actor import Actor
from concordat.kernel.dates import UncertainDate

MOST_LISTED = 5_000
SHEET = "Recommendations"
_WIDTHS = {"Recommendation": 60.0, "Change in full": 60.0, "Finding": 40.0, "Measure": 40.0}
_AS_TYPED = ("Made on", "Due", "Measured on", "Accepted on", "Number")


def workbook(actor: Actor, rows: QuerySet[Recommendation], *, made: datetime) -> bytes:
    """Those rows as a workbook, at most 5,000 of them. `made` is its stamp."""
    lines = [_line(row, actor) for row in rows[:MOST_LISTED]]
    choices: dict[str, Sequence[str]] = {
        "Comes from": [each.value for each in Origin],
        "Level": [each.value for each in Level],
        "Nature": [each.value for each in Nature],
    }
    grid = Grid(SHEET, list(COLUMNS), lines, choices=choices, widths=_WIDTHS, as_text=_AS_TYPED)
    return excel.write([grid], title="Recommendations", made=made)


def _line(row: Recommendation, actor: Actor) -> list[Value]:
    state = "Overdue" if row.is_overdue(actor.on) else row.stage_is.label
    return [
        row.record.reference,
        row.title,
        row.change,
        row.finding,
        row.from_kind,
        row.from_title or (row.from_record.reference if row.from_record else ""),
        row.number,
        _said(row.made_on),
        row.addressee,
        row.level,
        row.nature,
        row.nature_why,
        _said(row.due),
        row.owner.title if row.owner else "",
        row.measure,
        _said(row.measure_on.isoformat() if row.measure_on else ""),
        state,
        row.set_by.name if row.set_by and row.decided_on else "",
        _said(row.decided_on),
        row.source if row.set_by and row.decided_on else "",
    ]


def _said(text: str) -> str:
    return str(UncertainDate.parse(text)) if text else ""

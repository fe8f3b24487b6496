"""A roadmap as a workbook: one row a milestone, with its plan, its slip and the last word."""

from __future__ import annotations

from datetime import datetime

from concordat.craft import excel
from concordat.craft.excel import Grid
from concordat.craft.tables import Value
from concordat.domain.governance.programme.models import Programme
from concordat.domain.governance.programme.queries.roadmap import Row, changes_of_plan, roadmap
from concordat.kernel.actor import Actor
from concordat.kernel.labels import day_in_words

TITLES = (
    *("Reference", "Milestone", "Workstream", "Owner", "Due", "First due", "Slip", "Reached"),
    *("State", "Waits for", "Last day by law", "How it goes", "Last word", "Expected", "Said on"),
)
CHANGES = ("What", "Before", "After", "Why", "Agreed by", "When")
_WIDTHS = {"Milestone": 42.0, "Waits for": 36.0, "Last word": 42.0, "Why": 42.0, "Before": 32.0}


def workbook(actor: Actor, programme: Programme, *, made: datetime) -> bytes:
    """The roadmap and its changes of plan. Dates stay in the precision in which they are known,
    as text. `made` is the stamp in the file."""
    whole = roadmap(actor, programme)
    named = {f"milestones:{row.milestone.key}": row.milestone.title for row in whole.rows}
    changes: list[list[Value]] = [
        [
            named.get(row.changes, programme.title),
            row.before,
            row.after,
            "; ".join(row.reasons),
            row.agreed_by,
            str(row.day or ""),
        ]
        for row in changes_of_plan(actor, programme)
    ]
    sheets = [
        Grid("Roadmap", TITLES, [_line(row) for row in whole.rows], widths=_WIDTHS),
        Grid("Changes of plan", CHANGES, changes, widths=_WIDTHS),
    ]
    return excel.write(sheets, title=programme.title, made=made)


def _line(row: Row) -> list[Value]:
    held, said = row.milestone, row.update
    wall = row.wall if row.wall and row.wall.verified else None
    return [
        held.record.reference,
        held.title,
        held.workstream.title if held.workstream else None,
        row.owner or None,
        str(held.due_day or "") or None,
        str(held.first_day or "") or None,
        row.slip.words if row.slip else None,
        str(held.done_day or "") or None,
        held.stage.label,
        "; ".join(each.title for each in row.waits_for) or None,
        day_in_words(wall.day) if wall and wall.day else None,
        said.says.label if said else None,
        said.words if said else None,
        str(said.expected or "") or None if said else None,
        said.on if said else None,
    ]

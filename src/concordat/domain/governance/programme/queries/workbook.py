"""A roadmap as a workbook: given out, and as it comes back."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from concordat.craft import excel, signing
from concordat.craft.excel import Grid
from concordat.craft.tables import Value
from concordat.domain.base.actions.queries.round import read
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.governance.programme.models import Milestone, Programme, Update
from concordat.domain.governance.programme.queries.roadmap import (
    Row,
    changes_of_plan,
    milestones,
    newest_updates,
    roadmap,
)
from concordat.domain.governance.programme.rules import round as sheets
from concordat.domain.governance.programme.rules.round import Here, Line
from concordat.kernel.actor import Actor
from concordat.kernel.labels import day_in_words

CHANGES = ("What", "Before", "After", "Why", "Agreed by", "When")
_WIDTHS = {
    "Milestone": 42.0, "Waits for": 36.0, "Last word": 42.0, "Why": 42.0, "Before": 32.0,
    sheets.WHY: 36.0, sheets.AGREED: 28.0,
}  # fmt: skip


def workbook(actor: Actor, programme: Programme, *, made: datetime) -> bytes:
    """The roadmap, to be filled in and brought back, and its changes of plan to read. Dates stay
    in the precision in which they are known, as text. `made` is the stamp in the file."""
    whole = roadmap(actor, programme)
    changes: list[list[Value]] = [
        [
            held.title,
            row.before,
            row.after,
            "; ".join(row.reasons),
            row.agreed_by,
            str(row.day or ""),
        ]
        for row, held in changes_of_plan(actor, programme)
    ]
    empty: list[Value] = [None] * len(sheets.TITLES)
    roads = Grid(
        sheets.SHEET,
        sheets.TITLES,
        [*(_line(row) for row in whole.rows), *([empty] * sheets.FRESH_ROWS)],
        choices=dict(sheets.CHOICES),
        widths=_WIDTHS,
        changeable=(sheets.MILESTONE, *sheets.CHANGEABLE),
        hidden=[sheets.MARK],
        as_text=sheets.DATES,
    )
    again = Grid("Changes of plan", CHANGES, changes, widths=_WIDTHS)
    return excel.write([roads, again], title=programme.title, made=made)


def _line(row: Row) -> list[Value]:
    held, said = row.milestone, row.update
    texts = texts_of(held, said)
    wall = row.wall if row.wall and row.wall.verified else None
    told: list[Value] = [
        held.workstream.title if held.workstream else None,
        row.owner or None,
        str(held.first_day or "") or None,
        row.slip.words if row.slip else None,
        held.stage.label,
        "; ".join(each.title for each in row.waits_for) or None,
        day_in_words(wall.day) if wall and wall.day else None,
    ]
    free: list[Value] = [sheets.shown(title, texts[title]) or None for title in sheets.CHANGEABLE]
    reference = held.record.reference
    mark = sheets.mark(_key(), reference, held.title, texts)
    return [reference, held.title, *told, *free, said.on if said else None, mark]


def texts_of(held: Milestone, said: Update | None) -> dict[str, str]:
    """The changeable cells of a row as they would be given out now."""
    return dict.fromkeys(sheets.CHANGEABLE, "") | {
        sheets.DUE: held.due,
        sheets.REACHED: held.done_on,
        sheets.HEALTH: said.says.label if said else "",
        sheets.WORDS: said.words if said else "",
        sheets.EXPECTED: said.forecast if said else "",
    }


def _key() -> bytes:
    return signing.derive(settings.LEDGER_SECRET, "roadmap workbook")


def judged(actor: Actor, programme: Programme, data: bytes) -> tuple[Line, ...]:
    """A workbook that came back, row by row, against what stands here now.

    Raises `Invalid` for a file that is none of ours: no such sheet, a column missing, cells
    merged, macros, a password, more rows than are given out.
    """
    can(actor, Verb.CHANGE, programme.record).require()
    rows = read(data, sheets.SHEET, sheets.NEEDED)
    held = list(milestones(actor, programme))
    updates = newest_updates(actor, [row.pk for row in held])
    here = {
        row.record.reference: Here(row.title, texts_of(row, updates.get(row.pk)), row.stage.is_over)
        for row in held
    }
    return sheets.judge(_key(), rows, here, actor.on)

"""The workbook of an agency's open actions, as it is given out and as it comes back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet

from concordat.craft import excel, signing
from concordat.craft.excel import Grid
from concordat.craft.tables import Entry as Row
from concordat.craft.tables import Sheet, Value, headed
from concordat.domain.base.actions.models import Action, Evidence
from concordat.domain.base.actions.queries.access import contact_of, part_for
from concordat.domain.base.actions.queries.lists import actions, of_agency, shown
from concordat.domain.base.actions.rules import Priority, Stage, Standing
from concordat.domain.base.actions.rules import round as sheets
from concordat.domain.base.actions.rules.round import Given, Here, Line
from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.kernel.actor import Actor, Kind
from concordat.kernel.errors import Fault, Invalid
from concordat.kernel.sensitivity import Sensitivity
from concordat.kernel.verdict import Verdict, no, yes

MOST_LISTED = 5_000
_WIDTHS = {
    sheets.WHAT: 42.0,
    "What good looks like": 30.0,
    sheets.WORD: 36.0,
    sheets.WHY_LATER: 26.0,
    sheets.DONE: 36.0,
    sheets.EVIDENCE: 30.0,
    sheets.PLACE: 26.0,
}


def may_take_round(actor: Actor, agency: Agency) -> Verdict:
    """An agency's contact and the secretariat take its workbook out and bring it back."""
    if can(actor, Verb.CHANGE, agency.record):
        return yes()
    contact = contact_of(agency)
    seats = {seat.seat for seat in actor.seats} if actor.kind is not Kind.ACTING_FOR else set()
    if contact and contact.seat_id in seats:
        return yes()
    return no(f"The contact of {agency.name} and the secretariat do this.")


def workbook(actor: Actor, agency: Agency, *, made: datetime) -> bytes:
    """What the agency has open, to be filled in and brought back. `made` is the stamp in it."""
    may_take_round(actor, agency).require()
    rows = [_row(action) for action in of_agency(actor, agency)[: sheets.MOST_ROWS]]
    grid = Grid(
        sheets.SHEET,
        sheets.TITLES,
        rows,
        choices={title: list(values) for title, values in sheets.CHOICES.items()},
        widths=_WIDTHS,
        changeable=sheets.CHANGEABLE,
        hidden=[sheets.MARK],
    )
    return excel.write([grid], title=f"Actions of {agency.name}", made=made)


def _row(action: Action) -> list[Value]:
    locked: list[Value] = [
        action.record.reference,
        action.record.title,
        action.set_by.name,
        " ".join(filter(None, [action.source.reference, action.source_place])),
        action.owner_name,
        action.priority.capitalize(),
        action.evidence_wanted,
    ]
    texts = texts_of(action)
    free: list[Value] = [
        action.due if title == sheets.DUE else texts[title] or None for title in sheets.CHANGEABLE
    ]
    return [
        *locked,
        *free,
        sheets.mark(_key(), action.record.reference, action.record.title, texts),
    ]


def texts_of(action: Action) -> dict[str, str]:
    """The changeable cells of a row as they would be given out now."""
    return dict.fromkeys(sheets.CHANGEABLE, "") | {
        sheets.STATE: sheets.OPEN if action.stage == Stage.OPEN else sheets.CLOSED,
        sheets.STANDING: Standing(action.standing).label if action.standing else "",
        sheets.WORD: action.last_word,
        sheets.DUE: action.due.isoformat() if action.due else "",
    }


def _key() -> bytes:
    return signing.derive(settings.LEDGER_SECRET, "action workbook")


def judged(actor: Actor, agency: Agency, data: bytes) -> tuple[Line, ...]:
    """A workbook that came back, row by row, against what stands here now.

    Raises `Invalid` for a file that is none of ours: no such sheet, a column missing, cells
    merged, macros, a password, more rows than are given out.
    """
    may_take_round(actor, agency).require()
    rows = read(data)
    return sheets.judge(_key(), rows, dict(_here(actor, agency, rows)), actor.on)


def read(
    data: bytes, name: str = sheets.SHEET, needed: Sequence[str] = sheets.NEEDED
) -> list[Given]:
    """The rows of a workbook that was given out. Raises `Invalid` naming the cells that are in
    the way. `name` is that of its sheet, and `needed` are the columns that are read."""
    found = next((each for each in excel.read(data) if each.name == name), None)
    if found is None:
        raise Invalid(
            f"The workbook has no sheet called {name}.",
            field="file",
            mend="Bring back the file that was downloaded here.",
        )
    if found.merged:
        raise Invalid([_merged(found, area) for area in found.merged])
    rows = headed(found, needed=needed)
    if not rows:
        raise Invalid("The workbook has its titles and no rows.", field="file")
    if len(rows) > sheets.MOST_ROWS:
        told = f"The workbook has {len(rows):,} rows; at most {sheets.MOST_ROWS} are given out."
        raise Invalid(told, field="file", mend="Download it again.")
    return [_given(row, needed) for row in rows]


def _merged(sheet: Sheet, area: str) -> Fault:
    return Fault(
        "These cells are merged.", place=f"{sheet.name}!{area}", mend="Split them, then try again."
    )


def _given(row: Row, needed: Sequence[str]) -> Given:
    places = {title: row.place(title) for title in needed}
    formulas = {
        title for title, at in places.items() if at.rpartition("!")[2] in row.sheet.formulas
    }
    texts = {title: _text(row[title]) for title in needed}
    return Given(row.place(sheets.REFERENCE), texts, places, frozenset(formulas))


def _text(value: Value) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value).strip()


def _here(actor: Actor, agency: Agency, rows: Sequence[Given]) -> Iterator[tuple[str, Here]]:
    named = {row.texts[sheets.REFERENCE] for row in rows}
    proof = Evidence.objects.filter(action=OuterRef("pk"))
    ours = actions(actor).filter(agency=agency, record__reference__in=named)
    ours = ours.filter(record__sensitivity__lte=Sensitivity.PARTNERSHIP)
    for action in ours.annotate(proven=Exists(proof)):
        yield (
            action.record.reference,
            Here(
                what=action.record.title,
                texts=texts_of(action),
                stage=action.stage,
                priority=action.priority,
                due=action.due,
                has_evidence=action.proven,
                may_move=action.priority != Priority.HIGH or _speaks_for_body(actor, action),
            ),
        )


def _speaks_for_body(actor: Actor, action: Action) -> bool:
    return part_for(actor, action.set_by, action.partnership_id).speaks_for_body


LISTED = (
    *("Reference", "What is to be done", "Owner", "Set by", "Comes from", "Priority", "Due"),
    *("First due", "Times extended", "State", "How it stands", "Last word", "Said on"),
)


def list_workbook(actor: Actor, rows: QuerySet[Action], *, made: datetime) -> bytes:
    """A list as a workbook to keep or print; at most 5,000 rows of it. `made` is its stamp."""
    lines = [_listed(action, actor.on) for action in shown(actor, rows[:MOST_LISTED])]
    grid = Grid(sheets.SHEET, LISTED, lines, widths=_WIDTHS)
    return excel.write([grid], title="Actions", made=made)


def _listed(action: Action, today: date) -> list[Value]:
    state = "Overdue" if action.is_overdue(today) else Stage(action.stage).words
    return [
        action.record.reference,
        action.record.title,
        action.owner_name,
        action.set_by.name,
        " ".join(filter(None, [action.source.reference, action.source_place])),
        action.priority.capitalize(),
        action.due,
        action.first_due,
        action.extended,
        state,
        action.get_standing_display(),
        action.last_word,
        action.last_word_on,
    ]

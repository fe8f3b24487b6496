"""Bringing recommendations in from a sheet: every row is read before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import Model

from concordat.craft import excel
from concordat.craft.tables import Entry, Value, headed, read_csv
from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.documents import operations as documents
from concordat.domain.base.documents.operations import Upload
from concordat.domain.base.documents.operations.uploading import looked_at_first
from concordat.domain.base.recommendations.models import Recommendation
from concordat.domain.base.recommendations.operations.raising import (
    Before,
    Came,
    Wording,
    draft,
    may_draft,
    take_over,
)
from concordat.domain.base.recommendations.queries.lists import (
    agencies_here,
    bodies_here,
    posts_here,
    seats_here,
)
from concordat.domain.base.recommendations.rules.sheet import (
    COLUMNS,
    MOST_LINES,
    NEEDED,
    SheetRow,
    read_row,
)
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import happened, operation
from concordat.domain.base.seats.models import Body, Post, Seat
from concordat.kernel.actor import Actor, process
from concordat.kernel.errors import Fault, Invalid
from concordat.kernel.labels import near

_Row = TypeVar("_Row", bound=Model)


@dataclass(slots=True)
class _Names:
    """What a row may name here, by name; of two of one name neither can be meant."""

    agencies: Mapping[str, Agency | None]
    bodies: Mapping[str, Body | None]
    seats: Mapping[str, Seat | None]
    posts: Mapping[str, Post | None]
    known: frozenset[str] = field(default_factory=frozenset)


@looked_at_first
@operation
def bring_in(actor: Actor, *, partnership: Record, file: Upload) -> list[Recommendation]:
    """Draft what each row says, or take it over where a board accepted it before, and keep the
    file; what came of it. A row with the reference of one on file is left alone.

    Raises `Invalid` with every fault of the sheet, each with its row and column.
    """
    may_draft(actor, partnership, None)
    rows = _read(file)
    names = _names(actor, partnership)
    faults: list[Fault] = []
    new = [each for each in rows if _text(each, "Reference").upper() not in names.known]
    told = [_said(actor, each, names, faults) for each in new]
    faults += _twice(new)
    if faults:
        raise Invalid(faults)
    if not new:
        raise Invalid("Every row of it is on file already.", field="file")
    made = [_made(actor, partnership, row, names) for row in told if row]
    documents.add(
        process(actor.signature, actor.on), partnership=partnership,
        title="Recommendations that were brought in", file=file, note=file.name[:200],
    )  # fmt: skip
    after = {"recommendations": len(made), "left alone": len(rows) - len(new)}
    happened(actor, "recommendations brought in", partnership, after=after)
    return made


def _read(file: Upload) -> list[Entry]:
    """The rows beneath the titles. Raises `Invalid` for what is no such sheet."""
    name = file.name.lower()
    if not name.endswith((".xlsx", ".csv")):
        raise Invalid("This is no .xlsx or .csv file.", field="file", mend="Save it as one.")
    grid = read_csv(file.data, file.name) if name.endswith(".csv") else excel.read(file.data)[0]
    entries = headed(grid, needed=NEEDED)
    unknown = [title for title in (entries[0].columns if entries else ()) if title not in COLUMNS]
    if unknown:
        faults = [
            Fault(
                f"There is no column “{title}”.", place=grid.place(0, entries[0].columns[title]),
                mend=_did_you_mean(title, COLUMNS),
            )
            for title in unknown
        ]  # fmt: skip
        raise Invalid(faults)
    if not entries:
        raise Invalid("The sheet has titles and no rows.", field="file")
    if len(entries) > MOST_LINES:
        raise Invalid(
            f"The sheet has more than {MOST_LINES} rows.", field="file", mend="Bring it in parts."
        )
    return entries


def _did_you_mean(told: str, known: Iterable[str]) -> str:
    found = near(told, list(known))
    return f"Did you mean {found[0]}?" if found else "Leave it out."


def _text(entry: Entry, column: str) -> str:
    return _in_words(entry[column]) if column in entry.columns else ""


def _in_words(value: Value) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()


def _names(actor: Actor, home: Record) -> _Names:
    known = Recommendation.objects.filter(partnership=home).values_list("record__reference")
    here = {"partnership": home.pk}
    return _Names(
        agencies=_by_name((row.name, row) for row in agencies_here(actor).filter(**here)),
        bodies=_by_name((row.name, row) for row in bodies_here(actor).filter(**here)),
        seats=_by_name(
            (f"{row.role}, {row.body.name}", row) for row in seats_here(actor).filter(**here)
        ),
        posts=_by_name((row.title, row) for row in posts_here(actor).filter(**here)),
        known=frozenset(reference for (reference,) in known),
    )


def _by_name(rows: Iterable[tuple[str, _Row]]) -> dict[str, _Row | None]:
    found: dict[str, _Row | None] = {}
    for name, row in rows:
        key = " ".join(name.split()).casefold()
        found[key] = None if key in found else row
    return found


def _said(actor: Actor, entry: Entry, names: _Names, faults: list[Fault]) -> SheetRow | None:
    """What a row says; every fault of it is added to the others with its place."""
    row, found = read_row({name: _text(entry, name) for name in COLUMNS}, actor.on)
    if _text(entry, "Reference"):
        found.append(Fault("No recommendation here has it.", field="Reference", mend="Empty it."))
    if row:
        found += _unknown(row, names)
    faults += [_placed(entry, fault) for fault in found]
    return None if found else row


def _placed(entry: Entry, fault: Fault) -> Fault:
    column = fault.field if fault.field in entry.columns else ""
    where = f"{entry.place(column)} ({fault.field})"
    return Fault(fault.message, place=where, mend=fault.mend)


def _unknown(row: SheetRow, names: _Names) -> list[Fault]:
    found = []
    for column, told, known, what in (
        ("Owner", row.owner, names.posts, "post"),
        ("Accepted by", row.set_by, names.bodies, "body"),
    ):
        if told and told.casefold() not in known:
            mend = _did_you_mean(told, list(known))
            found.append(Fault(f"There is no {what} “{told}” here.", field=column, mend=mend))
        elif told and known[told.casefold()] is None:
            found.append(Fault(f"There are several called “{told}”.", field=column))
    whom = row.addressee.casefold()
    every = [each for each in (names.agencies, names.bodies, names.seats) if whom in each]
    if len(every) > 1 or any(each[whom] is None for each in every):
        found.append(Fault(f"There are several called “{row.addressee}”.", field="Addressed to"))
    return found


def _twice(rows: list[Entry]) -> list[Fault]:
    """Two rows that say the same of the same source are one."""
    seen: dict[tuple[str, ...], Entry] = {}
    faults = []
    for each in rows:
        key = tuple(
            " ".join(_text(each, name).split()).casefold()
            for name in ("Recommendation", "Source", "Number", "Addressed to")
        )
        if not key[0]:
            continue
        if key in seen:
            told = f"It says the same as {seen[key].place()}."
            faults.append(Fault(told, place=each.place("Recommendation"), mend="Leave one out."))
        seen.setdefault(key, each)
    return faults


def _made(actor: Actor, home: Record, row: SheetRow, names: _Names) -> Recommendation:
    wording, came = _wording(row, names), _came(row)
    board = names.bodies.get(row.set_by.casefold()) if row.set_by else None
    if board is None:
        return draft(actor, partnership=home, wording=wording, came=came)
    before = Before(set_by=board, on=row.decided_on, source=row.stated)
    return take_over(actor, partnership=home, wording=wording, came=came, before=before)


def _came(row: SheetRow) -> Came:
    return Came(kind=row.origin, title=row.source, number=row.number, made_on=row.made_on)


def _wording(row: SheetRow, names: _Names) -> Wording:
    whom: dict[str, Any] = {
        "agency": names.agencies.get(row.addressee.casefold()),
        "body": names.bodies.get(row.addressee.casefold()),
        "seat": names.seats.get(row.addressee.casefold()),
    }
    outside = "" if any(whom.values()) else row.addressee
    return Wording(
        title=row.title, change=row.change, finding=row.finding, outside=outside, **whom,
        level=row.level, nature=row.nature, nature_why=row.nature_why, due=row.due,
        owner=names.posts.get(row.owner.casefold()), measure=row.measure,
        measure_on=row.measure_on,
    )  # fmt: skip

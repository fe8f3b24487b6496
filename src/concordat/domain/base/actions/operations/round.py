"""Taking in the workbook of an agency: what was changed in it is done as on screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Protocol

from concordat.craft import tables
from concordat.domain.base.actions.models import Action
from concordat.domain.base.actions.operations import working
from concordat.domain.base.actions.queries.round import judged, may_take_round
from concordat.domain.base.actions.rules import Standing
from concordat.domain.base.actions.rules import round as sheets
from concordat.domain.base.actions.rules.round import Cell, Line, Part, Problem, Texts
from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.documents import operations as documents
from concordat.domain.base.documents.models import Document
from concordat.domain.base.documents.operations import Upload
from concordat.domain.base.documents.operations.uploading import looked_at_first
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import happened, operation, take
from concordat.kernel.actor import Actor, process
from concordat.kernel.errors import Fault, Invalid, Refused
from concordat.kernel.labels import day_in_words
from concordat.kernel.sensitivity import Sensitivity

HEADS = ("Reference", "Cell", "What", "In the file", "Here", "What became of it")


@looked_at_first
@operation
def bring_back(actor: Actor, *, agency: Agency, file: Upload) -> int:
    """Do what an agency changed in its workbook, and keep the file with what came of it.

    Judged anew against what stands now: a cell that somebody changed meanwhile is left as it is
    here, a row with a problem is left out, and both are told in the result. How many actions
    were changed.
    """
    record = take(agency.pk, may=lambda _: may_take_round(actor, agency))
    lines = judged(actor, agency, file.data)
    wanted = [line for line in lines if line.parts]
    if not wanted:
        raise Invalid(
            "Nothing in the file can be taken over.",
            field="file",
            mend="Change a cell, or mend what was marked.",
        )
    by_reference = _actions(wanted)
    for line in wanted:
        _applied(actor, by_reference[line.reference], line)
    came, result = keep_both(
        actor,
        about=record,
        partnership=agency.partnership,
        what="Action round",
        name=agency.name,
        file=file,
        lines=lines,
    )
    happened(
        actor,
        "action workbook taken in",
        record,
        after={
            "file": came.record.reference,
            "result": result.record.reference,
            "actions": len(wanted),
            "left to a person": sum(len(line.clashes) for line in lines),
            "rows left out": sum(bool(line.problems) for line in lines),
        },
    )
    return len(wanted)


def _actions(lines: Sequence[Line]) -> dict[str, Action]:
    rows = Action.objects.filter(record__reference__in=[line.reference for line in lines])
    return {row.record.reference: row for row in rows.select_related("record", "set_by")}


def _applied(actor: Actor, action: Action, line: Line) -> None:
    """A row whose act is refused is told by its place, and the whole file is left undone."""
    try:
        for part, texts in line.parts.items():
            _ACTS[part](actor, action, texts)
    except Refused as refusal:
        raise Invalid([Fault(refusal.reason, place=line.reference)]) from refusal
    except Invalid as problem:
        place = line.reference
        raise Invalid(
            [Fault(each.message, place=place, mend=each.mend) for each in problem.faults]
        ) from problem


def _update(actor: Actor, action: Action, texts: Texts) -> None:
    standing = Standing(texts[sheets.STANDING].lower())
    working.update(actor, action=action, standing=standing, words=texts[sheets.WORD])


def _extend(actor: Actor, action: Action, texts: Texts) -> None:
    due = date.fromisoformat(texts[sheets.DUE])
    working.extend(actor, action=action, due=due, reason=texts[sheets.WHY_LATER])


def _close(actor: Actor, action: Action, texts: Texts) -> None:
    working.close(
        actor,
        action=action,
        done=texts[sheets.DONE],
        statement=texts[sheets.EVIDENCE],
        place=texts[sheets.PLACE],
    )


_ACTS = {Part.UPDATE: _update, Part.EXTEND: _extend, Part.CLOSE: _close}


class Came(Protocol):
    """A row that came back, judged: of whichever workbook."""

    @property
    def reference(self) -> str: ...
    @property
    def cells(self) -> Sequence[Cell]: ...
    @property
    def changes(self) -> Sequence[Cell]: ...
    @property
    def problems(self) -> Sequence[Problem]: ...


def keep_both(
    actor: Actor,
    *,
    about: Record,
    partnership: Record,
    what: str,
    name: str,
    file: Upload,
    lines: Sequence[Came],
) -> tuple[Document, Document]:
    """The file as it came and what came of it, on a record. Whoever brings it back need not be
    somebody who may change that."""
    keeper = process(actor.signature, actor.on)
    told = tables.write_csv([HEADS, *(row for line in lines for row in _result(line))])
    when = day_in_words(actor.on)
    kept = [
        documents.add(
            keeper,
            partnership=partnership,
            title=f"{title}, {name}, {when}"[:300],
            file=each,
            about=about,
            sensitivity=Sensitivity.PARTNERSHIP,
        )
        for title, each in (
            (f"{what} as it came back", file),
            (f"{what}: what came of it", Upload("what-came-of-it.csv", told)),
        )
    ]
    return kept[0], kept[1]


def _result(line: Came) -> Iterator[tuple[str, ...]]:
    applied = line.changes
    for cell in line.cells:
        if cell in applied:
            came = "taken over"
        else:
            came = "changed here meanwhile, left to a person" if cell.clash else "left out"
        yield line.reference, cell.place, cell.title, cell.theirs, cell.here, came
    for problem in line.problems:
        yield line.reference, problem.place, "", "", "", f"{problem.message} {problem.mend}"

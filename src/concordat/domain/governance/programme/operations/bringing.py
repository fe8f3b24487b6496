"""Taking in the workbook of a roadmap: what was changed in it is done as on screen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from concordat.domain.base.actions.operations.round import keep_both
from concordat.domain.base.documents.operations import Upload
from concordat.domain.base.documents.operations.uploading import looked_at_first
from concordat.domain.base.records.operations import happened, operation, take
from concordat.domain.base.records.operations.unit import locked
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb, is_open
from concordat.domain.governance.programme import queries
from concordat.domain.governance.programme.models import Milestone, Programme
from concordat.domain.governance.programme.operations import keeping, moving, planning, telling
from concordat.domain.governance.programme.rules import path
from concordat.domain.governance.programme.rules import round as sheets
from concordat.domain.governance.programme.rules.health import Health
from concordat.domain.governance.programme.rules.life import Stage
from concordat.domain.governance.programme.rules.round import Line, Part
from concordat.kernel.actor import Actor
from concordat.kernel.dates import UncertainDate
from concordat.kernel.errors import Fault, Invalid, Refused


@looked_at_first
@operation
def bring_back(actor: Actor, *, programme: Programme, file: Upload) -> int:
    """Do what was changed in the workbook of a roadmap, and keep the file with what came of it;
    how many milestones were changed or added.

    Judged anew against what stands now. One wrong cell keeps the whole file out, and every wrong
    cell is named. A cell that somebody changed meanwhile is left to a person.
    """
    locked(programme.partnership_id)
    record = take(
        programme.pk, may=lambda held: can(actor, Verb.CHANGE, held) & is_open(held.closed)
    )
    lines = queries.judged(actor, programme, file.data)
    if wrong := [problem for line in lines for problem in line.problems]:
        raise Invalid([Fault(each.message, "file", each.place, each.mend) for each in wrong])
    wanted = [line for line in lines if line.parts]
    if not wanted:
        raise Invalid("Nothing in the file was changed.", field="file", mend="Change a cell first.")
    for line in wanted:
        if told := line.parts.get(Part.ADD):
            with _told_by_cell(line):
                _add(actor, programme, told)
    _in_order(actor, programme, wanted)
    came, result = keep_both(
        actor,
        about=record,
        partnership=programme.partnership,
        what="Roadmap workbook",
        name=programme.title,
        file=file,
        lines=lines,
    )
    after = {
        "file": came.record.reference,
        "result": result.record.reference,
        "milestones": len(wanted),
        "left to a person": sum(len(line.clashes) for line in lines),
    }
    happened(actor, "roadmap workbook taken in", record, after=after)
    return len(wanted)


def _add(actor: Actor, programme: Programme, told: Mapping[str, str]) -> None:
    title = told[sheets.MILESTONE]
    keeping.add(
        actor,
        partnership=programme.partnership,
        kind="milestones",
        name=title[:60],
        values={
            "title": title,
            "programme": programme,
            "due": told[sheets.DUE],
            "state": Stage.PLANNED.value,
        },
    )


def _in_order(actor: Actor, programme: Programme, wanted: Sequence[Line]) -> None:
    """What comes first is moved first, so that each is held against the new plan."""
    rows = list(queries.milestones(actor, programme))
    by_key = {row.in_plan(): row for row in rows}
    lines = {line.reference: line for line in wanted}
    for key in path.in_order(queries.plan_of(actor, rows)):
        row = by_key[key]
        if line := lines.get(row.record.reference):
            with _told_by_cell(line):
                _applied(actor, row, line)


def _applied(actor: Actor, row: Milestone, line: Line) -> None:
    if told := line.parts.get(Part.PLAN):
        planning.replan(
            actor,
            milestone=row,
            due=UncertainDate.parse(told[sheets.DUE]),
            reasons=sheets.reasons(told[sheets.WHY]),
            agreed_by=told[sheets.AGREED],
        )
    if told := line.parts.get(Part.TELL):
        expected = told[sheets.EXPECTED]
        telling.tell(
            actor,
            thing=row,
            health=Health(told[sheets.HEALTH].lower()),
            words=told[sheets.WORDS],
            forecast=UncertainDate.parse(expected) if expected else None,
        )
    if told := line.parts.get(Part.REACH):
        day = UncertainDate.parse(told[sheets.REACHED])
        moving.reach(actor, milestone=row, done_on=day)


@contextmanager
def _told_by_cell(line: Line) -> Iterator[None]:
    """A row whose act is refused is told by its cell, and the whole file is left undone."""
    place = line.cells[0].place if line.cells else line.reference
    try:
        yield
    except Refused as refusal:
        raise Invalid([Fault(refusal.reason, "file", place)]) from refusal
    except Invalid as problem:
        raise Invalid(
            [Fault(each.message, "file", place, each.mend) for each in problem.faults]
        ) from problem

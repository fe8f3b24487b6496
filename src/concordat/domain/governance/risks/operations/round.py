"""Taking in the workbook of a register: what was changed in it is done as on screen."""

from __future__ import annotations

from datetime import date

from concordat.domain.base.actions.operations.round import keep_both
from concordat.domain.base.documents.operations import Upload
from concordat.domain.base.documents.operations.uploading import looked_at_first
from concordat.domain.base.records.operations import happened, operation
from concordat.domain.governance.risks.models import Register, Risk
from concordat.domain.governance.risks.operations import scoring
from concordat.domain.governance.risks.operations.taking import taken_register
from concordat.domain.governance.risks.queries.round import judged
from concordat.domain.governance.risks.rules import round as sheets
from concordat.domain.governance.risks.rules.round import Line, Part
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Fault, Invalid, Refused


@looked_at_first
@operation
def bring_back(actor: Actor, *, register: Register, file: Upload) -> int:
    """Do what was changed in the workbook of a register, and keep the file with what came of it.

    Judged anew against what stands now: a cell that somebody changed meanwhile is left as it is
    here, a row with a problem is left out. How many risks were changed.
    """
    held = taken_register(actor, register)
    lines = judged(actor, held, file.data)
    wanted = [line for line in lines if line.parts]
    if not wanted:
        raise Invalid(
            "Nothing in the file can be taken over.",
            field="file",
            mend="Change a cell, or mend what was marked.",
        )
    rows = Risk.objects.filter(
        register=held, record__reference__in=[line.reference for line in wanted]
    )
    risks = {row.record.reference: row for row in rows.select_related("record")}
    for line in wanted:
        _applied(actor, risks[line.reference], line)
    came, result = keep_both(
        actor,
        about=held.record,
        partnership=held.partnership,
        what="Risk workbook",
        name=held.title,
        file=file,
        lines=lines,
    )
    after = {
        "file": came.record.reference,
        "result": result.record.reference,
        "risks": len(wanted),
        "left to a person": sum(len(line.clashes) for line in lines),
        "rows left out": sum(bool(line.problems) for line in lines),
    }
    happened(actor, "risk workbook taken in", held.record, after=after)
    return len(wanted)


def _applied(actor: Actor, risk: Risk, line: Line) -> None:
    """A row whose act is refused is told by its cell, and the whole file is left undone."""
    place = line.cells[0].place
    try:
        if told := line.parts.get(Part.SCORE):
            scoring.score(
                actor,
                risk=risk,
                likelihood=told[sheets.LIKELIHOOD],
                impact=told[sheets.IMPACT],
                reason=told[sheets.WHY],
            )
        if told := line.parts.get(Part.REVIEW):
            next_on = date.fromisoformat(told[sheets.NEXT])
            scoring.review(actor, risk=risk, words=told[sheets.FOUND], next_on=next_on)
    except Refused as refusal:
        raise Invalid([Fault(refusal.reason, place=place)]) from refusal
    except Invalid as problem:
        raise Invalid(
            [Fault(each.message, place=place, mend=each.mend) for each in problem.faults]
        ) from problem

"""Taking in the workbook of a budget: what was changed in it is done as on screen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from concordat.craft import tables
from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.documents import operations as documents
from concordat.domain.base.documents.models import Document
from concordat.domain.base.documents.operations import Upload
from concordat.domain.base.documents.operations.uploading import looked_at_first
from concordat.domain.base.records.operations import happened, operation
from concordat.domain.base.records.operations.unit import locked
from concordat.domain.governance.finance import queries
from concordat.domain.governance.finance.models import Budget, Contribution, Cost
from concordat.domain.governance.finance.operations.costs import (
    add_cost,
    change_cost,
    state_total,
)
from concordat.domain.governance.finance.operations.income import (
    add_contribution,
    describe_contribution,
    pledge,
)
from concordat.domain.governance.finance.operations.taking import taken_budget
from concordat.domain.governance.finance.rules import workbook as sheets
from concordat.domain.governance.finance.rules.workbook import Line, Part
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Fault, Invalid, Refused
from concordat.kernel.labels import day_in_words

Pence = Mapping[str, int | None]
_INCOME = {sheets.ASKED: "amount", sheets.IN_KIND: "in_kind_value"}
_COSTS = {sheets.BUDGET: "amount", sheets.SPENT: "spent", sheets.FORECAST: "forecast"}
_FIELDS = _INCOME | _COSTS
HEADS = ("Sheet", "Row", "Cell", "In the file", "Here", "What came of it")


@looked_at_first
@operation
def bring_back(actor: Actor, *, budget: Budget, file: Upload) -> int:
    """Do what a workbook changed, and keep the file with what came of it; how many rows.

    Judged anew against what stands now: a cell that somebody changed meanwhile is left as it is,
    a row with a problem is left out. A total that its rows do not come to is kept as stated.
    """
    record, held = taken_budget(actor, budget, "change")
    for pk in held.contributions.order_by("pk").values_list("pk", flat=True):
        locked(pk)
    lines = queries.judged(actor, held, file.data)
    wanted = [line for line in lines if line.parts]
    if not wanted:
        raise Invalid(
            "Nothing in the file can be taken over.",
            field="file",
            mend="Change a cell, or mend what was marked.",
        )
    for line in wanted:
        _applied(actor, held, line)
    came, result = _keep(actor, held, file, lines)
    happened(
        actor,
        "budget workbook taken in",
        record,
        after={
            "file": came.record.reference,
            "result": result.record.reference,
            "rows": len(wanted),
            "left to a person": sum(len(line.clashes) for line in lines),
            "rows left out": sum(bool(line.problems) for line in lines),
        },
    )
    return len(wanted)


def _applied(actor: Actor, budget: Budget, line: Line) -> None:
    """A row whose act is refused is told by its cell, and the whole file is left undone."""
    pence = {cell.title: cell.pence for cell in line.changes}
    try:
        _ACTS[line.part](actor, budget, line, pence)
    except Refused as refusal:
        raise Invalid([Fault(refusal.reason, place=_place(line))]) from refusal
    except Invalid as problem:
        raise Invalid(
            [
                Fault(each.message, place=_place(line, each.field), mend=each.mend)
                for each in problem.faults
            ]
        ) from problem


def _place(line: Line, field: str = "") -> str:
    """The cell that says the field, else the first that was changed, else the row by its name."""
    places = [cell.place for cell in line.changes if _FIELDS.get(cell.title) == field]
    return next(iter(places or [cell.place for cell in line.changes]), line.name)


def _income(actor: Actor, budget: Budget, line: Line, pence: Pence) -> None:
    facts = {_INCOME[title]: sum_ for title, sum_ in pence.items() if title in _INCOME}
    if line.is_new:
        name = line.texts[sheets.AGENCY]
        agency = Agency.objects.filter(partnership=budget.partnership, name=name).first()
        fund = line.texts[sheets.FUND]
        row = add_contribution(actor, budget=budget, agency=agency, fund=fund, facts=facts)
    else:
        row = Contribution.objects.select_related(
            "record", "agency", "partnership", "budget", "matter"
        ).get(budget=budget, key=line.key)
        if facts:
            row = describe_contribution(actor, contribution=row, facts=facts)
    if pence.get(sheets.PLEDGED) is not None:
        pledge(actor, contribution=row, amount=pence[sheets.PLEDGED] or 0)


def _costs(actor: Actor, budget: Budget, line: Line, pence: Pence) -> None:
    facts = {_COSTS[title]: sum_ for title, sum_ in pence.items()}
    if line.is_new:
        heading = line.texts.get(sheets.HEADING, "")
        level = line.texts.get(sheets.LEVEL, "").casefold()
        more = {"title": line.texts[sheets.WHAT], "heading": heading}
        more |= {"level": level} if level else {}
        add_cost(actor, budget=budget, facts=facts | more)
        return
    row = Cost.objects.select_related("budget", "partnership").get(budget=budget, key=line.key)
    change_cost(actor, cost=row, facts=facts)


def _totals(actor: Actor, budget: Budget, line: Line, pence: Pence) -> None:
    when = f"Workbook of {day_in_words(actor.on)}"
    amount = pence.get(sheets.STATED)
    state_total(actor, budget=budget, of=line.texts[sheets.OF], amount=amount, source=when)


_ACTS = {Part.INCOME: _income, Part.COSTS: _costs, Part.TOTALS: _totals}


def _keep(
    actor: Actor, budget: Budget, file: Upload, lines: Sequence[Line]
) -> tuple[Document, Document]:
    """The file as it came and what came of it, on the budget's record."""
    told = tables.write_csv([HEADS, *(row for line in lines for row in _result(line))])
    when = day_in_words(actor.on)
    kept = [
        documents.add(
            actor,
            partnership=budget.partnership,
            title=f"{title}, {budget.title}, {when}"[:300],
            file=each,
            about=budget.record,
        )
        for title, each in (
            ("Budget workbook as it came back", file),
            ("Budget workbook: what came of it", Upload("what-came-of-it.csv", told)),
        )
    ]
    return kept[0], kept[1]


def _result(line: Line) -> Iterator[tuple[str, ...]]:
    for cell in line.cells:
        came = "changed here meanwhile, left to a person" if cell.clash else "taken over"
        came = came if cell in line.changes or cell.clash else "left out"
        yield line.part, line.name, cell.place, cell.theirs, cell.here, came
    for problem in line.problems:
        yield line.part, line.name, problem.place, "", "", f"{problem.message} {problem.mend}"

"""The workbook of a budget, as it is given out and as it comes back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from concordat.craft import excel
from concordat.craft.excel import Grid
from concordat.craft.tables import Entry, Sheet, Value, headed
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.governance.finance.models import Budget, Contribution, Cost, Total
from concordat.domain.governance.finance.queries.budgets import costs, totals
from concordat.domain.governance.finance.queries.income import agencies_that_give, contributions
from concordat.domain.governance.finance.rules import Stage
from concordat.domain.governance.finance.rules import workbook as sheets
from concordat.domain.governance.finance.rules.workbook import Given, Here, Line, Part
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Fault, Invalid

ALL_INCOME, ALL_COSTS = "All income", "All costs"
Rows = tuple[Sequence[Contribution], Sequence[Cost], Sequence[Total]]


def _rows(actor: Actor, budget: Budget) -> Rows:
    given = contributions(actor, budget.partnership).filter(budget=budget)
    return list(given), list(costs(actor, budget)), list(totals(actor, budget))


def workbook(actor: Actor, budget: Budget, *, made: datetime) -> bytes:
    """Income, costs and totals of a budget, to be filled in and brought back. `made` is its
    stamp. Sums are pounds."""
    given, spent, stated = _rows(actor, budget)
    grids = [
        _grid(Part.INCOME, [_of_income(budget, each) for each in given]),
        _grid(Part.COSTS, [_of_cost(budget, each) for each in spent]),
        _grid(Part.TOTALS, [_of_total(each) for each in stated]),
    ]
    return excel.write(grids, title=budget.title, made=made)


def _grid(part: Part, rows: list[list[Value]]) -> Grid:
    return Grid(part.value, sheets.TITLES[part], rows, hidden=[sheets.GIVEN])


def _of_total(row: Total) -> list[Value]:
    pence = {sheets.STATED: row.amount}
    return [row.of, *map(_pounds, pence.values()), sheets.as_given(pence, Part.TOTALS)]


def _of_income(budget: Budget, row: Contribution) -> list[Value]:
    sums, pence = row.sums, _asked(row)
    known: list[Value] = [
        _pounds(sums.at(each)) for each in (Stage.AGREED, Stage.INVOICED, Stage.RECEIVED)
    ]
    who: list[Value] = [row.key, _giver(row), row.fund, budget.year]
    return [*who, *known, *map(_pounds, pence.values()), sheets.as_given(pence, Part.INCOME)]


def _giver(row: Contribution) -> str:
    return row.agency.name if row.agency else ""


def _of_cost(budget: Budget, row: Cost) -> list[Value]:
    pence = _spent(row)
    what: list[Value] = [row.key, row.title, row.heading, row.line.level.label, budget.year]
    return [*what, *map(_pounds, pence.values()), sheets.as_given(pence, Part.COSTS)]


def _asked(row: Contribution) -> dict[str, int | None]:
    return {
        sheets.ASKED: row.amount,
        sheets.PLEDGED: row.pledged,
        sheets.IN_KIND: row.in_kind_value,
    }


def _spent(row: Cost) -> dict[str, int | None]:
    return {sheets.BUDGET: row.amount, sheets.SPENT: row.spent, sheets.FORECAST: row.forecast}


def _pounds(pence: int | None) -> float | int | None:
    if pence is None:
        return None
    return pence // 100 if pence % 100 == 0 else pence / 100


def judged(actor: Actor, budget: Budget, data: bytes) -> tuple[Line, ...]:
    """A workbook that came back, row by row, against what stands here now.

    Raises `Invalid` for a file without any of the sheets, a missing column, merged cells, macros,
    a password, or too many rows.
    """
    can(actor, Verb.CHANGE, budget.record).require()
    names = list(agencies_that_give(actor, budget.partnership).values_list("name", flat=True))
    return sheets.judge(read(actor, data), _here(actor, budget), year=budget.year, agencies=names)


def _here(actor: Actor, budget: Budget) -> Mapping[tuple[Part, str], Here]:
    given, spent, stated = _rows(actor, budget)
    return {
        **{
            (Part.INCOME, each.key): Here(each.called, _asked(each), (_giver(each), each.fund))
            for each in given
        },
        **{
            (Part.COSTS, each.key): Here(each.title, _spent(each), (each.title, each.heading))
            for each in spent
        },
        **{(Part.TOTALS, each.of): Here(each.of, {sheets.STATED: each.amount}) for each in stated},
    }


def read(actor: Actor, data: bytes) -> list[Given]:
    """The rows of a workbook. Raises `Invalid` naming the cells that are in the way."""
    book = {each.name: each for each in excel.read(data)}
    found = [(part, book[part.value]) for part in Part if part.value in book]
    if not found:
        raise Invalid(
            "The workbook has no sheet called Income, Costs or Totals.",
            field="file",
            mend="Bring back the file that was downloaded here.",
        )
    merged = [_merged(sheet, area) for _, sheet in found for area in sheet.merged]
    if merged:
        raise Invalid(merged)
    rows = [each for part, sheet in found for each in _given(part, sheet)]
    if len(rows) > sheets.MOST_ROWS:
        raise Invalid(
            f"The workbook has {len(rows):,} rows; at most {sheets.MOST_ROWS} are taken.",
            field="file",
            mend="Take some out.",
        )
    return rows


def _merged(sheet: Sheet, area: str) -> Fault:
    return Fault(
        "These cells are merged.", place=f"{sheet.name}!{area}", mend="Split them, then try again."
    )


def _given(part: Part, sheet: Sheet) -> Iterator[Given]:
    for row in headed(sheet, needed=sheets.NEEDED[part]):
        titles = [each for each in sheets.TITLES[part] if each in row.columns]
        places = {title: row.place(title) for title in titles}
        texts = {title: sheets.cell_text(row[title]) for title in titles}
        yield Given(part, texts, places, _formulas(row, places))


def _formulas(row: Entry, places: Mapping[str, str]) -> frozenset[str]:
    return frozenset(
        title for title, at in places.items() if at.rpartition("!")[2] in row.sheet.formulas
    )

"""What is given, what it costs, and what adds up, worked out from plain rows of money."""

from __future__ import annotations

from decimal import Decimal

from concordat.domain.assurance.reports.rules.ground import Ground, Plain, sentence
from concordat.domain.governance.finance.rules import Level, Stage, costs, income, totals
from concordat.domain.governance.finance.rules.costs import Line
from concordat.domain.governance.finance.rules.income import STEPS, Sums
from concordat.domain.governance.finance.rules.totals import Stated
from concordat.kernel.money import in_pounds


def given(ground: Ground, row: Plain) -> str:
    """The sum at the stage that it has reached."""
    return _pounds(_sums(row).reached)


def how_far(ground: Ground, row: Plain) -> str:
    """How far it has come, and what was asked or agreed before where that is another sum."""
    return sentence(row.get("state"), _sums(row).before_that())


def cost(ground: Ground, row: Plain) -> str:
    """The sum that is stated, or that its days or its share of a post come to."""
    return _pounds(_line(row).budgeted)


def adds_up(ground: Ground, row: Plain) -> str:
    """How a stated total compares with the rows of the same budget, or of the same year."""
    gives, goes = (_beside(ground, kind, row) for kind in ("contributions", "costs"))
    sums, lines = [_sums(each) for each in gives], [_line(each) for each in goes]
    (compared,) = totals.compare(
        [Stated(str(row["of"]), row.get("amount"))],
        income=income.income(sums).expected,
        costs=costs.spending(lines).budgeted,
        given=[
            (name, one.expected or 0)
            for one, each in zip(sums, gives, strict=True)
            for name in {ground.linked(each, "agency"), str(each.get("fund") or "")} - {""}
        ],
        spent=[
            (name, one.budgeted or 0)
            for one, each in zip(lines, goes, strict=True)
            if one.counts
            for name in {one.heading, one.level.value, str(each.get("title") or "")} - {""}
        ],
    )
    return compared.in_words()


def _beside(ground: Ground, kind: str, total: Plain) -> list[Plain]:
    name = "budget" if total.get("budget") else "year"
    return [row for row in ground.of(kind) if (row.get(name) or "") == (total.get(name) or "")]


def _sums(row: Plain) -> Sums:
    steps = {each: row.get(each.value) for each in STEPS}
    stage = Stage(row.get("state") or Stage.NOT_STATED)
    return Sums(stage, row.get("amount"), steps, row.get("in_kind_value"))


def _line(row: Plain) -> Line:
    return Line(
        stated=row.get("amount"),
        full_cost=row.get("full_cost"),
        share=_decimal(row.get("share")),
        days=_decimal(row.get("days")),
        day_rate=row.get("day_rate"),
        level=Level(row.get("level") or Level.NOT_STATED),
        heading=str(row.get("heading") or ""),
        state=str(row.get("state") or ""),
    )


def _decimal(told: object) -> Decimal | None:
    return Decimal(str(told)) if told else None


def _pounds(pence: int | None) -> str:
    return "" if pence is None else in_pounds(pence)

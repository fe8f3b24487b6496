"""What is given, what it costs, and what adds up, worked out from plain rows of money."""

from __future__ import annotations

from decimal import Decimal

from concordat.domain.assurance.reports.rules.ground import Ground, Plain, sentence
from concordat.domain.governance.finance.rules import (
    Level,
    Method,
    Stage,
    costs,
    income,
    sharing,
    totals,
)
from concordat.domain.governance.finance.rules.costs import Line
from concordat.domain.governance.finance.rules.income import STEPS, Sums
from concordat.domain.governance.finance.rules.sharing import Formula, Partner
from concordat.domain.governance.finance.rules.totals import Stated
from concordat.kernel.money import in_pounds


def giver(ground: Ground, row: Plain) -> str:
    """Who gives, and from which of its sources; or what the income is."""
    return ", ".join(filter(None, (ground.linked(row, "agency"), str(row.get("fund") or ""))))


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


def pays(ground: Ground, row: Plain) -> str:
    """What an agency pays under its formula, to the penny, or why that cannot be worked out."""
    found = _formula(ground, row)
    shares = sorted(ground.where("shares", formula=row["formula"], **_home(row)),
                    key=lambda each: _in_order(ground, each))  # fmt: skip
    partners = tuple(_partner(ground, each) for each in shares)
    told = found.get("method")
    method = Method(told) if told else sharing.told_by(partners)
    total = found.get("sum")
    known = total is not None or bool(row.get("budget"))
    total = _needed(ground, row) if total is None else total
    equal = _decimal(found.get("equal_part"))
    shared = sharing.work_out(Formula(method, partners, equal_part=equal), total)
    if not shared.works:
        return " ".join(each.message for each in shared.faults)
    return _pounds(shared.pence[str(row["agency"])]) if known else ""


def formula(ground: Ground, row: Plain) -> str:
    """What it is called, and whether the partners work to it."""
    chosen = "the partners work to it" if _formula(ground, row).get("chosen") else ""
    return sentence(row["formula"], chosen)


def by(ground: Ground, row: Plain) -> str:
    """The percentage, the number or the flat sum of an agency under a formula."""
    percent = f"{row['percent']}%" if row.get("percent") else ""
    return sentence(percent, row.get("number"), _pounds(row.get("amount")))


def _formula(ground: Ground, row: Plain) -> Plain:
    found = ground.where("formulas", title=row["formula"], **_home(row))
    return found[0] if found else {}


def _home(row: Plain) -> dict[str, object]:
    return {"budget": row.get("budget")}


def _in_order(ground: Ground, row: Plain) -> tuple[bool, int, str]:
    order = row.get("order")
    return order is None, order or 0, ground.linked(row, "agency")


def _partner(ground: Ground, row: Plain) -> Partner:
    return Partner(
        str(row["agency"]),
        ground.linked(row, "agency"),
        percent=_decimal(row.get("percent")),
        number=_decimal(row.get("number")),
        flat=row.get("amount"),
    )


def _needed(ground: Ground, row: Plain) -> int:
    """What a budget needs from those who share it: its costs less other income."""
    spent = costs.spending(_line(each) for each in _beside(ground, "costs", row)).budgeted
    gives = _beside(ground, "contributions", row)
    other = income.income(_sums(each) for each in gives if not each.get("agency")).expected
    return max(0, spent - other)


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

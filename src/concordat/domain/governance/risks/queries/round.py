"""The workbook of a register, as it is given out and as it comes back."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from concordat.craft import excel, signing
from concordat.craft.excel import Grid
from concordat.craft.tables import Value
from concordat.domain.base.actions.queries.round import read
from concordat.domain.governance.risks.models import Register, Risk
from concordat.domain.governance.risks.queries.lists import Row, listed, shown
from concordat.domain.governance.risks.queries.who import part_on
from concordat.domain.governance.risks.rules import life
from concordat.domain.governance.risks.rules import round as sheets
from concordat.domain.governance.risks.rules.life import Which
from concordat.domain.governance.risks.rules.round import Here, Line
from concordat.kernel.actor import Actor
from concordat.kernel.sensitivity import Sensitivity

_WIDTHS = {sheets.RISK: 48.0, sheets.WHY: 40.0, sheets.FOUND: 36.0, "Controls": 26.0}


def workbook(actor: Actor, register: Register, *, made: datetime) -> bytes:
    """The open risks of a register, to be scored and reviewed in and brought back. What is held
    closely is not in it. `made` is the stamp in it."""
    life.may_keep(part_on(actor, register)).require()
    scheme = register.scheme
    rows = listed(actor, register).filter(record__sensitivity__lte=Sensitivity.PARTNERSHIP)
    lines = [_row(row, scheme.name) for row in shown(actor, rows[: sheets.MOST_ROWS])]
    grid = Grid(
        sheets.SHEET,
        sheets.TITLES,
        lines,
        choices={
            sheets.LIKELIHOOD: list(scheme.likelihoods),
            sheets.IMPACT: list(scheme.impacts),
        },
        widths=_WIDTHS,
        changeable=sheets.CHANGEABLE,
        hidden=[sheets.MARK],
    )
    return excel.write([grid], title=f"{register.title}, scored {scheme.name}", made=made)


def _row(row: Row, scheme: str) -> list[Value]:
    risk, texts = row.risk, texts_of(row.risk)
    locked: list[Value] = [
        risk.record.reference,
        risk.title,
        scheme,
        row.owner.name if row.owner else "Nobody",
        row.target.short if row.target else "",
        row.controls,
    ]
    free: list[Value] = [
        risk.review_day if title == sheets.NEXT else texts[title] or None
        for title in sheets.CHANGEABLE
    ]
    told = sheets.mark(_key(), risk.record.reference, risk.title, scheme, texts)
    return [*locked, *free, told]


def texts_of(risk: Risk) -> dict[str, str]:
    """The changeable cells of a row as they would be given out now."""
    likelihood, impact = risk.said(Which.CURRENT)
    return dict.fromkeys(sheets.CHANGEABLE, "") | {
        sheets.LIKELIHOOD: likelihood,
        sheets.IMPACT: impact,
        sheets.NEXT: risk.review_day.isoformat() if risk.review_day else "",
    }


def _key() -> bytes:
    return signing.derive(settings.LEDGER_SECRET, "risk workbook")


def judged(actor: Actor, register: Register, data: bytes) -> tuple[Line, ...]:
    """A workbook that came back, row by row, against what stands here now.

    Raises `Invalid` for a file that is none of ours: no such sheet, a column missing, cells
    merged, macros, a password, more rows than are given out.
    """
    life.may_keep(part_on(actor, register)).require()
    rows = read(data, sheets.SHEET, sheets.NEEDED)
    here: dict[str, Here] = {}
    for stage in ("", life.Stage.CLOSED):
        for risk in listed(actor, register, stage=stage).select_related("record"):
            if risk.record.level <= Sensitivity.PARTNERSHIP:
                here[risk.record.reference] = Here(risk.title, texts_of(risk), closed=risk.over)
    return sheets.judge(_key(), rows, here, register.scheme, actor.on)

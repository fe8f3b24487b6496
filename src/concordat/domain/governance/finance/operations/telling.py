"""Telling the published arrangements what they quote of money (decision 17)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.db.models import F, Q

from concordat.domain.base.records.models import Keyed, Record
from concordat.domain.base.records.operations import no_event, operation
from concordat.domain.governance.arrangements.models import QuotedRow
from concordat.domain.governance.arrangements.operations import quote_from_above
from concordat.domain.governance.arrangements.rules.text import FromAbove
from concordat.domain.governance.finance.models import ADDRESSED, KINDS, Contribution, Cost
from concordat.domain.governance.finance.rules import quoting
from concordat.kernel.actor import Actor, process
from concordat.kernel.money import in_pounds
from concordat.kernel.sensitivity import Sensitivity

BLOCK = "money"
_OPEN = Sensitivity.PARTNERSHIP
"""What is held more closely is quoted nowhere."""
_FIELDS = ("key", "title", "says", "stated_on")


@operation
def tell_arrangements(actor: Actor, *, partnership: Record) -> int:
    """Let the arrangements quote the rows as they stand now; how many differ.

    Within the act that changed a row. Whoever may change a row need not be somebody who may
    change the arrangements, which is why it is told in the name of a process.
    """
    rows = list(_rows(partnership))
    there = QuotedRow.objects.filter(partnership=partnership, block=BLOCK)
    before = [FromAbove(*each) for each in there.order_by("order").values_list(*_FIELDS)]
    if before == rows:
        no_event("the arrangements quote these rows already")
        return 0
    teller = process(actor.signature, actor.on)
    return quote_from_above(teller, partnership=partnership, block=BLOCK, rows=rows)


def _rows(partnership: Record) -> Iterator[FromAbove]:
    for kind in quoting.QUOTED:
        model, _ = KINDS[kind]
        rows = model._default_manager.filter(partnership=partnership)
        rows = rows.filter(Q(budget=None) | Q(budget__record__sensitivity__lte=_OPEN))
        if kind in ADDRESSED:
            rows = rows.filter(Q(record__sensitivity__lte=_OPEN))
        for row in rows.order_by(F("order").asc(nulls_last=True), "key"):
            yield replace(quoting.told(kind, row.key, _values(kind, row)), stated_on=row.stated_on)


def _values(kind: str, row: Keyed) -> dict[str, Any]:
    """The fields that are quoted, as texts; the agency by its name."""
    names = {*quoting.TITLES[kind], *quoting.WORDS[kind]}
    values = {name: getattr(row, name) for name in names}
    if "agency" in values:
        values["agency"] = values["agency"].name if values["agency"] else ""
    if isinstance(row, Contribution):
        before = row.sums.before_that()
        values["amount"] = row.sums.reached
        values["state"] = f"{row.state} ({before})" if before else row.state
    if isinstance(row, Cost):
        values["amount"] = row.line.budgeted
    if values.get("amount") is not None:
        values["amount"] = in_pounds(values["amount"])
    return values

"""Rows of arrangements under their keys, new or amended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from concordat.domain.base.records.models import Keyed, Record
from concordat.domain.base.records.operations import keep, operation
from concordat.domain.base.seats.models import Holder
from concordat.domain.governance.arrangements.models import ADDRESSED, KINDS, Passage
from concordat.domain.governance.arrangements.operations.wording import take_up_wordings
from concordat.domain.governance.arrangements.rules import DELEGATES, called
from concordat.kernel.actor import Actor
from concordat.kernel.dates import Period, UncertainDate
from concordat.kernel.errors import Invalid


@operation
def set_down(
    actor: Actor,
    *,
    partnership: Record,
    kind: str,
    key: str,
    values: Mapping[str, Any],
    seen_version: int | None = None,
) -> Keyed:
    """Set down or amend one row of this package under its key. The same row again is no change."""
    model, noun = KINDS[kind]
    record_kind, title = ADDRESSED.get(kind, (None, ""))
    if kind == "delegations":
        _check_delegation(values)
    row = keep(
        actor,
        model=model,
        partnership=partnership,
        key=key,
        values=values,
        noun=noun,
        kind=record_kind,
        title=_title(kind, values, title),
        seen_version=seen_version,
    )
    if isinstance(row, Passage):
        take_up_wordings(actor, partnership=partnership)
    return row


def _title(kind: str, values: Mapping[str, Any], field: str) -> str:
    if kind != "delegations":
        return str(values.get(field, ""))[:300] if field else ""
    if "agency" not in values:
        return ""
    to = next(name for name in DELEGATES if values.get(name))
    return called(values["agency"].name, str(getattr(values[to], DELEGATES[to])))


def _check_delegation(values: Mapping[str, Any]) -> None:
    """It names one delegate, and does not outlast the seat of a named person."""
    named = [values.get(part) for part in ("post", "seat", "person") if values.get(part)]
    if len(named) != 1:
        raise Invalid(
            "A delegation goes to one post, one seat or one named person.",
            field="post",
            mend="Name exactly one of them.",
        )
    person = values.get("person")
    if person is None:
        return
    sitting = [row.period for row in Holder.objects.filter(named=person)]
    if sitting and not any(_lies_within(values, period) for period in sitting):
        raise Invalid(
            f"The delegation to {person.name} is longer than any seat that {person.name} holds.",
            field="to",
            mend="End it with the seat, or delegate to the post.",
        )


def _lies_within(values: Mapping[str, Any], seat: Period) -> bool:
    end = UncertainDate.parse(values["to_text"]) if values.get("to_text") else None
    if seat.end is None:
        return True
    last = seat.end.latest
    return end is not None and last is not None and not end.certainly_after(last)

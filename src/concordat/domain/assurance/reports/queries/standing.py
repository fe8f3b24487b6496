"""Rows as they stood on an earlier day, by the days that they state themselves.

What was changed here is turned back as it is read (decision 24). A file changes nothing, it says
what was: that a milestone was planned again on a day, that a product was handed over on another.
On the days before it those rows are told without it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from concordat.domain.base.agencies.models import Partnership
from concordat.domain.governance.programme.models import Replan
from concordat.kernel.actor import Actor
from concordat.kernel.dates import UncertainDate
from concordat.kernel.errors import Invalid

Row = dict[str, Any]
Rows = dict[str, list[Row]]
_DAYS: dict[str, dict[str, tuple[str, ...]]] = {
    "milestones": {"done_on": ("done_on", "state")},
    "products": {
        "handed_on": ("handed_on", "handed_by", "state"),
        "accepted_on": ("accepted_on", "acceptor", "acceptance"),
    },
}
"""By kind: the day on which something was done, and the fields that say so from then on."""


def as_they_stood(actor: Actor, partnership: Partnership, on: date, rows: Rows) -> Rows:
    """The same rows as known on a day before today; today they stand as they are."""
    if on >= actor.on:
        return rows
    found = dict(rows)
    if found.get("risks"):
        found["risks"] = _raised(found["risks"], on)
    if found.get("milestones"):
        found["milestones"] = _planned(partnership, on, found["milestones"])
    for kind, fields in _DAYS.items():
        found[kind] = [_not_yet(row, fields, on) for row in found.get(kind, ())]
    return found


def _raised(rows: Sequence[Row], on: date) -> list[Row]:
    """Risks without those that were raised later."""
    return [row for row in rows if not _is_after(row.get("from"), on)]


def _planned(partnership: Partnership, on: date, rows: Sequence[Row]) -> list[Row]:
    """Milestones with the day that was planned then: what the first later plan found."""
    later = Replan.objects.filter(partnership=partnership.pk, stated_on__gt=on)
    told = later.order_by("-stated_on", "-pk").values_list("changes", "before")
    before = {changes: _iso(words) for changes, words in told}
    return [row | {"due": before.get(f"milestones:{row['key']}", row["due"])} for row in rows]


def _iso(words: str) -> str:
    try:
        return UncertainDate.parse(words).iso()
    except Invalid:
        return ""


def _not_yet(row: Row, fields: Mapping[str, tuple[str, ...]], on: date) -> Row:
    """A row without what was done to it later."""
    undone = [name for day, told in fields.items() if _is_after(row.get(day), on) for name in told]
    return row | dict.fromkeys(undone, "")


def _is_after(day: Any, on: date) -> bool:
    return bool(day) and UncertainDate.parse(str(day)).certainly_after(on)

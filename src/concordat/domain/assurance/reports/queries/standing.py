"""Rows as they stood on an earlier day, by what packages keep of the past beside them.

A risk has every score that it was given, and a milestone every plan that was made again. What
else was changed in a row is turned back as it is read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from concordat.domain.base.agencies.models import Partnership
from concordat.domain.governance.programme.models import Replan
from concordat.domain.governance.risks.models import Scored
from concordat.domain.governance.risks.rules.life import Which
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
        found["risks"] = _scored(partnership, on, found["risks"])
    if found.get("milestones"):
        found["milestones"] = _planned(partnership, on, found["milestones"])
    for kind, fields in _DAYS.items():
        found[kind] = [_not_yet(row, fields, on) for row in found.get(kind, ())]
    return found


def _scored(partnership: Partnership, on: date, rows: Sequence[Row]) -> list[Row]:
    """Risks with the score of that day, or the first there is, without those raised later."""
    given = Scored.objects.filter(risk__partnership=partnership.pk, which=Which.CURRENT)
    stood: dict[str, Row] = {}
    for key, day, likelihood, impact in given.order_by("on", "pk").values_list(
        "risk__key", "on", "likelihood", "impact"
    ):
        if day <= on or key not in stood:
            stood[key] = {"likelihood": likelihood, "impact": impact}
    return [row | stood.get(row["key"], {}) for row in rows if not _is_after(row.get("from"), on)]


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

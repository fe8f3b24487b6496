"""Rows turned back to what they said on a day, by what was kept before each change of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any, cast

from django.db.models import Field, ForeignKey

from concordat.domain.base.agencies.models import Partnership
from concordat.domain.base.records.models import Earlier, Keyed
from concordat.kernel.dates import UncertainDate

Row = dict[str, Any]
Changes = Mapping[str, list[Earlier]]


class Past:
    """What was changed in a partnership after a day, by model and key, the latest first."""

    def __init__(self, partnership: Partnership, on: date) -> None:
        self.partnership, self.on = partnership, on
        self._by_model: dict[str, dict[str, list[Earlier]]] = {}
        later = Earlier.objects.filter(partnership=partnership.pk, until__gt=on)
        for each in later.order_by("-until"):
            self._by_model.setdefault(each.of, {}).setdefault(each.key, []).append(each)
        self._pointed_to = cache(_key_and_home)

    def changed(self, model: type[Keyed]) -> Changes:
        return self._by_model.get(model._meta.label_lower, {})

    def turned_back(
        self, model: type[Keyed], rows: list[Row], *, names: Collection[str], ends: bool
    ) -> list[Row]:
        """The rows as they stood, with those that were taken out since, in their order.

        `names` are what a row tells. `ends` says that it is told no more once certainly over.
        """
        changed = self.changed(model)
        there = {row["key"]: row for row in rows}
        gone = {
            key: dict.fromkeys(names) | {"key": key}
            for key, changes in changed.items()
            if key not in there and any(each.gone for each in changes)
        }
        found = [
            row if key not in changed else self._as_it_stood(model, row, changed[key])
            for key, row in (there | gone).items()
        ]
        known = [row for row in found if row["key"] not in changed or self._stands(row, ends)]
        return sorted(known, key=lambda row: (row["order"] is None, row["order"] or 0, row["key"]))

    def _as_it_stood(self, model: type[Keyed], row: Row, changes: list[Earlier]) -> Row:
        said = [pair for each in changes for pair in self._said(model, each.values)]
        return row | {name: value for name, value in said if name in row}

    def _said(self, model: type[Keyed], values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        for name, value in values.items():
            spec = cast("Field[Any, Any]", model._meta.get_field(name))
            if isinstance(spec, ForeignKey):
                key, home = self._pointed_to(spec.related_model, value)
                yield from ((f"{name}__key", key), (f"{name}__partnership", home))
            else:
                yield name, spec.to_python(value)

    def _stands(self, row: Row, ends: bool) -> bool:
        """Whether it was known on the day and not certainly over."""
        stated, to = (row.get(name) or "" for name in ("stated_text", "to_text"))
        if stated and (UncertainDate.parse(stated).latest or self.on) > self.on:
            return False
        return not (ends and to and UncertainDate.parse(to).certainly_before(self.on))


def _key_and_home(model: type[Any], pk: Any) -> tuple[Any, Any]:
    """The key and the partnership of a row that is pointed to; nothing where there is none."""
    row = model._default_manager.filter(pk=pk).values_list("key", "partnership").first()
    return row or (None, None)

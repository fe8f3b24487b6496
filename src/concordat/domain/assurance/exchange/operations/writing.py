"""Rows of a partnership file put into the tables that keep them.

Rows that are new are gathered and set down all at once; rows that changed are amended one by
one. Rows of a kind whose package is not built are kept whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.models import ForeignKey, IntegerField

from concordat.domain.assurance.exchange.models import KeptRow
from concordat.domain.assurance.exchange.queries import Home, home_of
from concordat.domain.assurance.exchange.rules.fields import Kind, Row, Sort, Spec, kind_of
from concordat.domain.assurance.exchange.rules.shape import HEADER, Chapter
from concordat.domain.assurance.exchange.rules.write import plain_fields
from concordat.domain.base.agencies.models import Partnership
from concordat.domain.base.records.models import Keyed
from concordat.domain.base.records.operations import New, happened, keep, keep_new
from concordat.domain.base.seats.rules import rhythm
from concordat.domain.governance.arrangements.rules import DELEGATES, called
from concordat.domain.governance.finance.rules.income import called as called_money
from concordat.kernel.actor import Actor
from concordat.kernel.dates import UncertainDate
from concordat.kernel.errors import Fault


def named(told: str, slug: str) -> tuple[str, str]:
    """Slug and key that a reference means, seen from the partnership `slug`."""
    other, _, key = told.rpartition("/")
    return other or slug, key


def values_of(kind: Kind, home: Home, row: Row) -> dict[str, Any]:
    """Model fields of a row but for links to other rows, which the writer finds."""
    return {
        home.field(spec.attribute): _plain(spec, getattr(row, spec.attribute))
        for spec in kind.fields.values()
    }


def _plain(spec: Spec, value: Any) -> Any:
    if isinstance(value, UncertainDate):
        return value.iso()
    if isinstance(value, tuple):
        return [each.iso() if isinstance(each, UncertainDate) else each for each in value]
    if isinstance(value, rhythm.Rhythm):
        return rhythm.to_mapping(value)
    if value is None and spec.sort is Sort.DATE:
        return ""
    if spec.sort is Sort.NUMBER:
        return "" if value is None else f"{value:f}"
    return value


@cache
def links_of(model: type[Keyed]) -> frozenset[str]:
    """The fields of a model that point to other rows."""
    return frozenset(
        each.name
        for each in model._meta.get_fields()
        if isinstance(each, ForeignKey)
        and each.name not in ("partnership", "record")
        and not each.primary_key
    )


def misfits(chapter: Chapter) -> Iterator[Fault]:
    """What a file may say and no table can keep: a blank name, too long a text or number."""
    for row in chapter.every():
        kind = kind_of(row)
        home = Home(Partnership, "partnership") if kind.name == HEADER else home_of(kind.name)
        if home is None:
            continue
        for name, spec in kind.fields.items():
            if told := _misfit(home, spec, getattr(row, spec.attribute)):
                yield Fault(told, name, row.where(name), MENDS[spec.sort])


MENDS = defaultdict(
    lambda: "Write it shorter, and the rest in the note.",
    {Sort.WHOLE: "Check the number.", Sort.POUNDS: "Check the sum."},
)


def _misfit(home: Home, spec: Spec, value: Any) -> str:
    if spec.required and isinstance(value, str) and not value.strip():
        return f"The {spec.name} is blank."
    field = home.model._meta.get_field(home.field(spec.attribute))
    longest = getattr(field, "max_length", None)
    if longest and isinstance(value, str) and len(value) > longest:
        return f"This is {len(value)} characters long; there is room for {longest}."
    if isinstance(field, IntegerField) and isinstance(value, int):
        lowest, highest = BaseDatabaseOperations.integer_field_ranges[field.get_internal_type()]
        if not lowest <= value <= highest:
            return f"{value} is out of range."
    return ""


class Writer:
    """Writes rows, finding those that they point to by key. What is pointed to comes first."""

    def __init__(self, actor: Actor, homes: Mapping[str, Partnership]) -> None:
        self.actor, self.homes = actor, dict(homes)
        self.new: list[New] = []
        self.known: dict[tuple[type[Keyed], str], dict[str, Keyed | New]] = {}

    def add(self, kind: Kind, partnership: Partnership, row: Row) -> None:
        """Set a new row down, together with all others when it is finished."""
        home = home_of(kind.name)
        if home is None:
            values = _kept(kind, row)
            noun = f"row of {kind.name}"
            self.new.append(New(KeptRow, partnership.record, row.key, values, noun))
            return
        values = self._values(kind, home, partnership, row)
        record_kind, title = home.addressed or (None, "")
        new = New(
            home.model,
            partnership.record,
            row.key,
            values,
            home.noun,
            kind=record_kind,
            title=_title(kind.name, values, title),
        )
        self.new.append(new)
        self._rows(home.model, partnership.key)[row.key] = new

    def amend(self, kind: Kind, partnership: Partnership, row: Row) -> None:
        """Change a row that is kept. Rows that it points to may be new."""
        self.finish()
        home = home_of(kind.name)
        if home is None:
            self._amend_kept(kind, partnership, row)
            return
        values = self._values(kind, home, partnership, row)
        record_kind, title = home.addressed or (None, "")
        kept = keep(
            self.actor,
            model=home.model,
            partnership=partnership.record,
            key=row.key,
            values=values,
            noun=home.noun,
            kind=record_kind,
            title=_title(kind.name, values, title),
        )
        self._rows(home.model, partnership.key)[row.key] = kept

    def finish(self) -> None:
        """Set down what was gathered."""
        if not self.new:
            return
        keep_new(self.actor, rows=self.new)
        for rows in self.known.values():
            for key, row in rows.items():
                if isinstance(row, New) and row.row:
                    rows[key] = row.row
        self.new = []

    def _amend_kept(self, kind: Kind, partnership: Partnership, row: Row) -> None:
        mine = KeptRow.objects.get(partnership=partnership.pk, kind=kind.name, key=row.key)
        before = mine.values
        for name, value in _kept(kind, row).items():
            setattr(mine, name, value)
        mine.save()
        happened(
            self.actor,
            f"row of {kind.name} amended",
            partnership.record,
            before={"key": row.key, "values": before},
            after={"key": row.key, "values": mine.values},
        )

    def _values(self, kind: Kind, home: Home, partnership: Partnership, row: Row) -> dict[str, Any]:
        values = values_of(kind, home, row)
        values.pop("key")
        for name in values.keys() & links_of(home.model):
            told = values[name]
            values[name] = self._linked(home.model, name, told, partnership) if told else None
        return values

    def _linked(
        self, model: type[Keyed], name: str, told: str, partnership: Partnership
    ) -> Keyed | New:
        target: Any = model._meta.get_field(name).related_model
        slug, key = named(told, partnership.key)
        return self._rows(target, slug)[key]

    def _rows(self, model: type[Keyed], slug: str) -> dict[str, Keyed | New]:
        """Rows of a partnership by key: those that are kept and those that are being set down."""
        if (model, slug) not in self.known:
            kept = model._default_manager.filter(partnership__partnership_row__key=slug)
            self.known[model, slug] = {row.key: row for row in kept}
        return self.known[model, slug]


def _kept(kind: Kind, row: Row) -> dict[str, Any]:
    return {
        "kind": kind.name,
        "values": plain_fields(row),
        "order": row.order,
        "source": row.source,
        "stated_text": row.stated_on.iso() if row.stated_on else "",
    }


def _title(kind: str, values: Mapping[str, Any], field: str) -> str:
    if kind == "seats":
        return f"{values['role']}, {_said(values['body'], 'name')}"[:300]
    if kind == "delegations":
        to = next(name for name in DELEGATES if values[name])
        return called(_said(values["agency"], "name"), _said(values[to], DELEGATES[to]))
    if kind == "contributions":
        agency = values["agency"]
        return called_money(_said(agency, "name") if agency else "", values["fund"], values["year"])
    if kind == "meetings" and not values[field]:
        return _of_body(values)
    return str(values[field])[:300] if field else ""


def _of_body(values: Mapping[str, Any]) -> str:
    """A meeting without a title goes by its body and its day."""
    body, date = values["body"], values["date"]
    name = _said(body, "name") if body else "Meeting"
    return f"{name}, {UncertainDate.parse(date)}"[:300] if date else name


def _said(row: Keyed | New, field: str) -> str:
    """What a row says in a field, whether it is kept or still to be set down."""
    return str(row.values[field] if isinstance(row, New) else getattr(row, field))

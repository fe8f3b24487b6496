"""The rows of one partnership as known on a day, plain, whichever package keeps them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any, cast

from django.apps import apps
from django.db.models import F, ForeignKey, Q, QuerySet

from concordat.domain.assurance.reports.queries.earlier import Past
from concordat.domain.assurance.reports.queries.standing import as_they_stood
from concordat.domain.assurance.reports.rules import MONEY, Ground, title_of
from concordat.domain.base.agencies.models import Partnership
from concordat.domain.base.records.models import Dated, KeptRow, Keyed, known_by, not_over
from concordat.domain.base.records.queries import first_of, visible
from concordat.kernel.actor import Actor
from concordat.kernel.money import parse_pounds
from concordat.kernel.sensitivity import Sensitivity

INVENTED = "Invented"
_TOLD_ELSEWHERE = frozenset({"narratives", "passages", "public_notes", "front_doors"})
_RENAMED = {
    "agency_class": "class",
    "from_text": "from",
    "named": "person",
    "partner_class": "class",
    "seat_class": "class",
    "stated_text": "stated_on",
    "to_text": "to",
}
_LEFT_OUT = frozenset({"partnership", "record"})
_NOT_TOLD = frozenset({"asked_for", "over", "stage", "stage_reason"})
_TOLD_ONCE_OVER = frozenset({"phases", "priorities", "programmes", "workstreams"})
"""Kinds whose rows are told after their end too: what was planned, and what changed in it."""
_OPEN_TO_ALL = Sensitivity.PARTNERSHIP
BENEATH: Mapping[str, tuple[str, ...]] = {
    "appointments": (),
    "attendance": ("body", "seat"),
    "consultations": ("paper__item",),
    "costs": ("budget",),
    "cycle_findings": ("cycle",),
    "cycle_members": ("cycle",),
    "cycle_works": ("cycle",),
    "decisions": ("body",),
    "equivalences": ("body",),
    "formulas": ("budget",),
    "gates": ("priority",),
    "holders": ("seat",),
    "lessons": ("programme",),
    "links": ("board",),
    "papers": ("item",),
    "people": (),
    "phases": ("programme",),
    "posts": (),
    "presentations": ("paper__item", "line__item", "body"),
    "relevant_agencies": ("arrangements",),
    "report_issues": ("paper__item",),
    "review_demand": ("budget",),
    "shares": ("budget",),
    "statements": ("arrangements",),
    "states": ("body",),
    "terms": ("body",),
    "totals": ("budget",),
    "values": ("measure",),
    "workstreams": ("programme", "priority"),
}
"""Kinds whose rows have no address of their own, with the paths to what they hang beneath: they
are told only where that is. A test lists every such kind, so that none is forgotten."""
NAMING = {"findings": "subject", "questions": "subject", "replans": "changes"}
"""Kinds whose rows say something of another row, named as kind:key: told only where that is."""
_HOME = ("key", "name", "short", "kind", "about", "follows", "successor", "source")


def ground_of(actor: Actor, partnership: Partnership, on: date) -> Ground:
    """Everything that a report may tell of a partnership that day, as known by then.

    Rows that the actor may not open are left out, and so are rows that are certainly over, but
    for those of a plan. What is held more closely than its partnership is left out for everybody,
    since a report goes to whoever sits there. What was invented for a world of examples is left
    out of a partnership that is not.
    """
    reading = _Reading(actor, partnership, on)
    rows = {kind: reading.rows(kind, model) for kind, model in _homes().items()}
    for kind, plain in reading.kept():
        rows.setdefault(kind, []).append(plain)
    for kind, name in NAMING.items():
        closed = reading.closed(rows, {str(row.get(name) or "") for row in rows.get(kind, ())})
        rows[kind] = [row for row in rows.get(kind, ()) if row.get(name) not in closed]
    rows = as_they_stood(actor, partnership, on, rows)
    home = {name: getattr(partnership, name) for name in _HOME}
    return Ground(home=home, on=on, rows=rows, names=reading.names())


@cache
def _homes() -> Mapping[str, type[Keyed]]:
    """The model of each kind that a package beneath this one keeps, by the package's own list."""
    return {
        kind: model
        for config in apps.get_app_configs()
        for kind, (model, _) in getattr(config.models_module, "KINDS", {}).items()
        if kind not in _TOLD_ELSEWHERE
    }


@cache
def _kinds_of() -> Mapping[type[Keyed], str]:
    return {model: kind for kind, model in _homes().items()}


class _Reading:
    def __init__(self, actor: Actor, partnership: Partnership, on: date) -> None:
        self.actor, self.partnership, self.on = actor, partnership, on
        self.slugs: dict[Any, str] = dict(Partnership.objects.values_list("pk", "key"))
        self.foreign: dict[str, set[str]] = {}
        self.past = Past(partnership, on)

    def known(self, model: type[Keyed], kind: str = "") -> QuerySet[Any]:
        """What was known and not over; also what was changed since, to be judged as it stood."""
        wanted = known_by(self.on)
        if _ends(model, kind):
            wanted &= not_over(self.on)
        wanted |= Q(key__in=self.past.changed(model))
        found: QuerySet[Any] = model._default_manager.filter(
            wanted, partnership=self.partnership.pk
        )
        if self.partnership.source != INVENTED:
            found = found.exclude(source=INVENTED)
        return found.order_by(F("order").asc(nulls_last=True), "key")

    def rows(self, kind: str, model: type[Keyed]) -> list[dict[str, Any]]:
        past = self.past.changed(model)
        if not past and not first_of(model).rows(partnership=self.partnership.pk):
            return []
        links = _links(model)
        extra = [f"{name}__{more}" for name in links for more in ("key", "partnership")]
        found = self.known(model, kind)
        if _guard(model) == "record":
            found = self._open_to_all(found, "record")
        else:
            found = visible(self.actor, found, record="partnership")
        for above in BENEATH.get(kind, ()):
            found = found.filter(self._open_above(model, above))
        names = (*_fields(model), *extra)
        rows = list(found.values(*names))
        if past:
            ends = _ends(model, kind)
            rows = self.past.turned_back(model, rows, names=names, ends=ends)
            rows = self._beneath_open(kind, model, rows)
        return [_plain(self._linked(row, links)) for row in rows]

    def _open_above(self, model: type[Keyed], above: str) -> Q:
        """Rows beneath nothing, or beneath what everybody here may open."""
        rows: QuerySet[Any] = model._default_manager.filter(partnership=self.partnership.pk)
        opened = self._open_to_all(rows, f"{above}__record")
        return Q(**{f"{above}__isnull": True}) | Q(pk__in=opened.order_by().values("pk"))

    def _open_to_all(self, rows: QuerySet[Any], record: str) -> QuerySet[Any]:
        """Those that the actor may open, and whoever else sits in the partnership too."""
        seen = visible(self.actor, rows, record=record)
        return seen.filter(**{f"{record}__sensitivity__lte": _OPEN_TO_ALL})

    def _beneath_open(
        self, kind: str, model: type[Keyed], rows: list[dict[str, Any]]
    ) -> list[dict[str, Any]]:
        """Without rows that were taken out since and hung beneath what is held closely."""
        for above in BENEATH.get(kind, ()):
            place = f"{above}__key"
            if not rows or place not in rows[0]:
                continue
            parent = cast(type[Keyed], model._meta.get_field(above).related_model)
            every: QuerySet[Any] = parent._default_manager.all()
            opened = self._open_to_all(every, "record")
            allowed = set(opened.order_by().values_list("key", "partnership"))
            rows = [
                row for row in rows
                if not row[place] or (row[place], row[f"{above}__partnership"]) in allowed
            ]  # fmt: skip
        return rows

    def closed(self, rows: Mapping[str, list[dict[str, Any]]], named: Iterable[str]) -> set[str]:
        """Which of these rows, named as kind:key, are there and not open to everybody here."""
        shown = {f"{kind}:{row['key']}" for kind, told in rows.items() for row in told}
        keys: dict[str, set[str]] = defaultdict(set)
        for kind, _, key in (each.partition(":") for each in named if each not in shown):
            if kind in _homes() and _guard(_homes()[kind]) == "record":
                keys[kind].add(key)
        found: set[str] = set()
        for kind, wanted in keys.items():
            there: QuerySet[Any] = _homes()[kind]._default_manager.filter(
                partnership=self.partnership.pk, key__in=wanted
            )
            opened = self._open_to_all(there, "record")
            shut = there.exclude(pk__in=opened.order_by().values("pk"))
            found |= {f"{kind}:{key}" for key in shut.values_list("key", flat=True)}
        return found

    def _linked(self, row: dict[str, Any], links: Mapping[str, str]) -> dict[str, Any]:
        """Keys in the place of rows that are pointed to; of another partnership with its slug."""
        for name, kind in links.items():
            key, home = row.pop(f"{name}__key"), row.pop(f"{name}__partnership")
            if key and home != self.partnership.pk:
                key = f"{self.slugs.get(home, '')}/{key}"
                self.foreign.setdefault(kind, set()).add(key)
            row[name] = key
        return row

    def kept(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Rows of kinds whose package is not built: from the day it is, its own list has them."""
        rows = visible(self.actor, self.known(KeptRow), record="partnership")
        for kind, key, values in rows.values_list("kind", "key", "values"):
            told = {name: _of_file(name, value) for name, value in values.items()}
            yield kind, told | {"key": key}

    def names(self) -> dict[str, str]:
        """What rows of other partnerships are called that are pointed to here."""
        named: dict[str, str] = {}
        for kind, told in self.foreign.items():
            model = _homes()[kind]
            keys = [each.partition("/")[2] for each in told]
            rows = visible(
                self.actor, model._default_manager.filter(key__in=keys), record=_guard(model)
            )
            for row in rows.values(*_fields(model), "partnership"):
                named[f"{kind}:{self.slugs[row['partnership']]}/{row['key']}"] = title_of(kind, row)
        return named


def _ends(model: type[Keyed], kind: str) -> bool:
    """Whether a row is told no more once it is certainly over."""
    return issubclass(model, Dated) and kind not in _TOLD_ONCE_OVER


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {_RENAMED.get(name, name): value for name, value in row.items()}


def _guard(model: type[Keyed]) -> str:
    """The record that says who may open a row: its own, else that of its partnership."""
    return "record" if any(f.name == "record" for f in model._meta.fields) else "partnership"


@cache
def _fields(model: type[Keyed]) -> tuple[str, ...]:
    """What a row says of itself, but for what it points to and what follows from the rest."""
    return tuple(
        each.name
        for each in model._meta.concrete_fields
        if each.editable and not (each.is_relation or each.primary_key or each.name in _NOT_TOLD)
    )


def _of_file(name: str, value: Any) -> Any:
    """A field as tables keep it: money in pence."""
    return int(parse_pounds(str(value))) if name in MONEY and value not in (None, "") else value


@cache
def _links(model: type[Keyed]) -> Mapping[str, str]:
    """The fields of a model that point to rows of a partnership file, with their kind."""
    kinds = _kinds_of()
    links = [
        (each.name, kinds.get(cast(type[Keyed], each.related_model), ""))
        for each in model._meta.concrete_fields
        if isinstance(each, ForeignKey) and each.name not in _LEFT_OUT
    ]
    return {name: kind for name, kind in links if kind}

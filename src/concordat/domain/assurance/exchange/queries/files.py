"""What a partnership says of itself, as the file that would load it again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import ForeignKey, QuerySet

from concordat.domain.assurance.exchange import rules
from concordat.domain.assurance.exchange.models import KeptRow
from concordat.domain.assurance.exchange.queries.homes import HOMES, Home, home_of
from concordat.domain.assurance.exchange.rules.fields import KINDS, Kind, Row, Sort, Spec
from concordat.domain.assurance.exchange.rules.kept import read_plain
from concordat.domain.assurance.exchange.rules.shape import (
    HEADER,
    Chapter,
    PartnershipFile,
    in_order,
)
from concordat.domain.base.agencies.models import Partnership
from concordat.domain.base.agencies.queries import partnerships
from concordat.domain.base.records.models import Keyed
from concordat.domain.base.records.queries import Prepared, first_of
from concordat.domain.base.seats.rules import rhythm
from concordat.kernel.actor import Actor
from concordat.kernel.dates import UncertainDate
from concordat.kernel.sensitivity import Sensitivity


def file_of(actor: Actor, slugs: Iterable[str] | None = None) -> PartnershipFile:
    """The file of the partnerships named, or of all that the actor sits in, in order of slug."""
    rows = partnerships(actor).order_by("key")
    found = rows if slugs is None else rows.filter(key__in=list(slugs))
    slugs_by_id = dict(Partnership.objects.values_list("pk", "key"))
    return PartnershipFile(tuple(_chapter(each, slugs_by_id) for each in found))


def file_to_take_out(actor: Actor, slugs: Iterable[str]) -> rules.Opened:
    """The file as it may leave the house, whoever takes it out: without what is held more closely
    than its partnership."""
    return rules.opened(file_of(actor, slugs), _closed())


def _closed() -> set[tuple[str, str, str]]:
    """Slug, kind and key of every row that is held more closely than its partnership."""
    slugs_by_id: dict[Any, str] = dict(Partnership.objects.values_list("pk", "key"))
    found = set()
    closer = {"record__sensitivity__gt": Sensitivity.PARTNERSHIP}
    for kind, home in HOMES.items():
        if any(each.name == "record" for each in home.model._meta.fields):
            rows: QuerySet[Any] = home.model._default_manager.filter(**closer)
            told = rows.order_by().values_list("partnership", "key")
            found |= {(slugs_by_id[at], kind, key) for at, key in told}
    return found


def known_keys(leaving_out: Iterable[str]) -> Mapping[str, Mapping[str, set[str]]]:
    """Keys that are kept already, by slug and kind, but for some partnerships.

    A partnership's keys are read when they are first asked for: a file points to few others.
    """
    homes = Partnership.objects.exclude(key__in=list(leaving_out)).values_list("key", "pk")
    return _Known(dict(homes))


class _Known(Mapping[str, Mapping[str, set[str]]]):
    def __init__(self, homes: Mapping[str, UUID]) -> None:
        self.homes = homes
        self.read: dict[str, dict[str, set[str]]] = {}

    def __iter__(self) -> Iterator[str]:
        return iter(self.homes)

    def __len__(self) -> int:
        return len(self.homes)

    def __getitem__(self, slug: str) -> dict[str, set[str]]:
        if slug not in self.read:
            self.read[slug] = _keys_of(self.homes[slug])
        return self.read[slug]


def _keys_of(partnership: UUID) -> dict[str, set[str]]:
    found = {
        kind: {key for (key,) in _keys(home.model).rows(partnership=partnership)}
        for kind, home in HOMES.items()
    }
    for kind, key in KeptRow.objects.filter(partnership=partnership).values_list("kind", "key"):
        found.setdefault(kind, set()).add(key)
    return found


@cache
def _keys(model: type[Keyed]) -> Prepared:
    return Prepared(
        lambda partnership: model._default_manager.filter(partnership=partnership).values_list(
            "key"
        )
    )


def whole(old: PartnershipFile, new: PartnershipFile) -> PartnershipFile:
    """What would be kept after loading `new`: its rows, and the old ones that it leaves out."""
    return PartnershipFile(
        tuple(_merged(old.chapter(each.slug), each) for each in new.chapters), new.found
    )


def _merged(old: Chapter | None, new: Chapter) -> Chapter:
    if old is None:
        return new
    rows: dict[str, tuple[Row, ...]] = {}
    for kind in rules.row_kinds():
        given = new.rows.get(kind, ())
        keys = {row.key for row in given}
        kept = [row for row in old.rows.get(kind, ()) if row.key not in keys]
        if merged := [*given, *kept]:
            rows[kind] = tuple(merged)
    return Chapter(new.partnership, rows)


def _chapter(partnership: Partnership, slugs: dict[UUID, str]) -> Chapter:
    header = _row(KINDS[HEADER], Home(Partnership, "partnership"), partnership, slugs)
    rows: dict[str, tuple[Row, ...]] = {}
    for name, kind in rules.row_kinds().items():
        found = _rows(kind, partnership, slugs)
        if found:
            rows[name] = in_order(found)
    return Chapter(header, rows)  # type: ignore[arg-type]


def _rows(kind: Kind, partnership: Partnership, slugs: dict[UUID, str]) -> list[Row]:
    home = home_of(kind.name)
    if home is None:
        kept = KeptRow.objects.filter(partnership=partnership.pk, kind=kind.name)
        return [read_plain(kind, row.values) for row in kept]
    if not first_of(home.model).rows(partnership=partnership.pk):
        return []
    links = [f.name for f in home.model._meta.get_fields() if isinstance(f, ForeignKey)]
    links = [name for name in links if name not in ("partnership", "record")]
    found = home.model._default_manager.filter(partnership=partnership.pk).select_related(*links)
    return [_row(kind, home, each, slugs) for each in found]


def _row(kind: Kind, home: Home, kept: Keyed, slugs: dict[UUID, str]) -> Row:
    values = {}
    for spec in kind.fields.values():
        value = getattr(kept, home.field(spec.attribute))
        values[spec.attribute] = _value(spec, value, kept.partnership_id, slugs)
    return kind.row(**values)


def _value(spec: Spec, value: Any, home: UUID, slugs: dict[UUID, str]) -> Any:
    if isinstance(value, Keyed):
        return (
            value.key
            if value.partnership_id == home
            else f"{slugs[value.partnership_id]}/{value.key}"
        )
    if spec.sort is Sort.RHYTHM:
        return rhythm.from_mapping(value) if value else None
    if spec.sort is Sort.DATES:
        return tuple(UncertainDate.parse(each) for each in value)
    if isinstance(value, list):
        return tuple(value)
    if spec.sort is Sort.DATE:
        return UncertainDate.parse(value) if value else None
    if spec.sort is Sort.NUMBER:
        return Decimal(value) if value else None
    return spec.default if value is None else value

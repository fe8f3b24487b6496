"""Finding a record by words. The two databases each have their own full-text index."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db import connection
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import RawSQL

from concordat.domain.base.records.models import Record, SearchEntry
from concordat.domain.base.records.queries.access import visible
from concordat.domain.base.records.rules import RecordKind, is_reference, search_terms
from concordat.kernel.actor import Actor

_SQL = {
    "sqlite": "SELECT rowid FROM records_words WHERE records_words MATCH %s",
    "postgresql": ("SELECT id FROM records_searchentry WHERE vector @@ to_tsquery('english', %s)"),
}


# Both count a word for less in a long text than in a short one.
_RANK = {
    "sqlite": (
        "SELECT -bm25(records_words) FROM records_words JOIN records_searchentry s "
        "ON s.id = records_words.rowid "
        "WHERE records_words MATCH %s AND s.record_id = records_record.id"
    ),
    "postgresql": (
        "SELECT ts_rank(vector, to_tsquery('english', %s), 1) FROM records_searchentry s "
        "WHERE s.record_id = records_record.id"
    ),
}


def search(actor: Actor, typed: str, *, ranked: bool = False) -> QuerySet[Record]:
    """Records that hold every word typed, or bear that reference, newest first.

    `ranked` puts those first that fit best, which costs far more among many.
    """
    terms = search_terms(typed)
    if not terms:
        return Record.objects.none()
    typed = typed.strip()
    rows = RawSQL(_SQL[connection.vendor], [_match(terms)])  # noqa: S611 - the terms are bound
    found = SearchEntry.objects.filter(pk__in=rows)
    hit = Q(pk__in=found.values("record"))
    if is_reference(typed):
        hit |= Q(reference__iexact=typed)
    records = Record.objects.filter(hit).select_related("partnership")
    found_here = visible(actor, records)
    if not ranked:
        return found_here.order_by("-opened", "reference")
    fits = RawSQL(_RANK[connection.vendor], [_match(terms)])  # noqa: S611 - the terms are bound
    return found_here.annotate(fits=fits).order_by(
        F("fits").desc(nulls_last=True), "-opened", "reference"
    )


def sharing(actor: Actor, beginnings: Collection[str], kind: RecordKind) -> QuerySet[Record]:
    """Records of a kind with any word that begins so, newest first."""
    if not beginnings:
        return Record.objects.none()
    rows = RawSQL(_SQL[connection.vendor], [_match(beginnings, _ANY)])  # noqa: S611 - bound
    found = SearchEntry.objects.filter(pk__in=rows, record__kind=kind)
    records = Record.objects.filter(pk__in=found.values("record"))
    return visible(actor, records).order_by("-opened", "reference")


_ALL = {"sqlite": " AND ", "postgresql": " & "}
_ANY = {"sqlite": " OR ", "postgresql": " | "}
_BEGINS = {"sqlite": '"{}"*', "postgresql": "{}:*"}


def _match(terms: Collection[str], joined: Mapping[str, str] = _ALL) -> str:
    vendor = connection.vendor
    return joined[vendor].join(_BEGINS[vendor].format(term) for term in terms)

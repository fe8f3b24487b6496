"""Finding a record by words. The two databases each have their own full-text index."""

from __future__ import annotations

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from concordat.domain.base.records.models import Record, SearchEntry
from concordat.domain.base.records.queries.access import visible
from concordat.domain.base.records.rules import is_reference, search_terms
from concordat.kernel.actor import Actor

_SQL = {
    "sqlite": "SELECT rowid FROM records_words WHERE records_words MATCH %s",
    "postgresql": ("SELECT id FROM records_searchentry WHERE vector @@ to_tsquery('english', %s)"),
}


def search(actor: Actor, typed: str) -> QuerySet[Record]:
    """Records that hold every word typed, or bear that reference, newest first."""
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
    return visible(actor, records).order_by("-opened", "reference")


def _match(terms: tuple[str, ...]) -> str:
    if connection.vendor == "sqlite":
        return " AND ".join(f'"{term}"*' for term in terms)
    return " & ".join(f"{term}:*" for term in terms)

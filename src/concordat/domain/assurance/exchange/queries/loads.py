"""When a partnership's file was loaded, and what it held."""

from __future__ import annotations

from django.db.models import QuerySet

from concordat.domain.assurance.exchange.models import LoadedFile
from concordat.domain.base.agencies.models import Partnership
from concordat.domain.base.records.queries import visible
from concordat.kernel.actor import Actor


def loads(actor: Actor, partnership: Partnership) -> QuerySet[LoadedFile]:
    """Every load of a partnership's file, the latest first."""
    rows = LoadedFile.objects.filter(partnership=partnership.pk).select_related("document__record")
    return visible(actor, rows, record="partnership").order_by("-at")

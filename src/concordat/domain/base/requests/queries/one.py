"""One request, its answers, all that was told of it, and each use."""

from __future__ import annotations

from django.db.models import QuerySet

from concordat.domain.base.records.queries import fetch
from concordat.domain.base.records.rules import is_reference
from concordat.domain.base.requests.models import Answer, Request, Told, Use
from concordat.domain.base.requests.queries.lists import requests
from concordat.kernel.actor import Actor

_WHOLE = ("record__partnership", "record__owner", "partnership", "about", "requester__body",
          "agency__record", "seat__record", "seat__agency", "senior__record", "link",
          "area", "agreement")  # fmt: skip


def request(actor: Actor, reference: str) -> Request:
    """Raises DoesNotExist or `Restricted` as for any record."""
    if not is_reference(reference):
        raise Request.DoesNotExist
    rows = Request.objects.select_related(*_WHOLE)
    return fetch(actor, rows, record__reference=reference)


def answers(actor: Actor, row: Request) -> QuerySet[Answer]:
    open_ = requests(actor).filter(pk=row.pk)
    return Answer.objects.filter(request__in=open_.values("pk")).order_by("pk")


def told(actor: Actor, row: Request) -> QuerySet[Told]:
    open_ = requests(actor).filter(pk=row.pk)
    return Told.objects.filter(request__in=open_.values("pk")).order_by("-on", "-pk")


def uses(actor: Actor, row: Request) -> QuerySet[Use]:
    open_ = requests(actor).filter(pk=row.pk)
    return Use.objects.filter(request__in=open_.values("pk")).order_by("pk")

"""What is owed: My work, the digest, the feed and the API read nothing else."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from concordat.domain.base.asks.models import Ask
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.queries import visible
from concordat.kernel.actor import Actor
from concordat.kernel.sensitivity import Sensitivity

__all__ = ["Ask", "asks_of", "my_asks", "open_asks"]


def my_asks(actor: Actor) -> QuerySet[Ask]:
    """Open asks of the seats that this actor holds or deputises in, soonest due first.

    Somebody may be asked who may open a record without seeing it: such a row is listed with
    `openable` false, and a page shows its reference only.
    """
    opens = visible(actor, Record.objects.all()).filter(pk=OuterRef("record"))
    known = Q(record__listed=True, record__sensitivity__lt=Sensitivity.SEALED)
    mine = Ask.objects.filter(
        cleared_on__isnull=True, seat__in=[held.seat for held in actor.seats]
    ).annotate(openable=Exists(opens))
    return (
        mine.filter(Q(openable=True) | known)
        .select_related("record__partnership", "seat__body")
        .order_by(F("due").asc(nulls_last=True), "raised_on", "pk")
    )


def open_asks(actor: Actor) -> QuerySet[Ask]:
    rows = Ask.objects.filter(cleared_on__isnull=True).select_related(
        "record__partnership", "seat__body"
    )
    return visible(actor, rows, record="record")


def asks_of(actor: Actor, record: Record) -> QuerySet[Ask]:
    """Every ask ever raised on a record, open ones first."""
    rows = Ask.objects.filter(record=record).select_related("seat__body")
    return visible(actor, rows, record="record").order_by(
        F("cleared_on").desc(nulls_first=True), "due", "pk"
    )

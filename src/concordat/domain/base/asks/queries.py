"""What is owed: My work, the digest, the feed and the API read nothing else."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from concordat.domain.base.asks.models import Ask
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.queries import can, visible
from concordat.domain.base.records.rules import Verb
from concordat.kernel.actor import Actor
from concordat.kernel.sensitivity import Sensitivity

__all__ = ["Ask", "asks_of", "is_shown", "my_asks", "open_asks"]


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


def is_shown(actor: Actor, ask: Ask) -> tuple[bool, bool]:
    """Whether `my_asks` lists this one row, and whether its record opens: for a letter of it.

    Said of one record as `can` says it, which costs a third of asking for the whole list.
    """
    record = Record.objects.get(pk=ask.record_id)
    opens = bool(can(actor, Verb.SEE, record))
    known = record.listed and record.level < Sensitivity.SEALED
    mine = ask.cleared_on is None and ask.seat_id in {held.seat for held in actor.seats}
    return mine and (opens or known), opens


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

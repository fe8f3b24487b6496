"""Asks: raised and cleared by operations of higher packages."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.records.models import Record
from concordat.domain.base.seats.models import Seat


class Ask(models.Model):
    """One thing owed on a record by a seat. An open ask has no `cleared_on`.

    `first_seat` was asked first, where the ask was handed on to the one that owes it now.
    """

    record = models.ForeignKey(Record, models.CASCADE, related_name="asks")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="asks")
    first_seat = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    errand = models.CharField(max_length=20, choices=[(e.value, e.button) for e in Errand])
    what = models.CharField(max_length=300)
    why = models.CharField(max_length=300, blank=True)
    due = models.DateField(null=True)
    raised_on = models.DateField()
    raised_by = models.CharField(max_length=200)
    cleared_on = models.DateField(null=True)
    cleared_by = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=300, blank=True)

    PERSONAL = {"raised_by": "name", "cleared_by": "name", "what": "free text"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(cleared_on__isnull=True, cleared_by="", outcome="")
                | (Q(cleared_on__isnull=False) & ~Q(cleared_by="") & ~Q(outcome="")),
                name="ask_is_cleared_whole",
            ),
            models.CheckConstraint(
                condition=Q(cleared_on__isnull=True) | Q(cleared_on__gte=F("raised_on")),
                name="ask_is_cleared_after_it_is_raised",
            ),
            models.UniqueConstraint(
                fields=["record", "seat", "errand", "what"],
                condition=Q(cleared_on__isnull=True),
                name="one_open_ask",
            ),
        ]
        indexes = [
            models.Index(fields=["seat", "cleared_on", "due"], name="ask_by_seat"),
            models.Index(fields=["record", "cleared_on"], name="ask_by_record"),
        ]

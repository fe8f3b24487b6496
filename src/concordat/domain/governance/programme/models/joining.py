"""Partnerships that were asked to share in a programme, and what they said."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from concordat.domain.base.records.models import Record
from concordat.domain.governance.programme.models.plan import Programme
from concordat.domain.governance.programme.rules.joining import Joined

_OPEN = (Joined.PROPOSED.value, Joined.AGREED.value)


class Joining(models.Model):
    """One partnership's way into a programme, and out of it. `left_on` is its last day in it.

    A partnership that leaves may be asked again: that is another row.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="joinings")
    partnership = models.ForeignKey(Record, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=[(e.value, e.label) for e in Joined])
    reason = models.TextField(blank=True)
    proposed_by = models.CharField(max_length=200)
    proposed_on = models.DateField()
    answer = models.TextField(blank=True)
    answered_by = models.CharField(max_length=200, blank=True)
    answered_on = models.DateField(null=True)
    left_on = models.DateField(null=True)
    left_by = models.CharField(max_length=200, blank=True)
    left_for = models.TextField(blank=True)

    PERSONAL = {
        "reason": "free text", "proposed_by": "name", "answer": "free text",
        "answered_by": "name", "left_by": "name", "left_for": "free text",
    }  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "partnership"],
                condition=Q(state__in=_OPEN),
                name="a_partnership_joins_a_programme_once",
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True, left_by="", left_for="")
                | (Q(left_on__isnull=False) & ~Q(left_by="") & ~Q(left_for="")),
                name="leaving_has_a_day_and_a_reason",
            ),
        ]

    @property
    def stage(self) -> Joined:
        return Joined(self.state)

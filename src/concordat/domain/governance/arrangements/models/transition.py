"""What stands before an area goes live, and what its old board hands over."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from concordat.domain.base.agencies.models import Area
from concordat.domain.base.records.models import Hold, Record
from concordat.domain.base.seats.models import Seat
from concordat.domain.governance.arrangements.models.authority import Decision
from concordat.domain.governance.arrangements.rules.go_live import Handing, Point


class GoLivePoint(models.Model):
    """One line of the check list of an area as it was last found, with the hold that it places.

    An executive's decision may waive it; the reason stays with the line.
    """

    partnership = models.ForeignKey(Record, models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    point = models.CharField(max_length=30, choices=[(p.value, p.value) for p in Point])
    is_met = models.BooleanField(default=False)
    words = models.TextField()
    lacking = models.JSONField(default=list)
    looked_on = models.DateField()
    looked_by = models.CharField(max_length=200)
    hold = models.ForeignKey(Hold, models.PROTECT, null=True, related_name="+")
    waived_by = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="waives")
    waived_on = models.DateField(null=True)
    waived_for = models.TextField(blank=True)
    waiver_entered_by = models.CharField(max_length=200, blank=True)

    PERSONAL = {
        "words": "free text",
        "looked_by": "name",
        "waived_for": "free text",
        "waiver_entered_by": "name",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "point"], name="one_go_live_point"),
            models.CheckConstraint(
                condition=Q(waived_by__isnull=True, waived_on__isnull=True, waived_for="")
                | (Q(waived_by__isnull=False, waived_on__isnull=False) & ~Q(waived_for="")),
                name="point_is_waived_whole",
            ),
        ]

    @property
    def stands(self) -> bool:
        return self.is_met or self.waived_by_id is not None


class HandoverItem(models.Model):
    """One line of what an old board hands over: what, to whom by which decision, and the receipt.

    `item` is the id of the law's line, `text` its words when the list was opened. `receiver` is
    named in words; `seat` where the receiver sits here and can accept it.
    """

    partnership = models.ForeignKey(Record, models.PROTECT, related_name="+")
    item = models.CharField(max_length=60)
    text = models.CharField(max_length=400)
    state = models.CharField(
        max_length=30, choices=[(h.value, h.value) for h in Handing], default=Handing.OPEN
    )
    passes = models.TextField(blank=True)
    receiver = models.CharField(max_length=300, blank=True)
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="+")
    decided_by = models.CharField(max_length=200, blank=True)
    decided_on = models.DateField(null=True)
    passed_by = models.CharField(max_length=200, blank=True)
    passed_on = models.DateField(null=True)
    receipt = models.TextField(blank=True)
    accepted_by = models.CharField(max_length=200, blank=True)
    accepted_on = models.DateField(null=True)
    reason = models.TextField(blank=True)

    PERSONAL = {
        "passes": "free text",
        "receiver": "free text",
        "decided_by": "name",
        "passed_by": "name",
        "receipt": "free text",
        "accepted_by": "name",
        "reason": "free text",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "item"], name="one_handover_item"),
            models.CheckConstraint(
                condition=Q(state__in=[Handing.OPEN.value, Handing.NONE.value])
                | (~Q(receiver="") & Q(decided_on__isnull=False)),
                name="handover_names_its_receiver",
            ),
            models.CheckConstraint(
                condition=~Q(state=Handing.ACCEPTED.value)
                | (Q(accepted_on__isnull=False, passed_on__isnull=False) & ~Q(accepted_by="")),
                name="handover_is_accepted_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state=Handing.NONE.value) | ~Q(reason=""),
                name="handover_says_why_nothing",
            ),
        ]

"""What rows said before they were changed, for whoever asks as at an earlier day."""

from __future__ import annotations

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from concordat.domain.base.records.models.record import Record


class Earlier(models.Model):
    """The fields of a keyed row that were changed on the day `until`, as they were before it.

    `of` is the label of its model. Rows that were pointed to stand under their primary key. A
    row that was taken out on that day is `gone`, and every field of it is here.
    """

    partnership = models.ForeignKey(Record, models.PROTECT, related_name="+")
    of = models.CharField(max_length=60)
    key = models.CharField(max_length=120)
    until = models.DateField()
    gone = models.BooleanField(default=False)
    values = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    PERSONAL = {"values": "free text"}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "of", "key", "until"], name="one_earlier_row_a_day"
            )
        ]

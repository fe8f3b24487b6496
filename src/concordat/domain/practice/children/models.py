"""The grounds of an area, the child by label, the family by label, and the key to the labels."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from concordat.domain.base.agencies.models import Area
from concordat.domain.base.documents.models import Document
from concordat.domain.base.records.models import Record
from concordat.domain.practice.children import rules


class StatedGround(models.Model):
    """What must be on record for an area before its first case, with the days it holds.

    `holder` is who answers for it: the controller itself, the parties of an agreement, whoever
    made an assessment. `ended_on` is its last day.
    """

    area = models.ForeignKey(Area, models.PROTECT, related_name="grounds")
    ground = models.CharField(max_length=30, choices=[(g.value, g.value) for g in rules.Ground])
    holder = models.CharField(max_length=rules.LONGEST_TOLD)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    from_day = models.DateField()
    review_by = models.DateField()
    ended_on = models.DateField(null=True)
    stated_by = models.CharField(max_length=200)

    PERSONAL = {"holder": "name", "stated_by": "name"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(review_by__gte=F("from_day")), name="ground_is_reviewed_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("from_day")),
                name="ground_ends_after_it_begins",
            ),
        ]
        indexes = [models.Index(fields=["area", "ground"], name="ground_by_area")]

    @property
    def stated(self) -> rules.Stated:
        return rules.Stated(
            rules.Ground(self.ground),
            self.from_day,
            self.review_by,
            self.document_id is not None,
            self.ended_on,
        )


class Child(models.Model):
    """A child by label. `key` is the record beneath which the names are kept: it is sealed, and
    who may open the child may not for that open the key."""

    record = models.OneToOneField(Record, models.PROTECT, primary_key=True, related_name="child")
    key = models.OneToOneField(Record, models.PROTECT, related_name="key_of")
    area = models.ForeignKey(Area, models.PROTECT, related_name="children")
    label = models.CharField(max_length=rules.LONGEST_LABEL)


class Relative(models.Model):
    """Somebody of the child's family or household, by label."""

    child = models.ForeignKey(Child, models.PROTECT, related_name="relatives")
    label = models.CharField(max_length=rules.LONGEST_LABEL)
    relation = models.CharField(max_length=100, blank=True)

    PERSONAL = {"relation": "free text"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["child", "label"], name="one_label_in_a_family")
        ]


class Identity(models.Model):
    """One thing that identifies a child, or a relative. `locked` is the text, encrypted.

    What was put right stays: the row before has `ended_on` and the reason.
    """

    child = models.ForeignKey(Child, models.PROTECT, related_name="identities")
    relative = models.ForeignKey(Relative, models.PROTECT, null=True, related_name="identities")
    what = models.CharField(max_length=20, choices=[(w.value, w.value) for w in rules.What])
    locked = models.TextField()
    provenance = models.CharField(max_length=rules.LONGEST_TOLD)
    checked = models.CharField(max_length=20, choices=[(c.value, c.value) for c in rules.Checked])
    told_by = models.CharField(max_length=200)
    told_on = models.DateField()
    ended_on = models.DateField(null=True)
    reason = models.CharField(max_length=rules.LONGEST_TOLD, blank=True)

    PERSONAL = {
        "locked": "sealed",
        "provenance": "free text",
        "told_by": "name",
        "reason": "free text",
    }

    class Meta:
        indexes = [models.Index(fields=["child", "what"], name="identity_by_child")]

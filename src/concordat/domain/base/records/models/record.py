"""The root of everything that has an address."""

import uuid

from django.db import models
from django.db.models import F, Q

from concordat.domain.base.records.rules import RecordKind
from concordat.kernel.sensitivity import Sensitivity


class Record(models.Model):
    """A thing with its own address and reference.

    The thing itself holds a one-to-one to its record as primary key. `partnership` is the
    record of the partnership that leads it: itself for a partnership, empty for what
    belongs to the installation. `version` counts the acts done to it and what hangs on it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20, choices=[(k.value, k.label) for k in RecordKind])
    reference = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=300)
    partnership = models.ForeignKey("self", models.PROTECT, null=True, related_name="led")
    owner = models.ForeignKey("self", models.PROTECT, null=True, related_name="owned")
    sensitivity = models.PositiveSmallIntegerField(
        choices=[(s.value, s.label) for s in Sensitivity], default=Sensitivity.PARTNERSHIP
    )
    listed = models.BooleanField(default=True)
    opened = models.DateField()
    closed = models.DateField(null=True)
    keep_until = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    PERSONAL = {"title": "free text"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[k.value for k in RecordKind]), name="record_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(sensitivity__in=[s.value for s in Sensitivity]),
                name="record_sensitivity_is_known",
            ),
            models.CheckConstraint(
                condition=Q(closed__isnull=True) | Q(closed__gte=F("opened")),
                name="record_closes_after_it_opens",
            ),
        ]
        indexes = [
            models.Index(fields=["partnership", "kind", "-opened"], name="record_by_kind"),
            models.Index(fields=["owner"], name="record_by_owner"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    @property
    def level(self) -> Sensitivity:
        return Sensitivity(self.sensitivity)


class Counter(models.Model):
    """The last number given out under one prefix and letter."""

    key = models.CharField(max_length=40, primary_key=True)
    last = models.PositiveIntegerField(default=0)


class Done(models.Model):
    """A form token that has had its effect; the same form sent again finds its result here."""

    key = models.CharField(max_length=80, primary_key=True)
    operation = models.CharField(max_length=120)
    person = models.UUIDField(null=True)
    result = models.JSONField(null=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["at"], name="done_by_time")]


class SearchEntry(models.Model):
    """The words by which a record is found. Its full-text index is made by the migration."""

    record = models.OneToOneField(Record, models.CASCADE, related_name="search_entry")
    title = models.CharField(max_length=300)
    words = models.TextField(blank=True)

    PERSONAL = {"title": "free text", "words": "free text"}

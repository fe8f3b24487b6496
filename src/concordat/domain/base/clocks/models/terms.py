"""What an installation adds to the law: local rows, checks, go-live dates and closed days."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from concordat.domain.base.agencies.models import Area
from concordat.domain.base.clocks.rules import Arrangements, Closed, ClosedKind, Verification
from concordat.domain.base.records.models import Record
from concordat.domain.base.seats.models import Body


class LocalRule(models.Model):
    """A dated row of a partnership's own, in the format of the law files.

    `text` is the file with this one row. A later version ends the one before it.
    """

    partnership = models.ForeignKey(Record, models.PROTECT, related_name="+")
    rule = models.CharField(max_length=60)
    version = models.PositiveIntegerField(default=1)
    text = models.TextField()
    digest = models.CharField(max_length=64)
    in_force_from = models.DateField()
    in_force_to = models.DateField(null=True)
    set_by = models.CharField(max_length=200)
    set_on = models.DateField()

    PERSONAL = {"set_by": "name"}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "rule", "version"], name="one_local_rule_per_version"
            ),
            models.CheckConstraint(
                condition=Q(in_force_to__isnull=True) | Q(in_force_to__gte=F("in_force_from")),
                name="local_rule_days_in_order",
            ),
        ]


class Verified(models.Model):
    """Somebody held a row of law against its primary text: what was read, where, and the outcome.

    It speaks for the partnership that checked, and only for the row with this digest.
    """

    partnership = models.ForeignKey(Record, models.PROTECT, related_name="+")
    rule = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    read = models.CharField(max_length=300)
    against = models.CharField(max_length=300)
    confirmed = models.BooleanField()
    note = models.TextField(blank=True)
    checked_by = models.CharField(max_length=200)
    checked_on = models.DateField()

    PERSONAL = {"checked_by": "name", "note": "free text"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(read="") & ~Q(against="") & ~Q(checked_by=""),
                name="check_says_who_read_what",
            ),
            models.CheckConstraint(
                condition=Q(confirmed=True) | ~Q(note=""), name="a_difference_is_told"
            ),
        ]
        indexes = [models.Index(fields=["partnership", "rule"], name="verified_by_rule")]

    def told(self) -> Verification:
        return Verification(
            rule=self.rule,
            version=self.version,
            digest=self.digest,
            by=self.checked_by,
            against=f"{self.read}, {self.against}",
            on=self.checked_on,
            confirmed=self.confirmed,
            note=self.note,
        )


class AreaLive(models.Model):
    """The day on which an area's own new arrangements began, ending the old board's rules there.

    Where the source names no day, `stated` keeps its words and `live_on` is the last day that
    they allow: from then on it is certain.
    """

    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    arrangements = models.CharField(
        max_length=20, choices=[(a.value, a.value) for a in Arrangements]
    )
    live_on = models.DateField()
    stated = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=400)
    stated_by = models.CharField(max_length=200)
    stated_on = models.DateField()

    PERSONAL = {"stated_by": "name"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "arrangements"], name="one_go_live"),
            models.CheckConstraint(
                condition=~Q(source="") & ~Q(stated_by=""), name="go_live_says_who_and_whence"
            ),
        ]


class ClosedDay(models.Model):
    """A day that is not worked: proclaimed, or closed by the partnership or by one group."""

    partnership = models.ForeignKey(Record, models.PROTECT, related_name="+")
    body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    day = models.DateField()
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=[(k.value, k.label) for k in ClosedKind])
    closed_by = models.CharField(max_length=200)
    closed_on = models.DateField()
    opened_by = models.CharField(max_length=200, blank=True)
    opened_on = models.DateField(null=True)
    open_reason = models.TextField(blank=True)

    PERSONAL = {"closed_by": "name", "opened_by": "name", "open_reason": "free text"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(closed_by=""), name="closed_day_says_who_and_why"
            ),
            models.CheckConstraint(
                condition=Q(opened_on__isnull=True, opened_by="", open_reason="")
                | (Q(opened_on__isnull=False) & ~Q(opened_by="") & ~Q(open_reason="")),
                name="closed_day_is_opened_whole",
            ),
            models.CheckConstraint(
                condition=Q(kind="closure") | Q(body__isnull=True),
                name="a_proclaimed_day_is_everybodys",
            ),
            models.UniqueConstraint(
                fields=["partnership", "day"],
                condition=Q(opened_on__isnull=True, body__isnull=True),
                name="one_closed_day",
            ),
            models.UniqueConstraint(
                fields=["partnership", "day", "body"],
                condition=Q(opened_on__isnull=True, body__isnull=False),
                name="one_closed_day_per_group",
            ),
        ]

    def told(self) -> Closed:
        return Closed(self.day, self.name, ClosedKind(self.kind), self.partnership_id, self.body_id)

"""Rows by which a record is opened to more people, or kept from some."""

from django.db import models
from django.db.models import F, Q

from concordat.domain.base.records.models.record import Record
from concordat.domain.base.records.rules import Cut, Level


def _days_in_order(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(to_day__isnull=True) | Q(to_day__gte=F("from_day")), name=name
    )


class Share(models.Model):
    """A record shared with another partnership for a time; `to_day` is the last whole day."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="shares")
    partnership = models.ForeignKey(Record, models.PROTECT, related_name="shared_in")
    cut = models.CharField(max_length=10, choices=[(c.value, c.value) for c in Cut])
    reason = models.TextField()
    from_day = models.DateField()
    to_day = models.DateField(null=True)

    PERSONAL = {"reason": "free text"}

    class Meta:
        constraints = [_days_in_order("share_days_in_order")]
        indexes = [models.Index(fields=["partnership", "record"], name="share_by_partnership")]


class Grant(models.Model):
    """Access given to a person, a seat or a body, each of which is a record itself."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="grants")
    grantee = models.ForeignKey(Record, models.CASCADE, related_name="grants_held")
    level = models.CharField(max_length=10, choices=[(v.value, v.value) for v in Level])
    reason = models.TextField()
    granted_by = models.CharField(max_length=200)
    from_day = models.DateField()
    to_day = models.DateField(null=True)

    PERSONAL = {"granted_by": "name", "reason": "free text"}

    class Meta:
        constraints = [_days_in_order("grant_days_in_order")]
        indexes = [models.Index(fields=["grantee", "record"], name="grant_by_grantee")]


class Recusal(models.Model):
    """A conflict of interest: this person does not see this record while it lasts."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="recusals")
    person = models.ForeignKey(Record, models.CASCADE, related_name="recusals_made")
    reason = models.TextField()
    from_day = models.DateField()
    to_day = models.DateField(null=True)

    PERSONAL = {"reason": "free text"}

    class Meta:
        constraints = [_days_in_order("recusal_days_in_order")]
        indexes = [models.Index(fields=["person", "record"], name="recusal_by_person")]


class Hold(models.Model):
    """A higher package's stop on a move: what is blocked, why, and who lifted it when."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="holds")
    blocks = models.CharField(max_length=40)
    reason = models.TextField()
    placed_by = models.CharField(max_length=200)
    placed_on = models.DateField()
    released_on = models.DateField(null=True)
    released_by = models.CharField(max_length=200, blank=True)
    release_reason = models.TextField(blank=True)

    PERSONAL = {
        "placed_by": "name",
        "released_by": "name",
        "reason": "free text",
        "release_reason": "free text",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(released_on__isnull=True, released_by="", release_reason="")
                | (Q(released_on__isnull=False) & ~Q(released_by="") & ~Q(release_reason="")),
                name="hold_is_released_whole",
            )
        ]
        indexes = [models.Index(fields=["record", "released_on"], name="hold_by_record")]


class AccessRequest(models.Model):
    """Somebody who may know of a record has asked to open it."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="access_requests")
    person = models.ForeignKey(Record, models.CASCADE, related_name="access_asked")
    asked_by = models.CharField(max_length=200)
    reason = models.TextField()
    asked_on = models.DateField()
    answer = models.CharField(
        max_length=10, blank=True, choices=[("given", "Given"), ("refused", "Refused")]
    )
    answered_by = models.CharField(max_length=200, blank=True)
    answered_on = models.DateField(null=True)
    answer_reason = models.TextField(blank=True)

    PERSONAL = {
        "asked_by": "name",
        "answered_by": "name",
        "reason": "free text",
        "answer_reason": "free text",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_by="", answered_on__isnull=True)
                | (~Q(answer="") & ~Q(answered_by="") & Q(answered_on__isnull=False)),
                name="access_request_is_answered_whole",
            ),
            models.UniqueConstraint(
                fields=["record", "person"],
                condition=Q(answer=""),
                name="one_open_access_request",
            ),
        ]

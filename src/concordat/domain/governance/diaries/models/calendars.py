"""Calendars in and out: whose intervals were brought in, what is in people's diaries, feeds."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from concordat.domain.base.people.models import Person
from concordat.domain.base.records.models import Record
from concordat.domain.base.seats.models import Body, Seat
from concordat.domain.governance.diaries.rules import EntryState


class Calendar(models.Model):
    """That somebody's calendar was brought in, and for which days. A newer one takes its place."""

    person = models.OneToOneField(Person, models.PROTECT, related_name="calendar")
    first_day = models.DateField()
    last_day = models.DateField()
    notes = models.JSONField(default=list)
    given_by = models.CharField(max_length=200)
    given_at = models.DateTimeField()

    PERSONAL = {"given_by": "name"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(first_day__lte=F("last_day")), name="calendar_days_in_order"
            )
        ]


class Engagement(models.Model):
    """A time that seats are wanted at: held, fixed or called off. What feeds show and what makes
    people busy.

    Any package sets one down for a record of its own. `sequence` rises with every change, and a
    calendar knows the engagement again by its `uid`.
    """

    record = models.ForeignKey(Record, models.PROTECT, related_name="engagements")
    body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="engagements")
    seats = models.ManyToManyField(Seat, related_name="engagements")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    start = models.DateTimeField()
    end = models.DateTimeField()
    title = models.CharField(max_length=200)
    place = models.CharField(max_length=200, blank=True)
    state = models.CharField(
        max_length=12, choices=[(each.value, each.label) for each in EntryState]
    )
    changed_at = models.DateTimeField()

    PERSONAL = {"title": "free text", "place": "free text"}

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="engagement_in_order")
        ]
        indexes = [
            models.Index(fields=["body", "start"], name="engagement_by_body"),
            models.Index(fields=["record", "start"], name="engagement_by_record"),
        ]


class CalendarFeed(models.Model):
    """A secret address of somebody's or a body's calendar. Of its token only a digest is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="feeds")
    body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="feeds")
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=200, blank=True)

    PERSONAL = {"made_by": "name", "revoked_by": "name"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by="")
                | (Q(revoked_at__isnull=False) & ~Q(revoked_by="")),
                name="feed_is_revoked_whole",
            )
        ]
        indexes = [models.Index(fields=["person", "revoked_at"], name="feed_by_person")]

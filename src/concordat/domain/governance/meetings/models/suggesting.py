"""What is put forward for a body's agendas, what was put off, and who was reminded of a paper."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from concordat.domain.base.records.models import Record
from concordat.domain.base.seats.models import Body, Seat
from concordat.domain.governance.meetings.models.agenda import Line, Paper
from concordat.domain.governance.meetings.models.meeting import Meeting
from concordat.domain.governance.meetings.rules.life import Purpose


class Suggestion(models.Model):
    """Something for a meeting of a body from a day on, by whoever keeps its forward plan or by a
    higher package on a record of its own.

    `key` is the proposer's own, so that the same thing is suggested once; `label` the word shown
    before it. It ends when an agenda takes it on (`line`), or when it is taken back.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="suggestions")
    about = models.ForeignKey(Record, models.PROTECT, null=True, related_name="suggestions")
    key = models.CharField(max_length=120)
    label = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    why = models.TextField(blank=True)
    purpose = models.CharField(max_length=10, choices=[(p.value, p.value) for p in Purpose])
    minutes = models.PositiveSmallIntegerField(null=True)
    lead = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    from_day = models.DateField(null=True)
    suggested_by = models.CharField(max_length=200)
    suggested_on = models.DateField()
    line = models.ForeignKey(Line, models.PROTECT, null=True, related_name="suggestions")
    ended_on = models.DateField(null=True)
    ended_because = models.CharField(max_length=300, blank=True)

    PERSONAL = {"suggested_by": "name", "why": "free text", "title": "free text"}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["body", "key"],
                condition=Q(ended_on__isnull=True),
                name="a_thing_is_suggested_once",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ended_because="", line__isnull=True)
                | (Q(ended_on__isnull=False) & ~Q(ended_because="")),
                name="a_suggestion_ends_whole",
            ),
        ]


class NotNow(models.Model):
    """A suggestion that was put off for one meeting, with the reason. The next is asked again."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="put_off")
    key = models.CharField(max_length=200)
    title = models.CharField(max_length=300)
    about = models.ForeignKey(Record, models.PROTECT, null=True, related_name="+")
    reason = models.TextField()
    said_by = models.CharField(max_length=200)
    said_on = models.DateField()

    PERSONAL = {"reason": "free text", "said_by": "name", "title": "free text"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "key"], name="put_off_once_a_meeting")
        ]


class Chase(models.Model):
    """That somebody was reminded of a paper that they owe for a meeting."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="chases")
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="chases")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    due = models.DateField(null=True)
    words = models.TextField(blank=True)
    letters = models.PositiveSmallIntegerField(default=0)
    chased_by = models.CharField(max_length=200)
    chased_on = models.DateField()

    PERSONAL = {"words": "free text", "chased_by": "name"}

    class Meta:
        indexes = [models.Index(fields=["meeting", "paper"], name="chase_by_paper")]

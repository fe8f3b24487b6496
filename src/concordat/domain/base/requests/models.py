"""Requests for information, their answers, all that was told of them, and each use of an answer."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from concordat.domain.base.agencies.models import Agency, Area
from concordat.domain.base.mail.models import GuestLink
from concordat.domain.base.people.rules import LONGEST_ADDRESS
from concordat.domain.base.records.models import Record
from concordat.domain.base.requests import rules
from concordat.domain.base.requests.rules import Question, Stage
from concordat.domain.base.seats.models import Seat


class Request(models.Model):
    """What a safeguarding partner asks a person or body for, and for which purpose alone.

    It is asked of a seat, or of one named person by a link. `questions` are those of its form as
    they were when it was sent; `basis` is a row of the law, or
    agreed sharing with why that row does not bind the area (`basis_why`) and the area's sharing
    agreement, where one is on file.
    """

    record = models.OneToOneField(Record, models.PROTECT, primary_key=True)
    partnership = models.ForeignKey(Record, models.PROTECT, related_name="+", db_index=False)
    about = models.ForeignKey(Record, models.PROTECT, null=True, related_name="asked_for")
    requester = models.ForeignKey(Seat, models.PROTECT, related_name="requests_made")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="requests_to")
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="requests_to")
    name = models.CharField(max_length=200, blank=True)
    email = models.EmailField(max_length=LONGEST_ADDRESS, blank=True)
    senior = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    senior_named = models.CharField(max_length=300, blank=True)
    link = models.ForeignKey(GuestLink, models.PROTECT, null=True, related_name="+")
    form = models.CharField(max_length=40)
    questions = models.JSONField(default=list)
    basis = models.CharField(max_length=40, default=rules.BASIS)
    basis_why = models.CharField(max_length=700, blank=True)
    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    agreement = models.ForeignKey(Record, models.PROTECT, null=True, related_name="+")
    purpose = models.TextField()
    exact = models.TextField()
    deliver_to = models.CharField(max_length=300)
    due = models.DateField()
    chase_every = models.PositiveSmallIntegerField(default=rules.CHASE_EVERY)
    chase_on = models.DateField(null=True)
    chased = models.PositiveSmallIntegerField(default=0)
    rung = models.PositiveSmallIntegerField(default=0)
    stage = models.CharField(
        max_length=20, choices=[(s.value, s.label) for s in Stage], default=Stage.DRAFT.value
    )
    sent_on = models.DateField(null=True)
    received_on = models.DateField(null=True)
    received_by = models.CharField(max_length=200, blank=True)
    answered_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)

    PERSONAL = {
        "name": "name",
        "email": "email",
        "purpose": "free text",
        "exact": "free text",
        "received_by": "name",
        "senior_named": "name",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(seat__isnull=False, name="", email="")
                | (Q(seat=None) & ~Q(name="") & ~Q(email="")),
                name="a_request_is_of_a_seat_or_a_person",
            ),
            models.CheckConstraint(
                condition=Q(received_on__isnull=True, received_by="")
                | (Q(received_on__isnull=False) & ~Q(received_by="")),
                name="a_request_is_received_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["partnership", "stage", "due"], name="request_by_stage"),
            models.Index(
                fields=["chase_on"], condition=Q(chase_on__isnull=False), name="request_to_chase"
            ),
        ]

    def __str__(self) -> str:
        return str(self.record)

    @property
    def stage_is(self) -> Stage:
        return Stage(self.stage)

    @property
    def recipient(self) -> str:
        """Whom it is asked of, in words."""
        who = self.seat.role if self.seat else self.name
        return f"{who}, {self.agency.name}" if self.agency else who

    @property
    def senior_is(self) -> str:
        """Who is told when they are late, in words; empty where nobody is named."""
        return self.senior.role if self.senior else self.senior_named

    @property
    def asked(self) -> tuple[Question, ...]:
        return tuple(Question(**each) for each in self.questions)

    def is_late(self, today: date) -> bool:
        return rules.is_late(self.stage, self.due, today)


class Answer(models.Model):
    """One answer, by question. What is sent back is answered anew; the first stays on file."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="answers")
    answers = models.JSONField(default=dict)
    words = models.TextField(blank=True)
    by = models.CharField(max_length=200)
    on = models.DateField()
    adequate = models.BooleanField(null=True)
    judged_why = models.TextField(blank=True)
    judged_by = models.CharField(max_length=200, blank=True)
    judged_on = models.DateField(null=True)

    PERSONAL = {
        "answers": "free text",
        "words": "free text",
        "by": "name",
        "judged_why": "free text",
        "judged_by": "name",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(adequate=None, judged_on=None, judged_by="", judged_why="")
                | (Q(adequate__isnull=False, judged_on__isnull=False) & ~Q(judged_why="")),
                name="an_answer_is_judged_whole",
            )
        ]


class Told(models.Model):
    """One thing told of a request: sent, chased, escalated, refused, used."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="told")
    what = models.CharField(max_length=60)
    words = models.TextField(blank=True)
    by = models.CharField(max_length=200)
    on = models.DateField()

    PERSONAL = {"words": "free text", "by": "name"}


class Use(models.Model):
    """One use of what was answered, and why it is within the purpose that was named."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="uses")
    what = models.CharField(max_length=300)
    within = models.TextField()
    by = models.CharField(max_length=200)
    on = models.DateField()

    PERSONAL = {"within": "free text", "by": "name"}

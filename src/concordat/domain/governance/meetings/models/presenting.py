"""What bodies say to a paper that came before them, point by point, and what came of each."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from concordat.domain.base.seats.models import Seat
from concordat.domain.governance.meetings.models.agenda import Presentation
from concordat.domain.governance.meetings.rules.presenting import Response


class Feedback(models.Model):
    """One point that a body, or one seat of it, made of a paper, and the answer to it.

    `seat` is empty where the body spoke as a whole or somebody without a seat did; then `who`
    says so in words.
    """

    presentation = models.ForeignKey(Presentation, models.PROTECT, related_name="feedback")
    number = models.PositiveSmallIntegerField()
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    who = models.CharField(max_length=200)
    point = models.TextField()
    given_by = models.CharField(max_length=200)
    given_on = models.DateField()
    response = models.CharField(
        max_length=20, choices=[(r.value, r.value) for r in Response], blank=True
    )
    answer = models.TextField(blank=True)
    answered_by = models.CharField(max_length=200, blank=True)
    answered_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=0)

    PERSONAL = {
        "who": "name",
        "point": "free text",
        "given_by": "name",
        "answer": "free text",
        "answered_by": "name",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["presentation", "number"], name="a_point_of_feedback_has_its_number"
            ),
            models.CheckConstraint(
                condition=Q(response="", answer="", answered_by="", answered_on__isnull=True)
                | (~Q(response="") & ~Q(answered_by="") & Q(answered_on__isnull=False)),
                name="feedback_is_answered_whole",
            ),
            models.CheckConstraint(
                condition=Q(response__in=["", Response.ACCEPTED]) | ~Q(answer=""),
                name="what_is_not_accepted_says_why",
            ),
        ]

"""What lies before a shared group beside referrals, and the joint events that it holds."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from concordat.domain.base.records.models import Record
from concordat.domain.base.seats.models import Body
from concordat.domain.practice.reviews.models.incidents import Incident
from concordat.domain.practice.reviews.models.publishing import (
    DONE_WHOLE,
    CameFrom,
    FollowsThere,
)
from concordat.domain.practice.reviews.models.referrals import LearningReferral
from concordat.domain.practice.reviews.models.review import Review
from concordat.domain.practice.reviews.rules import joint

_OPEN = Q(off_on=None)


class GroupCase(models.Model):
    """A review, or a rapid review, that whoever leads it put before the group. The group reads its
    head alone; whoever may open the case itself opens it from there."""

    group = models.ForeignKey(Body, models.PROTECT, related_name="+")
    review = models.ForeignKey(Review, models.PROTECT, null=True, related_name="before_groups")
    incident = models.ForeignKey(Incident, models.PROTECT, null=True, related_name="before_groups")
    why = models.TextField()
    put_by = models.CharField(max_length=200)
    put_on = models.DateField()
    off_on = models.DateField(null=True)
    off_by = models.CharField(max_length=200, blank=True)
    off_why = models.TextField(blank=True)

    PERSONAL = {"why": "free text", "put_by": "name", "off_by": "name", "off_why": "free text"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(review=None, incident__isnull=False)
                | Q(review__isnull=False, incident=None),
                name="a_case_before_a_group_is_one",
            ),
            models.UniqueConstraint(
                fields=["review", "group"], condition=_OPEN, name="a_review_is_before_a_group_once"
            ),
            models.UniqueConstraint(
                fields=["incident", "group"],
                condition=_OPEN,
                name="an_incident_is_before_a_group_once",
            ),
            models.CheckConstraint(
                condition=Q(off_on=None, off_by="", off_why="")
                | (Q(off_on__isnull=False) & ~Q(off_by="") & ~Q(off_why="")),
                name="a_case_leaves_a_group_whole",
            ),
        ]

    @property
    def about(self) -> Review | Incident:
        found = self.review or self.incident
        assert found  # noqa: S101 - one of the two, by constraint
        return found


class GroupEvent(models.Model):
    """A joint event of a group, open to every partnership that it serves. Its title is that of its
    record; `draws` is what on the caseload it draws on."""

    record = models.OneToOneField(Record, models.PROTECT, primary_key=True)
    group = models.ForeignKey(Body, models.PROTECT, related_name="+")
    on = models.DateField()
    place = models.CharField(max_length=joint.LONGEST_LINE, blank=True)
    about = models.TextField(blank=True)
    outcome = models.TextField(blank=True)
    stage = models.CharField(max_length=20, choices=[(s.value, s.label) for s in joint.EventStage])
    cases = models.ManyToManyField(GroupCase, related_name="+")
    referrals = models.ManyToManyField(LearningReferral, related_name="+")

    PERSONAL = {"about": "free text", "outcome": "free text"}

    @property
    def stage_is(self) -> joint.EventStage:
        return joint.EventStage(self.stage)


class GroupAttendance(CameFrom):
    """How many came to a joint event from one partnership, and from which agencies."""

    event = models.ForeignKey(GroupEvent, models.PROTECT, related_name="attendance")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event", "partnership"], name="attendance_of_a_group_told_once"
            ),
        ]


class GroupFollowUp(FollowsThere):
    """What one partnership does after a joint event of a group."""

    event = models.ForeignKey(GroupEvent, models.PROTECT, related_name="follow_ups")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=DONE_WHOLE, name="what_follows_a_group_is_done_whole")
        ]

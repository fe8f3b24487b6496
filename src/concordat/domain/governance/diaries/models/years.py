"""A year of meetings as it was worked out."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from concordat.domain.base.records.models import Record
from concordat.domain.base.seats.models import Body
from concordat.domain.governance.diaries.models.calendars import Engagement
from concordat.domain.governance.diaries.rules import PlanState, School


class YearPlan(models.Model):
    """A plan for one or several bodies. `asked` holds, by body, its rhythm and its limits;
    `price` and `bound` are what it costs and what no plan can be under."""

    record = models.OneToOneField(Record, models.PROTECT, primary_key=True)
    state = models.CharField(
        max_length=30, choices=[(each.value, each.label) for each in PlanState]
    )
    first_day = models.DateField()
    last_day = models.DateField()
    school = models.CharField(max_length=12, choices=[(each.value, each.label) for each in School])
    fairness = models.PositiveSmallIntegerField(default=0)
    seed = models.PositiveIntegerField(default=1)
    asked = models.JSONField()
    progress = models.CharField(max_length=300, blank=True)
    found_by = models.CharField(max_length=60, blank=True)
    price = models.IntegerField(null=True)
    bound = models.IntegerField(null=True)
    burdens = models.JSONField(default=dict)
    why_not = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(first_day__lte=F("last_day")), name="plan_days_in_order"
            ),
            models.CheckConstraint(
                condition=Q(price__isnull=True, bound__isnull=True)
                | Q(price__isnull=False, bound__isnull=False),
                name="plan_is_priced_whole",
            ),
        ]

    @property
    def stage(self) -> PlanState:
        return PlanState(self.state)


class PlannedMeeting(models.Model):
    """One meeting of a plan. Without a start no day has its quorum: `words` then says what is
    nearest, and who would have to move what."""

    plan = models.ForeignKey(YearPlan, models.CASCADE, related_name="meetings")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    wanted = models.DateField()
    start = models.DateTimeField(null=True)
    end = models.DateTimeField(null=True)
    papers_due = models.DateField(null=True)
    words = models.TextField()
    prices = models.JSONField(default=list)
    engagement = models.OneToOneField(Engagement, models.PROTECT, null=True, related_name="planned")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "body", "number"], name="one_planned_meeting_a_number"
            ),
            models.CheckConstraint(
                condition=Q(start__isnull=True, end__isnull=True)
                | Q(start__isnull=False, end__isnull=False, start__lt=F("end")),
                name="planned_meeting_is_timed_whole",
            ),
        ]

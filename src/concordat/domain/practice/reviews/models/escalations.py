"""Practitioners' disagreements about a child, stage by stage, and the policy they follow."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.records.models import Record
from concordat.domain.base.seats.models import Seat
from concordat.domain.practice.children.rules import LONGEST_LABEL
from concordat.domain.practice.reviews.rules.escalations import (
    EscalationOutcome,
    EscalationState,
    PolicyStage,
)


class EscalationPolicy(models.Model):
    """The stages of a partnership and their working days, from a day on. The old one stays."""

    partnership = models.ForeignKey(Record, models.PROTECT, related_name="+")
    stages = models.JSONField()
    from_day = models.DateField()
    to_day = models.DateField(null=True)
    source = models.TextField()
    set_by = models.CharField(max_length=200)

    PERSONAL = {"set_by": "name"}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership"],
                condition=Q(to_day=None),
                name="one_escalation_policy_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(to_day=None) | Q(to_day__gte=F("from_day")),
                name="an_escalation_policy_ends_after_it_begins",
            ),
        ]

    @property
    def told(self) -> tuple[PolicyStage, ...]:
        return tuple(PolicyStage(**each) for each in self.stages)


class Escalation(models.Model):
    """One disagreement. `label` is a child's label, or nothing. `stages` are those of the policy
    as it was on the day on which it was raised."""

    record = models.OneToOneField(Record, models.PROTECT, primary_key=True)
    partnership = models.ForeignKey(Record, models.PROTECT, related_name="+", db_index=False)
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    other = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    label = models.CharField(max_length=LONGEST_LABEL, blank=True)
    about = models.TextField()
    wanted = models.TextField()
    stages = models.JSONField()
    number = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(
        max_length=20,
        choices=[(s.value, s.label) for s in EscalationState],
        default=EscalationState.OPEN.value,
    )
    outcome = models.CharField(
        max_length=40, choices=[(o.value, o.label) for o in EscalationOutcome], blank=True
    )
    outcome_words = models.TextField(blank=True)
    raised_on = models.DateField()
    ended_on = models.DateField(null=True)
    ended_by = models.CharField(max_length=200, blank=True)

    PERSONAL = {
        "about": "free text",
        "wanted": "free text",
        "outcome_words": "free text",
        "ended_by": "name",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", outcome="", ended_on=None, ended_by="")
                | (Q(state="settled", ended_on__isnull=False) & ~Q(outcome="") & ~Q(ended_by=""))
                | (Q(state="withdrawn", ended_on__isnull=False, outcome="") & ~Q(ended_by="")),
                name="an_escalation_ends_whole",
            )
        ]
        indexes = [models.Index(fields=["partnership", "state"], name="escalation_by_state")]

    def __str__(self) -> str:
        return str(self.record)

    @property
    def state_is(self) -> EscalationState:
        return EscalationState(self.state)

    @property
    def policy(self) -> tuple[PolicyStage, ...]:
        return tuple(PolicyStage(**each) for each in self.stages)

    @property
    def stage(self) -> PolicyStage:
        return self.policy[self.number - 1]


class EscalationStep(models.Model):
    """One stage as it went: between whom, from when, until when it was due, and how it ended."""

    escalation = models.ForeignKey(Escalation, models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    days = models.PositiveSmallIntegerField()
    ours = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    theirs = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    from_day = models.DateField()
    due = models.DateField()
    ended_on = models.DateField(null=True)
    ended_words = models.TextField(blank=True)
    late_told_on = models.DateField(null=True)

    PERSONAL = {"ended_words": "free text"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["escalation", "number"], name="one_step_for_each_stage")
        ]
        indexes = [
            models.Index(
                fields=["due"],
                condition=Q(ended_on=None, late_told_on=None),
                name="escalation_step_by_due",
            )
        ]

    def is_late(self, today: date) -> bool:
        return (self.ended_on or today) > self.due


class EscalationTurn(models.Model):
    """One thing that was said or done."""

    escalation = models.ForeignKey(Escalation, models.PROTECT, related_name="turns")
    what = models.CharField(max_length=80)
    words = models.TextField(blank=True)
    by = models.CharField(max_length=200)
    on = models.DateField()

    PERSONAL = {"words": "free text", "by": "name"}

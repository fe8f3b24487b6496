"""One clock on one record, with every start it was given and every word said about a delay."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from concordat.domain.base.agencies.models import Area
from concordat.domain.base.clocks.models.terms import LocalRule
from concordat.domain.base.clocks.rules import OPEN, Bound, Stage
from concordat.domain.base.records.models import Record
from concordat.domain.base.seats.models import Seat

_UNSTARTED = Q(started_on__isnull=True, started_at__isnull=True, due__isnull=True, sum="")
_STARTED = Q(started_on__isnull=False, due__isnull=False, soon_from__isnull=False) & ~Q(sum="")
_UNMET = Q(
    met_on__isnull=True, met_at__isnull=True, met_by="", met_noted_on__isnull=True, proof="",
    proof_record__isnull=True,
)  # fmt: skip
_MET = Q(met_on__isnull=False, met_noted_on__isnull=False) & ~Q(met_by="") & ~Q(proof="")
_RULED_IN = Q(ruled_out_on__isnull=True, ruled_out_by="", ruled_out_reason="")
_RULED_OUT = Q(ruled_out_on__isnull=False) & ~Q(ruled_out_by="") & ~Q(ruled_out_reason="")


class Clock(models.Model):
    """A duty that runs on a record. `rule_text` is the row as it was pinned, `sum` how its date
    was counted. `part` tells apart clocks of one rule on one record; `local` is set for a row of
    the partnership's own. For a rule not to be done before a day (`bound`), `due` is that day.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    record = models.ForeignKey(Record, models.PROTECT, related_name="clocks")
    partnership = models.ForeignKey(Record, models.PROTECT, null=True, related_name="+")
    part = models.CharField(max_length=120, blank=True)
    rule = models.CharField(max_length=60)
    rule_version = models.PositiveIntegerField()
    rule_digest = models.CharField(max_length=64)
    rule_text = models.TextField()
    local = models.ForeignKey(LocalRule, models.PROTECT, null=True, related_name="clocks")
    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    holder = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="clocks")
    stage = models.CharField(max_length=20, choices=[(s.value, s.value) for s in Stage])
    opened_on = models.DateField()

    started_by = models.CharField(max_length=300)
    started_on = models.DateField(null=True)
    started_at = models.DateTimeField(null=True)
    bound = models.CharField(max_length=10, choices=[(b.value, b.value) for b in Bound])
    opens = models.DateField(null=True)
    soon_from = models.DateField(null=True)
    due = models.DateField(null=True)
    due_at = models.DateTimeField(null=True)
    sum = models.TextField(blank=True)

    met_on = models.DateField(null=True)
    met_at = models.DateTimeField(null=True)
    met_by = models.CharField(max_length=200, blank=True)
    met_noted_on = models.DateField(null=True)
    proof = models.TextField(blank=True)
    proof_record = models.ForeignKey(Record, models.PROTECT, null=True, related_name="proves")

    ruled_out_on = models.DateField(null=True)
    ruled_out_by = models.CharField(max_length=200, blank=True)
    ruled_out_reason = models.TextField(blank=True)

    PERSONAL = {
        "part": "free text",
        "started_by": "free text",
        "met_by": "name",
        "proof": "free text",
        "ruled_out_by": "name",
        "ruled_out_reason": "free text",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__in=[s.value for s in Stage]), name="clock_stage_is_known"
            ),
            models.CheckConstraint(
                condition=Q(bound__in=[b.value for b in Bound]), name="clock_bound_is_known"
            ),
            models.CheckConstraint(condition=_UNSTARTED | _STARTED, name="clock_starts_whole"),
            models.CheckConstraint(condition=_UNMET | _MET, name="clock_is_met_with_proof"),
            models.CheckConstraint(
                condition=_RULED_IN | _RULED_OUT, name="clock_is_ruled_out_whole"
            ),
            models.CheckConstraint(
                condition=Q(stage=Stage.START_NEEDED.value) & _UNSTARTED & _UNMET & _RULED_IN
                | Q(stage__in=[Stage.RUNNING.value, Stage.PAUSED.value])
                & _STARTED
                & _UNMET
                & _RULED_IN
                | Q(stage=Stage.MET.value) & _STARTED & _MET & _RULED_IN
                | Q(stage=Stage.NOT_APPLICABLE.value) & _UNMET & _RULED_OUT,
                name="clock_stage_tells_its_facts",
            ),
            models.UniqueConstraint(
                fields=["record", "rule", "part"],
                condition=Q(stage__in=[s.value for s in OPEN]),
                name="one_open_clock",
            ),
        ]
        indexes = [
            models.Index(fields=["partnership", "stage", "due"], name="clock_by_partnership"),
            models.Index(fields=["holder", "stage", "due"], name="clock_by_holder"),
            models.Index(fields=["stage", "due"], name="clock_by_due"),
        ]


class Start(models.Model):
    """One start that a clock was given, with the date that followed. The newest counts."""

    clock = models.ForeignKey(Clock, models.CASCADE, related_name="starts")
    started_by = models.CharField(max_length=300)
    started_on = models.DateField()
    started_at = models.DateTimeField(null=True)
    rule_version = models.PositiveIntegerField()
    rule_digest = models.CharField(max_length=64)
    due = models.DateField()
    due_at = models.DateTimeField(null=True)
    sum = models.TextField()
    reason = models.TextField(blank=True)
    given_by = models.CharField(max_length=200)
    given_on = models.DateField()

    PERSONAL = {"started_by": "free text", "reason": "free text", "given_by": "name"}

    class Meta:
        indexes = [models.Index(fields=["clock", "given_on"], name="start_by_clock")]


class Delay(models.Model):
    """Why a clock is late, or will be: it explains and stops nothing."""

    clock = models.ForeignKey(Clock, models.CASCADE, related_name="delays")
    reason = models.TextField()
    told = models.CharField(max_length=300, blank=True)
    expected_on = models.DateField(null=True)
    given_by = models.CharField(max_length=200)
    given_on = models.DateField()

    PERSONAL = {"reason": "free text", "told": "free text", "given_by": "name"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(given_by=""), name="delay_says_who_and_why"
            )
        ]


class Pause(models.Model):
    """A clock set aside for a reason that its rule lists. `ground` is that reason."""

    clock = models.ForeignKey(Clock, models.CASCADE, related_name="pauses")
    ground = models.CharField(max_length=120)
    words = models.TextField(blank=True)
    paused_on = models.DateField()
    paused_by = models.CharField(max_length=200)
    resumed_on = models.DateField(null=True)
    resumed_by = models.CharField(max_length=200, blank=True)

    PERSONAL = {"words": "free text", "paused_by": "name", "resumed_by": "name"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(resumed_on__isnull=True, resumed_by="")
                | (Q(resumed_on__gte=models.F("paused_on")) & ~Q(resumed_by="")),
                name="pause_is_ended_whole",
            ),
            models.UniqueConstraint(
                fields=["clock"], condition=Q(resumed_on__isnull=True), name="one_open_pause"
            ),
        ]


class Breach(models.Model):
    """A due date that went by. Recorded once for each due date that a clock had."""

    clock = models.ForeignKey(Clock, models.CASCADE, related_name="breaches")
    due = models.DateField()
    recorded_on = models.DateField()
    recorded_by = models.CharField(max_length=200)

    PERSONAL = {"recorded_by": "name"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clock", "due"], name="a_breach_is_recorded_once")
        ]

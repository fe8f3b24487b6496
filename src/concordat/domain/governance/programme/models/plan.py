"""Programmes and what they are made of: priorities, phases, milestones, products, changes of plan.

What a partnership file says is kept in its own words; `lead`, `owner`, `accepted_by` and `changes`
name another row as kind:key. Dates are kept as stated and never sharpened.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from concordat.domain.base.records.models import Dated, Keyed, Record
from concordat.domain.base.seats.models import Body
from concordat.domain.governance.programme.rules.cycle import Outcome
from concordat.domain.governance.programme.rules.life import (
    Making,
    Stage,
    making_of,
    stage_of,
)
from concordat.kernel.dates import UncertainDate

SAID = [(each.value, each.value) for each in Stage]


def read(text: str) -> UncertainDate | None:
    """A kept date; None for none."""
    return UncertainDate.parse(text) if text else None


class Staged(models.Model):
    """How far something is, as a source says it; blank where none does."""

    state = models.CharField(max_length=20, blank=True, choices=SAID)

    class Meta:
        abstract = True

    @property
    def stage(self) -> Stage:
        return stage_of(self.state)


class Programme(Dated, Staged):
    """A programme of work, with its bid, its money and whoever shares it. `amount` is in pence."""

    record = models.OneToOneField(Record, models.PROTECT, primary_key=True)
    title = models.TextField()
    funder = models.TextField(blank=True)
    fund = models.TextField(blank=True)
    amount = models.BigIntegerField(null=True)
    bid_on = models.CharField(max_length=60, blank=True)
    awarded_on = models.CharField(max_length=60, blank=True)
    steered_by = models.JSONField(default=list)
    partnerships = models.JSONField(default=list)
    reasons = models.JSONField(default=list)
    conditions = models.TextField(blank=True)
    about = models.TextField(blank=True)


class Priority(Dated, Staged):
    """What the partnership has chosen to work on, on which evidence, and what came of it."""

    record = models.OneToOneField(Record, models.PROTECT, primary_key=True)
    title = models.TextField()
    numbered = models.TextField(blank=True)
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, related_name="priorities")
    lead = models.TextField(blank=True)
    aims = models.JSONField(default=list)
    success = models.TextField(blank=True)
    evidence = models.TextField(blank=True)
    chosen_by = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    chosen_on = models.CharField(max_length=60, blank=True)
    outcome = models.TextField(blank=True)
    follows = models.ForeignKey("self", models.PROTECT, null=True, related_name="followed_by")

    @property
    def choice_day(self) -> UncertainDate | None:
        return read(self.chosen_on)


class Gate(Keyed):
    """A question at which a priority is decided upon: whether it goes on, and how.

    `rests_on` holds keys of the learning cycles whose findings it is decided on.
    """

    question = models.TextField()
    priority = models.ForeignKey(Priority, models.PROTECT, related_name="gates")
    date = models.CharField(max_length=60, blank=True)
    rests_on = models.JSONField(default=list)
    decided_by = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(
        max_length=10, blank=True, choices=[(each.value, each.label) for each in Outcome]
    )
    reason = models.TextField(blank=True)
    recorded_by = models.CharField(max_length=200, blank=True)
    recorded_on = models.DateField(null=True)

    PERSONAL = {"reason": "free text", "recorded_by": "name"}

    @property
    def day(self) -> UncertainDate | None:
        return read(self.date)

    @property
    def is_open(self) -> bool:
        return self.outcome in ("", Outcome.NOT_YET)


class Workstream(Dated, Staged):
    """A strand of work or a project group's task."""

    title = models.TextField()
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, related_name="workstreams")
    priority = models.ForeignKey(Priority, models.PROTECT, null=True, related_name="workstreams")
    lead = models.TextField(blank=True)
    about = models.TextField(blank=True)


class Phase(Dated):
    """A phase of a programme, in one version of its plan."""

    title = models.TextField()
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, related_name="phases")
    months = models.IntegerField(null=True)
    version = models.TextField(blank=True)
    about = models.TextField(blank=True)


class Milestone(Keyed, Staged):
    """Something to be reached. `due` is the plan, `first_due` the first plan of all.

    `takes` are days of work from what comes first to this; `rule` names the rule of law that
    fixes its last day. `depends_on` holds keys of milestones.
    """

    record = models.OneToOneField(Record, models.PROTECT, primary_key=True)
    title = models.TextField()
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, related_name="milestones")
    priority = models.ForeignKey(Priority, models.PROTECT, null=True, related_name="milestones")
    workstream = models.ForeignKey(Workstream, models.PROTECT, null=True, related_name="milestones")
    due = models.CharField(max_length=60, blank=True)
    first_due = models.CharField(max_length=60, blank=True)
    done_on = models.CharField(max_length=60, blank=True)
    depends_on = models.JSONField(default=list)
    owner = models.TextField(blank=True)
    takes = models.IntegerField(null=True)
    rule = models.TextField(blank=True)

    def in_plan(self, key: str = "") -> str:
        """Its name in a plan, or that of another which it names by its key: milestones of several
        partnerships may share a programme, each with keys of its own."""
        return f"{self.partnership_id}/{key or self.key}"

    @property
    def due_day(self) -> UncertainDate | None:
        return read(self.due)

    @property
    def first_day(self) -> UncertainDate | None:
        return read(self.first_due)

    @property
    def done_day(self) -> UncertainDate | None:
        return read(self.done_on)


class Replan(Keyed):
    """A change of plan: what was planned before, what now, why, and who agreed.

    `changes` names the programme, milestone or product as kind:key.
    """

    changes = models.TextField(blank=True)
    before = models.TextField()
    after = models.TextField()
    reasons = models.JSONField(default=list)
    agreed_by = models.TextField(blank=True)
    date = models.CharField(max_length=60, blank=True)
    recorded_by = models.CharField(max_length=200, blank=True)

    PERSONAL = {"reasons": "free text", "recorded_by": "name"}

    @property
    def day(self) -> UncertainDate | None:
        return read(self.date)


class Product(Keyed, Staged):
    """Something that a programme makes, and who accepts it.

    Handing over and acceptance are told in threes: when, by whom, and in which words.
    """

    record = models.OneToOneField(Record, models.PROTECT, primary_key=True)
    title = models.TextField()
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, related_name="products")
    contents = models.JSONField(default=list)
    due = models.CharField(max_length=60, blank=True)
    accepted_by = models.TextField(blank=True)
    about = models.TextField(blank=True)
    handed_on = models.DateField(null=True)
    handed_by = models.CharField(max_length=200, blank=True)
    accepted_on = models.DateField(null=True)
    acceptor = models.CharField(max_length=200, blank=True)
    acceptance = models.TextField(blank=True)

    PERSONAL = {"handed_by": "name", "acceptor": "name", "acceptance": "free text"}

    class Meta(Keyed.Meta):
        constraints = [
            *Keyed.Meta.constraints,
            models.CheckConstraint(
                condition=Q(handed_on__isnull=True, handed_by="")
                | (Q(handed_on__isnull=False) & ~Q(handed_by="")),
                name="a_product_is_handed_over_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(accepted_on__isnull=True, acceptor="")
                | (Q(accepted_on__isnull=False) & ~Q(acceptor="")),
                name="a_product_is_accepted_by_somebody",
            ),
        ]

    @property
    def due_day(self) -> UncertainDate | None:
        return read(self.due)

    @property
    def making(self) -> Making:
        return making_of(self.state, accepted=self.accepted_on is not None)


class Occurrence(Keyed, Staged):
    """Something that happened around the partnership, such as an inspection."""

    title = models.TextField()
    type = models.TextField(blank=True)
    by = models.TextField(blank=True)
    date = models.CharField(max_length=60, blank=True)
    about = models.TextField(blank=True)

    @property
    def day(self) -> UncertainDate | None:
        return read(self.date)

"""Learning cycles: who takes part, what is done, what is found, answered and seen of it.

What the board says to a suggestion, and what came of it, stand beside the suggestion itself.
"""

from __future__ import annotations

from uuid import UUID

from django.db import models

from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.records.models import Dated, Keyed, Record
from concordat.domain.base.seats.models import Body, Post
from concordat.domain.governance.programme.models.plan import Priority, read
from concordat.domain.governance.programme.rules.learning import (
    WAYS,
    Answer,
    Impact,
    Model,
    Next,
    Part,
    Sort,
    Turn,
    a_cycle_later,
    next_step,
    turn_of,
)
from concordat.kernel.dates import UncertainDate


class LearningCycle(Dated):
    """One cycle on one theme. `run_by` and `lead` name another row as kind:key.

    `body` is the board that it reports to; `checked_in` the cycle in which its impact was checked.
    """

    record = models.OneToOneField(Record, models.PROTECT, primary_key=True)
    theme = models.TextField()
    model = models.CharField(
        max_length=20, blank=True, choices=[(each.value, each.label) for each in Model]
    )
    priority = models.ForeignKey(Priority, models.PROTECT, null=True, related_name="cycles")
    run_by = models.TextField(blank=True)
    lead = models.TextField(blank=True)
    about = models.TextField(blank=True)
    state = models.CharField(
        max_length=20, blank=True, choices=[(each.value, each.label) for each in Turn]
    )
    body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    reported_on = models.CharField(max_length=60, blank=True)
    summary = models.TextField(blank=True)
    answered_on = models.CharField(max_length=60, blank=True)
    response = models.TextField(blank=True)
    check_on = models.CharField(max_length=60, blank=True)
    checked_on = models.CharField(max_length=60, blank=True)
    impact = models.TextField(blank=True)
    checked_in = models.ForeignKey("self", models.PROTECT, null=True, related_name="checks")

    PERSONAL = {"summary": "free text", "response": "free text", "impact": "free text"}

    @property
    def stage(self) -> Turn:
        return turn_of(self.state)

    @property
    def kind(self) -> Model:
        return Model(self.model) if self.model else Model.OTHER

    @property
    def report_day(self) -> UncertainDate | None:
        return read(self.reported_on)

    @property
    def answer_day(self) -> UncertainDate | None:
        return read(self.answered_on)

    @property
    def check_day(self) -> UncertainDate | None:
        """When its impact was or is to be checked: as stated, else at the end of the cycle after
        it, where its model says how long that is."""
        stated = read(self.checked_on or self.check_on)
        return stated or a_cycle_later(self.period.end, WAYS[self.kind].months)

    @property
    def next_step(self) -> Next | None:
        return next_step(self.stage, self.period.start, self.period.end, self.check_day)

    @property
    def owner(self) -> str:
        """Who owns it, as kind:key: its own lead, or that of its priority at the same place."""
        held = self.priority
        if self.lead or held is None or held.partnership_id != self.partnership_id:
            return self.lead
        return held.lead

    def named_in(self, home: UUID) -> str:
        """As rows of a partnership name it: its key, at another's with its slug before it."""
        if self.partnership_id == home:
            return self.key
        return f"{self.partnership.partnership_row.slug}/{self.key}"


class CycleMember(Dated):
    """Who takes part, for an agency: a post, or whoever is described in words."""

    cycle = models.ForeignKey(LearningCycle, models.PROTECT, related_name="members")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    who = models.CharField(max_length=300, blank=True)
    part = models.CharField(
        max_length=20, blank=True, choices=[(each.value, each.label) for each in Part]
    )

    PERSONAL = {"who": "name"}


class CycleWork(Keyed):
    """Something that was done: an audit, an event at which somebody was heard."""

    cycle = models.ForeignKey(LearningCycle, models.PROTECT, related_name="works")
    sort = models.CharField(max_length=30, choices=[(each.value, each.label) for each in Sort])
    what = models.TextField()
    date = models.CharField(max_length=60, blank=True)
    how_many = models.PositiveIntegerField(null=True)
    showed = models.TextField(blank=True)

    PERSONAL = {"showed": "free text"}

    @property
    def day(self) -> UncertainDate | None:
        return read(self.date)

    @property
    def kind(self) -> Sort:
        return Sort(self.sort)


class CycleFinding(Keyed):
    """What a cycle found and suggests to the board, its answer, and what came of it."""

    cycle = models.ForeignKey(LearningCycle, models.PROTECT, related_name="findings")
    says = models.TextField()
    suggests = models.TextField(blank=True)
    answer = models.CharField(
        max_length=20, blank=True, choices=[(each.value, each.label) for each in Answer]
    )
    reason = models.TextField(blank=True)
    impact = models.CharField(
        max_length=20, blank=True, choices=[(each.value, each.label) for each in Impact]
    )
    shown_by = models.TextField(blank=True)

    PERSONAL = {"reason": "free text", "shown_by": "free text"}

"""What a running programme leaves behind: updates, what the funder is owed, lessons, people."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.records.models import Dated, Keyed, Record
from concordat.domain.base.seats.models import Post
from concordat.domain.governance.programme.models.plan import (
    Milestone,
    Programme,
    Staged,
    read,
)
from concordat.domain.governance.programme.rules.capacity import Worth
from concordat.domain.governance.programme.rules.contracts import LONGEST_ORDER, Service, Void
from concordat.domain.governance.programme.rules.health import Health
from concordat.domain.governance.programme.rules.life import Engaged
from concordat.kernel.dates import UncertainDate


class Update(models.Model):
    """How it goes, written by a person on a day. `forecast` is the day that they expect."""

    record = models.ForeignKey(Record, models.PROTECT, related_name="health_updates")
    health = models.CharField(max_length=12, choices=[(e.value, e.label) for e in Health])
    words = models.TextField()
    forecast = models.CharField(max_length=60, blank=True)
    by = models.CharField(max_length=200)
    on = models.DateField()

    PERSONAL = {"words": "free text", "by": "name"}

    class Meta:
        indexes = [models.Index(fields=["record", "on"], name="update_by_record")]

    @property
    def expected(self) -> UncertainDate | None:
        return read(self.forecast)

    @property
    def says(self) -> Health:
        return Health(self.health)


class Obligation(Keyed):
    """What whoever pays for a programme is owed: a condition to keep, or a return to make."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="obligations")
    kind = models.CharField(
        max_length=10, choices=[("condition", "A condition"), ("return", "A return")]
    )
    what = models.TextField()
    due = models.CharField(max_length=60, blank=True)
    done_on = models.DateField(null=True)
    done_by = models.CharField(max_length=200, blank=True)
    done = models.TextField(blank=True)

    PERSONAL = {"done_by": "name", "done": "free text"}

    class Meta(Keyed.Meta):
        constraints = [
            *Keyed.Meta.constraints,
            models.CheckConstraint(
                condition=Q(done_on__isnull=True, done_by="", done="")
                | (Q(done_on__isnull=False) & ~Q(done_by="") & ~Q(done="")),
                name="what_is_owed_is_done_in_words_by_somebody",
            ),
        ]

    @property
    def due_day(self) -> UncertainDate | None:
        return read(self.due)


class Lesson(Keyed):
    """A challenge met, how it was answered, a success or a lesson. `answers` holds keys."""

    kind = models.CharField(max_length=20)
    theme = models.TextField()
    says = models.TextField()
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, related_name="lessons")
    answers = models.JSONField(default=list)


class Deed(models.Model):
    """What was done about a lesson: a record that it led to, and how."""

    lesson = models.ForeignKey(Lesson, models.PROTECT, related_name="deeds")
    record = models.ForeignKey(Record, models.PROTECT, related_name="+")
    how = models.CharField(max_length=400)
    linked_by = models.CharField(max_length=200)
    linked_on = models.DateField()

    PERSONAL = {"how": "free text", "linked_by": "name"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["lesson", "record"], name="lesson_names_a_record_once")
        ]


class Appointment(Keyed, Staged):
    """Somebody recruited, or a service bought."""

    title = models.TextField()
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    date = models.CharField(max_length=60, blank=True)
    how = models.TextField(blank=True)
    ends = models.CharField(max_length=60, blank=True)

    @property
    def day(self) -> UncertainDate | None:
        return read(self.date)

    @property
    def last_day(self) -> UncertainDate | None:
        return read(self.ends)


class Contract(Dated):
    """A service that is paid by the day. `rate` is in pence a day, `agreed` in half days.

    `worked_by` names who works the days as kind:key, and may claim them.
    """

    record = models.OneToOneField(Record, models.PROTECT, primary_key=True)
    title = models.TextField()
    service = models.CharField(max_length=30, choices=[(e.value, e.label) for e in Service])
    supplier = models.CharField(max_length=300)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    agreed = models.PositiveIntegerField(null=True)
    rate = models.PositiveIntegerField(null=True)
    number = models.CharField(max_length=LONGEST_ORDER, blank=True)
    worked_by = models.TextField(blank=True)
    state = models.CharField(
        max_length=10,
        choices=[(e.value, e.label) for e in Engaged],
        default=Engaged.DRAFT.value,
    )
    ended_for = models.TextField(blank=True)

    PERSONAL = {"supplier": "name", "ended_for": "free text"}

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(state=Engaged.ORDERED) | ~Q(number=""),
                name="an_order_has_a_number",
            ),
        ]

    @property
    def stage(self) -> Engaged:
        return Engaged(self.state)


class Claim(models.Model):
    """Half days that were worked on a contract, at the `rate` of that day in pence, and who
    approved them.

    `claimant` and `hand` are the people whose claim it is: whose right it was, and who wrote it
    down for them. A claim that is withdrawn or refused uses no agreed days.
    """

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="claims")
    worked = models.DateField()
    halves = models.PositiveIntegerField()
    what = models.TextField()
    claimed_by = models.CharField(max_length=200)
    claimed_on = models.DateField()
    claimant = models.UUIDField(null=True)
    hand = models.UUIDField(null=True)
    rate = models.PositiveIntegerField(null=True)
    approved_by = models.CharField(max_length=200, blank=True)
    approved_on = models.DateField(null=True)
    void = models.CharField(max_length=10, blank=True, choices=[(e.value, e.label) for e in Void])
    void_on = models.DateField(null=True)
    void_by = models.CharField(max_length=200, blank=True)
    void_for = models.TextField(blank=True)

    PERSONAL = {
        "what": "free text", "claimed_by": "name", "approved_by": "name", "void_by": "name",
        "void_for": "free text",
    }  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(void="", void_on__isnull=True, void_by="", void_for="")
                | (
                    ~Q(void="")
                    & Q(void_on__isnull=False, approved_on__isnull=True)
                    & ~Q(void_by="")
                    & ~Q(void_for="")
                ),
                name="a_claim_is_void_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(approved_on__isnull=True, approved_by="")
                | (Q(approved_on__isnull=False) & ~Q(approved_by="")),
                name="a_claim_is_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(claimed_on__gte=F("worked")), name="days_are_claimed_once_worked"
            ),
        ]


class Room(Keyed):
    """Half days for which a post is free in a quarter, after its everyday work."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    quarter = models.CharField(max_length=10)
    halves = models.PositiveIntegerField()

    class Meta(Keyed.Meta):
        constraints = [
            *Keyed.Meta.constraints,
            models.UniqueConstraint(fields=["post", "quarter"], name="one_room_a_post_and_quarter"),
        ]


class Need(Keyed):
    """Half days that a piece of work asks of a post in a quarter, and what it is worth."""

    title = models.CharField(max_length=300)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    quarter = models.CharField(max_length=10)
    halves = models.PositiveIntegerField()
    worth = models.CharField(max_length=10, choices=[(e.value, e.label) for e in Worth])
    milestone = models.ForeignKey(Milestone, models.PROTECT, null=True, related_name="needs")
    set_aside_on = models.DateField(null=True)
    set_aside_by = models.CharField(max_length=200, blank=True)
    set_aside_for = models.TextField(blank=True)

    PERSONAL = {"set_aside_by": "name", "set_aside_for": "free text"}

    class Meta(Keyed.Meta):
        constraints = [
            *Keyed.Meta.constraints,
            models.CheckConstraint(
                condition=Q(set_aside_on__isnull=True, set_aside_by="", set_aside_for="")
                | (Q(set_aside_on__isnull=False) & ~Q(set_aside_by="") & ~Q(set_aside_for="")),
                name="work_is_set_aside_for_something",
            ),
        ]
        indexes = [models.Index(fields=["partnership", "quarter"], name="need_by_quarter")]

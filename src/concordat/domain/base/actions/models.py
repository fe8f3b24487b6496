"""Actions, every entry made on them, their evidence, and each agency's single contact."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from concordat.domain.base.actions import rules
from concordat.domain.base.actions.rules import OVER, Priority, Stage, Standing, Told
from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.documents.models import Document
from concordat.domain.base.people.models import Person
from concordat.domain.base.people.rules import LONGEST_ADDRESS
from concordat.domain.base.records.models import Record
from concordat.domain.base.seats.models import Body, Seat


class Action(models.Model):
    """What is to be done: the record's title says it in a sentence that begins with a verb.

    `source` is the record that it came from and `source_place` where in it. `asked` is the seat
    in whose work it stands, `agency` the agency that answers for it; both follow from the owner
    and are set with it. `comes_up` is its due day, or the day on which it is looked at next.
    """

    record = models.OneToOneField(Record, models.PROTECT, primary_key=True)
    partnership = models.ForeignKey(Record, models.PROTECT, related_name="+", db_index=False)
    source = models.ForeignKey(Record, models.PROTECT, related_name="actions")
    source_kind = models.CharField(max_length=20)
    source_place = models.CharField(max_length=rules.LONGEST_PLACE, blank=True)
    why = models.TextField(blank=True)
    set_by = models.ForeignKey(Body, models.PROTECT, related_name="actions", db_index=False)
    owner_seat = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="actions_owned")
    owner_person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="actions")
    owner_agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    asked = models.ForeignKey(
        Seat, models.PROTECT, null=True, related_name="actions_asked", db_index=False
    )
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, related_name="actions", db_index=False
    )
    priority = models.CharField(max_length=10, choices=[(p.value, p.label) for p in Priority])
    evidence_wanted = models.TextField(blank=True)
    due = models.DateField(null=True)
    first_due = models.DateField(null=True)
    look_every = models.PositiveSmallIntegerField(null=True)
    comes_up = models.DateField()
    asked_for = models.DateField(null=True)
    extended = models.PositiveSmallIntegerField(default=0)
    times_late = models.PositiveSmallIntegerField(default=0)
    late_for = models.DateField(null=True)
    late_on = models.DateField(null=True)
    stage = models.CharField(
        max_length=10, choices=[(s.value, s.words) for s in Stage], default=Stage.OPEN.value
    )
    rank = models.PositiveSmallIntegerField(default=0)
    standing = models.CharField(
        max_length=15, blank=True, choices=[(s.value, s.label) for s in Standing]
    )
    last_word = models.CharField(max_length=rules.LONGEST_WORD, blank=True)
    last_word_by = models.CharField(max_length=200, blank=True)
    last_word_on = models.DateField(null=True)
    heard_on = models.DateField()
    done = models.TextField(blank=True)
    closed_on = models.DateField(null=True)
    closed_by = models.CharField(max_length=200, blank=True)
    closer = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ended_on = models.DateField(null=True)
    ended_by = models.CharField(max_length=200, blank=True)
    end_reason = models.TextField(blank=True)
    superseded_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="supersedes")

    PERSONAL = {
        "why": "free text",
        "last_word": "free text",
        "last_word_by": "name",
        "done": "free text",
        "closed_by": "name",
        "ended_by": "name",
        "end_reason": "free text",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(owner_seat__isnull=False, owner_person=None, owner_agency=None)
                | Q(owner_seat=None, owner_person__isnull=False, owner_agency=None)
                | Q(owner_seat=None, owner_person=None, owner_agency__isnull=False),
                name="action_has_one_owner",
            ),
            models.CheckConstraint(
                condition=Q(due__isnull=True, look_every__isnull=False)
                | Q(due__isnull=False, look_every__isnull=True, comes_up=models.F("due")),
                name="action_has_a_day_or_is_looked_at",
            ),
            models.CheckConstraint(
                condition=Q(stage=Stage.OPEN.value, rank=0)
                | Q(stage=Stage.CLOSED.value, rank=1)
                | (~Q(stage__in=[Stage.OPEN.value, Stage.CLOSED.value]) & Q(rank=OVER)),
                name="action_is_ranked_by_its_stage",
            ),
            models.CheckConstraint(
                condition=Q(last_word="", last_word_by="", last_word_on__isnull=True)
                | (~Q(last_word="") & ~Q(last_word_by="") & Q(last_word_on__isnull=False)),
                name="action_has_a_whole_last_word",
            ),
            models.CheckConstraint(
                condition=Q(done="", closed_by="", closed_on__isnull=True)
                | (~Q(done="") & ~Q(closed_by="") & Q(closed_on__isnull=False)),
                name="action_is_closed_whole",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ended_by="")
                | (Q(ended_on__isnull=False) & ~Q(ended_by="")),
                name="action_is_ended_whole",
            ),
            models.CheckConstraint(
                condition=Q(rank=OVER, ended_on__isnull=False)
                | (Q(ended_on__isnull=True) & ~Q(rank=OVER)),
                name="action_is_over_once_ended",
            ),
            models.CheckConstraint(
                condition=Q(stage=Stage.SUPERSEDED.value, superseded_by__isnull=False)
                | (~Q(stage=Stage.SUPERSEDED.value) & Q(superseded_by__isnull=True)),
                name="action_is_superseded_by_another",
            ),
        ]
        indexes = [
            models.Index(fields=["partnership", "rank", "comes_up"], name="action_by_what_is_owed"),
            models.Index(fields=["partnership", "comes_up"], name="action_by_day"),
            models.Index(fields=["partnership", "heard_on"], name="action_by_last_word"),
            models.Index(fields=["partnership", "stage", "comes_up"], name="action_by_stage"),
            models.Index(
                fields=["partnership", "priority", "rank", "comes_up"], name="action_by_priority"
            ),
            models.Index(
                fields=["partnership", "source_kind", "rank", "comes_up"], name="action_by_kind"
            ),
            models.Index(fields=["asked", "rank", "comes_up"], name="action_by_asked"),
            models.Index(fields=["set_by", "rank", "comes_up"], name="action_by_body"),
            models.Index(fields=["agency", "rank", "comes_up"], name="action_by_agency"),
            models.Index(
                fields=["partnership", "rank", "comes_up"],
                condition=Q(due__isnull=True),
                name="action_without_a_day",
            ),
            models.Index(
                fields=["comes_up"],
                condition=Q(stage=Stage.OPEN.value),
                name="action_that_comes_up",
            ),
            models.Index(fields=["partnership", "closed_on"], name="action_by_closing"),
        ]

    def __str__(self) -> str:
        return str(self.record)

    @property
    def owner(self) -> Seat | Person | Agency:
        owner = self.owner_seat or self.owner_person or self.owner_agency
        assert owner is not None  # noqa: S101 - the database holds that there is one
        return owner

    @property
    def owner_name(self) -> str:
        """The owner in words: a seat with its agency, a person, or an agency."""
        if self.owner_seat:
            agency = f", {self.agency.name}" if self.agency else ""
            return f"{self.owner_seat.role}{agency}"
        return self.owner_agency.name if self.owner_agency else str(self.owner_person)

    def is_overdue(self, today: date) -> bool:
        return rules.is_overdue(self.stage, self.due, today)


class Entry(models.Model):
    """One thing told of an action. Days that it had stay on file in what replaced them."""

    action = models.ForeignKey(Action, models.PROTECT, related_name="entries")
    told = models.CharField(max_length=24, choices=[(t.value, t.label) for t in Told])
    words = models.TextField(blank=True)
    standing = models.CharField(
        max_length=15, blank=True, choices=[(s.value, s.label) for s in Standing]
    )
    due_before = models.DateField(null=True)
    due_after = models.DateField(null=True)
    owner_before = models.CharField(max_length=620, blank=True)
    owner_after = models.CharField(max_length=620, blank=True)
    by = models.CharField(max_length=200)
    on = models.DateField()

    PERSONAL = {
        "words": "free text",
        "by": "name",
        "owner_before": "name",
        "owner_after": "name",
    }

    class Meta:
        indexes = [models.Index(fields=["told", "on"], name="action_entry_by_day")]


class Evidence(models.Model):
    """What shows that an action was done: a document, or a statement with where it is."""

    action = models.ForeignKey(Action, models.PROTECT, related_name="evidence")
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    statement = models.TextField(blank=True)
    place = models.CharField(max_length=300, blank=True)
    given_by = models.CharField(max_length=200)
    given_on = models.DateField()

    PERSONAL = {"statement": "free text", "given_by": "name"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(document__isnull=False, statement="", place="")
                | (Q(document__isnull=True) & ~Q(statement="") & ~Q(place="")),
                name="evidence_is_a_document_or_a_statement",
            )
        ]


class Contact(models.Model):
    """The single contact of an agency: a seat of it, or somebody without an account by mail."""

    agency = models.OneToOneField(
        Agency, models.PROTECT, primary_key=True, related_name="action_contact"
    )
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200, blank=True)
    email = models.EmailField(max_length=LONGEST_ADDRESS, blank=True)
    named_by = models.CharField(max_length=200)
    named_on = models.DateField()

    PERSONAL = {"name": "name", "email": "email", "named_by": "name"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(seat__isnull=False, name="", email="")
                | (Q(seat__isnull=True) & ~Q(name="") & ~Q(email="")),
                name="a_contact_is_a_seat_or_an_address",
            )
        ]

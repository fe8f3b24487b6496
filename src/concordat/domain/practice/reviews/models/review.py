"""A local review, who it is about, its terms, its lists, and what it found."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from concordat.domain.base.agencies.models import Agency, Area
from concordat.domain.base.documents.models import Document
from concordat.domain.base.records.models import Record
from concordat.domain.base.seats.models import Body
from concordat.domain.practice.children.models import Child
from concordat.domain.practice.reviews.rules import desk
from concordat.domain.practice.reviews.rules.desk import List, Outcome, Points, Stage


class Review(models.Model):
    """A local child safeguarding practice review, or another review of practice.

    `origin` is what it comes from, if that is kept here; `decided_on` is the day of the decision
    to start it, from which the partners' time runs. `old_rules` is true where the old board's
    rules still apply. `draft` is the report; `planned_on` its planned day of publication;
    `round` counts how often it was sent into clearance. Where it is not appropriate to publish the
    report, `report` is the report, and `draft` tells of the improvements alone: `instead_why` says
    why (LC-PUBLISH).
    """

    record = models.OneToOneField(Record, models.PROTECT, primary_key=True)
    partnership = models.ForeignKey(Record, models.PROTECT, related_name="+", db_index=False)
    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="reviews")
    origin = models.ForeignKey(Record, models.PROTECT, null=True, related_name="reviews_of")
    origin_words = models.CharField(max_length=desk.LONGEST_LINE, blank=True)
    why = models.TextField()
    decided_on = models.DateField()
    decided_by = models.ForeignKey(Body, models.PROTECT, null=True, related_name="reviews_decided")
    statutory = models.BooleanField(default=True)
    old_rules = models.BooleanField(default=False)
    method = models.CharField(max_length=40, blank=True)
    method_answers = models.JSONField(default=dict)
    method_why = models.TextField(blank=True)
    method_by = models.CharField(max_length=200, blank=True)
    method_on = models.DateField(null=True)
    stage = models.CharField(
        max_length=20, choices=[(s.value, s.label) for s in Stage], default=Stage.SCOPING.value
    )
    draft = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    round = models.PositiveSmallIntegerField(default=0)
    report = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    instead_why = models.TextField(blank=True)
    instead_by = models.CharField(max_length=200, blank=True)
    instead_on = models.DateField(null=True)
    planned_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    ended_why = models.TextField(blank=True)

    PERSONAL = {
        "origin_words": "free text",
        "why": "free text",
        "method_why": "free text",
        "method_by": "name",
        "ended_why": "free text",
        "instead_why": "free text",
        "instead_by": "name",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(method="", method_on=None, method_by="", method_why="")
                | (~Q(method="") & Q(method_on__isnull=False) & ~Q(method_why="")),
                name="a_method_is_chosen_whole",
            ),
            models.CheckConstraint(
                condition=Q(instead_on=None, instead_why="", instead_by="", report=None)
                | (
                    Q(instead_on__isnull=False, report__isnull=False, draft__isnull=False)
                    & ~Q(instead_why="")
                    & ~Q(instead_by="")
                ),
                name="a_report_is_kept_back_whole",
            ),
        ]
        indexes = [models.Index(fields=["partnership", "stage"], name="review_by_stage")]

    def __str__(self) -> str:
        return str(self.record)

    @property
    def stage_is(self) -> Stage:
        return Stage(self.stage)


class Subject(models.Model):
    """A child whom a review is about, by label."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="subjects")
    child = models.ForeignKey(Child, models.PROTECT, related_name="reviews")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "child"], name="a_child_is_of_a_review_once")
        ]


class TermsOfReview(models.Model):
    """One version of the terms of reference, by item; an agreed one is never written again."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="terms")
    number = models.PositiveSmallIntegerField()
    says = models.JSONField(default=dict)
    note = models.CharField(max_length=desk.LONGEST_LINE, blank=True)
    written_by = models.CharField(max_length=200)
    written_on = models.DateField()
    agreed_by = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    agreed_on = models.DateField(null=True)
    agreed_words = models.TextField(blank=True)

    PERSONAL = {
        "says": "free text",
        "note": "free text",
        "written_by": "name",
        "agreed_words": "free text",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="one_version_of_terms"),
            models.CheckConstraint(
                condition=Q(agreed_by=None, agreed_on=None, agreed_words="")
                | Q(agreed_by__isnull=False, agreed_on__isnull=False),
                name="terms_are_agreed_whole",
            ),
        ]


class Entry(models.Model):
    """One line of a list of a review: planned for a day, and what came of it.

    `who` is a role, or for the family a label; `more` is what that list asks besides.
    """

    review = models.ForeignKey(Review, models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in List])
    key = models.CharField(max_length=40, blank=True)
    what = models.CharField(max_length=desk.LONGEST_LINE)
    who = models.CharField(max_length=desk.LONGEST_LINE, blank=True)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    more = models.TextField(blank=True)
    planned = models.DateField(null=True)
    outcome = models.CharField(max_length=20, blank=True)
    outcome_on = models.DateField(null=True)
    outcome_words = models.TextField(blank=True)
    outcome_by = models.CharField(max_length=200, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    made_by = models.CharField(max_length=200)
    made_on = models.DateField()

    PERSONAL = {
        "what": "free text",
        "who": "free text",
        "more": "free text",
        "outcome_words": "free text",
        "outcome_by": "name",
        "made_by": "name",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", outcome_on=None, outcome_by="")
                | (~Q(outcome="") & Q(outcome_on__isnull=False) & ~Q(outcome_by="")),
                name="an_outcome_is_told_whole",
            )
        ]
        indexes = [models.Index(fields=["review", "kind", "planned"], name="entry_by_day")]

    @property
    def list_is(self) -> List:
        return List(self.kind)

    @property
    def came_of_it(self) -> Outcome | None:
        return desk.outcome(self.list_is, self.outcome) if self.outcome else None

    @property
    def is_over(self) -> bool:
        return bool(self.came_of_it and self.came_of_it.ends)

    def is_late(self, today: date) -> bool:
        return desk.is_late(self.planned, self.is_over, today)


class Line(models.Model):
    """A line of enquiry: a question, and the conclusion that it came to."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="lines")
    number = models.PositiveSmallIntegerField()
    question = models.TextField()
    conclusion = models.TextField(blank=True)
    concluded_by = models.CharField(max_length=200, blank=True)
    concluded_on = models.DateField(null=True)
    set_aside_why = models.TextField(blank=True)

    PERSONAL = {
        "question": "free text",
        "conclusion": "free text",
        "concluded_by": "name",
        "set_aside_why": "free text",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="one_line_a_number"),
            models.CheckConstraint(
                condition=Q(conclusion="", concluded_by="", concluded_on=None)
                | (~Q(conclusion="") & ~Q(concluded_by="") & Q(concluded_on__isnull=False)),
                name="a_line_is_concluded_whole",
            ),
        ]


class Finding(models.Model):
    """What a review found: what it is, why it was so, and how far beyond this case it reaches."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="findings")
    line = models.ForeignKey(Line, models.PROTECT, null=True, related_name="findings")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=desk.LONGEST_LINE)
    says = models.TextField()
    why = models.TextField(blank=True)
    beyond = models.TextField(blank=True)
    by = models.CharField(max_length=200)
    on = models.DateField()

    PERSONAL = {
        "title": "free text",
        "says": "free text",
        "why": "free text",
        "beyond": "free text",
        "by": "name",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="one_finding_a_number")
        ]


class Evidence(models.Model):
    """To what a conclusion or a finding points: a record here, a place in it, or both in words."""

    line = models.ForeignKey(Line, models.PROTECT, null=True, related_name="evidence")
    finding = models.ForeignKey(Finding, models.PROTECT, null=True, related_name="evidence")
    kind = models.CharField(max_length=20, choices=[(p.value, p.label) for p in Points])
    record = models.ForeignKey(Record, models.PROTECT, null=True, related_name="+")
    place = models.CharField(max_length=desk.LONGEST_LINE)
    shows = models.TextField(blank=True)
    by = models.CharField(max_length=200)
    on = models.DateField()

    PERSONAL = {"place": "free text", "shows": "free text", "by": "name"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(line__isnull=False, finding=None) | Q(line=None, finding__isnull=False),
                name="evidence_is_of_a_line_or_a_finding",
            )
        ]

    @property
    def kind_is(self) -> Points:
        return Points(self.kind)


def numbered(rows: Any) -> int:
    """The next number among rows that are counted from one."""
    return (rows.aggregate(most=models.Max("number"))["most"] or 0) + 1

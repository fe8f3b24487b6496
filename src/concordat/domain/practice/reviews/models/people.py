"""Who works on a review and for how long, what they are paid in which stages, the agencies' own
reports, and what runs beside it."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.documents.models import Document
from concordat.domain.base.people.models import Person
from concordat.domain.base.records.models import Hold, Record
from concordat.domain.base.seats.models import Seat
from concordat.domain.governance.programme.models import Contract
from concordat.domain.practice.reviews.models.review import Review
from concordat.domain.practice.reviews.rules import desk
from concordat.domain.practice.reviews.rules.desk import Conflict, Part, Proceeding, ReportStage


class Member(models.Model):
    """Somebody who works on a review: by their seat, or as a person where they hold none.

    Their interests are checked before they are let in; access ends with `to_day`. Of a reviewer
    `appointed` says who appointed them and when, `uncontracted` why there is no contract.
    """

    review = models.ForeignKey(Review, models.PROTECT, related_name="members")
    part = models.CharField(max_length=30, choices=[(p.value, p.value) for p in Part])
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="reviews")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="reviews")
    why = models.TextField()
    asked_on = models.DateField()
    asked_by = models.CharField(max_length=200)
    conflict = models.CharField(
        max_length=30, blank=True, choices=[(c.value, c.value) for c in Conflict]
    )
    conflict_words = models.TextField(blank=True)
    checked_by = models.CharField(max_length=200, blank=True)
    checked_on = models.DateField(null=True)
    contract = models.ForeignKey(Contract, models.PROTECT, null=True, related_name="reviewers")
    from_day = models.DateField(null=True)
    to_day = models.DateField(null=True)
    appointed = models.TextField(blank=True)
    uncontracted = models.TextField(blank=True)
    ended_why = models.TextField(blank=True)

    PERSONAL = {
        "why": "free text",
        "asked_by": "name",
        "conflict_words": "free text",
        "checked_by": "name",
        "appointed": "free text",
        "uncontracted": "free text",
        "ended_why": "free text",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(seat__isnull=False, person=None) | Q(seat=None, person__isnull=False),
                name="a_member_is_a_seat_or_a_person",
            ),
            models.CheckConstraint(
                condition=Q(conflict="", conflict_words="", checked_by="", checked_on=None)
                | (~Q(conflict="") & ~Q(checked_by="") & Q(checked_on__isnull=False)),
                name="interests_are_checked_whole",
            ),
            models.CheckConstraint(
                condition=Q(from_day=None, to_day=None)
                | Q(from_day__isnull=False, checked_on__isnull=False),
                name="nobody_is_let_in_unchecked",
            ),
            models.CheckConstraint(
                condition=Q(to_day=None) | Q(to_day__gte=F("from_day")), name="member_days_in_order"
            ),
        ]

    @property
    def part_is(self) -> Part:
        return Part(self.part)

    @property
    def grantee(self) -> Record:
        found: Record = (self.seat or self.person).record  # type: ignore[union-attr]
        return found

    @property
    def name(self) -> str:
        if self.seat:
            return f"{self.seat.role}, {self.seat.body.name}"
        return self.person.name if self.person else ""

    def is_in(self, today: date) -> bool:
        begun = self.from_day is not None and self.from_day <= today
        return begun and (self.to_day is None or self.to_day >= today)


class FeeStage(models.Model):
    """A part of a reviewer's fee, in pence, that is owed once something is done."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="fees")
    what = models.CharField(max_length=desk.LONGEST_LINE)
    amount = models.PositiveIntegerField()
    due = models.DateField(null=True)
    invoiced_on = models.DateField(null=True)
    invoice = models.CharField(max_length=60, blank=True)
    approved_on = models.DateField(null=True)
    approved_by = models.CharField(max_length=200, blank=True)

    PERSONAL = {"what": "free text", "approved_by": "name"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_on=None, approved_by="")
                | (Q(approved_on__isnull=False, invoiced_on__isnull=False) & ~Q(approved_by="")),
                name="a_fee_is_approved_once_invoiced",
            )
        ]


class AgencyReport(models.Model):
    """An agency's own report: who writes it and how they are independent, and who signs it.

    `author` is a role. `signed` names the version that the agency's seat signed, by its number
    and the SHA-256 of its file.
    """

    review = models.ForeignKey(Review, models.PROTECT, related_name="reports")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="review_reports")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="review_reports")
    due = models.DateField()
    asked_on = models.DateField()
    stage = models.CharField(
        max_length=30, choices=[(s.value, s.label) for s in ReportStage],
        default=ReportStage.ASKED.value,
    )  # fmt: skip
    author = models.CharField(max_length=desk.LONGEST_LINE, blank=True)
    independent = models.TextField(blank=True)
    briefed_on = models.DateField(null=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    quality = models.TextField(blank=True)
    quality_by = models.CharField(max_length=200, blank=True)
    quality_on = models.DateField(null=True)
    signed = models.CharField(max_length=100, blank=True)
    signed_by = models.CharField(max_length=200, blank=True)
    signed_on = models.DateField(null=True)

    PERSONAL = {
        "author": "free text",
        "independent": "free text",
        "quality": "free text",
        "quality_by": "name",
        "signed_by": "name",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "agency"], name="one_report_of_an_agency"),
            models.CheckConstraint(
                condition=Q(signed="", signed_by="", signed_on=None)
                | (~Q(signed="") & ~Q(signed_by="") & Q(signed_on__isnull=False)),
                name="an_agency_signs_whole",
            ),
        ]

    @property
    def stage_is(self) -> ReportStage:
        return ReportStage(self.stage)


class ParallelProceeding(models.Model):
    """What runs beside a review, and the hold on publication that it brings."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="proceedings")
    kind = models.CharField(max_length=30, choices=[(p.value, p.label) for p in Proceeding])
    what = models.CharField(max_length=desk.LONGEST_LINE)
    waits = models.TextField(blank=True)
    hold = models.ForeignKey(Hold, models.PROTECT, null=True, related_name="+")
    expected = models.DateField(null=True)
    began_on = models.DateField()
    ended_on = models.DateField(null=True)
    ended_how = models.TextField(blank=True)

    PERSONAL = {"what": "free text", "waits": "free text", "ended_how": "free text"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None, ended_how="")
                | (Q(ended_on__isnull=False) & ~Q(ended_how="")),
                name="a_proceeding_ends_whole",
            )
        ]

    @property
    def kind_is(self) -> Proceeding:
        return Proceeding(self.kind)

"""Near misses and good practice that were referred, and which group learns from them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.mail.models import GuestLink
from concordat.domain.base.people.models import Person
from concordat.domain.base.people.rules import LONGEST_ADDRESS
from concordat.domain.base.records.models import Record
from concordat.domain.base.seats.models import Body, Seat
from concordat.domain.practice.reviews.rules.referrals import ReferralKind, ReferralStage


class ReferralGroup(models.Model):
    """Which group has a partnership's referrals on its caseload, and on whose word; the group may
    be another partnership's, such as one that three boroughs share."""

    partnership = models.ForeignKey(Record, models.PROTECT, related_name="+")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
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
                name="one_group_for_referrals_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(to_day=None) | Q(to_day__gte=F("from_day")),
                name="a_group_for_referrals_ends_after_it_begins",
            ),
        ]


class LearningReferral(models.Model):
    """One thing that went nearly wrong, or well, that others may learn from. No child is at its
    centre: it holds no label and no place for one."""

    record = models.OneToOneField(Record, models.PROTECT, primary_key=True)
    partnership = models.ForeignKey(Record, models.PROTECT, related_name="+", db_index=False)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200, blank=True)
    email = models.EmailField(max_length=LONGEST_ADDRESS, blank=True)
    link = models.ForeignKey(GuestLink, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(
        max_length=20, choices=[(k.value, k.label) for k in ReferralKind], blank=True
    )
    stage = models.CharField(max_length=30, choices=[(s.value, s.label) for s in ReferralStage])
    happened = models.CharField(max_length=60, blank=True)
    setting = models.CharField(max_length=200, blank=True)
    what = models.TextField(blank=True)
    why = models.TextField(blank=True)
    lesson = models.TextField(blank=True)
    referred_on = models.DateField(null=True)
    second = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    seconded_why = models.TextField(blank=True)
    seconded_by = models.CharField(max_length=200, blank=True)
    seconded_on = models.DateField(null=True)
    group = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    taken_why = models.TextField(blank=True)
    taken_by = models.CharField(max_length=200, blank=True)
    taken_on = models.DateField(null=True)
    learnt = models.TextField(blank=True)
    told_to = models.TextField(blank=True)
    learnt_on = models.DateField(null=True)

    PERSONAL = {
        "name": "name",
        "email": "email",
        "what": "free text",
        "why": "free text",
        "lesson": "free text",
        "seconded_why": "free text",
        "seconded_by": "name",
        "taken_why": "free text",
        "taken_by": "name",
        "learnt": "free text",
        "told_to": "free text",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(seat__isnull=False, name="", email="")
                | (Q(seat=None) & ~Q(name="") & ~Q(email="")),
                name="a_referral_is_by_a_seat_or_a_person",
            ),
            models.CheckConstraint(
                condition=Q(seconded_on=None, seconded_by="")
                | (Q(seconded_on__isnull=False, second__isnull=False) & ~Q(seconded_by="")),
                name="a_referral_is_seconded_whole",
            ),
            models.CheckConstraint(
                condition=Q(taken_on=None, taken_by="")
                | (
                    Q(taken_on__isnull=False, group__isnull=False, seconded_on__isnull=False)
                    & ~Q(taken_by="")
                ),
                name="only_what_was_agreed_is_on_a_caseload",
            ),
            models.CheckConstraint(
                condition=Q(learnt_on=None, learnt="", told_to="")
                | (Q(learnt_on__isnull=False, taken_on__isnull=False) & ~Q(learnt="")),
                name="what_was_learnt_is_told_whole",
            ),
        ]
        indexes = [models.Index(fields=["partnership", "stage"], name="referral_by_stage")]

    def __str__(self) -> str:
        return str(self.record)

    @property
    def stage_is(self) -> ReferralStage:
        return ReferralStage(self.stage)

    @property
    def referrer(self) -> str:
        """Who refers it, in words."""
        who = self.seat.role if self.seat else self.name
        return f"{who}, {self.agency.name}" if self.agency else who


class ReferralTurn(models.Model):
    """One thing that was done with a referral. `person` is whose hands did it."""

    referral = models.ForeignKey(LearningReferral, models.PROTECT, related_name="turns")
    what = models.CharField(max_length=80)
    words = models.TextField(blank=True)
    by = models.CharField(max_length=200)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    on = models.DateField()

    PERSONAL = {"words": "free text", "by": "name"}

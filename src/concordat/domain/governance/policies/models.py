"""Policies, which version a body approved, when it is in force, and which agency has it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.documents.models import Document, Version
from concordat.domain.base.records.models import Dated, Keyed, Record
from concordat.domain.base.records.rules import RecordKind
from concordat.domain.base.seats.models import Body, Seat
from concordat.domain.governance.policies import rules
from concordat.kernel.dates import UncertainDate


class Policy(Dated):
    """A policy, procedure, protocol, threshold document or strategy.

    What a partnership file says of it is kept in its own words; `owner` names a body or post as
    kind:key. `text` is the document that holds its versions, which a file cannot carry.
    """

    record = models.OneToOneField(Record, models.PROTECT, primary_key=True)
    title = models.TextField()
    type = models.TextField(blank=True)
    state = models.CharField(
        max_length=30, blank=True, choices=[(said, said) for said in rules.SAID]
    )
    version = models.TextField(blank=True)
    summary = models.TextField(blank=True)
    audience = models.JSONField(default=list)
    owner = models.TextField(blank=True)
    approved_by = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    approved_on = models.CharField(max_length=60, blank=True)
    review_on = models.CharField(max_length=60, blank=True)
    public = models.BooleanField(null=True)
    link = models.TextField(blank=True)
    made_by = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    trial_until = models.CharField(max_length=60, blank=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="predecessors")
    reason = models.TextField(blank=True)
    text = models.OneToOneField(Document, models.PROTECT, null=True, related_name="policy")

    PERSONAL = {"summary": "free text", "reason": "free text"}

    class Meta(Dated.Meta):
        indexes = [models.Index(fields=["partnership", "state"], name="policy_by_state")]

    @property
    def stage(self) -> rules.State:
        return rules.state_of(self.state)

    @property
    def review_day(self) -> UncertainDate | None:
        return UncertainDate.parse(self.review_on) if self.review_on else None

    @property
    def trial_day(self) -> UncertainDate | None:
        return UncertainDate.parse(self.trial_until) if self.trial_until else None


class Approval(models.Model):
    """What a body decided of one version, and from when to when that version is in force."""

    policy = models.ForeignKey(Policy, models.PROTECT, related_name="approvals")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    decided_on = models.DateField()
    minute = models.CharField(max_length=rules.LONGEST_MINUTE, blank=True)
    recorded_by = models.CharField(max_length=200)
    recorded_on = models.DateField()
    from_day = models.DateField(null=True)
    to_day = models.DateField(null=True)
    brought_by = models.CharField(max_length=200, blank=True)
    brought_on = models.DateField(null=True)

    PERSONAL = {"recorded_by": "name", "brought_by": "name", "minute": "free text"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(from_day__isnull=True, brought_by="", brought_on__isnull=True)
                | (Q(from_day__isnull=False, brought_on__isnull=False) & ~Q(brought_by="")),
                name="approval_is_brought_in_whole",
            ),
            models.CheckConstraint(
                condition=Q(to_day__isnull=True) | Q(to_day__gte=F("from_day")),
                name="approval_days_in_order",
            ),
            models.UniqueConstraint(fields=["policy", "version"], name="one_approval_a_version"),
            models.UniqueConstraint(
                fields=["policy"],
                condition=Q(from_day__isnull=False, to_day__isnull=True),
                name="one_version_goes_on",
            ),
        ]


class Acknowledgement(models.Model):
    """One agency that was asked to say that it works to a version, and who said so for it."""

    policy = models.ForeignKey(Policy, models.PROTECT, related_name="acknowledgements")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="acknowledgements")
    asked_on = models.DateField()
    asked_by = models.CharField(max_length=200)
    due = models.DateField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    given_by = models.CharField(max_length=200, blank=True)
    given_on = models.DateField(null=True)

    PERSONAL = {"asked_by": "name", "given_by": "name"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(given_on__isnull=True, given_by="", digest="", seat__isnull=True)
                | (Q(given_on__isnull=False, seat__isnull=False) & ~Q(given_by="") & ~Q(digest="")),
                name="acknowledgement_is_given_whole",
            ),
            models.UniqueConstraint(
                fields=["version", "agency"], name="an_agency_is_asked_once_a_version"
            ),
        ]


KINDS: dict[str, tuple[type[Keyed], str]] = {"policies": (Policy, "policy")}
"""Kinds of the partnership file that are kept here, and the noun of their events."""

ADDRESSED: dict[str, tuple[RecordKind, str]] = {"policies": (RecordKind.POLICY, "title")}
"""Kinds whose rows have an address of their own, with the field of its title."""

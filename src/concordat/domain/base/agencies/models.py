"""Partnerships, areas and agencies as a partnership states them."""

from __future__ import annotations

from django.db import models

from concordat.domain.base.agencies.rules import PLAIN_ACCENT, AgencyClass, PartnershipKind, Topic
from concordat.domain.base.records.models import Dated, Keyed, Record


class Partnership(Dated):
    """A partnership of any shape. `key` is its slug; `record.reference` its prefix."""

    record = models.OneToOneField(
        Record, models.PROTECT, primary_key=True, related_name="partnership_row"
    )
    name = models.CharField(max_length=300)
    short = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=50, choices=[(k.value, k.value) for k in PartnershipKind])
    follows = models.JSONField(default=list)
    successor = models.CharField(max_length=120, blank=True)
    time_limited = models.BooleanField(null=True)
    about = models.TextField(blank=True)
    accent = models.CharField(max_length=7, default=PLAIN_ACCENT)
    logo = models.BinaryField(null=True)
    logo_digest = models.CharField(max_length=16, blank=True)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["key"], name="one_partnership_per_slug"),
        ]

    @property
    def slug(self) -> str:
        return self.key


class Member(Dated):
    """A partnership that belongs to this one, or shares in this programme; named by its slug."""

    member = models.CharField(max_length=120)
    role = models.CharField(max_length=200, blank=True)


class Area(Dated):
    """A place: the partnership's own, or one outside that something here reaches."""

    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=40, blank=True)
    code = models.CharField(max_length=40, blank=True)
    outside = models.BooleanField(null=True)
    part_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")
    successor = models.JSONField(default=list)


class Agency(Dated):
    """An organisation, or a part of one. Merged bodies name the same successor."""

    record = models.OneToOneField(Record, models.PROTECT, primary_key=True)
    name = models.CharField(max_length=300)
    short = models.CharField(max_length=60, blank=True)
    agency_class = models.CharField(
        max_length=30, choices=[(c.value, c.value) for c in AgencyClass]
    )
    type = models.CharField(max_length=200, blank=True)
    code = models.CharField(max_length=40, blank=True)
    part_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")
    areas = models.JSONField(default=list)
    same_as = models.CharField(max_length=250, blank=True)
    successor = models.JSONField(default=list)

    class Meta(Dated.Meta):
        indexes = [models.Index(fields=["partnership", "agency_class"], name="agency_by_class")]


class Source(Keyed):
    """A paper, page or minute that rows were taken from."""

    title = models.CharField(max_length=400)
    author = models.CharField(max_length=300, blank=True)
    dated = models.CharField(max_length=60, blank=True)
    version = models.CharField(max_length=200, blank=True)
    supersedes = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    link = models.CharField(max_length=500, blank=True)


class FrontDoor(Dated):
    """Whom anybody calls who is worried about a child; `area` empty: everywhere here.

    What the public is told is neither a person nor a case. Telephone numbers are texts.
    """

    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="front_doors")
    name = models.CharField(max_length=300)
    phone = models.CharField(max_length=40)
    hours = models.CharField(max_length=300, blank=True)
    after_hours = models.CharField(max_length=40, blank=True)
    email = models.CharField(max_length=200, blank=True)
    link = models.CharField(max_length=500, blank=True)
    about = models.TextField(blank=True)
    checked_on = models.CharField(max_length=60, blank=True)
    review_on = models.CharField(max_length=60, blank=True)

    PERSONAL = {"phone": "phone", "email": "email"}


class PublicNote(Keyed):
    """What the partnership tells everybody about one topic, until the day to look at it again."""

    topic = models.CharField(max_length=40, choices=[(t.value, t.label) for t in Topic])
    says = models.TextField()
    link = models.CharField(max_length=500, blank=True)
    review_on = models.CharField(max_length=60, blank=True)


KINDS: dict[str, tuple[type[Keyed], str]] = {
    "members": (Member, "member"),
    "areas": (Area, "area"),
    "agencies": (Agency, "agency"),
    "sources": (Source, "source"),
    "front_doors": (FrontDoor, "front door"),
    "public_notes": (PublicNote, "public note"),
}
"""Kinds of the partnership file that are kept here, and the noun of their events."""

"""The text of one version of the arrangements: written, placed, frozen and sent."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from concordat.domain.base.documents.models import Version
from concordat.domain.base.records.models import Keyed, Record
from concordat.domain.governance.arrangements.models.agreed import Arrangements
from concordat.domain.governance.arrangements.rules import text as rules

WHOLE_DIGEST = r"^[0-9a-f]{64}$"


class Passage(Keyed):
    """What people wrote for one section, in Markdown with live quotes. `done`: its author says
    that nothing is wanting."""

    arrangements = models.ForeignKey(Arrangements, models.PROTECT, related_name="passages")
    section = models.CharField(max_length=40)
    text = models.TextField()
    done = models.BooleanField(null=True)

    class Meta(Keyed.Meta):
        constraints = [
            *Keyed.Meta.constraints,
            models.UniqueConstraint(
                fields=["arrangements", "section"], name="one_passage_a_section"
            ),
        ]


class Wording(models.Model):
    """What a passage said from a day on, until the next one of its section; never changed.

    An empty text says that the passage was taken out. Without a day it was there before days
    were kept, and is known on every day.
    """

    arrangements = models.ForeignKey(Arrangements, models.PROTECT, related_name="wordings")
    section = models.CharField(max_length=40)
    text = models.TextField(blank=True)
    done = models.BooleanField(default=False)
    written_on = models.DateField(null=True)
    written_by = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=400, blank=True)

    PERSONAL = {"written_by": "name"}

    class Meta:
        indexes = [models.Index(fields=["arrangements", "section"], name="wordings_of_a_passage")]


class QuotedRow(models.Model):
    """A row that a higher package keeps and the text quotes, as that package told it last.

    `block` is the block of facts in which it stands. `stated_on` is the day by which it was known.
    """

    partnership = models.ForeignKey(Record, models.PROTECT, related_name="+")
    block = models.CharField(max_length=40)
    key = models.CharField(max_length=200)
    title = models.TextField()
    says = models.TextField(blank=True)
    stated_on = models.DateField(null=True)
    order = models.PositiveIntegerField()

    PERSONAL = {"says": "free text"}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "block", "key"], name="one_quoted_row_a_key"
            )
        ]


class Placement(models.Model):
    """That one item of a checklist is answered in a section too, and how far."""

    arrangements = models.ForeignKey(Arrangements, models.PROTECT, related_name="placements")
    item = models.CharField(max_length=120)
    section = models.CharField(max_length=40)
    extent = models.CharField(
        max_length=10, choices=[(each.value, each.value) for each in rules.Extent]
    )
    remark = models.TextField(blank=True)
    placed_by = models.CharField(max_length=200)
    placed_on = models.DateField()

    PERSONAL = {"placed_by": "name"}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["arrangements", "item", "section"], name="one_placement_of_an_item"
            ),
            models.CheckConstraint(
                condition=~Q(extent="partly") | ~Q(remark=""), name="partly_says_because"
            ),
        ]


class Edition(models.Model):
    """The whole assembled text as it stood: canonical JSON, and the PDF made from exactly that.

    `digest` is the SHA-256 of `text`; `version` holds the PDF, whose digest is what seats sign.
    """

    arrangements = models.ForeignKey(Arrangements, models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    as_at = models.DateField()
    text = models.TextField()
    digest = models.CharField(max_length=64)
    version = models.OneToOneField(Version, models.PROTECT, related_name="edition")
    made_by = models.CharField(max_length=200)
    made_on = models.DateField()

    PERSONAL = {"made_by": "name"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["arrangements", "number"], name="one_edition_a_number"),
            models.CheckConstraint(
                condition=Q(digest__regex=WHOLE_DIGEST), name="edition_has_a_digest"
            ),
        ]


class Sending(models.Model):
    """That an edition went to the department or was circulated; a receipt has its own day."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="sendings")
    way = models.CharField(max_length=20, choices=[(each.value, each.value) for each in rules.Way])
    to = models.CharField(max_length=300)
    sent_on = models.DateField()
    sent_by = models.CharField(max_length=200)
    receipt = models.CharField(max_length=300, blank=True)
    receipt_on = models.DateField(null=True)

    PERSONAL = {"sent_by": "name", "to": "free text", "receipt": "free text"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(receipt="", receipt_on=None)
                | (~Q(receipt="") & Q(receipt_on__isnull=False)),
                name="receipt_has_its_day",
            ),
        ]

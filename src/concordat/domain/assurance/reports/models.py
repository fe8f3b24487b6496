"""What people wrote in a report from which day on, papers as which it went out, templates."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from concordat.domain.base.documents.models import Document
from concordat.domain.base.records.models import Keyed, Record
from concordat.domain.governance.meetings.models import Paper


class Narrative(Keyed):
    """What people wrote for one section, in Markdown with live quotes; never changed.

    A later wording is a row of its own with a higher `order`, and holds from the day on which it
    became known. An empty text says that the section was left to its facts.
    """

    report = models.CharField(max_length=40)
    section = models.CharField(max_length=40)
    text = models.TextField(blank=True)
    written_by = models.CharField(max_length=200, blank=True)

    PERSONAL: ClassVar[dict[str, str]] = {"written_by": "name"}

    class Meta(Keyed.Meta):
        indexes = [
            models.Index(fields=["partnership", "report", "section"], name="narrative_of_a_section")
        ]


class ReportIssue(Keyed):
    """That a report went out as a paper, with what was known by a day."""

    report = models.CharField(max_length=40)
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="+")
    as_at = models.CharField(max_length=60, blank=True)


class WordTemplate(models.Model):
    """The Word document into which a partnership puts one of its reports, with its versions.

    Left, it stays with the day and whoever left it; a later upload takes it up again.
    """

    partnership = models.ForeignKey(Record, models.PROTECT, related_name="+")
    report = models.CharField(max_length=40)
    document = models.OneToOneField(Document, models.PROTECT, related_name="+")
    left_on = models.DateField(null=True)
    left_by = models.CharField(max_length=200, blank=True)

    PERSONAL: ClassVar[dict[str, str]] = {"left_by": "name"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "report"], name="one_template_a_report"),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True, left_by="")
                | (Q(left_on__isnull=False) & ~Q(left_by="")),
                name="a_template_is_left_by_somebody",
            ),
        ]


KINDS: dict[str, tuple[type[Keyed], str]] = {
    "narratives": (Narrative, "narrative of a report"),
    "report_issues": (ReportIssue, "issue of a report"),
}
"""Kinds of the partnership file that are kept here, and the noun of their events."""

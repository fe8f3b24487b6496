"""What was loaded when, and the rows whose own package is not built yet."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from concordat.domain.base.documents.models import Document
from concordat.domain.base.records.models import KeptRow, Record

__all__ = ["KeptRow", "LoadedFile"]


class LoadedFile(models.Model):
    """When a file was loaded into a partnership, what it held and what came of it.

    Of a sheet of seats `absent` counts the rows that were left out. `document` keeps the file
    itself where somebody chose it on a page.
    """

    WHOLE = "partnership file"
    SEATS = "sheet of seats"

    partnership = models.ForeignKey(Record, models.CASCADE, related_name="loaded_files")
    what = models.CharField(max_length=30, default=WHOLE)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    by = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    added = models.PositiveIntegerField()
    amended = models.PositiveIntegerField()
    unchanged = models.PositiveIntegerField()
    absent = models.PositiveIntegerField()

    PERSONAL: ClassVar[dict[str, str]] = {"by": "name"}

"""Rows of a partnership file whose own package is not built yet, kept whole."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from concordat.domain.base.records.models import Keyed, Record


class KeptRow(Keyed):
    """One row as the file wrote it: `values` is the canonical mapping of its fields.

    A package that comes later takes its rows over from here by a migration of data.
    """

    kind = models.CharField(max_length=60)
    values = models.JSONField(default=dict)

    PERSONAL: ClassVar[dict[str, str]] = {"values": "free text"}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "kind", "key"], name="exchange_keptrow_one_key"
            )
        ]


class LoadedFile(models.Model):
    """When a partnership's file was last loaded, and what it held, for the page of imports."""

    partnership = models.ForeignKey(Record, models.CASCADE, related_name="loaded_files")
    at = models.DateTimeField(auto_now_add=True)
    by = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    added = models.PositiveIntegerField()
    amended = models.PositiveIntegerField()
    unchanged = models.PositiveIntegerField()
    absent = models.PositiveIntegerField()

    PERSONAL: ClassVar[dict[str, str]] = {"by": "name"}

"""Rows of a partnership file whose own package is not built yet, kept whole."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from concordat.domain.base.records.models.dated import Keyed


class KeptRow(Keyed):
    """One row as the file wrote it: `values` is the canonical mapping of its fields.

    A package that comes later takes its rows over from here by a migration of data. `exchange`
    writes the table and has its migrations; whoever stands beneath it may read here.
    """

    kind = models.CharField(max_length=60)
    values = models.JSONField(default=dict)

    PERSONAL: ClassVar[dict[str, str]] = {"values": "free text"}

    class Meta:
        app_label = "exchange"
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "kind", "key"], name="exchange_keptrow_one_key"
            )
        ]

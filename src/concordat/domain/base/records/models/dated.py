"""Rows that hold for a time, as stated by a source, known from a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from concordat.domain.base.records import rules
from concordat.domain.base.records.models.record import Record
from concordat.kernel.dates import InForce, Period, UncertainDate

DIGITS = 12
"""Hexadecimal digits of a digest that a fingerprint keeps: few enough for any form or engine."""


def surely_in_force(on: date, path: str = "") -> Q:
    """Begun for certain by that day, and not over for certain until after it."""
    begun = Q(**{f"{path}from_text": ""}) | Q(**{f"{path}from_surely__lte": on})
    lasting = Q(**{f"{path}to_text": ""}) | Q(**{f"{path}to_surely__gte": on})
    return begun & lasting


def maybe_in_force(on: date, path: str = "") -> Q:
    """All but what is certainly not yet begun or certainly over."""
    begun = Q(**{f"{path}from_maybe__isnull": True}) | Q(**{f"{path}from_maybe__lte": on})
    return begun & not_over(on, path)


def not_over(on: date, path: str = "") -> Q:
    """All but what is certainly over on a day, whenever it begins."""
    return Q(**{f"{path}to_maybe__isnull": True}) | Q(**{f"{path}to_maybe__gte": on})


def known_by(on: date, path: str = "") -> Q:
    """What had become known by that day: a February report does not know a March approval."""
    return Q(**{f"{path}stated_on__isnull": True}) | Q(**{f"{path}stated_on__lte": on})


class Keyed(models.Model):
    """A row that a partnership file can hold: its key is unique among its kind there.

    `partnership` is the record of the partnership whose file the row belongs to.
    `stated_on` is the day by which the row was certainly known, `stated_text` as stated.
    """

    partnership = models.ForeignKey(Record, models.PROTECT, related_name="+")
    key = models.CharField(max_length=120)
    order = models.IntegerField(null=True)
    stated_text = models.CharField(max_length=60, blank=True)
    stated_on = models.DateField(null=True, editable=False)
    source = models.CharField(max_length=400, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "key"], name="%(app_label)s_%(class)s_one_key"
            )
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The days always follow from the texts, whoever saves."""
        self.remember()
        super().save(*args, **kwargs)

    def remember(self) -> None:
        """Set the days that follow from the texts."""
        stated = _date(self.stated_text)
        self.stated_on = stated.latest if stated else None

    @property
    def fingerprint(self) -> int:
        """A number that is another as soon as the row says something else: what a form carries
        to know whether somebody came first, where the row has no record of its own."""
        said = {
            field.attname: getattr(self, field.attname)
            for field in self._meta.concrete_fields
            if field.editable or field.primary_key
        }
        return int(rules.digest(rules.canonical(said))[:DIGITS], 16)


class Dated(Keyed):
    """First and last whole day as a source states them, never sharpened.

    `from_text` and `to_text` hold the canonical text (empty: that side is open). Beside them
    stand the days that questions are asked with: begun *surely* from the latest day that the
    text allows, *maybe* from the earliest; the end the other way about. A doubtful or unknown
    date is never sure.
    """

    from_text = models.CharField(max_length=60, blank=True)
    from_surely = models.DateField(null=True, editable=False)
    from_maybe = models.DateField(null=True, editable=False)
    to_text = models.CharField(max_length=60, blank=True)
    to_surely = models.DateField(null=True, editable=False)
    to_maybe = models.DateField(null=True, editable=False)

    class Meta(Keyed.Meta):
        abstract = True

    @property
    def period(self) -> Period:
        return Period(_date(self.from_text), _date(self.to_text))

    def in_force(self, on: date) -> InForce:
        return self.period.in_force(on)

    def remember(self) -> None:
        """Set the days that follow from the texts. Raises `Invalid` if the end comes first."""
        super().remember()
        start, end = self.period.start, self.period.end
        self.from_surely = None if start is None or start.doubtful else start.latest
        self.from_maybe = None if start is None or start.doubtful else start.earliest
        self.to_surely = None if end is None or end.doubtful else end.earliest
        self.to_maybe = None if end is None or end.doubtful else end.latest


def _date(text: str) -> UncertainDate | None:
    return UncertainDate.parse(text) if text else None

"""What is counted and what was found."""

from __future__ import annotations

from decimal import Decimal

from django.db import models

from concordat.domain.base.records.models import Keyed, Record
from concordat.domain.base.records.rules import RecordKind
from concordat.domain.governance.measures import rules
from concordat.domain.governance.measures.rules import Better, Symbol
from concordat.kernel.dates import UncertainDate


class Measure(Keyed):
    """Something that is counted. `owner` and `serves` name a row as kind:key.

    `target` is a number in the measure's own unit, as text so that no digit is lost.
    """

    record = models.OneToOneField(Record, models.PROTECT, primary_key=True)
    title = models.TextField()
    unit = models.TextField(blank=True)
    better = models.CharField(
        max_length=10, blank=True, choices=[(each.value, each.label) for each in Better]
    )
    owner = models.TextField(blank=True)
    serves = models.TextField(blank=True)
    definition = models.TextField(blank=True)
    collected_from = models.TextField(blank=True)
    target = models.CharField(max_length=40, blank=True)

    class Meta(Keyed.Meta):
        indexes = [models.Index(fields=["partnership", "serves"], name="measure_by_what_it_serves")]


class Value(Keyed):
    """What was found for a time: a number, or the symbol that stands in its place."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="values")
    at = models.CharField(max_length=60, blank=True)
    value = models.CharField(max_length=40, blank=True)
    shown_as = models.CharField(max_length=rules.LONGEST_SHOWN, blank=True)
    symbol = models.CharField(
        max_length=20, blank=True, choices=[(each.value, each.value) for each in Symbol]
    )

    @property
    def when(self) -> UncertainDate | None:
        return UncertainDate.parse(self.at) if self.at else None

    @property
    def sign(self) -> Symbol | None:
        """The symbol that was chosen, or the one that the source's own way of showing means."""
        return Symbol(self.symbol) if self.symbol else rules.symbol_of(self.shown_as)

    @property
    def number(self) -> Decimal | None:
        return Decimal(self.value) if self.value else None

    @property
    def shown(self) -> str:
        return rules.shown_as(self.value, self.shown_as, self.sign)


KINDS: dict[str, tuple[type[Keyed], str]] = {
    "measures": (Measure, "measure"),
    "values": (Value, "value of a measure"),
}
"""Kinds of the partnership file that are kept here, and the noun of their events."""

ADDRESSED: dict[str, tuple[RecordKind, str]] = {"measures": (RecordKind.MEASURE, "title")}
"""Kinds whose rows have an address of their own, with the field of its title."""

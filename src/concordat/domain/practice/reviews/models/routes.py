"""How a local review is begun, as each borough and the shared way have it."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from concordat.domain.base.records.models import Keyed
from concordat.domain.practice.reviews.rules.routes import RouteStep, Said
from concordat.kernel.dates import UncertainDate


class RouteRow(Keyed):
    """What is said of one step in one borough, or in the shared way where `place` is empty; or the
    question that nothing answers yet. A new row takes the place of an old one, which stays.

    `begins` and `ended` are its first and last day as stated; `from_day` and `to_day` those from
    which and to which it certainly holds.
    """

    step = models.CharField(max_length=20, choices=[(s.value, s.label) for s in RouteStep])
    place = models.CharField(max_length=120, blank=True)
    words = models.TextField(blank=True)
    question = models.TextField(blank=True)
    source = models.TextField(blank=True)
    begins = models.CharField(max_length=60)
    ended = models.CharField(max_length=60, blank=True)
    from_day = models.DateField(editable=False)
    to_day = models.DateField(null=True, editable=False)
    set_by = models.CharField(max_length=200, blank=True)

    PERSONAL = {"set_by": "name"}

    class Meta(Keyed.Meta):
        constraints = [
            *Keyed.Meta.constraints,
            models.CheckConstraint(
                condition=(Q(words="") & ~Q(question="")) | (~Q(words="") & Q(question="")),
                name="a_route_says_or_asks",
            ),
            models.CheckConstraint(
                condition=Q(to_day=None) | Q(to_day__gte=F("from_day")),
                name="a_route_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["partnership", "step", "place"],
                condition=Q(to_day=None),
                name="one_route_for_a_step_at_a_time",
            ),
        ]

    def remember(self) -> None:
        super().remember()
        begun, ended = _date(self.begins), _date(self.ended)
        self.from_day = (begun.latest if begun else None) or date.max
        self.to_day = (ended.latest or date.max) if ended else None

    def said(self) -> Said:
        return Said(
            step=RouteStep(self.step),
            place=self.place,
            words=self.words,
            question=self.question,
            source=self.source,
            stated_on=_date(self.stated_text),
            from_day=self.from_day,
            to_day=self.to_day,
        )


def _date(text: str) -> UncertainDate | None:
    return UncertainDate.parse(text) if text else None


KINDS: dict[str, tuple[type[Keyed], str]] = {"review_routes": (RouteRow, "route of reviews")}
"""Kinds of the partnership file that are kept here, and the noun of their events."""

"""How a local review is begun, as each borough and the shared way have it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from concordat.domain.base.records.models import Record
from concordat.domain.practice.reviews.rules.routes import RouteStep, Said
from concordat.kernel.dates import UncertainDate


class RouteRow(models.Model):
    """What is said of one step in one borough, or in the shared way where `place` is empty; or the
    question that nothing answers yet. A new row takes the place of an old one, which stays."""

    partnership = models.ForeignKey(Record, models.PROTECT, related_name="+")
    step = models.CharField(max_length=20, choices=[(s.value, s.label) for s in RouteStep])
    place = models.CharField(max_length=120, blank=True)
    words = models.TextField(blank=True)
    question = models.TextField(blank=True)
    source = models.TextField()
    stated_on = models.CharField(max_length=60, blank=True)
    from_day = models.DateField()
    to_day = models.DateField(null=True)
    set_by = models.CharField(max_length=200)

    PERSONAL = {"set_by": "name"}

    class Meta:
        constraints = [
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

    def said(self) -> Said:
        return Said(
            step=RouteStep(self.step),
            place=self.place,
            words=self.words,
            question=self.question,
            source=self.source,
            stated_on=UncertainDate.parse(self.stated_on) if self.stated_on else None,
            from_day=self.from_day,
            to_day=self.to_day,
        )

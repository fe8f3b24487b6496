"""When people are not free: working patterns, intervals of a calendar, and school holidays."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from concordat.domain.base.agencies.models import Area
from concordat.domain.base.people.models import Person
from concordat.domain.base.records.models import Record
from concordat.domain.base.seats.models import Post
from concordat.domain.governance.diaries import rules
from concordat.domain.governance.diaries.models.calendars import Calendar
from concordat.domain.governance.diaries.rules import Strength

WHOLE_DAY = 24 * 60


class WorkingPattern(models.Model):
    """Part of a week in which a person, or whoever is in a post, does not come.

    `begins` and `ends` are minutes after midnight on London's clocks; no `weekday` is every day.
    """

    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="patterns")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="patterns")
    strength = models.CharField(
        max_length=12, choices=[(each.value, each.label) for each in Strength]
    )
    weekday = models.PositiveSmallIntegerField(null=True)
    begins = models.PositiveSmallIntegerField()
    ends = models.PositiveSmallIntegerField()
    from_day = models.DateField()
    to_day = models.DateField(null=True)
    set_by = models.CharField(max_length=200)
    source = models.CharField(max_length=120, blank=True)

    PERSONAL = {"set_by": "name"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=True, post__isnull=False)
                | Q(person__isnull=False, post__isnull=True),
                name="pattern_is_of_one",
            ),
            models.CheckConstraint(
                condition=Q(begins__lt=F("ends"), ends__lte=WHOLE_DAY),
                name="pattern_times_in_order",
            ),
            models.CheckConstraint(
                condition=Q(weekday__isnull=True) | Q(weekday__lt=7), name="pattern_has_a_weekday"
            ),
            models.CheckConstraint(
                condition=Q(to_day__isnull=True) | Q(to_day__gte=F("from_day")),
                name="pattern_days_in_order",
            ),
        ]

    def told(self) -> rules.Pattern:
        return rules.Pattern(
            Strength(self.strength),
            self.weekday,
            self.begins,
            self.ends,
            self.from_day,
            self.to_day,
        )


class BusyTime(models.Model):
    """An interval of a calendar that was brought in, in minutes since 1970 in UTC. It has no
    title and no other word; whole numbers are read by the ten thousand when a year is planned."""

    calendar = models.ForeignKey(Calendar, models.CASCADE, related_name="busy")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="busy_time_in_order")
        ]
        indexes = [models.Index(fields=["calendar", "end"], name="busy_by_calendar")]


class SchoolHoliday(models.Model):
    """Days without school in the area of a council, both included."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="school_holidays")
    partnership = models.ForeignKey(Record, models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    first_day = models.DateField()
    last_day = models.DateField()
    source = models.CharField(max_length=200)
    set_by = models.CharField(max_length=200)

    PERSONAL = {"set_by": "name"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(first_day__lte=F("last_day")), name="school_holiday_in_order"
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(source=""), name="school_holiday_says_what_and_whence"
            ),
            models.UniqueConstraint(
                fields=["area", "first_day"], name="one_school_holiday_from_a_day"
            ),
        ]

"""A search for one date: who is wanted, what is offered, who was asked and what they said."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from concordat.domain.base.people.models import Person
from concordat.domain.base.people.rules import LONGEST_ADDRESS
from concordat.domain.base.records.models import Record
from concordat.domain.base.seats.models import Body, Seat
from concordat.domain.governance.diaries.models.calendars import Engagement
from concordat.domain.governance.diaries.rules import DiaryState, Need, Says, School


class Diary(models.Model):
    """The search for one date. `length`, `begins` and `ends` are minutes, the last two after
    midnight; `avoid` holds pairs of weekday and part of the day. `door` is the address of the
    guests' page with the place of a token in it, so that reminders can be sent by a timer."""

    record = models.OneToOneField(Record, models.PROTECT, primary_key=True)
    body = models.ForeignKey(Body, models.PROTECT, related_name="diaries")
    state = models.CharField(
        max_length=12, choices=[(each.value, each.label) for each in DiaryState]
    )
    length = models.PositiveSmallIntegerField()
    first_day = models.DateField()
    last_day = models.DateField()
    begins = models.PositiveSmallIntegerField()
    ends = models.PositiveSmallIntegerField()
    avoid = models.JSONField(default=list)
    school = models.CharField(max_length=12, choices=[(each.value, each.label) for each in School])
    deputies = models.BooleanField()
    place = models.CharField(max_length=200, blank=True)
    remote = models.BooleanField(default=False)
    holds = models.BooleanField(default=False)
    deadline = models.DateTimeField(null=True)
    door = models.CharField(max_length=400, blank=True)
    reason = models.TextField(blank=True)

    PERSONAL = {"reason": "free text", "place": "free text"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(first_day__lte=F("last_day"), begins__lt=F("ends")),
                name="diary_window_in_order",
            ),
            models.CheckConstraint(condition=Q(length__gt=0), name="diary_has_a_length"),
            models.CheckConstraint(
                condition=~Q(state__in=["asking", "closed"]) | Q(deadline__isnull=False),
                name="a_poll_has_a_deadline",
            ),
        ]

    @property
    def stage(self) -> DiaryState:
        return DiaryState(self.state)


class Asked(models.Model):
    """A seat that a date is looked for with. `group` joins those of which any one is needed."""

    diary = models.ForeignKey(Diary, models.CASCADE, related_name="asked")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    need = models.CharField(max_length=12, choices=[(each.value, each.label) for each in Need])
    group = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["diary", "seat"], name="a_seat_is_wanted_once"),
            models.CheckConstraint(
                condition=~Q(need="any one of") | ~Q(group=""), name="any_one_has_a_group"
            ),
        ]


class Offer(models.Model):
    """A date that is offered. It never changes once it is made: another is offered instead.

    `words` is its quorum as it stood when it was offered.
    """

    diary = models.ForeignKey(Diary, models.CASCADE, related_name="offers")
    number = models.PositiveSmallIntegerField()
    start = models.DateTimeField()
    end = models.DateTimeField()
    words = models.CharField(max_length=500)
    engagement = models.OneToOneField(Engagement, models.PROTECT, null=True, related_name="offer")
    chosen_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["diary", "number"], name="one_offer_a_number"),
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="offer_in_order"),
            models.UniqueConstraint(
                fields=["diary"],
                condition=Q(chosen_at__isnull=False, withdrawn_at__isnull=True),
                name="one_chosen_offer",
            ),
        ]


class Voice(models.Model):
    """Somebody who is asked for a seat: with an account, or by a guest's link to an address."""

    diary = models.ForeignKey(Diary, models.CASCADE, related_name="voices")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    who = models.CharField(max_length=80)
    holding = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    email = models.EmailField(max_length=LONGEST_ADDRESS, blank=True)
    link = models.UUIDField(null=True)
    reminded_at = models.DateTimeField(null=True)

    PERSONAL = {"name": "name", "email": "email"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["diary", "seat", "who"], name="one_voice_in_a_seat")
        ]


class Answer(models.Model):
    """What one voice said to one offer, as it stands: a change takes its place."""

    offer = models.ForeignKey(Offer, models.CASCADE, related_name="answers")
    voice = models.ForeignKey(Voice, models.CASCADE, related_name="answers")
    says = models.CharField(max_length=10, choices=[(each.value, each.label) for each in Says])
    said_by = models.CharField(max_length=200)
    said_at = models.DateTimeField()

    PERSONAL = {"said_by": "name"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["offer", "voice"], name="one_answer_to_an_offer")
        ]

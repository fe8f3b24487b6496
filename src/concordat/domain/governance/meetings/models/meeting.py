"""Meetings, who is asked to them, and how far each is."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.documents.models import Document
from concordat.domain.base.people.models import Person
from concordat.domain.base.records.models import Keyed, Record
from concordat.domain.base.seats.models import Body, Seat
from concordat.domain.governance.diaries.models import Diary, Engagement
from concordat.domain.governance.meetings.rules.life import STATED, Stage, stated_of
from concordat.domain.governance.meetings.rules.quorum import Presence
from concordat.domain.governance.meetings.rules.timetable import MOST, Count, Timetable
from concordat.kernel.dates import UncertainDate


class Ways(models.Model):
    """How a body runs its meetings: what is fixed on every agenda, covers, and time limits.

    `ladder` holds rungs of disagreement as [title, working days or null, whether it decides];
    `begins` is the usual time in minutes after midnight.
    """

    body = models.OneToOneField(Body, models.PROTECT, primary_key=True, related_name="ways")
    begins = models.PositiveSmallIntegerField(null=True)
    minutes = models.PositiveSmallIntegerField(null=True)
    place = models.CharField(max_length=300, blank=True)
    fixed_items = models.JSONField(default=list)
    cover = models.CharField(max_length=40, blank=True)
    unit = models.CharField(
        max_length=20, choices=[(c.value, c.value) for c in Count], default=Count.WORKING.value
    )
    closes = models.PositiveSmallIntegerField(null=True)
    papers = models.PositiveSmallIntegerField(null=True)
    sends = models.PositiveSmallIntegerField(null=True)
    is_public = models.BooleanField(default=False)
    ladder = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(closes__isnull=True) | Q(closes__lte=MOST))
                & (Q(papers__isnull=True) | Q(papers__lte=MOST))
                & (Q(sends__isnull=True) | Q(sends__lte=MOST)),
                name="time_limits_of_papers_in_range",
            ),
            models.CheckConstraint(
                condition=Q(papers__isnull=True)
                | Q(sends__isnull=True)
                | Q(papers__gte=F("sends")),
                name="papers_are_due_before_they_are_sent",
            ),
        ]

    @property
    def timetable(self) -> Timetable:
        return Timetable(Count(self.unit), self.closes, self.papers, self.sends)


class Meeting(Keyed):
    """A meeting of a body, or a session of nobody's in particular.

    `date` and `state` are as a partnership file tells them; `stage` is how far it is here, and
    the two never disagree. `starts_at` and `ends_at` are moments, kept for those that are
    called here. `minutes` is the file that was agreed, at the meeting `agreed_at`. `uid` and
    `sequence` are those of its invitation, for every calendar. `wanted` is the day that the
    rhythm of its body asked for, however often the meeting moved; `replaces` is the meeting
    called off for which it was booked; `engagement` is its time in people's diaries, and
    `search` the search by which its date is or was found.
    """

    record = models.OneToOneField(Record, models.PROTECT, primary_key=True)
    body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="meetings")
    title = models.CharField(max_length=400, blank=True)
    date = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=20, blank=True)
    purpose = models.TextField(blank=True)
    present = models.JSONField(default=list)
    outcome = models.TextField(blank=True)
    day = models.DateField(null=True, editable=False)
    stage = models.CharField(max_length=20, choices=[(s.value, s.value) for s in Stage], blank=True)
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    place = models.CharField(max_length=300, blank=True)
    join = models.CharField(max_length=500, blank=True)
    chair = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    closes_on = models.DateField(null=True)
    papers_on = models.DateField(null=True)
    sends_on = models.DateField(null=True)
    follows = models.ForeignKey("self", models.PROTECT, null=True, related_name="followed_by")
    minutes = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    agreed_at = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    uid = models.CharField(max_length=80, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    stage_reason = models.TextField(blank=True)
    wanted = models.DateField(null=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    engagement = models.OneToOneField(Engagement, models.PROTECT, null=True, related_name="meeting")
    search = models.OneToOneField(Diary, models.PROTECT, null=True, related_name="meeting")

    PERSONAL = {"stage_reason": "free text", "outcome": "free text", "purpose": "free text"}

    class Meta(Keyed.Meta):
        constraints = [
            *Keyed.Meta.constraints,
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True, ends_at__isnull=True)
                | Q(starts_at__isnull=False, ends_at__gt=F("starts_at")),
                name="a_meeting_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(stage=Stage.MINUTES_AGREED, minutes__isnull=False)
                | Q(minutes__isnull=True, agreed_at__isnull=True),
                name="agreed_minutes_are_kept",
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.CANCELLED) | ~Q(stage_reason=""),
                name="a_cancelled_meeting_says_why",
            ),
            models.UniqueConstraint(
                fields=["body", "wanted"],
                condition=Q(wanted__isnull=False) & ~Q(stage=Stage.CANCELLED),
                name="one_meeting_for_a_wanted_day",
            ),
        ]
        indexes = [
            models.Index(fields=["body", "day"], name="meeting_by_body"),
            models.Index(fields=["partnership", "day"], name="meeting_by_day"),
        ]

    def remember(self) -> None:
        """The certain day of the stated date, and a stage that fits the stated state."""
        super().remember()
        stated = UncertainDate.parse(self.date) if self.date else None
        certain = stated is not None and not stated.doubtful and stated.earliest == stated.latest
        self.day = stated.earliest if stated is not None and certain else None
        told = self.state or "not stated"
        if not self.stage or (told != "not stated" and stated_of(Stage(self.stage)) != told):
            self.stage = STATED[told]

    @property
    def stage_is(self) -> Stage:
        return Stage(self.stage)


class Place(models.Model):
    """How one seat, or a guest with none, is at one meeting: what they answered, and who came.

    `stands_for` names the deputy who came, by a person or by words. Times are those of who
    came late or left early.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="places")
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="places")
    guest = models.CharField(max_length=200, blank=True)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    capacity = models.CharField(max_length=20, blank=True)
    answer = models.CharField(
        max_length=20,
        choices=[(p.value, p.value) for p in Presence],
        default=Presence.UNKNOWN.value,
    )
    answered_by = models.CharField(max_length=200, blank=True)
    answered_on = models.DateField(null=True)
    presence = models.CharField(
        max_length=20,
        choices=[(p.value, p.value) for p in Presence],
        default=Presence.UNKNOWN.value,
    )
    deputy = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    stands_for = models.CharField(max_length=200, blank=True)
    remote = models.BooleanField(default=False)
    came_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)

    PERSONAL = {"guest": "name", "answered_by": "name", "stands_for": "name"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(seat__isnull=False, guest="") | (Q(seat__isnull=True) & ~Q(guest="")),
                name="a_place_is_of_a_seat_or_a_guest",
            ),
            models.UniqueConstraint(fields=["meeting", "seat"], name="one_place_for_a_seat"),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True)
                | Q(came_at__isnull=True)
                | Q(left_at__gte=F("came_at")),
                name="nobody_leaves_before_coming",
            ),
            models.CheckConstraint(
                condition=~Q(presence=Presence.DEPUTY)
                | Q(deputy__isnull=False)
                | ~Q(stands_for=""),
                name="a_deputy_is_named",
            ),
        ]


class AttendanceYear(Keyed):
    """How often an agency or seat was present at a body in a year, as a source says it."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    year = models.CharField(max_length=60, blank=True)
    attended = models.PositiveIntegerField(null=True)
    by_deputy = models.PositiveIntegerField(null=True)
    of = models.PositiveIntegerField(null=True)


class Declaration(models.Model):
    """An interest that somebody declared in an item, and what they did about it."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="declarations")
    item = models.ForeignKey(Record, models.PROTECT, null=True, related_name="+")
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    who = models.CharField(max_length=200)
    interest = models.TextField()
    done = models.CharField(
        max_length=20,
        choices=[(w, w) for w in ("stayed", "stood aside", "left the room")],
    )
    declared_by = models.CharField(max_length=200)
    declared_on = models.DateField()

    PERSONAL = {"who": "name", "interest": "free text", "declared_by": "name"}

"""Recommendations, all that was told of them, and which of them are the same."""

from __future__ import annotations

import uuid
from datetime import date

from django.db import models
from django.db.models import F, Q

from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.documents.models import Document
from concordat.domain.base.people.models import Person
from concordat.domain.base.recommendations import rules
from concordat.domain.base.recommendations.rules import (
    VALUES,
    Effect,
    Level,
    Nature,
    Origin,
    Point,
    Showing,
    Stage,
    Told,
)
from concordat.domain.base.records.models import Keyed, Record
from concordat.domain.base.records.rules import RecordKind
from concordat.domain.base.seats.models import Body, Post, Seat
from concordat.kernel.dates import UncertainDate

_EVIDENCE = Showing.EVIDENCE.value


class Recommendation(Keyed):
    """A change that somebody recommended. Never about a child by name.

    `from_title` cites what it comes from, `from_record` is that where it is kept here. It is
    addressed to one: an agency, a body, a seat, or `outside`. `made_on` is when its source made
    it and `decided_on` when a board did, by `decision` if on record; both as exact as known.
    `strand` is shared by all that a person found to be the same. `asked` is the seat in whose
    work it stands, `ask_on` the day on which that seat is asked next.
    """

    record = models.OneToOneField(Record, models.PROTECT, primary_key=True)
    title = models.CharField(max_length=rules.LONGEST_TITLE)
    number = models.CharField(max_length=20, blank=True)
    from_kind = models.CharField(
        max_length=30, blank=True, choices=[(o.value, o.label) for o in Origin]
    )
    from_title = models.CharField(max_length=400, blank=True)
    from_record = models.ForeignKey(
        Record, models.PROTECT, null=True, related_name="recommendations"
    )
    made_on = models.CharField(max_length=60, blank=True)
    made_day = models.DateField(null=True, editable=False)
    finding = models.TextField(blank=True)
    change = models.TextField(blank=True)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, related_name="recommendations", db_index=False
    )
    body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="recommended")
    seat = models.ForeignKey(
        Seat, models.PROTECT, null=True, related_name="recommended", db_index=False
    )
    outside = models.CharField(max_length=300, blank=True)
    told_how = models.CharField(max_length=300, blank=True)
    told_on = models.DateField(null=True)
    level = models.CharField(max_length=20, blank=True, choices=[(v.value, v.label) for v in Level])
    nature = models.CharField(
        max_length=20, blank=True, choices=[(v.value, v.label) for v in Nature]
    )
    nature_why = models.TextField(blank=True)
    due = models.CharField(max_length=60, blank=True)
    due_day = models.DateField(null=True, editable=False)
    owner = models.ForeignKey(Post, models.PROTECT, null=True, related_name="recommendations")
    asked = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="recommendations")
    ask_on = models.DateField(null=True)
    measure = models.TextField(blank=True)
    measure_on = models.DateField(null=True)
    worked_by = models.ForeignKey(Body, models.PROTECT, null=True, related_name="recommendations")
    set_by = models.ForeignKey(Body, models.PROTECT, null=True, related_name="recommendations_set")
    stage = models.CharField(
        max_length=30, choices=[(s.value, s.label) for s in Stage], default=Stage.DRAFT.value
    )
    rank = models.PositiveSmallIntegerField(default=Stage.DRAFT.rank, editable=False)
    decided_on = models.CharField(max_length=60, blank=True)
    reasons = models.TextField(blank=True)
    decision = models.ForeignKey(Record, models.PROTECT, null=True, related_name="+")
    last_word = models.CharField(max_length=rules.LONGEST_WORD, blank=True)
    last_word_by = models.CharField(max_length=200, blank=True)
    last_word_on = models.DateField(null=True)
    done = models.TextField(blank=True)
    done_by = models.CharField(max_length=200, blank=True)
    done_on = models.DateField(null=True)
    doer = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    effect = models.CharField(
        max_length=20, blank=True, choices=[(v.value, v.label) for v in Effect]
    )
    effect_why = models.TextField(blank=True)
    late_for = models.DateField(null=True)
    reopened = models.PositiveSmallIntegerField(default=0)
    strand = models.UUIDField(default=uuid.uuid4)

    PERSONAL = {
        "title": "free text",
        "finding": "free text",
        "change": "free text",
        "nature_why": "free text",
        "reasons": "free text",
        "last_word": "free text",
        "last_word_by": "name",
        "done": "free text",
        "done_by": "name",
        "effect_why": "free text",
    }

    class Meta(Keyed.Meta):
        constraints = [
            *Keyed.Meta.constraints,
            models.CheckConstraint(
                condition=Q(agency=None, body=None, seat=None)
                | Q(agency=None, body=None, outside="")
                | Q(agency=None, seat=None, outside="")
                | Q(body=None, seat=None, outside=""),
                name="recommendation_has_one_addressee",
            ),
            models.CheckConstraint(
                condition=Q(last_word="", last_word_by="", last_word_on__isnull=True)
                | (~Q(last_word="") & ~Q(last_word_by="") & Q(last_word_on__isnull=False)),
                name="recommendation_has_a_whole_last_word",
            ),
            models.CheckConstraint(
                condition=Q(done="", done_by="", done_on__isnull=True)
                | (~Q(done="") & ~Q(done_by="") & Q(done_on__isnull=False)),
                name="recommendation_is_done_whole",
            ),
            models.CheckConstraint(
                condition=Q(told_on__isnull=True) | ~Q(told_how=""),
                name="recommendation_was_told_somehow",
            ),
            models.CheckConstraint(
                condition=Q(effect="") | ~Q(effect_why=""),
                name="recommendation_effect_says_why",
            ),
        ]
        indexes = [
            models.Index(
                fields=["partnership", "rank", "due_day", "record"], name="recommendation_by_owed"
            ),
            models.Index(fields=["agency", "rank", "due_day"], name="recommendation_by_agency"),
            models.Index(fields=["worked_by", "stage"], name="recommendation_by_group"),
            models.Index(fields=["set_by", "stage"], name="recommendation_by_board"),
            models.Index(fields=["strand"], name="recommendation_by_strand"),
            models.Index(
                fields=["ask_on"],
                condition=Q(ask_on__isnull=False),
                name="recommendation_to_be_asked",
            ),
            models.Index(
                fields=["due_day"],
                condition=Q(stage=Stage.ACCEPTED.value, due_day__isnull=False),
                name="recommendation_that_comes_up",
            ),
        ]

    def __str__(self) -> str:
        return str(self.record)

    def remember(self) -> None:
        """The certain days of what is kept as it was said, and the place of its state."""
        super().remember()
        self.due_day = _certain(self.due)
        self.made_day = _certain(self.made_on)
        self.rank = Stage(self.stage).rank

    @property
    def stage_is(self) -> Stage:
        return Stage(self.stage)

    @property
    def addressee(self) -> str:
        """Whom it is addressed to, in words; empty for nobody."""
        if self.agency:
            return self.agency.name
        if self.seat:
            return f"{self.seat.role}, {self.seat.body.name}"
        return self.body.name if self.body else self.outside

    @property
    def came_from(self) -> str:
        """What it comes from in words, with its number there."""
        title = self.from_title or (self.from_record.title if self.from_record else "")
        number = f"recommendation {self.number}" if self.number else ""
        return ", ".join(filter(None, [title, number])) or "Its source is not stated"

    @property
    def made(self) -> UncertainDate | None:
        """When its source made it, as exact as that is known."""
        return UncertainDate.parse(self.made_on) if self.made_on else None

    @property
    def text(self) -> str:
        """What is compared with others, and found by words."""
        return " ".join(filter(None, [self.title, self.change, self.finding]))

    def is_overdue(self, today: date) -> bool:
        return rules.is_overdue(self.stage, self.due_day, today)


def _certain(text: str) -> date | None:
    said = UncertainDate.parse(text) if text else None
    return said.latest if said and not said.doubtful else None


class Entry(models.Model):
    """One thing told of a recommendation; `before` and `after` are in words."""

    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="entries")
    told = models.CharField(max_length=40, choices=[(t.value, t.label) for t in Told])
    words = models.TextField(blank=True)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    by = models.CharField(max_length=200)
    on = models.DateField()

    PERSONAL = {"words": "free text", "before": "free text", "after": "free text", "by": "name"}


class Checked(models.Model):
    """One point of the check list as it was answered last, for the body that works the draft."""

    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="checks")
    point = models.CharField(max_length=20, choices=[(p.value, p.label) for p in Point])
    answer = models.BooleanField()
    reason = models.TextField()
    by = models.CharField(max_length=200)
    on = models.DateField()

    PERSONAL = {"reason": "free text", "by": "name"}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation", "point"], name="a_point_is_answered_once"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_point_has_its_reason"),
        ]


class Shown(models.Model):
    """What was measured before or after, what somebody said, or what shows that it was done.

    A value has a unit, a day and a source. `record` is the measure or whatever else it was taken
    from, where that is kept here; evidence is a document, or words with the place of it.
    """

    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="shown")
    kind = models.CharField(max_length=30, choices=[(s.value, s.label) for s in Showing])
    value = models.DecimalField(max_digits=14, decimal_places=3, null=True)
    unit = models.CharField(max_length=100, blank=True)
    words = models.TextField(blank=True)
    on = models.DateField()
    source = models.CharField(max_length=300, blank=True)
    record = models.ForeignKey(Record, models.PROTECT, null=True, related_name="+")
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    by = models.CharField(max_length=200)
    said_on = models.DateField()

    PERSONAL = {"words": "free text", "by": "name"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(kind__in=[v.value for v in VALUES], value__isnull=False, document=None)
                    & ~Q(unit="")
                    & ~Q(source="")
                )
                | (~Q(kind__in=[v.value for v in VALUES]) & Q(value=None, unit="")),
                name="a_value_has_its_unit_and_source",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[v.value for v in VALUES])
                | Q(kind=_EVIDENCE, document__isnull=False)
                | (~Q(words="") & ~Q(source="")),
                name="what_was_said_has_words_and_a_source",
            ),
        ]
        indexes = [models.Index(fields=["recommendation", "kind", "on"], name="shown_by_kind")]


class Same(models.Model):
    """That a person found two to be the same, with the words that both share."""

    first = models.ForeignKey(Recommendation, models.PROTECT, related_name="same_after")
    second = models.ForeignKey(Recommendation, models.PROTECT, related_name="same_before")
    words = models.JSONField(default=list)
    why = models.TextField(blank=True)
    by = models.CharField(max_length=200)
    on = models.DateField()

    PERSONAL = {"why": "free text", "by": "name"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="two_are_the_same_once"),
            models.CheckConstraint(
                condition=~Q(first=F("second")), name="nothing_is_the_same_as_itself"
            ),
        ]


class Caseload(models.Model):
    """How many drafts call for a meeting of a body that works them (local, set by the body)."""

    body = models.OneToOneField(Body, models.PROTECT, primary_key=True, related_name="caseload")
    at_least = models.PositiveSmallIntegerField()
    reason = models.TextField()
    by = models.CharField(max_length=200)
    on = models.DateField()

    PERSONAL = {"reason": "free text", "by": "name"}


KINDS: dict[str, tuple[type[Keyed], str]] = {
    "recommendations": (Recommendation, "recommendation"),
}
"""Kinds of the partnership file that are kept here, and the noun of their events."""

ADDRESSED: dict[str, tuple[RecordKind, str]] = {
    "recommendations": (RecordKind.RECOMMENDATION, "title"),
}
"""Kinds whose rows have an address of their own, with the field of its title."""

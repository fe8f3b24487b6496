"""A serious incident, its places, what each partner thinks of it, and what was decided and signed.

The child stands here by label alone, kept in `practice/children`.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from concordat.domain.base.agencies.models import Agency, Area
from concordat.domain.base.mail.models import GuestLink
from concordat.domain.base.people.rules import LONGEST_ADDRESS
from concordat.domain.base.records.models import Record
from concordat.domain.base.seats.models import Seat
from concordat.domain.governance.meetings.models import Line
from concordat.domain.practice.children.models import Child
from concordat.domain.practice.reviews.rules import criteria, outcomes
from concordat.domain.practice.reviews.rules.life import Stage
from concordat.domain.practice.reviews.rules.places import Place
from concordat.domain.practice.reviews.rules.signing import PartnerOf


class Incident(models.Model):
    """An incident as it was told, in the partnership where it happened.

    `area` is where the duty lies; `old_board` whether that area followed its old board on the day
    that counts. `known_at` is when the council became aware, `died_at` the death if known, `form`
    the answers to the notification's questions and `content` those of the rapid review, by key.
    """

    record = models.OneToOneField(Record, models.PROTECT, primary_key=True)
    partnership = models.ForeignKey(Record, models.PROTECT, related_name="+", db_index=False)
    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="incidents")
    child = models.ForeignKey(Child, models.PROTECT, null=True, related_name="incidents")
    stage = models.CharField(
        max_length=30, choices=[(s.value, s.label) for s in Stage], default=Stage.AWAITED.value
    )
    old_board = models.BooleanField(default=False)
    happened_on = models.CharField(max_length=60, blank=True)
    happened_where = models.CharField(max_length=300, blank=True)
    known_at = models.DateTimeField(null=True)
    died_at = models.DateTimeField(null=True)
    belief = models.CharField(max_length=40, default=criteria.Belief.OPEN.value)
    belief_on = models.TextField(blank=True)
    harm = models.CharField(max_length=40, default=criteria.Harm.OPEN.value)
    harm_on = models.TextField(blank=True)
    age = models.PositiveSmallIntegerField(null=True)
    standings = models.JSONField(default=list)
    form = models.JSONField(default=dict)
    content = models.JSONField(default=dict)
    told_by = models.CharField(max_length=200, blank=True)
    told_on = models.DateField(null=True)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="incidents_told")
    name = models.CharField(max_length=200, blank=True)
    email = models.EmailField(max_length=LONGEST_ADDRESS, blank=True)
    link = models.ForeignKey(GuestLink, models.PROTECT, null=True, related_name="+")
    same_as = models.ForeignKey("self", models.PROTECT, null=True, related_name="told_again")
    chased_on = models.DateField(null=True)

    PERSONAL = {
        "happened_on": "free text",
        "happened_where": "free text",
        "known_at": "date",
        "died_at": "date",
        "belief_on": "free text",
        "harm_on": "free text",
        "age": "date",
        "standings": "free text",
        "form": "free text",
        "content": "free text",
        "told_by": "name",
        "name": "name",
        "email": "email",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__in=[s.value for s in Stage]), name="incident_stage_is_known"
            ),
            models.CheckConstraint(
                condition=Q(told_on=None, told_by="") | (Q(told_on__isnull=False) & ~Q(told_by="")),
                name="an_incident_is_told_whole",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=[Stage.AWAITED.value, Stage.CLOSED.value])
                | Q(child__isnull=False, area__isnull=False, known_at__isnull=False),
                name="a_told_incident_has_a_child_a_place_and_a_moment",
            ),
        ]
        indexes = [models.Index(fields=["partnership", "stage"], name="incident_by_stage")]

    def __str__(self) -> str:
        return str(self.record)

    @property
    def stage_is(self) -> Stage:
        return Stage(self.stage)

    @property
    def died(self) -> bool:
        return self.harm == criteria.Harm.DIED

    @property
    def test(self) -> criteria.Test:
        """The two limbs as they are held."""
        return criteria.serious_incident(
            criteria.Belief(self.belief),
            criteria.Harm(self.harm),
            belief_on=self.belief_on,
            harm_on=self.harm_on,
        )

    @property
    def is_told(self) -> bool:
        return self.told_on is not None


class IncidentPlace(models.Model):
    """Where it happened, where the child lives, who placed the child, who leads a later review.

    `area` is one of the installation's, or none; then `name` alone tells it.
    """

    class Which(models.TextChoices):
        HAPPENED = "happened"
        HOME = "home"
        PLACED_BY = "placed by"
        AGREED = "agreed"

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="places")
    which = models.CharField(max_length=20, choices=Which.choices)
    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200)
    england = models.BooleanField(default=True)
    how = models.TextField(blank=True)

    PERSONAL = {"name": "free text", "how": "free text"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["incident", "which"], name="one_place_of_each_sort")
        ]

    @property
    def place(self) -> Place:
        key = str(self.area_id) if self.area_id else self.name.casefold()
        home = str(self.area.partnership_id) if self.area else ""
        return Place(key, self.name, partnership=home, england=self.england)


class IncidentTurn(models.Model):
    """One thing that was done about it, with its reason, newest last."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="turns")
    what = models.CharField(max_length=100)
    words = models.TextField(blank=True)
    by = models.CharField(max_length=200)
    on = models.DateField()

    PERSONAL = {"words": "free text", "by": "name"}


class IncidentView(models.Model):
    """What a partner thinks of notifying, or of the decision. The newest counts; all are kept."""

    class Of(models.TextChoices):
        NOTIFYING = "notifying"
        DECISION = "decision"

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="views")
    of = models.CharField(max_length=20, choices=Of.choices)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    view = models.CharField(max_length=30, choices=[(v.value, v.value) for v in criteria.View])
    reason = models.TextField()
    by = models.CharField(max_length=200)
    on = models.DateField()

    PERSONAL = {"reason": "free text", "by": "name"}


class IncidentWeighing(models.Model):
    """How a partner weighs one criterion, and why. The newest counts; all are kept."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="weighings")
    criterion = models.CharField(max_length=40)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    weight = models.CharField(max_length=20, choices=[(w.value, w.value) for w in criteria.Weight])
    reason = models.TextField()
    by = models.CharField(max_length=200)
    on = models.DateField()

    PERSONAL = {"reason": "free text", "by": "name"}


class Notification(models.Model):
    """The council's notification as it went out: to whom, when, under which number of theirs."""

    incident = models.OneToOneField(Incident, models.PROTECT, related_name="notification")
    to = models.CharField(max_length=200)
    sent_at = models.DateTimeField()
    number = models.CharField(max_length=60, blank=True)
    text = models.JSONField(default=list)
    agreement = models.TextField(blank=True)
    by = models.CharField(max_length=200)
    on = models.DateField()

    PERSONAL = {"text": "free text", "by": "name", "agreement": "free text"}


class RapidDecision(models.Model):
    """What the rapid review came to. A new one takes its place and voids its signatures.

    `reasons` are by criterion; `text` is the rapid review as it stood, section by section, and
    `panel` is the line of the meeting at which it was decided, or `without_panel` says why there is
    none. `partners` are those whose signature it needs, as on that day. `digest` is of all that is
    signed. `sent_text` is the whole paper as it went out, `sent_without` why that was before
    somebody had signed.
    """

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="decisions")
    number = models.PositiveSmallIntegerField()
    outcome = models.CharField(
        max_length=30, choices=[(o.value, o.label) for o in outcomes.Outcome]
    )
    criteria = models.JSONField(default=dict)
    reasons = models.JSONField(default=dict)
    why = models.TextField()
    national = models.CharField(
        max_length=30, choices=[(n.value, n.label) for n in outcomes.National]
    )
    national_why = models.TextField(blank=True)
    dissent = models.TextField(blank=True)
    panel = models.ForeignKey(Line, models.PROTECT, null=True, related_name="+")
    without_panel = models.TextField(blank=True)
    text = models.JSONField(default=list)
    partners = models.JSONField(default=list)
    digest = models.CharField(max_length=64)
    by = models.CharField(max_length=200)
    on = models.DateField()
    voided_on = models.DateField(null=True)
    void_reason = models.TextField(blank=True)
    sent_on = models.DateField(null=True)
    sent_to = models.CharField(max_length=200, blank=True)
    sent_by = models.CharField(max_length=200, blank=True)
    sent_without = models.TextField(blank=True)
    sent_text = models.JSONField(default=list)

    PERSONAL = {
        "reasons": "free text",
        "why": "free text",
        "national_why": "free text",
        "dissent": "free text",
        "without_panel": "free text",
        "text": "free text",
        "by": "name",
        "void_reason": "free text",
        "sent_by": "name",
        "sent_without": "free text",
        "sent_text": "free text",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["incident", "number"], name="rapid_decision_by_number"),
            models.UniqueConstraint(
                fields=["incident"], condition=Q(voided_on=None), name="one_rapid_decision_stands"
            ),
            models.CheckConstraint(
                condition=Q(voided_on=None, void_reason="")
                | (Q(voided_on__isnull=False) & ~Q(void_reason="")),
                name="a_rapid_decision_is_voided_whole",
            ),
            models.CheckConstraint(
                condition=Q(sent_on=None, sent_to="", sent_by="")
                | (Q(sent_on__isnull=False) & ~Q(sent_to="") & ~Q(sent_by="")),
                name="a_rapid_decision_is_sent_whole",
            ),
        ]

    @property
    def outcome_is(self) -> outcomes.Outcome:
        return outcomes.Outcome(self.outcome)

    @property
    def wanted(self) -> list[PartnerOf]:
        """The partners whose signature it needs."""
        return [PartnerOf(each["agency"], each["name"]) for each in self.partners]


class RapidSignature(models.Model):
    """One seat's signature under one decision, by its digest; `partners` are the agencies, by key,
    for which it counts."""

    decision = models.ForeignKey(RapidDecision, models.PROTECT, related_name="signatures")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    holds_for = models.CharField(max_length=600)
    partners = models.JSONField(default=list)
    digest = models.CharField(max_length=64)
    by = models.CharField(max_length=200)
    on = models.DateField()

    PERSONAL = {"by": "name"}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "seat"], name="a_seat_signs_a_decision_once"
            )
        ]


class NationalReply(models.Model):
    """What the national body answered, and what the partners said to it."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="replies")
    reply = models.CharField(max_length=40, choices=[(r.value, r.label) for r in outcomes.Reply])
    words = models.TextField()
    came_on = models.DateField()
    by = models.CharField(max_length=200)
    stood_by = models.TextField(blank=True)
    stood_by_on = models.DateField(null=True)

    PERSONAL = {"words": "free text", "by": "name", "stood_by": "free text"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(stood_by="", stood_by_on=None)
                | (~Q(stood_by="") & Q(stood_by_on__isnull=False)),
                name="a_reply_is_stood_by_whole",
            )
        ]

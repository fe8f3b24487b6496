"""What was decided and who spoke, what partners disagree about, and letters in and out."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from concordat.domain.base.documents.models import Document
from concordat.domain.base.records.models import Record
from concordat.domain.base.seats.models import Body, Seat
from concordat.domain.governance.arrangements.models import Decision, Matter
from concordat.domain.governance.meetings.models.agenda import Line
from concordat.domain.governance.meetings.models.meeting import Meeting
from concordat.domain.governance.meetings.rules import deciding, disputes, letters


class Resolution(models.Model):
    """One decision of a body, of one or several parts, in or out of a meeting.

    `authority` is what the rules answered on the day for each partner, frozen when it was
    sealed, and `quorum` likewise. `decision` is its row on the partnership's own record, by
    which later questions of authority know of it. Amounts are in pence.
    """

    record = models.OneToOneField(Record, models.PROTECT, primary_key=True)
    body = models.ForeignKey(Body, models.PROTECT, related_name="resolutions")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="resolutions")
    line = models.ForeignKey(Line, models.PROTECT, null=True, related_name="resolutions")
    about = models.ForeignKey(Record, models.PROTECT, null=True, related_name="resolutions")
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="resolutions")
    on = models.DateField()
    text = models.TextField()
    outcome = models.CharField(
        max_length=20, choices=[(o.value, o.value) for o in deciding.Outcome]
    )
    parts = models.JSONField(default=list)
    options = models.JSONField(default=list)
    reasons = models.TextField(blank=True)
    legal_basis = models.CharField(max_length=400, blank=True)
    amount = models.BigIntegerField(null=True)
    why_urgent = models.TextField(blank=True)
    to_tell = models.BooleanField(null=True)
    told = models.TextField(blank=True)
    told_by = models.CharField(max_length=200, blank=True)
    told_on = models.DateField(null=True)
    review_on = models.DateField(null=True)
    state = models.CharField(
        max_length=30,
        choices=[(s.value, s.value) for s in deciding.State],
        default=deciding.State.DRAFT.value,
    )
    quorum = models.JSONField(default=dict)
    authority = models.JSONField(default=list)
    waits_for = models.JSONField(default=list)
    sealed_by = models.CharField(max_length=200, blank=True)
    sealed_on = models.DateField(null=True)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by")
    decision = models.OneToOneField(Decision, models.PROTECT, null=True, related_name="+")

    PERSONAL = {
        "text": "free text",
        "reasons": "free text",
        "why_urgent": "free text",
        "options": "free text",
        "parts": "free text",
        "sealed_by": "name",
        "told": "free text",
        "told_by": "name",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(told="", told_by="", told_on__isnull=True)
                | (~Q(told="") & ~Q(told_by="") & Q(told_on__isnull=False)),
                name="a_decision_is_told_whole",
            ),
            models.CheckConstraint(
                condition=Q(state=deciding.State.DRAFT, sealed_by="", sealed_on__isnull=True)
                | (~Q(state=deciding.State.DRAFT) & ~Q(sealed_by="") & Q(sealed_on__isnull=False)),
                name="a_decision_is_sealed_whole",
            ),
            models.CheckConstraint(
                condition=Q(meeting__isnull=False) | ~Q(why_urgent=""),
                name="out_of_meeting_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["body", "-on"], name="resolution_by_body"),
            models.Index(fields=["state", "on"], name="resolution_by_state"),
        ]

    @property
    def left(self) -> list[str]:
        """The partners that have neither ratified it nor refused."""
        answered = {row.partner for row in self.ratifications.all()}
        return [each for each in self.waits_for if each not in answered]


class Voice(models.Model):
    """How one seat took part in one decision, and whether it has confirmed that since."""

    resolution = models.ForeignKey(Resolution, models.PROTECT, related_name="voices")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="voices")
    voice = models.CharField(max_length=12, choices=[(v.value, v.value) for v in deciding.Voice])
    deputy = models.BooleanField(default=False)
    spoke = models.CharField(max_length=200, blank=True)
    words = models.TextField(blank=True)
    confirmed_by = models.CharField(max_length=200, blank=True)
    confirmed_on = models.DateField(null=True)

    PERSONAL = {"spoke": "name", "words": "free text", "confirmed_by": "name"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["resolution", "seat"], name="a_seat_speaks_once"),
            models.CheckConstraint(
                condition=Q(confirmed_by="", confirmed_on__isnull=True)
                | (~Q(confirmed_by="") & Q(confirmed_on__isnull=False)),
                name="a_voice_is_confirmed_whole",
            ),
        ]


class Ratification(models.Model):
    """A partner's answer on a decision that went beyond what its people could decide."""

    resolution = models.ForeignKey(Resolution, models.PROTECT, related_name="ratifications")
    partner = models.CharField(max_length=300)
    answer = models.CharField(max_length=10, choices=[("given", "given"), ("refused", "refused")])
    instrument = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=400, blank=True)
    reason = models.TextField(blank=True)
    given_by = models.CharField(max_length=200)
    given_on = models.DateField()

    PERSONAL = {"given_by": "name", "reason": "free text"}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["resolution", "partner"], name="a_partner_answers_once"
            ),
            models.CheckConstraint(
                condition=~Q(answer="refused") | ~Q(reason=""), name="a_refusal_says_why"
            ),
        ]


class Dispute(models.Model):
    """A disagreement between partners, and the rung of the ladder that it stands on."""

    record = models.OneToOneField(Record, models.PROTECT, primary_key=True)
    body = models.ForeignKey(Body, models.PROTECT, related_name="disputes")
    resolution = models.ForeignKey(Resolution, models.PROTECT, null=True, related_name="disputes")
    about = models.ForeignKey(Record, models.PROTECT, null=True, related_name="disputes")
    issue = models.TextField()
    standard = models.CharField(max_length=400, blank=True)
    ladder = models.JSONField(default=list)
    rung = models.PositiveSmallIntegerField(default=0)
    rung_since = models.DateField()
    rung_due = models.DateField(null=True)
    state = models.CharField(
        max_length=12,
        choices=[(s.value, s.value) for s in disputes.State],
        default=disputes.State.OPEN.value,
    )
    settlement = models.TextField(blank=True)
    ended_by = models.CharField(max_length=200, blank=True)
    ended_on = models.DateField(null=True)

    PERSONAL = {"issue": "free text", "settlement": "free text", "ended_by": "name"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state=disputes.State.OPEN, ended_by="", ended_on__isnull=True)
                | (
                    ~Q(state=disputes.State.OPEN)
                    & ~Q(settlement="")
                    & ~Q(ended_by="")
                    & Q(ended_on__isnull=False)
                ),
                name="a_dispute_ends_whole",
            )
        ]


class Position(models.Model):
    """Where one seat stands in a dispute, and whether it has agreed to the settlement."""

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="positions")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    says = models.TextField()
    agreed_by = models.CharField(max_length=200, blank=True)
    agreed_on = models.DateField(null=True)

    PERSONAL = {"says": "free text", "agreed_by": "name"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dispute", "seat"], name="one_position_of_a_seat")
        ]


class Tried(models.Model):
    """What was tried on one rung, or what the scrutineer advised there."""

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="steps")
    rung = models.PositiveSmallIntegerField()
    advice = models.BooleanField(default=False)
    text = models.TextField()
    told_by = models.CharField(max_length=200)
    told_on = models.DateField()

    PERSONAL = {"text": "free text", "told_by": "name"}


class Letter(models.Model):
    """A letter in or out that hangs on a record, with the day by which an answer is due.

    A draft is a letter that has not gone yet; whoever is asked agrees to it first.
    """

    about = models.ForeignKey(Record, models.PROTECT, related_name="letters")
    partnership = models.ForeignKey(Record, models.PROTECT, related_name="+")
    incoming = models.BooleanField()
    party = models.CharField(max_length=60)
    who = models.CharField(max_length=300)
    their_reference = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=300)
    dated = models.DateField()
    reply_due = models.DateField(null=True)
    replies_to = models.ForeignKey("self", models.PROTECT, null=True, related_name="replies")
    no_reply_reason = models.TextField(blank=True)
    signed_by = models.CharField(max_length=200, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    kept_by = models.CharField(max_length=200)
    kept_on = models.DateField()
    is_draft = models.BooleanField(default=False)

    PERSONAL = {
        "who": "name",
        "subject": "free text",
        "signed_by": "name",
        "kept_by": "name",
        "no_reply_reason": "free text",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_draft=False) | Q(incoming=False, signed_by=""),
                name="a_draft_letter_is_ours_and_not_signed",
            )
        ]
        indexes = [models.Index(fields=["partnership", "reply_due"], name="letter_by_reply_due")]


class Assent(models.Model):
    """Whether one seat agrees that a letter goes, or what has to change in it first."""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="assents")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    asked_on = models.DateField()
    said = models.CharField(
        max_length=12, choices=[(s.value, s.value) for s in letters.Said], blank=True
    )
    words = models.TextField(blank=True)
    said_by = models.CharField(max_length=200, blank=True)
    said_on = models.DateField(null=True)

    PERSONAL = {"words": "free text", "said_by": "name"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["letter", "seat"], name="a_seat_assents_once"),
            models.CheckConstraint(
                condition=Q(said="", said_by="", said_on__isnull=True)
                | (~Q(said="") & ~Q(said_by="") & Q(said_on__isnull=False)),
                name="an_assent_is_given_whole",
            ),
            models.CheckConstraint(
                condition=~Q(said=letters.Said.CHANGE) | ~Q(words=""),
                name="a_change_says_which",
            ),
        ]

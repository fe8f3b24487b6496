"""Documents, their versions, who signed which, what was said of them, and what is published."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from concordat.domain.base.documents import rules
from concordat.domain.base.documents.rules import Outcome, RoundState
from concordat.domain.base.mail.models import GuestLink
from concordat.domain.base.people.models import Person
from concordat.domain.base.records.models import Record
from concordat.domain.base.seats.models import Seat

WHOLE_DIGEST = r"^[0-9a-f]{64}$"


class Document(models.Model):
    """Something written, in versions. `about` is the record that it hangs on, if on any."""

    record = models.OneToOneField(Record, models.PROTECT, primary_key=True)
    about = models.ForeignKey(Record, models.PROTECT, null=True, related_name="documents")


class Version(models.Model):
    """One upload. Its bytes are in the store under `digest` (SHA-256) and never change.

    `name` is the name it came with, made safe; `size` is in bytes.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    media_type = models.CharField(max_length=100)
    name = models.CharField(max_length=200)
    note = models.CharField(max_length=rules.LONGEST_NOTE, blank=True)
    uploaded_by = models.CharField(max_length=200)
    uploaded_on = models.DateField()

    PERSONAL = {"uploaded_by": "name", "name": "free text", "note": "free text"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="one_version_a_number"),
            models.CheckConstraint(
                condition=Q(digest__regex=WHOLE_DIGEST), name="version_has_a_digest"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="versions_begin_at_one"),
        ]

    @property
    def in_words(self) -> str:
        return rules.version_in_words(self.number, self.digest)

    @property
    def short_form(self) -> str:
        return rules.short_form(self.digest)


class SignOff(models.Model):
    """One seat's sign-off of one digest. A newer version voids it; the row stays."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="sign_offs")
    digest = models.CharField(max_length=64)
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="sign_offs")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="sign_offs")
    signed_by = models.CharField(max_length=200)
    signed_on = models.DateField()
    wording = models.CharField(max_length=rules.LONGEST_WORDING)
    voided_on = models.DateField(null=True)
    voided_by = models.CharField(max_length=200, blank=True)
    void_reason = models.TextField(blank=True)

    PERSONAL = {
        "signed_by": "name",
        "voided_by": "name",
        "wording": "free text",
        "void_reason": "free text",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(voided_on__isnull=True, voided_by="", void_reason="")
                | (Q(voided_on__isnull=False) & ~Q(voided_by="") & ~Q(void_reason="")),
                name="sign_off_is_voided_whole",
            ),
            models.UniqueConstraint(
                fields=["version", "seat"],
                condition=Q(voided_on__isnull=True),
                name="one_sign_off_of_a_seat",
            ),
        ]
        indexes = [models.Index(fields=["seat", "voided_on"], name="sign_off_by_seat")]


class Publication(models.Model):
    """A version that the public is served, until it is withdrawn with a reason."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="publications")
    version = models.ForeignKey(Version, models.PROTECT, related_name="publications")
    published_by = models.CharField(max_length=200)
    published_on = models.DateField()
    withdrawn_on = models.DateField(null=True)
    withdrawn_by = models.CharField(max_length=200, blank=True)
    withdraw_reason = models.TextField(blank=True)

    PERSONAL = {
        "published_by": "name",
        "withdrawn_by": "name",
        "withdraw_reason": "free text",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True, withdrawn_by="", withdraw_reason="")
                | (Q(withdrawn_on__isnull=False) & ~Q(withdrawn_by="") & ~Q(withdraw_reason="")),
                name="publication_is_withdrawn_whole",
            ),
            models.UniqueConstraint(
                fields=["document"],
                condition=Q(withdrawn_on__isnull=True),
                name="one_open_publication",
            ),
        ]


ONE_VOICE = Q(seat__isnull=False, guest__isnull=True) | Q(seat__isnull=True, guest__isnull=False)


class Round(models.Model):
    """A time in which a document is out for comment. `version` is the one it went out with.

    Comments are taken to the end of the day `closes`; it stays open until somebody closes it.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="rounds")
    version = models.ForeignKey(Version, models.PROTECT, related_name="rounds")
    question = models.CharField(max_length=rules.LONGEST_QUESTION, blank=True)
    opened_on = models.DateField()
    opened_by = models.CharField(max_length=200)
    closes = models.DateField()
    closed_on = models.DateField(null=True)
    closed_by = models.CharField(max_length=200, blank=True)

    PERSONAL = {"opened_by": "name", "closed_by": "name", "question": "free text"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, closed_by="")
                | (Q(closed_on__isnull=False) & ~Q(closed_by="")),
                name="round_is_closed_whole",
            ),
            models.CheckConstraint(
                condition=Q(closes__gte=models.F("opened_on")), name="round_closes_after_it_opens"
            ),
            models.UniqueConstraint(
                fields=["document"],
                condition=Q(closed_on__isnull=True),
                name="one_open_round",
            ),
        ]

    @property
    def state(self) -> RoundState:
        return rules.round_state(self.closed_on)


class Asked(models.Model):
    """A seat or a guest that was asked in a round, and whether it said that it has nothing to say.

    `nothing_to` is the version of which it said so.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="asked")
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="asked_to_comment")
    guest = models.ForeignKey(GuestLink, models.PROTECT, null=True, related_name="asked_to_comment")
    asked_on = models.DateField()
    asked_by = models.CharField(max_length=200)
    nothing_to = models.ForeignKey(Version, models.PROTECT, null=True, related_name="+")
    nothing_on = models.DateField(null=True)
    nothing_by = models.CharField(max_length=200, blank=True)

    PERSONAL = {"asked_by": "name", "nothing_by": "name"}

    class Meta:
        constraints = [
            models.CheckConstraint(condition=ONE_VOICE, name="asked_is_a_seat_or_a_guest"),
            models.CheckConstraint(
                condition=Q(nothing_on__isnull=True, nothing_by="", nothing_to__isnull=True)
                | (Q(nothing_on__isnull=False, nothing_to__isnull=False) & ~Q(nothing_by="")),
                name="nothing_is_said_whole",
            ),
            models.UniqueConstraint(fields=["round", "seat"], name="a_seat_is_asked_once"),
            models.UniqueConstraint(fields=["round", "guest"], name="a_guest_is_asked_once"),
        ]


class Comment(models.Model):
    """What a seat or a guest said of the version with this digest, and what became of it.

    `place` is the section in the commenter's words. `answers` counts how often it was answered:
    whoever answers says which count they saw. What `came` by another way was put on record by
    somebody else.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="comments")
    version = models.ForeignKey(Version, models.PROTECT, related_name="comments")
    digest = models.CharField(max_length=64)
    place = models.CharField(max_length=rules.LONGEST_PLACE, blank=True)
    text = models.TextField()
    made_by = models.CharField(max_length=200)
    made_on = models.DateField()
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="comments")
    agency = models.CharField(max_length=300, blank=True)
    guest = models.ForeignKey(GuestLink, models.PROTECT, null=True, related_name="comments")
    came = models.CharField(
        max_length=20, blank=True, choices=[(each.value, each.value) for each in rules.Came]
    )
    recorded_by = models.CharField(max_length=200, blank=True)
    recorded_on = models.DateField(null=True)
    outcome = models.CharField(
        max_length=10, blank=True, choices=[(each.value, each.label) for each in Outcome]
    )
    reason = models.TextField(blank=True)
    answered_by = models.CharField(max_length=200, blank=True)
    answered_on = models.DateField(null=True)
    answers = models.PositiveSmallIntegerField(default=0)

    PERSONAL = {
        "place": "free text",
        "text": "free text",
        "made_by": "name",
        "recorded_by": "name",
        "reason": "free text",
        "answered_by": "name",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(condition=ONE_VOICE, name="comment_is_of_a_seat_or_a_guest"),
            models.CheckConstraint(
                condition=Q(came="", recorded_by="", recorded_on__isnull=True)
                | (~Q(came="") & ~Q(recorded_by="") & Q(recorded_on__isnull=False)),
                name="comment_is_recorded_whole",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", reason="", answered_by="", answered_on__isnull=True)
                | (~Q(outcome="") & ~Q(answered_by="") & Q(answered_on__isnull=False)),
                name="comment_is_answered_whole",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["", Outcome.TAKEN.value]) | ~Q(reason=""),
                name="what_is_not_taken_has_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["round", "outcome"], name="comment_by_answer")]

    @property
    def answer(self) -> Outcome | None:
        return Outcome(self.outcome) if self.outcome else None

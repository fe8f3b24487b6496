"""People, the accounts they sign in with, and who may act for whom."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core import signing
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Trim

from concordat.domain.base.people import rules
from concordat.domain.base.people.rules import InvitationState
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.rules import Verb

INVITATION_SALT = "concordat.people.invitation"


class Person(models.Model):
    """Somebody who takes part, by name or by post alone."""

    record = models.OneToOneField(Record, models.PROTECT, primary_key=True)
    full_name = models.CharField(max_length=200, blank=True)
    post_title = models.CharField(max_length=200, blank=True)
    email = models.EmailField(max_length=rules.LONGEST_ADDRESS, blank=True)
    phone = models.CharField(max_length=60, blank=True)

    PERSONAL = {
        "full_name": "name",
        "post_title": "free text",
        "email": "email",
        "phone": "phone",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(full_name="") | ~Q(post_title=""), name="person_is_named"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return rules.name_of(self.full_name, self.post_title)

    @property
    def is_known_by_post(self) -> bool:
        return not self.full_name


class Accounts(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(email=rules.normal_address(username or ""))


class Account(AbstractBaseUser):
    """What a person signs in with. `email` is kept in its normal form, which makes it unique."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.OneToOneField(Person, models.PROTECT, related_name="account")
    email = models.EmailField(max_length=rules.LONGEST_ADDRESS, unique=True)
    is_active = models.BooleanField(default=True)
    # The weekday of the weekly letter, Monday as 1; none for no letter.
    letter_day = models.PositiveSmallIntegerField(null=True, default=1)
    # The ledger tells when somebody signed in; a column of its own would be a write outside it.
    last_login = None

    objects = Accounts()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    PERSONAL = {"email": "email"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(email=Lower(Trim("email"))), name="account_email_is_normal"
            ),
            models.CheckConstraint(
                condition=Q(letter_day__isnull=True) | Q(letter_day__range=(1, 7)),
                name="letter_day_is_a_weekday",
            ),
        ]

    def __str__(self) -> str:
        return self.person.name


class StepTaken(models.Model):
    """A first step that somebody took or put aside. `words` is what they found wrong."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="steps_taken")
    step = models.CharField(max_length=20, choices=[(s.value, s.value) for s in rules.FirstStep])
    taken_on = models.DateField()
    words = models.TextField(blank=True)

    PERSONAL = {"words": "free text"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "step"], name="a_first_step_is_taken_once")
        ]


class FormDraft(models.Model):
    """What somebody wrote on a page and has not sent: theirs alone, and in nobody's name yet.

    `hand` is at the keyboard, `person` whose rights are used. `answers` holds each field's
    texts as they were typed. `about` is the record that the page is about, where there is one.
    """

    hand = models.ForeignKey(Person, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="form_drafts")
    about = models.ForeignKey(Record, models.PROTECT, null=True, related_name="+")
    address = models.CharField(max_length=rules.LONGEST_PAGE)
    heading = models.CharField(max_length=300)
    answers = models.JSONField()
    kept_at = models.DateTimeField()

    PERSONAL = {"heading": "free text", "answers": "free text", "address": "free text"}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["hand", "person", "address"], name="one_draft_of_a_page"
            )
        ]


class ActingFor(models.Model):
    """`hand` may act for `principal`, with these verbs, from and to these whole days."""

    principal = models.ForeignKey(Person, models.PROTECT, related_name="hands")
    hand = models.ForeignKey(Person, models.PROTECT, related_name="principals")
    scope = models.JSONField()
    from_day = models.DateField()
    to_day = models.DateField(null=True)
    reason = models.TextField()
    given_by = models.CharField(max_length=200)
    ended_on = models.DateField(null=True)
    ended_by = models.CharField(max_length=200, blank=True)
    end_reason = models.TextField(blank=True)

    PERSONAL = {
        "given_by": "name",
        "ended_by": "name",
        "reason": "free text",
        "end_reason": "free text",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(principal=F("hand")), name="nobody_acts_for_themselves"
            ),
            models.CheckConstraint(
                condition=Q(to_day__isnull=True) | Q(to_day__gte=F("from_day")),
                name="acting_days_in_order",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ended_by="", end_reason="")
                | (Q(ended_on__isnull=False) & ~Q(ended_by="") & ~Q(end_reason="")),
                name="acting_is_ended_whole",
            ),
        ]
        indexes = [models.Index(fields=["hand", "ended_on"], name="acting_by_hand")]

    @property
    def verbs(self) -> list[Verb]:
        return rules.in_order_of_verbs(self.scope)

    @property
    def in_words(self) -> str:
        return rules.scope_in_words(self.scope)

    def is_in_force(self, on: date) -> bool:
        """Whether it counts on that day. An ended one stops at once, not at the end of the day."""
        return (
            self.ended_on is None
            and self.from_day <= on
            and (self.to_day is None or on <= self.to_day)
        )


class Invitation(models.Model):
    """A link, sent to one address, by which one person sets a first password."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="invitations")
    email = models.EmailField(max_length=rules.LONGEST_ADDRESS)
    invited_by = models.CharField(max_length=200)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    issue = models.PositiveSmallIntegerField(default=1)
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    PERSONAL = {"email": "email", "invited_by": "name"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="invitation_has_one_end",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="one_open_invitation",
            ),
        ]

    @property
    def token(self) -> str:
        """What the link holds. It opens nothing but this invitation, in its latest issue."""
        return signing.Signer(salt=INVITATION_SALT).sign_object([self.pk.hex, self.issue])

    @staticmethod
    def read(token: str) -> tuple[uuid.UUID, int] | None:
        """The invitation and issue that a token names, unless somebody else made the token."""
        try:
            pk, issue = signing.Signer(salt=INVITATION_SALT).unsign_object(token)
            return uuid.UUID(pk), int(issue)
        except (signing.BadSignature, ValueError, TypeError):
            return None

    def state(self, now: datetime) -> InvitationState:
        return rules.invitation_state(
            expires=self.expires_at,
            accepted=self.accepted_at,
            withdrawn=self.withdrawn_at,
            now=now,
        )


class World(models.Model):
    """The example world that this database was filled with. One row, or none in real use.

    Without a practice date the world's dates are relative to today.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    name = models.CharField(max_length=60)
    practice_date = models.DateField(null=True)
    loaded_at = models.DateTimeField(auto_now_add=True)
    personas_allowed = models.BooleanField(default=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_world")]

    @property
    def is_open(self) -> bool:
        """Whether its cast may be entered as: never in production, whatever the row says."""
        return self.personas_allowed and not settings.PRODUCTION


class Persona(models.Model):
    """A member of an example world's cast, whom anybody may enter as with one click."""

    person = models.OneToOneField(Person, models.PROTECT, primary_key=True)
    order = models.PositiveSmallIntegerField(unique=True)
    line = models.CharField(max_length=200)

    class Meta:
        ordering = ["order"]

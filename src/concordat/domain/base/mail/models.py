"""The outbox, and the links that were sent to guests."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.db.models import Q

from concordat.domain.base.mail import rules
from concordat.domain.base.mail.rules import LinkState, Opening, Purpose, State
from concordat.domain.base.people.rules import LONGEST_ADDRESS
from concordat.domain.base.records.models import Record


class Message(models.Model):
    """One message to one address.

    `secret` is a link or a code, locked until it has gone out and then forgotten. Whoever sends
    holds a claim until `claimed_until`; a claim of somebody who died lapses. `key` makes
    posting the same thing twice one message.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=120, null=True, unique=True)  # noqa: DJ001 - none is not ""
    to = models.EmailField(max_length=LONGEST_ADDRESS)
    purpose = models.CharField(max_length=20, choices=[(p.value, p.label) for p in Purpose])
    subject = models.CharField(max_length=200)
    text = models.TextField()
    secret = models.TextField(blank=True)
    attachment_name = models.CharField(max_length=80, blank=True)
    attachment = models.TextField(blank=True)
    about = models.ForeignKey(Record, models.PROTECT, null=True, related_name="messages")
    partnership = models.ForeignKey(Record, models.PROTECT, null=True, related_name="+")
    posted_by = models.CharField(max_length=200)
    posted_at = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=[(s.value, s.label) for s in State], default=State.QUEUED.value
    )
    tries = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField(null=True)
    good_until = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=80, blank=True)
    claim = models.UUIDField(null=True)
    claimed_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    PERSONAL = {
        "to": "email",
        "text": "free text",
        "secret": "free text",
        "posted_by": "name",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in State]), name="message_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False, secret="")
                | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="message_is_sent_whole",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["queued", "failed"], next_try__isnull=False)
                | (Q(state__in=["sent", "given up"]) & Q(next_try__isnull=True)),
                name="message_waits_for_its_next_try",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "next_try"], name="message_by_next_try"),
            models.Index(fields=["partnership", "-posted_at"], name="message_by_partnership"),
        ]


class GuestLink(models.Model):
    """A link by which one named person comes to one record for one purpose.

    The token itself is in the letter only: `digest` is its SHA-256. Of a code, too, only a
    keyed digest is kept. `entry` names the one browser in which the code was entered last.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    record = models.ForeignKey(Record, models.PROTECT, related_name="guest_links")
    purpose = models.CharField(max_length=12, choices=[(o.value, o.label) for o in Opening])
    name = models.CharField(max_length=200)
    email = models.EmailField(max_length=LONGEST_ADDRESS)
    scope = models.JSONField()
    issue = models.PositiveSmallIntegerField(default=1)
    digest = models.CharField(max_length=64, unique=True)
    invited_by = models.CharField(max_length=200)
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    code_digest = models.CharField(max_length=64, blank=True)
    code_sent_at = models.DateTimeField(null=True)
    code_expires_at = models.DateTimeField(null=True)
    code_tries = models.PositiveSmallIntegerField(default=0)
    codes_sent = models.PositiveSmallIntegerField(default=0)
    entry = models.UUIDField(null=True)
    entered_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=200, blank=True)
    revoke_reason = models.TextField(blank=True)

    PERSONAL = {
        "name": "name",
        "email": "email",
        "invited_by": "name",
        "revoked_by": "name",
        "revoke_reason": "free text",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by="", revoke_reason="")
                | (Q(revoked_at__isnull=False) & ~Q(revoked_by="") & ~Q(revoke_reason="")),
                name="link_is_revoked_whole",
            ),
            models.CheckConstraint(
                condition=Q(entry__isnull=True, entered_at__isnull=True)
                | Q(entry__isnull=False, entered_at__isnull=False),
                name="link_is_entered_whole",
            ),
            models.UniqueConstraint(
                fields=["record", "email", "purpose"],
                condition=Q(used_at__isnull=True, revoked_at__isnull=True),
                name="one_open_link",
            ),
        ]
        indexes = [models.Index(fields=["record", "-invited_at"], name="link_by_record")]

    @property
    def opening(self) -> Opening:
        return Opening(self.purpose)

    def code_works(self, now: datetime) -> bool:
        """Whether the last code sent can still be entered."""
        return bool(
            self.code_digest
            and self.code_expires_at
            and now < self.code_expires_at
            and self.code_tries < rules.CODE_TRIES
        )

    def state(self, now: datetime) -> LinkState:
        return rules.link_state(
            expires=self.expires_at,
            used=self.used_at,
            revoked=self.revoked_at,
            codes_sent=self.codes_sent,
            code_works=self.code_works(now),
            entered=self.entry is not None,
            now=now,
        )

    def is_open(self, now: datetime) -> bool:
        return self.state(now) is LinkState.OPEN

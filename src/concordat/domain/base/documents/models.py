"""Documents, what each version held, who signed which, and what is published."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from concordat.domain.base.documents import rules
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

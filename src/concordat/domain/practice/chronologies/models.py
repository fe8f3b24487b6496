"""A chronology, its team, what each agency gave version by version, and what readers said of it.

A merged chronology is never kept: it is worked out of the versions that agencies signed off.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.mail.models import GuestLink
from concordat.domain.base.records.models import Grant, Record
from concordat.domain.practice.children.models import Child
from concordat.domain.practice.chronologies import rules
from concordat.domain.practice.chronologies.rules import Expected, Looking, MarkKind, Part, Stage


class Chronology(models.Model):
    """What is asked of whom, over which period, in which columns, and what is looked for in it.

    `expected` holds contribution and days; `pairs` who should know what whom knows, both as keys
    of contributions; `themes` and `enquiries` are what rows can be marked with.
    """

    record = models.OneToOneField(
        Record, models.PROTECT, primary_key=True, related_name="chronology"
    )
    partnership = models.ForeignKey(Record, models.PROTECT, related_name="+", db_index=False)
    about = models.ForeignKey(Record, models.PROTECT, null=True, related_name="chronologies")
    first = models.DateField()
    last = models.DateField()
    columns = models.JSONField(default=list)
    required = models.JSONField(default=list)
    themes = models.JSONField(default=list)
    enquiries = models.JSONField(default=list)
    gap = models.PositiveSmallIntegerField(default=60)
    told = models.PositiveSmallIntegerField(default=7)
    contact = models.PositiveSmallIntegerField(default=28)
    expected = models.JSONField(default=list)
    pairs = models.JSONField(default=list)
    stage = models.CharField(
        max_length=10, choices=[(s.value, s.label) for s in Stage], default=Stage.OPEN.value
    )

    PERSONAL = {"themes": "free text", "enquiries": "free text"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last__gte=F("first")), name="a_period_ends_after_it_begins"
            )
        ]
        indexes = [models.Index(fields=["partnership", "stage"], name="chronology_by_stage")]

    @property
    def stage_is(self) -> Stage:
        return Stage(self.stage)

    @property
    def scope(self) -> rules.Scope:
        return rules.Scope(self.first, self.last)

    def looking(self, names: dict[int, str]) -> Looking:
        """What is looked for; `names` are those of the agencies by contribution."""
        return Looking(
            self.gap,
            self.told,
            self.contact,
            tuple(Expected(names[pk], days) for pk, days in self.expected if pk in names),
            tuple((names[a], names[b]) for a, b in self.pairs if a in names and b in names),
            self.first,
            self.last,
        )


class Subject(models.Model):
    """A child whom a chronology is about, by label."""

    chronology = models.ForeignKey(Chronology, models.PROTECT, related_name="subjects")
    child = models.ForeignKey(Child, models.PROTECT, related_name="chronologies")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chronology", "child"], name="one_subject_of_a_child")
        ]


class Contribution(models.Model):
    """What one agency was asked for, by when, and how often it was chased."""

    chronology = models.ForeignKey(Chronology, models.PROTECT, related_name="contributions")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="chronologies")
    due = models.DateField()
    asked_on = models.DateField()
    chased = models.PositiveSmallIntegerField(default=0)
    chase_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["chronology", "agency"], name="one_contribution_of_an_agency"
            )
        ]
        indexes = [
            models.Index(
                fields=["chase_on"], condition=Q(chase_on__isnull=False), name="contribution_chase"
            )
        ]

    @property
    def name(self) -> str:
        return self.agency.name


class Member(models.Model):
    """Somebody of the team. The grant says who, and from when to when; it opens the record."""

    chronology = models.ForeignKey(Chronology, models.PROTECT, related_name="team")
    grant = models.OneToOneField(Grant, models.PROTECT, related_name="+")
    part = models.CharField(max_length=30, choices=[(p.value, p.value) for p in Part])
    contribution = models.ForeignKey(Contribution, models.PROTECT, null=True, related_name="team")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(part=Part.AUTHOR) & Q(contribution__isnull=False))
                | (~Q(part=Part.AUTHOR) & Q(contribution__isnull=True)),
                name="an_author_writes_for_an_agency",
            )
        ]


class Guest(models.Model):
    """Somebody without an account who writes for an agency; the link says who, and until when."""

    contribution = models.ForeignKey(Contribution, models.PROTECT, related_name="guests")
    link = models.OneToOneField(GuestLink, models.PROTECT, related_name="+")


class Version(models.Model):
    """The rows of one agency as they stood. `digest` is of its rows in their order. The file that
    was sent is in the store under `file` (SHA-256), `size` bytes of it; nought where none is kept.

    `rejected` names each row of the file that could not be taken: line, place, reason, mend.
    """

    contribution = models.ForeignKey(Contribution, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=300, blank=True)
    file = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(default=0)
    read = models.PositiveIntegerField(default=0)
    rejected = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    rows = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64)
    given_by = models.CharField(max_length=200)
    given_on = models.DateField()
    signed = models.CharField(max_length=64, blank=True)
    signed_by = models.CharField(max_length=200, blank=True)
    signed_on = models.DateField(null=True)

    PERSONAL = {
        "name": "free text",
        "rejected": "free text",
        "notes": "free text",
        "given_by": "name",
        "signed_by": "name",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "number"], name="one_given_version_a_number"
            ),
            models.CheckConstraint(
                condition=Q(signed="", signed_by="", signed_on=None)
                | (~Q(signed="") & ~Q(signed_by="") & Q(signed_on__isnull=False)),
                name="a_version_is_signed_whole",
            ),
        ]

    @property
    def is_accepted(self) -> bool:
        """Signed off, and still as it was signed."""
        return bool(self.signed) and self.signed == self.digest


class Entry(models.Model):
    """One row as an agency told it. `since` and `until` are numbers of versions: it stands in
    those from the first on and before the second. Another wording of it has the same `root`;
    `why` says why it was withdrawn. No event tells any of it: authors of other agencies may read
    the history of the chronology."""

    contribution = models.ForeignKey(Contribution, models.PROTECT, related_name="entries")
    root = models.ForeignKey("self", models.PROTECT, null=True, related_name="wordings")
    since = models.PositiveIntegerField()
    until = models.PositiveIntegerField(null=True)
    position = models.FloatField()
    line = models.PositiveIntegerField(default=0)
    place = models.CharField(max_length=300, blank=True)
    told = models.JSONField(default=dict)
    notes = models.JSONField(default=list)
    year = models.PositiveSmallIntegerField()
    late = models.BooleanField(default=False)
    why = models.CharField(max_length=rules.LONGEST_SHORT, blank=True)

    PERSONAL = {
        "told": "free text",
        "notes": "free text",
        "place": "free text",
        "why": "free text",
    }

    class Meta:
        indexes = [models.Index(fields=["contribution", "since"], name="entry_by_version")]

    @property
    def stem(self) -> int:
        """The key of the first wording, by which all of them are one row."""
        return self.root_id or self.pk

    def row(self, agency: str, arrival: int) -> rules.Row:
        """The row as it is merged; `arrival` is its place among all."""
        found = rules.row_of(
            self.told,
            agency=agency,
            file=agency,
            line=self.line or round(self.position),
            place=self.place or f"Row {round(self.position)}",
            arrival=arrival,
            year=self.year,
        )
        return found._replace(notes=tuple(self.notes)) if self.notes else found

    @property
    def fingerprint(self) -> int:
        """The newest wording of the row: a change is held against it."""
        found = Entry.objects.filter(Q(root=self.stem) | Q(pk=self.stem)).order_by("-pk")
        return found.values_list("pk", flat=True)[0]


class Mark(models.Model):
    """What a reader says of a row, and who. What was taken away stays with who did so."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="marks")
    stem = models.ForeignKey(Entry, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in MarkKind])
    value = models.CharField(max_length=200, blank=True)
    words = models.TextField(blank=True)
    by = models.CharField(max_length=200)
    on = models.DateField()
    ended_by = models.CharField(max_length=200, blank=True)
    ended_on = models.DateField(null=True)

    PERSONAL = {"value": "free text", "words": "free text", "by": "name", "ended_by": "name"}


class Pairing(models.Model):
    """Two rows that a person joined as one event, or kept apart; and who split them again."""

    chronology = models.ForeignKey(Chronology, models.PROTECT, related_name="pairings")
    first = models.ForeignKey(Entry, models.PROTECT, related_name="+")
    second = models.ForeignKey(Entry, models.PROTECT, related_name="+")
    joined = models.BooleanField()
    reason = models.TextField()
    by = models.CharField(max_length=200)
    on = models.DateField()
    ended_by = models.CharField(max_length=200, blank=True)
    ended_on = models.DateField(null=True)

    PERSONAL = {"reason": "free text", "by": "name", "ended_by": "name"}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["first", "second"],
                condition=Q(ended_on__isnull=True),
                name="two_rows_are_paired_once",
            )
        ]


class Dispute(models.Model):
    """What another agency says instead of a row. Both texts stand."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="disputes")
    stem = models.ForeignKey(Entry, models.PROTECT, related_name="+")
    contribution = models.ForeignKey(Contribution, models.PROTECT, related_name="disputes")
    words = models.TextField()
    source = models.CharField(max_length=300)
    by = models.CharField(max_length=200)
    on = models.DateField()
    settled = models.TextField(blank=True)
    settled_on = models.DateField(null=True)

    PERSONAL = {
        "words": "free text",
        "source": "free text",
        "by": "name",
        "settled": "free text",
    }

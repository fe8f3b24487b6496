"""Items that live on their own and come before many meetings, and the papers written for them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from concordat.domain.base.documents.models import WHOLE_DIGEST, Document
from concordat.domain.base.records.models import Keyed, Record
from concordat.domain.base.seats.models import Body, Post, Seat
from concordat.domain.governance.meetings.models.meeting import Meeting
from concordat.domain.governance.meetings.rules.life import PaperStage, Place, Purpose
from concordat.domain.governance.meetings.rules.packs import Cut
from concordat.domain.governance.meetings.rules.papers import Check, Given
from concordat.domain.governance.meetings.rules.suggesting import CLOSES, OPENS
from concordat.kernel.sensitivity import Sensitivity


class Item(models.Model):
    """Something to be talked about. Its own record says who may open it and who may know of it.

    `about` is the record that a higher package proposed it by.
    """

    record = models.OneToOneField(Record, models.PROTECT, primary_key=True)
    about = models.ForeignKey(Record, models.PROTECT, null=True, related_name="items")
    lead = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    lead_words = models.CharField(max_length=200, blank=True)
    proposed_by = models.CharField(max_length=200)
    proposed_on = models.DateField()
    why = models.TextField(blank=True)

    PERSONAL = {"proposed_by": "name", "lead_words": "name", "why": "free text"}


class Line(models.Model):
    """An item on one agenda: what for, how long, in which turn, and what came of it.

    `label` is set for good when the pack is sent. `text` is what the minutes say. `fixed` says
    whether its body's ways put it at the opening or at the close of every agenda.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="lines")
    item = models.ForeignKey(Item, models.PROTECT, related_name="lines")
    turn = models.PositiveIntegerField()
    label = models.CharField(max_length=10, blank=True)
    purpose = models.CharField(max_length=10, choices=[(p.value, p.value) for p in Purpose])
    place = models.CharField(
        max_length=20, choices=[(p.value, p.value) for p in Place], default=Place.PROPOSED.value
    )
    minutes = models.PositiveSmallIntegerField(null=True)
    place_reason = models.TextField(blank=True)
    withheld_reason = models.TextField(blank=True)
    text = models.TextField(blank=True)
    text_by = models.CharField(max_length=200, blank=True)
    text_version = models.PositiveIntegerField(default=0)
    carried_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="carried_to")
    fixed = models.CharField(max_length=10, choices=[(OPENS, OPENS), (CLOSES, CLOSES)], blank=True)

    PERSONAL = {
        "place_reason": "free text",
        "withheld_reason": "free text",
        "text": "free text",
        "text_by": "name",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "item"], name="an_item_once_on_an_agenda"),
            models.CheckConstraint(
                condition=~Q(place__in=[Place.DECLINED, Place.CARRIED]) | ~Q(place_reason=""),
                name="what_is_put_off_says_why",
            ),
        ]
        indexes = [models.Index(fields=["meeting", "turn"], name="line_by_turn")]

    @property
    def purpose_is(self) -> Purpose:
        return Purpose(self.purpose)

    @property
    def place_is(self) -> Place:
        return Place(self.place)

    @property
    def is_hidden(self) -> bool:
        """Whether there are readers who may not even know of it."""
        record = self.item.record
        return not record.listed or record.level is Sensitivity.SEALED


class Paper(Keyed):
    """A paper, written once and presented to many bodies on different days.

    `parts` holds what its cover says, by part; `document` the text with its versions.
    """

    title = models.CharField(max_length=400)
    author = models.CharField(max_length=300, blank=True)
    presented_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    dated = models.CharField(max_length=60, blank=True)
    version = models.CharField(max_length=200, blank=True)
    follows = models.ForeignKey("self", models.PROTECT, null=True, related_name="followed_by")
    purposes = models.JSONField(default=list)
    asks = models.JSONField(default=list)
    decision_to_tell = models.CharField(max_length=300, blank=True)
    appendices = models.CharField(max_length=300, blank=True)
    item = models.ForeignKey(Item, models.PROTECT, null=True, related_name="papers")
    document = models.OneToOneField(Document, models.PROTECT, null=True, related_name="paper")
    stage = models.CharField(
        max_length=20, choices=[(s.value, s.value) for s in PaperStage], blank=True
    )
    parts = models.JSONField(default=dict)
    requested_by = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    late_reasons = models.JSONField(default=list)
    late_agreed_by = models.CharField(max_length=200, blank=True)

    PERSONAL = {"author": "name", "parts": "free text", "late_agreed_by": "name"}


class Presentation(Keyed):
    """A paper or an update before a body on a day, done or planned.

    What one body alone is told stands here: its statuses, what it is asked (empty: what the
    paper asks), who asked for it, by when it answers, and which text it was sent.
    """

    paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="presentations")
    body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="presentations")
    title = models.CharField(max_length=400, blank=True)
    date = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=20, blank=True)
    purposes = models.JSONField(default=list)
    outcome = models.TextField(blank=True)
    line = models.ForeignKey(Line, models.PROTECT, null=True, related_name="presentations")
    cover = models.CharField(max_length=40, blank=True)
    asks = models.JSONField(default=list)
    requested_by = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    feedback_by = models.DateField(null=True)
    text_sent = models.PositiveSmallIntegerField(null=True)

    PERSONAL = {"outcome": "free text"}

    class Meta(Keyed.Meta):
        constraints = [
            *Keyed.Meta.constraints,
            models.UniqueConstraint(fields=["paper", "line"], name="a_paper_once_on_an_agenda"),
        ]


class Consultation(Keyed):
    """Whom somebody has asked, is asking or will ask about something."""

    about = models.CharField(max_length=400)
    asked = models.JSONField(default=list)
    bodies = models.JSONField(default=list)
    date = models.CharField(max_length=60, blank=True)
    until = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=20, blank=True)
    outcome = models.TextField(blank=True)
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="consultations")

    PERSONAL = {"outcome": "free text"}


class Clearance(models.Model):
    """Somebody asked to clear a paper, or to advise on it, by a day."""

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="clearances")
    sort = models.CharField(max_length=10, choices=[(c.value, c.value) for c in Check])
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    due = models.DateField(null=True)
    asked_by = models.CharField(max_length=200)
    asked_on = models.DateField()
    given = models.CharField(max_length=20, choices=[(g.value, g.value) for g in Given], blank=True)
    words = models.TextField(blank=True)
    given_by = models.CharField(max_length=200, blank=True)
    given_on = models.DateField(null=True)

    PERSONAL = {"asked_by": "name", "given_by": "name", "words": "free text"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(given="", given_by="", given_on__isnull=True)
                | (~Q(given="") & ~Q(given_by="") & Q(given_on__isnull=False)),
                name="clearance_is_given_whole",
            ),
            models.UniqueConstraint(
                fields=["paper", "seat", "sort"],
                condition=Q(given=""),
                name="one_open_clearance_of_a_seat",
            ),
        ]


class Pack(models.Model):
    """What is sent for a meeting, once: supplement 0 is the pack, the rest add to it.

    `pieces` is the list of what was bound with its pages, `withheld` what this cut left out
    with the reason. It is bound by a process that says how far it is (`done` of `total`
    steps); then the bytes are kept under the digest and never change. `plan` says what is to
    be bound: each line with the presentations that this supplement brings. `page_digest` is the
    same pack as a page to read on screen.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="packs")
    cut = models.CharField(max_length=12, choices=[(c.value, c.value) for c in Cut])
    supplement = models.PositiveSmallIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(default=0)
    pages = models.PositiveIntegerField(default=0)
    page_digest = models.CharField(max_length=64, blank=True)
    plan = models.JSONField(default=list)
    pieces = models.JSONField(default=list)
    withheld = models.JSONField(default=list)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    failed = models.TextField(blank=True)
    sent_by = models.CharField(max_length=200)
    sent_on = models.DateField()

    PERSONAL = {
        "sent_by": "name",
        "pieces": "free text",
        "withheld": "free text",
        "failed": "free text",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "cut", "supplement"], name="a_pack_is_sent_once"
            ),
            models.CheckConstraint(
                condition=Q(digest="", size=0, pages=0)
                | Q(digest__regex=WHOLE_DIGEST, size__gt=0, pages__gt=0),
                name="a_bound_pack_has_a_digest",
            ),
        ]

    @property
    def is_bound(self) -> bool:
        return bool(self.digest)


class Read(models.Model):
    """The last supplement of a meeting's pack that somebody opened."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="+")
    person = models.UUIDField()
    supplement = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="one_mark_of_reading")
        ]


class Brief(models.Model):
    """What an agency sends its member or deputy with on one item: its line and its limit, and
    what came back. Only that agency's seats see it."""

    line = models.ForeignKey(Line, models.PROTECT, related_name="briefs")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="briefs")
    our_line = models.TextField(blank=True)
    limit = models.TextField(blank=True)
    came_back = models.TextField(blank=True)
    written_by = models.CharField(max_length=200)
    written_on = models.DateField()

    PERSONAL = {
        "our_line": "free text",
        "limit": "free text",
        "came_back": "free text",
        "written_by": "name",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["line", "seat"], name="one_brief_for_a_seat")
        ]


class Note(models.Model):
    """A person's own note on an item, which nobody else sees."""

    line = models.ForeignKey(Line, models.PROTECT, related_name="+")
    person = models.UUIDField()
    text = models.TextField()

    PERSONAL = {"text": "free text"}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["line", "person"], name="one_own_note")]

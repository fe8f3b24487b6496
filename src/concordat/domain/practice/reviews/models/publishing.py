"""Clearance by digest, advance copies, disclosure checks, leak scans, publication, and learning
events."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from concordat.domain.base.people.models import Person
from concordat.domain.base.records.models import Record
from concordat.domain.base.seats.models import Seat
from concordat.domain.practice.reviews.models.review import Review
from concordat.domain.practice.reviews.rules import clearance, desk
from concordat.domain.practice.reviews.rules.clearance import Agreed, Copy, Step

LONGEST_TEXT = 100
"""Room for the name of a text: its round, its version and the SHA-256 of its file."""


class Called(models.Model):
    """A seat that has a part in a review and sees that part alone: what it hands in, clears,
    checks, agrees to or does after. Its record is what its work hangs on."""

    record = models.OneToOneField(
        Record, models.PROTECT, primary_key=True, related_name="part_in_review"
    )
    review = models.ForeignKey(Review, models.PROTECT, related_name="called")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="called_to_reviews")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "seat"], name="a_seat_is_called_once")
        ]


class Clearing(models.Model):
    """A seat that clears the report in one step. `text` is the one that it signed last: of another
    it has signed nothing."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="clearings")
    step = models.CharField(max_length=20, choices=[(s.value, s.heading) for s in Step])
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="clearings")
    due = models.DateField(null=True)
    text = models.CharField(max_length=LONGEST_TEXT, blank=True)
    words = models.TextField(blank=True)
    signed_by = models.CharField(max_length=200, blank=True)
    signed_on = models.DateField(null=True)

    PERSONAL = {"words": "free text", "signed_by": "name"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "step", "seat"], name="a_seat_clears_once"),
            models.CheckConstraint(
                condition=Q(text="", signed_by="", signed_on=None)
                | (~Q(text="") & ~Q(signed_by="") & Q(signed_on__isnull=False)),
                name="a_step_is_cleared_whole",
            ),
        ]

    @property
    def step_is(self) -> Step:
        return Step(self.step)

    @property
    def place(self) -> clearance.Place:
        return clearance.Place(self.step_is, self.seat_id, self.text)


class AdvanceCopy(models.Model):
    """A copy of one text that went out before publication."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="copies")
    to = models.CharField(max_length=60, choices=[(c.value, c.value) for c in Copy])
    text = models.CharField(max_length=LONGEST_TEXT)
    sent_on = models.DateField()
    sent_by = models.CharField(max_length=200)
    how = models.CharField(max_length=desk.LONGEST_LINE)
    answer = models.TextField(blank=True)

    PERSONAL = {"sent_by": "name", "how": "free text", "answer": "free text"}


class DisclosureCheck(models.Model):
    """One of two checks of one text by people who do not see each other's answer. `person` is
    who gave it, from the seat that was asked.

    `page` and `pdf` are the SHA-256 of the page and the tagged PDF that both are shown: these
    very two are published.
    """

    review = models.ForeignKey(Review, models.PROTECT, related_name="checks")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="disclosure_checks")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="disclosure_checks")
    text = models.CharField(max_length=LONGEST_TEXT)
    page = models.CharField(max_length=64)
    pdf = models.CharField(max_length=64)
    asked_on = models.DateField()
    asked_by = models.CharField(max_length=200)
    answers = models.JSONField(default=dict)
    words = models.TextField(blank=True)
    clear = models.BooleanField(null=True)
    on = models.DateField(null=True)

    PERSONAL = {"asked_by": "name", "answers": "free text", "words": "free text"}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["review", "seat", "text"], name="one_check_of_a_file_by_one"
            ),
            models.CheckConstraint(
                condition=Q(clear=None, on=None, person=None)
                | Q(clear__isnull=False, on__isnull=False, person__isnull=False),
                name="a_check_is_in_whole",
            ),
        ]

    @property
    def checked(self) -> clearance.Checked:
        return clearance.Checked(self.seat_id, self.person_id, self.text, self.clear)


class LeakFound(models.Model):
    """What a scan of one version found: the place, the kind and the label, never the name.

    What is certain stops publication; a lone word may be set aside by a person with a reason.
    """

    review = models.ForeignKey(Review, models.PROTECT, related_name="leaks")
    version = models.CharField(max_length=LONGEST_TEXT)
    told = models.CharField(max_length=400)
    certain = models.BooleanField()
    found_on = models.DateField()
    aside_why = models.TextField(blank=True)
    aside_by = models.CharField(max_length=200, blank=True)
    aside_on = models.DateField(null=True)

    PERSONAL = {"aside_why": "free text", "aside_by": "name"}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["review", "version", "told"], name="a_leak_is_told_once"
            ),
            models.CheckConstraint(
                condition=Q(aside_why="", aside_by="", aside_on=None)
                | (Q(certain=False, aside_on__isnull=False) & ~Q(aside_why="") & ~Q(aside_by="")),
                name="only_a_lone_word_is_set_aside",
            ),
        ]

    @property
    def found(self) -> clearance.Found:
        return clearance.Found(self.told, self.certain, bool(self.aside_why))


class Agreement(models.Model):
    """Whether another partnership agrees to publish the report there as well: one text of it,
    and no other."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="agreements")
    partnership = models.ForeignKey(Record, models.PROTECT, related_name="review_agreements")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="review_agreements")
    state = models.CharField(
        max_length=20, choices=[(a.value, a.value) for a in Agreed], default=Agreed.ASKED.value
    )
    text = models.CharField(max_length=LONGEST_TEXT, blank=True)
    words = models.TextField(blank=True)
    asked_on = models.DateField()
    answered_by = models.CharField(max_length=200, blank=True)
    answered_on = models.DateField(null=True)

    PERSONAL = {"words": "free text", "answered_by": "name"}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["review", "partnership"], name="one_agreement_of_a_partnership"
            ),
            models.CheckConstraint(
                condition=Q(state=Agreed.ASKED.value, answered_by="", answered_on=None, text="")
                | (~Q(answered_by="") & Q(answered_on__isnull=False))
                & ~Q(state=Agreed.ASKED.value),
                name="an_agreement_is_answered_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state=Agreed.AGREED.value) | ~Q(text=""),
                name="an_agreement_is_to_one_text",
            ),
        ]

    @property
    def state_is(self) -> Agreed:
        return Agreed(self.state)

    def agrees_to(self, text: str) -> bool:
        return bool(text) and self.state_is is Agreed.AGREED and self.text == text


class PublishedReview(models.Model):
    """A report as one partnership tells it to everybody: its page and its PDF, frozen.

    `digest` is of the file that was cleared, `pdf` of the tagged PDF in the store. `instead` is
    true of what tells of the improvements alone, the report being kept back. Once taken down,
    `notice` stands in its place.
    """

    review = models.ForeignKey(Review, models.PROTECT, related_name="published")
    partnership = models.ForeignKey(Record, models.PROTECT, related_name="reviews_published")
    title = models.CharField(max_length=300)
    reviewer = models.CharField(max_length=300, blank=True)
    instead = models.BooleanField(default=False)
    html = models.TextField()
    digest = models.CharField(max_length=64)
    pdf = models.CharField(max_length=64)
    published_on = models.DateField()
    published_by = models.CharField(max_length=200)
    down_on = models.DateField(null=True)
    down_by = models.CharField(max_length=200, blank=True)
    down_why = models.TextField(blank=True)
    notice = models.TextField(blank=True)

    PERSONAL = {
        "reviewer": "name",
        "html": "free text",
        "published_by": "name",
        "down_by": "name",
        "down_why": "free text",
        "notice": "free text",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["review", "partnership"],
                condition=Q(down_on=None),
                name="one_open_publication_of_a_review",
            ),
            models.CheckConstraint(
                condition=Q(down_on=None, down_by="", down_why="", notice="")
                | (Q(down_on__isnull=False) & ~Q(down_by="") & ~Q(down_why="")),
                name="a_review_is_taken_down_whole",
            ),
        ]


class LearningEvent(models.Model):
    """An event at which what a review taught is passed on, to several partnerships together."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="events")
    title = models.CharField(max_length=desk.LONGEST_LINE)
    on = models.DateField()
    place = models.CharField(max_length=desk.LONGEST_LINE, blank=True)
    about = models.TextField(blank=True)

    PERSONAL = {"about": "free text"}


class CameFrom(models.Model):
    """How many came to an event from one partnership, and from which agencies."""

    partnership = models.ForeignKey(Record, models.PROTECT, related_name="+")
    invited = models.PositiveSmallIntegerField()
    came = models.PositiveSmallIntegerField()
    agencies = models.TextField(blank=True)

    class Meta:
        abstract = True


class FollowsThere(models.Model):
    """What one partnership does after an event."""

    partnership = models.ForeignKey(Record, models.PROTECT, related_name="+")
    what = models.TextField()
    owner = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    due = models.DateField()
    done_on = models.DateField(null=True)
    done_by = models.CharField(max_length=200, blank=True)
    came_of_it = models.TextField(blank=True)

    PERSONAL = {"what": "free text", "done_by": "name", "came_of_it": "free text"}

    class Meta:
        abstract = True


DONE_WHOLE = Q(done_on=None, done_by="", came_of_it="") | (
    Q(done_on__isnull=False) & ~Q(done_by="") & ~Q(came_of_it="")
)


class Attendance(CameFrom):
    """How many came to a learning event from one partnership, and from which agencies."""

    event = models.ForeignKey(LearningEvent, models.PROTECT, related_name="attendance")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "partnership"], name="attendance_told_once"),
        ]


class FollowUp(FollowsThere):
    """What one partnership does after a learning event."""

    event = models.ForeignKey(LearningEvent, models.PROTECT, related_name="follow_ups")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=DONE_WHOLE, name="a_follow_up_is_done_whole")
        ]

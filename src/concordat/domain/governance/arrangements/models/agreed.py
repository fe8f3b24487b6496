"""What was agreed, said and promised, and what stands open about it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from concordat.domain.base.agencies.models import Agency, Area
from concordat.domain.base.records.models import Dated, Keyed, Record
from concordat.domain.base.seats.models import Body, Post
from concordat.domain.governance.arrangements.rules import text as rules


class Arrangements(Dated):
    """One version of the published arrangements, or of their draft."""

    record = models.OneToOneField(Record, models.PROTECT, related_name="arrangements")
    title = models.CharField(max_length=400)
    version = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=30)
    publish_by = models.CharField(max_length=60, blank=True)
    published_on = models.CharField(max_length=60, blank=True)
    sent_to = models.JSONField(default=list)
    sent_on = models.CharField(max_length=60, blank=True)
    contents = models.JSONField(default=list)
    follows = models.ForeignKey("self", models.PROTECT, null=True, related_name="followed_by")
    link = models.CharField(max_length=500, blank=True)


class Statement(Dated):
    """Something that the arrangements or a paper say about how things are or should be."""

    topic = models.CharField(max_length=300)
    says = models.TextField()
    about = models.CharField(max_length=250, blank=True)
    arrangements = models.ForeignKey(Arrangements, models.PROTECT, null=True, related_name="+")
    law = models.CharField(max_length=400, blank=True)


class Promise(Keyed):
    """A statement that asks to be kept, or looked at again by a day.

    `state` is empty while it stands; `settled_on` and `outcome` say when and how it ended.
    """

    record = models.OneToOneField(Record, models.PROTECT, related_name="promise")
    promise = models.TextField()
    topic = models.CharField(max_length=300, blank=True)
    arrangements = models.ForeignKey(Arrangements, models.PROTECT, null=True, related_name="+")
    earliest = models.CharField(max_length=60, blank=True)
    latest = models.CharField(max_length=60, blank=True)
    lasts = models.CharField(max_length=300, blank=True)
    owner = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=20, blank=True)
    settled_on = models.CharField(max_length=60, blank=True)
    outcome = models.TextField(blank=True)

    class Meta(Keyed.Meta):
        constraints = [
            *Keyed.Meta.constraints,
            models.CheckConstraint(
                condition=Q(state="", settled_on="", outcome="")
                | (Q(state__in=rules.SETTLED) & ~Q(settled_on="")),
                name="promise_is_settled_whole",
            ),
        ]


class RelevantAgency(Dated):
    """An agency or kind of agency that works with the partners under the arrangements."""

    name = models.CharField(max_length=400)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    agency_class = models.CharField(max_length=30, blank=True)
    basis = models.CharField(max_length=30, blank=True)
    law = models.CharField(max_length=400, blank=True)
    represented_by = models.CharField(max_length=300, blank=True)
    arrangements = models.ForeignKey(Arrangements, models.PROTECT, null=True, related_name="+")


class Link(Dated):
    """What passes between this partnership and another board, and what that board does with it."""

    board = models.ForeignKey(Body, models.PROTECT, related_name="links")
    who = models.CharField(max_length=250, blank=True)
    owed = models.TextField(blank=True)
    when = models.JSONField(null=True)
    effect = models.CharField(max_length=30, blank=True)
    state = models.CharField(max_length=20, blank=True)
    about = models.TextField(blank=True)


class Law(Keyed):
    """An Act, guidance or review that a source relies on, as the source cites it."""

    title = models.CharField(max_length=400)
    cited_as = models.CharField(max_length=400, blank=True)
    says = models.TextField(blank=True)
    changes = models.JSONField(default=list)


class Step(Keyed):
    """A step on the way from one set of arrangements to the next, planned or taken.

    `area` is named where the areas of one partnership go their own ways.
    """

    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    title = models.CharField(max_length=400)
    step = models.CharField(max_length=40)
    state = models.CharField(max_length=30, blank=True)
    date = models.CharField(max_length=60, blank=True)
    until = models.CharField(max_length=60, blank=True)
    sent_to = models.JSONField(default=list)
    about = models.TextField(blank=True)


class Finding(Keyed):
    """Something about a source itself: a gap, a contradiction, a loose citation."""

    subject = models.CharField(max_length=250, blank=True)
    finding = models.TextField()
    kind = models.CharField(max_length=40, blank=True)
    against = models.TextField(blank=True)


class Question(Keyed):
    """A question that a source leaves open."""

    subject = models.CharField(max_length=250, blank=True)
    question = models.TextField()
    asked_by = models.CharField(max_length=300, blank=True)
    answered_on = models.CharField(max_length=60, blank=True)
    answer = models.TextField(blank=True)

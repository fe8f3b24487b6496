"""Footprints and agreements, matters, delegations and decisions, arrangements and promises."""

from __future__ import annotations

from django.db import models

from concordat.domain.base.agencies.models import Agency, Area
from concordat.domain.base.records.models import Dated, Keyed
from concordat.domain.base.seats.models import Body, NamedPerson, Post, Seat


class Agreement(Dated):
    """A legal or written agreement between agencies or partnerships."""

    title = models.CharField(max_length=400)
    kind = models.CharField(max_length=40, blank=True)
    agencies = models.JSONField(default=list)
    host = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=30, blank=True)
    review_on = models.CharField(max_length=60, blank=True)
    about = models.TextField(blank=True)


class Footprint(Dated):
    """What a shared command, service, health body or review panel covers."""

    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=40)
    state = models.CharField(max_length=20, blank=True)
    areas = models.JSONField(default=list)
    agencies = models.JSONField(default=list)
    host = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    agreement = models.ForeignKey(Agreement, models.PROTECT, null=True, related_name="+")
    successor = models.JSONField(default=list)
    about = models.TextField(blank=True)


class Coverage(Dated):
    """An area or agency that belongs to a footprint for a part of its time."""

    footprint = models.ForeignKey(Footprint, models.PROTECT, related_name="coverage")
    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")


class Matter(Keyed):
    """Something that somebody must be able to decide, and the classes whose matter it is."""

    title = models.CharField(max_length=400)
    classes = models.JSONField(default=list)
    reserved_to = models.JSONField(default=list)
    law = models.CharField(max_length=400, blank=True)
    about = models.TextField(blank=True)


class Decision(Keyed):
    """A decision or approval by a body or an agency, made or still to come."""

    title = models.CharField(max_length=400)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="decisions")
    body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="decisions")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="decisions")
    date = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=20)
    outcome = models.TextField(blank=True)
    matters = models.JSONField(default=list)
    approves = models.JSONField(default=list)
    instrument = models.CharField(max_length=40, blank=True)
    reference = models.CharField(max_length=200, blank=True)
    conditions = models.TextField(blank=True)
    meeting = models.CharField(max_length=250, blank=True)


class Delegation(Dated):
    """Power that an agency has handed to a post, a seat or a named person. Limit in pence."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="delegations")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="delegations")
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="delegations")
    person = models.ForeignKey(NamedPerson, models.PROTECT, null=True, related_name="delegations")
    under = models.ForeignKey("self", models.PROTECT, null=True, related_name="passed_on")
    limbs = models.JSONField(default=list)
    matters = models.JSONField(default=list)
    reserved = models.JSONField(default=list)
    limit = models.BigIntegerField(null=True)
    limit_words = models.TextField(blank=True)
    instrument = models.CharField(max_length=40, blank=True)
    instrument_title = models.CharField(max_length=400, blank=True)
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="gave")
    state = models.CharField(max_length=20, blank=True)


class Arrangements(Dated):
    """One version of the published arrangements, or of their draft."""

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
    """A statement that asks to be kept, or looked at again by a day."""

    promise = models.TextField()
    topic = models.CharField(max_length=300, blank=True)
    arrangements = models.ForeignKey(Arrangements, models.PROTECT, null=True, related_name="+")
    earliest = models.CharField(max_length=60, blank=True)
    latest = models.CharField(max_length=60, blank=True)
    lasts = models.CharField(max_length=300, blank=True)
    owner = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")


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
    """A step on the way from one set of arrangements to the next, planned or taken."""

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


KINDS: dict[str, tuple[type[Keyed], str]] = {
    "agreements": (Agreement, "agreement"),
    "footprints": (Footprint, "footprint"),
    "coverage": (Coverage, "coverage of a footprint"),
    "matters": (Matter, "matter"),
    "decisions": (Decision, "decision"),
    "delegations": (Delegation, "delegation"),
    "arrangements": (Arrangements, "version of the arrangements"),
    "statements": (Statement, "statement"),
    "promises": (Promise, "promise"),
    "relevant_agencies": (RelevantAgency, "relevant agency"),
    "links": (Link, "link to another board"),
    "laws": (Law, "law relied on"),
    "steps": (Step, "step"),
    "findings": (Finding, "finding"),
    "questions": (Question, "open question"),
}
"""Kinds of the partnership file that are kept here, and the noun of their events."""

"""Bodies with their states and terms, seats with their holders, posts with their incumbents."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from concordat.domain.base.agencies.models import Agency, Area
from concordat.domain.base.people.models import Person
from concordat.domain.base.records.models import Dated, Keyed, Record
from concordat.domain.base.seats.rules import Capacity, Holding, Standing
from concordat.kernel.actor import Office


class Body(Keyed):
    """A group, board, panel, team or office, of the partnership or outside it.

    What it says of rhythm, chair, quorum and parents holds always; a row of `Terms` says
    the same for a time and then speaks instead. Lists of keys name bodies of the file.
    """

    record = models.OneToOneField(Record, models.PROTECT, primary_key=True)
    name = models.CharField(max_length=300)
    short = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=40)
    outside = models.BooleanField(null=True)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="bodies")
    parents = models.JSONField(default=list)
    shared_with = models.JSONField(default=list)
    purpose = models.TextField(blank=True)
    functions = models.JSONField(default=list)
    rhythm = models.JSONField(null=True)
    composition = models.JSONField(default=list)
    chair_role = models.CharField(max_length=300, blank=True)
    quorum = models.TextField(blank=True)
    successor = models.JSONField(default=list)


class BodyState(Dated):
    """Where a body stands for a time: proposed, shadow, in force or ended."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="states")
    state = models.CharField(max_length=20, choices=[(s.value, s.value) for s in Standing])
    reason = models.TextField(blank=True)

    PERSONAL = {"reason": "free text"}


class Terms(Dated):
    """A version of a body's terms of reference."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="terms")
    title = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=30, blank=True)
    agreed_on = models.CharField(max_length=60, blank=True)
    agreed_by = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    review_on = models.CharField(max_length=60, blank=True)
    parents = models.JSONField(default=list)
    rhythm = models.JSONField(null=True)
    composition = models.JSONField(default=list)
    chair_role = models.CharField(max_length=300, blank=True)
    chair_term = models.CharField(max_length=300, blank=True)
    quorum = models.TextField(blank=True)
    quorum_members = models.PositiveSmallIntegerField(null=True)
    quorum_classes = models.JSONField(default=list)
    quorum_seats = models.JSONField(default=list)
    substitutes = models.BooleanField(null=True)
    remote = models.BooleanField(null=True)
    discretion = models.TextField(blank=True)
    inquorate = models.TextField(blank=True)
    decides_by = models.TextField(blank=True)
    papers = models.TextField(blank=True)


class Reporting(Dated):
    """A line from a body, seat or post to another, named as kind:key."""

    who = models.CharField(max_length=250)
    reports_to = models.CharField(max_length=250)
    how = models.CharField(max_length=30, blank=True)
    state = models.CharField(max_length=20, blank=True)
    about = models.TextField(blank=True)


class Role(Dated):
    """A role profile: what a post is there to do, on what terms."""

    title = models.CharField(max_length=300)
    duties = models.JSONField(default=list)
    requires = models.TextField(blank=True)
    grade = models.CharField(max_length=100, blank=True)
    grading = models.CharField(max_length=30, blank=True)
    hours = models.CharField(max_length=30, blank=True)
    share = models.CharField(max_length=300, blank=True)
    contract = models.CharField(max_length=30, blank=True)
    state = models.CharField(max_length=30, blank=True)
    status = models.CharField(max_length=30, blank=True)
    about = models.TextField(blank=True)


class RolePhase(Dated):
    """Days that a role is needed in one phase. Days are decimal texts, such as "8" or "0.5"."""

    role = models.ForeignKey(Role, models.PROTECT, related_name="phases")
    phase = models.CharField(max_length=200)
    days_from = models.CharField(max_length=20, blank=True)
    days_to = models.CharField(max_length=20, blank=True)
    per = models.CharField(max_length=10, blank=True)
    lasts = models.CharField(max_length=200, blank=True)


class Post(Dated):
    """A post by its title. Who is in it is an incumbency, kept apart from the file."""

    title = models.CharField(max_length=300)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="posts")
    role = models.ForeignKey(Role, models.PROTECT, null=True, related_name="posts")
    status = models.CharField(max_length=20, blank=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="predecessors")


class Incumbency(models.Model):
    """A person in a post, from one whole day to another. Never part of a partnership file."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="incumbents")
    person = models.ForeignKey(Person, models.PROTECT, related_name="posts")
    from_day = models.DateField()
    to_day = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_day__isnull=True) | Q(to_day__gte=models.F("from_day")),
                name="incumbency_days_in_order",
            ),
            models.UniqueConstraint(
                fields=["post"], condition=Q(to_day__isnull=True), name="one_open_incumbency"
            ),
        ]
        indexes = [models.Index(fields=["person", "from_day"], name="incumbency_by_person")]


class NamedPerson(Keyed):
    """A person named by a partnership file. Joined to somebody who signs in only by a person."""

    name = models.CharField(max_length=200)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="named")

    PERSONAL = {"name": "name"}


class Seat(Dated):
    """A place on a body."""

    record = models.OneToOneField(Record, models.PROTECT, primary_key=True)
    body = models.ForeignKey(Body, models.PROTECT, related_name="seats")
    role = models.CharField(max_length=300)
    capacity = models.CharField(
        max_length=20, blank=True, choices=[(c.value, c.value) for c in Capacity]
    )
    office = models.CharField(
        max_length=30, blank=True, choices=[(o.value, o.value) for o in Office]
    )
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="seats")
    seat_class = models.CharField(max_length=30, blank=True)
    speaks_for = models.CharField(max_length=300, blank=True)
    chosen_how = models.CharField(max_length=300, blank=True)
    reports_back = models.CharField(max_length=300, blank=True)
    how_many = models.PositiveSmallIntegerField(null=True)
    term = models.CharField(max_length=300, blank=True)

    class Meta(Dated.Meta):
        indexes = [models.Index(fields=["partnership", "body"], name="seat_by_body")]


class Holder(Dated):
    """Who sits in a seat for a time, or that nobody does: a post, a named person, or vacant."""

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="holders")
    holding = models.CharField(
        max_length=20, choices=[(h.value, h.value) for h in Holding], default=Holding.HOLDER
    )
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="holdings")
    named = models.ForeignKey(NamedPerson, models.PROTECT, null=True, related_name="holdings")
    share = models.CharField(max_length=200, blank=True)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(holding="vacant") | Q(post__isnull=True, named__isnull=True),
                name="a_vacancy_has_no_holder",
            ),
        ]


class Equivalence(Keyed):
    """Posts of different agencies that count as the same level or role."""

    level = models.CharField(max_length=300)
    posts = models.JSONField(default=list)
    body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    agreed_by = models.CharField(max_length=300, blank=True)


class Partner(Dated):
    """An agency as a statutory safeguarding partner: any number in each class."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="partner_rows")
    partner_class = models.CharField(max_length=20)
    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    accountable = models.ForeignKey(Post, models.PROTECT, null=True, related_name="accountable_for")
    delegate = models.ForeignKey(Post, models.PROTECT, null=True, related_name="delegate_for")


KINDS: dict[str, tuple[type[Keyed], str]] = {
    "bodies": (Body, "body"),
    "states": (BodyState, "state of a body"),
    "terms": (Terms, "terms of reference"),
    "reporting": (Reporting, "reporting line"),
    "roles": (Role, "role profile"),
    "role_phases": (RolePhase, "phase of a role"),
    "posts": (Post, "post"),
    "people": (NamedPerson, "named person"),
    "seats": (Seat, "seat"),
    "holders": (Holder, "holder"),
    "equivalences": (Equivalence, "equivalence"),
    "partners": (Partner, "statutory partner"),
}
"""Kinds of the partnership file that are kept here, and the noun of their events."""

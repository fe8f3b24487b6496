"""Footprints and agreements, matters, delegations and decisions."""

from __future__ import annotations

from django.db import models

from concordat.domain.base.agencies.models import Agency, Area
from concordat.domain.base.records.models import Dated, Keyed, Record
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

    record = models.OneToOneField(Record, models.PROTECT, related_name="delegation")
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

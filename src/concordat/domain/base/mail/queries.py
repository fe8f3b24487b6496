"""What waits in the outbox, which links were sent, and who a guest is."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.core import signing
from django.db.models import Q, QuerySet

from concordat.domain.base.mail import rules
from concordat.domain.base.mail.models import GuestLink, Message
from concordat.domain.base.mail.rules import State
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.queries import admissible, visible
from concordat.kernel.actor import Actor, Kind
from concordat.kernel.sensitivity import Sensitivity

__all__ = [
    "GuestLink",
    "Message",
    "guest",
    "inside",
    "link",
    "link_by",
    "links_on",
    "message",
    "outbox",
]

SALT = "concordat.mail.guest"


def outbox(actor: Actor, *, state: State | None = None) -> QuerySet[Message]:
    """The messages of the partnerships whose secretariat the actor is, newest first.

    What went out about a record that the actor may not know of is not there.
    """
    rows = Message.objects.select_related("about", "partnership").order_by("-posted_at", "pk")
    rows = rows.filter(state=state) if state else rows
    if actor.kind is Kind.PROCESS:
        return rows
    if not rules.may_read_outbox(actor):
        return rows.none()
    mine = {seat.partnership for seat in actor.seats if seat.office in rules.SECRETARIAT}
    opens = visible(actor, Record.objects.all()).values("pk")
    known = Q(about__listed=True, about__sensitivity__lt=Sensitivity.SEALED)
    return rows.filter(Q(partnership__in=mine), Q(about=None) | Q(about__in=opens) | known)


def message(actor: Actor, pk: UUID) -> Message:
    """One message of the outbox. Raises DoesNotExist for one that the actor has no part in."""
    return outbox(actor).get(pk=pk)


def links_on(actor: Actor, record: Record) -> QuerySet[GuestLink]:
    """Every link ever sent for a record: for those who may admit others to it."""
    rows = GuestLink.objects.filter(record=record).select_related("record")
    return admissible(actor, rows, record="record").order_by("-invited_at", "pk")


def link(actor: Actor, pk: UUID) -> GuestLink:
    """One link, for those who may admit others to its record."""
    rows = GuestLink.objects.select_related("record")
    return admissible(actor, rows, record="record").get(pk=pk)


def link_by(actor: Actor, token: str, *, now: datetime) -> GuestLink | None:
    """The link that a token opens now. A forged, older, used or late one finds nothing at all."""
    found = (
        GuestLink.objects.filter(digest=rules.token_digest(token)).select_related("record").first()
    )
    if found is None or not _is_ours(token) or not _opens(found, now):
        return None
    return found


def _is_ours(token: str) -> bool:
    try:
        signing.TimestampSigner(salt=SALT).unsign(token, max_age=rules.LONGEST)
    except signing.BadSignature:
        return False
    return True


def _opens(found: GuestLink, now: datetime) -> bool:
    """What has been sealed or closed to guests since the link was sent stays shut."""
    return found.is_open(now) and found.record.level < Sensitivity.SEALED


def guest(actor: Actor, *, link: UUID, entry: UUID, now: datetime) -> Actor | None:
    """Who came in by a link, on the asking actor's day: they may do what its scope says with
    its one record. Nobody, once the link is over or its code was entered somewhere else."""
    found = GuestLink.objects.filter(pk=link, entry=entry).select_related("record").first()
    if found is None or not _opens(found, now):
        return None
    return Actor(
        Kind.GUEST,
        found.name,
        actor.on,
        scope=frozenset(found.scope),
        admitted=frozenset({found.record_id}),
        link=found.pk,
    )


def inside(actor: Actor, link: UUID) -> GuestLink:
    """The link that a guest came in by, with its record, for that guest alone."""
    rows = GuestLink.objects.filter(record__in=actor.admitted).select_related("record")
    return visible(actor, rows, record="record").get(pk=link)

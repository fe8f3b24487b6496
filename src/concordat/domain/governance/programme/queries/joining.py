"""Who shares in a programme, who is asked to, and who left."""

from __future__ import annotations

from django.db.models import QuerySet

from concordat.domain.base.agencies.models import Partnership
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.queries import can, visible
from concordat.domain.base.records.rules import RecordKind, Verb
from concordat.domain.governance.programme.models import Joining, Programme
from concordat.domain.governance.programme.queries.lists import Home
from concordat.domain.governance.programme.rules.joining import Joined
from concordat.kernel.actor import Actor
from concordat.kernel.verdict import Verdict


def joinings(actor: Actor, programme: Programme) -> QuerySet[Joining]:
    """Every proposal to share a programme, and every leaving, in order."""
    rows = Joining.objects.filter(programme=programme).select_related("partnership")
    return visible(actor, rows, record="programme__record").order_by("pk")


def proposals(actor: Actor) -> QuerySet[Joining]:
    """What the actor's partnerships have to answer. They see what each says, and no programme."""
    rows = Joining.objects.filter(partnership__in=actor.partnerships, state=Joined.PROPOSED)
    rows = rows.select_related(
        "programme__record", "programme__partnership", "partnership__partnership_row"
    )
    return visible(actor, rows, record="partnership").order_by("pk")


def asked_to_join(actor: Actor, home: Home) -> QuerySet[Joining]:
    """The proposals that one partnership has to answer."""
    return proposals(actor).filter(partnership=home.pk)


def may_be_asked(actor: Actor, programme: Programme) -> list[Record]:
    """The other partnerships that neither share in a programme nor are asked to."""
    if not can(actor, Verb.SHARE, programme.record):
        return []
    asked = Joining.objects.filter(programme=programme, state=Joined.PROPOSED)
    rows = Record.objects.filter(kind=RecordKind.PARTNERSHIP).exclude(pk=programme.partnership_id)
    rows = rows.exclude(pk__in=asked.values("partnership"))
    return list(rows.exclude(partnership_row__key__in=programme.partnerships).order_by("title"))


def sharer(actor: Actor, programme: Programme, slug: str) -> Partnership | None:
    """A partnership that shares in a programme, for whoever sees the programme."""
    if slug not in programme.partnerships or not can(actor, Verb.SEE, programme.record):
        return None
    return Partnership.objects.select_related("record").filter(key=slug).first()


def sharers(actor: Actor, programme: Programme) -> list[Partnership]:
    """The partnerships that share in a programme and are on this installation."""
    if not can(actor, Verb.SEE, programme.record):
        return []
    rows = Partnership.objects.filter(key__in=programme.partnerships).select_related("record")
    return list(rows.defer("logo").order_by("name"))


def may_leave(actor: Actor, programme: Programme, partnership: Record) -> Verdict:
    """A partnership leaves by its own strategy manager, or by whoever leads the programme."""
    own = can(actor, Verb.SHARE, partnership)
    return own if own else can(actor, Verb.SHARE, programme.record)

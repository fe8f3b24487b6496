"""What stands of the go-live check list today, and who may waive a point of it."""

from __future__ import annotations

from django.db.models import QuerySet

from concordat.domain.base.agencies.models import Area, FrontDoor, Partnership
from concordat.domain.base.documents.models import Publication, SignOff, Version
from concordat.domain.base.records.queries import visible
from concordat.domain.base.seats.models import Body, Partner, Terms
from concordat.domain.governance.arrangements.models import Decision, Edition
from concordat.domain.governance.arrangements.queries import old_board as boards
from concordat.domain.governance.arrangements.queries import transition as ways
from concordat.domain.governance.arrangements.queries.naming import names
from concordat.domain.governance.arrangements.queries.structure import structure
from concordat.domain.governance.arrangements.rules import go_live as rules
from concordat.domain.governance.arrangements.rules.gaps import gaps
from concordat.domain.governance.arrangements.rules.go_live import Told
from concordat.kernel.actor import Actor

NO_TERMS = frozenset({"scrutiny", "secretariat"})
"""Kinds of body that a role profile describes, not terms of reference."""
AGREED = ("agreed", "in force")


def looked_at(actor: Actor, home: Partnership, area: Area) -> list[Told]:
    """Every point as it stands on the actor's day; those of higher packages unanswered."""
    found = _going_on(actor, home)
    partners = _partners(actor, home, area)
    keys = [row.agency.key for row in partners]
    titles = {
        key: named.title for key, named in names(actor, home, ("seats", "delegations")).items()
    }
    answers = [
        _signed(actor, home, partners),
        rules.seats_filled(found, keys),
        rules.delegated(found, keys, gaps(found), titles),
        rules.terms_agreed(*_terms(actor, home)),
        _public(actor, home, area),
        rules.answered(boards.handover(actor, home)),
    ]
    return [*answers, *(rules.unanswered(each) for each in sorted(rules.FROM_ABOVE))]


def waiving(actor: Actor, home: Partnership) -> QuerySet[Decision]:
    """Decisions that the partnership's own executive has made: only they waive a point."""
    rows = Decision.objects.filter(partnership=home.pk, state="made", body__kind="executive")
    rows = rows.exclude(body__outside=True).select_related("body")
    return visible(actor, rows, record="partnership").order_by("-pk")


def _going_on(actor: Actor, home: Partnership) -> dict[str, object]:
    """The structure of today without the old board, whose seats need not be filled any more."""
    found = structure(actor, home, actor.on)
    rows = Body.objects.filter(partnership=home.pk)
    old = boards.old_keys(rows)
    return {**found, "bodies": [each for each in found["bodies"] if each["key"] not in old]}


def _partners(actor: Actor, home: Partnership, area: Area) -> list[Partner]:
    """The statutory partners of an area on the actor's day."""
    rows = Partner.objects.filter(partnership=home.pk).select_related("agency", "area")
    return [
        row
        for row in rows.order_by("order", "key")
        if row.in_force(actor.on) != "no" and row.area_id in (None, area.pk)
    ]


def _terms(actor: Actor, home: Partnership) -> tuple[dict[str, bool], int]:
    """Each body that comes into force and whether agreed terms of it will hold; and how many of
    the new arrangements are in force."""
    rows = boards.own_bodies(actor, home, actor.on)
    old = boards.old_keys(body for body, _ in rows)
    there = [b for b, state in rows if state == boards.IN_FORCE and b.key not in old]
    coming = [b for b in boards.coming(actor, home, actor.on) if b.kind not in NO_TERMS]
    terms = Terms.objects.filter(body__in=coming, to_text="")
    agreed = {row.body_id for row in terms if row.state in AGREED or row.agreed_on}
    return {body.name: body.pk in agreed for body in coming}, len(there)


def _signed(actor: Actor, home: Partnership, partners: list[Partner]) -> Told:
    """Who signed off the newest version that hangs on the arrangements, by agency."""
    wanted = {row.agency_id: row.agency.name for row in partners}
    newest = _newest(actor, home)
    if newest is None and wanted:
        return Told(rules.Point.SIGNED, False, "No edition of the arrangements is ready to sign.")
    rows = SignOff.objects.filter(version=newest, voided_on=None).select_related("seat")
    there = {row.seat.agency_id for row in rows}
    return rules.signed([*wanted.values()], [n for pk, n in wanted.items() if pk in there])


def _newest(actor: Actor, home: Partnership) -> Version | None:
    """The PDF of the newest edition: its digest is what seats sign."""
    rows = Edition.objects.filter(arrangements__partnership=home.pk)
    rows = rows.exclude(arrangements__state__in=ways.OVER).select_related("version")
    newest = rows.order_by("-pk").first()
    return newest.version if newest else None


def _public(actor: Actor, home: Partnership, area: Area) -> Told:
    """Whether anybody is served the arrangements, and told whom to call about a child there."""
    newest = _newest(actor, home)
    rows = Publication.objects.filter(withdrawn_on=None)
    served = newest is not None and rows.filter(document=newest.document_id).exists()
    doors = [
        row
        for row in FrontDoor.objects.filter(partnership=home.pk)
        if row.area_id in (None, area.pk) and row.in_force(actor.on) != "no"
    ]
    return rules.public_page(served, [] if doors else [area.name])

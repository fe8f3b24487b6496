"""What stands of the go-live check list today, and who may waive a point of it."""

from __future__ import annotations

from django.db.models import QuerySet

from concordat.domain.base.agencies.models import Area, FrontDoor, Partnership
from concordat.domain.base.records.queries import visible
from concordat.domain.base.seats.models import Body, Partner, Terms
from concordat.domain.governance.arrangements.models import Decision
from concordat.domain.governance.arrangements.queries import old_board as boards
from concordat.domain.governance.arrangements.queries import text as texts
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
        _signed(actor, home),
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


def _signed(actor: Actor, home: Partnership) -> Told:
    """Who signed off the newest edition, of all who have to agree."""
    row = ways.current(actor, home)
    if row is None or texts.editions(actor, row).first() is None:
        return Told(rules.Point.SIGNED, False, "No edition of the arrangements is ready to sign.")
    lines = texts.agreement(actor, row, actor.on).lines
    return rules.signed(
        [party.name for party, _ in lines], [party.name for party, signed in lines if signed]
    )


def _public(actor: Actor, home: Partnership, area: Area) -> Told:
    """Whether anybody is served the arrangements, and told whom to call about a child there."""
    row = ways.current(actor, home)
    served = row is not None and texts.published_edition(actor, row) is not None
    doors = [
        row
        for row in FrontDoor.objects.filter(partnership=home.pk)
        if row.area_id in (None, area.pk) and row.in_force(actor.on) != "no"
    ]
    return rules.public_page(served, [] if doors else [area.name])

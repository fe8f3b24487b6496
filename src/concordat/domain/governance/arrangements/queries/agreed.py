"""What was agreed, promised, found and asked, as an actor may see it."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import QuerySet

from concordat.domain.base.agencies.models import Agency, Partnership
from concordat.domain.base.records.models import Keyed
from concordat.domain.base.records.queries import visible
from concordat.domain.base.seats.models import Partner
from concordat.domain.governance.arrangements.models import (
    Agreement,
    Arrangements,
    Coverage,
    Finding,
    Footprint,
    Link,
    Promise,
    Question,
    RelevantAgency,
    Statement,
    Step,
)
from concordat.kernel.actor import Actor

K = TypeVar("K", bound=Keyed)


def _rows(actor: Actor, partnership: Partnership, model: type[K], *links: str) -> QuerySet[K]:
    rows = model._default_manager.filter(partnership=partnership.pk)
    rows = rows.select_related(*links) if links else rows
    return visible(actor, rows, record="partnership").order_by("order", "key")


def arrangements(actor: Actor, partnership: Partnership) -> QuerySet[Arrangements]:
    """The versions of the arrangements that the actor may open."""
    rows = Arrangements.objects.filter(partnership=partnership.pk).select_related("record")
    return visible(actor, rows).order_by("order", "key")


def statements(actor: Actor, partnership: Partnership) -> QuerySet[Statement]:
    return _rows(actor, partnership, Statement, "arrangements")


def promises(actor: Actor, partnership: Partnership) -> QuerySet[Promise]:
    rows = Promise.objects.filter(partnership=partnership.pk)
    return visible(actor, rows.select_related("record", "arrangements", "owner")).order_by(
        "order", "key"
    )


def steps(actor: Actor, partnership: Partnership) -> QuerySet[Step]:
    return _rows(actor, partnership, Step)


def relevant_agencies(actor: Actor, partnership: Partnership) -> QuerySet[RelevantAgency]:
    return _rows(actor, partnership, RelevantAgency, "agency__record", "arrangements")


def agreements(actor: Actor, partnership: Partnership) -> QuerySet[Agreement]:
    return _rows(actor, partnership, Agreement, "host")


def footprints(actor: Actor, partnership: Partnership) -> QuerySet[Footprint]:
    return _rows(actor, partnership, Footprint, "host", "agreement")


def coverage(actor: Actor, partnership: Partnership) -> QuerySet[Coverage]:
    return _rows(actor, partnership, Coverage, "footprint", "area", "agency")


def links(actor: Actor, partnership: Partnership) -> QuerySet[Link]:
    return _rows(actor, partnership, Link, "board__record")


def findings(actor: Actor, partnership: Partnership) -> QuerySet[Finding]:
    return _rows(actor, partnership, Finding)


def questions(actor: Actor, partnership: Partnership) -> QuerySet[Question]:
    return _rows(actor, partnership, Question)


def found_on(actor: Actor, partnership: Partnership) -> dict[str, list[Finding | Question]]:
    """Findings and open questions by what they are about, as kind:key; two queries."""
    found: dict[str, list[Finding | Question]] = {}
    for row in findings(actor, partnership):
        found.setdefault(row.subject, []).append(row)
    for asked in questions(actor, partnership).filter(answer=""):
        found.setdefault(asked.subject, []).append(asked)
    return found


def partners(actor: Actor, partnership: Partnership) -> QuerySet[Partner]:
    """Statutory partners of every time, by class and name."""
    rows = Partner.objects.filter(partnership=partnership.pk)
    rows = rows.select_related("agency__record", "accountable", "delegate", "area")
    seen = visible(actor, rows, record="partnership")
    return seen.order_by("partner_class", "agency__name", "from_surely")


def footprints_of(actor: Actor, agency: Agency, partnership: Partnership) -> list[Footprint]:
    """The footprints that an agency hosts, shares in, or covers for a time."""
    covered = {
        row.footprint_id for row in coverage(actor, partnership) if row.agency_id == agency.pk
    }
    return [
        row
        for row in footprints(actor, partnership)
        if row.pk in covered or row.host_id == agency.pk or agency.key in row.agencies
    ]

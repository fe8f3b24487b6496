"""What the text of the arrangements stands on: one partnership's rows as known by a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from concordat.domain.base.agencies.models import Agency, Area, Member, Partnership
from concordat.domain.base.clocks import rules as law
from concordat.domain.base.clocks.queries import law_of
from concordat.domain.base.records.models import Dated, Keyed, known_by, maybe_in_force
from concordat.domain.base.records.queries import Prepared, can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats.models import Body, Partner, Post, Reporting, Role, RolePhase, Seat
from concordat.domain.governance.arrangements.models import (
    Agreement,
    Coverage,
    Decision,
    Delegation,
    Finding,
    Footprint,
    Link,
    Matter,
    Promise,
    QuotedRow,
    RelevantAgency,
    Statement,
    Step,
)
from concordat.domain.governance.arrangements.queries.structure import structure
from concordat.domain.governance.arrangements.rules import text as rules
from concordat.kernel.actor import Actor, process
from concordat.kernel.sensitivity import Sensitivity

Plain = Mapping[str, Any]
_SPAN = ("from_text", "to_text")

# Kind -> model, whose sensitivity counts (its own "record", or the partnership's), what is quoted.
_KINDS: dict[str, tuple[type[Keyed], str, tuple[str, ...]]] = {
    "areas": (Area, "partnership", ("name", "kind", "code", "outside", *_SPAN)),
    "agencies": (Agency, "record", ("name", "agency_class", *_SPAN)),
    "agreements": (
        Agreement,
        "partnership",
        ("title", "kind", "agencies", "state", "review_on", *_SPAN),
    ),
    "bodies": (Body, "record", ("name", "functions", "successor")),
    "coverage": (Coverage, "partnership", ("footprint__key", "area__name", "agency__name")),
    "decisions": (Decision, "partnership", ("title", "state", "date", "approves")),
    "delegations": (
        Delegation,
        "record",
        ("agency__name", "post__title", "seat__role", "person__name", "limbs", "matters",
         "reserved", "limit", "limit_words", "instrument", "instrument_title", "state", *_SPAN),
    ),
    "findings": (Finding, "partnership", ("subject", "finding", "kind", "source")),
    "footprints": (
        Footprint,
        "partnership",
        ("name", "kind", "state", "areas", "agencies", "host__name", "agreement__title", *_SPAN),
    ),
    "links": (
        Link,
        "partnership",
        ("board__key", "board__name", "who", "owed", "when", "effect", "state"),
    ),
    "matters": (Matter, "partnership", ("title", "classes", "reserved_to", "law")),
    "partners": (
        Partner,
        "partnership",
        ("agency__key", "agency__name", "partner_class", "area__name", "accountable__title",
         "delegate__title", *_SPAN),
    ),
    "posts": (Post, "partnership", ("title", "agency__name")),
    "promises": (
        Promise,
        "record",
        ("promise", "earliest", "latest", "lasts", "owner__title", "state", "settled_on"),
    ),
    "relevant_agencies": (
        RelevantAgency,
        "partnership",
        ("name", "agency_class", "basis", "law", "represented_by", *_SPAN),
    ),
    "reporting": (Reporting, "partnership", ("who", "reports_to", "how", "state", "about")),
    "roles": (
        Role,
        "partnership",
        ("title", "duties", "requires", "grade", "hours", "share", "contract", "state",
         "status", "about"),
    ),
    "role_phases": (
        RolePhase,
        "partnership",
        ("role__key", "phase", "days_from", "days_to", "per", "lasts"),
    ),
    "seats": (Seat, "record", ("role",)),
    "statements": (
        Statement,
        "partnership",
        ("topic", "says", "law", "about", "arrangements__key", *_SPAN),
    ),
    "steps": (Step, "partnership", ("title", "step", "state", "date", "until", "about")),
}  # fmt: skip
_OPEN = Q(record__sensitivity__lte=Sensitivity.PARTNERSHIP)


def ground_of(actor: Actor, partnership: Partnership, on: date) -> rules.Ground:
    """The rows of one partnership that were known by a day and may hold on it.

    Whoever may open the partnership gets the same text as everybody else: what is held more
    closely never enters it, whoever asks, and a conflict of interest takes nothing out. The
    number of queries is the same for any partnership.
    """
    can(actor, Verb.SEE, partnership.record).require()
    rows = {kind: _rows(partnership, kind, on) for kind in _KINDS}
    rows |= _from_above(partnership, on)
    found = structure(process("text of the arrangements", on), partnership, on)
    known = law_of(actor, partnership.record)
    return rules.Ground(
        home=_home(partnership),
        on=on,
        structure=_open_only(found, rows),
        rows=rows,
        around=_around(actor, partnership, on),
        duties=_duties(known, on),
        regime=_regime(known, on),
    )


def _rows(partnership: Partnership, kind: str, on: date) -> Sequence[Plain]:
    names = ("key", *_KINDS[kind][2])
    rows = _known(kind).rows(partnership=partnership.pk, on=on)
    return [dict(zip(names, row, strict=True)) for row in rows]


@cache
def _known(kind: str) -> Prepared:
    model, record, fields = _KINDS[kind]

    def known(partnership: UUID, on: date) -> QuerySet[Any, Any]:
        rows: QuerySet[Any] = model._default_manager.filter(known_by(on), partnership=partnership)
        if issubclass(model, Dated):
            rows = rows.filter(maybe_in_force(on))
        if record == "record":
            rows = rows.filter(_OPEN)
        in_order = rows.order_by(F("order").asc(nulls_last=True), "key")
        return in_order.values_list("key", *fields)

    return Prepared(known)


def _from_above(partnership: Partnership, on: date) -> dict[str, Sequence[Plain]]:
    """The rows of higher packages that were known by a day, by their block."""
    told = QuotedRow.objects.filter(partnership=partnership.pk).filter(
        Q(stated_on=None) | Q(stated_on__lte=on)
    )
    rows = list(told.order_by("block", "order").values("block", "key", "title", "says"))
    return {name: [row for row in rows if row["block"] == name] for name in rules.FROM_ABOVE}


def _home(partnership: Partnership) -> Plain:
    names = ("key", "name", "short", "kind", "about", "follows", "time_limited", *_SPAN)
    return {name: getattr(partnership, name) for name in names}


def _open_only(found: dict[str, Any], rows: Mapping[str, Sequence[Plain]]) -> dict[str, Any]:
    """The structure without bodies and seats that are held closely."""
    bodies = {row["key"] for row in rows["bodies"]}
    seats = {row["key"] for row in rows["seats"]}
    kept = [
        {**body, "seats": [each for each in body["seats"] if _local(each["key"]) in seats]}
        for body in found["bodies"]
        if body["key"] in bodies
    ]
    return {**found, "bodies": kept}


def _local(key: str) -> str:
    return key.rpartition("/")[2]


def _around(actor: Actor, partnership: Partnership, on: date) -> list[Plain]:
    """Partnerships that share something with this one.

    To belong to another, or to have members, is this partnership's own fact, so that the names
    of the others need no seat there.
    """
    rows = Member.objects.filter(known_by(on) & maybe_in_force(on)).filter(
        Q(member=partnership.key) | Q(partnership=partnership.pk)
    )
    named = list(rows.order_by("order", "key").values("member", "partnership", *_SPAN))
    slugs = {row["member"] for row in named} - {partnership.key}
    homes = {row["partnership"] for row in named} - {partnership.pk}
    others = Partnership.objects.filter(Q(key__in=slugs) | Q(pk__in=homes))
    fields = ("pk", "key", "name", "kind", "time_limited")
    found = {row["pk"]: row for row in others.values(*fields)}
    spans = {row["partnership"]: row for row in named} | {row["member"]: row for row in named}
    return [
        {
            **{name: row[name] for name in fields[1:]},
            **{name: spans.get(pk, spans.get(row["key"], {})).get(name, "") for name in _SPAN},
            "is_member": pk not in homes,
        }
        for pk, row in sorted(found.items(), key=lambda each: each[1]["name"])
    ]


def _duties(known: law.Law, on: date) -> list[rules.Duty]:
    """The duties after a serious incident that may be worded as law on that day."""
    return [
        rules.Duty(id=each.id, title=each.title, duty=each.duty, source=each.source)
        for each in known.in_force(on)
        if each.id.startswith(("SIN-", "RR-", "LC-"))
        and each.kind is law.Kind.DEADLINE
        and each.verified(on)
        and each.area is not law.Area.OLD
    ]


def _regime(known: law.Law, on: date) -> str:
    """The edition of the guidance that new arrangements are written for on a day."""
    editions = (each for each in known.terms.regimes.values() if each.edition and each.id != "OLD")
    return next((each.title for each in editions if each.in_force(on)), "")

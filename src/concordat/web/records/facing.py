"""What the pages of any record share: its identity, its parts and the rows they show."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from concordat.domain.base.records import queries
from concordat.domain.base.records.queries import Record
from concordat.domain.base.records.rules import RecordKind, Verb
from concordat.kernel.actor import Actor
from concordat.kernel.sensitivity import Sensitivity
from concordat.web.ui.addresses import address_of
from concordat.web.ui.parts import Fact, Link


def frame(actor: Actor, record: Record, part: str) -> dict[str, Any]:
    """The identity band and the sub-navigation; no title for those who only let others in."""
    parts = [("record", "About"), ("history", "History")]
    if part == "access" or queries.can(actor, Verb.ADMIT, record):
        parts.append(("access", "Access"))
    own = address_of(record.kind, record.reference)
    generic = reverse("records:record", args=[record.reference])
    opens = bool(queries.can(actor, Verb.SEE, record))
    return {
        "record": record,
        "title": queries.title_for(actor, record)
        if opens
        else f"A {record.level.label.lower()} {record.kind}",
        "kind": RecordKind(record.kind).label,
        "restricted": record.level.label if record.level >= Sensitivity.RESTRICTED else "",
        "own_page": own if own != generic else "",
        "links": [
            Link(text, reverse(f"records:{name}", args=[record.reference]), name == part)
            for name, text in parts
        ],
    }


def facts(record: Record) -> list[Fact]:
    """What a record says of itself."""
    return [
        Fact("Reference", record.reference),
        Fact("Kind", RecordKind(record.kind).label),
        Fact("Partnership", record.partnership.title if record.partnership else "The installation"),
        Fact("Owner", record.owner.title if record.owner else "The strategy manager"),
        Fact("Who may open it", f"{record.level.label}. {record.level.audience}."),
        Fact("Opened", record.opened),
        Fact("Closed", record.closed or "Open"),
        Fact("Keep until", record.keep_until or "No day set"),
    ]

"""What the pages of documents share: who may come in, the identity band, and facts in words."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.urls import reverse

from concordat.domain.base.documents import queries
from concordat.domain.base.documents.queries import Document, Place, Version
from concordat.domain.base.documents.rules import PublishState, SignState
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.kernel.actor import Actor, Kind
from concordat.kernel.sensitivity import Sensitivity
from concordat.web.ui.doors import Request, also_by_link
from concordat.web.ui.parts import Fact, Link

__all__ = ["Request", "also_by_link", "mark", "sign_facts", "up", "whole"]

TONES = {SignState.ASKED: "Waiting", SignState.SIGNED: "Done", SignState.VOIDED: "Withdrawn"}
PUBLISHED = {
    PublishState.NOT_PUBLISHED: "Not published",
    PublishState.PUBLISHED: "Published",
    PublishState.WITHDRAWN: "Withdrawn",
}


def mark(document: Document) -> str:
    level = document.record.level
    return f"{level.label}: {level.audience.lower()}" if level >= Sensitivity.RESTRICTED else ""


def up(document: Document) -> str:
    return reverse("documents:document", args=[document.record.reference])


def whole(actor: Actor, document: Document) -> dict[str, Any]:
    """Everything that a document's page shows to this actor."""
    record = document.record
    versions = list(queries.versions(actor, document))
    state = queries.publish_state(actor, document)
    mine = {held.seat for held in actor.seats} if can(actor, Verb.SIGN, record) else set()
    return {
        "document": document,
        "record": record,
        "restricted": mark(document),
        "latest": versions[0],
        "versions": versions,
        "readable": queries.readable(actor, document),
        "places": [_line(mine, place) for place in queries.panel(actor, document)],
        "published": queries.publication(actor, document),
        "publish_state": PUBLISHED[state],
        "is_published": state is PublishState.PUBLISHED,
        "may_change": bool(can(actor, Verb.CHANGE, record)) and record.closed is None,
        "may_publish": bool(can(actor, Verb.PUBLISH, record)),
        "may_admit": bool(can(actor, Verb.ADMIT, record)),
        "links": _links(document),
        "is_guest": actor.kind is Kind.GUEST,
    }


def _links(document: Document) -> list[Link]:
    reference = document.record.reference
    return [
        Link("Document", reverse("documents:document", args=[reference]), current=True),
        Link("History", reverse("records:history", args=[reference])),
        Link("About", reverse("records:record", args=[reference])),
    ]


def _line(signing: set[UUID], place: Place) -> dict[str, Any]:
    """One seat's line on the panel; the actor signs for the seats in `signing`."""
    mine = place.seat.pk in signing
    signed = place.state is SignState.SIGNED
    return {
        "place": place,
        "tone": TONES[place.state],
        "may_sign": mine and not signed,
        "may_void": signed and mine,
    }


def sign_facts(document: Document, version: Version, seat: str, who: str) -> list[Fact]:
    """What stands above a signature."""
    return [
        Fact("Document", f"{document.record.reference} {document.record.title}"),
        Fact("Version", f"{version.number}, uploaded by {version.uploaded_by}"),
        Fact("File", version.name),
        Fact("Its digest", version.short_form),
        Fact("Seat", seat),
        Fact("You sign as", who),
    ]

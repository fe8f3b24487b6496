"""What the pages of documents share: who may come in, the identity band, and facts in words."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.urls import reverse

from concordat.domain.base.documents import queries, rules
from concordat.domain.base.documents.queries import Document, Place, Version
from concordat.domain.base.documents.rules import PublishState, SignState
from concordat.domain.base.records.queries import can, is_free
from concordat.domain.base.records.rules import Verb
from concordat.kernel.actor import Actor, Kind
from concordat.kernel.sensitivity import Sensitivity
from concordat.kernel.verdict import Verdict, no
from concordat.web.ui.doors import Request, also_by_link
from concordat.web.ui.parts import Fact, Link

__all__ = [
    "Request",
    "also_by_link",
    "links",
    "mark",
    "may_comment",
    "sign_facts",
    "up",
    "whole",
]

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
        "may_change": bool(can(actor, Verb.CHANGE, record) & is_free(record, Verb.CHANGE))
        and record.closed is None,
        "may_publish": bool(can(actor, Verb.PUBLISH, record)),
        "may_admit": bool(can(actor, Verb.ADMIT, record)),
        "links": links(actor, document, "Document"),
        "round": queries.open_round(actor, document),
        "may_comment": may_comment(actor, document),
        "is_guest": actor.kind is Kind.GUEST,
    }


def links(actor: Actor, document: Document, current: str) -> list[Link]:
    """The parts of a document's page, with how many comments it has had."""
    reference = document.record.reference
    said = queries.comments(actor, document).count()
    parts = (
        ("Document", "documents:document", ""),
        ("Comments", "documents:comments", str(said) if said else ""),
        ("History", "records:history", ""),
        ("About", "records:record", ""),
    )
    return [
        Link(text, reverse(route, args=[reference]), text == current, count)
        for text, route, count in parts
    ]


def may_comment(actor: Actor, document: Document) -> Verdict:
    """Whether this actor may comment on the document today."""
    held = queries.open_round(actor, document)
    if held is None:
        return no("This document is not out for comment.")
    speaks = can(actor, Verb.ANSWER, document.record)
    if speaks and actor.kind is not Kind.GUEST and not queries.my_places(actor, document):
        return no("You hold no seat that comments on this document.")
    day = rules.may_comment(closes=held.closes, closed=held.closed_on, on=actor.on)
    return speaks & day


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

"""Documents that an actor may open, their versions, and what the public is served."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery

from concordat.craft import files
from concordat.domain.base.asks.models import Ask
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.documents import rules
from concordat.domain.base.documents.models import Document, Publication, SignOff, Version
from concordat.domain.base.documents.rules import PublishState, SignState
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.queries import can, cut_for, fetch, usable, visible
from concordat.domain.base.records.rules import (
    Cut,
    RecordKind,
    Verb,
    is_reference,
    offices_that_may,
)
from concordat.domain.base.seats.models import Seat
from concordat.kernel.actor import Actor
from concordat.kernel.sensitivity import Sensitivity
from concordat.kernel.verdict import Verdict, no


@dataclass(frozen=True, slots=True)
class Place:
    """One seat's line on the sign-off panel; `row` is its newest sign-off, `due` its ask's day."""

    seat: Seat
    state: SignState
    row: SignOff | None = None
    due: date | None = None


def documents(actor: Actor) -> QuerySet[Document]:
    """Documents that the actor may open, newest first, each with its newest version."""
    newest = Version.objects.filter(document=OuterRef("pk")).order_by("-number")
    rows = Document.objects.select_related("record", "record__owner", "about").annotate(
        number=Subquery(newest.values("number")[:1]),
        name=Subquery(newest.values("name")[:1]),
        uploaded_on=Subquery(newest.values("uploaded_on")[:1]),
        uploaded_by=Subquery(newest.values("uploaded_by")[:1]),
    )
    return visible(actor, rows).order_by("-record__opened", "record__reference")


def documents_on(actor: Actor, about: Record) -> QuerySet[Document]:
    """What hangs on a record that the actor may open, as far as they may open it itself."""
    rows = documents(actor)
    return rows.filter(about=about) if can(actor, Verb.SEE, about) else rows.none()


def homes(actor: Actor) -> list[Record]:
    """The partnerships to which the actor may add a document that hangs on nothing else."""
    rows = Record.objects.filter(pk__in=actor.partnerships, kind=RecordKind.PARTNERSHIP)
    return usable(actor, Verb.CHANGE, rows.order_by("title"))


def document(actor: Actor, reference: str) -> Document:
    """One document. Raises DoesNotExist or `Restricted` as `fetch` does."""
    if not is_reference(reference):
        raise Document.DoesNotExist
    rows = Document.objects.select_related("record__partnership", "record__owner", "about")
    return fetch(actor, rows, record__reference=reference)


def versions(actor: Actor, document: Document) -> QuerySet[Version]:
    rows = Version.objects.filter(document=document)
    return visible(actor, rows, record="document__record").order_by("-number")


def version(actor: Actor, document: Document, number: int) -> Version:
    return versions(actor, document).get(number=number)


def latest(actor: Actor, document: Document) -> Version:
    """The newest version. Every document has one."""
    found = versions(actor, document).first()
    if found is None:
        raise Version.DoesNotExist
    return found


def readable(actor: Actor, document: Document) -> Verdict:
    """Whether the file itself may be had: of what is shared as a summary it may not."""
    opened = can(actor, Verb.SEE, document.record)
    if opened and cut_for(actor, document.record) is Cut.SUMMARY:
        return no("Only a summary of this is shared with your partnership.")
    return opened


def bytes_of(actor: Actor, version: Version) -> bytes:
    """What a version holds, checked against its digest. The caller notes the look."""
    readable(actor, version.document).require()
    return files.read(Path(settings.MEDIA_ROOT), version.digest)


# --- signing off


def sign_offs(actor: Actor, document: Document) -> QuerySet[SignOff]:
    """Every sign-off there ever was, the voided ones too, newest first."""
    rows = SignOff.objects.filter(version__document=document)
    rows = rows.select_related("version", "seat__record", "seat__body", "person")
    return visible(actor, rows, record="version__document__record").order_by("-pk")


def sign_off(actor: Actor, document: Document, pk: int) -> SignOff:
    return sign_offs(actor, document).get(pk=pk)


def panel(actor: Actor, document: Document) -> list[Place]:
    """One line for each seat that was asked to sign or has signed, in the order of the seats."""
    rows: dict[Seat, SignOff] = {}
    for row in sign_offs(actor, document):
        rows.setdefault(row.seat, row)
    dues = _asked(actor, document)
    seats = sorted({*rows, *dues}, key=lambda seat: (seat.body.name, seat.role, seat.pk))
    return [_place(seat, rows.get(seat), dues.get(seat), seat in dues) for seat in seats]


def _asked(actor: Actor, document: Document) -> dict[Seat, date | None]:
    asks = Ask.objects.filter(record=document.record, errand=Errand.SIGN, cleared_on=None)
    asks = asks.select_related("seat__record", "seat__body")
    return {ask.seat: ask.due for ask in visible(actor, asks, record="record")}


def _place(seat: Seat, row: SignOff | None, due: date | None, is_asked: bool) -> Place:
    if row and row.voided_on is None:
        return Place(seat, SignState.SIGNED, row)
    return Place(seat, SignState.ASKED if is_asked else SignState.VOIDED, row, due)


def signing_seats(actor: Actor, document: Document) -> QuerySet[Seat]:
    """The seats of the document's partnership that may be asked to sign it off."""
    offices = offices_that_may(Verb.SIGN)
    rows = Seat.objects.filter(partnership=document.record.partnership_id, office__in=offices)
    rows = rows.filter(to_text="").select_related("record", "body")
    return visible(actor, rows).order_by("body__name", "role")


# --- what the public is served


def publication(actor: Actor, document: Document) -> Publication | None:
    """The newest publication of a document that the actor may open, withdrawn or not."""
    rows = Publication.objects.filter(document=document).select_related("version")
    return visible(actor, rows, record="document__record").order_by("-pk").first()


def publish_state(actor: Actor, document: Document) -> PublishState:
    found = publication(actor, document)
    if found is None:
        return PublishState.NOT_PUBLISHED
    return PublishState.WITHDRAWN if found.withdrawn_on else PublishState.PUBLISHED


def published(actor: Actor) -> QuerySet[Publication]:
    """What is served to anybody at all, whoever asks: open rows of what is not held closely."""
    open_rows = Publication.objects.filter(
        withdrawn_on=None, document__record__sensitivity__lte=Sensitivity.PARTNERSHIP
    )
    rows = open_rows.select_related("version__document", "document__record__partnership")
    return rows.order_by("-published_on", "document__record__reference")


def told_to_public(actor: Actor, partnership: Record) -> QuerySet[Publication]:
    """Every publication of a partnership that anybody may know of, the newest first: those that
    are served and those withdrawn with a reason. What is held closely by now is not among them.
    """
    rows = Publication.objects.filter(
        document__record__partnership=partnership,
        document__record__sensitivity__lte=Sensitivity.PARTNERSHIP,
    )
    return rows.select_related("version", "document__record").order_by("-pk")


def served(actor: Actor, publication: Publication) -> bytes:
    """The bytes of a published row. Raises DoesNotExist once it is withdrawn or held closely."""
    row = published(actor).get(pk=publication.pk)
    if not rules.is_served(row.document.record.level, row.withdrawn_on):
        raise Publication.DoesNotExist
    return files.read(Path(settings.MEDIA_ROOT), row.version.digest)

"""What is said of a draft: rounds, comments, and who was asked and is still silent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from concordat.domain.base.asks.models import Ask
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.documents import rules
from concordat.domain.base.documents.models import Asked, Comment, Document, Round
from concordat.domain.base.documents.queries.papers import readable
from concordat.domain.base.documents.rules import Reply
from concordat.domain.base.records.models import Grant, Record
from concordat.domain.base.records.queries import can, visible
from concordat.domain.base.records.rules import Verb, offices_that_may
from concordat.domain.base.seats.models import Seat
from concordat.kernel.actor import Actor, Kind, Office, SeatHeld
from concordat.kernel.sensitivity import Sensitivity


@dataclass(frozen=True, slots=True)
class Voice:
    """One seat or guest of a round: whether it was asked, and what came of it."""

    name: str
    body: str
    agency: str
    reply: Reply
    comments: int
    asked: Asked | None
    seat: Seat | None = None
    handed_to: Seat | None = None

    @property
    def is_silent(self) -> bool:
        return self.reply is Reply.SILENT


def rounds(actor: Actor, document: Document) -> QuerySet[Round]:
    """Every round there was, the newest first."""
    rows = Round.objects.filter(document=document).select_related("version", "document__record")
    return visible(actor, rows, record="document__record").order_by("-pk")


def open_round(actor: Actor, document: Document) -> Round | None:
    return rounds(actor, document).filter(closed_on=None).first()


def newest_round(actor: Actor, document: Document) -> Round | None:
    return rounds(actor, document).first()


def comments(actor: Actor, document: Document, *, link: UUID | None = None) -> QuerySet[Comment]:
    """What was said of a document, in the order in which it was said.

    Members read one another's comments. A guest reads those made by their own link alone.
    """
    rows = Comment.objects.filter(round__document=document)
    rows = rows.select_related("round", "version", "seat__body", "seat__record", "guest")
    seen = visible(actor, rows, record="round__document__record").order_by("pk")
    if actor.kind is Kind.GUEST:
        return seen.filter(guest=link) if link else seen.none()
    return seen if readable(actor, document) else seen.none()


def comment(actor: Actor, document: Document, pk: int) -> Comment:
    return comments(actor, document).get(pk=pk)


def unanswered(actor: Actor, document: Document) -> QuerySet[Comment]:
    """Comments that have no answer yet, in whichever round they were made."""
    return comments(actor, document).filter(outcome="")


def voices(actor: Actor, round: Round) -> list[Voice]:
    """Everybody who was asked, and whoever commented unasked, in the order of the bodies."""
    said = _counted(actor, round)
    rows = Asked.objects.filter(round=round)
    rows = rows.select_related("seat__body", "seat__agency", "seat__record", "guest", "nothing_to")
    asked = list(visible(actor, rows, record="round__document__record"))
    to = handed_on(actor, round)
    found = [_voice(row, said.pop(row.seat_id or row.guest_id, 0), to) for row in asked]
    known = {row.seat_id for row in asked} | said.keys()
    fresh = [seat for seat in set(to.values()) if seat.pk not in known]
    found += [_seat_voice(seat, None, Reply.SILENT, 0) for seat in fresh]
    unasked = Seat.objects.filter(pk__in=list(said)).select_related("body", "agency", "record")
    found += [_seat_voice(seat, None, Reply.COMMENTED, said[seat.pk]) for seat in unasked]
    return sorted(found, key=lambda each: (each.body, each.name))


def handed_on(actor: Actor, round: Round) -> dict[UUID, Seat]:
    """The seats of a round that handed the request on, each with the seat that has it now."""
    rows = Ask.objects.filter(record=round.document_id, errand=Errand.COMMENT)
    rows = rows.filter(first_seat__isnull=False, raised_on__gte=round.opened_on)
    rows = rows.select_related("seat__body", "seat__agency", "seat__record")
    return {row.first_seat_id: row.seat for row in rows.order_by("pk") if row.first_seat_id}


def _counted(actor: Actor, round: Round) -> dict[UUID | None, int]:
    """How many comments each seat and each guest made."""
    made = comments(actor, round.document).filter(round=round)
    return dict(Counter(row.seat_id or row.guest_id for row in made))


def _voice(row: Asked, said: int, to: Mapping[UUID, Seat]) -> Voice:
    reply = rules.reply(comments=said, said_nothing=row.nothing_on is not None)
    if row.seat:
        passed = to.get(row.seat.pk) if reply is Reply.SILENT else None
        return _seat_voice(row.seat, row, Reply.HANDED_ON if passed else reply, said, passed)
    name = row.guest.name if row.guest else ""
    return Voice(name, "Guests", "", reply, said, row)


def _seat_voice(
    seat: Seat, row: Asked | None, reply: Reply, said: int, to: Seat | None = None
) -> Voice:
    agency = seat.agency.name if seat.agency else ""
    return Voice(seat.role, seat.body.name, agency, reply, said, row, seat, to)


def my_places(actor: Actor, document: Document) -> list[SeatHeld]:
    """The seats in which the actor may comment on a document."""
    record = document.record
    if actor.kind is Kind.GUEST or not can(actor, Verb.ANSWER, record):
        return []
    may = offices_that_may(Verb.ANSWER)
    home = record.partnership_id
    return [each for each in actor.seats if each.partnership == home and each.office in may]


def my_comments(actor: Actor, document: Document, *, link: UUID | None = None) -> QuerySet[Comment]:
    """What was said from the actor's own seats, or by the guest's link."""
    rows = comments(actor, document, link=link)
    return rows if link else rows.filter(seat__in=[each.seat for each in actor.seats])


def my_asked(actor: Actor, document: Document, *, link: UUID | None = None) -> QuerySet[Asked]:
    """What the actor's own seats, or the guest, are asked in the open round."""
    mine = Q(guest=link) if link else Q(seat__in=[each.seat for each in actor.seats])
    rows = Asked.objects.filter(mine, round__document=document, round__closed_on=None)
    rows = rows.select_related("nothing_to", "round")
    return visible(actor, rows, record="round__document__record").order_by("pk")


def commenting_seats(actor: Actor, document: Document) -> QuerySet[Seat]:
    """The seats that may be asked to comment: of the document's partnership, standing, and such
    that their holder may open the document."""
    rows = Seat.objects.filter(partnership=document.record.partnership_id, to_text="")
    mute = set(Office) - offices_that_may(Verb.ANSWER)
    rows = rows.exclude(office__in=mute).filter(_opens(actor, document.record))
    return visible(actor, rows.select_related("record", "body", "agency")).order_by(
        "body__order", "body__name", "order", "role"
    )


def _opens(actor: Actor, record: Record) -> Q:
    """What is held more closely than the partnership opens to the seats and bodies named on it."""
    if record.level <= Sensitivity.PARTNERSHIP:
        return Q()
    lasting = Q(to_day=None) | Q(to_day__gte=actor.on)
    rows = Grant.objects.filter(lasting, record=record, from_day__lte=actor.on)
    named = rows.values("grantee")
    owner = Q(record=record.owner_id) | Q(body=record.owner_id) if record.owner_id else Q()
    return Q(record__in=named) | Q(body__in=named) | owner

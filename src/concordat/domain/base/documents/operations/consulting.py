"""Sending a draft out for comment, to more seats and guests, for longer, and closing the round."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from concordat.domain.base.asks.models import Ask
from concordat.domain.base.asks.operations import clear_asks, raise_ask
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.documents import queries, rules
from concordat.domain.base.documents.models import Asked, Comment, Document, Round, Version
from concordat.domain.base.mail import operations as mail
from concordat.domain.base.mail.models import GuestLink
from concordat.domain.base.mail.rules import Opening, Purpose, nudge_letter, subject
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import happened, operation, take
from concordat.domain.base.records.queries import can, is_free
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats.models import Seat
from concordat.domain.base.seats.queries import people_in_seats
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.verdict import Verdict

WHAT = "Comment on the draft"
WHY = "Your seat was asked what it thinks"
A_DAY = timedelta(days=1)


@operation
def open_for_comment(
    actor: Actor,
    *,
    document: Document,
    seats: Iterable[Seat],
    closes: date,
    question: str = "",
) -> Round:
    """Send the newest version out. Each seat is asked; guests are invited to the open round."""
    record = take(document.pk, may=lambda held: _may_consult(actor, held))
    is_free(record, Verb.ANSWER).require()
    if Round.objects.filter(document=document, closed_on=None).exists():
        raise Refused("This document is out for comment already. Close that round first.")
    _is_closing_day(rules.is_closing_day(closes, actor.on))
    if len(question) > rules.LONGEST_QUESTION:
        raise Invalid(
            f"The question is longer than {rules.LONGEST_QUESTION} characters.",
            field="question",
            mend="Ask less at once.",
        )
    row = Round.objects.create(
        document=document,
        version=Version.objects.filter(document=document).order_by("-number")[0],
        question=question.strip(),
        opened_on=actor.on,
        opened_by=actor.signature[:200],
        closes=closes,
    )
    asked = _ask_each(actor, document, row, list(seats))
    told = {"closes": closes, "version": row.version.number, "question": row.question}
    happened(actor, "opened for comment", record, after=told | {"of": asked})
    return row


def _may_consult(actor: Actor, held: Record) -> Verdict:
    return can(actor, Verb.CHANGE, held) & rules.is_open(held.closed)


def _is_closing_day(told: Verdict) -> None:
    if not told:
        raise Invalid(str(told), field="closes")


def _ask_each(actor: Actor, document: Document, row: Round, seats: Sequence[Seat]) -> list[str]:
    """Ask seats that were not asked yet. Raises `Refused` for one that cannot answer."""
    may = set(queries.commenting_seats(actor, document).values_list("pk", flat=True))
    before = set(Asked.objects.filter(round=row).values_list("seat", flat=True))
    fresh = [seat for seat in dict.fromkeys(seats) if seat.pk not in before]
    for seat in fresh:
        if seat.pk not in may:
            raise Refused(
                f"The seat “{seat.role}” cannot be asked: it is of another partnership, has ended, "
                "never answers, or may not open this document. Give it access first."
            )
        Asked.objects.create(
            round=row, seat=seat, asked_on=actor.on, asked_by=actor.signature[:200]
        )
        _ask(actor, document.record, seat, row.closes)
    return [seat.record.reference for seat in fresh]


def _ask(actor: Actor, record: Record, seat: Seat, due: date) -> None:
    raise_ask(actor, record=record, seat=seat, errand=Errand.COMMENT, what=WHAT, why=WHY, due=due)


def _opened(actor: Actor, round: Round) -> tuple[Record, Round]:
    """The round as it stands, taken by somebody who may consult, while it is open."""
    record = take(round.document_id, may=lambda held: _may_consult(actor, held))
    held = Round.objects.select_for_update(of=("self",)).select_related("document__record")
    row = held.get(pk=round.pk)
    if row.closed_on:
        raise Refused(f"{row.closed_by} closed this round already.")
    return record, row


@operation
def ask_also(actor: Actor, *, round: Round, seats: Iterable[Seat]) -> list[Seat]:
    """Ask more seats in an open round; who was asked is not asked again."""
    record, row = _opened(actor, round)
    wanted = list(seats)
    if not wanted:
        raise Invalid("Choose at least one seat or body.", field="seats")
    asked = _ask_each(actor, row.document, row, wanted)
    happened(actor, "more asked to comment", record, after={"of": asked})
    return wanted


@operation
def invite_to_comment(
    actor: Actor, *, round: Round, name: str, email: str, place: str, now: datetime
) -> Asked:
    """Send a guest without an account a link by which they read the draft and comment on it.

    `place` is the whole address of the guests' page, as `mail.operations.invite_guest` takes it.
    """
    _, row = _opened(actor, round)
    link = mail.invite_guest(
        actor,
        record=row.document.record,
        opening=Opening.COMMENT,
        name=name,
        email=email,
        place=place,
        now=now,
    )
    return Asked.objects.create(
        round=row, guest=link, asked_on=actor.on, asked_by=actor.signature[:200]
    )


@operation
def extend(actor: Actor, *, round: Round, closes: date) -> Round:
    """Take comments for longer. Whoever is still asked has the new day."""
    record, row = _opened(actor, round)
    _is_closing_day(rules.is_later(closes, row.closes) & rules.is_closing_day(closes, actor.on))
    before, row.closes = row.closes, closes
    row.save(update_fields=["closes"])
    for seat in [each.seat for each in _silent(actor, row)] + list(_handed(actor, row)):
        if seat:
            _ask(actor, record, seat, closes)
    happened(
        actor, "comments extended", record, before={"closes": before}, after={"closes": closes}
    )
    return row


def _handed(actor: Actor, row: Round) -> list[Seat]:
    """The seats to which a request was handed on, and which have not answered it."""
    waiting = Ask.objects.filter(record=row.document_id, errand=Errand.COMMENT, cleared_on=None)
    open_ = set(waiting.values_list("seat", flat=True))
    return [seat for seat in set(queries.handed_on(actor, row).values()) if seat.pk in open_]


def _silent(actor: Actor, row: Round) -> list[Asked]:
    """Those asked who have said nothing at all yet, nor handed the request on."""
    said = Comment.objects.filter(round=row)
    seats = set(said.values_list("seat", flat=True))
    guests = set(said.values_list("guest", flat=True))
    rows = Asked.objects.filter(round=row, nothing_on=None)
    rows = rows.exclude(seat__in=queries.handed_on(actor, row))
    rows = rows.select_related("seat__record", "guest__record")
    return [
        each
        for each in rows
        if (each.seat_id not in seats if each.seat_id else each.guest_id not in guests)
    ]


@operation
def nudge(actor: Actor, *, round: Round, place: str, door: str, now: datetime) -> int:
    """Write to everybody who is silent, at most once a day; to how many letters went.

    `place` is the whole address of the comment page, `door` that of the guests' page. A guest's
    earlier link stops working, since the letter brings a new one.
    """
    record, row = _opened(actor, round)
    silent, handed = _silent(actor, row), _handed(actor, row)
    if not silent and not handed:
        raise Refused("Everybody who was asked has answered.")
    sent = sum(_remind(actor, row, each, place, door, now) for each in silent)
    sent += sum(_remind_seat(actor, row, seat, place) for seat in handed)
    happened(actor, "reminded to comment", record, after={"letters": sent})
    return sent


def _remind(actor: Actor, row: Round, asked: Asked, place: str, door: str, now: datetime) -> int:
    if asked.guest:
        return _remind_guest(actor, asked.guest, door, now)
    return _remind_seat(actor, row, asked.seat, place) if asked.seat else 0


def _remind_seat(actor: Actor, row: Round, seat: Seat, place: str) -> int:
    people = [each for each in people_in_seats(actor, [seat.pk]) if each.email]
    record = row.document.record
    for person in people:
        mail.post(
            actor,
            to=person.email,
            purpose=Purpose.ASKED,
            subject=subject(Purpose.ASKED, reference=record.reference),
            text=nudge_letter(
                name=person.name, by=actor.name, reference=record.reference, until=row.closes
            ),
            about=record,
            secret=place,
            key=f"nudge:{row.pk}:{person.pk}:{seat.pk}:{actor.on}",
        )
    return len(people)


def _remind_guest(actor: Actor, link: GuestLink, door: str, now: datetime) -> int:
    """A new link for a guest, by whoever may admit one; none after it was taken back."""
    lately = now - link.invited_at < A_DAY
    if lately or link.revoked_at or not can(actor, Verb.ADMIT, link.record):
        return 0
    mail.renew_link(actor, link=link, place=door, now=now)
    return 1


@operation
def close_comments(actor: Actor, *, round: Round) -> Round:
    """End a round. Every comment, also of a round before, must have its answer."""
    record, row = _opened(actor, round)
    is_free(record, Verb.CLOSE).require()
    said = Comment.objects.filter(round__document=row.document_id)
    rules.all_answered(said.values_list("outcome", flat=True)).require()
    row.closed_on, row.closed_by = actor.on, actor.signature[:200]
    row.save(update_fields=["closed_on", "closed_by"])
    silent = [each.seat.record.reference for each in _silent(actor, row) if each.seat]
    clear_asks(actor, record=record, errand=Errand.COMMENT, outcome="Comments are closed")
    told = {"comments": said.filter(round=row).count(), "silent": silent}
    happened(actor, "comments closed", record, after=told)
    return row

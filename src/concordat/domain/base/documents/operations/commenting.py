"""Saying something of a draft, saying that there is nothing to say, and answering.

Who speaks waits for the round alone and counts no version of the document: a comment is no
conflict for the author who writes the next version meanwhile.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from concordat.domain.base.asks.operations import clear_asks
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.documents import queries, rules
from concordat.domain.base.documents.models import Asked, Comment, Round, Version
from concordat.domain.base.documents.rules import Came, Outcome
from concordat.domain.base.mail.models import GuestLink
from concordat.domain.base.mail.operations import use_link
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import happened, operation
from concordat.domain.base.records.queries import can, is_free
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats.models import Seat
from concordat.kernel.actor import Actor, Kind
from concordat.kernel.errors import Invalid, Refused, Stale
from concordat.kernel.verdict import Verdict


@operation
def comment(
    actor: Actor,
    *,
    round: Round,
    seat: Seat | None,
    digest: str,
    place: str,
    text: str,
    link: UUID | None = None,
    now: datetime | None = None,
) -> Comment:
    """Comment on the version with this digest: for a seat that the actor holds, or as the guest
    whom `link` let in at `now`. Raises `Stale` when another version has taken its place."""
    record, row = _spoken(actor, round, seat)
    guest = _guest(actor, link, now)
    if not (worded := rules.is_comment(text)):
        raise Invalid(str(worded), field="text")
    if len(place) > rules.LONGEST_PLACE:
        raise Invalid(
            f"The section is longer than {rules.LONGEST_PLACE} characters.", field="place"
        )
    mine = {"place": place.strip(), "text": text.strip()}
    made = Comment.objects.create(
        round=row,
        version=(read := _newest_if(row, digest, mine)),
        digest=read.digest,
        made_by=actor.signature[:200],
        made_on=actor.on,
        seat=seat,
        agency=seat.agency.name if seat and seat.agency else "",
        guest=guest,
        **mine,
    )
    _is_heard(actor, row, record, seat, guest, "Commented")
    told = {"comment": made.pk, "version": read.number, **_by(seat, guest)}
    happened(actor, "commented", record, after=told)
    return made


@operation
def say_nothing(
    actor: Actor,
    *,
    round: Round,
    seat: Seat | None,
    digest: str,
    link: UUID | None = None,
    now: datetime | None = None,
) -> Asked:
    """Put on record that a seat or guest has read this version and has no comment."""
    record, row = _spoken(actor, round, seat)
    guest = _guest(actor, link, now)
    read = _newest_if(row, digest, {})
    asked = Asked.objects.filter(round=row, seat=seat, guest=guest).first()
    asked = asked or _came_by_link(row, guest)
    if asked is None:
        raise Refused("This seat was not asked to comment.")
    if asked.nothing_on:
        raise Refused(f"{asked.nothing_by} has said so already.")
    if Comment.objects.filter(round=row, seat=seat, guest=guest).exists():
        raise Refused("There is a comment of yours already, so there is something to say.")
    asked.nothing_to, asked.nothing_on = read, actor.on
    asked.nothing_by = actor.signature[:200]
    asked.save(update_fields=["nothing_to", "nothing_on", "nothing_by"])
    _is_heard(actor, row, record, seat, guest, "No comment")
    told = {"version": read.number, **_by(seat, guest)}
    happened(actor, "no comment made", record, after=told)
    return asked


def _spoken(actor: Actor, round: Round, seat: Seat | None) -> tuple[Record, Round]:
    """The round, locked, while this actor may speak in it for this seat."""
    rows = Round.objects.select_for_update(of=("self",)).select_related("document__record")
    row = rows.get(pk=round.pk)
    record = row.document.record
    (can(actor, Verb.ANSWER, record) & _speaks_for(actor, seat)).require()
    if seat and seat.partnership_id != record.partnership_id:
        raise Refused("Speak for a seat of the document’s own partnership.")
    rules.may_comment(closes=row.closes, closed=row.closed_on, on=actor.on).require()
    is_free(record, Verb.ANSWER).require()
    return record, row


def _speaks_for(actor: Actor, seat: Seat | None) -> Verdict:
    if seat:
        return rules.speaks_for(actor, seat.pk)
    return rules.is_guest(actor)


def _guest(actor: Actor, link: UUID | None, now: datetime | None) -> GuestLink | None:
    if actor.kind is not Kind.GUEST:
        return None
    if link is None or now is None:
        raise Refused("A guest comments by the link that let them in.")
    return use_link(actor, link=link, now=now)


def _by(seat: Seat | None, guest: GuestLink | None) -> dict[str, object]:
    return {"seat": seat.record.reference} if seat else {"link": guest.pk if guest else None}


def _newest_if(row: Round, digest: str, mine: dict[str, str]) -> Version:
    """The newest version, if it is the one that was read."""
    versions = Version.objects.filter(document=row.document_id).order_by("-number")
    newest = versions[0]
    if newest.digest == digest:
        return newest
    read = versions.filter(digest=digest).first()
    raise Stale(
        {"Version": read.in_words if read else "No version of this document", **mine},
        {"Version": newest.in_words, "What changed": newest.note},
        by=newest.uploaded_by,
    )


def _came_by_link(row: Round, guest: GuestLink | None) -> Asked | None:
    """A guest who was sent a link in another way was asked by it all the same."""
    if guest is None:
        return None
    return Asked.objects.get_or_create(
        round=row,
        guest=guest,
        defaults={
            "asked_on": max(guest.invited_at.date(), row.opened_on),
            "asked_by": guest.invited_by,
        },
    )[0]


def _is_heard(
    actor: Actor,
    row: Round,
    record: Record,
    seat: Seat | None,
    guest: GuestLink | None,
    outcome: str,
) -> None:
    """Whoever speaks is asked no more; a comment takes back an earlier word that there is none."""
    _came_by_link(row, guest)
    if outcome == "Commented":
        Asked.objects.filter(round=row, seat=seat, guest=guest).update(
            nothing_to=None, nothing_on=None, nothing_by=""
        )
    if seat:
        clear_asks(actor, record=record, errand=Errand.COMMENT, seat=seat, outcome=outcome)


@operation
def record_comment(
    actor: Actor,
    *,
    round: Round,
    seat: Seat,
    digest: str,
    place: str,
    text: str,
    made_by: str,
    came: Came,
    made_on: date,
) -> Comment:
    """Put on record what a seat's body said by another way than here, such as by email.

    Whoever sends the draft out records it: who said so, how it came, on which day, and of which
    version. The seat is asked no more.
    """
    record, row = _received(actor, round, seat)
    if not (told := rules.is_comment(text)):
        raise Invalid(str(told), field="text")
    if not made_by.strip():
        raise Invalid("Say who said so.", field="made_by", mend="A name and a post, as signed.")
    days = {"opened": row.opened_on, "closes": row.closes, "on": actor.on}
    if not (told := rules.is_received(made_on, **days)):
        raise Invalid(str(told), field="made_on")
    read = Version.objects.get(document=row.document_id, digest=digest)
    made = Comment.objects.create(
        round=row,
        version=read,
        digest=read.digest,
        place=place.strip(),
        text=text.strip(),
        made_by=made_by.strip()[:200],
        made_on=made_on,
        seat=seat,
        agency=seat.agency.name if seat.agency else "",
        came=came.value,
        recorded_by=actor.signature[:200],
        recorded_on=actor.on,
    )
    _is_heard(actor, row, record, seat, None, "Commented")
    after = {"comment": made.pk, "version": read.number, "came": came, **_by(seat, None)}
    happened(actor, "comment recorded", record, after=after)
    return made


def _received(actor: Actor, round: Round, seat: Seat) -> tuple[Record, Round]:
    """The open round, locked, for whoever may put on record what a seat said."""
    rows = Round.objects.select_for_update(of=("self",)).select_related("document__record")
    row = rows.get(pk=round.pk)
    record = row.document.record
    can(actor, Verb.CHANGE, record).require()
    is_free(record, Verb.ANSWER).require()
    if row.closed_on:
        raise Refused(f"{row.closed_by} closed this round. Its comments stay as they are.")
    if not queries.commenting_seats(actor, row.document).filter(pk=seat.pk).exists():
        raise Refused(f"The seat “{seat.role}” cannot comment on this document.")
    return record, row


@operation
def answer(
    actor: Actor, *, comment: Comment, outcome: str, reason: str, seen_version: int
) -> Comment:
    """Say what became of a comment: taken, taken in part or declined, the two last with a reason.

    `seen_version` is the comment's `answers` as the actor saw it. Raises `Stale` with both
    answers when somebody answered first.
    """
    rows = Comment.objects.select_for_update(of=("self",)).select_related("round__document__record")
    held = rows.get(pk=comment.pk)
    record = held.round.document.record
    can(actor, Verb.CHANGE, record).require()
    if held.round.closed_on:
        raise Refused(f"{held.round.closed_by} closed this round. Its answers stay as they are.")
    if not (told := rules.is_answer(outcome, reason)):
        raise Invalid(str(told), field="reason" if outcome in set(Outcome) else "outcome")
    if held.answers != seen_version:
        raise Stale(
            _answer_in_words(outcome, reason.strip()),
            _answer_in_words(held.outcome, held.reason),
            by=held.answered_by,
        )
    before = {"outcome": held.outcome, "reason": held.reason} if held.outcome else {}
    held.outcome, held.reason = outcome, reason.strip()
    held.answered_by, held.answered_on = actor.signature[:200], actor.on
    held.answers += 1
    held.save(update_fields=["outcome", "reason", "answered_by", "answered_on", "answers"])
    after = {"comment": held.pk, "outcome": held.outcome, "reason": held.reason}
    happened(actor, "comment answered", record, before=before, after=after)
    return held


def _answer_in_words(outcome: str, reason: str) -> dict[str, str]:
    return {"outcome": Outcome(outcome).label if outcome else "", "reason": reason}

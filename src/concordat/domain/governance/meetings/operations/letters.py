"""The register of letters in and out on any record, and the answers that are owed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from concordat.domain.base.asks.operations import clear_asks, raise_ask
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.documents.models import Document
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import happened, operation, take
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats.models import Seat
from concordat.domain.governance.meetings import queries
from concordat.domain.governance.meetings.models import Assent, Letter
from concordat.domain.governance.meetings.rules import letters as rules
from concordat.domain.governance.meetings.rules.letters import Said
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused

PARTIES = (
    "national Panel", "department", "inspectorate", "coroner", "court", "police", "family",
    "member of parliament", "another partnership", "agency", "press", "other",
)  # fmt: skip


@operation
def register_letter(
    actor: Actor,
    *,
    about: Record,
    incoming: bool,
    party: str,
    who: str,
    subject: str,
    dated: date,
    reply_due: date | None = None,
    answering: Seat | None = None,
    replies_to: Letter | None = None,
    their_reference: str = "",
    signed_by: str = "",
    document: Document | None = None,
) -> Letter:
    """Put a letter on the register of a record. One that wants an answer is asked of a seat."""
    _check(party, who, subject, dated, reply_due, incoming, signed_by)
    row = _kept(
        actor,
        about,
        replies_to,
        party=party,
        who=who,
        subject=subject,
        their_reference=their_reference,
        incoming=incoming,
        dated=dated,
        reply_due=reply_due if incoming else None,
        signed_by=signed_by.strip()[:200],
        document=document,
    )
    record = row.about
    if incoming and reply_due and answering:
        _ask(actor, row, answering)
    if replies_to is not None:
        what = _what(replies_to)
        clear_asks(actor, record=record, errand=Errand.ANSWER, outcome="Answered", what=what)
    direction = "letter received" if incoming else "letter sent"
    happened(actor, direction, record, after={"party": party, "dated": dated, "due": reply_due})
    return row


def _kept(
    actor: Actor,
    about: Record,
    replies_to: Letter | None,
    *,
    who: str,
    subject: str,
    their_reference: str,
    **told: Any,
) -> Letter:
    """A new row of the register, on a record that the actor may change."""
    record = take(about.pk, may=lambda held: can(actor, Verb.CHANGE, held))
    if replies_to is not None and replies_to.about_id != about.pk:
        raise Refused("An answer belongs to the same record as the letter that it answers.")
    return Letter.objects.create(
        about=record,
        partnership=record.partnership or record,
        replies_to=replies_to,
        who=who.strip()[:300],
        subject=subject.strip()[:300],
        their_reference=their_reference.strip()[:200],
        kept_by=actor.signature[:200],
        kept_on=actor.on,
        **told,
    )


def _what(letter: Letter) -> str:
    return f"Answer the letter of the {letter.party}, number {letter.pk}"


def _ask(actor: Actor, row: Letter, seat: Seat) -> None:
    raise_ask(
        actor,
        record=row.about,
        seat=seat,
        errand=Errand.ANSWER,
        what=_what(row),
        why="It wants an answer",
        due=row.reply_due,
    )


def _check(
    party: str,
    who: str,
    subject: str,
    dated: date,
    reply_due: date | None,
    incoming: bool,
    signed_by: str,
) -> None:
    if party not in PARTIES:
        raise Invalid(f"“{party}” is not on the list.", field="party", mend="Choose one.")
    if not who.strip():
        raise Invalid("Say who wrote, or to whom.", field="who")
    if not subject.strip():
        raise Invalid("Say what it is about.", field="subject", mend="Without a child's name.")
    if reply_due and reply_due < dated:
        raise Invalid("An answer would be due before the letter was written.", field="reply_due")
    if not incoming and not signed_by.strip():
        raise Invalid("Say who signed it.", field="signed_by")


@operation
def need_no_answer(actor: Actor, *, letter: Letter, reason: str) -> Letter:
    """Record why a letter that came in gets no answer."""
    if not reason.strip():
        raise Invalid("Say why.", field="reason")
    record = take(letter.about_id, may=lambda held: can(actor, Verb.CHANGE, held))
    row = Letter.objects.get(pk=letter.pk)
    row.no_reply_reason = reason.strip()
    row.save()
    what = _what(row)
    clear_asks(actor, record=record, errand=Errand.ANSWER, outcome="No answer", what=what)
    happened(actor, "letter left unanswered", record, reason=reason.strip())
    return row


@operation
def draft_letter(
    actor: Actor,
    *,
    about: Record,
    party: str,
    who: str,
    subject: str,
    agreeing: Sequence[Seat],
    replies_to: Letter | None = None,
    their_reference: str = "",
    document: Document | None = None,
) -> Letter:
    """Put a letter that is to go on the register, and ask whoever has to agree to it first."""
    _check(party, who, subject, actor.on, None, True, "")
    row = _kept(
        actor,
        about,
        replies_to,
        party=party,
        who=who,
        subject=subject,
        their_reference=their_reference,
        incoming=False,
        is_draft=True,
        dated=actor.on,
        document=document,
    )
    record = row.about
    for seat in agreeing:
        Assent.objects.create(letter=row, seat=seat, asked_on=actor.on)
        _ask_assent(actor, row, seat)
    after = {"party": party, "asked": [seat.record.reference for seat in agreeing]}
    happened(actor, "letter drafted", record, after=after)
    return row


def _to_agree(letter: Letter) -> str:
    return f"Agree to the letter to the {letter.party}, number {letter.pk}"


def _ask_assent(actor: Actor, row: Letter, seat: Seat) -> None:
    raise_ask(
        actor,
        record=row.about,
        seat=seat,
        errand=Errand.APPROVE,
        what=_to_agree(row),
        why="It goes once you have agreed",
    )


def _draft(pk: int) -> Letter:
    row = Letter.objects.select_related("about", "replies_to").get(pk=pk)
    if not row.is_draft:
        raise Refused("This letter has gone.")
    return row


@operation
def agree_letter(actor: Actor, *, assent: Assent, said: Said, words: str = "") -> Assent:
    """Agree, for a seat that the actor holds, that a letter goes, or say what has to change."""
    rules.may_say(said, words).require()
    if not queries.sits_in(actor, assent.seat_id):
        raise Refused("You do not hold the seat that was asked.")
    letter = _draft(assent.letter_id)
    record = take(letter.about_id, may=lambda held: can(actor, Verb.ANSWER, held))
    row = Assent.objects.select_related("seat__record").get(pk=assent.pk)
    if row.said == Said.AGREED:
        raise Refused("This seat has agreed already.")
    row.said, row.words = said, words.strip()
    row.said_by, row.said_on = actor.signature[:200], actor.on
    row.save()
    what = _to_agree(letter)
    clear_asks(actor, record=record, errand=Errand.APPROVE, outcome=said, seat=row.seat, what=what)
    after = {"seat": row.seat.record.reference, "said": said}
    happened(actor, f"letter: {said}", record, reason=words.strip(), after=after)
    return row


def _as_texts(row: Letter) -> dict[str, str]:
    return {"who": row.who, "subject": row.subject}


@operation
def change_letter(
    actor: Actor, *, letter: Letter, who: str, subject: str, seen_version: int | None = None
) -> Letter:
    """Change a draft. Whoever had agreed or asked for the change is asked anew."""
    _check(letter.party, who, subject, actor.on, None, True, "")
    record = take(
        letter.about_id,
        seen_version=seen_version,
        mine={"who": who, "subject": subject},
        theirs=lambda: _as_texts(Letter.objects.get(pk=letter.pk)),
        may=lambda held: can(actor, Verb.CHANGE, held),
    )
    row = _draft(letter.pk)
    before = _as_texts(row)
    row.who, row.subject = who.strip()[:300], subject.strip()[:300]
    row.save()
    for each in Assent.objects.filter(letter=row).exclude(said="").select_related("seat__record"):
        each.said, each.words, each.said_by, each.said_on = "", "", "", None
        each.save()
        _ask_assent(actor, row, each.seat)
    happened(actor, "letter changed", record, before=before, after=_as_texts(row))
    return row


@operation
def send_letter(actor: Actor, *, letter: Letter, signed_by: str, dated: date) -> Letter:
    """Put on record that a draft has gone: everybody who was asked has agreed, and who signed."""
    if dated > actor.on:
        raise Invalid("That day has not come yet.", field="dated")
    record = take(letter.about_id, may=lambda held: can(actor, Verb.CHANGE, held))
    row = _draft(letter.pk)
    said = Assent.objects.filter(letter=row).order_by("pk").values_list("seat__role", "said")
    rules.may_send(said, signed_by).require()
    row.is_draft, row.signed_by, row.dated = False, signed_by.strip()[:200], dated
    row.save()
    if row.replies_to is not None:
        what = _what(row.replies_to)
        clear_asks(actor, record=record, errand=Errand.ANSWER, outcome="Answered", what=what)
    after = {"party": row.party, "dated": dated, "signed by": row.signed_by}
    happened(actor, "letter sent", record, after=after)
    return row

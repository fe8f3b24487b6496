"""The register of letters in and out on any record, and the answers that are owed."""

from __future__ import annotations

from datetime import date

from concordat.domain.base.asks.operations import clear_asks, raise_ask
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.documents.models import Document
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import happened, operation, take
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats.models import Seat
from concordat.domain.governance.meetings.models import Letter
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
    record = take(about.pk, may=lambda held: can(actor, Verb.CHANGE, held))
    if replies_to is not None and replies_to.about_id != about.pk:
        raise Refused("An answer belongs to the same record as the letter that it answers.")
    row = Letter.objects.create(
        about=record,
        partnership=record.partnership or record,
        incoming=incoming,
        party=party,
        who=who.strip()[:300],
        their_reference=their_reference.strip()[:200],
        subject=subject.strip()[:300],
        dated=dated,
        reply_due=reply_due if incoming else None,
        replies_to=replies_to,
        signed_by=signed_by.strip()[:200],
        document=document,
        kept_by=actor.signature[:200],
        kept_on=actor.on,
    )
    if incoming and reply_due and answering:
        _ask(actor, row, answering)
    if replies_to is not None:
        what = _what(replies_to)
        clear_asks(actor, record=record, errand=Errand.ANSWER, outcome="Answered", what=what)
    direction = "letter received" if incoming else "letter sent"
    happened(actor, direction, record, after={"party": party, "dated": dated, "due": reply_due})
    return row


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

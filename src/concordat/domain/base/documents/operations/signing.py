"""Asking seats to sign a document off, signing, and taking a sign-off back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import QuerySet

from concordat.domain.base.asks.models import Ask
from concordat.domain.base.asks.operations import DAYS_TO_ANSWER, clear_asks, raise_ask
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.documents import rules
from concordat.domain.base.documents.models import Document, SignOff, Version
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import happened, operation, take
from concordat.domain.base.records.queries import can, is_free
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats.models import Seat
from concordat.domain.base.seats.rules import office_of
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused, Stale
from concordat.kernel.verdict import Verdict

WHAT = "Sign the newest version off"
WHY = "Your seat signs this off"


@operation
def ask_to_sign(
    actor: Actor, *, document: Document, seats: Iterable[Seat], due: date | None = None
) -> list[Seat]:
    """Ask seats to sign off the newest version; who has signed it is not asked again."""
    record = take(
        document.pk,
        may=lambda held: can(actor, Verb.CHANGE, held) & rules.is_open(held.closed),
    )
    asked = list(seats)
    if not asked:
        raise Invalid("Choose at least one seat.", field="seats")
    signed = set(_standing(record).values_list("seat", flat=True))
    for seat in asked:
        rules.may_be_asked(office_of(seat.office)).require()
        if seat.partnership_id != record.partnership_id:
            raise Refused("Choose seats of the document's own partnership.")
        if seat.pk not in signed:
            _ask(actor, record, seat, due)
    happened(
        actor,
        "sign-off asked",
        record,
        after={"of": [seat.record.reference for seat in asked], "due": due},
    )
    return asked


def _ask(actor: Actor, record: Record, seat: Seat, due: date | None) -> None:
    raise_ask(actor, record=record, seat=seat, errand=Errand.SIGN, what=WHAT, why=WHY, due=due)


def _ask_again(actor: Actor, record: Record, seat: Seat) -> None:
    """By the day that was asked for first; where it is over or too near, with time to read."""
    asked = Ask.objects.filter(record=record, seat=seat, errand=Errand.SIGN, due__isnull=False)
    first = asked.order_by("-pk").values_list("due", flat=True).first()
    time = actor.on + timedelta(days=DAYS_TO_ANSWER)
    _ask(actor, record, seat, max(first, time) if first else None)


def _standing(record: Record) -> QuerySet[SignOff]:
    return SignOff.objects.filter(version__document=record.pk, voided_on=None)


@operation
def sign_off(actor: Actor, *, document: Document, seat: Seat, digest: str, wording: str) -> SignOff:
    """Sign off the version with this digest, for a seat that the actor holds.

    Raises `Stale` when another version has taken its place since it was read.
    """
    record = take(
        document.pk,
        may=lambda held: (
            can(actor, Verb.SIGN, held)
            & rules.holds_seat(actor, seat.pk)
            & rules.may_be_asked(office_of(seat.office))
            & rules.is_open(held.closed)
        ),
    )
    is_free(record, Verb.SIGN).require()
    if not (worded := rules.is_wording(wording)):
        raise Invalid(str(worded), field="wording")
    version = _newest_if(document, digest)
    if SignOff.objects.filter(version=version, seat=seat, voided_on=None).exists():
        raise Refused("This seat has signed this version off already.")
    signed = SignOff.objects.create(
        version=version,
        digest=version.digest,
        seat=seat,
        person_id=actor.person,
        signed_by=actor.signature[:200],
        signed_on=actor.on,
        wording=wording.strip(),
    )
    clear_asks(actor, record=record, errand=Errand.SIGN, seat=seat, outcome=version.in_words)
    happened(actor, "signed off", record, reason=signed.wording, after=_told(signed))
    return signed


def _newest_if(document: Document, digest: str) -> Version:
    newest = Version.objects.filter(document=document).order_by("-number")[0]
    if newest.digest == digest:
        return newest
    read = Version.objects.filter(document=document, digest=digest).order_by("-number").first()
    mine = read.in_words if read else "No version of this document"
    raise Stale({"Version": mine}, {"Version": newest.in_words}, by=newest.uploaded_by)


@operation
def void(actor: Actor, *, sign_off: SignOff, reason: str) -> SignOff:
    """Take a sign-off back, with a reason. The seat is asked again."""
    record = take(sign_off.version.document_id, may=lambda held: _may_void(actor, sign_off, held))
    if not reason.strip():
        raise Invalid("A reason is needed.", field="reason", mend="Say why in one sentence.")
    held = SignOff.objects.select_related("version", "seat__record").get(pk=sign_off.pk)
    if held.voided_on:
        raise Refused(f"{held.voided_by} voided this sign-off already.")
    _void(actor, held, reason.strip())
    _ask_again(actor, record, held.seat)
    happened(actor, "sign-off voided", record, reason=reason.strip(), before=_told(held))
    return held


def _may_void(actor: Actor, row: SignOff, held: Record) -> Verdict:
    opened = can(actor, Verb.SEE, held)
    may = rules.may_void(
        actor,
        row.seat_id,
        signs=can(actor, Verb.SIGN, held),
        secretariat=can(actor, Verb.CHANGE, held),
    )
    return opened & may & rules.is_open(held.closed)


def void_all(actor: Actor, record: Record, reason: str) -> None:
    """Void every sign-off that stands, and ask each seat anew; within the act that replaces."""
    for held in _standing(record).select_related("version", "seat__record"):
        _void(actor, held, reason)
        _ask_again(actor, record, held.seat)
        happened(actor, "sign-off voided", record, reason=reason, before=_told(held))


def _void(actor: Actor, held: SignOff, reason: str) -> None:
    held.voided_on, held.voided_by, held.void_reason = actor.on, actor.signature[:200], reason
    held.save(update_fields=["voided_on", "voided_by", "void_reason"])


def _told(row: SignOff) -> dict[str, object]:
    return {
        "seat": row.seat.record.reference,
        "version": row.version.number,
        "sha256": row.digest,
        "by": row.signed_by,
    }

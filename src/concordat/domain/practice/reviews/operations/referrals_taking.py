"""What every act on a referral or an escalation shares: who is let in and what is asked of whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from concordat.domain.base.asks.operations import clear_asks, raise_ask
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.mail.models import GuestLink
from concordat.domain.base.mail.operations import invite_guest, renew_link
from concordat.domain.base.mail.rules import Opening
from concordat.domain.base.records.models import Grant, Record
from concordat.domain.base.records.operations import open_record
from concordat.domain.base.records.rules import Level, RecordKind
from concordat.domain.base.records.rules.access import SECRETARIAT
from concordat.domain.base.seats.models import Seat
from concordat.domain.practice.reviews.models import LearningReferral
from concordat.domain.practice.reviews.operations import taking
from concordat.domain.practice.reviews.operations.taking import on_behalf
from concordat.domain.practice.reviews.rules.referrals import Outcome, outcome_paragraphs
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.sensitivity import Sensitivity
from concordat.kernel.verdict import Verdict

IT = "the learning referral"


def opened(
    actor: Actor, partnership: Record, kind: RecordKind, title: str, owner: Record | None = None
) -> Record:
    """A record that nobody finds but those named on it, the secretariat among them."""
    record = open_record(
        on_behalf(actor),
        kind=kind,
        title=title[:300],
        partnership=partnership,
        opened=actor.on,
        owner=owner,
        sensitivity=Sensitivity.RESTRICTED,
        listed=False,
    )
    let_in(actor, record, secretariat(partnership.pk), "Runs the partnership.", Level.WORK)
    return record


def secretariat(home: UUID) -> list[Record]:
    seats = Seat.objects.filter(partnership=home, to_text="", office__in=SECRETARIAT)
    return [seat.record for seat in seats.select_related("record")]


def let_in(
    actor: Actor, record: Record, whom: Iterable[Record], reason: str, level: Level = Level.SEE
) -> None:
    """Name seats or a group on a record that only those named may open."""
    for each in whom:
        taking.name_on(actor, record, each, level, reason)


def let_out(actor: Actor, record: Record, whom: Record, reason: str, why: str) -> None:
    """End from today what was given for one reason; what they have for another stays."""
    given = Grant.objects.filter(record=record, grantee=whom, reason=reason, to_day=None)
    taking.let_out(actor, given, why)


def tell_guest(
    actor: Actor, row: LearningReferral, outcome: Outcome, door: str, now: datetime | None
) -> None:
    """A guest who told it hears what became of it, by a link to its page. Where none can be sent,
    the secretariat is asked to tell them."""
    if not row.email:
        return
    if not door or now is None:
        why = f"{outcome.words} Tell {row.name}, who has no account and got no link"
        here = Seat.objects.filter(
            partnership=row.partnership_id, to_text="", office__in=SECRETARIAT
        )
        ask(actor, row.record, here.select_related("record"), Errand.READ, IT, why)
        return
    said = outcome_paragraphs(row.record.reference, row.partnership.title, outcome)
    asker = f"the secretariat of {row.partnership.title}"
    sent = GuestLink.objects.filter(
        record=row.record, email=row.email, purpose=Opening.READ, used_at=None, revoked_at=None
    ).first()
    if sent:
        renew_link(on_behalf(actor), link=sent, place=door, now=now, asker=asker, says=said)
        return
    invite_guest(
        on_behalf(actor), record=row.record, opening=Opening.READ, name=row.name,
        email=row.email, place=door, now=now, asker=asker, says=said,
    )  # fmt: skip


def ask(
    actor: Actor, record: Record, seats: Iterable[Seat], errand: Errand, what: str, why: str,
    due: date | None = None, says: Sequence[str] = (),
) -> None:  # fmt: skip
    """Every ask names what it is about by its reference alone; `says` is what its letter says."""
    for seat in seats:
        raise_ask(
            actor,
            record=record,
            seat=seat,
            errand=errand,
            what=f"{what} {record.reference}"[:300],
            why=why[:300],
            due=due,
            says=says,
        )


def clear(actor: Actor, record: Record, outcome: str, *errands: Errand) -> None:
    for errand in errands:
        clear_asks(actor, record=record, errand=errand, outcome=outcome[:300])


def clear_of(actor: Actor, record: Record, seat: Seat, outcome: str, errand: Errand) -> None:
    """What one seat was asked of a record is owed no longer."""
    clear_asks(actor, record=record, errand=errand, seat=seat, outcome=outcome[:300])


def speaking(mine: Iterable[Seat], chosen: Seat | None, none: str) -> Seat:
    """The seat for which somebody speaks: the one chosen, or theirs where all are of one agency.
    Raises `Refused` with `none` where no seat of theirs speaks for an agency, and `Invalid` where
    seats of several do and none is chosen."""
    seats = sorted(mine, key=lambda seat: (seat.role, seat.pk))
    if not seats:
        raise Refused(none)
    if chosen is not None:
        if chosen not in seats:
            raise Invalid("This is no seat of yours here that speaks for an agency.", field="own")
        return chosen
    if len({seat.agency_id for seat in seats}) > 1:
        raise Invalid(
            "You have seats of several agencies here.",
            field="own",
            mend="Say for which of them you speak.",
        )
    return seats[0]


def require(verdict: Verdict, field: str) -> None:
    if not verdict:
        raise Invalid(str(verdict), field=field)

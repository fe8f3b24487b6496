"""The letter that goes with a link: who asks, on which basis, by when, and whom to ring."""

from __future__ import annotations

from dataclasses import dataclass

from concordat.domain.base.clocks.queries import law_of
from concordat.domain.base.requests import rules
from concordat.domain.base.requests.models import Request
from concordat.domain.base.seats.models import Seat
from concordat.domain.base.seats.queries import to_ring
from concordat.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Said:
    """What the letter says, and of whom a new link is asked."""

    asker: str
    says: tuple[str, ...]


def said(actor: Actor, held: Request) -> Said:
    form = rules.form_of(held.form)
    seat = held.requester
    letter = rules.Letter(
        reference=held.record.reference,
        asker=f"{seat.role} of {held.partnership.title}",
        of=held.agency.name if held.agency else "you",
        form=form.title if form else held.form,
        basis=_basis(actor, held),
        due=held.due,
        deliver_to=held.deliver_to,
        ring=to_ring(actor, seat),
        chased=held.chased,
    )
    return Said(seat.role, rules.paragraphs(letter, actor.on))


def _basis(actor: Actor, held: Request) -> str:
    """ "under" the source in law, never without the warning where nobody has verified it; or "by
    agreement", which claims no power."""
    if held.basis == rules.AGREED:
        return _agreed(held)
    rows = law_of(actor, held.partnership).rules
    found = next((row for row in rows if row.id == held.basis), None)
    if found is None:
        return f"under {held.basis}, not verified"
    return f"under {found.source}, {found.force_in_words(actor.on)}"


def _agreed(held: Request) -> str:
    under = f", under the sharing agreement {held.agreement.reference}" if held.agreement else ""
    return f"by agreement{under}: no power to require it is claimed. {held.basis_why}".rstrip()


def late(actor: Actor, held: Request, seat: Seat) -> tuple[str, ...]:
    """What is written to whoever is told that an answer is late: whoever asked rings those who
    are asked, the others whoever asked."""
    asks = seat.pk == held.requester_id
    return rules.late_paragraphs(
        reference=held.record.reference,
        asker=f"{held.requester.role} of {held.partnership.title}",
        of=held.recipient,
        due=held.due,
        ring=_ring_them(actor, held) if asks else to_ring(actor, held.requester),
        today=actor.on,
    )


def _ring_them(actor: Actor, held: Request) -> str:
    if held.senior_named:
        return f"ring their senior: {held.senior_named}"
    who = held.senior or held.seat
    return to_ring(actor, who) if who else f"write to {held.name}"

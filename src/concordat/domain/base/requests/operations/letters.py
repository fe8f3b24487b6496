"""The letter that goes with a link: who asks, on which basis, by when, and whom to ring."""

from __future__ import annotations

from dataclasses import dataclass

from concordat.domain.base.clocks.queries import law_of
from concordat.domain.base.requests import rules
from concordat.domain.base.requests.models import Request
from concordat.domain.base.seats.queries import sitting_in
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
        ring=_ring(actor, held),
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


def _ring(actor: Actor, held: Request) -> str:
    """ "ring Hetty Health on 020 7946 0000", as far as a number is on file."""
    people = sitting_in(actor, [held.requester_id], on=actor.on).get(held.requester_id, [])
    known = next((each for each in people if each.phone), None)
    if known:
        return f"ring {known.name} on {known.phone}"
    return f"get in touch with {held.requester.role}"

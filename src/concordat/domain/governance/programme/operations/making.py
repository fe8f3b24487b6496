"""Products: handed over, accepted by whoever is named, or sent back."""

from __future__ import annotations

from concordat.domain.base.asks.operations import clear_asks, raise_ask
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import happened, operation, remember
from concordat.domain.base.seats.queries import who_answers
from concordat.domain.governance.programme import queries
from concordat.domain.governance.programme.models import Product
from concordat.domain.governance.programme.operations.taking import again, reasoned, taken
from concordat.domain.governance.programme.rules.life import Making
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Refused

ACCEPT = "whether you accept it"


@operation
def hand_over(
    actor: Actor, *, product: Product, note: str = "", seen_version: int | None = None
) -> Product:
    """It is made. Whoever accepts it is asked; where nobody is named, nothing is handed over."""
    record, held = taken(actor, product, "hand over", seen_version=seen_version)
    if not held.accepted_by:
        raise Refused("Nobody is named who accepts this. Name them first.")
    held.state = Making.DONE.value
    held.handed_on, held.handed_by = actor.on, actor.signature[:200]
    remember(actor, row=held)
    held.save()
    _ask(actor, record, held)
    happened(actor, "product handed over", record, after={"note": note.strip()})
    return held


def _ask(actor: Actor, record: Record, held: Product) -> None:
    """Every seat that accepts is asked; where nobody sits there, whoever runs the partnership."""
    seats = queries.seats_of(actor, held.partnership_id, held.accepted_by)
    why = "You accept this product for the programme"
    if not seats and (runs := who_answers(actor, held.partnership)):
        seats, why = [runs], "Nobody sits where this product is accepted"
    for seat in seats:
        raise_ask(
            actor, record=record, seat=seat, errand=Errand.APPROVE, what=ACCEPT, why=why, due=None
        )


@operation
def accept(
    actor: Actor, *, product: Product, words: str = "", seen_version: int | None = None
) -> Product:
    """Whoever is named accepts it, in their own words if they have any."""
    record, held = taken(
        actor,
        product,
        "accept",
        seen_version=seen_version,
        may=lambda root: queries.may_accept(actor, root, again(product).accepted_by),
    )
    held.accepted_on, held.acceptor = actor.on, actor.signature[:200]
    held.acceptance = words.strip()
    remember(actor, row=held)
    held.save()
    clear_asks(actor, record=record, errand=Errand.APPROVE, what=ACCEPT, outcome="Accepted")
    happened(actor, "product accepted", record, after={"words": held.acceptance})
    return held


@operation
def send_back(
    actor: Actor, *, product: Product, reason: str, seen_version: int | None = None
) -> Product:
    """It is not accepted as it is: what is missing is said."""
    record, held = taken(
        actor,
        product,
        "send back",
        seen_version=seen_version,
        may=lambda root: queries.may_accept(actor, root, again(product).accepted_by),
    )
    why = reasoned(reason)
    held.state = Making.UNDER_WAY.value
    held.handed_on, held.handed_by = None, ""
    remember(actor, row=held)
    held.save()
    clear_asks(actor, record=record, errand=Errand.APPROVE, what=ACCEPT, outcome="Sent back")
    happened(actor, "product sent back", record, reason=why)
    return held

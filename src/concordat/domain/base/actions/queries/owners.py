"""Who may own an action, as a page offers them: seats, agencies and people of a partnership."""

from __future__ import annotations

from uuid import UUID

from concordat.domain.base.actions.queries.access import Owner
from concordat.domain.base.agencies.queries import agencies
from concordat.domain.base.people.queries import people
from concordat.domain.base.records.rules import SCOPED, Verb, offices_that_may
from concordat.domain.base.seats.queries import seats
from concordat.kernel.actor import Actor, Kind, Office
from concordat.kernel.errors import Invalid


def may_raise(actor: Actor) -> bool:
    """Whether the actor raises actions as a chair or for the secretariat of any partnership."""
    if actor.kind is Kind.PROCESS:
        return True
    if actor.kind in SCOPED and Verb.CHANGE not in actor.scope:
        return False
    return actor.holds(*offices_that_may(Verb.CHANGE), Office.CHAIR)


def owner_choices(actor: Actor, *partnerships: UUID) -> list[tuple[str, str]]:
    """References of possible owners, each with its words: seats first, then agencies, people."""
    sitting = seats(actor).filter(partnership__in=partnerships, to_text="")
    listed = agencies(actor).filter(partnership__in=partnerships, to_text="")
    known = people(actor).filter(record__partnership__in=partnerships, record__closed=None)
    return [
        *((row.record.reference, f"{row.role} (seat, {row.body.name})") for row in sitting),
        *((row.record.reference, f"{row.name} (agency)") for row in listed),
        *((row.record.reference, f"{row.name} (person)") for row in known),
    ]


def owner(actor: Actor, partnership: UUID, reference: str) -> Owner:
    """The seat, agency or person of that reference. Raises `Invalid` for any other."""
    found = (
        seats(actor).filter(partnership=partnership, record__reference=reference).first()
        or agencies(actor).filter(partnership=partnership, record__reference=reference).first()
        or people(actor)
        .filter(record__partnership=partnership, record__reference=reference)
        .first()
    )
    if found is None:
        raise Invalid(
            "This owner is not of the same partnership as the record.",
            field="owner",
            mend="Choose another owner, or another record.",
        )
    return found

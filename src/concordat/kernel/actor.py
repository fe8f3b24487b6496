"""Who is asking, as plain values: no rule needs a database to read them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID


class Kind(StrEnum):
    PERSON = "person"
    ACTING_FOR = "acting for"
    GUEST = "guest by link"
    PUBLIC = "public"
    PROCESS = "process"


class Office(StrEnum):
    """What a seat is there to do; what its holder may do follows from it (`records.rules`)."""

    LEAD_PARTNER = "lead partner"
    DELEGATE = "delegate"
    CHAIR = "chair"
    SCRUTINEER = "scrutineer"
    STRATEGY_MANAGER = "strategy manager"
    CO_ORDINATOR = "co-ordinator"
    ANALYST = "analyst"
    REVIEWER = "reviewer"
    AGENCY_LEAD = "agency lead"
    MEMBER = "member"
    OBSERVER = "observer"


@dataclass(frozen=True, slots=True)
class SeatHeld:
    """A seat that the actor holds, or deputises in, today."""

    seat: UUID
    body: UUID
    partnership: UUID
    office: Office
    title: str
    body_name: str = ""
    agency: UUID | None = None
    agency_name: str = ""
    deputy: bool = False


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody, or something, that asks to see or to do.

    `person` is whose rights are used; while acting for somebody that is the principal,
    and `hand` names the person at the keyboard. Both names stand on every event.
    `on` is the day on which the seats are held: dated grants and shares are read as at it.
    `scope` holds the verbs that may be used while acting for somebody, or by a guest's link.
    `admitted` holds the records that a guest's link opens, `link` which link it is.
    """

    kind: Kind
    name: str
    on: date
    person: UUID | None = None
    hand: str = ""
    hand_person: UUID | None = None
    seats: tuple[SeatHeld, ...] = ()
    areas: frozenset[UUID] = field(default_factory=frozenset)
    scope: frozenset[str] = field(default_factory=frozenset)
    admitted: frozenset[UUID] = field(default_factory=frozenset)
    link: UUID | None = None

    @property
    def partnerships(self) -> frozenset[UUID]:
        return frozenset(seat.partnership for seat in self.seats)

    @property
    def bodies(self) -> frozenset[UUID]:
        return frozenset(seat.body for seat in self.seats)

    @property
    def agencies(self) -> frozenset[UUID]:
        return frozenset(seat.agency for seat in self.seats if seat.agency)

    @property
    def identities(self) -> frozenset[UUID]:
        """Every record through which something may be granted to this actor."""
        mine = {seat.seat for seat in self.seats} | set(self.bodies)
        return frozenset(mine | ({self.person} if self.person else set()))

    @property
    def signature(self) -> str:
        """The name as an event keeps it."""
        return f"{self.hand} for {self.name}" if self.hand else self.name

    def holds(self, *offices: Office, partnership: UUID | None = None) -> bool:
        """Whether a seat of one of these offices is held, in this partnership if one is named."""
        return any(
            seat.office in offices and partnership in (None, seat.partnership)
            for seat in self.seats
        )


def public(on: date) -> Actor:
    return Actor(Kind.PUBLIC, "A member of the public", on)


def process(name: str, on: date) -> Actor:
    """A named process of the system itself, such as `sealer` or `loader`."""
    return Actor(Kind.PROCESS, name, on)

"""Whether every statutory partner agrees: one seat of each has signed the newest edition.

Children Act 2004 s.16E(3): the partners are the council, every health body and every chief
officer of police with any part of the area, so that there may be any number in each class.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from concordat.kernel.labels import count, join_words
from concordat.kernel.verdict import Verdict, no, yes


@dataclass(frozen=True, slots=True)
class Party:
    """A statutory partner of the day, and the seats that speak for it, the chosen one first."""

    agency: UUID
    name: str
    seats: tuple[UUID, ...] = ()


def signers(parties: Sequence[Party]) -> tuple[list[UUID], list[str]]:
    """One seat for each partner, and the partners for which no seat speaks."""
    found = [party.seats[0] for party in parties if party.seats]
    return list(dict.fromkeys(found)), [party.name for party in parties if not party.seats]


def is_agreed(parties: Sequence[Party], signed: Collection[UUID]) -> Verdict:
    """Whether a seat of every partner has a sign-off of the newest edition that stands."""
    if not parties:
        return no("No statutory partner is on record, so that nobody can agree.")
    open_ = [party.name for party in parties if not set(party.seats) & set(signed)]
    if open_:
        return no(f"{join_words(open_)} {'has' if len(open_) == 1 else 'have'} not signed.")
    return yes()


def parties_of(
    partners: Iterable[tuple[UUID, str]], seats: Mapping[UUID, Sequence[UUID]]
) -> list[Party]:
    """Partners by agency, each once, with its seats; an agency of two areas is one partner."""
    named: dict[UUID, str] = {}
    for agency, name in partners:
        named.setdefault(agency, name)
    return [Party(agency, name, tuple(seats.get(agency, ()))) for agency, name in named.items()]


def void_warning(standing: int) -> str:
    """What a change would do to sign-offs that stand; nothing where none does."""
    if not standing:
        return ""
    return f"{count(standing, 'sign-off')} will be void, and each seat has to be asked again."

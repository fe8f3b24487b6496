"""Who signs a decision for whom: each statutory partner of the lead area, any number in a class.

A partner may have more than one seat that speaks for it; any of these signs for it. Where one
person or seat speaks for several partners, as the commander of a shared police unit does, one
signature in this partnership holds for them all; in another partnership it is given again.
Before an area's go-live the chair of the old board decides, and signs alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from concordat.kernel.labels import join_words
from concordat.kernel.verdict import Verdict, no, yes


@dataclass(frozen=True, slots=True)
class PartnerOf:
    """A statutory partner: its agency by key, its name and its class."""

    agency: str
    name: str
    of_class: str = ""


@dataclass(frozen=True, slots=True)
class Speaking:
    """A seat that speaks: for which agencies (its own and those that it is part of), and who
    sits in it, by id."""

    seat: str
    role: str
    agencies: frozenset[str]
    sitting: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who one signature stands for, and the seats of which any may give it."""

    partners: tuple[PartnerOf, ...]
    seats: tuple[Speaking, ...]

    @property
    def key(self) -> str:
        return min(each.agency for each in self.partners)

    @property
    def name(self) -> str:
        return join_words([each.name for each in self.partners])

    @property
    def has_nobody(self) -> bool:
        return not self.seats

    def is_signed(self, seats: Iterable[str]) -> bool:
        return bool({each.seat for each in self.seats} & set(seats))


def signatories(partners: Sequence[PartnerOf], seats: Sequence[Speaking]) -> list[Signatory]:
    """Every partner once, those for whom the same seats or people speak together."""
    groups: list[tuple[list[PartnerOf], list[Speaking]]] = []
    for partner in partners:
        mine = [each for each in seats if partner.agency in each.agencies]
        found = next((group for group in groups if mine and _share(group[1], mine)), None)
        if found:
            found[0].append(partner)
            found[1].extend(each for each in mine if each not in found[1])
        else:
            groups.append(([partner], mine))
    return [Signatory(tuple(names), tuple(held)) for names, held in groups]


def _share(first: Sequence[Speaking], second: Sequence[Speaking]) -> bool:
    seats = {each.seat for each in first} & {each.seat for each in second}
    people = _people(first) & _people(second)
    return bool(seats or people)


def _people(seats: Sequence[Speaking]) -> set[str]:
    return {person for each in seats for person in each.sitting}


def unsigned(wanted: Iterable[Signatory], signed: Iterable[str]) -> list[Signatory]:
    seats = set(signed)
    return [each for each in wanted if not each.is_signed(seats)]


def may_send(missing: Sequence[Signatory], why: str) -> Verdict:
    """Whether a decision goes out: signed by all, or with why it goes without somebody. The
    national body's day does not wait for a signature; that it lacks is told with it."""
    if not missing or why.strip():
        return yes()
    names = join_words([each.name for each in missing])
    return no(f"{names} {'has' if len(missing) == 1 else 'have'} not signed. Say why it goes now.")

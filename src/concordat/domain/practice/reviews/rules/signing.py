"""Who signs a decision for whom: each statutory partner of the lead area, any number in a class.

A partner may have more than one seat that speaks for it; any of these signs for it. A person who
speaks for several partners, from one seat or from several, as the commander of a shared police
unit does, signs once for them all; in another partnership it is given again. Somebody else in one
of these seats signs for its partners alone.
Before an area's go-live the chair of the old board decides, and signs alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
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
    """A seat that speaks, and for which agencies: its own and those that it is part of."""

    seat: str
    role: str
    agencies: frozenset[str]


@dataclass(frozen=True, slots=True)
class Signatory:
    """A partner whose signature is needed, and the seats of which any may give it."""

    partner: PartnerOf
    seats: tuple[Speaking, ...]

    @property
    def key(self) -> str:
        return self.partner.agency

    @property
    def name(self) -> str:
        return self.partner.name

    @property
    def has_nobody(self) -> bool:
        return not self.seats

    def speaks_from(self, seats: Collection[str]) -> bool:
        return any(each.seat in seats for each in self.seats)


def signatories(partners: Sequence[PartnerOf], seats: Sequence[Speaking]) -> list[Signatory]:
    """Every partner once, with the seats that speak for it."""
    return [
        Signatory(each, tuple(s for s in seats if each.agency in s.agencies)) for each in partners
    ]


def covered(wanted: Iterable[Signatory], seats: Collection[str]) -> list[Signatory]:
    """Those for whom a signature counts, by the seats in which whoever signs sits."""
    return [each for each in wanted if each.speaks_from(seats)]


def unsigned(wanted: Iterable[PartnerOf], signed: Iterable[str]) -> list[PartnerOf]:
    """The partners that have not signed, of those whose signature the decision needs."""
    done = set(signed)
    return [each for each in wanted if each.agency not in done]


def may_send(missing: Sequence[PartnerOf], why: str) -> Verdict:
    """Whether a decision goes out: signed by all, or with why it goes without somebody. The
    national body's day does not wait for a signature; that it lacks is told with it."""
    if not missing or why.strip():
        return yes()
    names = join_words([each.name for each in missing])
    return no(f"{names} {'has' if len(missing) == 1 else 'have'} not signed. Say why it goes now.")

"""Packs whose pages never renumber: what was sent keeps its numbers, what follows adds to them.

A pack is sent once. What comes later is a supplement: its pages are S1.1, S1.2 and so on, and
slot in behind the item that they belong to. Each pack is cut for those who may read it; what a
cut leaves out is listed in it with the reason, save what its readers may not know of at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from concordat.kernel.labels import count
from concordat.kernel.sensitivity import Sensitivity
from concordat.kernel.verdict import Verdict, no, yes


class Cut(StrEnum):
    """For whom a pack is cut."""

    PUBLIC = "public"
    PARTNERS = "partners"
    RESTRICTED = "restricted"

    @property
    def level(self) -> Sensitivity:
        return _LEVELS[self]


_LEVELS = {
    Cut.PUBLIC: Sensitivity.PUBLIC,
    Cut.PARTNERS: Sensitivity.PARTNERSHIP,
    Cut.RESTRICTED: Sensitivity.RESTRICTED,
}


PAGED, DRAWN, KEPT = 1, 2, 3
"""Steps of binding after each piece is read: its pages are counted, drawn with their numbers, and
kept with the page to read on screen."""


def steps(pieces: int) -> int:
    """How many steps there are until a pack of so many pieces is bound."""
    return pieces + KEPT


@dataclass(frozen=True, slots=True)
class Piece:
    """One item's part of a pack: `pages` of it, its label, and how closely it is held.

    `hidden` pieces may not be known of by readers of a cut that leaves them out.
    """

    key: str
    label: str
    title: str
    pages: int
    level: Sensitivity = Sensitivity.PARTNERSHIP
    hidden: bool = False
    reason: str = ""

    def is_in(self, cut: Cut) -> bool:
        return self.level <= cut.level


@dataclass(frozen=True, slots=True)
class Bound:
    """A piece with its page numbers. `supplement` 0 is the pack itself."""

    piece: Piece
    first: int
    supplement: int = 0

    @property
    def last(self) -> int:
        return self.first + max(self.piece.pages, 1) - 1

    def number(self, page: int) -> str:
        """The number printed on the piece's page, counted from 1 within the piece."""
        told = self.first + page - 1
        return f"S{self.supplement}.{told}" if self.supplement else str(told)

    @property
    def span(self) -> str:
        first, last = self.number(1), self.number(max(self.piece.pages, 1))
        return f"page {first}" if first == last else f"pages {first} to {last}"


def bind(pieces: Iterable[Piece], *, first: int = 1, supplement: int = 0) -> list[Bound]:
    """Pieces in their order, each with the pages that follow the one before."""
    found = []
    at = first
    for piece in pieces:
        bound = Bound(piece, at, supplement)
        found.append(bound)
        at = bound.last + 1
    return found


def supplement(issued: Sequence[Bound], pieces: Iterable[Piece]) -> list[Bound]:
    """The next supplement to what was issued: its own numbers, none of the issued ones moved."""
    number = max((each.supplement for each in issued), default=0) + 1
    return bind(pieces, supplement=number)


def in_reading_order(issued: Iterable[Bound], order: Sequence[str]) -> list[Bound]:
    """Everything issued as one reads it: by the agenda's order, supplements behind their item."""
    places = {key: at for at, key in enumerate(order)}
    return sorted(
        issued,
        key=lambda each: (places.get(each.piece.key, len(places)), each.supplement, each.first),
    )


def slots_in(issued: Iterable[Bound], key: str) -> str:
    """Behind which page a supplement to an item belongs, for whoever holds it on paper."""
    of_item = [each for each in issued if each.piece.key == key]
    if not of_item:
        return "at the end"
    last = max(of_item, key=lambda each: (each.supplement, each.first))
    return f"behind page {last.number(max(last.piece.pages, 1))}"


def withheld(pieces: Iterable[Piece], cut: Cut) -> list[Piece]:
    """What a cut leaves out and says so. What its readers may not know of is not told."""
    return [each for each in pieces if not each.is_in(cut) and not each.hidden]


def may_withhold(pieces: Iterable[Piece], cut: Cut) -> Verdict:
    """Each piece that is left out openly has its reason."""
    silent = [each for each in withheld(pieces, cut) if not each.reason.strip()]
    if silent:
        return no(f"Say why item {silent[0].label} is withheld from the {cut.value} pack.")
    return yes()


@dataclass(frozen=True, slots=True)
class Since:
    """What is new to a reader since they last read: `added` after it, and in how many pages."""

    added: tuple[Bound, ...]

    @property
    def sentence(self) -> str:
        if not self.added:
            return "Nothing has changed since you last read this pack."
        pages = sum(max(each.piece.pages, 1) for each in self.added)
        return f"{count(pages, 'page')} added since you last read: " + "; ".join(
            f"{each.piece.title}, {each.span}" for each in self.added
        )


def since(issued: Iterable[Bound], read: int) -> Since:
    """`read` is the number of the last supplement that the reader had; 0 the pack itself."""
    return Since(tuple(each for each in issued if each.supplement > read))


_ENDS = (".", ":", ";", "?", "!")


def paragraphs(words: str) -> list[str]:
    """The words of a page as paragraphs: lines that a page broke are joined until a sentence
    ends or a line is empty."""
    found: list[str] = []
    going_on = False
    for line in (each.strip() for each in words.splitlines()):
        if line and going_on:
            found[-1] = f"{found[-1]} {line}"
        elif line:
            found.append(line)
        going_on = bool(line) and not line.endswith(_ENDS)
    return found

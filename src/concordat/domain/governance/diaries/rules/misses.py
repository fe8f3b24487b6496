"""When no date works: the nearest misses, and who would have to move what.

Each way out has a price: a deputy who is let in, an appointment that is moved, a pattern that is
broken once, another body's meeting that is moved, a seat that is filled. The cheapest set of
ways out is found exactly for each span, and the cheapest spans are told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from concordat.domain.governance.diaries.rules.sitting import (
    Chair,
    Room,
    Sitter,
    Taken,
    Unmet,
    Why,
)
from concordat.domain.governance.diaries.rules.times import Span, in_words, times_in_words
from concordat.kernel.labels import join_words

DEPUTY = 3
VACANT = 50
MOVING = {Why.BUSY: 10, Why.PATTERN: 6, Why.MEETING: 20, Why.RATHER_NOT: 3}


@dataclass(frozen=True, slots=True)
class Way:
    """One way by which one chair would be filled, and what it costs."""

    chair: Chair
    price: int
    sitter: Sitter | None = None
    moves: tuple[Taken, ...] = ()
    lets_deputy: bool = False

    def __str__(self) -> str:
        if self.sitter is None:
            return f"somebody is appointed as {self.chair.title}"
        told = [_move(each) for each in self.moves]
        who = f"the deputy for {self.chair.title}" if self.sitter.is_deputy else self.chair.title
        allowed = [f"{who} is allowed"] if self.lets_deputy else []
        return join_words([*allowed, *(f"{who} {each}" for each in told)])


def _move(taken: Taken) -> str:
    if taken.why is Why.BUSY:
        return f"moves what is from {times_in_words(taken.span)}"
    if taken.why is Why.PATTERN:
        return f"comes this once although it is {taken.words}"
    return f"is let off {taken.words}"


@dataclass(frozen=True, slots=True)
class Miss:
    """A span that would work if all its ways were gone, with their price."""

    span: Span
    ways: tuple[Way, ...]

    @property
    def price(self) -> int:
        return sum(each.price for each in self.ways)

    def __str__(self) -> str:
        return f"{in_words(self.span)}, if {join_words(str(each) for each in self.ways)}"


def nearest(room: Room, spans: Sequence[Span], *, most: int) -> list[Miss]:
    """The cheapest misses, cheapest first, at most one for the same ways out of a day."""
    found: list[Miss] = []
    told: set[tuple[int, tuple[str, ...]]] = set()
    priced = []
    for span in spans:
        ways = cheapest(room, span)
        if ways is not None:
            priced.append((sum(each.price for each in ways), len(ways), span.start, span, ways))
    for _, _, _, span, ways in sorted(priced, key=lambda each: each[:3]):
        name = (span.start // (24 * 60), tuple(str(each) for each in ways))
        if name not in told:
            told.add(name)
            found.append(Miss(span, ways))
        if len(found) == most:
            break
    return found


Ways = dict[str, tuple[Way, ...]]
"""By chair that nobody sits in, how it could be filled, the cheapest first."""


def cheapest(room: Room, span: Span) -> tuple[Way, ...] | None:
    """The cheapest set of ways by which every need is met at a span; None where none does."""
    sight = room.at(span)
    ways: Ways = {
        chair.key: _ways(room, number, span)
        for number, chair in enumerate(room.chairs)
        if chair.key not in sight.seated
    }
    members = room.quorum.members
    needs = [each for each in sight.quorate.unmet if not each.counts_people]
    needs.sort(key=lambda each: len(each.chairs))  # what one chair alone can meet comes first
    there = {
        sight.seated[each.key].who
        for each in room.chairs
        if each.voting and each.key in sight.seated
    }
    choice = _Choice(needs, ways, frozenset(there), members)
    choice.meet(0, ())
    return choice.best


class _Choice:
    """Looks for the cheapest ways, leaving what cannot be cheaper than the best so far."""

    def __init__(
        self, needs: Sequence[Unmet], ways: Ways, there: frozenset[str], members: int
    ) -> None:
        self.needs, self.ways, self.there, self.members = needs, ways, there, members
        self.best: tuple[Way, ...] | None = None
        self._price = 0
        self._rest = sorted(
            (way for row in ways.values() for way in row if way.chair.voting),
            key=lambda each: each.price,
        )

    def meet(self, at: int, chosen: tuple[Way, ...]) -> None:
        """Meet the needs from the one at `at` on, trying every way for each."""
        if self._is_dear(chosen):
            return
        taken = {each.chair.key for each in chosen}
        while at < len(self.needs) and taken & set(self.needs[at].chairs):
            at += 1
        if at == len(self.needs):
            self._gather(0, chosen)
            return
        for key in self.needs[at].chairs:
            for way in self.ways.get(key, ()):
                self.meet(at + 1, (*chosen, way))

    def _gather(self, at: int, chosen: tuple[Way, ...]) -> None:
        """Add people until there are members enough, the cheapest first."""
        people = {_person(each) for each in chosen if each.chair.voting} | self.there
        lacking = self.members - len(people)
        if lacking <= 0:
            if not self._is_dear(chosen):
                self.best, self._price = chosen, _sum(chosen)
            return
        taken = {each.chair.key for each in chosen}
        for place in range(at, len(self._rest)):
            way = self._rest[place]
            if self.best and _sum(chosen) + lacking * way.price >= self._price:
                return
            if way.chair.key not in taken and _person(way) not in people:
                self._gather(place + 1, (*chosen, way))

    def _is_dear(self, chosen: tuple[Way, ...]) -> bool:
        return self.best is not None and _sum(chosen) >= self._price


def _sum(ways: Sequence[Way]) -> int:
    return sum(each.price for each in ways)


def _person(way: Way) -> str:
    return way.sitter.who if way.sitter else f"whoever is appointed as {way.chair.key}"


def _ways(room: Room, number: int, span: Span) -> tuple[Way, ...]:
    """How one chair, by its place, could be filled at a span, the cheapest first."""
    chair = room.chairs[number]
    if not chair.sitters:
        return (Way(chair, VACANT),)
    found = [_by(room, number, place, span) for place in range(len(chair.sitters))]
    return tuple(sorted(found, key=lambda each: each.price))


def _by(room: Room, number: int, place: int, span: Span) -> Way:
    chair = room.chairs[number]
    sitter = chair.sitters[place]
    moves = tuple(room.clashes(number, place, span))
    price = sum(MOVING[each.why] for each in moves)
    lets = sitter.is_deputy and not room.quorum.deputies
    price += DEPUTY if lets else 1 if sitter.is_deputy else 0
    return Way(chair, price, sitter, moves, lets)

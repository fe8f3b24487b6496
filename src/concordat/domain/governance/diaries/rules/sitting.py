"""Who could sit in a seat, when they cannot, and what makes a group able to act.

A safeguarding partnership's quorum is local: nothing in statute sets one. Where terms of
reference state none we take one seat of each class of statutory partner, and say so.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, reduce
from operator import or_

from concordat.domain.governance.diaries.rules.times import DAY, Span, merged, times_in_words
from concordat.kernel.labels import join_words

STATUTORY = ("council", "health", "police")


def is_voting(capacity: str) -> bool:
    """Whether a seat of this capacity counts for a quorum; one that states none does."""
    return capacity in ("", "voting")


class Need(StrEnum):
    REQUIRED = "required"
    ANY_ONE = "any one of"
    OPTIONAL = "optional"

    @property
    def label(self) -> str:
        return {
            Need.REQUIRED: "Must be there",
            Need.ANY_ONE: "Any one of its agency or class",
            Need.OPTIONAL: "Welcome, not needed",
        }[self]


class Why(StrEnum):
    """Why somebody cannot come."""

    BUSY = "busy"
    PATTERN = "pattern"
    MEETING = "another meeting"
    RATHER_NOT = "would rather not"


@dataclass(frozen=True, slots=True)
class Taken:
    """Time that somebody is not free, and why. A diary that was brought in gives no words."""

    span: Span
    why: Why
    words: str = ""

    def __str__(self) -> str:
        if self.why is Why.BUSY:
            return f"busy {times_in_words(self.span)}"
        return self.words or self.why.value


@dataclass(frozen=True, slots=True)
class Sitter:
    """Somebody who may sit in a seat. `who` is one for one person in however many seats.

    `taken` keeps them away; `softly` has its price.
    """

    who: str
    name: str
    holding: str = "holder"
    taken: tuple[Taken, ...] = ()
    softly: tuple[Taken, ...] = ()

    @property
    def is_deputy(self) -> bool:
        return self.holding == "deputy"


@dataclass(frozen=True, slots=True)
class Chair:
    """A seat that is asked for. `group` joins those of which any one is needed."""

    key: str
    title: str
    seat_class: str = ""
    agency: str = ""
    need: Need = Need.REQUIRED
    group: str = ""
    voting: bool = True
    sitters: tuple[Sitter, ...] = ()


@dataclass(frozen=True, slots=True)
class Quorum:
    """What makes a group able to act. `deputies` is whether a deputy counts."""

    classes: tuple[str, ...] = ()
    members: int = 0
    seats: tuple[str, ...] = ()
    deputies: bool = True
    stated: bool = True


Seated = Mapping[str, Sitter]
"""By the key of a chair, who sits in it. A chair that nobody sits in is not there."""


@dataclass(frozen=True, slots=True)
class Unmet:
    """Something that is needed and not there: which chairs would meet it, and how many more.

    `legal` is what the quorum asks for; the rest is what whoever looks for the date asks for.
    """

    words: str
    chairs: tuple[str, ...]
    lacking: int = 1
    legal: bool = True
    counts_people: bool = False


class Quorate:
    """Whether a group could act with those who sit, in words. True when all needs are met.

    What is unmet is worked out when it is asked for, since a year looks at thousands of starts.
    """

    def __init__(self, chairs: Sequence[Chair], quorum: Quorum, seated: Seated) -> None:
        self.chairs, self.quorum, self.seated = chairs, quorum, seated

    @cached_property
    def unmet(self) -> tuple[Unmet, ...]:
        asked = (self.chairs, self.quorum, self.seated)
        of_quorum = [*_of_classes(*asked), *_of_seats(*asked), *_of_members(*asked)]
        return (*of_quorum, *_of_needs(self.chairs, self.seated))

    def __bool__(self) -> bool:
        return not self.unmet

    @property
    def is_legal(self) -> bool:
        return not any(each.legal for each in self.unmet)

    @property
    def deputies(self) -> int:
        return sum(sitter.is_deputy for sitter in self.seated.values())

    @property
    def words(self) -> str:
        return _words(self.chairs, self.quorum, self.seated, self.unmet)


class Diary:
    """When one sitter is not free, asked thousands of times."""

    def __init__(self, taken: Sequence[Taken]) -> None:
        spans = merged([each.span for each in taken])
        self._taken = taken
        self._starts = [each.start for each in spans]
        self._ends = [each.end for each in spans]

    @cached_property
    def _by_day(self) -> dict[int, list[Taken]]:
        found: dict[int, list[Taken]] = {}
        for each in self._taken:
            for day in range(each.span.start // DAY, (each.span.end - 1) // DAY + 1):
                found.setdefault(day, []).append(each)
        return found

    def is_free(self, span: Span) -> bool:
        at = bisect_left(self._ends, span.start + 1)
        return at == len(self._ends) or self._starts[at] >= span.end

    def free_mask(self, starts: Sequence[int], length: int) -> int:
        """One bit for each start, in order, that is set where a span of the length is free."""
        mask = (1 << len(starts)) - 1
        for begins, ends in zip(self._starts, self._ends, strict=True):
            low, high = bisect_right(starts, begins - length), bisect_left(starts, ends)
            if high > low:
                mask &= ~(((1 << (high - low)) - 1) << low)
        return mask

    def clashes(self, span: Span) -> list[Taken]:
        """What of it falls in a span, in order, each once."""
        if self.is_free(span):
            return []
        first, last = span.start // DAY, (span.end - 1) // DAY
        near = self._by_day.get(first, [])
        for day in range(first + 1, last + 1):
            near = list(dict.fromkeys([*near, *self._by_day.get(day, ())]))
        return sorted((t for t in near if t.span.meets(span)), key=lambda each: each.span)


def default_quorum(chairs: Iterable[Chair], *, deputies: bool = True) -> Quorum:
    """One seat of each class of statutory partner that is asked, where no terms say otherwise."""
    here = {chair.seat_class for chair in chairs if chair.voting}
    classes = tuple(each for each in STATUTORY if each in here)
    return Quorum(classes=classes, deputies=deputies, stated=False)


def seat_best(chair: Chair, free: Collection[int], deputies: bool) -> int | None:
    """Which of a chair's sitters sits, by place: the holder or job sharer first, then a deputy."""
    own = [n for n in free if not chair.sitters[n].is_deputy]
    if own:
        return min(own)
    return min(free) if deputies and free else None


def quorate(chairs: Sequence[Chair], quorum: Quorum, seated: Seated) -> Quorate:
    """What is unmet of the quorum and of what was asked for, and how it reads."""
    return Quorate(chairs, quorum, seated)


def _of_classes(chairs: Sequence[Chair], quorum: Quorum, seated: Seated) -> list[Unmet]:
    there = {each.seat_class for each in chairs if each.voting and each.key in seated}
    return [
        Unmet(wanted, tuple(each.key for each in chairs if _is_of(each, wanted)))
        for wanted in quorum.classes
        if wanted not in there
    ]


def _is_of(chair: Chair, wanted: str) -> bool:
    return chair.voting and chair.seat_class == wanted


def _of_seats(chairs: Sequence[Chair], quorum: Quorum, seated: Seated) -> list[Unmet]:
    titles = {each.key: each.title for each in chairs}
    return [
        Unmet(titles.get(key, key), (key,))
        for key in quorum.seats
        if key not in seated and key in titles
    ]


def _of_members(chairs: Sequence[Chair], quorum: Quorum, seated: Seated) -> list[Unmet]:
    """Members are counted as people: one who sits for several boroughs is one member."""
    lacking = quorum.members - members(chairs, seated)
    if lacking <= 0:
        return []
    absent = tuple(each.key for each in chairs if each.voting and each.key not in seated)
    return [Unmet(f"{quorum.members} members", absent, lacking, counts_people=True)]


def members(chairs: Sequence[Chair], seated: Seated) -> int:
    return len({seated[each.key].who for each in chairs if each.voting and each.key in seated})


def _of_needs(chairs: Sequence[Chair], seated: Seated) -> list[Unmet]:
    told = [
        Unmet(each.title, (each.key,), legal=False)
        for each in chairs
        if each.need is Need.REQUIRED and each.key not in seated
    ]
    groups: dict[str, list[str]] = {}
    for each in chairs:
        if each.need is Need.ANY_ONE:
            groups.setdefault(each.group, []).append(each.key)
    for group, keys in groups.items():
        if not any(key in seated for key in keys):
            told.append(Unmet(f"any one of {group}", tuple(keys), legal=False))
    return told


def _words(chairs: Sequence[Chair], quorum: Quorum, seated: Seated, unmet: Sequence[Unmet]) -> str:
    legal = dict.fromkeys(each.words for each in unmet if each.legal)
    if legal:
        return f"Not quorate: without {join_words(legal)}"
    others = join_words(dict.fromkeys(each.words for each in unmet))
    told = _with_whom(chairs, quorum, seated)
    return f"{told}, but without {others}" if others else told


def _with_whom(chairs: Sequence[Chair], quorum: Quorum, seated: Seated) -> str:
    by_class = [_class_words(chairs, each, seated) for each in quorum.classes]
    whole = [words for words, deputy in by_class if not deputy]
    by_deputy = [words for words, deputy in by_class if deputy]
    parts = [join_words(whole)] if whole else []
    parts += by_deputy
    if quorum.members:
        parts.append(f"{members(chairs, seated)} members where {quorum.members} are needed")
    if quorum.seats and not parts:
        parts.append("every seat that the terms name")
    return f"Quorate: {', '.join(parts)}" if parts else "Enough can come"


def _class_words(chairs: Sequence[Chair], wanted: str, seated: Seated) -> tuple[str, bool]:
    sitting = [seated[each.key] for each in chairs if _is_of(each, wanted) and each.key in seated]
    deputy = bool(sitting) and all(each.is_deputy for each in sitting)
    return (f"{wanted} by deputy" if deputy else wanted), deputy


@dataclass(frozen=True, slots=True)
class Sight:
    """Who would sit at a span, whether they could act, and how many would rather not come."""

    seated: Seated
    quorate: Quorate
    unwilling: int = 0


class Room:
    """Chairs with their sitters' diaries, asked about one span or about thousands at once."""

    def __init__(self, chairs: Sequence[Chair], quorum: Quorum) -> None:
        self.chairs, self.quorum = tuple(chairs), quorum
        self._firm = [[Diary(each.taken) for each in chair.sitters] for chair in self.chairs]
        self._soft = [[Diary(each.softly) for each in chair.sitters] for chair in self.chairs]
        self._is_soft = any(each.softly for chair in self.chairs for each in chair.sitters)
        self._known: dict[tuple[int, ...], tuple[dict[str, Sitter], Quorate]] = {}

    def at(self, span: Span) -> Sight:
        seated, quorate = self._sight(self._who(span))
        return Sight(seated, quorate, len(self.wishes(span)))

    def _sight(self, who: tuple[int, ...]) -> tuple[dict[str, Sitter], Quorate]:
        """Equal answers are worked out once."""
        if who not in self._known:
            seated = {
                chair.key: chair.sitters[place]
                for chair, place in zip(self.chairs, who, strict=True)
                if place >= 0
            }
            self._known[who] = (seated, quorate(self.chairs, self.quorum, seated))
        return self._known[who]

    def _who(self, span: Span) -> tuple[int, ...]:
        """By place, which sitter sits in each chair; -1 for nobody."""
        return tuple(
            self._sits(chair, [n for n, diary in enumerate(diaries) if diary.is_free(span)])
            for chair, diaries in zip(self.chairs, self._firm, strict=True)
        )

    def _sits(self, chair: Chair, free: Collection[int]) -> int:
        best = seat_best(chair, free, self.quorum.deputies)
        return -1 if best is None else best

    def wishes(self, span: Span) -> dict[str, str]:
        """Who sits although they would rather not, by name, and what they said."""
        told: dict[str, str] = {}
        if not self._is_soft:
            return told
        for place, chair, soft in zip(self._who(span), self.chairs, self._soft, strict=True):
            if place >= 0 and (against := soft[place].clashes(span)):
                told[chair.sitters[place].name] = against[0].words
        return told

    def clashes(self, chair: int, sitter: int, span: Span) -> list[Taken]:
        """What keeps one sitter of a chair, both by place, from a span."""
        return self._firm[chair][sitter].clashes(span)

    def promising(self, spans: Sequence[Span], *, lawful: bool = False) -> list[Span]:
        """The spans, which are in order and of one length, but those that surely do not work;
        or, if only `lawful` ones are asked for, those that surely have no quorum.

        Whole rows of starts are compared at once, so that few are left to be looked at closely.
        """
        if not spans:
            return []
        starts, length = [each.start for each in spans], spans[0].end - spans[0].start
        free = {
            chair.key: self._free_mask(chair, diaries, starts, length)
            for chair, diaries in zip(self.chairs, self._firm, strict=True)
        }
        mask = (1 << len(spans)) - 1
        for need in quorate(self.chairs, self.quorum, {}).unmet:
            if not need.counts_people and (need.legal or not lawful):
                mask &= reduce(or_, (free[key] for key in need.chairs), 0)
        return [span for n, span in enumerate(spans) if mask >> n & 1]

    def _free_mask(
        self, chair: Chair, diaries: Sequence[Diary], starts: Sequence[int], length: int
    ) -> int:
        pairs = zip(chair.sitters, diaries, strict=True)
        counted = (each for sitter, each in pairs if self.quorum.deputies or not sitter.is_deputy)
        return reduce(or_, (each.free_mask(starts, length) for each in counted), 0)

    def over(self, spans: Sequence[Span]) -> Iterator[Sight]:
        """What `at` says of each of many spans of one length, in their order."""
        if not spans:
            return
        starts, length = [each.start for each in spans], spans[0].end - spans[0].start
        rows = list(self._places(starts, length))
        whos = list(zip(*rows, strict=True)) if rows else [()] * len(spans)
        rather = self._soft_rows(starts, length) if self._is_soft else [()] * len(spans)
        for who, willing in zip(whos, rather, strict=True):
            yield Sight(*self._sight(who), self._unwilling(who, willing))

    def _places(self, starts: Sequence[int], length: int) -> Iterator[list[int]]:
        """For each chair, who sits in it at each start."""
        for chair, diaries in zip(self.chairs, self._firm, strict=True):
            known: dict[tuple[str, ...], int] = {}
            told = []
            for row in _rows([each.free_mask(starts, length) for each in diaries], len(starts)):
                if row not in known:
                    known[row] = self._sits(chair, [n for n, bit in enumerate(row) if bit == "1"])
                told.append(known[row])
            yield told

    def _soft_rows(self, starts: Sequence[int], length: int) -> list[tuple[str, ...]]:
        masks = [each.free_mask(starts, length) for row in self._soft for each in row]
        return _rows(masks, len(starts))

    def _unwilling(self, who: Sequence[int], willing: Sequence[str]) -> int:
        """How many people come although they would rather not; one in two seats is one."""
        names, at = set(), 0
        for chair, place in zip(self.chairs, who, strict=True) if willing else ():
            if place >= 0 and willing[at + place] == "0":
                names.add(chair.sitters[place].name)
            at += len(chair.sitters)
        return len(names)


def _rows(masks: Sequence[int], wide: int) -> list[tuple[str, ...]]:
    """Masks side by side: for each start, from the lowest bit on, a one or a nought of each."""
    columns = [format(each, f"0{wide}b")[::-1] for each in masks]
    return list(zip(*columns, strict=True)) if columns else [()] * wide

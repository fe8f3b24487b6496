"""Rows of two agencies that may tell of one event: suggested with the reason, never joined."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from concordat.domain.practice.chronologies.rules.rows import Row
from concordat.kernel.labels import count, day_in_words, join_words

ENOUGH, ENOUGH_WITH_MORE, ENOUGH_APART = 0.5, 0.34, 0.7
"""The share of the shorter row's telling words that both must have: by the words alone, where
the time or the reference agrees too, and where the times are far apart or the days differ."""

_NEAR, _FAR = 30, 120
"""Minutes between the times of two rows that agree, and that speak against one event."""
_COMMON = 12
"""A word in more rows of a day than this parts none of them."""
_OFTEN = 20
_NOTHING = frozenset({""})
_COMMONPLACE = frozenset(
    re.findall(
        "[a-z]+",
        """
        about after again also been before being both called came could does each ended every
        from further gave given have having here home into just last later made mainly more most
        only other over phoned reported said same seen should since some spoke stated still such
        than that their them then there these they this those through told took under until very
        visit visited was well went were what when where which while will with would your
        advised agreed attended child children family mother father parent parents professional
        worker record recorded noted note contact meeting discussed review none nothing nobody
        """,
    )
)


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two rows of different agencies, the earlier first, with why they may be one event.

    `score` runs from nought to one.
    """

    first: Row
    second: Row
    score: float
    reason: str


class Said(NamedTuple):
    """The words of a row: all of them, and those that tell one event from another."""

    every: frozenset[str]
    telling: frozenset[str]


_WORD = re.compile(r"[a-z]+|[0-9]{3,}")
_AS_WRITTEN = re.compile(r"[A-Za-z]+|[0-9]{3,}")


_SHORT = ("arm", "leg", "eye", "ear", "lip", "rib", "toe", "cut", "hit", "fit")
_AS = {
    **{word: word for word in _SHORT},
    **{f"{word}s": word for word in _SHORT},
    **dict.fromkeys(("fell", "falls", "fallen", "fall"), "fall"),
    **dict.fromkeys(("sofa", "settee", "couch"), "sofa"),
    **dict.fromkeys(("bite", "bites", "bitten"), "bite"),
    **dict.fromkeys(("broke", "broken", "break"), "break"),
}
"""Short words that tell of an injury, and words that two agencies use for one thing."""


@lru_cache(maxsize=262_144)
def _stem(word: str) -> str:
    """A telling word without its ending; empty for one that tells nothing."""
    if word in _AS:
        return _AS[word]
    if word in _COMMONPLACE or (len(word) < 4 and word.isalpha()):
        return ""
    for ending in ("ing", "ies", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def said(text: str) -> Said:
    every = frozenset(_WORD.findall(text.lower()))
    return Said(every, frozenset(map(_stem, every)) - _NOTHING)


def telling(text: str) -> frozenset[str]:
    """The words of a text that tell one event from another, without their endings."""
    return said(text).telling


def words_of(rows: Sequence[Row]) -> dict[int, Said]:
    """What each row says, by its arrival; what many rows say in the same words is read once."""
    known: dict[str, Said] = {}
    told = {}
    for row in rows:
        text = row.words
        if (found := known.get(text)) is None:
            found = known[text] = said(text)
        told[row.arrival] = found
    return told


def duplicates(rows: Sequence[Row], words: Mapping[int, Said] | None = None) -> list[Duplicate]:
    """Pairs that may be one event, in the order of the rows.

    Only rows of one day or of two days that follow each other are compared, and only those that
    share a word which few rows of a day have, so that the work grows with the rows and not
    with their pairs.
    """
    told = words if words is not None else words_of(rows)
    days = _by_day(rows)
    common = commonest(told)
    having = {day: _having(rows, days[day], told, common) for day in days}
    often = Counter(row.event for row in rows)
    place = {row.arrival: number for number, row in enumerate(rows)}
    found: list[Duplicate] = []
    for day, today in having.items():
        same = _same(rows, days[day], often)
        found += same.values()
        next_ = having.get(day + timedelta(days=1), {})
        for one, other in sorted(_candidates(rows, today, next_)):
            if (one, other) not in same and (pair := _pair(rows[one], rows[other], told)):
                found.append(pair)
    return sorted(found, key=lambda each: (place[each.first.arrival], place[each.second.arrival]))


def _by_day(rows: Sequence[Row]) -> dict[date, list[int]]:
    days: dict[date, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        if (day := row.day) is not None:
            days[day].append(number)
    return days


def commonest(told: Mapping[int, Said]) -> frozenset[str]:
    """Words that too many rows have to part any of them."""
    many = Counter(chain.from_iterable(said.telling for said in told.values()))
    return frozenset(word for word, often in many.items() if often > max(40, len(told) // 50))


Having = Mapping[str, Sequence[int]]


def _having(
    rows: Sequence[Row], numbers: Iterable[int], told: Mapping[int, Said], common: frozenset[str]
) -> Having:
    """By word or reference: the rows of one day that have it."""
    having: dict[str, list[int]] = defaultdict(list)
    for number in numbers:
        row = rows[number]
        for word in told[row.arrival].telling - common:
            having[word].append(number)
        if row.reference:
            having[f"#{row.reference.casefold()}"].append(number)
    return having


def _same(
    rows: Sequence[Row], numbers: Iterable[int], often: Mapping[str, int]
) -> dict[tuple[int, int], Duplicate]:
    """Rows of one day whose event is told in the same words: each beside the first of them.

    An entry that stands on many days ("Home visit, child seen") tells of one event only where
    the times agree too.
    """
    first: dict[str, int] = {}
    found = {}
    for number in numbers:
        row = rows[number]
        text = row.event.lower()
        if len(text) < 12:
            continue
        before = first.setdefault(text, number)
        one = rows[before]
        if before == number or one.agency == row.agency or _parted(one, row):
            continue
        if often.get(row.event, 0) <= _OFTEN or _at_one_time(one, row):
            reason = f"{_when(one, row)} They tell it in the same words."
            found[before, number] = Duplicate(one, row, 1.0, reason)
    return found


def _at_one_time(one: Row, other: Row) -> bool:
    if one.minute is None or other.minute is None:
        return False
    return abs(one.minute - other.minute) <= _NEAR


def _candidates(rows: Sequence[Row], today: Having, next_: Having) -> set[tuple[int, int]]:
    """Pairs of two agencies that share two words, or a reference; the first is of today."""
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for word, places in today.items():
        after = next_.get(word, ())
        if len(places) + len(after) < 2 or max(len(places), len(after)) > _COMMON:
            continue
        weight = 2 if word[0] == "#" else 1
        for number, one in enumerate(places):
            for other in (*places[number + 1 :], *after):
                shared[one, other] += weight
    return {
        (one, other)
        for (one, other), many in shared.items()
        if many > 1 and rows[one].agency != rows[other].agency
    }


def _pair(one: Row, other: Row, told: Mapping[int, Said]) -> Duplicate | None:
    if _parted(one, other):
        return None
    words, others = told[one.arrival].telling, told[other.arrival].telling
    both = words & others
    fewest = max(1, min(len(words), len(others)))
    score = len(both) / fewest
    reference = bool(one.reference) and one.reference.casefold() == other.reference.casefold()
    if score < _needed(one, other, reference) or (len(both) < 2 and not reference):
        return None
    why = [_when(one, other)]
    if reference:
        why.append(f"Both give the reference {one.reference}.")
    if both:
        quoted = join_words(f"“{word}”" for word in _written(one, both)[:5])
        why.append(f"They share {count(len(both), 'telling word')} of {fewest}: {quoted}.")
    return Duplicate(one, other, round(min(1.0, score), 2), " ".join(why))


def _written(row: Row, stems: frozenset[str]) -> list[str]:
    """The words as the row writes them, the longest first: a name keeps the capital by which a
    reader without names is shown a label."""
    found: dict[str, str] = {}
    for word in _AS_WRITTEN.findall(row.words):
        if (stem := _stem(word.lower())) in stems:
            found.setdefault(stem, word)
    return sorted((found.get(stem, stem) for stem in stems), key=lambda w: (-len(w), w))


def _parted(one: Row, other: Row) -> bool:
    """Whether they name different people, or a person of the same name born on another day."""
    if one.person and other.person and not may_be_one(one.person, other.person):
        return True
    return one.born is not None and other.born is not None and one.born != other.born


_ANYBODY = frozenset({
    "child", "baby", "infant", "children", "family", "siblings", "all", "both", "subject", "index",
})  # fmt: skip
"""Words that name whoever a chronology is about."""


@lru_cache(maxsize=65_536)
def may_be_one(one: str, other: str) -> bool:
    """Whether two ways to name somebody may mean one person: "Sam", "Samuel Reed", "Reed, S.",
    "SR" and "the child" may; "Sam Reed" and "Tia Reed" do not."""
    words, others = (re.findall(r"[^\W\d_]+", each.casefold()) for each in (one, other))
    if words == others or not words or not others or _ANYBODY & {*words, *others}:
        return True
    if {*words} <= {*others} or {*others} <= {*words}:
        return True
    if "".join(words) in _initials(others) or "".join(others) in _initials(words):
        return True
    first, second = words[0], others[0]
    alike = first.startswith(second) or second.startswith(first)
    return alike and (len(words) == 1 or len(others) == 1 or words[-1] == others[-1])


def _initials(words: Sequence[str]) -> tuple[str, str]:
    told = "".join(word[0] for word in words)
    return (told, told[:1] + told[-1:]) if len(words) > 1 else ("", "")


def _needed(one: Row, other: Row, reference: bool) -> float:
    if one.day != other.day:
        return ENOUGH_APART
    if one.minute is None or other.minute is None:
        return 0.0 if reference else ENOUGH
    if abs(one.minute - other.minute) > _FAR:
        return ENOUGH_APART
    return 0.0 if reference else ENOUGH_WITH_MORE if _at_one_time(one, other) else ENOUGH


def _when(one: Row, other: Row) -> str:
    """On which day and at which times the two tell it."""
    assert one.day is not None and other.day is not None  # noqa: S101, PT018 - only dated rows pair
    if one.day != other.day:
        days = f"{day_in_words(one.day)} and {day_in_words(other.day)}"
        return f"{one.agency} and {other.agency} tell it of {days}, a day apart."
    told = f"{one.agency} and {other.agency} both tell it of {day_in_words(one.day)}"
    if one.time and other.time:
        told += f", at {one.time} and at {other.time}"
    return f"{told}."

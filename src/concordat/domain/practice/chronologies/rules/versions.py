"""What a new version of an agency's rows changes: added, changed, withdrawn, the same.

A row is the same where every text is; it is changed where it gives the reference of one row
before, or has the same date or the same words as one. Nothing is matched twice.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field

from concordat.domain.practice.chronologies.rules.columns import Means
from concordat.domain.practice.chronologies.rules.keeping import Told
from concordat.domain.practice.chronologies.rules.likeness import telling

ALIKE = 0.5
"""The share of the shorter row's telling words by which a row of the same date is the same row."""


@dataclass(slots=True)
class Differences:
    """Rows before by their key, rows after by their place."""

    same: list[tuple[int, int]] = field(default_factory=list)
    changed: list[tuple[int, int]] = field(default_factory=list)
    added: list[int] = field(default_factory=list)
    withdrawn: list[int] = field(default_factory=list)

    @property
    def any(self) -> bool:
        return bool(self.changed or self.added or self.withdrawn)


def differences(before: Mapping[int, Told], after: Sequence[Told]) -> Differences:
    found = Differences()
    left = dict(before)
    rest = list(range(len(after)))
    rest = _matched(left, after, rest, _whole, found.same)
    for key in (_reference, _date_and_words, _words):
        rest = _matched(left, after, rest, key, found.changed)
    rest = _alike(left, after, rest, found.changed)
    found.added, found.withdrawn = rest, sorted(left)
    found.same.sort(key=lambda each: each[1])
    found.changed.sort(key=lambda each: each[1])
    return found


def _matched(
    left: dict[int, Told],
    after: Sequence[Told],
    rest: Sequence[int],
    key: Callable[[Told], Hashable],
    into: list[tuple[int, int]],
) -> list[int]:
    """Match by a key, the first before with the first after; what is left of the rows after."""
    waiting: dict[Hashable, list[int]] = defaultdict(list)
    for pk, told in reversed(left.items()):
        if (found := key(told)) is not None:
            waiting[found].append(pk)
    unmatched = []
    for place in rest:
        found = key(after[place])
        if found is not None and waiting.get(found):
            pk = waiting[found].pop()
            into.append((pk, place))
            del left[pk]
        else:
            unmatched.append(place)
    return unmatched


def _whole(told: Told) -> Hashable:
    return json.dumps(told, sort_keys=True)


def _reference(told: Told) -> Hashable:
    """A record reference with its date: one reference often stands in many rows."""
    reference = told.get(Means.REFERENCE)
    return (reference, told.get(Means.DATE)) if reference else None


def _date_and_words(told: Told) -> Hashable:
    event = told.get(Means.EVENT)
    return (told.get(Means.DATE), event) if event else None


def _words(told: Told) -> Hashable:
    event = told.get(Means.EVENT, "")
    return event if len(event) > 20 else None


def _alike(
    left: dict[int, Told],
    after: Sequence[Told],
    rest: Sequence[int],
    into: list[tuple[int, int]],
) -> list[int]:
    by_date: dict[str, list[int]] = defaultdict(list)
    for pk, told in left.items():
        by_date[told.get(Means.DATE, "")].append(pk)
    unmatched = []
    for place in rest:
        told = after[place]
        near = by_date.get(told.get(Means.DATE, ""), [])
        best = max(near, key=lambda pk: _share(left[pk], told), default=None)
        if best is not None and _share(left[best], told) >= ALIKE:
            into.append((best, place))
            near.remove(best)
            del left[best]
        else:
            unmatched.append(place)
    return unmatched


def _share(one: Told, other: Told) -> float:
    words, others = (telling(f"{t.get(Means.EVENT, '')} {t.get(Means.ACTION, '')}") for t in
                     (one, other))  # fmt: skip
    fewest = min(len(words), len(others))
    return len(words & others) / fewest if fewest else 0.0


def positions(kept: Sequence[float | None]) -> list[float]:
    """Where each row of a new version stands. `kept` holds, in the new order, the position of a
    row that was there before. Those keep it as long as the order allows; the rest stand between
    their neighbours, so that what was told before never moves within its own version."""
    found: list[float] = []
    standing = sorted(_rising(kept))
    at, last = 0, 0.0
    for place in range(len(kept)):
        if at < len(standing) and place == standing[at]:
            last, at = kept[place] or 0.0, at + 1
        else:
            after = standing[at] if at < len(standing) else None
            ahead = (kept[after] or 0.0) if after is not None else last + len(kept) - place + 1
            run = (len(kept) if after is None else after) - place + 1
            last += (ahead - last) / run
        found.append(last)
    return found


def _rising(kept: Sequence[float | None]) -> frozenset[int]:
    """Places whose positions rise, the first that fits taken each time."""
    found, last = set(), 0.0
    for place, position in enumerate(kept):
        if position is not None and position > last:
            found.add(place)
            last = position
    return frozenset(found)

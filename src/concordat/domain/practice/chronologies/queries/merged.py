"""The merged chronology: worked out of the versions that agencies signed off, never kept.

The same versions give the same view, to the last place: each row arrives by its agency and its
position, and the digest of the view is that of the versions that it is made of.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock

from concordat.domain.practice.chronologies import rules
from concordat.domain.practice.chronologies.models import (
    Chronology,
    Contribution,
    Dispute,
    Entry,
    Mark,
    Pairing,
    Version,
)
from concordat.domain.practice.chronologies.queries.access import place_in
from concordat.domain.practice.chronologies.queries.versions import (
    Stand,
    stands,
    within,
)
from concordat.domain.practice.chronologies.rules import Looking, Merged, digest_of_parts, merge
from concordat.kernel.actor import Actor

APART = 10_000_000
_MOST_KEPT, _MOST_ROWS = 4, 20_000


@dataclass(frozen=True, slots=True)
class Of:
    """One agency's part of a view: the version it stands on, or why it has none."""

    contribution: Contribution
    version: Version | None
    newer: Version | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """One row of the view besides what it says: which wording, whose, and whether it came late."""

    pk: int
    stem: int
    contribution: int
    late: bool
    outside: str = ""


@dataclass(frozen=True)
class View:
    """A merged chronology and all that it is made of. `heard` is by a row's arrival."""

    of: tuple[Of, ...]
    digest: str
    merged: Merged
    heard: Mapping[int, Heard]

    @cached_property
    def by_stem(self) -> dict[int, int]:
        """Where each row stands, by its stem: its number, counted from one."""
        return {self.heard[r.arrival].stem: n for n, r in enumerate(self.merged.rows, 1)}


def view(actor: Actor, row: Chronology, *, unsigned: bool = False) -> View:
    """The merged chronology for whoever reads all of it; `unsigned` takes the newest rows of
    each agency, signed off or not."""
    rules.may_read_all(place_in(actor, row)).require()
    of = [_of(each, unsigned=unsigned) for each in stands(actor, row)]
    parts = [(o.contribution.name, o.version.number, o.version.digest) for o in of if o.version]
    names = {o.contribution.pk: o.contribution.name for o in of}
    digest = digest_of_parts(parts)
    merged, heard = _made(row, of, digest, row.looking(names))
    return View(tuple(of), digest, merged, heard)


def _of(each: Stand, *, unsigned: bool) -> Of:
    last, signed = each.newest, each.accepted
    if unsigned:
        return Of(each.contribution, last)
    newer = last if last and (signed is None or last.number > signed.number) else None
    return Of(each.contribution, signed, newer)


Made = tuple[Merged, Mapping[int, Heard]]
_kept: OrderedDict[tuple[object, ...], Made] = OrderedDict()
_lock = Lock()


def _made(row: Chronology, of: Sequence[Of], digest: str, looking: Looking) -> Made:
    """The view of these versions, kept in this process for a while: it cannot be another."""
    keys = tuple((o.contribution.pk, o.version.pk) for o in of if o.version)
    key = (row.pk, keys, digest, looking, row.first, row.last)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    made = _merged(row, of, looking)
    if len(made[0].rows) <= _MOST_ROWS:
        with _lock:
            _kept[key] = made
            while len(_kept) > _MOST_KEPT:
                _kept.popitem(last=False)
    return made


def _merged(row: Chronology, of: Sequence[Of], looking: Looking) -> Made:
    rows, heard = [], {}
    for turn, each in enumerate(of):
        for place, entry in enumerate(_entries(each)):
            arrival = turn * APART + place
            told = entry.row(each.contribution.name, arrival)
            outside = row.scope.note(told.date)
            rows.append(told)
            heard[arrival] = Heard(entry.pk, entry.stem, entry.contribution_id, entry.late, outside)
    return merge(rows, looking), heard


def _entries(of: Of) -> Iterable[Entry]:
    if of.version is None:
        return ()
    found = Entry.objects.filter(within(of.version.number), contribution=of.contribution)
    return found.order_by("position", "pk").iterator(chunk_size=2000)


@dataclass(frozen=True, slots=True)
class Said:
    """What readers said of rows, by stem: their marks and disputes, and what is joined."""

    marks: Mapping[int, list[Mark]]
    disputes: Mapping[int, list[Dispute]]
    pairings: Sequence[Pairing]

    @property
    def groups(self) -> dict[int, list[int]]:
        """By stem: the stems of all rows that are joined with it, itself among them."""
        return rules.groups_of((p.first_id, p.second_id) for p in self.pairings if p.joined)

    @property
    def decided(self) -> dict[tuple[int, int], Pairing]:
        return {(p.first_id, p.second_id): p for p in self.pairings}


def said(actor: Actor, row: Chronology) -> Said:
    """What was said of the rows of a chronology, for whoever reads all of it."""
    rules.may_read_all(place_in(actor, row)).require()
    of = {"entry__contribution__chronology": row}
    marks, disputes = defaultdict(list), defaultdict(list)
    for mark in Mark.objects.filter(**of, ended_on=None).order_by("pk"):
        marks[mark.stem_id].append(mark)
    rows = Dispute.objects.filter(**of).select_related("contribution__agency")
    for each in rows.order_by("pk"):
        disputes[each.stem_id].append(each)
    pairings = Pairing.objects.filter(chronology=row, ended_on=None).order_by("pk")
    return Said(marks, disputes, list(pairings))


def mark_of(actor: Actor, row: Chronology, pk: int) -> Mark:
    rules.may_read_all(place_in(actor, row)).require()
    return Mark.objects.get(pk=pk, entry__contribution__chronology=row, ended_on=None)


def pairing_of(actor: Actor, row: Chronology, pk: int) -> Pairing:
    rules.may_read_all(place_in(actor, row)).require()
    return Pairing.objects.get(pk=pk, chronology=row, ended_on=None)


def dispute_of(actor: Actor, row: Chronology, pk: int) -> Dispute:
    rules.may_read_all(place_in(actor, row)).require()
    return Dispute.objects.get(pk=pk, entry__contribution__chronology=row, settled_on=None)

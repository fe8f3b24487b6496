"""The seals: each recomputed from its leaves, and the leaves held against the events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError, connection
from django.db.models import Exists, Max, OuterRef, Subquery, Sum

from concordat.craft import signing
from concordat.domain.base.records import rules
from concordat.domain.base.records.models import Event, Seal, SealedLeaf
from concordat.domain.base.records.queries.ledger_found import UNREADABLE, Finding, pages
from concordat.kernel.labels import count

LEAVES = 50_000
"""Leaves read at once: about five megabytes of text."""


def found(public: str, first: int = 1) -> Iterator[Finding]:
    """What is wrong with the seals from `first` on. An earlier one is taken at its word."""
    rows = Seal.objects.filter(number__gte=first) if first > 1 else Seal.objects.all()
    previous, last = rules.GENESIS, first - 1
    for page in pages(rows):
        for run in _runs(page):
            leaves = _leaves_of(run)
            for number in run:
                seal = page[number]
                if number != last + 1:
                    yield Finding(f"Seal {last + 1} is missing.", seal=last + 1)
                if seal is None or not isinstance(seal.at, datetime):
                    yield Finding(f"Seal {number} was altered.", seal=number)
                else:
                    before = seal.previous if number == first > 1 else previous
                    yield from _seal(seal, before, public, leaves.get(number))
                previous, last = seal.hash if seal else "", number


def _runs(page: dict[int, Seal | None]) -> Iterator[list[int]]:
    """Seals whose leaves are few enough to be read together."""
    run: list[int] = []
    size = 0
    for number, seal in page.items():
        claimed = seal.leaves if seal and isinstance(seal.leaves, int) else LEAVES
        if run and size + claimed > LEAVES:
            yield run
            run, size = [], 0
        run.append(number)
        size += claimed
    if run:
        yield run


_JOINED = {
    "sqlite": (
        "SELECT seal_id, group_concat(position || ':' || event || ':' || digest, char(10)), "
        "count(*), min(event), max(event) "
        "FROM (SELECT seal_id, position, event, digest FROM records_sealedleaf "
        "WHERE seal_id BETWEEN %s AND %s ORDER BY seal_id, position) GROUP BY seal_id"
    ),
    "postgresql": (
        "SELECT seal_id, string_agg(position || ':' || event || ':' || digest, chr(10) "
        "ORDER BY position), count(*), min(event), max(event) FROM records_sealedleaf "
        "WHERE seal_id BETWEEN %s AND %s GROUP BY seal_id"
    ),
}
# Told between which numbers the events lie, no database goes through all of them for each run.
_ASTRAY = """
SELECT DISTINCT l.seal_id FROM records_sealedleaf l
LEFT JOIN records_event e ON e.id = l.event AND e.id BETWEEN %s AND %s
WHERE l.seal_id BETWEEN %s AND %s AND (e.id IS NULL OR e.digest <> l.digest)
"""
Leaves = tuple[str, int]


def _leaves_of(run: list[int]) -> dict[int, Leaves]:
    """The leaves of some seals as one text each, and how many; none for a seal in doubt."""
    ends = [run[0], run[-1]]
    try:
        with connection.cursor() as cursor:
            cursor.execute(_JOINED[connection.vendor], ends)
            rows = cursor.fetchall()
            if not rows:
                return {}
            joined = {int(seal): (text, number) for seal, text, number, _, _ in rows}
            among = [min(row[3] for row in rows), max(row[4] for row in rows)]
            cursor.execute(_ASTRAY, [*among, *ends])
            astray = {seal for (seal,) in cursor.fetchall()}
    except (*UNREADABLE, DatabaseError):
        return {}
    return {seal: leaves for seal, leaves in joined.items() if seal not in astray}


def _seal(seal: Seal, previous: str, public: str, leaves: Leaves | None) -> Iterator[Finding]:
    if not leaves or not _is_clear(seal, previous, leaves):
        yield from _leaf_by_leaf(seal, previous)
    if not signing.is_signed(public, rules.head_text(seal.number, seal.hash), seal.signature):
        yield Finding(f"Seal {seal.number} is not signed by this system.", seal=seal.number)


def _is_clear(seal: Seal, previous: str, leaves: Leaves) -> bool:
    text, number = leaves
    told = (seal.previous, seal.leaves, seal.hash)
    return told == (previous, number, rules.seal_hash(seal.number, previous, seal.at, [text]))


def _leaf_by_leaf(seal: Seal, previous: str) -> Iterator[Finding]:
    now = Event.objects.filter(pk=OuterRef("event")).values("digest")
    rows = SealedLeaf.objects.filter(seal=seal.number).annotate(now=Subquery(now))
    broken = Finding(f"Seal {seal.number} does not match its leaves.", seal=seal.number)
    try:
        leaves = list(rows.order_by("position").values_list("position", "event", "digest", "now"))
    except UNREADABLE:
        yield broken
        return
    told = (rules.leaf(*row[:3]) for row in leaves)
    recomputed = rules.seal_hash(seal.number, previous, seal.at, told)
    if seal.previous != previous or recomputed != seal.hash or len(leaves) != seal.leaves:
        yield broken
    if recomputed != seal.hash:
        yield from _gap(seal, [row[:2] for row in leaves])
    for _, event, sealed, digest in leaves:
        if digest is None:
            what = f"Event {event}, sealed in seal {seal.number}, was removed."
            yield Finding(what, event, seal.number)
        elif digest != sealed:
            what = f"Event {event} is not the one that seal {seal.number} holds."
            yield Finding(what, event, seal.number)


def _gap(seal: Seal, leaves: list[tuple[int, int]]) -> Iterator[Finding]:
    """The first place of a seal that holds no leaf any more, by the event before it."""
    full = next((n for n, (position, _) in enumerate(leaves) if position != n), len(leaves))
    told: object = seal.leaves  # whoever wrote behind the walls may have left anything there
    claimed = told if isinstance(told, int) else 0
    if full < max(len(leaves), claimed):
        before = f"after event {leaves[full - 1][1]}" if full else "at its beginning"
        lost = count(max(1, claimed - len(leaves)), "leaf", "leaves")
        what = f"Seal {seal.number} lost {lost}, the first {before}."
        yield Finding(what, seal=seal.number)


def stray(after: int | None = None) -> Iterator[Finding]:
    """A leaf of no seal would keep its event from ever being sealed."""
    rows = SealedLeaf.objects.filter(~Exists(Seal.objects.filter(pk=OuterRef("seal_id"))))
    rows = rows if after is None else rows.filter(seal__gt=after)
    for event, seal in rows.values_list("event", "seal_id").iterator():
        yield Finding(f"Event {event} has a place in seal {seal}, which is not there.", event, seal)


def leaves_up_to(number: int) -> int:
    """How many leaves the seals up to this one say they have."""
    told = Seal.objects.filter(number__lte=number).aggregate(all=Sum("leaves"))
    return int(told["all"] or 0)


@dataclass(frozen=True, slots=True)
class Since:
    """Which events came after a seal; 0 for all of them. Numbers commit out of order, so that
    some that it does not hold are lower than its own: those of later seals, and loose ones."""

    number: int

    @property
    def last_key(self) -> int:
        """The highest number that the seal holds."""
        own = SealedLeaf.objects.filter(seal=self.number).aggregate(last=Max("event"))
        return int(own["last"] or 0)

    def late_keys(self) -> Iterator[int]:
        """The events up to that number that came after the seal all the same."""
        last = self.last_key
        later = SealedLeaf.objects.filter(seal__gt=self.number, event__lte=last)
        there = Event.objects.filter(pk=OuterRef("event"))
        yield from later.filter(Exists(there)).values_list("event", flat=True)
        if _tally(last, "records_event", "id") != _tally(last, "records_sealedleaf", "event"):
            held = SealedLeaf.objects.filter(event=OuterRef("pk"))
            loose = Event.objects.filter(~Exists(held), pk__lte=last)
            yield from loose.order_by("pk").values_list("pk", flat=True)


def _tally(last: int, table: str, column: str) -> tuple[int, int]:
    """How many numbers there are up to one, and their sum: taken from the whole less the rest,
    since the rest is short and the whole is told by an index alone."""
    told = f"SELECT count(*), coalesce(sum({column}), 0) FROM {table}"  # noqa: S608 - our own names
    with connection.cursor() as cursor:
        cursor.execute(told)
        number, total = cursor.fetchone()
        cursor.execute(f"{told} WHERE {column} > %s", [last])
        fewer, less = cursor.fetchone()
    return number - fewer, int(total) - int(less)

"""Whether the ledger is as it was written: every seal recomputed, every row compared.

Rows are screened a page at a time by their keys, so that a ledger of any length is verified
in the memory of one page, and without holding a writer up. What the screen does not clear is
looked at row by row and named. The screen errs on one side only: it may hold back a good row.
Where several processes screen, they do so while this one recomputes the seals.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.conf import settings

from concordat.craft import signing
from concordat.domain.base.records import rules
from concordat.domain.base.records.models import Event, Seal, SealedLeaf
from concordat.domain.base.records.queries import ledger_events as events
from concordat.domain.base.records.queries import ledger_seals as seals
from concordat.domain.base.records.queries.ledger_found import Finding

__all__ = ["Extent", "Finding", "extent", "head_of", "heads", "sealed_up_to"]
__all__ += ["verify", "verify_since"]

Head = Mapping[str, Any]
Across = Callable[[Callable[[Any], Any], Iterable[Any]], Iterable[Any]]
"""How the pages are gone through: `map`, or the `map` of several processes."""


@dataclass(frozen=True, slots=True)
class Extent:
    """How much there is; `unsealed` events are not bound to anything yet.

    Where events were removed, leaves outnumber them, and no fewer than none are unsealed.
    """

    events: int
    seals: int
    unsealed: int


def extent() -> Extent:
    number = Event.objects.count()
    return Extent(number, Seal.objects.count(), max(0, number - SealedLeaf.objects.count()))


def heads() -> Iterator[dict[str, object]]:
    """Every seal's number, hash and signature, oldest first: what the partners keep."""
    for seal in Seal.objects.order_by("number").iterator():
        yield _head(seal)


def head_of(number: int) -> dict[str, object] | None:
    """The head of one seal as it stands in the database."""
    seal = Seal.objects.filter(number=number).first()
    return _head(seal) if seal else None


def _head(seal: Seal) -> dict[str, object]:
    return {"seal": seal.number, "hash": seal.hash, "signature": seal.signature}


def sealed_up_to(seal: int) -> int:
    """How many events the seals up to this one hold."""
    return seals.leaves_up_to(seal)


def verify(kept_heads: Iterable[Head] = (), *, across: Across = map) -> list[Finding]:
    """Everything found wrong, in the order of the seals; empty when all is as written.

    `kept_heads` are signed heads that partners kept. They show a cut tail or a rewritten
    ledger, which the database alone cannot show to somebody who holds every key.
    """
    screened = events.screened(across)
    findings = list(seals.found(public_key()))
    findings += seals.stray()
    findings += events.found(screened)
    findings += events.certificates()
    findings += events.leafless()
    findings += _against(kept_heads)
    return findings


def verify_since(
    head: Head, kept_heads: Iterable[Head] = (), *, across: Across = map
) -> list[Finding]:
    """Everything found wrong in what came after a signed head, which is trusted for the rest.

    Looked at: the head's signature, the seal that it names, each seal after it, and each
    event that those seals or no seal at all hold. Not looked at: earlier seals and their
    events. Where the head itself is not to be trusted, nothing else is said.
    """
    number = int(head["seal"])
    broken = [*_against([head]), *_against(kept_heads)]
    if any(each.seal == number for each in broken):
        return broken
    since = seals.Since(number - 1)
    screened = events.screened(across, after=since.last_key)
    findings = list(seals.found(public_key(), first=number))
    findings += seals.stray(after=number)
    findings += events.found(screened)
    findings += chain.from_iterable(map(events.row_by_row, since.late_keys()))
    findings += events.certificates(after=since.last_key)
    findings += events.leafless(after=since.last_key)
    return findings + broken


def public_key() -> str:
    return signing.public_key(signing.derive(settings.LEDGER_SECRET, "seal"))


def _against(kept: Iterable[Head]) -> Iterator[Finding]:
    public, heads = public_key(), list(kept)
    numbers = {int(head["seal"]) for head in heads}
    hashes = dict(Seal.objects.filter(number__in=numbers).values_list("number", "hash"))
    for head in heads:
        number, hash_ = int(head["seal"]), str(head["hash"])
        if not signing.is_signed(public, rules.head_text(number, hash_), str(head["signature"])):
            what = f"The kept head of seal {number} is not signed by this system."
            yield Finding(what, seal=number)
            continue
        now = hashes.get(number)
        if now is None:
            yield Finding(f"Seal {number}, which a partner holds, was cut off.", seal=number)
        elif now != hash_:
            yield Finding(f"Seal {number} was rewritten since a partner received it.", seal=number)

"""Whether the ledger is as it was written: every seal recomputed, every row compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from concordat.craft import signing
from concordat.domain.base.records import rules
from concordat.domain.base.records.models import Disposal, Event, EventDetail, Seal, SealedLeaf

CHUNK = 5000


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it was written. `event` or `seal` names the row where known."""

    what: str
    event: int | None = None
    seal: int | None = None

    def __str__(self) -> str:
        return self.what


def heads() -> Iterator[dict[str, object]]:
    """Every seal's number, hash and signature, oldest first: what the partners keep."""
    for seal in Seal.objects.order_by("number").iterator():
        yield {"seal": seal.number, "hash": seal.hash, "signature": seal.signature}


def verify(kept_heads: Iterable[Mapping[str, Any]] = ()) -> list[Finding]:
    """Everything found wrong, in the order of the seals; empty when all is as written.

    `kept_heads` are signed heads that partners kept. They show a cut tail or a rewritten
    ledger, which the database alone cannot show to somebody who holds every key.
    """
    findings = list(_seals())
    findings += _events()
    findings += _leafless_details()
    findings += _against(kept_heads)
    return findings


def _seals() -> Iterator[Finding]:
    previous, number = rules.GENESIS, 0
    public = signing.public_key(signing.derive(settings.LEDGER_SECRET, "seal"))
    for seal in Seal.objects.order_by("number").iterator():
        if seal.number != number + 1:
            yield Finding(f"Seal {number + 1} is missing.", seal=number + 1)
        rows = SealedLeaf.objects.filter(seal=seal).order_by("position")
        leaves = list(rows.values_list("position", "event", "digest"))
        recomputed = rules.seal_hash(seal.number, previous, (rules.leaf(*each) for each in leaves))
        if seal.previous != previous or recomputed != seal.hash or len(leaves) != seal.leaves:
            yield Finding(f"Seal {seal.number} does not match its leaves.", seal=seal.number)
        if not signing.is_signed(public, rules.head_text(seal.number, seal.hash), seal.signature):
            yield Finding(f"Seal {seal.number} is not signed by this system.", seal=seal.number)
        yield from _missing_events(seal.number, leaves)
        previous, number = seal.hash, seal.number


def _missing_events(seal: int, leaves: list[tuple[int, int, str]]) -> Iterator[Finding]:
    wanted = {event: digest for _, event, digest in leaves}
    there = dict(Event.objects.filter(pk__in=wanted).values_list("pk", "digest"))
    for event, digest in sorted(wanted.items()):
        if event not in there:
            yield Finding(f"Event {event}, sealed in seal {seal}, was removed.", event, seal)
        elif there[event] != digest:
            yield Finding(f"Event {event} is not the one that seal {seal} holds.", event, seal)


def _events() -> Iterator[Finding]:
    """Rows whose columns, text, digest, key code or detail do not agree."""
    key = signing.derive(settings.LEDGER_SECRET, "event")
    chunk: list[Event] = []
    for event in Event.objects.order_by("pk").iterator(CHUNK):
        chunk.append(event)
        if len(chunk) == CHUNK:
            yield from _check(chunk, key)
            chunk = []
    yield from _check(chunk, key)


def _check(events: list[Event], key: bytes) -> Iterator[Finding]:
    ids = [event.pk for event in events]
    details = EventDetail.objects.in_bulk(ids)
    disposed = set(Disposal.objects.filter(pk__in=ids).values_list("pk", flat=True))
    for event in events:
        if rules.canonical(event.told()) != event.text or rules.digest(event.text) != event.digest:
            yield Finding(f"Event {event.pk} was altered.", event.pk)
        elif rules.mac(key, event.digest) != event.mac:
            yield Finding(f"Event {event.pk} was not written by this system.", event.pk)
        detail = details.get(event.pk)
        if detail is None and event.pk not in disposed:
            yield Finding(f"The detail of event {event.pk} was removed.", event.pk)
        elif detail is not None and detail.digest() != event.detail_digest:
            yield Finding(f"The detail of event {event.pk} was altered.", event.pk)


def _leafless_details() -> Iterator[Finding]:
    known = Event.objects.values("pk")
    for pk in EventDetail.objects.exclude(pk__in=known).values_list("pk", flat=True):
        yield Finding(f"A detail of event {pk} is there without the event.", pk)


def _against(kept: Iterable[Mapping[str, Any]]) -> Iterator[Finding]:
    public = signing.public_key(signing.derive(settings.LEDGER_SECRET, "seal"))
    for head in kept:
        number, hash_ = int(head["seal"]), str(head["hash"])
        if not signing.is_signed(public, rules.head_text(number, hash_), str(head["signature"])):
            yield Finding(
                f"The kept head of seal {number} is not signed by this system.", seal=number
            )
            continue
        seal = Seal.objects.filter(number=number).first()
        if seal is None:
            yield Finding(f"Seal {number}, which a partner holds, was cut off.", seal=number)
        elif seal.hash != hash_:
            yield Finding(f"Seal {number} was rewritten since a partner received it.", seal=number)

"""Whether the ledger is as it was written: every seal recomputed, every row compared.

Rows are read a page at a time by their keys, so that a ledger of any length is verified in
the memory of one page, and without holding a writer up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.conf import settings
from django.db import OperationalError
from django.db.models import CharField, Exists, Model, OuterRef, Subquery, TextField

from concordat.craft import signing
from concordat.domain.base.records import rules
from concordat.domain.base.records.models import Disposal, Event, EventDetail, Seal, SealedLeaf

PAGE = 2000
UNREADABLE = (ValueError, TypeError, OverflowError, OperationalError)
M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it was written. `event` or `seal` names the row where known."""

    what: str
    event: int | None = None
    seal: int | None = None

    def __str__(self) -> str:
        return self.what


@dataclass(frozen=True, slots=True)
class Extent:
    """How much there is; `unsealed` events are not bound to anything yet."""

    events: int
    seals: int
    unsealed: int


def extent() -> Extent:
    events = Event.objects.count()
    return Extent(events, Seal.objects.count(), events - SealedLeaf.objects.count())


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
    findings += _stray_leaves()
    findings += _events()
    findings += _disposals()
    findings += _leafless_details()
    findings += _against(kept_heads)
    return findings


def _pages(model: type[M]) -> Iterator[dict[int, M | None]]:
    """Rows by their keys, a page at a time; None for a row that cannot be read at all."""
    rows = model._default_manager.order_by("pk")
    keys: list[int] = list(rows.values_list("pk", flat=True)[:PAGE])
    while keys:
        yield _between(model, keys[0], keys[-1])
        keys = list(rows.filter(pk__gt=keys[-1]).values_list("pk", flat=True)[:PAGE])


def _between(model: type[M], first: int, last: int) -> dict[int, M | None]:
    rows = model._default_manager.filter(pk__gte=first, pk__lte=last).order_by("pk")
    try:
        found = list(rows)
    except UNREADABLE:
        return {key: _one(model, key) for key in rows.values_list("pk", flat=True)}
    texts = _texts(model)
    return {row.pk: row if _is_plain(row, texts) else None for row in found}


def _one(model: type[M], key: int) -> M | None:
    """SQLite keeps any value in any column: a day that is none was not put there by us."""
    try:
        row = model._default_manager.get(pk=key)
    except UNREADABLE:
        return None
    return row if _is_plain(row, _texts(model)) else None


def _texts(model: type[M]) -> list[str]:
    kinds = (CharField, TextField)
    return [each.attname for each in model._meta.concrete_fields if isinstance(each, kinds)]


def _is_plain(row: Model, texts: list[str]) -> bool:
    return all(isinstance(getattr(row, each), str) for each in texts)


def _public_key() -> str:
    return signing.public_key(signing.derive(settings.LEDGER_SECRET, "seal"))


def _seals() -> Iterator[Finding]:
    previous, last, public = rules.GENESIS, 0, _public_key()
    for page in _pages(Seal):
        for number, seal in page.items():
            if number != last + 1:
                yield Finding(f"Seal {last + 1} is missing.", seal=last + 1)
            if seal is None or seal.at is None:
                yield Finding(f"Seal {number} was altered.", seal=number)
            else:
                yield from _seal(seal, previous, public)
            previous, last = seal.hash if seal else "", number


def _seal(seal: Seal, previous: str, public: str) -> Iterator[Finding]:
    now = Event.objects.filter(pk=OuterRef("event")).values("digest")
    rows = SealedLeaf.objects.filter(seal=seal.number).annotate(now=Subquery(now))
    try:
        leaves = list(rows.order_by("position").values_list("position", "event", "digest", "now"))
    except UNREADABLE:
        yield Finding(f"Seal {seal.number} does not match its leaves.", seal=seal.number)
        return
    told = (rules.leaf(*row[:3]) for row in leaves)
    recomputed = rules.seal_hash(seal.number, previous, seal.at, told)
    if seal.previous != previous or recomputed != seal.hash or len(leaves) != seal.leaves:
        yield Finding(f"Seal {seal.number} does not match its leaves.", seal=seal.number)
    if not signing.is_signed(public, rules.head_text(seal.number, seal.hash), seal.signature):
        yield Finding(f"Seal {seal.number} is not signed by this system.", seal=seal.number)
    for _, event, sealed, digest in leaves:
        if digest is None:
            what = f"Event {event}, sealed in seal {seal.number}, was removed."
            yield Finding(what, event, seal.number)
        elif digest != sealed:
            what = f"Event {event} is not the one that seal {seal.number} holds."
            yield Finding(what, event, seal.number)


def _stray_leaves() -> Iterator[Finding]:
    """A leaf of no seal would keep its event from ever being sealed."""
    stray = SealedLeaf.objects.filter(~Exists(Seal.objects.filter(pk=OuterRef("seal_id"))))
    for event, seal in stray.values_list("event", "seal_id").iterator():
        yield Finding(f"Event {event} has a place in seal {seal}, which is not there.", event, seal)


def _events() -> Iterator[Finding]:
    """Rows whose columns, text, digest, key code or detail do not agree."""
    key = signing.derive(settings.LEDGER_SECRET, "event")
    for page in _pages(Event):
        first, last = min(page), max(page)
        details = _between(EventDetail, first, last)
        certified = Disposal.objects.filter(pk__gte=first, pk__lte=last)
        excused = set(certified.values_list("pk", flat=True)) - details.keys()
        for number, event in page.items():
            yield from _event(number, event, key)
            if number in details:
                yield from _detail(number, event, details[number])
            elif number not in excused:
                yield Finding(f"The detail of event {number} was removed.", number)


def _event(number: int, event: Event | None, key: bytes) -> Iterator[Finding]:
    if event is None or (rules.canonical(event.told()), rules.digest(event.text)) != (
        event.text,
        event.digest,
    ):
        yield Finding(f"Event {number} was altered.", number)
    elif rules.mac(key, event.digest) != event.mac:
        yield Finding(f"Event {number} was not written by this system.", number)


def _detail(number: int, event: Event | None, detail: EventDetail | None) -> Iterator[Finding]:
    if detail is None or (event and detail.digest() != event.detail_digest):
        yield Finding(f"The detail of event {number} was altered.", number)


def _disposals() -> Iterator[Finding]:
    """Certificates that the application did not write, or that no event tells of."""
    key = signing.derive(settings.LEDGER_SECRET, "event")
    for page in _pages(Disposal):
        told_in = {each.told_in for each in page.values() if each and _is_number(each.told_in)}
        told = set(
            Event.objects.filter(pk__in=told_in, verb=rules.DISPOSED).values_list("pk", flat=True)
        )
        for number, disposal in page.items():
            if disposal is None or not _is_ours(disposal, key) or disposal.told_in not in told:
                what = f"The certificate for the detail of event {number} is not this system's."
                yield Finding(what, number)


def _is_number(value: object) -> bool:
    return isinstance(value, int)


def _is_ours(disposal: Disposal, key: bytes) -> bool:
    return rules.mac(key, rules.digest(rules.canonical(disposal.told()))) == disposal.mac


def _leafless_details() -> Iterator[Finding]:
    lone = EventDetail.objects.filter(~Exists(Event.objects.filter(pk=OuterRef("pk"))))
    for pk in lone.order_by("pk").values_list("pk", flat=True).iterator():
        yield Finding(f"A detail of event {pk} is there without the event.", pk)


def _against(kept: Iterable[Mapping[str, Any]]) -> Iterator[Finding]:
    public = _public_key()
    for head in kept:
        number, hash_ = int(head["seal"]), str(head["hash"])
        if not signing.is_signed(public, rules.head_text(number, hash_), str(head["signature"])):
            what = f"The kept head of seal {number} is not signed by this system."
            yield Finding(what, seal=number)
            continue
        now = Seal.objects.filter(number=number).values_list("hash", flat=True).first()
        if now is None:
            yield Finding(f"Seal {number}, which a partner holds, was cut off.", seal=number)
        elif now != hash_:
            yield Finding(f"Seal {number} was rewritten since a partner received it.", seal=number)

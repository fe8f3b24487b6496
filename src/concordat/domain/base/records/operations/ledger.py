"""Sealing the ledger, disposing of details, and the look log."""

from __future__ import annotations

from django.conf import settings
from django.db import connection
from django.utils import timezone

from concordat.craft import signing
from concordat.domain.base.records import queries
from concordat.domain.base.records.models import (
    Disposal,
    Event,
    EventDetail,
    Look,
    Record,
    Seal,
    SealedLeaf,
)
from concordat.domain.base.records.operations.unit import happened, no_event, operation
from concordat.domain.base.records.rules import GENESIS, Verb, head_text, leaf, seal_hash
from concordat.kernel.actor import Actor, Kind
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.sensitivity import Sensitivity

BATCH = 5000
SEALERS_LOCK = 7_210_001


@operation
def seal(actor: Actor) -> Seal | None:
    """Seal the events that have no leaf yet, at most 5,000 at a time; None when there are none.

    Events commit out of the order of their ids, so the sealer looks for events without a
    leaf, never for events after the last one. A seal is its own trace and leaves no event.
    """
    if actor.kind is not Kind.PROCESS:
        raise Refused("Only the sealer seals the ledger.")
    no_event("a seal is its own trace")
    _one_sealer_at_a_time()
    waiting = list(
        Event.objects.exclude(pk__in=SealedLeaf.objects.values("event"))
        .order_by("pk")
        .values_list("pk", "digest")[:BATCH]
    )
    return _seal_over(waiting) if waiting else None


def _seal_over(waiting: list[tuple[int, str]]) -> Seal:
    last = Seal.objects.order_by("-number").first()
    number, previous = (last.number + 1, last.hash) if last else (1, GENESIS)
    leaves = (leaf(i, pk, digest) for i, (pk, digest) in enumerate(waiting))
    hash_ = seal_hash(number, previous, leaves)
    made = Seal.objects.create(
        number=number,
        previous=previous,
        hash=hash_,
        leaves=len(waiting),
        at=timezone.now(),
        signature=signing.sign(_seal_seed(), head_text(number, hash_)),
    )
    SealedLeaf.objects.bulk_create(
        [
            SealedLeaf(seal=made, position=i, event=pk, digest=digest)
            for i, (pk, digest) in enumerate(waiting)
        ]
    )
    return made


def _one_sealer_at_a_time() -> None:
    """SQLite has one writer; PostgreSQL is asked for a lock that ends with the transaction."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEALERS_LOCK])


def _seal_seed() -> bytes:
    return signing.derive(settings.LEDGER_SECRET, "seal")


@operation
def dispose_detail(actor: Actor, *, event: int, certificate: str, reason: str) -> Disposal:
    """Dispose of what an event changed; the event itself stays and says so.

    The certificate is what two people signed for the disposal; a trigger refuses the
    deletion without its row.
    """
    kept = Event.objects.get(pk=event)
    record = Record.objects.filter(pk=kept.record).first() if kept.record else None
    if record:
        queries.can(actor, Verb.ADMIT, record).require()
    elif actor.kind is not Kind.PROCESS:
        raise Refused("Only the disposal process may do this.")
    if not (certificate.strip() and reason.strip()):
        raise Invalid("A certificate and a reason are needed.", field="certificate")
    disposal = Disposal.objects.create(
        event=event, certificate=certificate, reason=reason, at=timezone.now()
    )
    EventDetail.objects.filter(pk=event).delete()
    happened(actor, "detail disposed of", record, reason=reason, after={"event": event})
    return disposal


def look(actor: Actor, *, record: Record, what: str = "opened") -> None:
    """Note that a sensitive record was opened or exported. The one write that a GET may do."""
    if record.level < Sensitivity.RESTRICTED or actor.kind is Kind.PROCESS:
        return
    Look.objects.create(
        at=timezone.now(),
        actor=actor.signature[:200],
        person=actor.hand_person or actor.person,
        record=record.pk,
        reference=record.reference,
        partnership=record.partnership_id,
        what=what,
    )

"""Sealing the ledger, disposing of details, and the look log."""

from __future__ import annotations

from django.conf import settings
from django.db import connection
from django.db.models import Exists, OuterRef
from django.utils import timezone

from concordat.craft import signing
from concordat.domain.base.records.models import (
    Disposal,
    Event,
    EventDetail,
    Look,
    Record,
    Seal,
    SealedLeaf,
)
from concordat.domain.base.records.models.walls import missing_walls, raising
from concordat.domain.base.records.operations.record import take_for
from concordat.domain.base.records.operations.unit import (
    event_key,
    happened,
    no_event,
    operation,
)
from concordat.domain.base.records.rules import (
    DISPOSED,
    GENESIS,
    Verb,
    canonical,
    digest,
    head_text,
    leaf,
    mac,
    seal_hash,
)
from concordat.kernel.actor import Actor, Kind
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.sensitivity import Sensitivity

BATCH = 5000
SEALERS_LOCK = 7_210_001
LONGEST_CERTIFICATE = 100


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
        Event.objects.filter(~Exists(SealedLeaf.objects.filter(event=OuterRef("pk"))))
        .order_by("pk")
        .values_list("pk", "digest")[:BATCH]
    )
    return _seal_over(waiting) if waiting else None


def _seal_over(waiting: list[tuple[int, str]]) -> Seal:
    last = Seal.objects.order_by("-number").first()
    number, previous = (last.number + 1, last.hash) if last else (1, GENESIS)
    now = timezone.now()
    leaves = (leaf(i, pk, told) for i, (pk, told) in enumerate(waiting))
    hash_ = seal_hash(number, previous, now, leaves)
    made = Seal.objects.create(
        number=number,
        previous=previous,
        hash=hash_,
        leaves=len(waiting),
        at=now,
        signature=signing.sign(_seal_seed(), head_text(number, hash_)),
    )
    SealedLeaf.objects.bulk_create(
        [
            SealedLeaf(seal=made, position=i, event=pk, digest=told)
            for i, (pk, told) in enumerate(waiting)
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
        record = take_for(actor, Verb.ADMIT, record.pk)
    elif actor.kind is not Kind.PROCESS:
        raise Refused("Only the disposal process may do this.")
    if not (certificate.strip() and reason.strip()) or len(certificate) > LONGEST_CERTIFICATE:
        raise Invalid(
            "A certificate and a reason are needed.",
            field="certificate",
            mend=f"Name the certificate in {LONGEST_CERTIFICATE} characters or fewer.",
        )
    if Disposal.objects.filter(pk=event).exists():
        raise Refused("This detail was disposed of before.")
    after = {"event": event, "certificate": certificate}
    told = happened(actor, DISPOSED, record, reason=reason, after=after)
    disposal = Disposal(
        event=event, certificate=certificate, reason=reason, at=told.at, told_in=told.pk
    )
    disposal.mac = mac(event_key(), digest(canonical(disposal.told())))
    disposal.save(force_insert=True)
    EventDetail.objects.filter(pk=event).delete()
    return disposal


@operation
def raise_walls(actor: Actor) -> list[str]:
    """Make the ledger's triggers anew where some are missing; the names of those that were."""
    if actor.kind is not Kind.PROCESS:
        raise Refused("Only the system itself raises the ledger's walls.")
    missing = missing_walls(connection)
    if not missing:
        no_event("every wall stands")
        return []
    with connection.cursor() as cursor:
        for statement in raising(connection.vendor):
            cursor.execute(statement)
    happened(actor, "walls of the ledger raised again", after={"missing": missing})
    return missing


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

"""Opening, naming, restricting and closing a record."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from concordat.domain.base.records import queries
from concordat.domain.base.records.models import Counter, Record, SearchEntry
from concordat.domain.base.records.operations.unit import happened, operation, take
from concordat.domain.base.records.rules import RecordKind, Verb, reference
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.sensitivity import Sensitivity


@operation
def open_record(
    actor: Actor,
    *,
    kind: RecordKind,
    title: str,
    partnership: Record | None,
    opened: date,
    prefix: str = "",
    owner: Record | None = None,
    sensitivity: Sensitivity = Sensitivity.PARTNERSHIP,
    listed: bool = True,
    words: str = "",
) -> Record:
    """Give a thing its address and reference. The caller has asked its own rules first.

    A partnership's own record is opened with `prefix`, its short name ("THSCP"), which
    becomes its reference and stands before every reference under it.
    """
    if not title.strip():
        raise Invalid("A record needs a title.", field="title", mend="Write what it is.")
    record = Record(
        id=uuid4(),
        kind=kind,
        reference=prefix or _next_reference(partnership, kind),
        title=title.strip(),
        partnership=partnership,
        owner=owner,
        sensitivity=sensitivity,
        listed=listed,
        opened=opened,
    )
    if kind is RecordKind.PARTNERSHIP:
        record.partnership = record
    record.save(force_insert=True)
    SearchEntry.objects.create(record=record, title=record.title, words=words)
    happened(actor, f"{kind.value} opened", record, after={"title": record.title})
    return record


def _next_reference(partnership: Record | None, kind: RecordKind) -> str:
    prefix = partnership.reference if partnership else ""
    counter, _ = Counter.objects.select_for_update().get_or_create(key=f"{prefix}-{kind.letter}")
    counter.last += 1
    counter.save(update_fields=["last"])
    return reference(prefix, kind, counter.last)


@operation
def rename(actor: Actor, *, record: UUID, title: str, seen_version: int | None = None) -> Record:
    """Change a record's title and the words it is found by."""
    held = take(
        record,
        seen_version=seen_version,
        mine={"Title": title},
        theirs=lambda: {"Title": Record.objects.get(pk=record).title},
    )
    queries.can(actor, Verb.CHANGE, held).require()
    before, held.title = held.title, title.strip()
    held.save(update_fields=["title"])
    SearchEntry.objects.filter(record=held).update(title=held.title)
    happened(actor, f"{held.kind} renamed", held, before={"title": before}, after={"title": title})
    return held


@operation
def index(actor: Actor, *, record: Record, words: str) -> None:
    """Set the words by which a record is found, inside the operation that changed them."""
    SearchEntry.objects.filter(record=record).update(title=record.title, words=words)


@operation
def name_owner(actor: Actor, *, record: Record, owner: Record) -> Record:
    """Say which body or seat answers for a record."""
    queries.can(actor, Verb.CHANGE, record).require()
    held = take(record.pk)
    before, held.owner = held.owner, owner
    held.save(update_fields=["owner"])
    happened(
        actor,
        "owner named",
        held,
        before={"owner": before.reference if before else ""},
        after={"owner": owner.reference},
    )
    return held


@operation
def restrict(
    actor: Actor, *, record: Record, sensitivity: Sensitivity, reason: str, listed: bool = True
) -> Record:
    """Change how closely a record is held. Opening it wider needs a reason too."""
    queries.can(actor, Verb.ADMIT, record).require()
    if not reason.strip():
        raise Invalid("A reason is needed.", field="reason", mend="Say why in one sentence.")
    held = take(record.pk)
    before = {"sensitivity": held.level.label, "listed": held.listed}
    held.sensitivity, held.listed = sensitivity, listed
    held.save(update_fields=["sensitivity", "listed"])
    after = {"sensitivity": sensitivity.label, "listed": listed}
    happened(actor, "sensitivity changed", held, reason=reason, before=before, after=after)
    return held


@operation
def close(actor: Actor, *, record: Record, on: date, keep_until: date | None = None) -> Record:
    """Close a record unless a hold stands against it."""
    queries.can(actor, Verb.CLOSE, record).require()
    if record.closed:
        raise Refused("This is closed already.")
    queries.is_free(record, Verb.CLOSE).require()
    held = take(record.pk)
    held.closed, held.keep_until = on, keep_until
    held.save(update_fields=["closed", "keep_until"])
    happened(actor, f"{held.kind} closed", held, after={"closed": on})
    return held

"""Opening, naming, restricting and closing a record."""

from __future__ import annotations

import re
from datetime import date
from uuid import UUID, uuid4

from concordat.domain.base.records import queries
from concordat.domain.base.records.models import Grant, Record, SearchEntry
from concordat.domain.base.records.operations import plain
from concordat.domain.base.records.operations.unit import Texts, happened, operation, take
from concordat.domain.base.records.rules import (
    INSTALLATION,
    Level,
    RecordKind,
    Standing,
    Verb,
    may_use,
    reference,
    search_text,
    standing,
)
from concordat.kernel.actor import Actor, Kind
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.sensitivity import Sensitivity
from concordat.kernel.verdict import Verdict, yes

LONGEST_TITLE = 300
_PREFIX = re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*")
_LONGEST_PREFIX = 24


def judged(actor: Actor, verb: Verb, held: Record) -> Verdict:
    """Whether the actor may; a record that may not be known of is absent (DoesNotExist)."""
    if actor.kind is Kind.PROCESS:
        return yes()
    facts = queries.facts_of(actor, held)
    verdict = may_use(actor, verb, facts)
    if not verdict and standing(actor, facts) is Standing.ABSENT:
        raise Record.DoesNotExist
    return verdict


def take_for(
    actor: Actor,
    verb: Verb,
    record: UUID,
    *,
    seen_version: int | None = None,
    mine: Texts | None = None,
) -> Record:
    """Take a record that the actor may do this with: judged as it stands once locked."""
    return take(
        record,
        seen_version=seen_version,
        mine=mine,
        theirs=lambda: {"Title": Record.objects.get(pk=record).title},
        may=lambda held: judged(actor, verb, held),
    )


def clean_title(title: str) -> str:
    """Raises `Invalid` if there is none, or too much for the column."""
    bare = title.strip()
    if not bare:
        raise Invalid("A record needs a title.", field="title", mend="Write what it is.")
    if len(bare) > LONGEST_TITLE:
        raise Invalid(
            f"The title is {len(bare)} characters long.",
            field="title",
            mend=f"Use {LONGEST_TITLE} or fewer.",
        )
    return bare


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
    becomes its reference and stands before every reference under it. Whoever opens what
    they could not see otherwise is named on it, so that nothing is shut to everybody.
    """
    record = Record(
        id=uuid4(),
        kind=kind,
        reference=_free(kind, prefix) if prefix else _next_reference(partnership, kind),
        title=clean_title(title),
        partnership=partnership,
        owner=owner,
        sensitivity=sensitivity,
        listed=listed,
        opened=opened,
    )
    if kind is RecordKind.PARTNERSHIP:
        record.partnership = record
    record.save(force_insert=True)
    SearchEntry.objects.create(
        record=record, title=search_text(record.title), words=search_text(words)
    )
    after = {"title": record.title} | _name_the_opener(actor, record)
    happened(actor, f"{kind.value} opened", record, after=after)
    return record


def _name_the_opener(actor: Actor, record: Record) -> dict[str, str]:
    if record.level <= Sensitivity.PARTNERSHIP or actor.person is None:
        return {}
    if queries.can(actor, Verb.SEE, record):
        return {}
    people = [each for each in (actor.person, actor.hand_person) if each]
    grants = [
        Grant(
            record=record,
            grantee_id=person,
            level=Level.WORK,
            reason="Opened it.",
            granted_by=actor.signature[:200],
            from_day=actor.on,
        )
        for person in people
    ]
    Grant.objects.bulk_create(grants)
    return {"named": actor.signature}


def _free(kind: RecordKind, prefix: str) -> str:
    """A partnership's short name, if it can be one and nobody has it."""
    if kind is not RecordKind.PARTNERSHIP:
        raise ValueError("Only a partnership's own record is opened with a prefix.")
    if not _PREFIX.fullmatch(prefix) or len(prefix) > _LONGEST_PREFIX:
        raise Invalid(
            f"“{prefix}” cannot stand before references.",
            field="prefix",
            mend=f"Use letters, digits and single hyphens, {_LONGEST_PREFIX} or fewer.",
        )
    if prefix == INSTALLATION or Record.objects.filter(reference=prefix).exists():
        raise Invalid(f"“{prefix}” is taken.", field="prefix", mend="Choose another.")
    return prefix


def _next_reference(partnership: Record | None, kind: RecordKind) -> str:
    return next_references(partnership, kind, 1)[0]


def next_references(partnership: Record | None, kind: RecordKind, count: int) -> list[str]:
    """The next free references of one kind in one partnership, given out for good."""
    prefix = partnership.reference if partnership else ""
    last = plain.counted(f"{prefix}-{kind.letter}", count)
    return [reference(prefix, kind, number) for number in range(last - count + 1, last + 1)]


def retitle(held: Record, title: str) -> None:
    """Change a taken record's title, and the words by which it is found."""
    held.title = clean_title(title)
    held.save(update_fields=["title"])
    SearchEntry.objects.filter(record=held).update(title=search_text(held.title))


@operation
def rename(actor: Actor, *, record: UUID, title: str, seen_version: int | None = None) -> Record:
    """Change a record's title and the words it is found by."""
    held = take_for(
        actor, Verb.CHANGE, record, seen_version=seen_version, mine={"Title": title.strip()}
    )
    before = held.title
    retitle(held, title)
    happened(
        actor,
        f"{held.kind} renamed",
        held,
        before={"title": before},
        after={"title": held.title},
    )
    return held


@operation
def index(actor: Actor, *, record: Record, words: str) -> None:
    """Set the words by which a record is found, inside the operation that changed them."""
    SearchEntry.objects.filter(record=record).update(
        title=search_text(record.title), words=search_text(words)
    )


@operation
def name_owner(actor: Actor, *, record: Record, owner: Record) -> Record:
    """Say which body or seat answers for a record. Who owns what is restricted may open it,
    so that naming them takes the right to admit."""
    held = take_for(actor, Verb.CHANGE, record.pk)
    if owner.kind not in (RecordKind.BODY, RecordKind.SEAT):
        raise Invalid(
            "A record is owned by a body or a seat.", field="owner", mend="Choose one of them."
        )
    if held.level is Sensitivity.RESTRICTED:
        queries.can(actor, Verb.ADMIT, held).require()
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
    actor: Actor,
    *,
    record: Record,
    sensitivity: Sensitivity,
    reason: str,
    listed: bool | None = None,
) -> Record:
    """Change how closely a record is held. Opening it wider needs a reason too.

    Only somebody who can open it, and still can afterwards, may do so: nothing is opened
    to oneself, and nothing is shut to everybody. Whether it is listed stays unless said.
    """
    if not reason.strip():
        raise Invalid("A reason is needed.", field="reason", mend="Say why in one sentence.")
    held = take_for(actor, Verb.ADMIT, record.pk)
    queries.can(actor, Verb.SEE, held).require()
    before = {"sensitivity": held.level.label, "listed": held.listed}
    held.sensitivity = sensitivity
    held.listed = held.listed if listed is None else listed
    held.save(update_fields=["sensitivity", "listed"])
    if not queries.can(actor, Verb.SEE, held):
        raise Refused("You could not open this yourself any more. Give yourself access first.")
    after = {"sensitivity": sensitivity.label, "listed": held.listed}
    happened(actor, "sensitivity changed", held, reason=reason, before=before, after=after)
    return held


@operation
def close(actor: Actor, *, record: Record, on: date, keep_until: date | None = None) -> Record:
    """Close a record unless a hold stands against it."""
    held = take_for(actor, Verb.CLOSE, record.pk)
    if held.closed:
        raise Refused("This is closed already.")
    if on < held.opened:
        raise Invalid("It would close before it opened.", field="on", mend="Choose a later day.")
    queries.is_free(held, Verb.CLOSE).require()
    held.closed, held.keep_until = on, keep_until
    held.save(update_fields=["closed", "keep_until"])
    happened(actor, f"{held.kind} closed", held, after={"closed": on})
    return held

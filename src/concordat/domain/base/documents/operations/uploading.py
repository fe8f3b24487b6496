"""Adding a document and replacing what it holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import replace as changed
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar
from uuid import UUID

from django.conf import settings

from concordat.craft import files, inspection, scan, sniff
from concordat.craft.sniff import Sniffed
from concordat.domain.base.documents import rules
from concordat.domain.base.documents.models import Document, Version
from concordat.domain.base.documents.operations.signing import void_all
from concordat.domain.base.mail.operations import use_link
from concordat.domain.base.records.models import Grant, Record, Recusal
from concordat.domain.base.records.operations import (
    happened,
    open_record,
    operation,
    place_hold,
    take,
)
from concordat.domain.base.records.queries import can, is_free
from concordat.domain.base.records.rules import RecordKind, Verb
from concordat.kernel.actor import Actor, Kind, process
from concordat.kernel.errors import Invalid
from concordat.kernel.sensitivity import Sensitivity

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as somebody sent it, under the name they gave it. `seen` is what it really is."""

    name: str
    data: bytes
    seen: Sniffed | None = None


def looked_at_first(act: Callable[P, R]) -> Callable[P, R]:
    """Look at the file before the act opens: a bomb must not hold up everybody's writing."""

    @wraps(act)
    def looked(*args: P.args, **kwargs: P.kwargs) -> R:
        file = kwargs.get("file")
        if isinstance(file, Upload) and file.seen is None:
            kwargs["file"] = _seen(file)
        return act(*args, **kwargs)

    return looked


def _seen(file: Upload) -> Upload:
    """The upload with what it really is. Raises `Invalid` for what is not taken, with why."""
    try:
        seen = inspection.look_at(file.name, file.data, limit=rules.LIMIT, kinds=rules.KINDS)
    except Invalid as problem:
        raise Invalid([changed(fault, field="file") for fault in problem.faults]) from problem
    scanner = getattr(settings, "CLAMD", "")
    if scanner:
        scan.check(scanner, file.data)
    return changed(file, seen=seen)


@looked_at_first
@operation
def add(
    actor: Actor,
    *,
    partnership: Record,
    title: str,
    file: Upload,
    note: str = "",
    about: Record | None = None,
    owner: Record | None = None,
    sensitivity: Sensitivity = Sensitivity.PARTNERSHIP,
    link: UUID | None = None,
    now: datetime | None = None,
) -> Document:
    """Add a document with its first version. `link` is the guest's, used up by this at `now`.

    What hangs on a record is held at least as closely as the record, by the same owner, and
    is open to the same named people and shut to the same conflicts of interest.
    """
    root = take((about or partnership).pk, may=lambda held: can(actor, Verb.CHANGE, held))
    level = max(sensitivity, root.level) if about else sensitivity
    record = open_record(
        actor,
        kind=RecordKind.DOCUMENT,
        title=title,
        partnership=root.partnership if about else partnership,
        opened=actor.on,
        owner=(owner or root.owner) if about else owner,
        sensitivity=level,
        listed=root.listed if about else True,
        words=note,
    )
    document = Document(record=record, about=about)
    document.save(force_insert=True)
    if about:
        open_as(root, record)
        _hold(actor, root, record)
    version = _kept(actor, document, 1, file, note)
    if link and now:
        use_link(actor, link=link, now=now)
    happened(actor, "document added", record, after=_told(version))
    return document


def _hold(actor: Actor, about: Record, record: Record) -> None:
    """What hangs on a record that is published as a whole is not published by itself."""
    if about.kind not in rules.PUBLISHED_WHOLE:
        return
    place_hold(
        process(actor.signature, actor.on), record=record, blocks=Verb.PUBLISH, on=actor.on,
        reason=f"It is a paper of {about.reference}, which is published from there alone.",
    )  # fmt: skip


def open_as(about: Record, record: Record) -> None:
    """Keep the document from whom its record is kept from; and where it is held as closely as a
    restricted record, name on it everybody who is named there, for as long. Whoever adds it is
    given nothing by that beyond what they have on the record itself."""
    recusals = list(Recusal.objects.filter(record=about))
    grants = list(Grant.objects.filter(record=about))
    for recusal in recusals:
        recusal.pk, recusal.record = None, record
    for grant in grants:
        grant.pk, grant.record = None, record
    Recusal.objects.bulk_create(recusals)
    if record.level == about.level > Sensitivity.PARTNERSHIP:
        _end_what_opening_gave(about, record)
        Grant.objects.bulk_create(grants)


def _end_what_opening_gave(about: Record, record: Record) -> None:
    """Of one owner with its record it opens to whom that opens; of another, whoever is named on
    both is named as long as there."""
    given = Grant.objects.filter(record=record)
    if record.owner_id != about.owner_id:
        named = Grant.objects.filter(record=about).values("grantee")
        given = given.filter(grantee__in=named)
    given.delete()


@looked_at_first
@operation
def replace(
    actor: Actor,
    *,
    document: Document,
    file: Upload,
    note: str,
    seen_version: int,
    link: UUID | None = None,
    now: datetime | None = None,
) -> Version:
    """Put a new version in the place of the one that was seen. Every sign-off is void by it.
    Where a hold keeps it for the page of another record, only what is done there replaces it.

    Raises `Stale` with both files' names and notes when somebody replaced it first.
    """
    record = take(
        document.pk,
        seen_version=seen_version,
        mine={"File": sniff.safe_name(file.name), "What changed": note},
        theirs=lambda: _stands(document),
        may=lambda held: can(actor, Verb.CHANGE, held) & rules.is_open(held.closed),
    )
    if actor.kind is not Kind.PROCESS:
        is_free(record, Verb.CHANGE).require()
    before = Version.objects.filter(document=document).order_by("-number")[0]
    if files.digest_of(file.data) == before.digest:
        raise Invalid(
            f"This is the same file as version {before.number}.",
            field="file",
            mend="Choose the changed file.",
        )
    if not note.strip():
        raise Invalid("Say what changed.", field="note", mend="One sentence is enough.")
    version = _kept(actor, document, before.number + 1, file, note)
    if link and now:
        use_link(actor, link=link, now=now)
    void_all(actor, record, f"Version {version.number} took the place of what was signed")
    happened(actor, "document replaced", record, before=_told(before), after=_told(version))
    return version


def _stands(document: Document) -> dict[str, str]:
    newest = Version.objects.filter(document=document).order_by("-number")[0]
    return {"File": newest.name, "What changed": newest.note}


def _kept(actor: Actor, document: Document, number: int, file: Upload, note: str) -> Version:
    """The bytes are safe on the disk before the row that names them is committed."""
    if file.seen is None:
        raise ValueError("A file is looked at before it is kept.")
    if len(note) > rules.LONGEST_NOTE:
        raise Invalid(
            "The note is too long.", field="note", mend=f"Use {rules.LONGEST_NOTE} or fewer."
        )
    return Version.objects.create(
        document=document,
        number=number,
        digest=files.put(Path(settings.MEDIA_ROOT), file.data),
        size=len(file.data),
        media_type=file.seen.media_type,
        name=sniff.safe_name(file.name),
        note=note.strip(),
        uploaded_by=actor.signature[:200],
        uploaded_on=actor.on,
    )


def _told(version: Version) -> dict[str, object]:
    """A version as an event tells of it."""
    return {
        "version": version.number,
        "sha256": version.digest,
        "bytes": version.size,
        "name": version.name,
    }

"""Publishing a version and withdrawing it."""

from __future__ import annotations

from concordat.domain.base.documents import rules
from concordat.domain.base.documents.models import Document, Publication, Version
from concordat.domain.base.documents.rules import PublishState
from concordat.domain.base.records.operations import happened, operation, take
from concordat.domain.base.records.queries import can, is_free
from concordat.domain.base.records.rules import Verb
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused


@operation
def publish(actor: Actor, *, document: Document, seen_version: int) -> Publication:
    """Serve the newest version, as the actor saw it, to the public in place of any earlier one."""
    record = take(
        document.pk,
        seen_version=seen_version,
        theirs=lambda: {"Version": _newest(document).in_words},
        may=lambda held: can(actor, Verb.PUBLISH, held) & rules.may_publish(held.level),
    )
    is_free(record, Verb.PUBLISH).require()
    newest, earlier = _newest(document), _open(document)
    if earlier and earlier.version_id == newest.pk:
        raise Refused(f"Version {newest.number} is published already.")
    if earlier:
        _close(actor, earlier, f"Version {newest.number} was published in its place")
    row = Publication.objects.create(
        document=document,
        version=newest,
        published_by=actor.signature[:200],
        published_on=actor.on,
    )
    happened(
        actor,
        "document published",
        record,
        before={"version": earlier.version.number} if earlier else {},
        after={"version": newest.number, "sha256": newest.digest},
    )
    return row


@operation
def withdraw(actor: Actor, *, document: Document, reason: str) -> Publication:
    """Serve a document to the public no more, with the reason."""
    record = take(document.pk, may=lambda held: can(actor, Verb.PUBLISH, held))
    if not reason.strip():
        raise Invalid("A reason is needed.", field="reason", mend="Say why in one sentence.")
    row = _open(document)
    state = PublishState.PUBLISHED if row else _state_without(document)
    rules.STATES.verdict(state, "withdraw").require()
    assert row is not None  # noqa: S101 - the table has just said so
    _close(actor, row, reason.strip())
    happened(
        actor,
        "publication withdrawn",
        record,
        reason=reason.strip(),
        before={"version": row.version.number},
    )
    return row


def _state_without(document: Document) -> PublishState:
    was = Publication.objects.filter(document=document).exists()
    return PublishState.WITHDRAWN if was else PublishState.NOT_PUBLISHED


def _newest(document: Document) -> Version:
    return Version.objects.filter(document=document).order_by("-number")[0]


def _open(document: Document) -> Publication | None:
    rows = Publication.objects.filter(document=document, withdrawn_on=None)
    return rows.select_related("version").first()


def _close(actor: Actor, row: Publication, reason: str) -> None:
    row.withdrawn_on, row.withdrawn_by = actor.on, actor.signature[:200]
    row.withdraw_reason = reason
    row.save(update_fields=["withdrawn_on", "withdrawn_by", "withdraw_reason"])

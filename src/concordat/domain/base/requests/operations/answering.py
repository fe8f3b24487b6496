"""What whoever is asked does: says that it came, answers with files, or refuses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.documents import operations as documents
from concordat.domain.base.documents.operations import Upload
from concordat.domain.base.documents.operations.uploading import looked_at_first
from concordat.domain.base.mail.operations import use_link
from concordat.domain.base.records.operations import happened, operation
from concordat.domain.base.requests import rules
from concordat.domain.base.requests.models import Answer, Request
from concordat.domain.base.requests.operations import taking
from concordat.kernel.actor import Actor, Kind, process
from concordat.kernel.errors import Invalid, Refused


@operation
def acknowledge(actor: Actor, *, request: Request, seen_version: int | None = None) -> Request:
    """Say that the request came, and who sees to it."""
    held = taking.taken(
        actor, request, "acknowledge", rules.may_acknowledge, seen_version=seen_version
    )
    taking.moved(held, "acknowledge")
    held.received_on, held.received_by = actor.on, actor.signature[:200]
    held.save()
    taking.tell(actor, held, "Receipt acknowledged")
    happened(actor, "request acknowledged", held.record)
    return held


@looked_at_first
@operation
def answer(
    actor: Actor,
    *,
    request: Request,
    answers: Mapping[str, str],
    words: str = "",
    file: Upload | None = None,
    link: UUID | None = None,
    now: datetime | None = None,
    seen_version: int | None = None,
) -> Request:
    """Answer, by question, with words of one's own and a file. A guest's link is then used up.

    Nothing reminds them any more; whoever asked checks whether it is enough.
    """
    held = taking.taken(
        actor, request, "answer", rules.may_answer, seen_version=seen_version,
        mine={"words": words.strip()},
    )  # fmt: skip
    told = rules.answers_of(held.asked, answers)
    if not held.asked and not words.strip() and file is None:
        raise Invalid("There is no answer yet.", field="words", mend="Write it, or choose a file.")
    taking.shut_late(actor, held)  # a file opens to whom the request opens
    if file is not None:
        documents.add(
            process(actor.signature, actor.on),
            partnership=held.partnership,
            title=f"Answer to {held.record.reference}",
            file=file,
            note=file.name[:200],
            about=held.record,
        )
    Answer.objects.create(
        request=held, answers=told, words=words.strip(), by=actor.signature[:200], on=actor.on
    )
    _done(actor, held, "answer", link, now)
    held.answered_on = actor.on
    held.save()
    taking.tell(actor, held, "Answered")
    why = f"{held.recipient} answered. It may be used for its purpose alone"
    taking.ask(actor, held, held.requester, Errand.APPROVE, why, None)
    happened(actor, "request answered", held.record, after={"questions": len(told)})
    return held


def _done(actor: Actor, held: Request, verb: str, link: UUID | None, now: datetime | None) -> None:
    """Nothing is owed by whoever is asked any more; a guest's link has done what it was for."""
    if actor.kind is Kind.GUEST:
        if link is None or now is None:
            raise Refused("A guest answers by the link that let them in.")
        use_link(actor, link=link, now=now)
    elif now is not None:
        taking.shut_link(actor, held, "It was answered otherwise.", now)
    taking.moved(held, verb)
    held.chase_on = None
    taking.clear(actor, held, held.stage_is.label, Errand.ANSWER, Errand.REVIEW)


@operation
def refuse(
    actor: Actor,
    *,
    request: Request,
    reason: str,
    link: UUID | None = None,
    now: datetime | None = None,
    seen_version: int | None = None,
) -> Request:
    """Say that one will not answer, with the reason. Whoever asked decides what follows."""
    held = taking.taken(
        actor, request, "refuse", rules.may_answer, seen_version=seen_version,
        mine={"reason": reason.strip()},
    )  # fmt: skip
    why = rules.needed("reason", reason, "Say why not.", "Which law or duty stands against it?")
    taking.shut_late(actor, held)
    _done(actor, held, "refuse", link, now)
    held.save()
    taking.tell(actor, held, "Refused", why)
    told = f"{held.recipient} refused. Answer the refusal, or ask no longer"
    taking.ask(actor, held, held.requester, Errand.REVIEW, told, actor.on)
    happened(actor, "request refused", held.record, reason=why)
    return held

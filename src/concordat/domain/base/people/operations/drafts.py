"""Keeping what somebody wrote on a page until they send it or throw it away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from concordat.domain.base.people import queries, rules
from concordat.domain.base.people.models import FormDraft
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import no_event, operation
from concordat.kernel.actor import Actor, Kind
from concordat.kernel.errors import Refused

NO_ACT = "what is not sent yet is nobody's act"


@operation
def keep_draft(
    actor: Actor,
    *,
    address: str,
    heading: str,
    answers: Mapping[str, Sequence[str]],
    about: Record | None,
    now: datetime,
) -> FormDraft:
    """Keep the answers of one page, over those that were kept of it before."""
    if actor.kind is not Kind.PERSON:
        raise Refused("Sign in to keep a draft.")
    no_event(NO_ACT)
    who = queries.drafter(actor)
    mine = FormDraft.objects.filter(**who)
    if mine.exclude(address=address).count() >= rules.MOST_DRAFTS:
        raise Refused(
            f"You have {rules.MOST_DRAFTS} drafts. Send or throw away one of them on My work first."
        )
    told = {
        "heading": heading[:300],
        "answers": {name: list(texts) for name, texts in answers.items()},
        "about": about,
        "kept_at": now,
    }
    return FormDraft.objects.update_or_create(address=address, defaults=told, **who)[0]


@operation
def drop_draft(actor: Actor, *, address: str) -> int:
    """Throw away what was kept of a page, once it is sent or no longer wanted."""
    no_event(NO_ACT)
    if actor.kind is not Kind.PERSON:
        return 0
    return FormDraft.objects.filter(**queries.drafter(actor), address=address).delete()[0]


@operation
def drop_old_drafts(actor: Actor, *, now: datetime) -> int:
    """Throw away what nobody came back to within four weeks: it was never sent."""
    no_event(NO_ACT)
    return FormDraft.objects.filter(kept_at__lt=now - rules.DRAFTS_LAST).delete()[0]

"""Writing a policy down: what it is, for whom, and its text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from concordat.domain.base.agencies.rules import free_key
from concordat.domain.base.documents import operations as documents
from concordat.domain.base.documents.models import Document
from concordat.domain.base.documents.operations import Upload
from concordat.domain.base.documents.operations.uploading import looked_at_first
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import happened, index, keep, operation
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.governance.policies import rules
from concordat.domain.governance.policies.models import ADDRESSED, KINDS, Policy
from concordat.domain.governance.policies.operations.owning import let_the_owner_work
from concordat.domain.governance.policies.operations.taking import taken
from concordat.domain.governance.policies.rules import State
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused


@operation
def set_down(
    actor: Actor,
    *,
    partnership: Record,
    kind: str,
    key: str,
    values: Mapping[str, Any],
    seen_version: int | None = None,
) -> Policy:
    """Set down or amend one policy under its key, with the words by which it is found."""
    model, noun = KINDS[kind]
    record_kind, title = ADDRESSED[kind]
    if len(str(values.get("summary", ""))) > rules.LONGEST_SUMMARY:
        raise Invalid(
            f"The summary is longer than {rules.LONGEST_SUMMARY:,} characters.",
            field="summary",
            mend="Say it in fewer words.",
        )
    row = keep(
        actor,
        model=model,
        partnership=partnership,
        key=key,
        values=values,
        noun=noun,
        kind=record_kind,
        title=str(values.get(title, ""))[:300],
        seen_version=seen_version,
    )
    if not isinstance(row, Policy):
        raise TypeError(f"{kind} is not kept as a policy.")
    index(actor, record=row.record, words=" ".join([row.type, row.summary, *row.audience]))
    let_the_owner_work(actor, row)
    return row


@operation
def draft(actor: Actor, *, partnership: Record, title: str, facts: Mapping[str, Any]) -> Policy:
    """Begin a policy. `facts` are fields of `Policy` that a partnership file may hold."""
    taken_keys = set(Policy.objects.filter(partnership=partnership).values_list("key", flat=True))
    return set_down(
        actor,
        partnership=partnership,
        kind="policies",
        key=free_key(title, taken_keys),
        values={"title": title.strip(), "state": State.PREPARED.value, **facts},
    )


@operation
def describe(
    actor: Actor, *, policy: Policy, facts: Mapping[str, Any], seen_version: int
) -> Policy:
    """Say anew what a policy is and for whom. Raises `Stale` with both if somebody came first."""
    can(actor, Verb.CHANGE, policy.record).require()
    return set_down(
        actor,
        partnership=policy.partnership,
        kind="policies",
        key=policy.key,
        values={"title": policy.title, **facts},
        seen_version=seen_version,
    )


@looked_at_first
@operation
def hang_text(actor: Actor, *, policy: Policy, file: Upload, note: str = "") -> Document:
    """Give a policy its text, which makes it a draft. A newer version replaces the document's."""
    record, held = taken(actor, policy, "write")
    if held.text:
        raise Refused("This policy has a text. Replace the file of its document.")
    text = documents.add(
        actor,
        partnership=held.partnership,
        title=held.title,
        file=file,
        note=note,
        about=record,
    )
    held.text = text
    held.state = State(rules.STATES.after(held.stage, "write")).value
    held.save(update_fields=["text", "state"])
    happened(actor, "policy text added", record, after={"document": text.record.reference})
    let_the_owner_work(actor, held)
    return text

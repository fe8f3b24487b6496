"""What the body that set an action does with it: accepts it or not, and lets it go."""

from __future__ import annotations

from datetime import date

from concordat.domain.base.actions import rules
from concordat.domain.base.actions.models import Action
from concordat.domain.base.actions.operations import holding, owing
from concordat.domain.base.actions.rules import Part, Told
from concordat.domain.base.records.operations import happened, operation
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import day_in_words
from concordat.kernel.verdict import Verdict


def _judges(part: Part, _action: Action) -> Verdict:
    return rules.may_judge(part)


def _ends(part: Part, _action: Action) -> Verdict:
    return rules.may_end(part)


@operation
def accept(
    actor: Actor, *, action: Action, note: str = "", seen_version: int | None = None
) -> Action:
    """Accept for the body that set it that what was done is adequate."""
    held = holding.taken(actor, action, "accept", _judges, seen_version=seen_version)
    holding.moved(held, "accept")
    _end(actor, held, note.strip())
    holding.tell(actor, held, Told.ACCEPTED, note.strip())
    owing.clear_all(actor, held, "Accepted as adequate")
    happened(actor, "action accepted", held.record, reason=note.strip())
    return held


@operation
def find_inadequate(
    actor: Actor,
    *,
    action: Action,
    reason: str,
    due: date,
    seen_version: int | None = None,
) -> Action:
    """Say why what was done is not enough. The action is open again, with a new day."""
    mine = {"reason": reason.strip(), "due": day_in_words(due)}
    held = holding.taken(
        actor, action, "find inadequate", _judges, seen_version=seen_version, mine=mine
    )
    why = rules.needed("reason", reason, "Say what is missing.")
    holding.require(rules.is_later(due, None, actor.on), "due")
    before = {"due": held.due, "done": held.done, "closed by": held.closed_by}
    holding.moved(held, "find inadequate")
    was = held.due
    holding.timed(held, due, None, actor.on)
    held.done, held.closed_on, held.closed_by, held.closer = "", None, "", None
    held.save()
    holding.tell(actor, held, Told.INADEQUATE, why, due=(was, due))
    owing.clear_judging(actor, held, "Found inadequate")
    owing.ask_owner(actor, held, due, f"Found inadequate: {why}")
    happened(
        actor,
        "action found inadequate",
        held.record,
        reason=why,
        before=before,
        after={"due": due},
    )
    return held


@operation
def withdraw(
    actor: Actor, *, action: Action, reason: str, seen_version: int | None = None
) -> Action:
    """Take an action back, with the reason."""
    mine = {"reason": reason.strip()}
    held = holding.taken(actor, action, "withdraw", _ends, seen_version=seen_version, mine=mine)
    why = rules.needed("reason", reason, "Say why it is withdrawn.")
    holding.moved(held, "withdraw")
    _end(actor, held, why)
    holding.tell(actor, held, Told.WITHDRAWN, why)
    owing.clear_all(actor, held, "Withdrawn")
    happened(actor, "action withdrawn", held.record, reason=why)
    return held


@operation
def supersede(
    actor: Actor, *, action: Action, by: Action, reason: str, seen_version: int | None = None
) -> Action:
    """Let another open action of the partnership take the place of this one."""
    mine = {"reason": reason.strip()}
    held = holding.taken(actor, action, "supersede", _ends, seen_version=seen_version, mine=mine)
    why = rules.needed("reason", reason, "Say why another takes its place.")
    other = holding.fresh(by)
    if other.pk == held.pk or other.partnership_id != held.partnership_id or other.rank:
        raise Invalid(
            "This cannot take its place.",
            field="by",
            mend="Choose another open action of the partnership.",
        )
    holding.moved(held, "supersede")
    held.superseded_by = other
    _end(actor, held, why)
    told = f"By {other.record.reference}. {why}"
    holding.tell(actor, held, Told.SUPERSEDED, told)
    owing.clear_all(actor, held, f"Superseded by {other.record.reference}")
    after = {"by": other.record.reference}
    happened(actor, "action superseded", held.record, reason=why, after=after)
    return held


def _end(actor: Actor, action: Action, reason: str) -> None:
    action.ended_on, action.ended_by = actor.on, actor.signature[:200]
    action.end_reason = reason
    action.save()

"""Giving an action to another owner, asking how it stands, and saying that one was told."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from concordat.domain.base.actions import rules
from concordat.domain.base.actions.models import Action
from concordat.domain.base.actions.operations import holding, linking, owing, owning
from concordat.domain.base.actions.operations.raising import of_one_partnership
from concordat.domain.base.actions.queries.access import Owner
from concordat.domain.base.actions.queries.one import to_be_read
from concordat.domain.base.actions.rules import Told
from concordat.domain.base.records.operations import happened, operation, take
from concordat.domain.base.records.operations.record import judged
from concordat.domain.base.records.rules import Verb
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused


@operation
def reassign(
    actor: Actor,
    *,
    action: Action,
    owner: Owner,
    reason: str,
    seen_version: int | None = None,
    door: str = "",
    now: datetime | None = None,
) -> Action:
    """Give an action to another owner, with the reason. Both are told by what they are asked."""
    held = holding.taken(
        actor,
        action,
        "reassign",
        lambda part, _: rules.may_reassign(part),
        seen_version=seen_version,
        mine={"owner": str(owner), "reason": reason.strip()},
    )
    why = rules.needed("reason", reason, "Say why it goes to another.")
    of_one_partnership(held.partnership, held.set_by, owner)
    if owner == held.owner:
        raise Invalid("This is its owner already.", field="owner", mend="Choose another.")
    before, former, grantee = held.owner_name, held.asked, held.owner_person or held.asked
    owing.clear_owner(actor, held, "Given to another")
    if grantee:
        owning.let_no_longer(actor, held, grantee.record)
    owning.own(actor, held, owner)
    held.save()
    owning.let_work(actor, held)
    after = held.owner_name
    holding.tell(actor, held, Told.REASSIGNED, why, owner=(before, after))
    if former and former != held.asked:
        owing.tell_of_handing(actor, held, former, after)
    if held.asked is None and door and now and linking.by_mail(held):
        linking.send(actor, held, door=door, now=now)
    else:
        owing.ask_owner(actor, held, held.due, f"It was given to you: {why}")
    happened(
        actor,
        "action reassigned",
        held.record,
        reason=why,
        before={"owner": before},
        after={"owner": after},
    )
    return held


@operation
def ask_for_update(
    actor: Actor, *, action: Action, due: date | None = None, seen_version: int | None = None
) -> Action:
    """Ask the owner how it stands, within five days unless a day is given."""
    held = holding.taken(
        actor, action, "update", lambda part, _: rules.may_ask(part), seen_version=seen_version
    )
    by = due or actor.on + timedelta(days=rules.DAYS_TO_ANSWER)
    if by < actor.on:
        raise Invalid("This day is over.", field="due", mend="Give a day that is still to come.")
    owing.ask_owner(actor, held, by, f"{actor.name} asks how it stands.")
    holding.tell(actor, held, Told.ASKED)
    happened(actor, "update of action asked for", held.record, after={"due": by})
    return held


@operation
def acknowledge(actor: Actor, *, action: Action) -> int:
    """Say that one has read to whom an action went; how many seats had been told."""
    take(action.pk, may=lambda held: judged(actor, Verb.SEE, held))
    held = holding.fresh(action)
    seats = to_be_read(actor, held)
    if not seats:
        raise Refused("There is nothing here that you were asked to read.")
    return owing.clear_reading(actor, held, seats)

"""Who owns a risk, and how they are let in to work on it."""

from __future__ import annotations

from datetime import timedelta

from concordat.domain.base.actions.operations.owning import grant
from concordat.domain.base.records.models import Grant, Record
from concordat.domain.base.records.operations import happened, operation, remember
from concordat.domain.base.records.rules import Level
from concordat.domain.base.seats.models import Post, Seat
from concordat.domain.governance.risks.models import Risk
from concordat.domain.governance.risks.operations import owing
from concordat.domain.governance.risks.operations.taking import taken
from concordat.domain.governance.risks.queries.who import owner_of, seat_asked
from concordat.domain.governance.risks.rules import life
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid
from concordat.kernel.sensitivity import Sensitivity

_REASON = "Owns this risk."
_MODELS: dict[str, type[Post] | type[Seat]] = {"posts": Post, "seats": Seat}


def check(partnership: Record, owner: str) -> None:
    """Raises `Invalid` for an owner that is no post or seat of the partnership."""
    if not owner:
        return
    kind, _, key = owner.partition(":")
    model = _MODELS.get(kind)
    if (
        model is None
        or not model._default_manager.filter(partnership=partnership, key=key).exists()
    ):
        raise Invalid(
            "This is no post or seat of the partnership.",
            field="owner",
            mend="Choose one from the list.",
        )


def let_work(actor: Actor, risk: Risk) -> None:
    """Let whoever owns it open it and work on it, however closely it is held."""
    if risk.owner and (seat := seat_asked(actor, risk)) and risk.record.level < Sensitivity.SEALED:
        grant(actor, risk.record, seat.record, Level.WORK, _REASON)


def _let_no_longer(actor: Actor, risk: Risk) -> None:
    rows = Grant.objects.filter(record=risk.record, reason=_REASON)
    rows.filter(from_day__gte=actor.on).delete()
    rows.filter(to_day=None).update(to_day=actor.on - timedelta(days=1))


@operation
def own(
    actor: Actor, *, risk: Risk, owner: str, reason: str, seen_version: int | None = None
) -> Risk:
    """Say which post or seat owns a risk, with the reason; whoever it is is told."""
    held = taken(
        actor, risk, "own", life.may_keep, seen_version=seen_version, mine={"owner": owner}
    )
    why = life.needed("reason", reason, "Say why it is theirs.")
    if not owner:
        raise Invalid("There is no owner.", field="owner", mend="Choose a post or a seat.")
    check(held.partnership, owner)
    if owner == held.owner:
        raise Invalid("This is its owner already.", field="owner", mend="Choose another.")
    before = owner_of(actor, held)
    _let_no_longer(actor, held)
    held.owner = owner
    remember(actor, row=held)
    held.save()
    let_work(actor, held)
    owing.clear_owner(actor, held, "Given to another")
    after = owner_of(actor, held)
    owing.ask_owner(actor, held, held.review_day, f"It was given to you: {why}")
    happened(
        actor,
        "risk given an owner",
        held.record,
        reason=why,
        before={"owner": before.name if before else ""},
        after={"owner": after.name if after else owner},
    )
    return held

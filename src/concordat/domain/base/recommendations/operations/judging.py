"""What the body that set a recommendation does with it: accepts it as adequate, closes, reopens."""

from __future__ import annotations

from datetime import date

from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.recommendations import rules
from concordat.domain.base.recommendations.models import Recommendation, Shown
from concordat.domain.base.recommendations.operations import holding, owing
from concordat.domain.base.recommendations.rules import VALUES, Effect, Measured, Told
from concordat.domain.base.records.operations import happened, operation
from concordat.kernel.actor import Actor
from concordat.kernel.labels import day_in_words


@operation
def accept_as_adequate(
    actor: Actor,
    *,
    recommendation: Recommendation,
    reason: str,
    measure_on: date | None = None,
    seen_version: int | None = None,
) -> Recommendation:
    """Accept for the body that set it that what was done is adequate. Its effect is measured on
    a day, or in three months."""
    held = holding.taken(
        actor, recommendation, "accept as adequate", rules.may_judge, seen_version=seen_version,
        mine={"reason": reason.strip()},
    )  # fmt: skip
    why = rules.needed("reason", reason, "Say why it is adequate.")
    holding.require(rules.is_to_come(measure_on, actor.on), "measure_on")
    holding.moved(held, "accept as adequate")
    held.measure_on = held.ask_on = rules.measure_on(measure_on or held.measure_on, actor.on)
    held.save()
    after = f"Its effect is measured on {day_in_words(held.measure_on)}"
    holding.tell(actor, held, Told.ADEQUATE, why, after=after)
    owing.clear(actor, held, "Accepted as adequate", Errand.APPROVE)
    happened(actor, "recommendation accepted as adequate", held.record, reason=why)
    return held


@operation
def find_inadequate(
    actor: Actor,
    *,
    recommendation: Recommendation,
    reason: str,
    due: date,
    seen_version: int | None = None,
) -> Recommendation:
    """Say that what was done is not enough, with what is missing and a new day."""
    held = holding.taken(
        actor, recommendation, "find inadequate", rules.may_judge, seen_version=seen_version,
        mine={"reason": reason.strip()},
    )  # fmt: skip
    why = rules.needed("reason", reason, "Say what is missing.")
    holding.require(rules.is_to_come(due, actor.on), "due")
    holding.moved(held, "find inadequate")
    was = held.due
    _owed_again(actor, held, due)
    before = holding.said(was) or "no day"
    holding.tell(actor, held, Told.INADEQUATE, why, before=before, after=day_in_words(due))
    owing.clear(actor, held, "Found inadequate", Errand.APPROVE)
    owing.ask_owner(actor, held, why)
    happened(
        actor, "recommendation found inadequate", held.record, reason=why, before={"due": was},
        after={"due": due},
    )  # fmt: skip
    return held


def _due(held: Recommendation) -> str:
    return f"due on {holding.said(held.due)}" if held.due else "no day"


def _owed_again(actor: Actor, held: Recommendation, due: date | None) -> None:
    """Without a new day the one that it has stands, unless it is over."""
    held.done, held.done_by, held.done_on, held.doer = "", "", None, None
    over = held.due_day is not None and held.due_day < actor.on
    if due or over:
        held.due = due.isoformat() if due else ""
    held.ask_on = rules.ask_on(due or (None if over else held.due_day), actor.on)
    held.save()


@operation
def close(
    actor: Actor,
    *,
    recommendation: Recommendation,
    effect: Effect,
    why: str,
    seen_version: int | None = None,
) -> Recommendation:
    """Close it with what it changed, as measured before and after, or why that cannot be told."""
    held = holding.taken(
        actor, recommendation, "close", rules.may_judge, seen_version=seen_version,
        mine={"why": why.strip()},
    )  # fmt: skip
    rows = Shown.objects.filter(recommendation=held, kind__in=VALUES).order_by("on", "pk")
    values = [Measured(row.kind, row.on, row.unit) for row in rows]
    allowed = rules.may_be_closed(Effect(effect), why, values, held.done_on)
    holding.require(allowed, "why" if not why.strip() else "effect")
    holding.moved(held, "close")
    held.effect, held.effect_why, held.ask_on = effect, why.strip(), None
    held.save()
    holding.tell(actor, held, Told.CLOSED, held.effect_why, after=Effect(effect).label)
    owing.clear_all(actor, held, "Closed")
    happened(
        actor, "recommendation closed", held.record, reason=held.effect_why,
        after={"effect": effect},
    )  # fmt: skip
    return held


@operation
def reopen(
    actor: Actor,
    *,
    recommendation: Recommendation,
    reason: str,
    due: date | None = None,
    seen_version: int | None = None,
) -> Recommendation:
    """Open it again: practice slipped back, or what was done did not hold."""
    held = holding.taken(
        actor, recommendation, "reopen", rules.may_decide, seen_version=seen_version,
        mine={"reason": reason.strip()},
    )  # fmt: skip
    why = rules.needed("reason", reason, "Say why it is open again.")
    holding.require(rules.is_to_come(due, actor.on), "due")
    state, was, before = held.stage_is.label, held.due, f"{held.stage_is.label}, {_due(held)}"
    holding.moved(held, "reopen")
    held.reopened += 1
    held.effect, held.effect_why = "", ""
    _owed_again(actor, held, due)
    after = f"{held.stage_is.label}, {_due(held)}"
    holding.tell(actor, held, Told.REOPENED, why, before=before, after=after)
    owing.clear_all(actor, held, "Reopened")
    owing.ask_owner(actor, held, why)
    happened(
        actor, "recommendation reopened", held.record, reason=why,
        before={"state": state, "due": was}, after={"due": held.due},
    )  # fmt: skip
    return held

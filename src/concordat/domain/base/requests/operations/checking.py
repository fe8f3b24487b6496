"""What whoever asked does with an answer: finds it enough or not, and records each use of it."""

from __future__ import annotations

from datetime import date, datetime

from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.records.operations import happened, operation
from concordat.domain.base.requests import rules
from concordat.domain.base.requests.models import Answer, Request, Use
from concordat.domain.base.requests.operations import taking
from concordat.domain.base.requests.operations.asking import sent_anew
from concordat.domain.base.requests.rules import Stage
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Refused
from concordat.kernel.labels import day_in_words


@operation
def accept(actor: Actor, *, request: Request, why: str, seen_version: int | None = None) -> Request:
    """Find an answer adequate, with why."""
    held = taking.taken(
        actor, request, "accept", rules.may_ask, seen_version=seen_version,
        mine={"why": why.strip()},
    )  # fmt: skip
    told = rules.needed("why", why, "Say why it is enough.")
    _judge(actor, held, adequate=True, why=told)
    taking.moved(held, "accept")
    held.ended_on = actor.on
    held.save()
    taking.tell(actor, held, "Found adequate", told)
    taking.clear(actor, held, "Adequate", Errand.APPROVE)
    happened(actor, "answer found adequate", held.record, reason=told)
    return held


@operation
def send_back(
    actor: Actor,
    *,
    request: Request,
    missing: str,
    due: date,
    door: str = "",
    now: datetime | None = None,
    seen_version: int | None = None,
) -> Request:
    """Come back to them with what is missing and a new day. The first answer stays on file."""
    held = taking.taken(
        actor, request, "send back", rules.may_ask, seen_version=seen_version,
        mine={"missing": missing.strip()},
    )  # fmt: skip
    told = rules.needed("missing", missing, "Say what is missing.")
    taking.require(rules.is_due(due, actor.on), "due")
    _judge(actor, held, adequate=False, why=told)
    taking.moved(held, "send back")
    held.due = due
    sent_anew(actor, held, door, now)
    held.save()
    taking.tell(actor, held, "More is asked for", f"{told} Due on {day_in_words(due)}")
    taking.clear(actor, held, "More is asked for", Errand.APPROVE)
    happened(actor, "answer sent back", held.record, reason=told, after={"due": due})
    return held


def _judge(actor: Actor, held: Request, *, adequate: bool, why: str) -> None:
    row = Answer.objects.filter(request=held).order_by("-pk").first()
    if row is None:
        raise Refused("There is no answer to be judged.")
    row.adequate, row.judged_why = adequate, why
    row.judged_by, row.judged_on = actor.signature[:200], actor.on
    row.save()


@operation
def use(
    actor: Actor, *, request: Request, what: str, within: str, seen_version: int | None = None
) -> Use:
    """Record one use of what was answered, and why that is within the purpose that was named: it
    may be used for no other (INF-16H)."""
    held = taking.taken(
        actor, request, "", rules.may_ask, seen_version=seen_version, mine={"what": what.strip()}
    )
    if held.stage_is not in (Stage.ANSWERED, Stage.ADEQUATE):
        raise Refused("There is no answer that could be used.")
    told = rules.needed("what", what, "Say what it is used for.")
    why = rules.needed("within", within, "Say why that is within the purpose that was named.")
    row = Use.objects.create(
        request=held, what=told[:300], within=why, by=actor.signature[:200], on=actor.on
    )
    taking.tell(actor, held, "Used", f"{told}: {why}")
    happened(actor, "answer used", held.record, reason=why, after={"for": told})
    return row

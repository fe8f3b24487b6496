"""A promise that is kept, renewed to another day, or released."""

from __future__ import annotations

from concordat.domain.base.asks.operations import clear_asks
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import happened, operation, take
from concordat.domain.base.records.queries import is_free
from concordat.domain.governance.arrangements import queries
from concordat.domain.governance.arrangements.models import Promise
from concordat.domain.governance.arrangements.rules import text as rules
from concordat.kernel.actor import Actor
from concordat.kernel.dates import UncertainDate
from concordat.kernel.errors import Invalid

State = rules.PromiseState


@operation
def keep_promise(
    actor: Actor, *, promise: Promise, outcome: str, seen_version: int | None = None
) -> Promise:
    """Record that a promise was kept, and how that shows."""
    held, row = _hold(actor, promise, "keep", outcome, seen_version)
    _say(outcome, "outcome", "Say how it was kept.")
    return _settle(actor, held, row, State.KEPT, outcome.strip())


@operation
def release_promise(
    actor: Actor, *, promise: Promise, reason: str, seen_version: int | None = None
) -> Promise:
    """Release the partnership from a promise, for a reason. Only who runs the record may."""
    held, row = _hold(actor, promise, "release", reason, seen_version)
    _say(reason, "reason", "Say why.")
    return _settle(actor, held, row, State.RELEASED, reason.strip())


@operation
def renew_promise(
    actor: Actor,
    *,
    promise: Promise,
    latest: UncertainDate,
    reason: str,
    seen_version: int | None = None,
) -> Promise:
    """Give a promise a day, or another one, by which it is kept or looked at again.

    A day that was worked out from how long a promise lasts becomes its day by this alone: a
    person confirms it, with the reason.
    """
    held, row = _hold(actor, promise, "renew", reason, seen_version, str(latest))
    _say(reason, "reason", "Say why this day.")
    if latest.latest is None or latest.doubtful:
        raise Invalid("This day is not certain.", field="latest", mend="Give a day or a month.")
    if latest.latest < actor.on:
        raise Invalid("This day is over.", field="latest", mend="Give a day to come.")
    before, row.latest = row.latest, latest.iso()
    row.save()
    clear_asks(actor, record=held, errand=Errand.KEEP, outcome=f"Renewed to {latest}")
    happened(
        actor,
        "promise renewed",
        held,
        reason=reason.strip(),
        before={"latest": before},
        after={"latest": row.latest},
    )
    return row


def _hold(
    actor: Actor, promise: Promise, verb: str, said: str, seen: int | None, day: str = ""
) -> tuple[Record, Promise]:
    held = take(
        promise.record_id,
        seen_version=seen,
        mine={"reason": said} | ({"latest": day} if day else {}),
        theirs=lambda: _stands(promise),
        may=lambda record: queries.may_answer_for(actor, promise, verb),
    )
    row = Promise.objects.select_related("record", "owner").get(pk=promise.pk)
    rules.PROMISES.verdict(State(row.state) if row.state else State.STANDS, verb).require()
    is_free(held, verb).require()
    return held, row


def _stands(promise: Promise) -> dict[str, str]:
    now = Promise.objects.get(pk=promise.pk)
    return {"reason": now.outcome, "latest": now.latest}


def _say(text: str, field: str, mend: str) -> None:
    if not text.strip():
        raise Invalid("Words are needed.", field=field, mend=mend)


def _settle(actor: Actor, held: Record, row: Promise, state: State, outcome: str) -> Promise:
    row.state, row.settled_on, row.outcome = state.value, actor.on.isoformat(), outcome
    row.save()
    clear_asks(actor, record=held, errand=Errand.KEEP, outcome=f"The promise is {state}")
    happened(actor, f"promise {state}", held, reason=outcome, after={"state": state.value})
    return row

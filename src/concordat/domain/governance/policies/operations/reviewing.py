"""Looking at a policy again, ending a trial, and asking for both ahead of time."""

from __future__ import annotations

from datetime import date

from concordat.domain.base.asks.models import Ask
from concordat.domain.base.asks.operations import clear_asks, raise_ask
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.records.operations import happened, no_event, operation
from concordat.domain.base.seats.models import Body, Post, Seat
from concordat.domain.base.seats.queries import who_answers
from concordat.domain.governance.policies import rules
from concordat.domain.governance.policies.models import Policy
from concordat.domain.governance.policies.operations.taking import reasoned, taken, valid
from concordat.domain.governance.policies.rules import State
from concordat.kernel.actor import Actor
from concordat.kernel.dates import UncertainDate
from concordat.kernel.errors import Refused

REVIEW = "Review it"
ADOPT = "Decide what becomes of the prototype"


@operation
def review(
    actor: Actor,
    *,
    policy: Policy,
    review_on: date,
    reason: str,
    seen_version: int | None = None,
) -> Policy:
    """It was looked at and is kept as it is, until another day, with what was found."""
    record, held = taken(actor, policy, "review", seen_version=seen_version)
    told = reasoned(reason)
    valid(rules.is_next_review(review_on, actor.on), "review_on")
    before, held.review_on = held.review_on, review_on.isoformat()
    held.save(update_fields=["review_on"])
    clear_asks(actor, record=record, errand=Errand.REVIEW, what=REVIEW, outcome="Reviewed")
    happened(
        actor,
        "policy reviewed",
        record,
        reason=told,
        before={"review_on": before},
        after={"review_on": held.review_on},
    )
    return held


@operation
def adopt(actor: Actor, *, policy: Policy, reason: str, seen_version: int | None = None) -> Policy:
    """A prototype has stood its test and becomes business as usual, with what the test showed."""
    record, held = taken(actor, policy, "adopt", seen_version=seen_version)
    told = reasoned(reason)
    if not rules.is_on_trial(held.trial_day):
        raise Refused("This policy is not under test.")
    before, held.trial_until = held.trial_until, ""
    held.save(update_fields=["trial_until"])
    clear_asks(actor, record=record, errand=Errand.REVIEW, what=ADOPT, outcome="Adopted")
    happened(actor, "prototype adopted", record, reason=told, before={"trial_until": before})
    return held


@operation
def ask_for_reviews(actor: Actor) -> int:
    """Ask each owner for what is to be reviewed or decided soon; how many were asked.

    Safe to run twice: what was asked for the same day is not asked again, answered or not.
    """
    asked = 0
    rows = Policy.objects.filter(state=State.IN_FORCE.value).exclude(review_on="", trial_until="")
    for policy in rows.select_related("record", "partnership"):
        if rules.asks_for_review(policy.review_day, actor.on):
            asked += _ask(actor, policy, REVIEW, policy.review_day)
        if rules.asks_for_adoption(policy.trial_day, actor.on):
            asked += _ask(actor, policy, ADOPT, policy.trial_day)
    if not asked:
        no_event("no policy is due for review")
    return asked


def _ask(actor: Actor, policy: Policy, what: str, day: UncertainDate | None) -> int:
    due = day.latest if day else None
    earlier = Ask.objects.filter(record=policy.record, errand=Errand.REVIEW, what=what, due=due)
    seat = None if earlier.exists() else owners_seat(actor, policy)
    if seat is None:
        return 0
    raise_ask(
        actor,
        record=policy.record,
        seat=seat,
        errand=Errand.REVIEW,
        what=what,
        why="You own this policy" if policy.owner else "Nobody owns this policy yet",
        due=due,
    )
    return 1


def owners_seat(actor: Actor, policy: Policy) -> Seat | None:
    """The seat that is asked for the body or post that owns a policy."""
    kind, _, key = policy.owner.partition(":")
    found: dict[str, type[Body] | type[Post]] = {"bodies": Body, "posts": Post}
    model = found.get(kind)
    row = None
    if model:
        row = model._default_manager.filter(partnership=policy.partnership, key=key).first()
    return who_answers(
        actor,
        policy.partnership,
        post=row if isinstance(row, Post) else None,
        body=row if isinstance(row, Body) else None,
    )

"""A policy as it stands once its record is taken, and what every move of it needs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from concordat.domain.base.documents import rules as papers
from concordat.domain.base.documents.models import Version
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import take
from concordat.domain.base.records.queries import can, is_free
from concordat.domain.base.records.rules import Verb
from concordat.domain.governance.policies import rules
from concordat.domain.governance.policies.models import Approval, Policy
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.verdict import Verdict

May = Callable[[Record], Verdict]


def taken(
    actor: Actor,
    policy: Policy,
    move: str,
    *,
    seen_version: int | None = None,
    may: May | None = None,
) -> tuple[Record, Policy]:
    """The policy, locked, by somebody who may do this with it, while nothing stops the move.

    Raises `Stale` when it is not as the actor saw it.
    """

    def judge(held: Record) -> Verdict:
        return may(held) if may else can(actor, Verb.CHANGE, held)

    record = take(
        policy.pk,
        seen_version=seen_version,
        theirs=lambda: {"State": again(policy).stage.label},
        may=lambda held: judge(held) & papers.is_open(held.closed),
    )
    held = again(policy)
    rules.may_move(held.state, move).require()
    is_free(record, move).require()
    return record, held


def again(policy: Policy) -> Policy:
    rows = Policy.objects.select_related("record", "partnership", "text__record", "approved_by")
    return rows.get(pk=policy.pk)


def newest(policy: Policy) -> Version:
    """The newest version of its text. Refused while it has none."""
    if policy.text is None:
        raise Refused("This policy has no text yet. Add its text first.")
    return Version.objects.filter(document=policy.text).order_by("-number")[0]


def running(policy: Policy, on: date) -> Approval | None:
    """The approval whose version is in force on a day."""
    rows = Approval.objects.filter(policy=policy, from_day__lte=on).select_related("version")
    return next((each for each in rows if each.to_day is None or each.to_day >= on), None)


def reasoned(reason: str) -> str:
    if not (told := rules.is_reason(reason)):
        raise Invalid(str(told), field="reason")
    return reason.strip()


def valid(told: Verdict, field: str) -> None:
    """Raise `Invalid` beside the field unless the answer is yes."""
    if not told:
        raise Invalid(str(told), field=field)

"""What the group does with a referral: takes it on, returns it, and says what is learnt."""

from __future__ import annotations

from datetime import datetime

from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.records.operations import happened, operation
from concordat.domain.practice.reviews.models import LearningReferral
from concordat.domain.practice.reviews.operations import referrals_taking as taking
from concordat.domain.practice.reviews.operations.referrals import back, taken, turn
from concordat.domain.practice.reviews.operations.referrals_taking import IT
from concordat.domain.practice.reviews.rules import referrals as rules
from concordat.kernel.actor import Actor


@operation
def take_on(
    actor: Actor, *, referral: LearningReferral, why: str, seen_version: int | None = None
) -> LearningReferral:
    """Put it on the group's caseload, with what the group wants to learn from it."""
    held = taken(
        actor, referral, "take on", rules.may_work_on, seen_version=seen_version,
        mine={"taken_why": why},
    )  # fmt: skip
    told = rules.said("why", why, "Say what the group wants to learn from it.")
    held.taken_why, held.taken_by, held.taken_on = told, actor.signature[:200], actor.on
    held.save()
    taking.clear(actor, held.record, "On the caseload", Errand.REVIEW)
    turn(actor, held, "Taken on by the group", told)
    happened(actor, "referral taken on", held.record, reason=told)
    return held


@operation
def send_back(
    actor: Actor, *, referral: LearningReferral, reason: str, door: str = "",
    now: datetime | None = None, seen_version: int | None = None,
) -> LearningReferral:  # fmt: skip
    """Return it with the reason. Whoever refers may change it and refer it again; a guest is
    told by a link."""
    held = taken(
        actor, referral, "return", rules.may_work_on, seen_version=seen_version,
        mine={"reason": reason},
    )  # fmt: skip
    why = rules.said("reason", reason, "Say why it is returned.")
    held.save()
    taking.clear(actor, held.record, "Returned", Errand.REVIEW)
    turn(actor, held, "Returned by the group", why)
    back(actor, held, "The group returned it")
    taking.tell_guest(actor, held, rules.Outcome.RETURNED, door, now)
    happened(actor, "referral returned", held.record, reason=why)
    return held


@operation
def learn(
    actor: Actor, *, referral: LearningReferral, learnt: str, told_to: str, door: str = "",
    now: datetime | None = None, seen_version: int | None = None,
) -> LearningReferral:  # fmt: skip
    """Say what was learnt and who was told. Whoever referred it reads it; a guest by a link."""
    held = taken(
        actor, referral, "learn", rules.may_work_on, seen_version=seen_version,
        mine={"learnt": learnt, "told_to": told_to},
    )  # fmt: skip
    held.learnt = rules.said("learnt", learnt, "Say what was learnt.")
    held.told_to = rules.said("told_to", told_to, "Say who was told.")
    held.learnt_on = actor.on
    held.save()
    if held.seat:
        why = "The group says what it learnt from what you referred"
        taking.ask(actor, held.record, [held.seat], Errand.READ, IT, why)
    taking.tell_guest(actor, held, rules.Outcome.LEARNT, door, now)
    turn(actor, held, "Learnt from", held.learnt)
    happened(actor, "referral learnt from", held.record, after={"told": held.told_to})
    return held

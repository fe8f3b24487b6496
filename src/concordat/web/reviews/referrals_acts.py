"""What may be done with a referral."""

from __future__ import annotations

from typing import Any

from concordat.domain.base.seats.queries import Seat
from concordat.domain.practice.reviews.operations import referrals as operations
from concordat.domain.practice.reviews.operations import referrals_learning as learning
from concordat.domain.practice.reviews.operations.referrals import Told
from concordat.domain.practice.reviews.queries import LearningReferral
from concordat.domain.practice.reviews.queries import referrals as queries
from concordat.domain.practice.reviews.rules import REFERRAL_STATES
from concordat.domain.practice.reviews.rules import referrals as rules
from concordat.kernel.actor import Actor
from concordat.web.reviews.learning_acts import Act, Of
from concordat.web.reviews.referrals_forms import (
    AgainForm,
    AgreeForm,
    LearnForm,
    SecondForm,
    TakeForm,
    TellForm,
)
from concordat.web.ui.forms import ReasonForm
from concordat.web.ui.parts import Fact

_TOLD = ("kind", "harm", "happened", "setting", "what", "why", "lesson")


def told_of(told: dict[str, Any]) -> Told:
    return Told(**{name: told.pop(name) for name in _TOLD})


def choices_of(seats: list[Seat]) -> list[tuple[str, str]]:
    """Seats by the agency that they speak for."""
    return [
        (s.record.reference, f"{s.role}, {s.agency.name}" if s.agency else s.role) for s in seats
    ]


def seat_of(seats: list[Seat], reference: str) -> Seat | None:
    return next((seat for seat in seats if seat.record.reference == reference), None)


def _seconds(actor: Actor, row: LearningReferral) -> list[Seat]:
    return queries.seconds(actor, row.partnership, row)


def _offers_seconds(actor: Actor, row: LearningReferral) -> dict[str, Any]:
    return {"choices": {"second": choices_of(_seconds(actor, row))}}


def _offers_all(actor: Actor, row: LearningReferral) -> dict[str, Any]:
    kept = {name: getattr(row, name) for name in _TOLD if name != "harm"}
    if row.second:
        kept["second"] = row.second.record.reference
    return {**_offers_seconds(actor, row), "initial": kept}


def _reads_second(actor: Actor, row: LearningReferral, told: dict[str, Any]) -> dict[str, Any]:
    return {"second": seat_of(_seconds(actor, row), told["second"])}


def _reads_again(actor: Actor, row: LearningReferral, told: dict[str, Any]) -> dict[str, Any]:
    return {"told": told_of(told), **_reads_second(actor, row, told)}


def _reads_told(_actor: Actor, _row: LearningReferral, told: dict[str, Any]) -> dict[str, Any]:
    return {"told": told_of(told)}


ACTS = (
    Act(
        "tell", "tell", rules.may_tell_referral, TellForm, operations.tell, "Tell it",
        "Refer it", "It is referred. Somebody of another agency is asked whether they agree.",
        "It is about what nearly went wrong, or went well. No child is at its centre.",
        "link", True, reads=_reads_told,
    ),
    Act(
        "agree", "agree", rules.may_second, AgreeForm, operations.agree, "Agree to it",
        "Agree", "Agreed. It is before the group.",
        "You say that others can learn from this. It then goes to the group.",
    ),
    Act(
        "differ", "differ", rules.may_second, ReasonForm, operations.differ, "Not agree",
        "Say that I do not agree", "Whoever refers it knows that you do not agree, and why.",
        wants="door",
    ),
    Act(
        "take", "take on", rules.may_work_on, TakeForm, learning.take_on, "Take it on",
        "Take it on", "It is on the caseload.",
    ),
    Act(
        "return", "return", rules.may_work_on, ReasonForm, learning.send_back, "Return it",
        "Return it", "It is returned, with the reason.", wants="door",
    ),
    Act(
        "learn", "learn", rules.may_work_on, LearnForm, learning.learn, "Say what is learnt",
        "Record what is learnt", "It is on record. Whoever referred it is told.",
        wants="door",
    ),
    Act(
        "again", "refer again", rules.may_handle, AgainForm, operations.refer_again,
        "Refer it again", "Refer it again", "It is referred again.",
        offers=_offers_all, reads=_reads_again,
    ),
    Act(
        "second", "name", rules.may_name, SecondForm, operations.name_second,
        "Ask a second person", "Ask them", "They are asked whether they agree.",
        offers=_offers_seconds, reads=_reads_second,
    ),
    Act(
        "withdraw", "withdraw", rules.may_handle, ReasonForm, operations.withdraw, "Withdraw it",
        "Withdraw the referral", "It is withdrawn.", wants="now",
    ),
)  # fmt: skip


def _about(row: LearningReferral) -> list[Fact]:
    facts = [Fact("Referral", row.record.reference), Fact("Referred by", row.referrer)]
    return [*facts, Fact("What happened", row.what)] if row.what else facts


OF = Of(
    "referral", queries.referral, queries.part_in, REFERRAL_STATES, lambda row: row.stage_is, _about
)

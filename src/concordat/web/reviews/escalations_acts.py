"""What may be done with a disagreement."""

from __future__ import annotations

from typing import Any

from concordat.domain.base.seats.queries import Seat
from concordat.domain.practice.reviews.operations import escalations as operations
from concordat.domain.practice.reviews.queries import Escalation
from concordat.domain.practice.reviews.queries import escalations as queries
from concordat.domain.practice.reviews.rules import ESCALATION_STATES
from concordat.domain.practice.reviews.rules import escalations as rules
from concordat.domain.practice.reviews.rules.escalations import EscalationOutcome
from concordat.kernel.actor import Actor
from concordat.web.reviews.escalations_forms import AddForm, FurtherForm, SettleForm
from concordat.web.reviews.learning_acts import Act, Of
from concordat.web.reviews.referrals_acts import choices_of, seat_of
from concordat.web.ui.forms import ReasonForm
from concordat.web.ui.parts import Fact


def _people(actor: Actor, row: Escalation) -> tuple[list[Seat], list[Seat]]:
    """Who may speak for the agency that raised it, and for the other."""
    seats = queries.people_of(actor, row.partnership)
    ours = [seat for seat in seats if seat.agency_id == row.agency_id]
    return ours, [seat for seat in seats if seat.agency_id == row.other_id]


def _offers(actor: Actor, row: Escalation) -> dict[str, Any]:
    ours, theirs = _people(actor, row)
    return {"choices": {"ours": choices_of(ours), "theirs": choices_of(theirs)}}


def _reads(actor: Actor, row: Escalation, told: dict[str, Any]) -> dict[str, Any]:
    ours, theirs = _people(actor, row)
    return told | {"ours": seat_of(ours, told["ours"]), "theirs": seat_of(theirs, told["theirs"])}


def _settled(_actor: Actor, _row: Escalation, told: dict[str, Any]) -> dict[str, Any]:
    return told | {"outcome": EscalationOutcome(told["outcome"])}


ACTS = (
    Act(
        "add", "add to", rules.may_take_part, AddForm, operations.add_to, "Add what was said",
        "Add it", "It is on record.",
    ),
    Act(
        "settle", "settle", rules.may_settle, SettleForm, operations.settle, "Settle it",
        "Record the outcome", "It is settled.", reads=_settled,
    ),
    Act(
        "further", "take further", rules.may_take_further, FurtherForm, operations.take_further,
        "Take it further", "Take it to the next stage", "It is at the next stage.",
        "Those who speak for both agencies at the next stage are asked.",
        offers=_offers, reads=_reads,
    ),
    Act(
        "withdraw", "withdraw", rules.may_take_back, ReasonForm, operations.withdraw,
        "Withdraw it", "Withdraw it", "It is withdrawn.",
    ),
)  # fmt: skip


def _about(row: Escalation) -> list[Fact]:
    return [
        Fact("Disagreement", row.record.reference),
        Fact("Stage", f"{rules.stage_in_words(row.number, len(row.policy))}: {row.stage.name}"),
        Fact("About", row.about),
    ]


OF = Of(
    "escalation",
    queries.escalation,
    queries.part_in,
    ESCALATION_STATES,
    lambda row: row.state_is,
    _about,
)

"""A policy as its pages show it: where it stands, what comes next, and who may do that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from concordat.domain.base.documents import queries as documents
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.governance.policies import queries
from concordat.domain.governance.policies.queries import Approval, Line, Policy
from concordat.domain.governance.policies.rules import Review, Standing, State, in_words, may_now
from concordat.kernel.actor import Actor
from concordat.kernel.labels import count, join_words
from concordat.kernel.sensitivity import Sensitivity
from concordat.web.ui.addresses import address_of
from concordat.web.ui.parts import Fact, Link, Step


class Request(HttpRequest):
    """A request as the middleware leaves it."""

    actor: Actor


# The state word whose tone each state of a policy has.
TONES = {
    State.PREPARED: "Draft",
    State.DRAFT: "Draft",
    State.CONSULTED: "Open",
    State.PUT_FORWARD: "Waiting",
    State.AGREED: "Accepted",
    State.IN_FORCE: "Done",
    State.SUPERSEDED: "Closed",
    State.WITHDRAWN: "Withdrawn",
}
REVIEWS = {Review.DUE: "Due soon", Review.PAST: "Overdue"}


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that this actor may do next."""

    text: str
    href: str


_ACTS = (
    ("Send it out for comment", "consult", "consult on"),
    ("Put it to a body", "put_forward", "put forward"),
    ("Send it back to be changed", "send_back", "send back"),
    ("Bring it into force", "begin", "bring into force"),
)


def sentence(told: Mapping[str, int]) -> str:
    """The counts of a list in words, the ones that need somebody last."""
    total = sum(told[state.value] for state in State)
    if not total:
        return "No policy is kept here yet."
    parts = [
        f"{told[state.value]} {words}"
        for state, words in (
            (State.IN_FORCE, "in force"),
            (State.AGREED, "approved"),
            (State.PUT_FORWARD, "waiting for approval"),
            (State.CONSULTED, "out for comment"),
            (State.DRAFT, "in draft"),
            (State.PREPARED, "in preparation"),
        )
        if told[state.value]
    ]
    total_words = count(total, "policy", "policies")
    first = f"{total_words}: {join_words(parts)}." if parts else f"{total_words}, none in force."
    late = [
        f"{told[name]} {words}"
        for name, words in (
            (Review.PAST.value, "past the review date"),
            (Review.DUE.value, "due for review soon"),
            ("under test", "under test"),
        )
        if told[name]
    ]
    return f"{first} {join_words(late)}." if late else first


def line(row: Line) -> dict[str, Any]:
    stands = row.stands
    return {
        "row": row.policy,
        "href": address_of("policy", row.policy.record.reference),
        "tone": TONES[stands.state],
        "words": stands.state.label,
        "stands": row.in_words,
        "review": REVIEWS.get(stands.review, "") if stands.state is State.IN_FORCE else "",
        "review_words": stands.review.value.capitalize(),
    }


def whole(actor: Actor, found: Policy) -> dict[str, Any]:
    """Everything that a policy's page shows to this actor."""
    stands = queries.standing(actor, found)
    may_change = bool(can(actor, Verb.CHANGE, found.record)) and found.record.closed is None
    text = found.text
    return {
        "policy": found,
        "record": found.record,
        "restricted": mark(found),
        "stands": stands,
        "in_words": in_words(stands),
        "tone": TONES[stands.state],
        "review": REVIEWS.get(stands.review, "") if stands.state is State.IN_FORCE else "",
        "owner": queries.owner_of(actor, found),
        "links": links(found),
        "latest": documents.latest(actor, text) if text else None,
        "readable": documents.readable(actor, text) if text else None,
        "round": documents.open_round(actor, text) if text else None,
        "steps": steps(stands),
        "approvals": [approved(actor, row) for row in queries.approvals(actor, found)],
        "agencies": list(queries.acknowledgements(actor, found)),
        "mine": queries.my_acknowledgements(actor, found),
        "served": documents.publication(actor, text) if text else None,
        "may_change": may_change,
        "may_approve": _may_approve(actor, found, stands),
        "may_publish": bool(queries.publishable(actor, found)),
        "acts": acts(found, stands) if may_change and text else [],
        "ends": ends(found, stands) if may_change else [],
    }


def mark(found: Policy) -> str:
    level = found.record.level
    return f"{level.label}: {level.audience.lower()}" if level >= Sensitivity.RESTRICTED else ""


def links(found: Policy) -> list[Link]:
    reference = found.record.reference
    parts = [
        Link("Policy", reverse("policies:policy", args=[reference]), current=True),
        Link("History", reverse("records:history", args=[reference])),
        Link("About", reverse("records:record", args=[reference])),
    ]
    if found.text:
        text = found.text.record.reference
        parts.insert(1, Link("Text and versions", reverse("documents:document", args=[text])))
        parts.insert(2, Link("Comments", reverse("documents:comments", args=[text])))
    return parts


def steps(stands: Standing) -> list[Step]:
    """How far it has come on its first way into force. A step that it never took is not shown as
    taken, and nothing is shown once it has ended."""
    order = [(State.DRAFT, "Drafted"), (State.AGREED, "Approved"), (State.IN_FORCE, "In force")]
    if stands.consulted or stands.state is State.CONSULTED:
        order.insert(1, (State.CONSULTED, "Commented on"))
    states = [state for state, _ in order]
    shown = State.AGREED if stands.state is State.PUT_FORWARD else stands.state
    if shown not in states or not stands.newest:
        return []
    at = states.index(shown)
    done = at + 1 if stands.current or stands.state is State.AGREED else at
    return [
        Step(text, "done" if place < done else "now" if place == at else "next")
        for place, (_, text) in enumerate(order)
    ]


def approved(actor: Actor, row: Approval) -> dict[str, Any]:
    runs = row.from_day is not None and row.from_day <= actor.on
    over = row.to_day is not None and row.to_day < actor.on
    return {"row": row, "runs": runs and not over, "over": over, "later": bool(row.from_day)}


def _may_approve(actor: Actor, found: Policy, stands: Standing) -> bool:
    moves = may_now(stands, "approve")
    return bool(moves) and found.text is not None and bool(queries.approving_bodies(actor, found))


def acts(found: Policy, stands: Standing) -> list[Act]:
    """What may be done next by whoever changes it."""
    return [
        Act(text, reverse(f"policies:{route}", args=[found.record.reference]))
        for text, route, move in _ACTS
        if may_now(stands, move)
    ]


def ends(found: Policy, stands: Standing) -> list[Act]:
    """What is rarely done: reviewed, adopted, superseded, withdrawn."""
    trial = stands.on_trial_until is not None
    offered = (
        ("Record a review", "review", "review", True),
        ("Make it business as usual", "adopt", "adopt", trial),
        ("Ask agencies to acknowledge it", "ask", "review", bool(stands.current)),
        ("Say what took its place", "supersede", "supersede", True),
        ("Withdraw it", "withdraw", "withdraw", True),
    )
    return [
        Act(text, reverse(f"policies:{route}", args=[found.record.reference]))
        for text, route, move, fits in offered
        if fits and may_now(stands, move)
    ]


def facts(found: Policy, version: Any = None) -> list[Fact]:
    """What stands above a decision."""
    rows = [Fact("Policy", f"{found.record.reference} {found.title}")]
    return [*rows, Fact("Version", version.in_words)] if version else rows


def up(found: Policy) -> str:
    return reverse("policies:policy", args=[found.record.reference])

"""What a decision's page and its check page show."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.governance.meetings import queries
from concordat.domain.governance.meetings.queries import Resolution
from concordat.domain.governance.meetings.rules import deciding as rules
from concordat.domain.governance.meetings.rules.deciding import Outcome, State
from concordat.domain.governance.meetings.rules.quorum import Quorum, Standing, effects
from concordat.kernel.actor import Actor
from concordat.kernel.labels import day_in_words, join_words
from concordat.kernel.money import in_pounds
from concordat.web.meetings import facing
from concordat.web.ui.parts import Fact, Link

WRITTEN = ("text", "outcome", "reasons", "legal_basis", "amount", "review_on", "to_tell")
ANSWERS = {
    "yes": "Within power",
    "needs": "Needs more",
    "no": "No power",
    "not a deciding body": "",
}
TONES = {"yes": "Done", "needs": "Waiting", "no": "Overdue", "not a deciding body": "Closed"}


def whole(actor: Actor, found: Resolution) -> dict[str, Any]:
    """Everything that a decision's page shows to this actor."""
    runs = bool(queries.may_run(actor, found.record, found.body_id))
    state = State(found.state)
    waiting = state in (State.AWAITING, State.RECOMMENDATION)
    voices = list(queries.voices_of(actor, found))
    opinions = found.authority or _now(actor, found)
    return {
        "decision": found,
        "record": found.record,
        "tone": facing.DECIDED[state],
        "is_draft": state is State.DRAFT,
        "runs": runs,
        "voices": [_voice(actor, found, row, runs) for row in voices],
        "panel": [_power(row) for row in opinions],
        "frozen": bool(found.authority),
        "left": left(actor, found) if waiting else [],
        "ratified": list(queries.ratifications_of(actor, found)),
        "may_ratify": waiting and (runs or bool(can(actor, Verb.SIGN, found.record))),
        "may_tell": not waiting
        and state is not State.DRAFT
        and not found.told_on
        and bool(found.to_tell)
        and bool(queries.may_tell_of(actor, found)),
        "links": _links(found),
    }


def _links(found: Resolution) -> list[Link]:
    reference = found.record.reference
    return [
        Link("Decision", reverse("meetings:decision", args=[reference]), current=True),
        Link("History", reverse("records:history", args=[reference])),
        Link("About", reverse("records:record", args=[reference])),
    ]


def _now(actor: Actor, found: Resolution) -> list[dict[str, str]]:
    return queries.kept_opinions(actor, found)


def _voice(actor: Actor, found: Resolution, row: Any, runs: bool) -> dict[str, Any]:
    own = queries.sits_in(actor, row.seat_id)
    agreed = row.voice == rules.Voice.AGREE
    return {
        "row": row,
        "may_say": runs and found.state == State.DRAFT,
        "may_confirm": own and agreed and found.state != State.DRAFT and not row.confirmed_on,
    }


def _power(row: dict[str, str]) -> dict[str, str]:
    return {
        "name": row["name"],
        "answer": row["answer"],
        "tone": TONES[row["answer"]],
        "words": ANSWERS[row["answer"]] or "Not asked",
        "reason": row["reason"],
        "source": row["source"],
    }


def left(actor: Actor, found: Resolution) -> list[str]:
    """The partners that a decision still waits for."""
    given = {row.partner for row in queries.ratifications_of(actor, found)}
    return [each for each in found.waits_for if each not in given]


def check(actor: Actor, found: Resolution, quorum: Quorum | None) -> dict[str, Any]:
    """The check page: the facts, how it would be sealed today, and why."""
    opinions = queries.opinions_on(actor, found)
    sealing = rules.how_sealed(Outcome(found.outcome), quorum, opinions, None)
    terms = queries.terms_on(actor, found.body, found.on)
    short = quorum is not None and quorum.standing is Standing.INQUORATE
    rows = [
        Fact("Decision", found.text),
        Fact("Outcome", found.outcome.capitalize()),
        Fact("Body", found.body.name),
        Fact("Day", day_in_words(found.on)),
    ]
    if found.amount is not None:
        rows.append(Fact("Money", in_pounds(found.amount)))
    if quorum is not None:
        rows.append(Fact("Quorum", quorum.sentence))
    return {
        "decision": found,
        "rows": rows,
        "panel": [_power(row) for row in _now(actor, found)],
        "sealing": sealing,
        "short": short,
        "allowed": [each.sentence for each in effects(terms)] if short else [],
        "state": sealing.state,
        "waits": join_words(sealing.waits_for),
        "seal": _BUTTONS[sealing.state],
        "lasting": "A sealed decision is never changed. It is corrected by another that is "
        "linked to it.",
    }


_BUTTONS = {
    State.IN_FORCE: "Seal the decision",
    State.AWAITING: "Seal it as awaiting ratification",
    State.RECOMMENDATION: "Seal it as a recommendation",
}

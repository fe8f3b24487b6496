"""What a decision's page and its check page show."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from concordat.domain.governance.meetings import queries
from concordat.domain.governance.meetings.queries import Resolution
from concordat.domain.governance.meetings.rules import deciding as rules
from concordat.domain.governance.meetings.rules.deciding import Outcome, State
from concordat.domain.governance.meetings.rules.quorum import Effect, Quorum
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
    waiting = state in rules.WAITING
    voices = list(queries.voices_of(actor, found))
    opinions = found.authority or _now(actor, found)
    return {
        "decision": found,
        "record": found.record,
        "tone": facing.DECIDED[state],
        "stands": rules.stands(state, Outcome(found.outcome)),
        "effect": _effect(found),
        "is_draft": state is State.DRAFT,
        "runs": runs,
        "voices": [_voice(actor, found, row, runs) for row in voices],
        "panel": [_power(row) for row in opinions],
        "frozen": bool(found.authority),
        "left": found.left if waiting else [],
        "bound": _bound(found) if state is State.PARTLY else [],
        "clock": queries.clock_of(actor, found) if waiting else None,
        "ratified": list(queries.ratifications_of(actor, found)),
        "may_ratify": bool(queries.answers_for(actor, found)),
        "may_tell": not waiting
        and state is not State.DRAFT
        and not found.told_on
        and bool(found.to_tell)
        and bool(queries.may_tell_of(actor, found)),
        "links": _links(found),
    }


def _effect(found: Resolution) -> str:
    """What its terms let the meeting do without a quorum, in a sentence."""
    told = found.quorum.get("effect")
    return Effect(told).sentence if told else ""


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


def _bound(found: Resolution) -> list[str]:
    """The partners that it binds already, each for itself."""
    able = [row["name"] for row in found.authority if row["answer"] == "yes"]
    given = [row.partner for row in found.ratifications.all() if row.answer == "given"]
    return [*able, *given]


def why(found: Resolution, partners: list[str]) -> list[tuple[str, str]]:
    """For each of these partners, what was wanting on the day."""
    told = {row["name"]: row["reason"] for row in found.authority}
    short = found.quorum.get("sentence", "It was not there.")
    return [(each, told.get(each, short)) for each in partners]


def check(actor: Actor, found: Resolution, quorum: Quorum | None) -> dict[str, Any]:
    """The check page: the facts, how it would be sealed today, and why."""
    ways = queries.ways_to_seal(actor, found, quorum)
    sealing = queries.how_sealed(actor, found, quorum, ways[0][0] if ways else None)
    terms = queries.terms_on(actor, found.body, found.on)
    spoken = queries.spoken(actor, found)
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
    rows.append(Fact("Agreed", _who(spoken, rules.Voice.AGREE) or "Nobody yet"))
    if away := _who(spoken, rules.Voice.AWAY):
        rows.append(Fact("Not there", away))
    return {
        "decision": found,
        "rows": rows,
        "panel": [_power(row) for row in _now(actor, found)],
        "sealing": sealing,
        "ways": ways,
        "quorum": quorum,
        "terms": terms,
        "objection": _objection(found, spoken),
        "binds": Outcome(found.outcome).binds,
        "state": sealing.state,
        "waits": join_words(sealing.waits_for),
        "seal": "Seal the decision" if len(ways) > 1 else _BUTTONS[sealing.state],
        "lasting": "A sealed decision is never changed. It is corrected by another that is "
        "linked to it.",
    }


def _who(spoken: list[rules.Spoken], voice: rules.Voice) -> str:
    """Who took part in this way, deputies as such."""
    return "; ".join(
        f"{each.title}, by deputy" if each.deputy else each.title
        for each in spoken
        if each.voice is voice and each.voting
    )


def _objection(found: Resolution, spoken: list[rules.Spoken]) -> str:
    """Why it cannot be sealed as it stands, in words; empty where it can."""
    agreed = rules.is_agreed(spoken)
    return "" if agreed or not Outcome(found.outcome).binds else str(agreed)


_BUTTONS = {
    State.PARTLY: "Seal it for those who were there",
    State.IN_FORCE: "Seal the decision",
    State.AWAITING: "Seal it as awaiting ratification",
    State.RECOMMENDATION: "Seal it as a recommendation",
}

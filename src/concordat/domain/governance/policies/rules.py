"""How a policy comes into force, who may decide it, and when it is to be looked at again.

A policy is one record with one text in versions. What a body approves is one version by its
digest: a newer version is not approved by it. While a policy is in force a newer version may be
consulted on and approved beside it, and takes its place on a day that is named.

Guidance expects the partners to publish a threshold document, and to say how it fits with their
arrangements (Working Together to Safeguard Children; `domain` row ARR-P12). What else is kept
here is local practice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from concordat.kernel.actor import Actor, Office
from concordat.kernel.dates import UncertainDate
from concordat.kernel.labels import count, day_in_words
from concordat.kernel.transitions import Move, States
from concordat.kernel.verdict import Verdict, no, yes

LONGEST_SUMMARY = 4000
LONGEST_REASON = 1000
LONGEST_MINUTE = 300
REVIEW_AHEAD = timedelta(days=56)
"""How long before its day a review is asked for: there is a meeting in two months."""
TRIAL_AHEAD = timedelta(days=28)


class State(StrEnum):
    """How far a policy is. The words are those of the partnership file."""

    PREPARED = "in preparation"
    DRAFT = "draft"
    CONSULTED = "out for comment"
    PUT_FORWARD = "out for agreement"
    AGREED = "agreed"
    IN_FORCE = "in force"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return _LABELS.get(self, self.value.capitalize())


_LABELS = {
    State.PUT_FORWARD: "Waiting for approval",
    State.AGREED: "Approved",
}

# The kinds that people choose from; a file may say any other.
KINDS = ("Policy", "Procedure", "Protocol", "Threshold document", "Strategy", "Guidance")
REQUIRED = ("Threshold document",)
"""Kinds that are in force before an area goes live (Working Together 2018, chapter 1)."""
OFFERED = (
    "The partners",
    "All agencies",
    "Health",
    "Police",
    "Council",
    "Education and early years",
    "Voluntary organisations",
    "The public",
)
"""Audiences that people choose from; a file may say any other."""

_BEFORE = (State.PREPARED, State.DRAFT, State.CONSULTED, State.PUT_FORWARD)
_NEWER = "a newer version, while the earlier stays in force"

STATES = States(
    [
        Move("write", State.PREPARED, State.DRAFT, note="its text is hung on it"),
        *(
            Move("write", state, state, note="of a policy that a file told of")
            for state in (State.DRAFT, State.CONSULTED, State.PUT_FORWARD, State.AGREED)
        ),
        Move("write", State.IN_FORCE, State.IN_FORCE, note="of a policy that a file told of"),
        Move("consult on", State.DRAFT, State.CONSULTED),
        Move("consult on", State.CONSULTED, State.CONSULTED, note="another round"),
        Move("put forward", State.DRAFT, State.PUT_FORWARD),
        Move("put forward", State.CONSULTED, State.PUT_FORWARD, note="every comment is answered"),
        Move("send back", State.PUT_FORWARD, State.DRAFT, note="with a reason"),
        Move("approve", State.DRAFT, State.AGREED, note="one digest, by a body, on a day"),
        Move("approve", State.CONSULTED, State.AGREED, note="every comment is answered"),
        Move("approve", State.PUT_FORWARD, State.AGREED),
        Move("approve", State.AGREED, State.AGREED, note="a newer version before its first day"),
        Move("bring into force", State.AGREED, State.IN_FORCE, note="from a day"),
        Move("consult on", State.IN_FORCE, State.IN_FORCE, note=_NEWER),
        Move("put forward", State.IN_FORCE, State.IN_FORCE, note=_NEWER),
        Move("send back", State.IN_FORCE, State.IN_FORCE, note=_NEWER),
        Move("approve", State.IN_FORCE, State.IN_FORCE, note=_NEWER),
        Move("bring into force", State.IN_FORCE, State.IN_FORCE, note=_NEWER),
        Move("publish", State.IN_FORCE, State.IN_FORCE, note="the version in force"),
        Move("review", State.IN_FORCE, State.IN_FORCE, note="kept as it is until another day"),
        Move("adopt", State.IN_FORCE, State.IN_FORCE, note="a prototype becomes business as usual"),
        Move("supersede", State.IN_FORCE, State.SUPERSEDED, note="by another policy"),
        *(
            Move("withdraw", state, State.WITHDRAWN, note="with a reason")
            for state in (*_BEFORE, State.AGREED, State.IN_FORCE)
        ),
    ],
    State.PREPARED,
)


PUBLISHED = "published"
SAID = (*(state.value for state in State), PUBLISHED)
"""What a partnership file may say of a policy."""


def state_of(said: str) -> State:
    """A policy whose state no source tells is in preparation; one that a source calls published
    was agreed, and nothing says from when it holds."""
    if said == PUBLISHED:
        return State.AGREED
    return State(said) if said else State.PREPARED


def said_for(state: str) -> list[str]:
    """What a row may say that is in this state."""
    return [said for said in ("", *SAID) if state_of(said).value == state]


def may_move(said: str, verb: str) -> Verdict:
    return STATES.verdict(state_of(said), verb)


OWNS_IT = "Owns this policy"
"""Why whoever owns a policy may work on it, as its access says."""


# --- approving


def may_approve(actor: Actor, body: UUID, *, secretariat: Verdict) -> Verdict:
    """Who may record what a body decided: whoever chairs it, and the secretariat."""
    chairs = any(each.body == body and each.office is Office.CHAIR for each in actor.seats)
    if chairs or secretariat:
        return yes()
    return no("Only whoever chairs this body, or the secretariat, records what it decided.")


def is_decision_day(decided: date, *, on: date, uploaded: date) -> Verdict:
    """Nobody approves what was not written yet, and nothing is approved in advance."""
    if decided > on:
        return no(f"{day_in_words(decided)} is still to come. Record the decision once it is made.")
    if decided < uploaded:
        return no(
            f"This version was uploaded on {day_in_words(uploaded)}, so it cannot have been "
            f"approved on {day_in_words(decided)}."
        )
    return yes()


def may_begin(from_: date, *, decided: date, running_since: date | None) -> Verdict:
    """From which day an approved version may be in force."""
    if from_ < decided:
        return no(f"It was approved on {day_in_words(decided)}. Choose that day or a later one.")
    if running_since and from_ <= running_since:
        return no(
            f"The version before it is in force from {day_in_words(running_since)}. "
            "Choose a later day."
        )
    return yes()


def is_last_day(last: date, first: date) -> Verdict:
    if last < first:
        return no(f"The test ends before {day_in_words(first)}. Choose a later day.")
    return yes()


def is_next_review(review: date, on: date) -> Verdict:
    if review <= on:
        return no("Choose a day after today on which it is looked at again.")
    return yes()


def is_reason(reason: str) -> Verdict:
    if not reason.strip():
        return no("Say why in one sentence.")
    if len(reason) > LONGEST_REASON:
        return no(f"Say it in {LONGEST_REASON:,} characters or fewer.")
    return yes()


# --- where it stands on a day


class Review(StrEnum):
    """How near the day is on which a policy is looked at again."""

    NONE = "no review day"
    LATER = "later"
    DUE = "due soon"
    PAST = "past its review date"


def review_stands(review: UncertainDate | None, on: date) -> Review:
    """Past only once the last day that the source allows is over; due from two months before."""
    last = review.latest if review else None
    if last is None:
        return Review.NONE
    if on > last:
        return Review.PAST
    return Review.DUE if on >= last - REVIEW_AHEAD else Review.LATER


def asks_for_review(review: UncertainDate | None, on: date) -> bool:
    return review_stands(review, on) in (Review.DUE, Review.PAST)


def is_on_trial(until: UncertainDate | None) -> bool:
    """A policy with a last day of its trial is a prototype until somebody adopts it."""
    return until is not None


def asks_for_adoption(until: UncertainDate | None, on: date) -> bool:
    last = until.latest if until else None
    return last is not None and on >= last - TRIAL_AHEAD


@dataclass(frozen=True, slots=True)
class Standing:
    """What the rules need to know of one policy to say where it stands.

    `newest`, `approved`, `current` (in force) and `following` (with a first day to come, which is
    `next_from`) are numbers of versions, 0 for none. `has_day` says whether the newest approved
    version has its first day, and `consulted` whether the text was ever out for comment.
    """

    state: State
    newest: int = 0
    approved: int = 0
    current: int = 0
    following: int = 0
    next_from: date | None = None
    has_day: bool = False
    consulted: bool = False
    consulting_until: date | None = None
    unanswered: int = 0
    review: Review = Review.NONE
    on_trial_until: UncertainDate | None = None


_OF_A_NEWER = ("consult on", "put forward", "send back", "approve")


def may_now(stands: Standing, move: str) -> Verdict:
    """Whether the table has the move and the versions leave something to be done by it."""
    if not (moves := STATES.verdict(stands.state, move)):
        return moves
    settled = stands.newest == stands.approved
    if move in _OF_A_NEWER and settled:
        return no(f"Version {stands.newest} is approved, and there is no newer one.")
    if move == "bring into force" and not settled:
        return no(f"No body has approved version {stands.newest} yet.")
    if move == "bring into force" and stands.has_day:
        return no(f"Version {stands.newest} has its first day already.")
    return yes()


def in_words(stands: Standing) -> str:
    """Where a policy stands, as one or two sentences."""
    return " ".join([_first(stands), *_more(stands)])


def _first(stands: Standing) -> str:
    if stands.state is State.IN_FORCE and stands.next_from and not stands.current:
        return f"Approved, and in force from {day_in_words(stands.next_from)}."
    if stands.state is State.IN_FORCE:
        trial = stands.on_trial_until
        as_ = f" as a prototype under test until {trial}" if trial else ""
        version = f"Version {stands.current} is in force" if stands.current else "In force"
        return f"{version}{as_}."
    if stands.state is State.AGREED and stands.approved == stands.newest:
        return f"Version {stands.approved} is approved and waits for its first day."
    return f"{stands.state.label}."


def _more(stands: Standing) -> Iterable[str]:
    if stands.current and stands.newest > stands.current:
        yield _revision(stands)
    elif stands.state is State.AGREED and stands.newest > stands.approved:
        yield f"Version {stands.newest} is newer than what was approved, and is not approved."
    if stands.consulting_until:
        yield f"Comments are taken until {day_in_words(stands.consulting_until)}."
    if stands.unanswered:
        has = "has" if stands.unanswered == 1 else "have"
        yield f"{count(stands.unanswered, 'comment')} {has} no answer yet."
    if stands.state is State.IN_FORCE and stands.review is Review.PAST:
        yield "It is past its review date."


def _revision(stands: Standing) -> str:
    if stands.next_from:
        return f"Version {stands.following} takes its place on {day_in_words(stands.next_from)}."
    if stands.approved == stands.newest:
        return f"Version {stands.newest} is approved and waits for its first day."
    return f"Version {stands.newest} is being drafted."


# --- who has it


def may_ask_agencies(state: str, version: int) -> Verdict:
    """Agencies say that they work to a version once it is in force or has its first day."""
    if state_of(state) is not State.IN_FORCE or not version:
        return no("Agencies are asked once a version is in force, or has its first day.")
    return yes()


def speaks_for(actor: Actor, agency: UUID, seat: UUID) -> Verdict:
    """Whether the actor sits in this seat, and it is one of the agency's that answers for it."""
    held = next((each for each in actor.seats if each.seat == seat), None)
    if held and held.agency == agency and held.office is not Office.OBSERVER:
        return yes()
    return no("You do not hold this seat of the agency, so you cannot answer for it.")


def may_be_public(public: bool | None) -> Verdict:
    if public:
        return yes()
    return no("This policy is for the partners only. Say that the public may read it first.")

"""What was decided, by whom, and whether they had the power.

The duty is joint and equal and each partner binds only itself (Children Act 2004 s.16E), so a
decision stands when every partner whose matter it is could decide that day. What went beyond
somebody's power is kept as it was said and waits for whoever has it. How votes count is local.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from concordat.domain.base.records.rules.access import SECRETARIAT
from concordat.domain.governance.arrangements.rules import Answer, Opinion
from concordat.domain.governance.meetings.rules.life import CHAIRED
from concordat.domain.governance.meetings.rules.quorum import Effect, Quorum, Standing
from concordat.kernel.labels import count, join_words
from concordat.kernel.transitions import Move, States
from concordat.kernel.verdict import Verdict, every, no, yes


class Outcome(StrEnum):
    """What came of an item. Only the first three bind anybody."""

    AGREED = "agreed"
    AGREED_CHANGED = "agreed with changes"
    APPROVED = "approved"
    NOTED = "noted"
    ADVISED = "advised"
    ASSURED = "assured"
    NOT_ASSURED = "not assured"
    RECOMMENDED = "recommended"
    REFERRED = "referred"
    DEFERRED = "deferred"
    DECLINED = "declined"

    @property
    def binds(self) -> bool:
        return self in _BINDING


_BINDING = frozenset({Outcome.AGREED, Outcome.AGREED_CHANGED, Outcome.APPROVED})


class Voice(StrEnum):
    """How somebody took part in one decision."""

    AGREE = "agreed"
    AGAINST = "against"
    ABSTAIN = "abstained"
    AWAY = "not there"
    APART = "stood aside"


class State(StrEnum):
    DRAFT = "draft"
    IN_FORCE = "in force"
    AWAITING = "awaiting ratification"
    RECOMMENDATION = "recommendation"
    LAPSED = "lapsed"
    CORRECTED = "corrected"


STATES = States(
    [
        Move("seal", State.DRAFT, State.IN_FORCE, SECRETARIAT, "every partner had the power"),
        Move("seal and wait", State.DRAFT, State.AWAITING, SECRETARIAT, "beyond somebody's power"),
        Move("seal as advice", State.DRAFT, State.RECOMMENDATION, SECRETARIAT, "no quorum"),
        Move("ratify", State.AWAITING, State.IN_FORCE, note="by whoever has the power"),
        Move("ratify", State.RECOMMENDATION, State.IN_FORCE, note="by each partner"),
        Move("refuse", State.AWAITING, State.LAPSED, note="with a reason"),
        Move("refuse", State.RECOMMENDATION, State.LAPSED, note="with a reason"),
        Move("correct", State.IN_FORCE, State.CORRECTED, CHAIRED, "by a decision linked to it"),
        Move("correct", State.AWAITING, State.CORRECTED, CHAIRED, "by a decision linked to it"),
        Move("correct", State.RECOMMENDATION, State.CORRECTED, CHAIRED, "by one linked to it"),
    ],
    State.DRAFT,
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """What one seat said. `agency` is the key of its agency; no voting seat has no vote."""

    seat: str
    title: str
    agency: str
    class_: str
    voice: Voice
    voting: bool = True
    deputy: bool = False

    @property
    def present(self) -> str:
        """The seat as the authority rules take it."""
        return f"{self.seat}:deputy" if self.deputy else self.seat


def may_speak(spoken: Spoken) -> Verdict:
    """Only voting seats agree or disagree; anybody may stand aside or be away."""
    if spoken.voting or spoken.voice in (Voice.AWAY, Voice.APART):
        return yes()
    return no(f"{spoken.title} has no vote. Record what was advised in the reasons.")


def is_agreed(voices: Iterable[Spoken]) -> Verdict:
    """Consent of all who spoke: there is no casting vote, since the duty is equal."""
    spoke = [each for each in voices if each.voting and each.voice is not Voice.AWAY]
    against = [each.title for each in spoke if each.voice is Voice.AGAINST]
    if against:
        told = f"{join_words(against)} did not agree. Partners have no casting vote."
        return no(f"{told} Record the disagreement, or another outcome.")
    if not any(each.voice is Voice.AGREE for each in spoke):
        return no("Nobody is on record as agreeing.")
    return yes()


@dataclass(frozen=True, slots=True)
class Sealing:
    """How a decision would be sealed, and why, in sentences. `waits_for` names the partners."""

    verb: str
    reasons: tuple[str, ...]
    waits_for: tuple[str, ...] = ()

    @property
    def state(self) -> State:
        return State(STATES.after(State.DRAFT, self.verb))


def how_sealed(
    outcome: Outcome, quorum: Quorum | None, opinions: Sequence[Opinion], effect: Effect | None
) -> Sealing:
    """In force, awaiting somebody's power, or advice only.

    `quorum` None: taken out of a meeting, so that none is needed. `effect` is what the terms,
    or the chair with a reason, let an inquorate meeting do. What binds nobody needs no power.
    """
    if not outcome.binds:
        return Sealing("seal", (f"“{outcome.value.capitalize()}” binds nobody.",))
    if quorum is not None and quorum.standing is Standing.INQUORATE and effect is not Effect.GO_ON:
        told = (effect or Effect.RECOMMEND).sentence
        return Sealing("seal as advice", (quorum.sentence, told), _deciding(opinions))
    short = [each for each in opinions if each.answer in (Answer.NEEDS, Answer.NO)]
    if short:
        reasons = tuple(f"{each.name}: {each.reason}" for each in short)
        return Sealing("seal and wait", reasons, tuple(each.name for each in short))
    told = quorum.sentence if quorum else "Taken out of a meeting by those who have the power."
    return Sealing("seal", (told, *(f"{each.name}: {each.reason}" for each in opinions)))


def _deciding(opinions: Iterable[Opinion]) -> tuple[str, ...]:
    return tuple(each.name for each in opinions if each.answer is not Answer.NOT_DECIDING)


def may_draft(text: str, outcome: str, reasons: str) -> Verdict:
    """A decision says what was decided and why before it can be sealed."""
    return every(
        yes() if text.strip() else no("Say what was decided, in one sentence."),
        yes() if outcome else no("Choose what came of it."),
        yes() if reasons.strip() else no("Give the reasons. They are what a decision rests on."),
    )


def may_seal_out_of_meeting(why_urgent: str, waiting: Sequence[str]) -> Verdict:
    """An urgent decision says why it could not wait for a meeting, and binds only with power."""
    if not why_urgent.strip():
        return no("Say why this could not wait for a meeting.")
    if waiting:
        who = join_words(waiting)
        return no(f"{who} could not decide this. Out of a meeting, only power on record binds.")
    return yes()


def is_ratified(waits_for: Iterable[str], given: Iterable[str]) -> Verdict:
    """Ratified once each partner it waits for has said so."""
    left = [each for each in waits_for if each not in set(given)]
    return no(f"Still waiting for {join_words(left)}.") if left else yes()


@dataclass(frozen=True, slots=True)
class Account:
    """One thing that a body's own people committed it to."""

    reference: str
    on: date
    body: str
    text: str
    state: State
    committed_by: str
    amount: int | None = None


def account_in_words(rows: Sequence[Account]) -> str:
    """The sentence that heads a body's account of what was done in its name."""
    if not rows:
        return "Nothing was committed in its name in this time."
    waiting = sum(1 for each in rows if each.state is State.AWAITING)
    boards = len({each.body for each in rows})
    told = f"{count(len(rows), 'decision')} on {count(boards, 'board')} were made in its name"
    return f"{told}; {waiting} still wait to be ratified." if waiting else f"{told}."

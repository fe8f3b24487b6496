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
from concordat.domain.governance.meetings.rules.quorum import (
    Effect,
    Quorum,
    Standing,
    Terms,
    allowed,
)
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
    PARTLY = "in force for some"
    LAPSED = "lapsed"
    CORRECTED = "corrected"


STATES = States(
    [
        Move("seal", State.DRAFT, State.IN_FORCE, SECRETARIAT, "every partner had the power"),
        Move("seal and wait", State.DRAFT, State.AWAITING, SECRETARIAT, "beyond somebody's power"),
        Move("seal as advice", State.DRAFT, State.RECOMMENDATION, SECRETARIAT, "no quorum"),
        Move("seal for some", State.DRAFT, State.PARTLY, SECRETARIAT, "each binds only itself"),
        Move("ratify", State.AWAITING, State.IN_FORCE, note="by whoever has the power"),
        Move("ratify", State.RECOMMENDATION, State.IN_FORCE, note="by each partner"),
        Move("ratify", State.PARTLY, State.IN_FORCE, note="by each that it did not bind"),
        Move("refuse", State.AWAITING, State.LAPSED, note="with a reason"),
        Move("refuse", State.RECOMMENDATION, State.LAPSED, note="with a reason"),
        Move("refuse", State.PARTLY, State.PARTLY, note="it goes on binding the others"),
        Move("correct", State.IN_FORCE, State.CORRECTED, CHAIRED, "by a decision linked to it"),
        Move("correct", State.AWAITING, State.CORRECTED, CHAIRED, "by a decision linked to it"),
        Move("correct", State.RECOMMENDATION, State.CORRECTED, CHAIRED, "by one linked to it"),
        Move("correct", State.PARTLY, State.CORRECTED, CHAIRED, "by a decision linked to it"),
    ],
    State.DRAFT,
)


def stands(state: State, outcome: Outcome) -> str:
    """How a decision stands, in a word or two. What binds nobody is never “in force”."""
    binding = state is not State.IN_FORCE or outcome.binds
    return (state if binding else outcome).capitalize()


WAITING = (State.AWAITING, State.RECOMMENDATION, State.PARTLY)
"""States in which partners may still answer for themselves."""

WAITS = "RATIFY"
"""The row of law, a local one, that says how long a partner may take to answer."""


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


def is_short(quorum: Quorum | None) -> bool:
    """Whether a meeting lacked a quorum that its terms ask for."""
    return quorum is not None and quorum.standing is Standing.INQUORATE


def comes_of(outcome: Outcome, quorum: Quorum | None, effect: Effect | None) -> Outcome:
    """What a meeting without a quorum puts off or only notes, whatever was agreed there."""
    if not (outcome.binds and is_short(quorum)):
        return outcome
    instead = {Effect.DEFER: Outcome.DEFERRED, Effect.NOTE: Outcome.NOTED}
    return instead.get(effect, outcome) if effect else outcome


def how_sealed(
    outcome: Outcome, quorum: Quorum | None, opinions: Sequence[Opinion], effect: Effect | None
) -> Sealing:
    """In force, in force for some, awaiting somebody's power, or advice only.

    `quorum` None: taken out of a meeting, so that none is needed. `effect` is what the terms,
    or the chair with a reason, let an inquorate meeting do. What binds nobody needs no power.
    """
    done = comes_of(outcome, quorum, effect)
    if not done.binds:
        return Sealing("seal", (*_without(quorum, effect), _BINDS_NOBODY.format(_quoted(done))))
    if is_short(quorum) and (effect or Effect.RECOMMEND) is Effect.RECOMMEND:
        return Sealing("seal as advice", _without(quorum, effect), _deciding(opinions))
    short = [each for each in opinions if each.answer in (Answer.NEEDS, Answer.NO)]
    waits_for = tuple(each.name for each in short)
    reasons = (*_without(quorum, effect), *(f"{each.name}: {each.reason}" for each in short))
    if short:
        own = is_short(quorum) and effect is Effect.OWN
        some = own and any(each.answer is Answer.YES for each in opinions)
        return Sealing("seal for some" if some else "seal and wait", reasons, waits_for)
    told = quorum.sentence if quorum else "Taken out of a meeting by those who have the power."
    return Sealing("seal", (told, *(f"{each.name}: {each.reason}" for each in opinions)))


def sealed_in_words(sealing: Sealing, done: Outcome, bound: Sequence[str]) -> str:
    """What sealing it would make of it. `bound` are the partners that have the power."""
    waits = join_words(sealing.waits_for)
    if done is Outcome.DEFERRED:
        return "It is recorded as deferred, and its item comes back to the next meeting."
    if not done.binds:
        return f"It is recorded as {done.value}, and binds nobody."
    if sealing.state is State.PARTLY:
        return f"It is in force for {join_words(bound)}, and waits for {waits} to join."
    if sealing.state is State.AWAITING:
        return f"It waits for {waits} to ratify it, and is not in force before."
    if sealing.state is State.RECOMMENDATION:
        return f"It is kept as a recommendation to {waits or 'the partners'}."
    return "It is in force at once."


_BINDS_NOBODY = "{} binds nobody."


def _quoted(outcome: Outcome) -> str:
    return f"“{outcome.value.capitalize()}”"


def _without(quorum: Quorum | None, effect: Effect | None) -> tuple[str, ...]:
    """Why a meeting that lacked its quorum could do no more than it did."""
    if quorum is None or not is_short(quorum):
        return ()
    return (quorum.sentence, (effect or Effect.RECOMMEND).sentence)


def may_seal_without_quorum(effect: Effect, terms: Terms) -> Verdict:
    """A meeting without a quorum does what its terms let it do, and nothing else."""
    if effect in allowed(terms):
        return yes()
    can = "; ".join(each.value for each in allowed(terms))
    return no(f"The terms do not let a meeting without a quorum do that. They allow: {can}.")


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
    """One thing that a body's own people committed it to. `waits_for` whom it still waits for."""

    reference: str
    on: date
    body: str
    text: str
    state: State
    committed_by: str
    amount: int | None = None
    waits_for: tuple[str, ...] = ()
    waits_for_it: bool = False

    @property
    def stands(self) -> str:
        """How it stands for this body, in words."""
        if self.waits_for_it:
            return "Waits for this body to ratify it"
        if self.state is State.PARTLY:
            return "In force for this body"
        if self.state is State.AWAITING and self.waits_for:
            return f"Waits for {join_words(self.waits_for)}"
        return self.state.capitalize()


def account_in_words(rows: Sequence[Account]) -> str:
    """The sentence that heads a body's account of what was done in its name."""
    if not rows:
        return "Nothing was committed in its name in this time."
    own = sum(1 for each in rows if each.waits_for_it)
    others = sum(1 for each in rows if each.state is State.AWAITING and not each.waits_for_it)
    boards = len({each.body for each in rows})
    were = "was" if len(rows) == 1 else "were"
    told = f"{count(len(rows), 'decision')} on {count(boards, 'board')} {were} made in its name"
    waits = [
        *([f"{own} {_wait(own)} for this body to ratify"] if own else []),
        *([f"{others} {_wait(others)} for others"] if others else []),
    ]
    return f"{told}; {join_words(waits)}." if waits else f"{told}."


def _wait(number: int) -> str:
    return "waits" if number == 1 else "wait"

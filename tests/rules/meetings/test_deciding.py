"""Decided, awaiting somebody's power, or advice: each partner binds only itself."""

from __future__ import annotations

from datetime import date

import pytest

from concordat.domain.governance.arrangements.rules import Answer, Opinion
from concordat.domain.governance.meetings.rules import deciding
from concordat.domain.governance.meetings.rules.deciding import (
    Account,
    Outcome,
    Spoken,
    State,
    Voice,
)
from concordat.domain.governance.meetings.rules.quorum import Effect, Quorum, Standing, Terms

QUORATE = Quorum(Standing.QUORATE, "Quorate: council, health and police.")
SHORT = Quorum(Standing.INQUORATE, "Not quorate: lacking police.", ("police",))
EACH = ("Council", "Health", "Police")
TWO = EACH[:2]
SILENT = Quorum(Standing.NOT_STATED, "The terms set no quorum.")


def opinion(class_: str, answer: Answer = Answer.YES) -> Opinion:
    return Opinion(class_, class_.capitalize(), class_, answer, f"{class_} reason.")


ABLE = [opinion("council"), opinion("health"), opinion("police")]
CABINET = [opinion("council", Answer.NEEDS), opinion("health"), opinion("police")]
NO_POLICE = [opinion("council"), opinion("health"), opinion("police", Answer.NEEDS)]
NOBODY = [opinion(each, Answer.NEEDS) for each in ("council", "health", "police")]
CHILD_DEATH = [opinion("council"), opinion("health"), opinion("police", Answer.NOT_DECIDING)]


@pytest.mark.parametrize(
    ("outcome", "quorum", "opinions", "effect", "state", "waits"),
    [
        (Outcome.AGREED, QUORATE, ABLE, None, State.IN_FORCE, ()),
        (Outcome.APPROVED, QUORATE, CHILD_DEATH, None, State.IN_FORCE, ()),
        (Outcome.AGREED, QUORATE, CABINET, None, State.AWAITING, ("Council",)),
        (Outcome.NOTED, SHORT, CABINET, None, State.IN_FORCE, ()),
        (Outcome.RECOMMENDED, SHORT, CABINET, None, State.IN_FORCE, ()),
        (Outcome.AGREED, SHORT, ABLE, Effect.RECOMMEND, State.RECOMMENDATION, EACH),
        (Outcome.AGREED, SHORT, CHILD_DEATH, Effect.RECOMMEND, State.RECOMMENDATION, TWO),
        (Outcome.AGREED, SHORT, NO_POLICE, Effect.WRITTEN, State.AWAITING, ("Police",)),
        (Outcome.AGREED, SHORT, NO_POLICE, Effect.OWN, State.PARTLY, ("Police",)),
        (Outcome.AGREED, SHORT, NOBODY, Effect.OWN, State.AWAITING, EACH),
        (Outcome.AGREED, SHORT, CHILD_DEATH, Effect.OWN, State.IN_FORCE, ()),
        (Outcome.AGREED, SHORT, NO_POLICE, Effect.DEFER, State.IN_FORCE, ()),
        (Outcome.AGREED, QUORATE, NO_POLICE, Effect.OWN, State.AWAITING, ("Police",)),
        (Outcome.AGREED, SHORT, ABLE, None, State.RECOMMENDATION, EACH),
        (Outcome.AGREED, SHORT, ABLE, Effect.GO_ON, State.IN_FORCE, ()),
        (Outcome.AGREED, SHORT, CABINET, Effect.GO_ON, State.AWAITING, ("Council",)),
        (Outcome.AGREED, SILENT, ABLE, None, State.IN_FORCE, ()),
        (Outcome.AGREED, None, ABLE, None, State.IN_FORCE, ()),
        (Outcome.AGREED, None, CABINET, None, State.AWAITING, ("Council",)),
    ],
)  # fmt: skip
def test_how_a_decision_is_sealed(
    outcome: Outcome,
    quorum: Quorum | None,
    opinions: list[Opinion],
    effect: Effect | None,
    state: State,
    waits: tuple[str, ...],
) -> None:
    found = deciding.how_sealed(outcome, quorum, opinions, effect)
    assert found.state is state
    assert found.waits_for == waits
    assert all(found.reasons)


@pytest.mark.parametrize(
    ("outcome", "quorum", "effect", "done"),
    [
        (Outcome.AGREED, SHORT, Effect.DEFER, Outcome.DEFERRED),
        (Outcome.APPROVED, SHORT, Effect.NOTE, Outcome.NOTED),
        (Outcome.AGREED, SHORT, Effect.OWN, Outcome.AGREED),
        (Outcome.AGREED, QUORATE, Effect.DEFER, Outcome.AGREED),
        (Outcome.ADVISED, SHORT, Effect.DEFER, Outcome.ADVISED),
        (Outcome.AGREED, None, Effect.DEFER, Outcome.AGREED),
    ],
)
def test_what_comes_of_it_without_a_quorum(
    outcome: Outcome, quorum: Quorum | None, effect: Effect, done: Outcome
) -> None:
    assert deciding.comes_of(outcome, quorum, effect) is done


def test_a_meeting_does_only_what_its_terms_let_it_do() -> None:
    terms = Terms(inquorate="Each partner binds only itself")
    assert deciding.may_seal_without_quorum(Effect.OWN, terms)
    refused = deciding.may_seal_without_quorum(Effect.GO_ON, terms)
    assert not refused
    assert "those there decide for themselves" in str(refused)
    assert not deciding.may_seal_without_quorum(Effect.OWN, Terms())


@pytest.mark.parametrize(
    ("effect", "told"),
    [
        (Effect.OWN, "It is in force for Council and Health, and waits for Police to join."),
        (Effect.WRITTEN, "It waits for Police to ratify it, and is not in force before."),
        (Effect.RECOMMEND, "a recommendation to Council, Health and Police."),
        (Effect.DEFER, "its item comes back to the next meeting."),
        (Effect.NOTE, "It is recorded as noted, and binds nobody."),
    ],
)
def test_each_way_says_what_would_come_of_it(effect: Effect, told: str) -> None:
    sealing = deciding.how_sealed(Outcome.AGREED, SHORT, NO_POLICE, effect)
    done = deciding.comes_of(Outcome.AGREED, SHORT, effect)
    assert deciding.sealed_in_words(sealing, done, ["Council", "Health"]).endswith(told)


def test_the_reasons_are_those_of_the_authority_rules() -> None:
    found = deciding.how_sealed(Outcome.AGREED, QUORATE, CABINET, None)
    assert found.reasons == ("Council: council reason.",)


def voice(class_: str, said: Voice, *, voting: bool = True, deputy: bool = False) -> Spoken:
    return Spoken(f"exec-{class_}", class_.capitalize(), class_, class_, said, voting, deputy)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ((Voice.AGREE, Voice.AGREE, Voice.AGREE), ""),
        ((Voice.AGREE, Voice.ABSTAIN, Voice.AWAY), ""),
        ((Voice.AGREE, Voice.AGREE, Voice.AGAINST), "no casting vote"),
        ((Voice.ABSTAIN, Voice.AWAY, Voice.APART), "Nobody"),
        ((), "Nobody"),
    ],
)
def test_two_of_three_never_outvote_the_third(said: tuple[Voice, ...], told: str) -> None:
    voices = [voice(str(n), each) for n, each in enumerate(said)]
    verdict = deciding.is_agreed(voices)
    assert bool(verdict) is not bool(told)
    assert told in str(verdict)


def test_a_seat_without_a_vote_neither_agrees_nor_counts() -> None:
    supporter = voice("bexley", Voice.AGREE, voting=False)
    assert "no vote" in str(deciding.may_speak(supporter))
    assert deciding.may_speak(voice("bexley", Voice.AWAY, voting=False))
    assert deciding.may_speak(voice("council", Voice.AGREE))
    assert not deciding.is_agreed([supporter])


def test_a_deputy_speaks_as_one() -> None:
    assert voice("police", Voice.AGREE, deputy=True).present == "exec-police:deputy"
    assert voice("police", Voice.AGREE).present == "exec-police"


@pytest.mark.parametrize(
    ("text", "outcome", "reasons", "told"),
    [
        ("Move it", "agreed", "Because", ""),
        ("", "agreed", "Because", "what was decided"),
        ("Move it", "", "Because", "what came of it"),
        ("Move it", "agreed", " ", "Give the reasons"),
    ],
)
def test_a_decision_says_what_and_why(text: str, outcome: str, reasons: str, told: str) -> None:
    verdict = deciding.may_draft(text, outcome, reasons)
    assert bool(verdict) is not bool(told)
    assert told in str(verdict)


def test_out_of_a_meeting_only_power_on_record_binds() -> None:
    assert deciding.may_seal_out_of_meeting("The child moves tonight", [])
    assert not deciding.may_seal_out_of_meeting("", [])
    assert "Council" in str(deciding.may_seal_out_of_meeting("Tonight", ["Council"]))


def test_ratified_when_all_it_waits_for_have_said_so() -> None:
    assert "Police" in str(deciding.is_ratified(["Council", "Police"], ["Council"]))
    assert deciding.is_ratified(["Council"], ["Council", "Health"])
    assert deciding.is_ratified([], [])


def test_the_account_of_a_body_in_one_sentence() -> None:
    def row(state: State, body: str, *waits: str, own: bool = False) -> Account:
        told = ("X-DE-0001", date(2019, 4, 10), body, "Move it", state, "The director")
        return Account(*told, waits_for=waits, waits_for_it=own)

    assert deciding.account_in_words([]) == "Nothing was committed in its name in this time."
    rows = [row(State.IN_FORCE, "Executive"), row(State.AWAITING, "Board", "Police")]
    assert deciding.account_in_words(rows[:1]) == "1 decision on 1 board was made in its name."
    assert deciding.account_in_words(rows) == (
        "2 decisions on 2 boards were made in its name; 1 waits for others."
    )
    mine = row(State.AWAITING, "Board", "Council", "Police", own=True)
    assert deciding.account_in_words([*rows, mine, mine]).endswith(
        "2 wait for this body to ratify and 1 waits for others."
    )
    assert [each.stands for each in (*rows, mine)] == [
        "In force",
        "Waits for Police",
        "Waits for this body to ratify it",
    ]
    assert row(State.PARTLY, "Board", "Police").stands == "In force for this body"

"""A state table answers, refuses and draws itself."""

from enum import StrEnum

import pytest

from concordat.kernel.actor import Office
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.transitions import Move, States


class Stage(StrEnum):
    PROPOSED = "proposed"
    SHADOW = "shadow"
    IN_FORCE = "in force"
    ENDED = "ended"


MOVES = [
    Move("try out", Stage.PROPOSED, Stage.SHADOW),
    Move("approve", Stage.PROPOSED, Stage.IN_FORCE, frozenset({Office.LEAD_PARTNER})),
    Move("approve", Stage.SHADOW, Stage.IN_FORCE, frozenset({Office.LEAD_PARTNER, Office.CHAIR})),
    Move("withdraw", Stage.SHADOW, Stage.PROPOSED, note="says why"),
    Move("end", Stage.IN_FORCE, Stage.ENDED),
]
BODY = States(MOVES, Stage.PROPOSED)


@pytest.mark.parametrize("state", Stage)
@pytest.mark.parametrize("verb", ["try out", "approve", "withdraw", "end", "dance"])
def test_every_state_and_verb_agrees_with_the_moves(state: Stage, verb: str) -> None:
    leads_to = [move.to for move in MOVES if (move.from_, move.verb) == (state, verb)]
    assert bool(BODY.verdict(state, verb)) == bool(leads_to)
    if leads_to:
        assert BODY.after(state, verb) == leads_to[0]
    else:
        with pytest.raises(Refused, match=f'You cannot {verb} what is "{state}"'):
            BODY.after(state, verb)


def test_allowed_moves_come_in_the_order_of_the_table() -> None:
    assert [move.verb for move in BODY.allowed(Stage.PROPOSED)] == ["try out", "approve"]
    assert BODY.allowed(Stage.ENDED) == ()


def test_a_state_as_the_database_keeps_it_is_the_same_state() -> None:
    assert BODY.after("in force", "end") is Stage.ENDED


def test_a_refusal_says_what_can_be_done_instead() -> None:
    assert str(BODY.verdict(Stage.SHADOW, "end")).endswith("You can approve or withdraw.")
    assert str(BODY.verdict(Stage.ENDED, "end")).endswith("Nothing follows from there.")


def test_an_unknown_state_is_told_with_its_likeness() -> None:
    with pytest.raises(Invalid, match=r"no state \"in-force\"\. Give in force\."):
        BODY.allowed("in-force")


def test_ends_are_the_states_that_nothing_follows() -> None:
    assert BODY.ends == (Stage.ENDED,)
    assert States([Move("turn", "a", "b"), Move("return", "b", "a")], "a").ends == ()


def test_a_table_cannot_be_changed_after_it_was_checked() -> None:
    moves = [Move("end", "open", "closed")]
    table = States(moves, "open")
    moves.append(Move("end", "open", "lost"))
    assert table.after("open", "end") == "closed"


@pytest.mark.parametrize(
    ("moves", "initial", "fault"),
    [
        ([Move("end", "a", "b"), Move("end", "a", "c")], "a", "given more than once"),
        ([Move("end", "a", "b", frozenset())], "a", "Nobody may end"),
        ([Move("end", "a", "b"), Move("close", "c", "b")], "a", 'No move leads to "c"'),
        ([Move("end", "a", "b")], "c", 'No move leads to "a"'),
        (
            [Move("end", "a", "b"), Move("leave", "a", "c"), Move("stay", "c", "c")],
            "a",
            '"c" can never come to an end',
        ),
        ([Move("end", Stage.PROPOSED, Stage.ENDED)], Stage.PROPOSED, 'No move leads to "shadow"'),
        ([Move("end", "in force", "in-force")], "in force", "More than one state"),
    ],
)
def test_a_table_that_cannot_be_right_is_rejected(
    moves: list[Move], initial: str, fault: str
) -> None:
    with pytest.raises(Invalid, match=fault):
        States(moves, initial)


def test_all_faults_of_a_table_are_told_at_once() -> None:
    moves = [Move("end", "a", "b"), Move("end", "a", "b"), Move("close", "c", "b", frozenset())]
    with pytest.raises(Invalid) as refusal:
        States(moves, "a")
    assert len(refusal.value.faults) == 3


def test_the_drawing_is_always_the_same() -> None:
    drawn = """\
stateDiagram-v2
    state "proposed" as s_proposed
    state "shadow" as s_shadow
    state "in force" as s_in_force
    state "ended" as s_ended
    [*] --> s_proposed
    s_proposed --> s_shadow: try out
    s_proposed --> s_in_force: approve
    s_shadow --> s_in_force: approve
    s_shadow --> s_proposed: withdraw
    s_in_force --> s_ended: end
    s_ended --> [*]
"""
    assert BODY.draw() == drawn
    assert States(tuple(MOVES), Stage.PROPOSED).draw() == drawn


def test_the_page_holds_the_table_and_the_drawing() -> None:
    page = BODY.to_markdown("Bodies")
    assert page.startswith("# Bodies\n\nBegins as proposed.")
    assert "| proposed | approve | in force | lead partner |  |\n" in page
    assert "| shadow | approve | in force | chair and lead partner |  |\n" in page
    assert "| shadow | withdraw | proposed | any office | says why |\n" in page
    assert f"```mermaid\n{BODY.draw()}```\n" in page
    assert page.endswith("```\n")

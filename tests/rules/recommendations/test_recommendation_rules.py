"""The life of a recommendation, its check list, what is alike, and what a sentence tells."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.domain.base.recommendations import rules
from concordat.domain.base.recommendations.rules import (
    STATES,
    Effect,
    Facts,
    Measured,
    Nature,
    Part,
    Point,
    Showing,
    Stage,
    Tally,
)
from concordat.kernel.errors import Invalid

TODAY = date(2019, 3, 29)
NO_NUMBER = "No number of drafts is set that calls for a meeting."


def test_a_board_accepts_only_what_a_body_has_worked() -> None:
    before = {move.from_ for move in STATES.moves if move.verb == "accept"}
    assert before == {Stage.PROPOSED}
    assert {move.from_ for move in STATES.moves if move.verb == "put"} == {Stage.WORKED}
    assert STATES.ends == (Stage.WITHDRAWN,)


@pytest.mark.parametrize(
    ("part", "allowed"),
    [
        (Part(decides=True), True),
        (Part(secretariat=True), True),
        (Part(decides=True, owns=True), False),
        (Part(secretariat=True, did=True), False),
        (Part(leads=True), False),
        (Part(), False),
    ],
)
def test_what_is_done_is_judged_by_the_body_and_never_by_its_owner(
    part: Part, allowed: bool
) -> None:
    assert bool(rules.may_judge(part)) is allowed


@pytest.mark.parametrize(
    ("part", "allowed"),
    [
        (Part(owns=True), True),
        (Part(addressed=True), True),
        (Part(decides=True), True),
        (Part(owns=True, answers=False), False),
        (Part(works=True), False),
    ],
)
def test_who_says_how_it_goes(part: Part, allowed: bool) -> None:
    assert bool(rules.may_update(part)) is allowed


@pytest.mark.parametrize(
    ("accepted", "part", "allowed"),
    [
        (False, Part(leads=True), True),
        (False, Part(works=True), False),
        (True, Part(leads=True), False),
        (True, Part(decides=True), True),
    ],
)
def test_who_withdraws(accepted: bool, part: Part, allowed: bool) -> None:
    assert bool(rules.may_withdraw(part, accepted)) is allowed


@pytest.mark.parametrize(
    ("point", "answer", "reason", "facts", "allowed"),
    [
        (Point.ADDRESSEE, True, "Named", Facts(addressee="Heath ICB"), True),
        (Point.ADDRESSEE, True, "Named", Facts(), False),
        (Point.ADDRESSEE, False, "Nobody can", Facts(), True),
        (Point.MEASURE, True, "Counted", Facts(), False),
        (Point.NATURE, True, "Judged", Facts(), False),
        (Point.NATURE, True, "Judged", Facts(nature="compliance"), True),
        (Point.BEFORE, True, "Looked", Facts(), True),
        (Point.BEFORE, False, "  ", Facts(), False),
    ],
)
def test_a_point_is_never_yes_against_what_is_on_file(
    point: Point, answer: bool, reason: str, facts: Facts, allowed: bool
) -> None:
    assert bool(rules.may_answer(point, answer, reason, facts)) is allowed


def test_a_check_list_is_whole_once_every_point_is_answered() -> None:
    assert rules.may_be_put([point.value for point in Point])
    told = rules.may_be_put([Point.ADDRESSEE, Point.CHANGE, Point.MEASURE])
    assert "told before and system change or compliance" in str(told)
    assert rules.checked_in_words({"addressee": True, "measure": False}) == (
        "2 of 5 points are answered; 1 with no."
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Remind all staff of the policy and ensure compliance",
            ["remind", "ensure", "compliance"],
        ),
        ("Give each family one worker through the move", []),
    ],
)
def test_wording_that_asks_for_compliance_is_a_hint(text: str, words: list[str]) -> None:
    assert rules.words_of_compliance(text) == words


BEFORE = Measured(Showing.BEFORE, date(2019, 1, 31), "per cent")
AFTER = Measured(Showing.AFTER, TODAY, "Per cent")


@pytest.mark.parametrize(
    ("effect", "why", "values", "allowed"),
    [
        (Effect.BETTER, "Twice as many", [BEFORE, AFTER], True),
        (Effect.BETTER, "Twice as many", [AFTER], False),
        (Effect.BETTER, "", [BEFORE, AFTER], False),
        (Effect.WORSE, "Fewer", [BEFORE], False),
        (Effect.UNKNOWN, "No log is kept", [], True),
        (Effect.UNKNOWN, " ", [], False),
    ],
)
def test_closing_says_what_it_changed(
    effect: Effect, why: str, values: list[Measured], allowed: bool
) -> None:
    assert bool(rules.may_be_closed(effect, why, values)) is allowed


@pytest.mark.parametrize(
    ("after", "done_on", "told"),
    [
        (AFTER, TODAY, ""),
        (AFTER, None, ""),
        (AFTER, date(2019, 3, 30), "not from before 30 March 2019, when it was done"),
        (replace(AFTER, on=BEFORE.on), None, "later than the last from before. Measure"),
        (replace(AFTER, unit="days"), None, "count different things"),
    ],
)
def test_what_was_measured_after_is_later_of_this_round_and_counts_the_same(
    after: Measured, done_on: date | None, told: str
) -> None:
    values = [replace(BEFORE, on=date(2018, 5, 1)), after, BEFORE]
    verdict = rules.may_be_closed(Effect.BETTER, "Twice as many", values, done_on)
    assert told in str(verdict)
    assert bool(verdict) is not bool(told)


@pytest.mark.parametrize(
    ("changed", "points"),
    [
        (["addressee", "due"], [Point.ADDRESSEE]),
        (["measure", "title"], [Point.CHANGE, Point.MEASURE, Point.BEFORE]),
        (["nature_why"], [Point.NATURE]),
        (["due", "owner", "level"], []),
    ],
)
def test_an_answer_about_other_words_is_asked_for_anew(
    changed: list[str], points: list[Point]
) -> None:
    assert rules.asked_anew(changed) == points


@pytest.mark.parametrize(
    ("due", "today", "asked"),
    [
        (date(2019, 6, 28), TODAY, date(2019, 5, 31)),
        (date(2019, 4, 10), TODAY, date(2019, 4, 10)),
        (date(2019, 3, 29), TODAY, date(2019, 9, 29)),
        (None, date(2019, 8, 31), date(2020, 2, 29)),
    ],
)
def test_when_an_owner_is_asked_next(due: date | None, today: date, asked: date) -> None:
    assert rules.ask_on(due, today) == asked


def test_an_owner_is_always_asked_on_a_day_to_come() -> None:
    @given(st.none() | st.dates(date(2015, 1, 1), date(2035, 1, 1)))
    def holds(due: date | None) -> None:
        assert rules.ask_on(due, TODAY) > TODAY
        assert rules.measure_on(due, TODAY) > TODAY

    holds()


@pytest.mark.parametrize(
    ("waiting", "at_least", "calls", "words"),
    [
        (0, None, False, f"No draft waits for Oversight. {NO_NUMBER}"),
        (1, 2, False, "1 draft waits for Oversight. A meeting is due at 2."),
        (2, 2, True, "2 drafts wait for Oversight. The caseload has reached 2: a meeting is due."),
        (9, None, False, f"9 drafts wait for Oversight. {NO_NUMBER}"),
    ],
)  # fmt: skip
def test_a_caseload_calls_for_a_meeting_by_a_local_rule(
    waiting: int, at_least: int | None, calls: bool, words: str
) -> None:
    assert rules.calls_for_a_meeting(waiting, at_least) is calls
    assert rules.calls("Oversight", waiting, at_least) == words


@pytest.mark.parametrize(
    ("tally", "words"),
    [
        (Tally(0), "Nothing is open."),
        (Tally(11, overdue=3, without_owner=1), "11 open; 3 overdue, 1 without an owner."),
        (
            Tally(1, waiting=1, framed=2),
            "1 open. 1 waits for acceptance as adequate. 2 drafts are framed.",
        ),
        (Tally(0, framed=1), "Nothing is open. 1 draft is framed."),
        (Tally(500, more=True), "More than 500 open."),
    ],
)  # fmt: skip
def test_the_sentence(tally: Tally, words: str) -> None:
    assert rules.in_a_sentence(tally) == words


def test_the_two_kinds_are_counted_apart() -> None:
    assert rules.apart([Nature.COMPLIANCE, Nature.COMPLIANCE, Nature.SYSTEM_CHANGE, ""]) == (
        "1 ask for system change, 2 for compliance, 1 is not judged yet."
    )


def test_what_came_back_year_by_year() -> None:
    days = [(date(2014, 5, 1), False), (date(2016, 1, 1), True), (date(2016, 9, 1), False)]
    assert rules.by_year(days) == [(2014, 1, 0), (2016, 2, 1)]
    assert [rules.times(others) for others in (0, 2)] == ["", "Told 3 times"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("sharing", "shared"),
        ("assessments", "assessed"),
        ("GP", "surgery"),
        ("moves", "moved"),
        ("boroughs", "borough"),
        ("escalating", "escalation"),
        ("supervision", "supervised"),
    ],
)
def test_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    assert rules.stems(one).keys() == rules.stems(other).keys()


def test_what_is_alike_is_told_with_its_words_the_most_alike_first() -> None:
    text = "Share information about families that move between boroughs"
    others = {
        "near": "When families moved, boroughs did not exchange information",
        "less": "Families in temporary housing that moved often were not visited",
        "far": "Publish the escalation policy",
        "one": "Boroughs",
    }
    found = rules.alike(text, others)
    assert [key for key, _ in found] == ["near", "less"]
    assert found[0][1].words == ("share", "information", "families", "move", "boroughs")
    assert rules.alike("", others) == []


EARLIER = (
    "Review how information is shared when a family moves between local authorities",
    "Interpreters, not family members, are to be used when English is not the first language",
    "The partnership to audit the use of the neglect toolkit",
    "Bruising in infants who are not mobile: launch the protocol again with GPs",
    "Schools to be told of domestic abuse incidents by the next school day",
    "Safe sleeping advice given to every parent and recorded at antenatal contact",
)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("When families relocate to another borough what is known of them must be passed on", 0),
        ("Use professional interpreters rather than relatives", 1),
        ("Check how well the neglect tool is used", 2),
        ("Remind doctors of the protocol on injuries to babies", 3),
        ("Notify schools of police call-outs to domestic violence", 4),
    ],
)
def test_what_was_told_before_is_found_in_other_words(text: str, number: int) -> None:
    (found, *_) = rules.alike(text, dict(enumerate(EARLIER)))
    assert found[0] == number


def test_the_same_by_pairs_hang_together_however_far_around() -> None:
    groups = rules.strands([("a", "b"), ("b", "c"), ("x", "y"), ("z", "q")], "abcxyz")
    assert sorted(map(sorted, groups)) == [["a", "b", "c"], ["x", "y"], ["z"]]


@pytest.mark.parametrize(
    ("told", "kept"), [(" One   change ", "One change"), ("x" * 300, "x" * 300)]
)
def test_a_title_is_one_line(told: str, kept: str) -> None:
    assert rules.a_title(told) == kept


@pytest.mark.parametrize("told", ["", "  ", "x" * 301])
def test_a_title_is_neither_empty_nor_too_long(told: str) -> None:
    with pytest.raises(Invalid):
        rules.a_title(told)


@pytest.mark.parametrize(
    ("agency", "body", "seat", "outside", "allowed"),
    [
        (None, None, None, "", True),
        ("A", None, None, "", True),
        (None, None, "S", "", True),
        (None, None, None, "A ministry", True),
        ("A", "B", None, "", False),
        (None, "B", "S", "", False),
        ("A", None, None, "A ministry", False),
    ],
)
def test_it_is_addressed_to_one(
    agency: object, body: object, seat: object, outside: str, allowed: bool
) -> None:
    assert bool(rules.one_addressee(agency, body, seat, outside)) is allowed

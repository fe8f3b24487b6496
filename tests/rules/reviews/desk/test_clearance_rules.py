"""The order of clearance, the blind check, and what stands between a report and its publication."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.domain.practice.reviews.rules import clearance
from concordat.domain.practice.reviews.rules.clearance import (
    Authors,
    Checked,
    Copy,
    Found,
    Owed,
    Place,
    Readiness,
    Step,
    a_year_on,
    bars,
    current,
    disclosed,
    is_clean,
    may_read_check,
    may_sign,
    may_take_down,
)
from concordat.kernel.actor import Actor, Kind, Office, SeatHeld, public

FILE, OTHER = clearance.text_mark(1, 1, "a" * 64), clearance.text_mark(1, 2, "b" * 64)
ON = date(2019, 3, 29)
SEATS = {step: uuid4() for step in Step}
OWED = [Owed(Step.ACCURACY, "Heath Trust", (SEATS[Step.ACCURACY],))]


def somebody(seat: UUID) -> Actor:
    held = SeatHeld(seat, uuid4(), uuid4(), Office.DELEGATE, "Delegate")
    return Actor(Kind.PERSON, "Della", ON, uuid4(), seats=(held,))


def places(*signed: Step, text: str = FILE) -> list[Place]:
    return [Place(step, SEATS[step], text if step in signed else "") for step in Step]


@pytest.mark.parametrize("number", range(4))
def test_the_first_step_that_is_not_whole_is_the_one(number: int) -> None:
    steps = list(Step)
    assert current(places(*steps[:number]), OWED, FILE) is steps[number]
    assert current(places(*steps), OWED, FILE) is None


def test_another_file_and_nothing_is_signed() -> None:
    assert current(places(*Step), OWED, OTHER) is Step.ACCURACY
    assert current(places(*Step, text=""), OWED, "") is Step.ACCURACY


@pytest.mark.parametrize(
    "other",
    [
        clearance.text_mark(2, 1, "a" * 64),
        clearance.text_mark(1, 3, "a" * 64),
        clearance.text_mark(1, 1, "c" * 64),
    ],
)
def test_the_same_file_in_another_round_or_version_is_another_text(other: str) -> None:
    assert current(places(*Step), OWED, other) is Step.ACCURACY
    assert clearance.is_of(other, "a" * 64) is ("a" in other)


def test_a_step_that_asks_nobody_is_never_whole() -> None:
    there = [each for each in places(*Step) if each.step is not Step.LEGAL]
    assert current(there, OWED, FILE) is Step.LEGAL


@given(st.sets(st.sampled_from(list(Step))), st.sampled_from(list(Step)))
def test_a_seat_signs_in_its_turn_and_in_no_other(signed: set[Step], step: Step) -> None:
    there = places(*signed)
    mine = next(each for each in there if each.step is step)
    verdict = may_sign(somebody(SEATS[step]), mine, there, OWED, FILE)
    before = list(Step)[: list(Step).index(step)]
    assert bool(verdict) == (step not in signed and set(before) <= signed)


def test_nobody_signs_for_a_seat_of_others() -> None:
    there = places()
    assert "do not hold" in str(may_sign(somebody(uuid4()), there[0], there, OWED, FILE))
    assert not may_sign(public(ON), there[0], there, OWED, FILE)


FIRST, SECOND = uuid4(), uuid4()


def checks(*clear: bool | None) -> list[Checked]:
    people = (FIRST, SECOND)
    return [
        Checked(uuid4(), people[at] if each is not None else None, FILE, each)
        for at, each in enumerate(clear)
    ]


def test_neither_reads_the_others_before_both_are_in() -> None:
    one = checks(True, None)
    assert may_read_check(FIRST, one[0], one)
    assert not may_read_check(SECOND, one[0], one)
    assert not may_read_check(None, one[1], one)
    both = checks(True, False)
    assert may_read_check(SECOND, both[0], both)
    assert may_read_check(uuid4(), both[0], both)


@pytest.mark.parametrize(
    ("clear", "told"),
    [
        ((), "2 disclosure checks of two are not in."),
        ((True, None), "1 disclosure check of two is not in."),
        ((True, False), "Somebody who checked it found that a person could be made out."),
    ],
)
def test_two_people_find_that_nobody_can_be_made_out(
    clear: tuple[bool | None, ...], told: str
) -> None:
    assert str(disclosed(checks(*clear), FILE)) == told
    assert disclosed(checks(True, True), FILE)
    assert not disclosed(checks(True, True), OTHER)


def test_one_person_in_two_seats_is_one() -> None:
    twice = [replace(each, person=FIRST) for each in checks(True, True)]
    assert not disclosed(twice, FILE)
    assert not may_read_check(SECOND, twice[0], twice)


def test_who_wrote_it_does_not_check_it() -> None:
    seat = uuid4()
    actor = somebody(seat)
    assert actor.person
    assert clearance.may_check(actor, seat, Authors(signatures=frozenset({"Rhoda"})))
    assert not clearance.may_check(actor, uuid4(), Authors())
    for wrote in (
        Authors(people=frozenset({actor.person})),
        Authors(seats=frozenset({seat})),
        Authors(signatures=frozenset({"Rhoda", "Della"})),
        Authors(signatures=frozenset({"Ann for Della"})),
    ):
        assert not clearance.may_check(actor, seat, wrote)


def test_nobody_gives_both_checks() -> None:
    seat, other = uuid4(), uuid4()
    actor = somebody(seat)
    first = [Checked(other, actor.person, FILE, True)]
    assert "gave the other check" in str(clearance.may_check(actor, seat, Authors(), first, FILE))
    assert clearance.may_check(actor, seat, Authors(), first, OTHER)


def test_a_step_waits_for_everybody_whose_word_it_needs() -> None:
    own, second = SEATS[Step.PARTNERS], uuid4()
    council = Owed(Step.PARTNERS, "Council", (own, uuid4()))
    police = Owed(Step.PARTNERS, "Police", (second,))
    nobody = Owed(Step.PARTNERS, "Health", ())
    assert current(places(*Step), [council], FILE) is None
    assert current(places(*Step), [council, police], FILE) is Step.PARTNERS
    asked = [*places(*Step), Place(Step.PARTNERS, second)]
    assert clearance.not_asked(Step.PARTNERS, asked, [council, police]) == []
    assert current(asked, [council, police], FILE) is Step.PARTNERS
    signed = [*places(*Step), Place(Step.PARTNERS, second, FILE)]
    assert current(signed, [council, police], FILE) is None
    assert current(signed, [council, police, nobody], FILE) is Step.PARTNERS


@pytest.mark.parametrize(
    ("found", "clean"),
    [
        ([], True),
        ([Found("A footnote: the name of Heron.", certain=True)], False),
        ([Found("A footnote: the name of Heron.", certain=True, set_aside=True)], False),
        ([Found("The text: a word of the name of Heron.", certain=False)], False),
        ([Found("The text: a word.", certain=False, set_aside=True)], True),
    ],
)
def test_what_is_certain_is_never_set_aside(found: list[Found], clean: bool) -> None:
    verdict = is_clean(found)
    assert bool(verdict) is clean
    if not clean:
        assert found[0].told in str(verdict)


READY = Readiness(
    text=FILE, places=places(*Step), owed=OWED, sent={each.value: FILE for each in Copy},
    checks=checks(True, True), holds=(), planned=ON, unanswered=0,
)  # fmt: skip


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"text": ""}, "There is no report in clearance."),
        ({"holds": ("Criminal trial: it could prejudice it",)}, "Held: Criminal trial"),
        ({"unanswered": 2}, "2 comments on the draft without an answer."),
        ({"places": places(Step.ACCURACY)}, "Not cleared yet: legal advice is taken."),
        ({"owed": [Owed(Step.PARTNERS, "Police", ())]}, "Each partner signs: Police is not asked"),
        ({"unsigned": ["Heath Trust"]}, "The report of Heath Trust is not signed."),
        ({"sent": {}}, "No advance copy has gone to the national body"),
        ({"sent": {each.value: OTHER for each in Copy}}, "No advance copy"),
        ({"checks": checks(True, None)}, "1 disclosure check of two is not in."),
        ({"planned": None}, "No day of publication is planned."),
        ({"planned": date(2019, 4, 1)}, "It is planned for 1 April 2019."),
    ],
)
def test_each_thing_that_is_open_is_told(change: dict[str, object], told: str) -> None:
    assert bars(READY, ON) == []
    found = bars(replace(READY, **change), ON)  # type: ignore[arg-type]
    assert any(told in each for each in found)


@pytest.mark.parametrize(
    ("published", "until"),
    [(date(2019, 3, 29), date(2020, 3, 29)), (date(2020, 2, 29), date(2021, 2, 28))],
)
def test_it_stays_public_for_a_year(published: date, until: date) -> None:
    assert a_year_on(published) == until
    assert not may_take_down(published, until.replace(day=until.day - 1), "Asked", "")
    assert may_take_down(published, until.replace(day=until.day - 1), "Asked", "Ask us")
    assert may_take_down(published, until, "Asked", "")
    assert not may_take_down(published, until, " ", "Ask us")

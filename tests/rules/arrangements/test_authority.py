"""Who may decide what on a day, as tables of cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from concordat.domain.governance.arrangements.rules import (
    Agency,
    Answer,
    Body,
    Matter,
    Post,
    Record,
    Seat,
)
from concordat.kernel.dates import Period
from concordat.kernel.errors import Invalid
from tests.rules.arrangements.cases import CASES, HOLDERS, PASSED, RESERVED, TOP
from tests.rules.arrangements.examples import (
    BUDGET,
    CASH,
    COMMIT,
    NEEDS,
    NO,
    ON,
    OUT,
    REVIEW,
    YES,
    able,
    ask,
    council,
    decided,
    given,
    of,
    partner,
    sits,
    small,
    span,
)


def test_every_partner_decides_and_only_then_it_is_decided() -> None:
    found = ask(able())
    assert [each.answer for each in found.opinions] == [Answer.YES] * 3
    assert found.overall
    assert found.reason.startswith("Council, Health and Police could each decide this")


def test_one_partner_without_power_stops_all() -> None:
    found = ask(able("police"))
    assert not found.overall
    assert found.reason.startswith("Police could not decide this. Each partner binds only itself")


def test_why_a_deputy_who_spoke_could_not_decide_comes_before_what_the_holder_lacks() -> None:
    record = small(
        delegations=(
            given("council", key="chief", state="proposed"),
            given("council", "2019-03-01", "2019-03-26", key="own", post="council-deputy"),
        ),
        sittings=(
            sits("council-seat", post="council-chief"),
            sits("council-seat", holding="deputy", post="council-deputy"),
        ),
    )
    answer, reason = council(record, present=["council-seat:deputy"])
    assert answer == NEEDS
    assert reason.startswith("The delegation to Council deputy ended on 26 March 2019.")
    assert "Council chief is proposed: not yet in force" in reason
    alone = council(record, present=["council-seat"])
    assert alone == (NEEDS, "The delegation to Council chief is proposed: not yet in force.")


def test_a_power_of_a_seat_that_is_not_on_record_is_spoken_for_by_nobody() -> None:
    record = small(
        delegations=(
            given("council", key="chief", state="proposed"),
            given("council", key="lost", post="", seat="nowhere"),
        ),
        sittings=(sits("council-seat", post="council-chief"),),
    )
    answer, reason = council(record, present=["council-seat"])
    assert answer == NEEDS
    assert "Council chief is proposed: not yet in force" in reason


def test_child_death_review_is_not_for_the_police() -> None:
    found = ask(able("police"), REVIEW)
    assert of("police", found).answer.value == OUT
    assert of("police", found).source == "s.16Q"
    assert found.overall


SEVERAL = [
    ("two councils", [("north", "council"), ("south", "council")]),
    ("two forces", [("north-force", "police"), ("south-force", "police")]),
    ("three health bodies", [("a", "health"), ("b", "health"), ("c", "health")]),
]


@pytest.mark.parametrize(("what", "bodies"), SEVERAL)
def test_any_number_in_a_class_and_each_decides_for_itself(
    what: str, bodies: list[tuple[str, str]]
) -> None:
    classes = {class_ for _, class_ in bodies}
    others = [each for each in small().partners if each.class_ not in classes]
    partners = (*others, *(partner(*each) for each in bodies))
    powers = [given(each.agency) for each in partners]
    record = small(partners=partners, delegations=tuple(powers), sittings=())
    assert ask(record).overall
    for missing, _ in bodies:
        rest = tuple(d for d in powers if d.agency != missing)
        found = ask(replace(record, delegations=rest))
        assert not found.overall
        short = [each.agency for each in found.opinions if each.answer is not Answer.YES]
        assert short == [missing]


@pytest.mark.parametrize(
    ("record", "asked", "answer", "told"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_a_partner_alone(record: Record, asked: dict[str, Any], answer: str, told: str) -> None:
    found, reason = council(record, **asked)
    assert (found, told in reason) == (answer, True), reason


# --- to whom: posts, seats, people


@pytest.mark.parametrize(
    ("changes", "present", "answer", "told"),
    [case[1:] for case in HOLDERS],
    ids=[case[0] for case in HOLDERS],
)
def test_to_whom_the_power_was_handed(
    changes: dict[str, Any], present: list[str] | None, answer: str, told: str
) -> None:
    record = small(**{"delegations": (given("council"),)} | changes)
    record = replace(record, seats={**small().seats, **record.seats})
    found, reason = council(record, present=present)
    assert (found, told in reason) == (answer, True), reason


# --- power that is passed on


@pytest.mark.parametrize(
    ("change", "answer", "told"), [case[1:] for case in PASSED], ids=[case[0] for case in PASSED]
)
def test_power_goes_no_further_than_its_giver_had_it(
    change: dict[str, Any], answer: str, told: str
) -> None:
    low = given("council", key="low", post="council-deputy", under="top")
    there = (sits("council-seat", post="council-deputy"),)
    record = small(delegations=(low, replace(TOP, **change)), sittings=there)
    found, reason = council(record, amount=200, present=["council-seat"])
    assert (found, told in reason) == (answer, True), reason


def test_power_passed_on_twice_rests_on_the_first() -> None:
    chain = [
        given("council", key="low", post="council-new", under="middle"),
        given("council", key="middle", post="council-deputy", under="top"),
        replace(TOP, matters=(BUDGET,)),
    ]
    there = (sits("council-seat", post="council-new"),)
    record = small(delegations=tuple(chain), sittings=there)
    assert council(record, present=["council-seat"])[0] == YES
    lapsed = (*chain[:2], replace(TOP, person="sam", post=""))
    record = small(
        delegations=lapsed,
        sittings=(*there, sits("health-seat", "", "2019-02-28", person="sam")),
    )
    found, reason = council(record, present=["council-seat"])
    assert (found, "Sam Invented was no longer in a seat" in reason) == (NO, True)


# --- reserved matters


@pytest.mark.parametrize(
    ("decisions", "answer", "told"),
    [case[1:] for case in RESERVED],
    ids=[case[0] for case in RESERVED],
)
def test_what_is_reserved_waits_for_its_body(
    decisions: tuple[Any, ...], answer: str, told: str
) -> None:
    matters = {BUDGET: Matter(BUDGET, "The shared budget", reserved_to=("cabinet",))}
    bodies = dict(small().bodies) | {"panel": Body("panel", "Panel", "council")}
    record = able(matters=matters, decisions=decisions, bodies=bodies)
    found, reason = council(record)
    assert (found, told in reason) == (answer, True), reason
    assert of("health", ask(record)).answer is Answer.YES, "it is reserved for the council alone"


def test_police_money_waits_for_the_mayors_office_and_binds_nobody_else() -> None:
    found = ask(able(), CASH)
    assert of("police", found).answer is Answer.NEEDS
    assert "Reserved to Mayor's Office" in of("police", found).reason
    assert of("council", found).answer is Answer.YES
    agreed = decided("mayor", "2019-03-01", body="mayors-office", matters=(CASH,))
    assert ask(able(decisions=(agreed,)), CASH).overall


def test_what_is_reserved_to_the_executive_is_decided_by_its_members() -> None:
    matters = {BUDGET: Matter(BUDGET, "The shared budget", reserved_to=("executive",))}
    elsewhere = Seat("council-group", "Council seat, Group", "council", "group", Period())
    record = able(
        matters=matters,
        seats={**small().seats, "council-group": elsewhere},
        sittings=(*small().sittings, sits("council-group", post="council-chief")),
    )
    assert council(record)[0] == YES
    assert council(record, present=["council-seat"])[0] == YES
    found, reason = council(record, present=["council-group"])
    assert (found, "Reserved to Executive" in reason) == (NEEDS, True)


# --- who is a partner


PARTNERS: list[tuple[str, dict[str, Any], str, str]] = [
    ("not yet", {"start": "2019-04-01"}, NO, "No council partner is on record"),
    ("no longer", {"end": "2019-03-26"}, NO, "No council partner is on record"),
    ("perhaps", {"start": "2019"}, NEEDS, "Whether it was a partner"),
    ("of an agency that is gone", {"within": (span("", "2019-01-31"),)}, NO, "No council partner"),
    ("of an agency perhaps gone", {"within": (span("", "2019"),)}, NEEDS, "Whether it was"),
]


@pytest.mark.parametrize(
    ("row", "answer", "told"), [case[1:] for case in PARTNERS], ids=[case[0] for case in PARTNERS]
)
def test_who_is_a_partner_that_day(row: dict[str, Any], answer: str, told: str) -> None:
    partners = (partner("council", "council", **row), *small().partners[1:])
    found = ask(able(partners=partners))
    mine = [each for each in found.opinions if each.class_ == "council"]
    assert [(each.answer.value, told in each.reason) for each in mine] == [(answer, True)]
    assert not found.overall


def test_an_agency_named_for_two_areas_answers_once() -> None:
    twice = (*small().partners, replace(small().partners[0], key="council-east"))
    assert [each.agency for each in ask(able(partners=twice)).opinions] == [
        "council",
        "health",
        "police",
    ]


def test_a_certain_row_beats_an_uncertain_one_of_the_same_agency() -> None:
    unclear = partner("council", "council", "2019")
    for partners in ((unclear, *small().partners), (*small().partners, unclear)):
        assert ask(able(partners=partners)).overall


def test_without_partners_nothing_is_decided() -> None:
    found = ask(small(partners=()))
    assert not found.overall
    assert [each.class_ for each in found.opinions] == ["council", "health", "police"]


@pytest.mark.parametrize(
    ("matter", "present", "told"),
    [
        ("budgett", None, "There is no matter called “budgett”. Did you mean budget?"),
        ("zzz", None, "There is no matter called “zzz”. Set down a matter first."),
        (BUDGET, ["councl-seat"], "no seat called “councl-seat”. Did you mean council-seat"),
        (BUDGET, ["council-set:deputy"], "Did you mean council-seat"),
    ],
)
def test_what_is_unknown_is_told_with_near_names(
    matter: str, present: list[str] | None, told: str
) -> None:
    with pytest.raises(Invalid) as raised:
        ask(able(), matter, present=present)
    assert told in str(raised.value)


SUBSETS = [
    (["council-seat", "health-seat", "police-seat"], True, []),
    (["council-seat", "health-seat"], False, ["police"]),
    (["council-seat"], False, ["health", "police"]),
    ([], False, ["council", "health", "police"]),
    (["council-seat", "health-seat", "police-seat:deputy"], False, ["police"]),
]


@pytest.mark.parametrize(("present", "overall", "short"), SUBSETS)
def test_who_was_there(present: list[str], overall: bool, short: list[str]) -> None:
    found = ask(able(), present=present)
    assert found.overall is overall
    assert [each.agency for each in found.opinions if each.answer is not Answer.YES] == short


# --- houses, mergers, commands that are shared


FORCE = {
    "force": Agency("force", "Force", "police"),
    "command": Agency("command", "North command", "police", part_of="force"),
    "other-command": Agency("other-command", "South command", "police", part_of="force"),
}
COMMANDERS = {
    "commander": Post("commander", "Commander", "command"),
    "other-commander": Post("other-commander", "Other commander", "other-command"),
}


def policed(by: str, *powers: Any, **changes: Any) -> str:
    record = small(
        partners=(partner(by, "police"),),
        agencies=FORCE,
        posts=COMMANDERS,
        sittings=(),
        delegations=powers,
        matters={BUDGET: Matter(BUDGET, "Budget", ("police",))},
        **changes,
    )
    return of(by, ask(record)).answer.value


def test_a_chief_constable_hands_power_to_a_command_that_is_the_partner() -> None:
    assert policed("command", given("force", post="commander")) == YES
    assert policed("command", given("command", post="commander")) == YES, "it is the partner"
    above = given("force", key="top", post="commander")
    below = given("command", post="commander", under="top")
    assert policed("command", above, below) == YES


def test_a_command_binds_only_itself() -> None:
    assert policed("command", given("force", post="other-commander")) == NEEDS


def test_a_part_cannot_hand_itself_the_power_of_the_whole() -> None:
    assert policed("force", given("command", post="commander")) == NEEDS
    above = given("force", key="top", post="commander")
    assert policed("force", above) == YES
    passed = given("command", post="other-commander", under="top")
    assert policed("force", replace(above, post="commander"), passed) == YES


def test_the_force_decides_for_its_command() -> None:
    assert policed("command", decisions=(decided("force", "2019-03-01"),)) == YES
    assert policed("force", decisions=(decided("command", "2019-03-01"),)) == NO


def test_a_commander_shared_by_two_forces_binds_each_that_handed_power_over() -> None:
    forces = (partner("north", "police"), partner("south", "police"))
    posts = {"super": Post("super", "Superintendent", "unit")}
    seats = {"police-seat": Seat("police-seat", "Police", "", "executive", Period(), "police")}
    record = small(
        partners=forces,
        posts=posts,
        seats=seats,
        sittings=(sits("police-seat", post="super"),),
        matters={BUDGET: Matter(BUDGET, "Budget", ("police",))},
        delegations=(given("north", post="super"), given("south", post="super")),
    )
    assert ask(record, present=["police-seat"]).overall
    alone = replace(record, delegations=record.delegations[:1])
    found = ask(alone, present=["police-seat"])
    assert (of("north", found).answer, of("south", found).answer) == (Answer.YES, Answer.NO)


MERGED = {
    "north-ccg": Agency("north-ccg", "North CCG", "health", successors=("icb",)),
    "old-ccg": Agency("old-ccg", "Old CCG", "health", successors=("north-ccg",)),
    "icb": Agency("icb", "ICB", "health"),
}


@pytest.mark.parametrize("earlier", ["north-ccg", "old-ccg"])
def test_power_handed_on_before_a_merger_does_not_pass_by_itself(earlier: str) -> None:
    base = small(
        partners=(partner("icb", "health", "2022-07-01", name="ICB"),),
        agencies=MERGED,
        posts={"nurse": Post("nurse", "Chief nurse")},
        matters={BUDGET: Matter(BUDGET, "Budget", ("health",))},
        sittings=(),
    )
    on = date(2022, 7, 1)
    handed = replace(base, delegations=(given(earlier, post="nurse"),))
    told = of("icb", ask(handed, on=on))
    assert told.answer is Answer.NEEDS
    assert "No source says that ICB took the delegation over" in told.reason
    resolved = replace(base, decisions=(decided(earlier, "2022-01-01"),))
    told = of("icb", ask(resolved, on=on))
    assert told.answer is Answer.NEEDS
    assert "No source says that ICB stands by it" in told.reason
    anew = replace(base, delegations=(given("icb", "2022-07-01", post="nurse"),))
    assert ask(anew, on=on).overall
    assert of("icb", ask(base, on=on)).answer is Answer.NO


def test_agencies_that_two_files_name_are_one() -> None:
    partners = (
        partner("one/bcu", "police"),
        partner("two/bcu", "police"),
        partner("bcu", "police"),
    )
    agencies = {
        "bcu": Agency("bcu", "BCU", "police"),
        "one/bcu": Agency("one/bcu", "BCU", "police", same_as="bcu"),
        "two/bcu": Agency("two/bcu", "BCU", "police", same_as="one/bcu"),
    }
    record = small(
        partners=partners,
        agencies=agencies,
        sittings=(),
        matters={BUDGET: Matter(BUDGET, "Budget", ("police",))},
        delegations=(given("two/bcu", post="chief"),),
    )
    assert [each.answer for each in ask(record).opinions] == [Answer.YES]
    coded = {key: replace(each, same_as="", code="E23") for key, each in agencies.items()}
    assert len(ask(replace(record, agencies=coded)).opinions) == 1
    apart = {key: replace(each, same_as="") for key, each in agencies.items()}
    assert len(ask(replace(record, agencies=apart)).opinions) == 3


def test_a_partnership_of_partnerships_counts_members_while_they_belong() -> None:
    left = replace(partner("north", "council"), within=(span("", "2018-12-31"),))
    stayed = replace(partner("south", "council"), within=(span("2018-01-01"),))
    record = small(
        partners=(left, stayed),
        matters={BUDGET: Matter(BUDGET, "Budget", ("council",))},
        delegations=(given("south"),),
        sittings=(),
    )
    assert [each.agency for each in ask(record).opinions] == ["south"]
    assert ask(record).overall
    then = ask(record, on=date(2018, 6, 1))
    assert [each.agency for each in then.opinions] == ["north", "south"]
    assert not then.overall


# --- the case that the papers give


COUNCIL, HEALTH, POLICE = "tower-hamlets-council", "tower-hamlets-ccg", "bcu"
PAPERS = small(
    partners=(
        partner(COUNCIL, "council"),
        partner(HEALTH, "health"),
        partner(POLICE, "police"),
    ),
    bodies={
        "cabinet": Body("cabinet", "Cabinet", COUNCIL),
        "board": Body("board", "Board", HEALTH),
    },
    sittings=(),
    delegations=(
        given(COUNCIL, state="proposed", instrument="none on record", post="director"),
        given(HEALTH, "2019-03-26", post="managing-director", decision="approval", limbs=COMMIT),
        given(POLICE, state="proposed", instrument="none on record", post="superintendent"),
    ),
    decisions=(
        decided(HEALTH, "2019-03-26", body="board", matters=(REVIEW,)),
        decided(HEALTH, "2019-03-26", key="approval", body="board", matters=()),
        decided(COUNCIL, "2019-04-24", "planned", body="cabinet", matters=(REVIEW,)),
    ),
)  # fmt: skip
WORKED = [
    (date(2019, 3, 25), NEEDS, NO, OUT),
    (date(2019, 3, 26), NEEDS, YES, OUT),
    (date(2019, 3, 27), NEEDS, YES, OUT),
    (date(2019, 4, 24), NEEDS, YES, OUT),
]


@pytest.mark.parametrize(("on", "council_", "health", "police"), WORKED)
def test_the_child_death_footprint_of_the_papers(
    on: date, council_: str, health: str, police: str
) -> None:
    found = ask(PAPERS, REVIEW, on)
    answers = [of(each, found).answer.value for each in (COUNCIL, HEALTH, POLICE)]
    assert answers == [council_, health, police]
    assert not found.overall
    assert "24 April 2019" in of(COUNCIL, found).reason


def test_once_the_cabinet_decides_it_is_decided() -> None:
    made = replace(PAPERS.decisions[-1], state="made")
    record = replace(PAPERS, decisions=(*PAPERS.decisions[:-1], made))
    assert not ask(record, REVIEW, date(2019, 4, 23)).overall
    assert ask(record, REVIEW, date(2019, 4, 24)).overall


def test_every_day_is_replayed_the_same_whatever_is_asked_in_between() -> None:
    first = [ask(PAPERS, REVIEW, on) for on, *_ in WORKED]
    assert [ask(PAPERS, REVIEW, on) for on, *_ in reversed(WORKED)] == first[::-1]
    assert ask(PAPERS, REVIEW, ON) == first[2]

"""Slips, health, capacity, the cycle of priorities, contracts, highlights and gaps."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.domain.governance.programme.rules import (
    capacity,
    contracts,
    cycle,
    findings,
    health,
    highlights,
    life,
    slips,
)
from concordat.domain.governance.programme.rules.capacity import Fit, Piece, Worth, half_days
from concordat.domain.governance.programme.rules.contracts import Account
from concordat.domain.governance.programme.rules.cycle import Cycle
from concordat.domain.governance.programme.rules.findings import Known
from concordat.domain.governance.programme.rules.health import Health, Standing
from concordat.domain.governance.programme.rules.highlights import Change, Highlights, month_of
from concordat.domain.governance.programme.rules.life import Engaged, Making, Stage
from concordat.domain.governance.programme.rules.path import Node, plan_of
from concordat.kernel.dates import UncertainDate
from concordat.kernel.errors import Invalid

DAY = date(2019, 3, 29)


def said(text: str) -> UncertainDate | None:
    return UncertainDate.parse(text) if text else None


# --- slips


@pytest.mark.parametrize(
    ("first", "now", "least", "most", "words"),
    [
        ("2018-09", "2019-03", 152, 211, "6 months later"),
        ("2019-03", "2018-09", -211, -152, "6 months earlier"),
        ("2018-09-30", "2018-10-04", 4, 4, "4 days later"),
        ("2018-10-04", "2018-10-03", -1, -1, "1 day earlier"),
        ("2018-09", "2018-10-04", 4, 33, "about 1 month later"),
        ("2018-08", "2018-10-04", 34, 64, "about 2 months later"),
        ("2018-Q3", "2019-01", 93, 214, "between 4 and 6 months later"),
        ("2018-Q3", "2018-Q4", 1, 183, "about 3 months later"),
        ("2018-09", "2018-Q4", 1, 121, "between 1 and 3 months later"),
        ("2018-Q4", "2018-09", -121, -1, "between 1 and 3 months earlier"),
        ("2018-Q3", "2018-09-30 to 2018-10-20", 0, 111, "up to 3 months later"),
        ("2018-09", "2018", -272, 121, "between 8 months earlier and 3 months later"),
    ],
)
def test_a_slip_is_told_as_exactly_as_its_dates_allow(
    first: str, now: str, least: int, most: int, words: str
) -> None:
    found = slips.slip(said(first), said(now))
    assert found
    assert (found.least, found.most, found.words) == (least, most, words)


@pytest.mark.parametrize(
    ("first", "now"), [("", "2019"), ("2019", ""), ("2019-03", "2019-03"), ("?", "2019"),
                       ("about 2018", "2019"), ("2018", "2018-09"), ("2018-Q2", "2018-06"),
                       ("2018-06", "2018-06-12"), ("2018-06-12", "2018-06")],
)  # fmt: skip
def test_no_slip_is_made_up(first: str, now: str) -> None:
    assert slips.slip(said(first), said(now)) is None


def test_a_plan_is_changed_for_a_reason_by_somebody_to_another_day() -> None:
    june, may = said("2019-06"), said("2019-05")
    assert slips.may_replan(june, may)
    assert not slips.may_replan(june, said("June 2019"))
    began = said("2019-06-01")
    assert "begins 1 June 2019" in str(slips.may_replan(june, may, starts=began))
    assert [bool(each) for each in slips.are_reasons(["Late"], "Board")] == [True, True]
    assert [bool(each) for each in slips.are_reasons([" "], " ")] == [False, False]
    long_ = slips.are_reasons(["x" * 600, "y" * 600], "z" * 301)
    assert [bool(each) for each in long_] == [False, False]


@pytest.mark.parametrize(
    ("due", "over", "stands"),
    [
        ("2019-02", False, "late"),
        ("2019-03", False, "soon"),
        ("2019-04-26", False, "soon"),
        ("2019-04-27", False, "later"),
        ("2019-09", False, "later"),
        ("2019", False, "later"),
        ("2019-Q2", False, "later"),
        ("2019-04", False, "soon"),
        ("", False, "undated"),
        ("?", False, "undated"),
        ("2019-02", True, "over"),
    ],
)
def test_how_near_a_milestone_is(due: str, over: bool, stands: str) -> None:
    assert slips.stands(said(due), over, DAY) == stands


# --- health


@pytest.mark.parametrize(
    ("last", "since", "stale"),
    [
        (DAY - timedelta(30), DAY, False),
        (DAY - timedelta(31), DAY, True),
        (None, DAY - timedelta(30), False),
        (None, DAY - timedelta(31), True),
    ],
)
def test_a_word_is_stale_after_thirty_days(last: date | None, since: date, stale: bool) -> None:
    assert health.is_stale(last, DAY, known_since=since) is stale


def test_an_update_says_how_it_goes_in_words() -> None:
    assert health.is_update("Well", Health.ON_TRACK)
    assert not health.is_update("", Health.ON_TRACK)
    assert not health.is_update("Well", None)
    assert not health.is_update("x" * 1001, Health.AT_RISK)
    assert health.stale_in_words(None, DAY) == "Nobody has said yet how it goes."
    told = health.stale_in_words(DAY - timedelta(40), DAY)
    assert told == "The last update is 40 days old (17 February 2019)."


@pytest.mark.parametrize(
    ("stands", "told"),
    [
        (Standing(0, 0, 0, 0, 0), "No milestone is planned yet."),
        (
            Standing(4, 1, 1, 1, 2, "Plans", "June 2019", ["Draft", "Check"]),
            "Next: “Plans”, due June 2019. It waits for “Draft” and “Check”. 1 of 4 milestones "
            "reached, 1 late, 2 planned again, 1 without a date.",
        ),
        (Standing(1, 1, 0, 0, 0), "1 of 1 milestone reached."),
    ],
)
def test_the_head_of_a_roadmap(stands: Standing, told: str) -> None:
    assert health.sentence(stands) == told


# --- capacity


@pytest.mark.parametrize(
    ("text", "halves", "back"),
    [("4", 8, "4 days"), ("4.5", 9, "4½ days"), ("½", 1, "half a day"), ("1", 2, "1 day"),
     ("0", 0, "0 days"), (" 1.0 ", 2, "1 day"), ("400", 800, "400 days")],
)  # fmt: skip
def test_days_are_kept_by_the_half(text: str, halves: int, back: str) -> None:
    assert half_days(text) == halves
    assert capacity.in_days(halves) == back


@pytest.mark.parametrize("text", ["", "-1", "1.25", "four", "401", "1,5", "1e3"])
def test_what_is_no_number_of_days_is_told(text: str) -> None:
    with pytest.raises(Invalid):
        half_days(text)


PIECES = [
    Piece("Wait", 4, Worth.CAN_WAIT),
    Piece("Must", 8, Worth.MUST),
    Piece("Should", 6, Worth.SHOULD),
]


@pytest.mark.parametrize(
    ("free", "over", "told"),
    [
        (18, (), "It fits: 9 days of 9 days."),
        (15, ("Wait",), "1½ days short. No room for Wait."),
        (12, ("Should", "Wait"), "3 days short. No room for Should and Wait."),
        (
            6,
            ("Must", "Should", "Wait"),
            "6 days short, even for what must be done. Ask for help or move a date.",
        ),
        (None, (), "9 days asked for. Nobody has said how many are free."),
    ],
)
def test_what_fits(free: int | None, over: tuple[str, ...], told: str) -> None:
    fits = capacity.fit(free, PIECES)
    assert fits.over == over
    assert capacity.in_words(fits) == told
    assert (fits.must, fits.should, fits.can_wait) == (8, 6, 4)


def test_what_is_set_aside_asks_for_nothing() -> None:
    fits = capacity.fit(14, [*PIECES[1:], Piece("Gone", 4, Worth.CAN_WAIT, set_aside=True)])
    assert (fits.needed, fits.set_aside, fits.over) == (14, 4, ())
    assert not capacity.may_set_aside(Worth.MUST)
    assert capacity.may_set_aside(Worth.CAN_WAIT)
    assert not capacity.is_made_room(" ")
    assert capacity.is_made_room("Business as usual")
    assert not capacity.may_be_worth("must", set_aside=True)
    assert capacity.may_be_worth("must", set_aside=False)
    assert capacity.may_be_worth("should", set_aside=True)


@given(
    st.one_of(st.none(), st.integers(0, 200)),
    st.lists(st.tuples(st.integers(0, 60), st.sampled_from(Worth), st.booleans())),
)
def test_nothing_is_lost_and_what_must_be_done_comes_first(
    free: int | None, told: list[tuple[int, Worth, bool]]
) -> None:
    pieces = [Piece(str(n), *each) for n, each in enumerate(told)]
    fits = capacity.fit(free, pieces)
    assert fits.needed + fits.set_aside == sum(each.halves for each in pieces)
    if free is not None and fits.must <= free:
        musts = {each.title for each in pieces if each.worth is Worth.MUST}
        assert not musts & set(fits.over)
    over = [each.worth for each in pieces if each.title in fits.over]
    if over:
        order = list(Worth)
        least = min(order.index(each) for each in over)
        below = {p.title for p in pieces
                 if p.halves and not p.set_aside and order.index(p.worth) > least}  # fmt: skip
        assert below <= set(fits.over)
    assert isinstance(fits, Fit)


def test_capacity_is_planned_by_the_quarter() -> None:
    assert capacity.is_quarter(UncertainDate.parse("Q2 2019"))
    for text in ("2019-04", "2019", "early Q2 2019", "?Q2 2019", "about Q2 2019", "?"):
        assert not capacity.is_quarter(UncertainDate.parse(text)), text


# --- the cycle of a priority


def a_cycle(**more: object) -> Cycle:
    told = {
        "evidence": "Audit", "chosen_by": "Executive", "chosen_on": said("2019-03"),
        "lead": "posts:lead", "success": "Fewer", "end": said("2020-03"), "stage": Stage.PLANNED,
    }  # fmt: skip
    return Cycle(**{**told, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("more", "lacks"),
    [
        ({}, []),
        ({"evidence": ""}, ["evidence"]),
        ({"chosen_by": ""}, []),
        ({"chosen_by": "", "chosen_on": None}, ["a choice by a body"]),
        ({"lead": "", "success": ""}, ["a lead", "a test of success"]),
        ({"end": None}, ["an end"]),
        ({"end": None, "stage": Stage.DONE}, []),
    ],
)
def test_what_a_year_of_a_priority_lacks(more: dict[str, object], lacks: list[str]) -> None:
    held = a_cycle(**more)
    assert cycle.missing(held) == lacks
    assert bool(cycle.finding(held)) is bool(lacks)


def test_nobody_begins_a_priority_that_nobody_leads() -> None:
    assert cycle.may_begin(a_cycle(evidence="", end=None))
    told = cycle.may_begin(a_cycle(lead="", success=""))
    assert str(told) == "It needs a lead and a test of success before it begins."
    assert not cycle.may_choose(" ")
    assert str(cycle.may_end(["Is it desirable?"])).endswith("Is it desirable?")
    assert cycle.may_end([])
    assert not cycle.is_outcome(" ")
    assert cycle.is_outcome("Fewer episodes")


@pytest.mark.parametrize(
    ("leads", "told"),
    [
        ([], ""),
        (["a", "b"], ""),
        ([""], "The only priority has no lead."),
        ([""] * 5, "None of the 5 priorities states who leads it."),
        (["", "a", ""], "2 of 3 priorities have no lead."),
    ],
)
def test_priorities_without_a_lead_are_a_finding(leads: list[str], told: str) -> None:
    assert cycle.together(leads) == told


def test_a_gate_is_decided_once() -> None:
    assert cycle.is_undecided("")
    assert cycle.is_undecided("not yet")
    assert not cycle.is_undecided("yes")


# --- contracts


@pytest.mark.parametrize(
    ("account", "told"),
    [
        (Account(16, 4, 2), "3 days of 8 days claimed, 5 days left."),
        (Account(4, 4, 2), "3 days of 2 days claimed: 1 day more than agreed."),
        (Account(None, 1, 0), "half a day claimed; how many were agreed is not stated."),
    ],
)
def test_a_contract_in_words(account: Account, told: str) -> None:
    assert contracts.in_words(account) == told


@pytest.mark.parametrize(
    ("worked", "ends", "why"),
    [
        (DAY, "2019-12", ""),
        (DAY + timedelta(1), "2019-12", "still to come"),
        (date(2018, 12, 31), "2019-12", "begins January 2019"),
        (date(2019, 3, 1), "2019-02", "ended February 2019"),
    ],
)
def test_days_are_claimed_once_worked_within_the_contract(
    worked: date, ends: str, why: str
) -> None:
    told = contracts.is_worked(worked, today=DAY, begins=said("2019-01"), ends=said(ends))
    assert bool(told) is not bool(why)
    assert why in str(told)


@pytest.mark.parametrize(
    ("halves", "why"), [(2, ""), (0, "at least half a day"), (6, "Only 2 days of the agreed")]
)
def test_no_more_days_are_claimed_than_were_agreed(halves: int, why: str) -> None:
    told = contracts.may_claim(Account(16, 10, 2), halves)
    assert bool(told) is not bool(why)
    assert why in str(told)


@pytest.mark.parametrize(
    ("ends", "until", "may"),
    [("2019-06", "2019-12", True), ("", "2019-12", True), ("", "?", False),
     ("2019-06", "2019-06", False), ("2019-06", "?", False)],
)  # fmt: skip
def test_a_contract_is_renewed_until_a_later_day(ends: str, until: str, may: bool) -> None:
    assert bool(contracts.may_renew(said(ends), UncertainDate.parse(until))) is may


ADA, BEN = uuid4(), uuid4()


@pytest.mark.parametrize(
    ("claimants", "people", "claimed_by", "theirs"),
    [
        ({ADA}, {ADA}, "Ada", True),
        ({ADA}, {ADA, BEN}, "Ada", True),
        ({ADA, BEN}, {BEN}, "Ben for Ada", True),
        ({ADA}, {BEN}, "Jo", False),
        (set(), {BEN}, "Jo", True),
        (set(), {BEN}, "Ada", False),
    ],
)
def test_a_claim_is_known_by_its_people_and_not_by_their_names(
    claimants: set[UUID], people: set[UUID], claimed_by: str, theirs: bool
) -> None:
    assert contracts.is_theirs(claimants, people, claimed_by, "Jo") is theirs
    assert bool(contracts.may_approve(theirs)) is not theirs


def test_half_a_day_costs_half_the_rate() -> None:
    assert Account(16, 5, 0, 5 * 40_000).spent == 100_000
    assert Account(16, 5, 0).spent is None


@pytest.mark.parametrize(
    ("stage", "changed", "may"),
    [
        (Engaged.DRAFT, ["rate", "agreed"], True),
        (Engaged.ORDERED, ["title"], True),
        (Engaged.ORDERED, ["rate"], False),
        (Engaged.ENDED, ["to_text"], False),
    ],
)
def test_what_an_order_fixed_changes_by_renewing(
    stage: Engaged, changed: list[str], may: bool
) -> None:
    assert bool(contracts.may_amend(stage, changed)) is may


@pytest.mark.parametrize(
    ("stage", "ends", "told"),
    [
        (Engaged.DRAFT, "2019-03", "draft"),
        (Engaged.ENDED, "2018", "ended"),
        (Engaged.ORDERED, "", "runs"),
        (Engaged.ORDERED, "2019-02", "over"),
        (Engaged.ORDERED, "2019-05-24", "ends soon"),
        (Engaged.ORDERED, "2019-05-25", "runs"),
    ],
)
def test_a_contract_asks_whether_it_goes_on(stage: Engaged, ends: str, told: str) -> None:
    assert contracts.stands(stage, said(ends), DAY) == told


# --- life


def test_a_product_is_accepted_only_once_done() -> None:
    assert life.making_of("done", accepted=True) is Making.ACCEPTED
    assert life.making_of("done", accepted=False) is Making.DONE
    assert life.making_of("under way", accepted=True) is Making.UNDER_WAY
    assert life.PRODUCTS.verdict(Making.DONE, "accept")
    assert not life.PRODUCTS.verdict(Making.UNDER_WAY, "accept")


def test_a_programme_closes_with_nothing_owed_and_something_learnt() -> None:
    assert life.may_close(0, 1)
    assert "One thing is still owed" in str(life.may_close(1, 1))
    assert "No lesson" in str(life.may_close(0, 0))


# --- highlights


def test_a_month_holds_what_certainly_lies_in_it() -> None:
    march = month_of(DAY)
    assert (march.first, march.last) == (date(2019, 3, 1), date(2019, 3, 31))
    assert (march.before.key, march.after.key, march.words) == ("2019-02", "2019-04", "March 2019")
    assert march.holds(said("2019-03"))
    assert march.holds(DAY)
    for text in ("spring 2019", "2019", "?", "about March 2019", "2019-04-01", ""):
        assert not march.holds(said(text))


def test_a_report_in_a_sentence() -> None:
    one = [Change("A", "B")]
    told = Highlights(month_of(DAY), reached=one, planned_again=one * 2, late=one)
    assert highlights.sentence(told) == (
        "In March 2019: 1 milestone reached and 2 dates planned again. 1 milestone late today."
    )
    assert highlights.sentence(Highlights(month_of(DAY))).startswith("Nothing was reached")


# --- gaps


def test_what_a_plan_does_not_say_is_told_and_not_filled() -> None:
    june, wall = said("2019-06"), date(2019, 6, 29)
    plan = plan_of(
        [
            Node("a", "A"),
            Node("b", "B", june, ("c",), wall=wall),
            Node("c", "C", said("2019-09")),
            Node("d", "D", is_over=True),
        ]
    )
    told = findings.findings(
        Known(plan, ["A", "B", "C", "D"], [""] * 5, ["P"], unagreed=1, unknown_rules=["TR-X"])
    )
    assert told == [
        "None of the 5 priorities states who leads it.",
        "No date is stated for “A”.",
        "Nobody is named for 4 milestones, among them “A”.",
        "Nobody is named who accepts “P”.",
        "1 change of plan does not say who agreed.",
        "“B” is due June 2019, but “C” comes first and is due September 2019.",
        "“B” is due June 2019, which reaches past the last day that the law allows.",
        "The rule TR-X is not on file, so that no last day is shown for it.",
    ]
    assert findings.findings(Known({})) == []


@pytest.mark.parametrize(
    ("stages", "ending", "told"),
    [
        ([Stage.PLANNED, Stage.DONE], 0, "1 post or service still to be filled."),
        (
            [Stage.UNDER_WAY, Stage.PLANNED],
            1,
            "2 posts and services still to be filled and 1 that ends soon.",
        ),
        ([Stage.DONE], 0, "All are filled or given up."),
        (
            [Stage.DONE, Stage.ABANDONED],
            2,
            "All are filled or given up, 2 of them until a day that is near.",
        ),
    ],
)
def test_how_recruitment_stands(stages: list[Stage], ending: int, told: str) -> None:
    assert life.seeking_in_words(stages, ending) == told

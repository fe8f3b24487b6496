"""A year of meetings: options that are lawful, prices that are told, plans that are cheapest."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings

from concordat.domain.governance.diaries.rules import (
    Chair,
    Need,
    Quorum,
    School,
    Why,
    Window,
    from_words,
    wanted,
)
from concordat.domain.governance.diaries.rules.years import (
    NONE,
    Series,
    Year,
    borne,
    is_coupled,
    plan_exactly,
    price_of,
    without,
    year_of,
)
from concordat.kernel.calendar import WorkingDays
from tests.rules.diaries.rooms import busy, chair
from tests.rules.diaries.years_by_hand import cheapest_by_hand, years

FIRST, LAST = date(2026, 3, 2), date(2026, 3, 31)
WORKING = WorkingDays()
QUORUM = Quorum(classes=("council", "health"))


def series(chairs: list[Chair], **changes: object) -> Series:
    window = Window(FIRST, LAST, 60, begins=540, ends=660, step=30, school_rule=School.IGNORE)
    rhythm = from_words("every 2 weeks")
    made = Series(
        key="a",
        name="Executive",
        rhythm=rhythm,
        targets=tuple(wanted(rhythm, FIRST, LAST)),
        chairs=tuple(chairs),
        quorum=QUORUM,
        window=window,
        tolerance=3,
        least=7,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def two(**health: object) -> list[Chair]:
    return [chair("director", "council"), chair("nurse", "health", **health)]  # type: ignore[arg-type]


def test_free_diaries_give_every_wanted_day_at_no_price() -> None:
    year = year_of([series(two())], working=WORKING)
    plan = plan_exactly(year)
    days = [year.meetings[n].options[at].day for n, at in enumerate(plan.choice) if at is not None]
    assert days == [date(2026, 3, 2), date(2026, 3, 16), date(2026, 3, 30)]
    assert (plan.price, plan.bound, plan.gap) == (0, 0, 0)


def test_a_day_without_a_quorum_is_no_option() -> None:
    taken = [busy(16, 0, 24 * 60), busy(17, 0, 24 * 60)]
    year = year_of([series(two(holder=taken, need=Need.OPTIONAL))], working=WORKING)
    options = {option.day for option in year.meetings[1].options}
    assert not options & {date(2026, 3, 16), date(2026, 3, 17)}
    plan = plan_exactly(year)
    at = plan.choice[1]
    assert at is not None
    assert dict(year.meetings[1].options[at].prices)["2 days from the wanted day"] == 2


def test_a_meeting_for_which_no_day_is_lawful_gets_none() -> None:
    taken = [busy(day, 0, 24 * 60) for day in range(12, 21)]
    year = year_of([series(two(holder=taken))], working=WORKING)
    plan = plan_exactly(year)
    assert plan.choice[1] is None
    assert plan.price >= NONE


def test_every_price_is_told() -> None:
    soft = [busy(day, 0, 24 * 60, Why.RATHER_NOT, "rather not") for day in range(2, 7)]
    chairs = [
        *two(soft=soft),
        chair("chair", holder=[busy(day, 0, 24 * 60) for day in range(2, 7)], deputy=[]),
        chair("guest", holder=[busy(2, 0, 24 * 60)], need=Need.OPTIONAL),
    ]
    school = {date(2026, 2, 23): ("North",), date(2026, 3, 2): ("North",)}
    held = series(chairs, papers=5)
    window = replace(held.window, school=school, school_rule=School.RATHER_NOT)
    year = year_of([replace(held, window=window, tolerance=0)], working=WORKING)
    option = year.meetings[0].options[0]
    assert dict(option.prices) == {
        "Nurse: rather not": 3,
        "school holiday in North": 5,
        "without Guest": 2,
        "Chair by deputy": 4,
        "papers due in a school holiday": 2,
    }
    assert option.papers_due == date(2026, 2, 23)
    assert option.burdens == {"h-nurse": 3, "h-chair": 4, "h-guest": 2}


def test_papers_that_would_be_due_already_cost_and_later_days_are_taken() -> None:
    held = series(two(), papers=5, tolerance=8, on=date(2026, 3, 2), targets=(date(2026, 3, 2),))
    year = year_of([held], working=WORKING)
    early, *_, late = year.meetings[0].options
    assert (early.day, dict(early.prices)) == (date(2026, 3, 2), {"papers due already": 12})
    assert (late.day, dict(late.prices)) == (date(2026, 3, 10), {"8 days from the wanted day": 8})
    assert plan_exactly(year).price == late.price


def test_too_near_is_not_allowed_and_far_costs() -> None:
    year = year_of([series(two(), tolerance=7, least=14)], working=WORKING)
    nearest = [
        next(n for n, each in enumerate(meeting.options) if each.day == day)
        for meeting, day in zip(
            year.meetings, (date(2026, 3, 6), date(2026, 3, 16), date(2026, 3, 30)), strict=True
        )
    ]
    assert price_of(year, nearest) is None
    assert plan_exactly(year).price == 0


def test_shared_people_tie_bodies_together() -> None:
    shared = chair("director", "council")
    one = series([shared, chair("nurse", "health")])
    other = replace(one, key="b", chairs=(shared, chair("doctor", "health")))
    year = year_of([one, other], working=WORKING)
    assert is_coupled(year)
    with pytest.raises(ValueError, match="the solver plans them"):
        plan_exactly(year)
    apart = replace(other, chairs=(chair("head", "council"), chair("doctor", "health")))
    assert not is_coupled(year_of([one, apart], working=WORKING))


def test_nobody_is_in_two_meetings_at_once() -> None:
    shared = [chair("director", "council"), chair("nurse", "health")]
    one = series(shared, tolerance=0)
    year = year_of([one, replace(one, key="b")], working=WORKING)
    same = [0] * len(year.meetings)
    assert price_of(year, same) is None


def test_burdens_are_summed_and_the_worst_off_weighs() -> None:
    soft = [busy(day, 0, 24 * 60, Why.RATHER_NOT, "rather not") for day in range(2, 32)]
    year = year_of([series(two(soft=soft))], working=WORKING, fairness=2)
    choice = [0] * len(year.meetings)
    assert borne(year, choice) == {"h-nurse": 9}
    plain = price_of(replace(year, fairness=0), choice)
    assert plain is not None
    assert price_of(year, choice) == plain + 18


def test_the_cheapest_days_are_kept_when_there_are_many() -> None:
    year = year_of([series(two(), tolerance=7)], working=WORKING)
    few = without(year, 3)
    assert [len(each.options) for each in few.meetings] == [3, 3, 3]
    assert plan_exactly(few).price == plan_exactly(year).price


@pytest.mark.long
@settings(max_examples=150)
@given(years())
def test_the_exact_plan_is_the_cheapest_by_hand(year: Year) -> None:
    plan = plan_exactly(year)
    assert plan.price == cheapest_by_hand(year) == price_of(year, plan.choice)

"""How a clock stands."""

from datetime import UTC, date, datetime

import pytest

from concordat.domain.base.clocks.rules import (
    ClockFacts,
    Due,
    Law,
    State,
    due_on,
    may_pause,
    rule,
    state,
    working_days_left,
)
from concordat.kernel.calendar import WorkingDays


def started(rule_id: str, start: date, working_days: WorkingDays) -> Due:
    day = start.date() if isinstance(start, datetime) else start
    return due_on(start, rule(rule_id, on=day), working_days)


DAY_BY_DAY = [
    # notification of a serious incident known on Thursday 28 March 2019, due Thursday 4 April
    ("2019-03-28", 5, State.RUNNING),
    ("2019-04-01", 3, State.RUNNING),
    ("2019-04-02", 2, State.DUE_SOON),
    ("2019-04-04", 0, State.DUE_SOON),
    ("2019-04-05", -1, State.OVERDUE),
    ("2019-04-08", -2, State.OVERDUE),
]


@pytest.mark.parametrize(("today", "left", "stands"), DAY_BY_DAY)
def test_runs_down_to_the_due_date(
    today: str, left: int, stands: State, england: WorkingDays
) -> None:
    due, on = started("SIN-CRIT", date(2019, 3, 28), england), date.fromisoformat(today)
    assert working_days_left(due.due, on, england) == left
    assert state(ClockFacts(due), on, england) is stands


@pytest.mark.parametrize(
    ("today", "stands"),
    [("2019-08-29", State.RUNNING), ("2019-08-30", State.DUE_SOON), ("2019-09-30", State.OVERDUE)],
)
def test_a_long_clock_warns_four_weeks_ahead(
    today: str, stands: State, england: WorkingDays
) -> None:
    due = started("LC-PUBLISH", date(2019, 3, 29), england)  # due Sunday 29 September 2019
    assert state(ClockFacts(due), date.fromisoformat(today), england) is stands


def test_met_on_the_last_day_is_met_and_after_it_is_late(england: WorkingDays) -> None:
    due, today = started("SIN-CRIT", date(2019, 3, 28), england), date(2019, 6, 1)
    assert state(ClockFacts(due, met=date(2019, 4, 4)), today, england) is State.MET
    assert state(ClockFacts(due, met=date(2019, 4, 5)), today, england) is State.MET_LATE


def test_a_moment_of_the_database_counts_on_its_london_day(england: WorkingDays) -> None:
    due, today = started("SIN-CRIT", date(2019, 3, 28), england), date(2019, 6, 1)
    after_midnight = datetime(2019, 4, 4, 23, 30, tzinfo=UTC)
    before_midnight = datetime(2019, 4, 4, 22, 30, tzinfo=UTC)
    assert state(ClockFacts(due, met=after_midnight), today, england) is State.MET_LATE
    assert state(ClockFacts(due, met=before_midnight), today, england) is State.MET


def test_hours_are_met_to_the_minute(england: WorkingDays) -> None:
    due, today = (
        started("RHI-OFFER", datetime.fromisoformat("2019-03-29T16:10"), england),
        date(2019, 6, 1),
    )
    for met, stands in [
        (datetime.fromisoformat("2019-04-01T16:10"), State.MET),
        (datetime.fromisoformat("2019-04-01T16:11"), State.MET_LATE),
        (datetime(2019, 4, 1, 15, 10, tzinfo=UTC), State.MET),
        (datetime(2019, 4, 1, 15, 11, tzinfo=UTC), State.MET_LATE),
        (date(2019, 4, 1), State.MET),
    ]:
        assert state(ClockFacts(due, met=met), today, england) is stands
    assert (
        state(ClockFacts(due), datetime.fromisoformat("2019-04-01T16:11"), england) is State.OVERDUE
    )
    assert (
        state(ClockFacts(due), datetime.fromisoformat("2019-04-01T16:09"), england)
        is State.DUE_SOON
    )


def test_delay_is_explained_and_not_stopped(england: WorkingDays) -> None:
    due = started("LC-PUBLISH", date(2018, 8, 31), england)
    facts = ClockFacts(due, explanation="The trial begins in June.")
    assert state(facts, date(2019, 2, 27), england) is State.DUE_SOON
    assert state(facts, date(2019, 3, 1), england) is State.EXPLAINED
    late = ClockFacts(due, met=date(2019, 7, 1), explanation="The trial begins in June.")
    assert state(late, date(2019, 8, 1), england) is State.MET_LATE


def test_a_paused_clock_is_told_apart_before_and_after_its_date(england: WorkingDays) -> None:
    due = started("CDOP-MEET", date(2019, 1, 10), england)
    facts = ClockFacts(due, paused_for="inquest")
    assert state(facts, date(2019, 1, 11), england) is State.PAUSED
    assert state(facts, date(2019, 12, 1), england) is State.PAUSED


def test_only_child_death_clocks_pause_and_only_for_their_reasons(the_law: Law) -> None:
    panel = the_law.rule("CDOP-MEET", on=date(2019, 3, 29))
    assert may_pause(panel, "inquest")
    assert "paused only for inquest, criminal proceedings" in may_pause(panel, "holiday").reason
    review = the_law.rule("LC-PUBLISH", on=date(2019, 3, 29))
    assert "explain the delay instead" in may_pause(review, "inquest").reason
    pausing = {rule.id for rule in the_law.rules if rule.pauses}
    assert pausing == {"CDRM-TARGET", "CDOP-MEET", "CDR-12MO", "CDR-6MO"}


def test_a_first_day_is_waited_for(england: WorkingDays) -> None:
    due = started("NRM-CG", date(2019, 1, 1), england)
    assert state(ClockFacts(due), date(2019, 1, 30), england) is State.WAITING
    assert state(ClockFacts(due), date(2019, 1, 31), england) is State.RUNNING
    early = ClockFacts(due, met=date(2019, 1, 30))
    assert state(early, date(2019, 3, 1), england) is State.TOO_EARLY
    in_time = ClockFacts(due, met=date(2019, 1, 31))
    assert state(in_time, date(2019, 3, 1), england) is State.MET


def test_without_a_start_the_start_is_asked_for(england: WorkingDays) -> None:
    assert state(ClockFacts(None), date(2019, 3, 29), england) is State.START_UNKNOWN


def test_not_applicable_comes_before_everything(england: WorkingDays) -> None:
    facts = ClockFacts(None, not_applicable="Outside the criteria.")
    assert state(facts, date(2019, 3, 29), england) is State.NOT_APPLICABLE

"""Steps on the way from an old board against the national timetable."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.domain.base.clocks.rules import law
from concordat.domain.governance.arrangements.rules import transition as rules
from concordat.domain.governance.arrangements.rules.transition import Stage
from concordat.kernel.dates import UncertainDate

ON = date(2019, 3, 29)
TABLE = rules.timetable(law())


def stage(step: str, when: str = "", until: str = "", *, done: bool = False) -> Stage:
    return Stage(
        step,
        rules.TITLES[step],
        done,
        UncertainDate.parse(when) if when else None,
        UncertainDate.parse(until) if until else None,
        source="A paper",
        subject=f"steps:{step}",
    )


def found(*stages: Stage) -> list[tuple[str, tuple[str, ...], bool]]:
    return [
        (each.subject.removeprefix("steps:"), each.rules, each.is_certain)
        for each in rules.clashes(stages, TABLE, ON)
    ]


def test_the_timetable_is_read_from_the_law() -> None:
    assert (TABLE.starts_on, TABLE.publish_by) == (date(2018, 6, 29), date(2019, 6, 29))
    assert (TABLE.live_by, TABLE.months) == (date(2019, 9, 29), 3)
    assert [each.id for each in TABLE.tails] == ["TR-SCR", "TR-CDR"]


def test_the_papers_parallel_run_is_found_with_both_sources_and_its_tails_unverified() -> None:
    """The update of 29 March 2019: beside the old board from September 2019 to March 2020."""
    beside = stage(rules.BESIDE, "2019-09", "2020-03")
    [clash] = rules.clashes([beside], TABLE, ON)
    assert clash.is_certain
    assert (clash.source, clash.rules) == ("A paper", ("TR-IMPLEMENT", "TR-LSCB"))
    assert "SI 2018/497" in clash.law
    for words in ("September 2019 to March 2020", "29 September 2019", "TR-SCR, not verified"):
        assert words in clash.told
    assert clash.verified


@pytest.mark.parametrize(
    ("stages", "expected"),
    [
        # publication: certainly late, perhaps late, in time to the day
        ([stage(rules.PUBLISHED, "2019-07")], [(rules.PUBLISHED, ("TR-PUBLISH",), True)]),
        ([stage(rules.PUBLISHED, "2019-06-30")], [(rules.PUBLISHED, ("TR-PUBLISH",), True)]),
        ([stage(rules.PUBLISHED, "2019-06")], [(rules.PUBLISHED, ("TR-PUBLISH",), False)]),
        ([stage(rules.PUBLISHED, "2019-06-29")], []),
        ([stage(rules.PUBLISHED)], []),
        # go-live after the last day
        ([stage(rules.LIVE, "2019-10-01")], [(rules.LIVE, ("TR-IMPLEMENT",), True)]),
        ([stage(rules.LIVE, "2019-09")], [(rules.LIVE, ("TR-IMPLEMENT",), False)]),
        ([stage(rules.LIVE, "2019-09-29")], []),
        # full implementation after it
        ([stage(rules.WHOLE, "2020-03")], [(rules.WHOLE, ("TR-IMPLEMENT",), True)]),
        ([stage(rules.WHOLE, "2019-09")], [(rules.WHOLE, ("TR-IMPLEMENT",), False)]),
        # go-live before publication, and publication whose day nobody states
        (
            [stage(rules.PUBLISHED, "2019-05-02"), stage(rules.LIVE, "2019-05-01")],
            [(rules.LIVE, ("TR-IMPLEMENT",), True)],
        ),
        (
            [stage(rules.PUBLISHED, done=True), stage(rules.LIVE, "2018-10", done=True)],
            [(rules.PUBLISHED, ("TR-IMPLEMENT",), False)],
        ),
        # the three months, counted from each day that a month allows
        (
            [stage(rules.PUBLISHED, "2019-03-01"), stage(rules.LIVE, "2019-06-02")],
            [(rules.LIVE, ("TR-IMPLEMENT",), True)],
        ),
        ([stage(rules.PUBLISHED, "2019-03-01"), stage(rules.LIVE, "2019-06-01")], []),
        (
            [stage(rules.PUBLISHED, "2019-03"), stage(rules.LIVE, "2019-06-20")],
            [(rules.LIVE, ("TR-IMPLEMENT",), False)],
        ),
        # the board ends when the new arrangements begin
        (
            [stage(rules.ENDS, "2019-04-30"), stage(rules.LIVE, "2019-05-20")],
            [(rules.ENDS, ("TR-LSCB",), True)],
        ),
        (
            [stage(rules.ENDS, "2019-07-30"), stage(rules.LIVE, "2019-05-20")],
            [(rules.ENDS, ("TR-LSCB",), True)],
        ),
        ([stage(rules.ENDS, "2018-10"), stage(rules.LIVE, "2018-10")], []),
        ([], []),
    ],
)
def test_a_plan_is_held_against_the_timetable(
    stages: list[Stage], expected: list[tuple[str, tuple[str, ...], bool]]
) -> None:
    assert found(*stages) == expected


def test_running_side_by_side_is_told_even_where_it_ends_in_time() -> None:
    assert found(stage(rules.BESIDE, "2019-07", "2019-08")) == [
        (rules.BESIDE, ("TR-IMPLEMENT", "TR-LSCB"), False)
    ]


def test_what_was_done_counts_before_what_was_planned() -> None:
    planned, was = stage(rules.PUBLISHED, "2019-09"), stage(rules.PUBLISHED, "2019-05", done=True)
    assert rules.stage_of([planned, was], rules.PUBLISHED) is was
    assert found(planned, was) == []


@given(st.dates(date(2018, 7, 1), date(2020, 6, 30)), st.dates(date(2018, 7, 1), date(2020, 6, 30)))
def test_between_whole_days_nothing_is_uncertain(published: date, live: date) -> None:
    clashes = found(
        stage(rules.PUBLISHED, published.isoformat()), stage(rules.LIVE, live.isoformat())
    )
    assert all(certain for _, _, certain in clashes)
    late = (rules.PUBLISHED, ("TR-PUBLISH",), True) in clashes
    assert late == (published > date(2019, 6, 29))
    assert bool(clashes) or published <= live <= date(2019, 9, 29)


@pytest.mark.parametrize(
    ("live", "scr", "cdr"),
    [
        ("2019-06-01", (date(2020, 6, 1), date(2020, 6, 1)), (date(2019, 10, 1),) * 2),
        # October 2018 names no day, so the end is a window
        ("2018-10", (date(2019, 10, 1), date(2019, 10, 31)), (date(2019, 2, 1), date(2019, 2, 28))),
        # the last dates cap both
        ("2019-09-29", (date(2020, 9, 29),) * 2, (date(2020, 1, 29),) * 2),
        ("", (None, date(2020, 9, 29)), (None, date(2020, 1, 29))),
    ],
)
def test_tails_are_counted_as_sharply_as_go_live_is_known(
    live: str, scr: tuple[date, date], cdr: tuple[date, date]
) -> None:
    tails = rules.tails(TABLE, UncertainDate.parse(live) if live else None)
    assert [(each.first, each.last) for each in tails] == [scr, cdr]


@pytest.mark.parametrize(
    ("stages", "on", "words"),
    [
        ([stage(rules.BESIDE, "2019-09", "2020-03")], ON, "until March 2020; the national"),
        ([stage(rules.LIVE, "2018-10", done=True)], ON, "in effect since October 2018"),
        ([stage(rules.LIVE, "2019-07-01")], ON, "Go-live is planned for 1 July 2019"),
        ([stage(rules.PUBLISHED, "2019-03-01", done=True)], ON, "in effect by 29 September 2019"),
        ([], ON, "92 days to the last day to publish, 29 June 2019"),
        ([], date(2019, 7, 1), "Not published: the last day was 29 June 2019"),
    ],
)
def test_the_picture_is_headed_by_what_it_says(stages: list[Stage], on: date, words: str) -> None:
    assert words in rules.message(stages, TABLE, on)


def test_a_month_that_is_over_is_late_and_one_that_runs_is_not() -> None:
    march = stage("arrangements drafted", "2019-03")
    assert not march.late(ON)
    assert march.late(date(2019, 4, 1))
    assert not stage("arrangements drafted", "2019-02", done=True).late(ON)
    assert not stage("arrangements drafted").late(ON)

"""The right version of a rule on each day, in each area."""

from datetime import date

import pytest

from concordat.domain.base.clocks.rules import Law, applies, regime_for
from concordat.kernel.errors import Invalid

VERSIONS = [
    ("RR-DO", "2018-07-04", 1, "the partners becoming aware of the incident"),
    ("RR-DO", "2025-05-31", 1, "the partners becoming aware of the incident"),
    ("RR-DO", "2025-06-01", 2, "the notification to the Panel"),
    ("RR-DO", "2026-11-22", 2, "the notification to the Panel"),
    ("YR-SEND", "2018-07-04", 1, "publication of the report"),
    ("YR-SEND", "2023-12-14", 1, "publication of the report"),
    ("YR-SEND", "2023-12-15", 2, ""),
]


@pytest.mark.parametrize(("rule_id", "on", "version", "trigger"), VERSIONS)
def test_the_version_of_the_day(
    rule_id: str, on: str, version: int, trigger: str, the_law: Law
) -> None:
    found = the_law.rule(rule_id, on=date.fromisoformat(on))
    assert (found.version, found.trigger) == (version, trigger)


@pytest.mark.parametrize(
    ("rule_id", "on", "why"),
    [
        ("SIN-CRIT", "2018-06-28", "SIN-CRIT is in force from 29 June 2018"),
        ("RR-DO", "2018-07-03", "RR-DO was in force from 4 July 2018 to 31 May 2025"),
        ("OLD-SCR-NOTIFY", "2018-06-29", "from 26 March 2015 to 28 June 2018"),
        ("OLD-SCR-DECIDE", "2019-09-30", "to 29 September 2019"),
        ("ROLE-WT18", "2023-12-15", "to 14 December 2023"),
        ("SIN-CARELEAVER", "2023-12-14", "is in force from 15 December 2023"),
    ],
)
def test_another_day_is_refused_with_the_days_in_force(
    rule_id: str, on: str, why: str, the_law: Law
) -> None:
    with pytest.raises(Invalid, match=why):
        the_law.rule(rule_id, on=date.fromisoformat(on))


@pytest.mark.parametrize(
    ("wanted", "near"),
    [("SIN-CRT", "SIN-CRIT"), ("rr-do", "RR-DO"), ("LC-PUBLISHED", "LC-PUBLISH")],
)
def test_an_unknown_rule_is_told_near_names(wanted: str, near: str, the_law: Law) -> None:
    with pytest.raises(Invalid, match=f"There is no rule {wanted}.*{near}"):
        the_law.rule(wanted, on=date(2019, 3, 29))


def test_a_line_of_a_checklist_is_told_where_it_stands(the_law: Law) -> None:
    with pytest.raises(Invalid, match="ARR-P1 is a line of the checklist ARR"):
        the_law.rule("ARR-P1", on=date(2019, 3, 29))


EDITIONS = [
    # go-live, day, edition
    ("2018-10-01", "2018-09-30", "OLD"),
    ("2018-10-01", "2018-10-01", "WT2018"),
    ("2019-06-29", "2019-03-29", "OLD"),
    ("2019-09-29", "2019-09-28", "OLD"),
    ("2019-09-29", "2019-09-29", "WT2018"),
    ("2019-09-29", "2023-12-14", "WT2018"),
    ("2019-09-29", "2023-12-15", "WT2023"),
    ("2019-09-29", "2026-03-18", "WT2023"),
    ("2019-09-29", "2026-03-19", "WT2026"),
    (None, "2019-09-29", "OLD"),
    (None, "2019-09-30", "WT2018"),
    (None, "2012-05-01", "OLD"),
]


@pytest.mark.parametrize(("go_live", "on", "edition"), EDITIONS)
def test_an_area_follows_its_own_go_live(go_live: str | None, on: str, edition: str) -> None:
    live = date.fromisoformat(go_live) if go_live else None
    assert regime_for(live, date.fromisoformat(on)).id == edition


def test_before_the_first_edition_nothing_is_guessed() -> None:
    with pytest.raises(Invalid, match="No edition of the rules is on file for 31 March 2006"):
        regime_for(None, date(2006, 3, 31))


BINDING = [
    # rule, go-live, day, binds: 29 March 2019 is the practice date of the example world
    ("RR-DO", "2018-10-01", "2019-03-29", True),
    ("RR-DO", "2019-09-01", "2019-03-29", False),
    ("OLD-SCR-DECIDE", "2018-10-01", "2019-03-29", False),
    ("OLD-SCR-DECIDE", "2019-09-01", "2019-03-29", True),
    ("TR-LSCB", "2019-09-01", "2019-03-29", True),
    ("LC-PUBLISH", "2019-09-01", "2019-03-29", False),
    ("LC-PUBLISH", "2019-09-01", "2019-09-01", True),
    ("SIN-CRIT", "2019-09-01", "2019-03-29", True),
    ("SIN-CRIT", "2018-10-01", "2019-03-29", True),
    ("SIN-CRIT", None, "2018-06-28", False),
    ("OLD-SCR-DECIDE", None, "2019-10-01", False),
]


@pytest.mark.parametrize(("rule_id", "go_live", "on", "binds"), BINDING)
def test_a_rule_binds_an_area(
    rule_id: str, go_live: str | None, on: str, binds: bool, the_law: Law
) -> None:
    live = date.fromisoformat(go_live) if go_live else None
    verdict = applies(the_law.variants(rule_id)[0], live, date.fromisoformat(on))
    assert bool(verdict) is binds
    assert binds or verdict.reason


@pytest.mark.parametrize(
    ("on", "present", "absent"),
    [
        ("2019-03-29", {"ARR-P1", "ARR-P16"}, {"ARR-P17", "ARR-P20"}),
        ("2023-12-15", {"ARR-P17", "ARR-P18"}, {"ARR-P20"}),
        ("2026-03-19", {"ARR-P17", "ARR-P20"}, {"ARR-P21"}),
    ],
)
def test_lines_of_the_arrangements_come_with_their_edition(
    on: str, present: set[str], absent: set[str], the_law: Law
) -> None:
    lines = {item.id for item in the_law.items("ARR", on=date.fromisoformat(on))}
    assert present <= lines
    assert not absent & lines


def test_lines_of_the_yearly_report_come_and_go(the_law: Law) -> None:
    old = {item.id for item in the_law.items("YR", on=date(2020, 1, 1))}
    new = {item.id for item in the_law.items("YR", on=date(2024, 1, 1))}
    assert "YR-A1" in old - new
    assert {"YR-B0", "YR-B8", "YR-SIGN"} <= new - old
    assert {"YR-A2", "YR-A5"} <= old & new


def test_the_panel_of_2025_adds_to_the_aims(the_law: Law) -> None:
    before = the_law.items("RR-AIMS", on=date(2025, 5, 31))
    after = the_law.items("RR-AIMS", on=date(2025, 6, 1))
    assert [item.id for item in after[len(before) :]] == ["RR-AIMS-5", "RR-AIMS-6"]

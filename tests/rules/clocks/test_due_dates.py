"""Every rule with a deadline, worked by hand with a calendar of England."""

from datetime import date, datetime, timedelta, timezone

import pytest

from concordat.domain.base.clocks.rules import Kind, Law, due_on, rule
from concordat.kernel.calendar import WorkingDays
from concordat.kernel.errors import Invalid

DAYS = [
    # rule, trigger, due
    ("SIN-CRIT", "2019-03-28", "2019-04-04"),
    ("SIN-CRIT", "2019-03-30", "2019-04-05"),  # a Saturday: Monday 1 April is day 1
    ("SIN-CRIT", "2019-04-15", "2019-04-24"),  # Good Friday and Easter Monday between
    ("SIN-CRIT", "2018-12-21", "2019-01-02"),  # Christmas, Boxing Day, New Year
    ("SIN-CRIT", "2026-03-27", "2026-04-07"),  # Good Friday 3 April, Easter Monday 6 April
    ("SIN-LAC", "2019-08-21", "2019-08-29"),
    ("SIN-CARELEAVER", "2024-03-27", "2024-04-05"),
    ("RR-DO", "2019-03-28", "2019-04-18"),
    ("RR-DO", "2019-04-04", "2019-04-29"),
    ("RR-DO", "2025-06-02", "2025-06-23"),
    ("LC-ADVANCE", "2019-04-29", "2019-04-16"),
    ("LC-ADVANCE", "2019-03-13", "2019-03-04"),
    ("LC-PUBLISH", "2018-08-31", "2019-02-28"),
    ("LC-PUBLISH", "2019-08-31", "2020-02-29"),
    ("LC-PUBLISH", "2019-03-29", "2019-09-29"),
    ("LC-AVAILABLE", "2020-02-29", "2021-02-28"),
    ("YR-0", "2019-06-29", "2020-06-29"),
    ("YR-SEND", "2020-10-21", "2020-10-28"),
    ("YR-DATE", "2024-03-31", "2024-09-30"),
    ("YR-DATE", "2024-09-30", "2024-09-30"),
    ("YR-DATE", "2024-10-01", "2025-09-30"),
    ("ARR-REVIEW", "2019-06-29", "2020-06-29"),
    ("RATIFY", "2019-03-29", "2019-04-26"),
    ("TR-START", "2018-07-04", "2018-06-29"),
    ("TR-PUBLISH", "2018-10-01", "2019-06-29"),
    ("TR-IMPLEMENT", "2019-03-15", "2019-06-15"),
    ("TR-IMPLEMENT", "2019-06-29", "2019-09-29"),
    ("TR-IMPLEMENT", "2019-07-10", "2019-09-29"),  # capped
    ("TR-SCR", "2018-10-01", "2019-10-01"),
    ("TR-SCR", "2019-09-29", "2020-09-29"),
    ("TR-SCR", "2019-10-15", "2020-09-29"),  # capped
    ("TR-CDR", "2019-03-31", "2019-07-31"),
    ("TR-CDR", "2019-05-31", "2019-09-30"),  # September has no 31st
    ("TR-CDR", "2019-10-15", "2020-01-29"),  # capped
    ("TR-WT23", "2024-01-08", "2024-12-31"),
    ("OLD-SCR-NOTIFY", "2017-03-01", "2017-03-08"),
    ("OLD-SCR-DECIDE", "2019-01-31", "2019-02-28"),
    ("OLD-SCR-TELL", "2019-05-02", "2019-05-10"),
    ("OLD-SCR-COMPLETE", "2018-09-30", "2019-03-30"),
    ("OLD-SCR-ADVANCE", "2019-06-12", "2019-06-05"),
    ("OLD-SCR-AVAILABLE", "2019-02-14", "2020-02-14"),
    ("OLD-YR", "2018-04-30", "2019-04-30"),
    ("HUB-CYCLE", "2019-10-31", "2020-02-29"),
    ("JTAI", "2019-03-25", "2019-03-11"),
    ("JTAI-FIELDWORK", "2019-03-11", "2019-03-25"),
    ("JTAI-FIELDWORK", "2019-03-09", "2019-03-25"),  # received on a Saturday
    ("JTAI-STATEMENT", "2019-01-02", "2019-04-10"),
    ("CDR-ARRANGE", "2019-01-01", "2019-09-29"),
    ("JAR-FOLLOWUP", "2019-03-31", "2019-04-07"),
    ("REGISTRAR-NOTICE", "2019-02-25", "2019-03-04"),
    ("CORONER-NOTICE", "2020-02-28", "2020-03-02"),
    ("CDR-FORMS", "2019-12-20", "2020-01-10"),
    ("CDRM-TARGET", "2018-11-30", "2019-02-28"),
    ("CDRM-NOT-BEFORE", "2019-05-14", "2019-05-14"),
    ("CDRM-INVITE", "2019-05-14", "2019-04-16"),
    ("CDRM-BEFORE", "2019-05-14", "2019-05-13"),
    ("CDOP-MEET", "2019-01-10", "2019-02-21"),
    ("CDR-12MO", "2019-03-29", "2020-03-29"),
    ("CDR-6MO", "2019-08-30", "2020-02-29"),
    ("NCMD-YEAR", "2019-04-01", "2020-03-31"),
    ("NCMD-YEAR", "2020-03-31", "2020-03-31"),
    ("PLACE-STAY", "2019-11-30", "2020-02-29"),
    ("NRM-RG", "2020-12-23", "2021-01-04"),
    ("NRM-CG", "2019-01-01", "2019-01-31"),
    ("NRM-PILOT-RG", "2023-11-06", "2023-12-21"),
    ("NRM-PILOT-AGE", "2024-06-01", "2024-02-21"),
    ("FOI-REPLY", "2019-04-01", "2019-05-01"),
    ("SAR-REPLY", "2019-01-31", "2019-02-28"),
    ("SAR-EXTEND", "2018-11-30", "2019-02-28"),
    ("TRN-FIRST-YEAR", "2019-09-02", "2020-09-02"),
    ("TRN-REFRESH", "2019-04-01", "2022-04-01"),
    ("TRN-FOLLOWUP", "2019-01-07", "2019-03-04"),
]

HOURS = [
    ("RHI-OFFER", "2019-03-29T16:10", "2019-04-01T16:10:00+01:00"),  # clocks go forward
    ("RHI-OFFER", "2019-10-25T23:30", "2019-10-28T23:30:00+00:00"),  # clocks go back
    ("RHI-OFFER", "2019-06-03T09:00", "2019-06-06T09:00:00+01:00"),
    ("CDR-NOTIFY", "2019-03-30T20:00", "2019-03-31T20:00:00+01:00"),
    ("CDR-NOTIFY", "2019-03-30T01:30", "2019-03-31T02:30:00+01:00"),  # 01:30 did not happen
    ("CDR-NOTIFY-WELC", "2022-03-26T09:30", "2022-03-28T09:30:00+01:00"),
    ("CDR-OLDFORM", "2018-10-27T12:00", "2018-10-28T12:00:00+00:00"),
    ("JAR-VISIT", "2019-05-01T08:15", "2019-05-02T08:15:00+01:00"),
]


@pytest.mark.parametrize(("rule_id", "trigger", "due"), DAYS)
def test_falls_due(rule_id: str, trigger: str, due: str, england: WorkingDays) -> None:
    start = date.fromisoformat(trigger)
    reckoned = due_on(start, rule(rule_id, on=start), england)
    assert reckoned.due == date.fromisoformat(due)
    assert reckoned.due_at is None


@pytest.mark.parametrize(("rule_id", "trigger", "due"), HOURS)
def test_hours_keep_the_time_on_the_wall(
    rule_id: str, trigger: str, due: str, england: WorkingDays
) -> None:
    start = datetime.fromisoformat(trigger)
    reckoned = due_on(start, rule(rule_id, on=start.date()), england)
    assert reckoned.due_at is not None
    assert reckoned.due_at.isoformat() == due
    assert reckoned.due == reckoned.due_at.date()


def test_every_deadline_has_a_worked_case(the_law: Law) -> None:
    deadlines = {each.id for each in the_law.rules if each.kind is Kind.DEADLINE}
    assert {case[0] for case in [*DAYS, *HOURS]} == deadlines


@pytest.mark.parametrize(
    ("rule_id", "trigger", "opens"),
    [("JAR-FOLLOWUP", "2019-03-31", "2019-04-05"), ("TRN-FOLLOWUP", "2019-01-07", "2019-02-18")],
)
def test_a_window_opens_before_it_closes(
    rule_id: str, trigger: str, opens: str, england: WorkingDays
) -> None:
    start = date.fromisoformat(trigger)
    assert due_on(start, rule(rule_id, on=start), england).opens == date.fromisoformat(opens)


@pytest.mark.parametrize(
    ("rule_id", "trigger", "capped"),
    [
        ("TR-SCR", "2019-09-29", False),
        ("TR-SCR", "2019-09-30", True),
        ("TR-CDR", "2019-09-29", False),
        ("TR-CDR", "2019-09-30", True),
        ("TR-IMPLEMENT", "2019-06-29", False),
        ("TR-IMPLEMENT", "2019-06-30", True),
    ],
)
def test_a_cap_is_told_as_one(
    rule_id: str, trigger: str, capped: bool, england: WorkingDays
) -> None:
    start = date.fromisoformat(trigger)
    reckoned = due_on(start, rule(rule_id, on=start), england)
    assert reckoned.capped is capped
    assert ("comes first" in reckoned.sum) is capped


def test_hours_without_a_time_of_day_give_the_day_only(england: WorkingDays) -> None:
    start = date(2019, 3, 29)
    reckoned = due_on(start, rule("RHI-OFFER", on=start), england)
    assert (reckoned.due, reckoned.due_at) == (date(2019, 4, 1), None)
    assert any("time of day was not given" in caveat for caveat in reckoned.caveats)


def test_a_moment_in_another_zone_is_read_in_london(england: WorkingDays) -> None:
    late = datetime(2019, 6, 3, 23, 30, tzinfo=timezone(timedelta(0)))  # 00:30 on 4 June there
    assert due_on(late, rule("SIN-CRIT", on=date(2019, 6, 4)), england).start == date(2019, 6, 4)


def test_a_time_that_did_not_happen_is_refused(england: WorkingDays) -> None:
    skipped = datetime.fromisoformat("2019-03-31T01:30")
    with pytest.raises(Invalid, match="01:30 on 31 March 2019 did not happen"):
        due_on(skipped, rule("RHI-OFFER", on=skipped.date()), england)


def test_beyond_the_known_closed_days_nothing_is_guessed() -> None:
    known = WorkingDays(frozenset(), (date(2019, 1, 1), date(2019, 3, 31)))
    with pytest.raises(Invalid, match="Closed days are known from"):
        due_on(date(2019, 3, 28), rule("SIN-CRIT", on=date(2019, 3, 28)), known)


@pytest.mark.parametrize("rule_id", ["LC-CRIT", "LC-MONITOR", "TR-LSCB"])
def test_a_rule_without_a_deadline_says_so(rule_id: str, england: WorkingDays) -> None:
    with pytest.raises(Invalid, match=f"{rule_id} has no deadline: it is a"):
        due_on(date(2019, 3, 28), rule(rule_id, on=date(2019, 3, 28)), england)


def test_the_answer_has_the_promised_shape(england: WorkingDays) -> None:
    start = datetime.fromisoformat("2019-03-28T16:10")
    told = due_on(start, rule("SIN-CRIT", on=start.date()), england).as_json()
    assert told["rule"] == "SIN-CRIT"
    assert told["on"] == "2019-03-28T16:10"
    assert told["due"] == "2019-04-04"
    assert "due_at" not in told
    assert told["in_force_from"] == "2018-06-29"
    assert told["verified"] is True
    assert "16C" in told["source"]
    assert told["sum"].startswith("5 working days after Thursday 28 March 2019")

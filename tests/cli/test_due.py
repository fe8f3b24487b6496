"""`concordat due` answers every rule that has a deadline, and nothing else."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from concordat.cli import run
from concordat.domain.base.clocks.rules import Kind, law
from tests.databases import command
from tests.rules.clocks.test_due_dates import DAYS, HOURS

Told = pytest.CaptureFixture[str]


def answered(rule: str, on: str, told: Told) -> dict[str, Any]:
    assert run(["due", rule, "--on", on, "--json"]) == 0
    answer = json.loads(told.readouterr().out)
    assert isinstance(answer, dict)
    return answer


@pytest.mark.parametrize(("rule", "on", "due"), [*DAYS, *HOURS])
def test_every_deadline_is_answered(rule: str, on: str, due: str, capsys: Told) -> None:
    answer = answered(rule, on, capsys)
    assert (answer["rule"], answer["on"]) == (rule, on)
    assert due in (answer["due"], answer.get("due_at"))
    assert answer["due"] == due[:10]
    assert answer["sum"].endswith(".")
    assert answer["source"]
    row = law().rule(rule, on=_day(on))
    assert answer["verified"] is row.verified(_day(on))
    assert answer["in_force_from"] == (row.in_force_from and row.in_force_from.isoformat())


def test_no_deadline_is_left_out() -> None:
    deadlines = {each.id for each in law().rules if each.kind is Kind.DEADLINE}
    assert {case[0] for case in [*DAYS, *HOURS]} == deadlines


def _day(on: str) -> date:
    return date.fromisoformat(on[:10])


def test_the_answer_in_words_shows_the_sum_its_source_and_its_standing(capsys: Told) -> None:
    assert run(["due", "CDR-NOTIFY", "--on", "2019-03-30T20:00"]) == 0
    told = capsys.readouterr().out
    assert "Due Sunday 31 March 2019 at 20:00" in told
    assert "24 hours after Saturday 30 March 2019 at 20:00" in told
    assert "Source: Child Death Review Statutory and Operational Guidance" in told
    assert "Not verified" in told
    assert "Force: national guidance (not verified)" in told


def test_a_verified_rule_tells_the_force_of_the_duty_and_of_the_time_limit(capsys: Told) -> None:
    assert run(["due", "SIN-CRIT", "--on", "28 March 2019"]) == 0
    told = capsys.readouterr().out
    assert "Force: statute; the time limit itself: Working Together, an expectation" in told
    assert "Not verified" not in told


def test_a_rule_not_to_be_done_before_says_so(capsys: Told) -> None:
    assert run(["due", "CDRM-NOT-BEFORE", "--on", "2019-05-14"]) == 0
    assert "Not before Tuesday 14 May 2019" in capsys.readouterr().out


def test_the_trigger_picks_the_regime(capsys: Told) -> None:
    old = answered("RR-DO", "2025-05-30", capsys)
    new = answered("RR-DO", "2025-06-02", capsys)
    assert (old["version"], new["version"]) == (1, 2)
    assert old["digest"] != new["digest"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["SIN-CRT", "--on", "2019-03-28"], "There is no rule SIN-CRT. Did you mean SIN-CRIT"),
        (["sin-crit", "--on", "2019-03-28"], "Did you mean SIN-CRIT"),
        (["ARR-P1", "--on", "2019-03-28"], "is a line of the checklist"),
        (["LC-CRIT", "--on", "2019-03-28"], "has no deadline"),
        (["SIN-CRIT", "--on", "2001-03-28"], "not in force on 28 March 2001"),
        (["SIN-CRIT", "--on", "2019-02-30"], "on: There is no 30 February 2019"),
        (["SIN-CRIT", "--on", "March 2019"], "“March 2019” is not one day"),
        (["SIN-CRIT", "--on", "2019-03-28T25:00"], "not a day and a time"),
        (["RHI-OFFER", "--on", "2019-03-31T01:30"], "did not happen"),
        (["SIN-CRIT", "--on", "2050-12-30"], "Closed days are known"),
        (["SIN-CRIT"], "--on"),
    ],
)
def test_bad_input_ends_with_2_and_says_how_to_mend_it(
    arguments: list[str], told: str, capsys: Told
) -> None:
    assert run(["due", *arguments]) == 2
    heard = capsys.readouterr()
    assert told in heard.err
    assert not heard.out


def test_it_needs_no_database(tmp_path: Path) -> None:
    nowhere = f"sqlite:///{tmp_path / 'never-made.sqlite3'}"
    ran = command("due", "SIN-CRIT", "--on", "2019-03-28", url=nowhere, var=tmp_path)
    assert ran.returncode == 0, ran.stderr
    assert "Thursday 4 April 2019" in ran.stdout
    assert not (tmp_path / "never-made.sqlite3").exists()

"""`clocks` and `run-due` on databases of their own."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from concordat.cli import run, run_due
from concordat.domain.base.clocks import operations
from concordat.domain.base.clocks.models import Breach
from concordat.domain.base.records.models import Event, Seal
from concordat.domain.base.records.queries import verify
from tests.databases import command, environment
from tests.operations.clocks.examples import DAY, House, built, nothing_changed, times

Told = pytest.CaptureFixture[str]


@pytest.fixture
def house(db: None) -> House:
    return built()


def told_on(day: str, capsys: Told) -> list[dict[str, Any]]:
    assert run(["clocks", "heath", "--as-at", day, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["partnership"], answer["as_at"]) == ("heath", day)
    found: list[dict[str, Any]] = answer["clocks"]
    return found


def test_a_clock_is_told_with_its_rule_start_due_date_and_state(house: House, capsys: Told) -> None:
    house.clock()
    [told] = told_on("2019-03-29", capsys)
    assert {name: told[name] for name in ("rule", "due", "working_days_left", "state")} == {
        "rule": "SIN-CRIT",
        "due": "2019-04-04",
        "working_days_left": 4,
        "state": "running",
    }
    assert told["record"] == house.review.reference
    assert (told["started_by"], told["started_on"]) == (
        "the council heard of the incident",
        "2019-03-28",
    )
    assert (told["local"], told["verified"]) == (False, True)
    [late] = told_on("2019-04-08", capsys)
    assert (late["working_days_left"], late["state"]) == (-2, "overdue")


def test_a_day_does_not_know_what_became_known_after_it(house: House, capsys: Told) -> None:
    clock = house.clock()
    operations.restart(
        house.actor("manager", date(2019, 4, 2)), clock=clock, on=date(2019, 3, 26), reason="Told."
    )
    operations.explain(house.actor("manager", date(2019, 4, 5)), clock=clock, reason="Flood.")
    operations.meet(
        house.actor("manager", date(2019, 4, 9)), clock=clock, on=date(2019, 4, 8), proof="Sent"
    )
    days = ["2019-03-28", "2019-03-29", "2019-04-02", "2019-04-04", "2019-04-05", "2019-04-09"]
    stood = {day: [(each["due"], each["state"]) for each in told_on(day, capsys)] for day in days}
    assert stood == {
        "2019-03-28": [],
        "2019-03-29": [("2019-04-04", "running")],
        "2019-04-02": [("2019-04-02", "due soon")],
        "2019-04-04": [("2019-04-02", "overdue")],
        "2019-04-05": [("2019-04-02", "explained")],
        "2019-04-09": [("2019-04-02", "met late")],
    }


def test_words_say_what_is_missing_and_what_is_not_verified(house: House, capsys: Told) -> None:
    house.clock(rule="CDR-NOTIFY", on=date(2019, 3, 28), part="Kestrel")
    house.clock(on=None)
    assert run(["clocks", "heath", "--as-at", "29 March 2019"]) == 0
    told = capsys.readouterr().out
    assert (
        "Notify the child death overview panel: Kestrel (CDR-NOTIFY, of law, not verified)" in told
    )
    assert "started by: start date needed" in told
    assert run(["clocks", "heath", "--as-at", "2019-03-01"]) == 0
    assert "No clock was known by then." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["heth", "--as-at", "2019-03-29"], "Did you mean heath?"),
        (["heath", "--as-at", "March 2019"], "is not one day"),
        (["heath"], "--as-at"),
    ],
)
def test_bad_input_ends_with_2(house: House, arguments: list[str], told: str, capsys: Told) -> None:
    assert run(["clocks", *arguments]) == 2
    assert told in capsys.readouterr().err


def test_run_due_records_what_was_missed_seals_it_and_does_so_once(
    house: House, capsys: Told
) -> None:
    house.clock()
    assert run(["run-due", "--json"]) == 0
    done = json.loads(capsys.readouterr().out)["done"]
    assert done["missed dates recorded"] == 1
    assert done["seals made"] >= 1
    assert Breach.objects.count() == times("deadline missed") == 1
    assert not verify()
    assert run(["run-due", "--json"]) == 0
    with nothing_changed():
        assert run(["run-due"]) == 0
    assert "missed dates recorded: 0" in capsys.readouterr().out


def test_a_part_that_fails_is_told_and_the_others_are_done(
    house: House, capsys: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(on: date, now: object) -> int:
        raise OSError("no route to the mail server")

    house.clock()
    steps = (("letters burnt", broken), *run_due.STEPS)
    monkeypatch.setattr("concordat.cli.run_due.STEPS", steps)
    assert run(["run-due"]) == 1
    heard = capsys.readouterr()
    assert "letters burnt could not be done: OSError: no route to the mail server" in heard.err
    assert "missed dates recorded: 1" in heard.out


def test_run_due_in_two_places_at_once_does_everything_once(inside: str, tmp_path: Path) -> None:
    house = built()
    for number in range(6):
        house.clock(part=f"child {number}")
    waiting = Event.objects.count()
    one_secret = {"CONCORDAT_LEDGER_SECRET": settings.LEDGER_SECRET}
    call = [sys.executable, "-c", "from concordat.cli import main; main()", "run-due", "--json"]
    running = [
        subprocess.Popen(
            call,
            env=environment(inside, tmp_path) | one_secret,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    told = [each.communicate() for each in running]
    assert [each.returncode for each in running] == [0, 0], told
    done = [json.loads(out)["done"] for out, _ in told]
    assert sum(each["missed dates recorded"] for each in done) == 6
    assert Breach.objects.count() == times("deadline missed") == 6
    assert sum(Seal.objects.values_list("leaves", flat=True)) >= waiting
    assert not verify()


def test_an_unprepared_database_is_told_as_such(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'empty.sqlite3'}"
    ran = command("clocks", "heath", "--as-at", str(DAY), url=url, var=tmp_path)
    assert ran.returncode == 2
    assert "concordat migrate" in ran.stderr

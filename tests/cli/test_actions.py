"""`concordat actions`: what was owed on a day, from the entries of that day."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from concordat.cli import run
from concordat.domain.base.actions import operations
from concordat.domain.base.actions.rules import Priority
from tests.operations.actions.examples import DUE, LATER, Desk, at, opened


@pytest.fixture
def desk(db: None) -> Desk:
    return opened()


def told(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    assert run(["actions", "here", *words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_an_action_as_it_stood_on_each_day(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    action = desk.add(priority=Priority.HIGH)
    desk.add(what="Look on", look_every=2, owner=desk.house.member.seat)
    may, june = date(2019, 5, 2), date(2019, 6, 3)
    operations.extend(at(desk.house.chair, may), action=action, due=LATER, reason="Longer.")
    operations.reassign(
        at(desk.house.chair, may), action=action, owner=desk.house.member.seat, reason="Hers."
    )
    operations.close(
        at(desk.house.member, june), action=action, done="Done.", statement="It", place="There"
    )
    before = told(capsys, "--as-at", "2019-04-30")
    assert (before["open"], before["overdue"], before["waiting"]) == (2, 1, 0)
    first = before["actions"][0]
    assert first["owner"] == "Hetty Health, Heath ICB"
    assert (first["due"], first["overdue"], first["extended"]) == (DUE.isoformat(), True, 0)
    assert before["by_owner"] == [
        {"owner": "Hetty Health, Heath ICB", "open": 1, "overdue": 1},
        {"owner": "Meg Member", "open": 1, "overdue": 0},
    ]
    after = told(capsys, "--as-at", "2019-05-03")
    moved = next(each for each in after["actions"] if each["reference"] == "HERE-A-0001")
    assert (moved["owner"], moved["due"]) == ("Meg Member", LATER.isoformat())
    assert (moved["extended"], moved["overdue"]) == (1, False)
    closed = told(capsys, "--as-at", "2019-06-03")
    assert (closed["open"], closed["waiting"]) == (1, 1)
    assert told(capsys, "--as-at", "2019-03-28")["actions"] == []


def test_in_words(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.add(look_every=1)
    assert run(["actions", "here", "--as-at", "2019-03-29"]) == 0
    out = capsys.readouterr().out
    assert "1 open, 0 overdue; 0 waiting for acceptance" in out
    assert "no end date, looked at every 1 month" in out


def test_bad_input(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["actions", "heer"]) == 2
    assert run(["actions", "here", "--as-at", "soon"]) == 2
    assert "soon" in capsys.readouterr().err


def test_the_timer_marks_and_asks(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.add()
    assert run(["run-due", "--json"]) == 0
    done = json.loads(capsys.readouterr().out)["done"]
    assert done["actions marked as overdue"] == 1
    assert done["updates of actions asked for"] == 1
    assert run(["run-due", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["done"]["actions marked as overdue"] == 0

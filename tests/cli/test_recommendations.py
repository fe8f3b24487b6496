"""`concordat recommendations`: what is open, who owes it, and whether it was told before."""

from __future__ import annotations

import json
from typing import Any

import pytest

from concordat.cli import run
from concordat.domain.base.people.operations import mark_world
from concordat.domain.base.recommendations import operations
from tests.operations.mail.cast import DAY, LOADER
from tests.operations.recommendations.examples import TITLE, Desk, opened


@pytest.fixture
def desk(db: None) -> Desk:
    mark_world(LOADER, name="test", practice_date=DAY)
    return opened()


def told(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    assert run(["recommendations", "here", *words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_what_is_open_and_whether_it_was_told_before(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = desk.accepted(), desk.accepted(owner=None, title="Publish the policy")
    operations.say_same(desk.manager, recommendation=first, other=second)
    found = told(capsys)
    assert (found["open"], found["overdue"], found["without_owner"]) == (2, 0, 1)
    assert [row["told_times"] for row in found["recommendations"]] == [2, 2]
    (alike,) = told(capsys, "--like", "boroughs share what a family that moves needs")[
        "recommendations"
    ]
    assert alike["reference"] == first.record.reference
    assert "boroughs" in alike["shared_words"]
    assert run(["recommendations", "here"]) == 0
    page = capsys.readouterr().out
    assert f"HERE-RC-0001  {TITLE}" in page
    assert "nobody owns it; due 2019-06-28; accepted; told 2 times" in page
    assert run(["recommendations", "nowhere"]) == 2


def test_run_due_marks_what_is_late_once(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    row = desk.accepted(due=DAY.replace(day=1))
    assert run(["run-due", "--json"]) == 0
    done = json.loads(capsys.readouterr().out)["done"]
    assert done["recommendations marked as overdue"] == 1
    assert row.record.reference
    assert run(["run-due", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["done"]["recommendations marked as overdue"] == 0

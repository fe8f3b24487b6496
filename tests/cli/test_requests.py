"""`concordat requests`: what was asked of whom, by when, and what is late."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from concordat.cli import run
from concordat.domain.base.people.operations import mark_world
from concordat.domain.governance.arrangements import operations as arrangements
from tests.operations.mail.cast import LOADER, build
from tests.operations.requests.examples import Desk

LATER = date(2019, 5, 1)


@pytest.fixture
def desk(db: None) -> Desk:
    desk = Desk(build())
    mark_world(LOADER, name="test", practice_date=date(2019, 4, 9))
    desk.sent(purpose="Why nobody must read this", exact="Nor this")
    desk.sent(due=LATER)
    desk.answered()
    desk.draft()
    agency = arrangements.enter_agency(
        LOADER,
        partnership=desk.house.here,
        values={"name": "Heath Trust", "agency_class": "health"},
        is_partner=False,
    )
    desk.sent(name="Hana Head", email="hana@example.org", agency=agency)
    return desk


def told(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    assert run(["requests", "here", *words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def found(capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    return [row["reference"][-1] for row in told(capsys, *words)["requests"]]


def test_late_ones_first_then_what_waits(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    said = told(capsys)
    assert {name: said[name] for name in ("waiting", "late", "to_check", "refused")} == {
        "waiting": 3,
        "late": 2,
        "to_check": 1,
        "refused": 0,
    }
    first = said["requests"][0]
    assert (first["late"], first["due"], first["state"]) == (True, "2019-04-05", "sent")
    assert sorted(row["asked_of"] for row in said["requests"][:2]) == [
        "Meg Member",
        "a person without an account",
    ]
    assert [row["late"] for row in said["requests"]] == [True, True, False, False, False]


def test_narrowed_by_state_day_lateness_and_agency(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert len(found(capsys, "--state", "sent")) == 3
    assert len(found(capsys, "--state", "draft")) == 1
    assert len(found(capsys, "--late")) == 2
    assert len(found(capsys, "--due-by", "2019-04-30")) == 2
    assert len(found(capsys, "--due-by", LATER.isoformat())) == 3
    only = told(capsys, "--agency", "HEATH TRUST")["requests"]
    assert [row["agency"] for row in only] == ["Heath Trust"]
    assert only[0]["asked_of"] == "a person without an account"


def test_as_a_table(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["requests", "here", "--late"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "2 wait for an answer, 2 late; 0 to check, 0 refused"
    assert lines[3].split()[:4] == ["Reference", "Due", "State", "Reminded"]
    assert lines[4].split()[1:4] == ["2019-04-05", "late", "0"]
    assert run(["requests", "here", "--state", "withdrawn"]) == 0
    assert "No request is like that." in capsys.readouterr().out


def test_neither_what_was_asked_nor_a_guest_is_told(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in ([], ["--json"]):
        assert run(["requests", "here", *words]) == 0
        out = capsys.readouterr().out
        assert "Why nobody" not in out
        assert "Nor this" not in out
        assert "Hana" not in out


def test_bad_input(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["requests", "heer"]) == 2
    assert run(["requests", "here", "--state", "lost"]) == 2
    assert "Give one of: draft, sent" in capsys.readouterr().err
    assert run(["requests", "here", "--agency", "Nobody Ltd"]) == 2
    assert "No request was made to “Nobody Ltd”." in capsys.readouterr().err
    assert run(["requests", "here", "--due-by", "soon"]) == 2

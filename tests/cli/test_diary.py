"""`concordat diary`: a date or a year from a small file, or for a body that is on record."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from concordat.cli import run
from tests.cli.loaded import Told

SEARCH = """\
length: 60
from: 2026-03-09
to: 2026-03-11
between: 09:00-12:00
quorum: {classes: [council, police]}
seats:
  - title: Director
    class: council
    holder: {busy: [2026-03-09 09:00-12:00], rather_not: [Wednesday]}
  - title: Superintendent
    class: police
    holder: {never: [Tuesday, Wednesday]}
    deputy: {calendar: deputy.ics}
"""
ICS = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Secret\r\n"
    "DTSTART:20260310T090000Z\r\nDTEND:20260310T113000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "deputy.ics").write_text(ICS, "utf-8")
    return tmp_path


def asked(folder: Path, text: str, *more: str) -> int:
    (folder / "search.yaml").write_text(text, "utf-8")
    return run(["diary", str(folder / "search.yaml"), *more])


def test_the_best_date_with_its_reasons(folder: Path, capsys: Told) -> None:
    assert asked(folder, SEARCH, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["looked"] == 27
    assert told["slots"][0] == {
        "start": "2026-03-11T09:00+00:00",
        "end": "2026-03-11T10:00+00:00",
        "quorum": "Quorate: council, police by deputy",
        "deputies": 1,
        "price": 3,
        "prices": [["Director: rather not Wednesday", 3]],
        "away": ["Superintendent: never Wednesday, Superintendent (deputy) comes as deputy"],
    }
    assert "Secret" not in json.dumps(told)


def test_without_a_date_the_nearest_misses_and_exit_code_1(folder: Path, capsys: Told) -> None:
    assert asked(folder, SEARCH.replace("to: 2026-03-11", "to: 2026-03-10")) == 1
    told = capsys.readouterr().out
    assert "No date works. The nearest:" in told
    assert "if Superintendent comes this once although it is never Tuesday" in told


def test_a_year_is_planned_from_a_rhythm(folder: Path, capsys: Told) -> None:
    text = SEARCH.replace("to: 2026-03-11", "to: 2026-06-30") + "rhythm: every 4 weeks\n"
    assert asked(folder, text, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert len(told["meetings"]) == 5
    assert told["proven"]
    assert told["price"] == told["bound"]
    assert asked(folder, text + "fairness: 2\n") == 0
    assert "proven" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("length: 60", "length: soon", "“length” must be a whole number"),
        ("length: 60", "lenght: 60", "Did you mean length or least?"),
        ("from: 2026-03-09", "from: March", "“March” is no day"),
        ("to: 2026-03-11", "to: 2026-03-01", "last day is before the first"),
        ("[Tuesday, Wednesday]", "[Someday]", "“Someday” is no part of a week"),
        ("2026-03-09 09:00-12:00", "2026-03-09", "is no busy time"),
        ("2026-03-09 09:00-12:00", "2026-03-09 12:00-09:00", "ends before it begins"),
        ("2026-03-09 09:00-12:00", "2026-03-29 01:30-03:00", "There is no 01:30"),
        ("deputy.ics", "none.ics", "no calendar none.ics"),
        ("classes: [council, police]", "seats: [Chair]", "names a seat that is not asked"),
        ("between: 09:00-12:00", "between: 9-30", "is not a time of day"),
        ("{classes: [council, police]}", "everybody", "A quorum has classes"),
    ],
)
def test_a_bad_file_names_what_is_wrong(
    folder: Path, capsys: Told, old: str, new: str, told: str
) -> None:
    assert asked(folder, SEARCH.replace(old, new)) == 2
    said = capsys.readouterr().err
    assert told in said
    assert "Traceback" not in said


def test_a_hostile_calendar_beside_it_is_refused(folder: Path, capsys: Told) -> None:
    bad = ICS.replace("END:VEVENT", "RRULE:FREQ=SECONDLY\r\nEND:VEVENT")
    (folder / "deputy.ics").write_text(bad, "utf-8")
    assert asked(folder, SEARCH) == 2
    assert "every second" in capsys.readouterr().err


@pytest.mark.django_db
def test_a_body_on_record(capsys: Told) -> None:
    from tests.operations.diaries.cast import gathered

    gathered()
    window = ["--from", "2026-03-09", "--to", "2026-03-20"]
    body = ["diary", "--partnership", "fells", "--body", "steering"]
    assert run([*body, *window, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["slots"][0]["start"] == "2026-03-09T09:00+00:00"
    assert run(["diary", "--partnership", "fells", "--body", "stering", *window]) == 2
    assert "There is steering." in capsys.readouterr().err
    assert run(body) == 2
    assert "Give a FILE" in capsys.readouterr().err
    assert run([*body, "--from", "2026-03-20", "--to", "2026-03-09"]) == 2
    assert "to: The last day is before the first." in capsys.readouterr().err
    for wrong in (["--length", "-5"], ["--length", "1441"], ["--seconds", "0"]):
        assert run([*body, *window, *wrong]) == 2
        assert f"Invalid value for '{wrong[0]}'" in capsys.readouterr().err

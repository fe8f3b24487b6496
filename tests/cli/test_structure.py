# ruff: noqa: E501
"""`concordat structure`: who sat where with what authority, as known by a day."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.cli.loaded import Told, answer, refusal, told, world
from tests.databases import Databases
from tests.operations.exchange.examples import HERE
from tests.rules.exchange.examples import SEEDS

TOP = {"partnership", "as_at", "bodies", "agencies", "findings"}
BODY = {"key", "name", "kind", "state", "rhythm", "parents", "chair_role", "quorum", "seats"}
SEAT = {
    *("key", "role", "capacity", "agency", "speaks_for", "holder", "deputy", "vacant"),
    "delegations",
}
DELEGATION = {"matters", "limbs", "limit", "from", "to", "instrument"}
FINDING = {"subject", "finding", "source"}
STATES = {"proposed", "shadow", "in force", "ended"}


@pytest.fixture(scope="module", autouse=True)
def all_of_them(
    databases: Databases, migrated: str, django_db_blocker: DjangoDbBlocker, tmp_path_factory: Any
) -> Iterator[str]:
    """The papers' world, a county and a partnership of partnerships in one database."""
    folder = tmp_path_factory.mktemp("worlds")
    for name, path in (("s", SEEDS), ("c", HERE / "county"), ("b", HERE / "three-banks")):
        (folder / name).symlink_to(path)
    both = tmp_path_factory.mktemp("both")
    for path in (*SEEDS.iterdir(), HERE / "county", *(HERE / "three-banks").iterdir()):
        for file in path.glob("*.yaml"):
            (both / path.name).mkdir(exist_ok=True)
            (both / path.name / file.name).write_bytes(file.read_bytes())
    yield from world("all_of_them", both, databases, migrated, django_db_blocker)


def at(capsys: Told, slug: str, day: str) -> dict[str, Any]:
    return answer(capsys, "structure", slug, "--as-at", day)


def bodies(capsys: Told, slug: str, day: str) -> dict[str, dict[str, Any]]:
    return {body["key"]: body for body in at(capsys, slug, day)["bodies"]}


def seats(capsys: Told, slug: str, day: str) -> dict[str, dict[str, Any]]:
    return {seat["key"]: seat for body in at(capsys, slug, day)["bodies"] for seat in body["seats"]}


@pytest.mark.parametrize("slug", ["tower-hamlets", "tri-borough", "meresex", "together"])
def test_the_shape_that_others_read(slug: str, capsys: Told) -> None:
    found = at(capsys, slug, "2022-07-15")
    assert set(found) == TOP
    assert (found["partnership"], found["as_at"]) == (slug, "2022-07-15")
    assert found["bodies"]
    for body in found["bodies"]:
        assert set(body) >= BODY
        assert body["state"] in STATES
        assert isinstance(body["parents"], list)
        for seat in body["seats"]:
            assert set(seat) >= SEAT
            assert isinstance(seat["vacant"], bool)
            for each in seat["delegations"]:
                assert set(each) == DELEGATION
    assert all(set(each) == FINDING for each in found["findings"])
    assert any(seat["delegations"] for body in found["bodies"] for seat in body["seats"]) or (
        slug == "tri-borough"
    )


FIGURE: list[tuple[str, str, str | None, str]] = [
    ("lscb", "in force", None, ""),
    ("lscb-executive", "in force", None, ""),
    ("lscb-operations-group", "in force", None, ""),
    ("transitional-executive-board", "shadow", None, ""),
    ("executive-group", "proposed", "ongoing with diarised sessions TBC", "Working Together 2018"),
    ("independent-scrutineer", "proposed", "standing", "Independent consultant"),
    ("secretariat", "proposed", None, "Two full time permanent positions"),
    ("youth-and-wider-executive", "proposed", "monthly/quarterly", ""),
    ("learning-and-communications", "proposed", "Monthly/Quarterly", ""),
    ("recommendations-and-oversight", "proposed", "Monthly/Quarterly", ""),
    ("task-and-finish-core", "proposed", "as needed", ""),
]


@pytest.mark.parametrize(("key", "state", "rhythm", "composition"), FIGURE)
def test_the_table_of_the_paper(
    key: str, state: str, rhythm: str | None, composition: str, capsys: Told
) -> None:
    body = bodies(capsys, "tower-hamlets", "2019-03-29")[key]
    assert body["state"] == state
    assert (rhythm or "") in (body["rhythm"] or "")
    assert composition in "; ".join(body["composition"])


def test_a_february_report_does_not_know_the_approvals_of_march(capsys: Told) -> None:
    def power(day: str) -> list[dict[str, Any]]:
        held = seats(capsys, "tower-hamlets", day).values()
        return [
            each
            for seat in held
            if seat["agency"] == "tower-hamlets-ccg"
            for each in seat["delegations"]
        ]

    assert power("2019-03-28") == []
    (first, *_) = power("2019-03-29")
    assert (first["from"], first["instrument"]) == ("2019-03-26", "governing body resolution")
    assert "hold the body to account" in first["limbs"]


def test_nothing_is_known_before_the_first_paper(capsys: Told) -> None:
    assert at(capsys, "tower-hamlets", "2018-01-01")["bodies"] == []


@pytest.mark.parametrize(
    ("slug", "key", "state"),
    [
        ("greenwich", "lscb", "in force"),
        ("lewisham", "lscb", "in force"),
        ("bexley", "lscb", "ended"),
    ],
)
def test_three_boroughs_on_one_day(slug: str, key: str, state: str, capsys: Told) -> None:
    assert bodies(capsys, slug, "2019-03-29")[key]["state"] == state


# --- the county: terms for a time, vacancies, job shares, successors


def test_terms_speak_for_their_time(capsys: Told) -> None:
    told = {day: bodies(capsys, "meresex", day)["leads"] for day in ("2020-01-01", "2021-06-01")}
    assert told["2020-01-01"]["chair_role"] == "Independent chair"
    assert told["2021-06-01"]["chair_role"].startswith("The lead partners in turn: police")
    assert (
        told["2021-06-01"]["rhythm"]
        == "at least 4 times a year; also as needed: a lead partner asks"
    )


HEALTH: list[tuple[str, str | None, bool, list[str]]] = [
    ("2020-03-31", "Director of Nursing", False, []),
    ("2020-04-01", "Director of Nursing and Quality", False, ["governing body resolution"]),
    ("2022-06-30", "Director of Nursing and Quality", False, ["governing body resolution"]),
    ("2022-07-01", None, True, []),
    ("2022-09-01", "Chief Nursing Officer", False, ["governing body resolution", "scheme of reservation and delegation"]),
]  # fmt: skip


@pytest.mark.parametrize(("day", "holder", "vacant", "instruments"), HEALTH)
def test_the_health_seat_through_the_years(
    day: str, holder: str | None, vacant: bool, instruments: list[str], capsys: Told
) -> None:
    seat = seats(capsys, "meresex", day)["health-lead"]
    assert (seat["holder"], seat["vacant"]) == (holder, vacant)
    assert [each["instrument"] for each in seat["delegations"]] == instruments


def test_a_delegation_follows_the_post_to_its_successor(capsys: Told) -> None:
    seat = seats(capsys, "meresex", "2022-11-01")["council-lead"]
    assert seat["holder"] == "Executive Director, People"
    assert [each["limit"] for each in seat["delegations"]] == [250000]


def test_a_job_share_and_several_places(capsys: Told) -> None:
    held = seats(capsys, "meresex", "2023-01-01")
    assert held["nurse"]["holder"] == "Designated nurse (Mon–Wed) and Designated nurse (Wed–Fri)"
    assert (held["gps"]["holder"], held["gps"]["vacant"]) == (None, False)
    assert held["scrutineer"]["capacity"] == "in attendance"
    assert seats(capsys, "meresex", "2024-01-01")["scrutineer"]["vacant"] is True


def test_dates_that_are_not_certain_are_findings(capsys: Told) -> None:
    found = at(capsys, "meresex", "2019-04-15")
    states = {body["key"]: body["state"] for body in found["bodies"]}
    assert states["leads"] == "shadow"
    told = {(each["subject"], each["finding"]) for each in found["findings"]}
    assert ("bodies:leads", "Whether it was shadow that day is not certain.") in told


def test_pence_are_kept(capsys: Told) -> None:
    held = seats(capsys, "meresex", "2022-09-01")["health-lead"]["delegations"]
    assert 99999.99 in [each["limit"] for each in held]


# --- a partnership of partnerships


def test_seats_held_from_other_partnerships_show_what_was_handed_on_there(capsys: Told) -> None:
    held = seats(capsys, "together", "2022-07-15")
    assert held["north"]["holder"] == "Director for North Bank"
    assert held["north"]["agency"] == "north-bank/council"
    (power,) = held["north"]["delegations"]
    assert power["matters"] == ["north-bank/threshold", "cdop"]
    assert "isle" in held
    assert "isle" not in seats(capsys, "together", "2024-04-01")


# --- how it is told


def test_in_words(capsys: Told) -> None:
    heard = told(capsys, "structure", "tower-hamlets", "--as-at", "29 March 2019")
    assert heard.startswith("tower-hamlets as at 29 March 2019\n")
    assert "Transitional Executive Board (shadow)" in heard
    assert "Findings" in heard


def test_a_drawing_that_everybody_can_read(capsys: Told, tmp_path: Path) -> None:
    path = tmp_path / "chart.svg"
    told(capsys, "structure", "tower-hamlets", "--as-at", "2019-03-29", "--svg", str(path))
    root = ElementTree.fromstring(path.read_text("utf-8"))  # noqa: S314 - our own file
    space = "{http://www.w3.org/2000/svg}"
    assert root.tag == f"{space}svg"
    assert root.get("role") == "img"
    title = root.find(f"{space}title")
    assert title is not None
    assert title.text == "Structure as at 29 March 2019"
    labelled = (root.get("aria-labelledby") or "").split()
    assert title.get("id") in labelled
    ids = [each.get("id") for each in root.iter() if each.get("id")]
    assert len(ids) == len(set(ids))
    words = " ".join(root.itertext())
    for name in ("Executive", "Secretariat", "Scrutineer", "Transitional"):
        assert name in words
    assert not list(root.iter(f"{space}script"))


BAD = [
    (["structure", "tower-hamlet", "--as-at", "2019-03-29"], "Did you mean tower-hamlets"),
    (["structure", "tower-hamlets", "--as-at", "March 2019"], "“March 2019” is not one day"),
    (["structure", "tower-hamlets", "--as-at", "2019-02-30"], "as-at: There is no 30 February 2019. Write it like 2019-03-29."),
    (["structure", "tower-hamlets", "--as-at", "2019-03-29", "--svg", "/nowhere/a.svg"], "/nowhere/a.svg, svg: This cannot be written"),
    (["structure", "tower-hamlets", "--as-at", "?"], "is not one day"),
    (["structure", "tower-hamlets"], "--as-at"),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "words"), BAD)
def test_bad_input(arguments: list[str], words: str, capsys: Told) -> None:
    assert words in refusal(capsys, *arguments)

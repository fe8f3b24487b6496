"""`concordat transition`: the papers' four areas, told truthfully on 29 March 2019 and before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django.plugin import DjangoDbBlocker

from concordat.cli import run
from tests.cli.loaded import Told, answer, refusal, told, world
from tests.databases import Databases
from tests.rules.exchange.examples import SEEDS

PARTS = {
    *("area", "message", "went_live", "timeline", "clocks", "tails", "findings", "old_board"),
    *("handover", "check_list"),
}


@pytest.fixture(scope="module", autouse=True)
def papers(
    databases: Databases, migrated: str, django_db_blocker: DjangoDbBlocker
) -> Iterator[str]:
    yield from world("transition", SEEDS, databases, migrated, django_db_blocker)


def area(capsys: Told, slug: str, day: str = "2019-03-29") -> dict[str, Any]:
    found = answer(capsys, "transition", slug, "--as-at", day)
    assert set(found) == {"partnership", "as_at", "in_transition", "areas"}
    [only] = found["areas"]
    assert set(only) == PARTS
    return dict(only)


def test_the_papers_plan_stands_against_the_national_timetable(capsys: Told) -> None:
    found = area(capsys, "tower-hamlets")
    assert found["went_live"] is None
    assert [(each["step"], each["date"]) for each in found["timeline"]] == [
        ("arrangements drafted", "2019-03"),
        ("arrangements published", "2019-06"),
        ("parallel running", "2019-09"),
        ("full implementation", "2020-03"),
        ("other", "2019-09"),
    ]
    firm = [each for each in found["findings"] if each["certain"]]
    assert [(each["subject"], each["rules"]) for each in firm] == [
        ("steps:operational", ["TR-IMPLEMENT", "TR-LSCB"]),
        ("steps:full-implementation", ["TR-IMPLEMENT"]),
    ]
    for each in firm:
        assert each["source"] == "Update report 29 March 2019, Executive Summary"
        assert "SI 2018/497" in each["law"]


def test_the_plan_was_not_known_before_its_paper(capsys: Told) -> None:
    assert area(capsys, "tower-hamlets", "2019-02-14")["timeline"] == []


def test_bexley_has_moved_in_a_month_that_is_never_sharpened(capsys: Told) -> None:
    found = area(capsys, "bexley")
    live = [each for each in found["timeline"] if each["step"] == "go-live"]
    assert [(each["done"], each["date"]) for each in live] == [(True, "2018-10")]
    assert found["message"] == "The new arrangements have been in effect since October 2018"
    assert found["tails"][0]["told"] == (
        "12 months from a day in October 2018: 1 October 2019 to 31 October 2019."
    )
    assert {each["state"] for each in found["old_board"]} == {"ended"}


@pytest.mark.parametrize("slug", ["greenwich", "lewisham"])
def test_the_other_two_have_not(capsys: Told, slug: str) -> None:
    found = area(capsys, slug)
    assert found["went_live"] is None
    assert "92 days to the last day to publish" in found["message"]
    assert [each["state"] for each in found["old_board"]] == ["in force"]
    assert [each["title"] for each in found["timeline"]][:1] == ["Joint bid submitted"]


def test_words_tell_the_same(capsys: Told) -> None:
    heard = told(capsys, "transition", "tower-hamlets", "--as-at", "2019-03-29")
    for words in (
        "Tower Hamlets: The plan runs beside the old board until March 2020",
        "Clocks: nothing on record",
        "Not certain: Publication is planned for June 2019",
        "unpublished reports: open",
    ):
        assert words in heard


def test_a_shared_programme_has_none_of_its_own(capsys: Told) -> None:
    heard = told(capsys, "transition", "tri-borough", "--as-at", "2019-03-29")
    assert "No old board and no step on the way from one is on record." in heard


def test_a_partnership_that_is_not_there_is_named_with_near_ones(capsys: Told) -> None:
    assert "bexley" in refusal(capsys, "transition", "bexly", "--as-at", "2019-03-29")
    assert run(["transition", "bexley"]) == 2

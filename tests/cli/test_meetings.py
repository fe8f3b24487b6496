"""`concordat meetings`: the meetings that the papers name, and what their rhythms leave open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.cli.loaded import Told, answer, refusal, told, world
from tests.databases import Databases
from tests.rules.exchange.examples import SEEDS

AT = ("--as-at", "2019-03-29")
YEAR = ("--from", "2018-01-01", "--to", "2019-12-31")


@pytest.fixture(scope="module", autouse=True)
def papers(
    databases: Databases, migrated: str, django_db_blocker: DjangoDbBlocker
) -> Iterator[str]:
    yield from world("papers", SEEDS, databases, migrated, django_db_blocker)


def series(capsys: Told, slug: str, body: str) -> dict[str, Any]:
    found = answer(capsys, "meetings", slug, *YEAR, *AT, "--body", body, "--json")
    (row,) = found["series"]
    return {**row, "dates": [each["date"] for each in found["meetings"]]}


def test_the_steering_group_met_three_times_and_then_every_six_weeks(capsys: Told) -> None:
    row = series(capsys, "tri-borough", "steering-group")
    assert row["dates"] == ["2018-08", "2018-10", "2018-11"]
    assert row["rhythm"] == "every 6 weeks"
    assert row["last"] == "2018-11"
    assert row["wanted_next"] == ["2018-12-13", "2019-01-11"]
    assert (row["missed_least"], row["missed_most"], row["ahead"]) == (2, 3, [])
    assert (
        row["stated_in"]
        == "Interim update November 2018, Programme governance and Learning to date"
    )


def test_the_monitoring_meetings_are_three_weekly_and_none_is_named(capsys: Told) -> None:
    row = series(capsys, "tri-borough", "project-monitoring")
    assert (row["rhythm"], row["dates"], row["last"]) == ("every 3 weeks", [], None)
    assert (row["missed_least"], row["missed_most"], row["wanted_next"]) == (0, 0, None)
    assert "No meeting is on record" in row["words"]


def test_what_is_not_settled_is_a_question_and_never_a_day(capsys: Told) -> None:
    found = answer(capsys, "meetings", "tower-hamlets", *YEAR, *AT, "--json")
    open_ = {each["body"]: each["open_question"] for each in found["series"]}
    assert any(each and "not settled" in each for each in open_.values())
    assert all(each["wanted_next"] is None for each in found["series"] if each["open_question"])
    assert all(each["date"] for each in found["meetings"])


def test_days_narrow_the_list_and_a_month_counts_where_any_of_it_lies_in_them(
    capsys: Told,
) -> None:
    few = ("--from", "2018-08-20", "--to", "2018-10-01")
    found = answer(capsys, "meetings", "tri-borough", *few, *AT, "--json")
    mine = [each["date"] for each in found["meetings"] if each["body"] == "steering-group"]
    assert mine == ["2018-08", "2018-10"]


def test_it_is_told_in_words(capsys: Told) -> None:
    words = told(capsys, "meetings", "tri-borough", *YEAR, *AT)
    assert "August 2018; held" in words
    assert "Steering group: every 6 weeks. No meeting is called. 2 or 3 meetings" in words


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (("--from", "2019-05-01", "--to", "2019-04-01"), "before the first"),
        (("--body", "steering-grup"), "There is steering-group"),
        (("--from", "soon"), "soon"),
    ],
)
def test_bad_input_says_what_and_how_to_mend_it(
    capsys: Told, more: tuple[str, ...], says: str
) -> None:
    assert says in refusal(capsys, "meetings", "tri-borough", *more)

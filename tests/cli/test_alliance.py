"""Awkward partnerships, asked from outside: merged twice, three parents, power by name, dates as
seasons and quarters, partnerships within a partnership."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.cli.loaded import Told, answer, told, world
from tests.databases import Databases
from tests.operations.exchange.examples import HERE


@pytest.fixture(scope="module", autouse=True)
def alliance(
    databases: Databases, migrated: str, django_db_blocker: DjangoDbBlocker
) -> Iterator[str]:
    yield from world("alliance", HERE / "alliance", databases, migrated, django_db_blocker)


def asked(capsys: Told, slug: str, matter: str, on: str, *more: str) -> dict[str, dict[str, Any]]:
    found = answer(capsys, "authority", slug, "--matter", matter, "--on", on, *more)
    assert found["overall"] == "no"
    return {each["agency"]: each for each in found["bodies"]}


@pytest.mark.parametrize(
    ("on", "health"),
    [
        ("2019-11-01", {"ccg-a", "ccg-b"}),
        ("2020-05-01", {"ccg-ab"}),
        ("2022-08-01", {"icb"}),
    ],
)
def test_the_health_partners_of_a_day_follow_two_mergers(
    capsys: Told, on: str, health: set[str]
) -> None:
    found = asked(capsys, "rivers", "cdr", on)
    assert {key for key, each in found.items() if each["class"] == "health"} == health


def test_a_quarter_decides_nothing_until_it_is_over(capsys: Told) -> None:
    before = asked(capsys, "rivers", "cdr", "2022-08-01")["vale-council"]
    assert before["verdict"] == "needs"
    assert "in the third quarter of 2022" in before["reason"]
    assert before["needs"] == "a date that is certain"
    assert asked(capsys, "rivers", "cdr", "2022-10-01")["vale-council"]["verdict"] == "yes"


def test_power_by_name_counts_while_it_is_certain_and_not_after_the_merger(capsys: Told) -> None:
    spring = asked(capsys, "rivers", "budget", "2020-05-01")["ccg-ab"]
    assert "dated spring 2020 to June 2022: not certain" in spring["reason"]
    merged = asked(capsys, "rivers", "budget", "2023-05-01")["icb"]
    assert merged["verdict"] == "needs"
    assert "which became Rivers and Vale ICB" in merged["reason"]


def test_a_post_that_followed_is_named_with_the_one_before(capsys: Told) -> None:
    found = asked(capsys, "rivers", "budget", "2023-05-01", "--amount", "1251")["rivers-council"]
    assert found["needs"] == "a higher limit"
    assert "Director of Children's Services (in the place of Director (North))" in found["reason"]


def test_an_alliance_has_the_partners_of_its_members_while_they_are_members(capsys: Told) -> None:
    both = asked(capsys, "moors", "shared", "2023-05-01")
    assert both["dale/council"]["verdict"] == "yes"
    one = {"rivers/icb", "dale/icb"} & both.keys()
    assert len(one) == 1, "one organisation in two files is one partner"
    assert "dale/council" not in asked(capsys, "moors", "shared", "2025-05-01")


def test_a_body_with_three_parents_and_a_vacancy_of_a_winter(capsys: Told) -> None:
    found = answer(capsys, "structure", "rivers", "--as-at", "2023-12-01")
    trio = next(each for each in found["bodies"] if each["key"] == "trio")
    assert trio["parents"] == ["exec", "adults", "health-board"]
    assert trio["rhythm"] == "unsettled: bi-annually"
    remarks = [each["finding"] for each in found["findings"]]
    assert "Whether the seat was vacant that day is not certain (winter 2023/24)." in remarks
    police = next(
        seat for each in found["bodies"] for seat in each["seats"] if seat["key"] == "police"
    )
    assert police["holder"] == "Assistant Chief Constable and Bo"
    assert "Transitions group" in told(capsys, "structure", "rivers", "--as-at", "2023-12-01")

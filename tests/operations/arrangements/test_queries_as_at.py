"""Structure and authority read what a day needs, and no more questions for more rows."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from types import ModuleType
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.plugin import DjangoDbBlocker

from concordat.domain.assurance.exchange import operations
from concordat.domain.assurance.exchange.rules import Chapter, faults
from concordat.domain.base.agencies.models import Partnership
from concordat.domain.governance.arrangements import queries
from concordat.domain.governance.arrangements.rules.structure import Place, occupancy
from concordat.kernel.actor import process
from concordat.kernel.dates import Period
from tests.databases import Databases, pointed_at
from tests.rules.exchange.examples import ROOT

LOADER = process("loader", date(2026, 3, 31))
YEARS = {"one": 1, "six": 6}


def _nation() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_nation", ROOT / "scripts/bench_nation.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["bench_nation"] = module
    spec.loader.exec_module(module)
    return module


NATION = _nation()


@pytest.fixture(scope="module", autouse=True)
def two_partnerships(
    databases: Databases, migrated: str, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """One with a year behind it and one with six."""
    with databases.own(migrated) as url, pointed_at(url, django_db_blocker):
        for slug, years in YEARS.items():
            operations.load(LOADER, file=NATION.partnership(7, slug, years))
        yield


def home(slug: str) -> Partnership:
    return Partnership.objects.get(key=slug)


def asked(slug: str, what: str) -> int:
    partnership = home(slug)
    with CaptureQueriesContext(connection, ) as told:  # fmt: skip
        if what == "structure":
            queries.structure(LOADER, partnership, date(2025, 6, 1))
        else:
            queries.authority(LOADER, partnership, "budget", date(2025, 6, 1))
    return len(told)


@pytest.mark.long
@pytest.mark.parametrize(("what", "most"), [("structure", 14), ("authority", 13)])
def test_as_many_queries_for_six_years_as_for_one(what: str, most: int) -> None:
    assert asked("one", what) == asked("six", what) <= most


@pytest.mark.long
def test_the_nation_is_the_same_for_the_same_seed_and_has_no_fault() -> None:
    one, other = (NATION.partnership(7, "six", 6) for _ in range(2))
    assert one == other
    assert one != NATION.partnership(8, "six", 6)
    assert faults(one) == []
    dated = NATION.dated_rows(NATION.partnership(1, "p001", 20))
    assert 1400 < dated < 1700, "200,000 rows for 130 partnerships"


def _sits(chapter: Chapter, seat: str, on: date) -> dict[str, Any]:
    """Who sits, from every row of the file and not from the database."""
    titles = {post.key: post.title for post in chapter.rows["posts"]}  # type: ignore[attr-defined]
    rows: list[Any] = [row for row in chapter.rows["holders"] if row.seat == seat]  # type: ignore[attr-defined]
    places = [
        Place(titles.get(row.post, ""), row.holding, Period(row.from_, row.to)) for row in rows
    ]
    there = occupancy(places, on)
    return {
        "holder": there.holder or None,
        "deputy": there.deputy or None,
        "vacant": there.vacant,
    }


@pytest.mark.long
def test_what_is_read_of_the_history_changes_no_answer() -> None:
    (chapter,) = NATION.partnership(7, "six", 6).chapters
    chance = Random(7)  # noqa: S311 - days to ask about
    vacant = 0
    for _ in range(12):
        on = date(2020, 4, 2) + timedelta(days=chance.randint(0, 2300))
        found = queries.structure(LOADER, home("six"), on)
        for body in found["bodies"]:
            for seat in body["seats"]:
                wanted = _sits(chapter, seat["key"], on)
                assert {name: seat[name] for name in wanted} == wanted, (on, seat["key"])
                vacant += seat["vacant"]
    assert vacant, "some seats fell vacant"


@pytest.mark.long
def test_authority_through_the_merger_of_health_bodies() -> None:
    before = queries.authority(LOADER, home("six"), "training", date(2022, 6, 30))
    after = queries.authority(LOADER, home("six"), "training", date(2022, 7, 1))
    classes = [each.agency for each in before.opinions if each.class_ == "health"]
    assert classes == ["north-ccg", "south-ccg"]
    assert [each.agency for each in after.opinions if each.class_ == "health"] == ["icb"]

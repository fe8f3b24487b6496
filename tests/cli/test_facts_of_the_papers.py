# ruff: noqa: E501
"""The papers' governance facts, one by one, as the commands tell them on 29 March 2019.

`export` is asked for every fact of the list; `structure` and `authority` for those that they
are there to tell. A fact that is missing is named.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from pytest_django.plugin import DjangoDbBlocker

from concordat.domain.assurance.exchange.rules import PartnershipFile, read
from tests.cli.loaded import Told, answer, told, world
from tests.databases import Databases
from tests.rules.exchange.examples import SEEDS, folder
from tests.rules.exchange.test_seed_facts import FACTS, _held

DAY = "2019-03-29"
SLUGS = ("tower-hamlets", "greenwich", "lewisham", "bexley", "tri-borough")


@pytest.fixture(scope="module", autouse=True)
def papers(
    databases: Databases, migrated: str, django_db_blocker: DjangoDbBlocker
) -> Iterator[str]:
    yield from world("papers", SEEDS, databases, migrated, django_db_blocker)


def exported(path: Path, capsys: Told) -> PartnershipFile:
    for slug in SLUGS:
        told(capsys, "export", slug, "--out", str(path / slug))
    return read(folder(path))


def test_export_tells_every_fact(tmp_path: Path, capsys: Told) -> None:
    file = exported(tmp_path, capsys)
    assert file.found == ()
    missing = [f.fact for f in FACTS if f.says not in _held(file, f)]
    assert missing == []
    assert len(FACTS) > 150


class Shown(NamedTuple):
    """A fact of the list: the field of a body, seat or finding that shows it."""

    fact: str
    slug: str
    body: str
    field: str
    says: str


STANDING = {
    "the old board is in force": ("tower-hamlets", "lscb", "in force"),
    "the old board's executive is in force": ("tower-hamlets", "lscb-executive", "in force"),
    "the old board's Operations Group is in force": ("tower-hamlets", "lscb-operations-group", "in force"),
    "the Transitional Executive Board is shadow": ("tower-hamlets", "transitional-executive-board", "shadow"),
    "the Executive Group is proposed": ("tower-hamlets", "executive-group", "proposed"),
    "the Independent Scrutineer is proposed": ("tower-hamlets", "independent-scrutineer", "proposed"),
    "the Secretariat is proposed": ("tower-hamlets", "secretariat", "proposed"),
    "the Youth and Wider Executive Group is proposed": ("tower-hamlets", "youth-and-wider-executive", "proposed"),
    "Learning and communications is proposed": ("tower-hamlets", "learning-and-communications", "proposed"),
    "Recommendations and Oversight is proposed": ("tower-hamlets", "recommendations-and-oversight", "proposed"),
    "Task and Finish Core is proposed": ("tower-hamlets", "task-and-finish-core", "proposed"),
    "Bexley has been live since October 2018": ("bexley", "", "in force"),
    "Bexley's old board ended": ("bexley", "lscb", "ended"),
    "Greenwich still has its board": ("greenwich", "lscb", "in force"),
    "Lewisham still has its board": ("lewisham", "lscb", "in force"),
}  # fmt: skip
SHOWN = [
    Shown("the Executive Group is as Working Together 2018", "tower-hamlets", "executive-group", "composition", "As Working Together 2018"),
    Shown("the Executive Group's rhythm is to be confirmed", "tower-hamlets", "executive-group", "rhythm", "ongoing with diarised sessions TBC"),
    Shown("the scrutineer is an independent consultant", "tower-hamlets", "independent-scrutineer", "composition", "Independent consultant"),
    Shown("the scrutineer's work is ongoing", "tower-hamlets", "independent-scrutineer", "rhythm", "standing"),
    Shown("the Secretariat has two full time permanent positions", "tower-hamlets", "secretariat", "composition", "Two full time permanent positions"),
    Shown("its rhythm cannot be told", "tower-hamlets", "youth-and-wider-executive", "rhythm", "monthly/quarterly"),
    Shown("it meets monthly or quarterly", "tower-hamlets", "learning-and-communications", "rhythm", "Monthly/Quarterly"),
    Shown("a statutory partner may chair it", "tower-hamlets", "learning-and-communications", "chair_role", "one of the three statutory partners"),
    Shown("its rhythm depends on issues", "tower-hamlets", "recommendations-and-oversight", "rhythm", "dependant on issues/caseload"),
    Shown("its groups are assembled as needed", "tower-hamlets", "task-and-finish-core", "rhythm", "as needed"),
    Shown("Bexley runs the Learning Hub", "bexley", "learning-hub", "kind", "learning hub"),
    Shown("Lewisham has an independent chair", "lewisham", "lscb", "chair_role", "Independent chair"),
    Shown("it meets every 6 weeks to follow", "tri-borough", "steering-group", "rhythm", "every 6 weeks"),
    Shown("monitoring meets every 3 weeks", "tri-borough", "project-monitoring", "rhythm", "every 3 weeks"),
]  # fmt: skip
SEATED = {
    "three directors' diaries meet": ("tri-borough", "lewisham-dcs", "agency", "lewisham-council"),
    "three from health": ("tri-borough", "greenwich-health", "class", "health"),
    "one senior police officer": ("tri-borough", "police", "agency", "tri-borough-bcu"),
    "project supporters do not vote": ("tri-borough", "bexley-supporter", "capacity", "non-voting"),
    "business support does not vote": ("tri-borough", "business-support", "capacity", "non-voting"),
    "Greenwich has an independent chair": ("greenwich", "chair", "office", "chair"),
}
FOUND = {
    "terms came after meetings": ("tri-borough", "terms"),
    "Bexley's board is oddly named": ("bexley", "Children and Young Board"),
    "section 16E is cited loosely": ("tower-hamlets", "16E"),
    "the CCG is once a CCL": ("tower-hamlets", "CCL"),
    "no risk has an owner": ("tower-hamlets", "owner"),
    "no priority has a lead": ("tri-borough", "No lead"),
}


@pytest.fixture
def structures(capsys: Told) -> dict[str, dict[str, Any]]:
    return {slug: answer(capsys, "structure", slug, "--as-at", DAY) for slug in SLUGS}


def test_structure_tells_how_each_body_stands_and_works(
    structures: dict[str, dict[str, Any]],
) -> None:
    missing = []
    for fact, (slug, key, state) in STANDING.items():
        states = {each["key"]: each["state"] for each in structures[slug]["bodies"]}
        if (
            states.get(key) if key else next((s for s in states.values() if s == state), "")
        ) != state:
            missing.append(fact)
    for each in SHOWN:
        bodies = {body["key"]: body for body in structures[each.slug]["bodies"]}
        said = bodies.get(each.body, {}).get(each.field)
        if each.says not in ("; ".join(said) if isinstance(said, list) else said or ""):
            missing.append(each.fact)
    assert missing == []


def test_structure_tells_who_sits(structures: dict[str, dict[str, Any]]) -> None:
    missing = []
    for fact, (slug, key, field, says) in SEATED.items():
        seats = [seat for body in structures[slug]["bodies"] for seat in body["seats"]]
        if not any(seat["key"] == key and seat[field] == says for seat in seats):
            missing.append(fact)
    assert missing == []


def test_structure_tells_the_flaws_of_the_papers(structures: dict[str, dict[str, Any]]) -> None:
    missing = [
        fact
        for fact, (slug, words) in FOUND.items()
        if not any(words in each["finding"] for each in structures[slug]["findings"])
    ]
    assert missing == []


def test_only_facts_of_the_list_are_asked_for() -> None:
    asked = {*STANDING, *SEATED, *FOUND, *(each.fact for each in SHOWN)}
    assert asked <= {fact.fact for fact in FACTS}


AUTHORITY = [
    ("the CCG approved the partnership on 26 March 2019", "safeguarding-partnership", "health", "yes", "26 March 2019"),
    ("the CCG approved the child death footprint on 26 March 2019", "child-death-review-footprint", "health", "yes", "26 March 2019"),
    ("the CCG approved its partner's delegated authority on 26 March 2019", "delegated-authority", "health", "yes", "26 March 2019"),
    ("health's delegated authority runs from that day", "partner-contributions", "health", "yes", "since 26 March 2019"),
    ("Cabinet is planned for 24 April 2019", "safeguarding-partnership", "council", "needs", "24 April 2019"),
    ("the council's delegation has no instrument", "partner-contributions", "council", "needs", "proposed"),
    ("the police delegation has no instrument", "partner-contributions", "police", "needs", "proposed"),
    ("child death review is for council and health", "child-death-review-footprint", "police", "not a deciding body", "council and health"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("matter", "class_", "verdict", "words"),
    [each[1:] for each in AUTHORITY],
    ids=[each[0] for each in AUTHORITY],
)
def test_authority_tells(matter: str, class_: str, verdict: str, words: str, capsys: Told) -> None:
    found = answer(capsys, "authority", "tower-hamlets", "--matter", matter, "--on", DAY)
    told = next(each for each in found["bodies"] if each["class"] == class_)
    assert (told["verdict"], words in told["reason"]) == (verdict, True), told

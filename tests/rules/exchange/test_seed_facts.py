"""The governance facts of the two papers, one by one, and where the files hold each.

A fact is told in our words; behind it stand the row, the field and what the field must say.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from concordat.domain.assurance.exchange.rules import PartnershipFile, read
from concordat.domain.assurance.exchange.rules.fields import Row, kind_of
from concordat.domain.assurance.exchange.rules.values import told
from tests.rules.exchange.examples import SEEDS, folder, whole


class Fact(NamedTuple):
    fact: str
    row: str
    field: str
    says: str


def _facts() -> list[Fact]:
    lines = Path(__file__).with_name("facts_of_the_papers.txt").read_text("utf-8").splitlines()
    return [Fact(*(part.strip() for part in line.split("|"))) for line in lines[1:]]


FACTS = _facts()


@pytest.fixture(scope="module")
def world() -> PartnershipFile:
    return whole(read(folder(SEEDS)))


def _held(world: PartnershipFile, fact: Fact) -> str:
    """What the field says, or why it says nothing."""
    slug, _, name = fact.row.partition("/")
    kind, _, key = name.partition(":")
    chapter = world.chapter(slug)
    rows = chapter.every() if chapter else ()
    row = next((row for row in rows if (kind_of(row).name, row.key) == (kind, key)), None)
    return _value(row, fact.field) if row else "(no such row)"


def _value(row: Row, field: str) -> str:
    spec = kind_of(row).fields[field]
    value = getattr(row, spec.attribute)
    if isinstance(value, tuple):
        return ("; " if spec.sort.value == "list of texts" else ", ").join(map(told, value))
    if spec.sort.value == "pounds":
        return str(value // 100)
    return "" if value is None else told(value)


def test_every_fact_of_the_papers_is_held(world: PartnershipFile) -> None:
    missing = [
        f"{fact.fact}: {fact.row} {fact.field} says “{held}”"
        for fact in FACTS
        if fact.says not in (held := _held(world, fact))
    ]
    assert missing == []
    assert len({fact.fact for fact in FACTS}) == len(FACTS) > 350


GOVERNANCE = (
    "members", "partners", "footprints", "steps", "roles", "role_phases", "bodies", "states",
    "seats", "holders", "terms", "matters", "decisions", "delegations", "arrangements",
    "statements", "promises", "relevant_agencies", "links", "reporting", "laws", "findings",
    "questions", "scrutiny", "appointments", "programmes", "priorities", "gates", "workstreams",
    "phases", "milestones", "replans", "products", "lessons", "events",
)  # fmt: skip


def test_no_row_of_governance_is_without_a_fact_that_says_why_it_is_there(
    world: PartnershipFile,
) -> None:
    told = {fact.row for fact in FACTS}
    untold = [
        name
        for chapter in world.chapters
        for kind in GOVERNANCE
        for row in chapter.rows.get(kind, ())
        if (name := f"{chapter.slug}/{kind}:{row.key}") not in told
    ]
    assert untold == []


def test_the_search_for_facts_finds_what_is_missing(world: PartnershipFile) -> None:
    lost = Fact("lost", "tower-hamlets/bodies:lost", "name", "x")
    assert _held(world, lost) == "(no such row)"
    wrong = Fact("wrong", "tower-hamlets/delegations:health-lead", "from", "2019-03-25")
    assert wrong.says not in _held(world, wrong)


def test_every_row_says_where_it_comes_from_and_when_it_became_known(
    world: PartnershipFile,
) -> None:
    for chapter in world.chapters:
        for row in chapter.every():
            assert row.source, f"{chapter.slug} {row.key}"
            if kind_of(row).name != "sources":
                assert row.stated_on, f"{chapter.slug} {row.key}"


def test_the_february_report_does_not_know_the_approvals_of_march(world: PartnershipFile) -> None:
    chapter = world.chapter("tower-hamlets")
    assert chapter
    late = {
        f"{kind_of(row).name}:{row.key}"
        for row in chapter.every()
        if row.stated_on and row.stated_on.iso() == "2019-03-29"
    }
    assert {
        "decisions:ccg-partnership",
        "decisions:ccg-child-death-footprint",
        "decisions:ccg-delegated-authority",
        "delegations:health-lead",
    } <= late
    assert not any(name.startswith(("bodies:", "seats:", "risks:")) for name in late)


def test_nobody_is_named_anywhere_in_the_world(world: PartnershipFile) -> None:
    for chapter in world.chapters:
        assert chapter.rows["people"] == ()
        for holder in chapter.rows["holders"]:
            assert _value(holder, "person") == ""

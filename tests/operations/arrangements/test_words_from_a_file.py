"""A partnership file that changes what people wrote, before and after it is signed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from concordat.domain.assurance.exchange import operations, queries, rules
from concordat.domain.assurance.exchange.rules import PartnershipFile
from concordat.domain.base.documents.models import SignOff
from concordat.domain.governance.arrangements import operations as arrangements
from concordat.domain.governance.arrangements import queries as texts
from concordat.domain.governance.arrangements.models import Wording
from concordat.domain.governance.arrangements.rules.text import FROM_ABOVE, FromAbove
from concordat.kernel.errors import Invalid, Refused
from tests.operations.arrangements.drafting import Drafting
from tests.operations.exchange.examples import events_since, last_number
from tests.operations.mail.cast import DAY, LOADER, verbs_on
from tests.operations.seats.county import nothing_changed


def file_of(drafting: Drafting, *changes: tuple[str, str]) -> PartnershipFile:
    """What is kept, as the file that would load it again, with some words changed."""
    texts = rules.to_yaml(queries.file_of(LOADER, (drafting.home.key,)))
    for before, after in changes:
        assert any(before in text for text in texts.values())
        texts = {name: text.replace(before, after) for name, text in texts.items()}
    return rules.read(texts)


ANEW = ("The partners decide together", "The partners decide alone")


@pytest.mark.long
def test_words_that_a_file_changes_void_what_was_signed_and_say_so(offered: Drafting) -> None:
    offered.sign(0, 1)
    number = last_number()
    operations.load(LOADER, file=file_of(offered, ANEW))
    told = events_since(number)
    assert [each for each in told if "ask" not in each] == [
        "passage amended",
        "passages taken up from a file",
        "sign-off voided",
        "sign-off voided",
        "sent back to draft",
        "partnership file loaded",
    ]
    why = "A file that was loaded writes Who we are and how we work anew"
    assert [each.void_reason for each in SignOff.objects.all()] == [why, why]
    assert offered.now.state == "draft"


@pytest.mark.long
def test_a_file_that_sets_a_version_back_voids_what_was_signed(offered: Drafting) -> None:
    offered.sign(0, 1)
    operations.load(LOADER, file=file_of(offered, ("state: out for agreement", "state: draft")))
    why = "A file that was loaded says that this is draft"
    assert [each.void_reason for each in SignOff.objects.all()] == [why, why]


@pytest.mark.long
def test_a_file_that_changes_no_word_voids_nothing(offered: Drafting) -> None:
    offered.sign(0, 1)
    said = Wording.objects.count()
    operations.load(LOADER, file=file_of(offered, ("promise: One area", "promise: One place")))
    assert SignOff.objects.filter(voided_on=None).count() == 2
    assert Wording.objects.count() == said


def test_a_file_never_writes_over_what_was_published_here(published: Drafting) -> None:
    file = file_of(published, ANEW)
    with pytest.raises(Invalid, match="is published here") as told:
        operations.preview(LOADER, file=file)
    with nothing_changed(), pytest.raises(Invalid, match="is published here"):
        operations.load(LOADER, file=file)
    (fault,) = told.value.faults
    assert ".yaml:" in fault.place


# --- rows of packages above, which the text quotes

COSTS = """
costs:
- {key: scrutineer, title: Independent Scrutineer, level: recurrent, stated_on: 2019-04-02}
training:
- {key: level-three, title: Level 3, for: [Schools]}
"""


def with_costs(drafting: Drafting, costs: str = COSTS) -> PartnershipFile:
    head = f"format: 1\npartnership: {{key: {drafting.home.key}, name: {drafting.home.name}}}\n"
    return rules.read({"more.yaml": head + costs})


def quoted(drafting: Drafting, section: str, day: date = DAY) -> list[tuple[str, ...]]:
    part = texts.assembled(drafting.manager, drafting.now, day).part(section)
    return [row.cells for each in part.blocks if each.name in FROM_ABOVE for row in each.rows]


@pytest.mark.long
def test_what_is_loaded_of_money_and_training_is_quoted_from_the_day_it_was_known(
    drafting: Drafting,
) -> None:
    operations.load(LOADER, file=with_costs(drafting))
    assert quoted(drafting, "funding") == []
    assert quoted(drafting, "funding", date(2019, 4, 2)) == [
        ("Independent Scrutineer", "Recurrent")
    ]
    assert quoted(drafting, "training-and-audits") == [("Level 3", "For Schools")]


@pytest.mark.long
def test_what_changes_in_the_file_changes_in_the_text(drafting: Drafting) -> None:
    operations.load(LOADER, file=with_costs(drafting))
    operations.load(LOADER, file=with_costs(drafting, COSTS.replace("Schools", "Everybody")))
    assert quoted(drafting, "training-and-audits") == [("Level 3", "For Everybody")]
    with nothing_changed():
        operations.load(LOADER, file=with_costs(drafting, COSTS.replace("Schools", "Everybody")))


def test_only_who_runs_the_partnership_tells_what_is_quoted(drafting: Drafting) -> None:
    rows = [FromAbove("level-three", "Level 3")]
    told: dict[str, Any] = {
        "partnership": drafting.house.here,
        "block": "training",
        "rows": rows,
    }
    with pytest.raises(Refused):
        arrangements.quote_from_above(drafting.house.member.actor, **told)
    assert quoted(drafting, "training-and-audits") == []
    assert arrangements.quote_from_above(drafting.manager, **told) == 1
    assert verbs_on(drafting.house.here)[-1] == "rows quoted in the text"

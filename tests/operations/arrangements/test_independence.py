"""A scrutineer whom a statutory partner manages, or would manage, is a risk that is told."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from concordat.domain.base.agencies.models import Partnership
from concordat.domain.governance.arrangements import queries, rules
from tests.operations.exchange.examples import LOADER, WORLDS, load, load_world, small

DAY = date(2019, 3, 29)
LINE = "reporting:\n- {{key: line, who: {who}, reports_to: {to}, how: {how}, state: {state}}}\n"


def found(slug: str, on: date = DAY) -> list[str]:
    home = Partnership.objects.select_related("record").get(key=slug)
    return [each.finding for each in queries.independence(LOADER, home, on)]


def told(**more: Any) -> list[str]:
    line = {"who": "posts:scrutineer", "to": "posts:director", "how": "line managed by",
            "state": "in force", **more}  # fmt: skip
    text = small(LINE.format(**line))["fell.yaml"]
    text = text.replace("posts:\n", "posts:\n- {key: scrutineer, title: Scrutineer}\n")
    text = text.replace(
        "seats:\n", "seats:\n- {key: eye, body: executive, role: Scrutineer, office: scrutineer}\n"
    )
    load({"fell.yaml": text + "partners:\n- {key: council, agency: council, class: council}\n"})
    return found("fell")


@pytest.mark.long
@pytest.mark.django_db
def test_the_papers_proposal_is_told_as_a_proposal_and_as_a_risk() -> None:
    load_world(WORLDS["the two papers"])
    assert found("tower-hamlets") == [
        "Independence at risk: Independent Scrutineer would be line managed by Chief Executive of "
        "LBTH of London Borough of Tower Hamlets, a statutory partner that it scrutinises. This is "
        "a proposal.",
        "Independence at risk: Independent Scrutineer would be line managed by Lead Member for "
        "Childrens service of London Borough of Tower Hamlets, a statutory partner that it "
        "scrutinises. This is a proposal.",
    ]
    home = Partnership.objects.select_related("record").get(key="tower-hamlets")
    built = queries.structure(LOADER, home, DAY)
    lacks = [gap.subject for gap in rules.gaps(built) if gap.lack is rules.Lack.INDEPENDENCE]
    assert lacks == ["seats:scrutineer", "seats:scrutineer"]
    assert not found("bexley"), "nobody is said to manage the scrutineer of Bexley"
    assert not found("tower-hamlets", date(2019, 2, 14)), "it was not known the day before"


@pytest.mark.django_db
def test_a_line_in_force_is_no_proposal() -> None:
    assert told() == [
        "Independence at risk: Scrutineer is line managed by Director of Fell Council, a "
        "statutory partner that it scrutinises."
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "more",
    [
        {"how": "linked to"},
        {"state": "ended"},
        {"who": "posts:director", "to": "posts:scrutineer"},
        {"who": "bodies:executive"},
    ],
)
def test_other_lines_touch_no_independence(more: dict[str, str]) -> None:
    assert told(**more) == []

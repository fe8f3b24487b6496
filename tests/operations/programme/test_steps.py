"""How far a thing is changes step by step; what is late moves what waits for it; where a plan
belongs and what may come first in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from concordat.domain.governance.programme import operations, queries
from concordat.domain.governance.programme.models import Product
from concordat.domain.governance.programme.rules import path
from concordat.domain.governance.programme.rules.health import Health
from concordat.kernel.dates import UncertainDate
from concordat.kernel.errors import Invalid, Refused
from tests.operations.mail.cast import House
from tests.operations.programme.examples import Planned, a_contract, add, again


def amend(house: House, kind: str, key: str, **values: Any) -> Any:
    return operations.set_down(
        house.manager.actor, partnership=house.here, kind=kind, key=key, values=values
    )


def test_nothing_is_done_or_abandoned_by_changing_what_it_says(house: House, here: Planned) -> None:
    rows = [
        ("programmes", here.programme), ("milestones", here.draft), ("priorities", here.priority),
        ("products", here.product), ("contracts", a_contract(house)),
        ("appointments", add(house, "appointments", "Analyst", state="planned")),
    ]  # fmt: skip
    for kind, row in rows:
        with pytest.raises(Refused, match="step by step"):
            amend(house, kind, row.key, state="ended" if kind == "contracts" else "done")
        assert again(row).state == row.state
    held = amend(house, "programmes", "transition", state="under way", about="What it is for")
    assert held.about == "What it is for"


# --- what is late


def effects(here: Planned, row: Any, on: date) -> tuple[list[str], str]:
    actor = replace(here.house.member.actor, on=on)
    found = queries.place_of(actor, again(row)).effects
    return [each.node.title for each in found[1:] if each.certain], path.in_words(found)


def test_what_is_late_is_counted_from_today(here: Planned) -> None:
    told, words = effects(here, here.draft, date(2019, 6, 28))
    assert told == ["Publish"]
    assert words.endswith("Counted from 28 June 2019, since it is late.")
    early, plain = effects(here, here.draft, date(2019, 5, 1))
    assert (early, "Counted" in plain) == ([], False)


def test_a_forecast_that_is_later_than_the_plan_counts(here: Planned) -> None:
    member, day = here.house.member.actor, date(2019, 5, 2)
    before, _ = effects(here, here.publish, day)
    operations.tell(
        replace(member, on=day), thing=here.publish, health=Health.OFF_TRACK, words="Late",
        forecast=UncertainDate.parse("2019-09"),
    )  # fmt: skip
    after, words = effects(here, here.publish, day)
    assert (before, after) == ([], ["Go live"])
    assert words.endswith("Counted from September 2019, when it is expected now.")
    (*_, last) = queries.roadmap(replace(member, on=day), here.programme).critical
    assert last.node.title == "Go live"


# --- where a plan belongs


def test_what_comes_first_is_a_milestone_of_the_same_programme(house: House, here: Planned) -> None:
    other = add(house, "programmes", "Hub", state="planned")
    add(house, "milestones", "Choose a site", programme=other)
    for wanted in ("choose-a-site", "nowhere"):
        with pytest.raises(Invalid) as told:
            amend(house, "milestones", "draft", depends_on=[wanted])
        assert told.value.faults[0].field == "depends_on"
        with pytest.raises(Invalid):
            add(house, "milestones", "Train", programme=here.programme, depends_on=[wanted])
    with pytest.raises(Invalid):
        amend(house, "milestones", "publish", programme=other)
    assert again(here.draft).depends_on == []


def test_two_partnerships_may_each_have_a_milestone_of_one_name(
    house: House, here: Planned
) -> None:
    theirs = operations.add(
        house.outsider.actor, partnership=house.there, kind="milestones", name="Draft",
        values={"title": "Their draft", "programme": here.programme, "due": "2019-04"},
    )  # fmt: skip
    plan = queries.plan_of(house.manager.actor, [again(here.draft), again(theirs)])
    assert sorted(node.title for node in plan.values()) == ["Draft", "Their draft"]


def test_a_new_milestone_and_a_new_rule_stay_before_the_last_day_of_the_law(
    house: House, here: Planned
) -> None:
    with pytest.raises(Invalid, match="29 June 2019") as told:
        add(house, "milestones", "Print", programme=here.programme, due="2019-07",
            rule="TR-PUBLISH")  # fmt: skip
    assert told.value.faults[0].field == "due"
    with pytest.raises(Invalid) as late:
        amend(house, "milestones", "go-live", rule="TR-PUBLISH")
    assert late.value.faults[0].field == "rule"
    assert again(here.live).rule == ""


def test_what_waits_for_something_abandoned_is_a_finding(here: Planned) -> None:
    operations.move_on(
        here.house.manager.actor, thing=here.draft, verb="abandon", reason="No money"
    )
    told = queries.roadmap(here.house.member.actor, here.programme)
    assert "“Publish” waits for “Draft”, which is abandoned." in told.findings


def test_a_change_of_plan_of_a_product_is_told(house: House, here: Planned) -> None:
    amend(
        house, "replans", "p", changes=f"products:{here.product.key}", before="May", after="June",
        reasons=["Late"], agreed_by="Executive", date="2019-03-20",
    )  # fmt: skip
    ((row, held),) = queries.changes_of_plan(house.member.actor, here.programme)
    assert (row.after, type(held)) == ("June", Product)

"""Learning cycles: begun, reported, answered, checked; the owner asked; gates decided on them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from concordat.domain.base.asks.models import Ask
from concordat.domain.governance.programme import operations, queries
from concordat.domain.governance.programme.models import CycleFinding, LearningCycle
from concordat.domain.governance.programme.rules.cycle import Outcome
from concordat.kernel.actor import process
from concordat.kernel.dates import UncertainDate
from concordat.kernel.errors import Invalid, Refused, Stale
from tests.operations.mail.cast import DAY, House, verbs_on
from tests.operations.programme.examples import Planned, add, again, seen

FOUND = ("Plain words", "One reader")


def a_cycle(here: Planned, **more: Any) -> LearningCycle:
    told = {
        "model": "learning hub", "priority": here.priority, "run_by": "areas:heath",
        "lead": "posts:meg-member", "from_text": "2018-12", "to_text": "2019-03-20",
        "state": "planned", **more,
    }  # fmt: skip
    row: LearningCycle = add(here.house, "learning_cycles", "Neglect", **told)
    return row


def at_work(here: Planned) -> LearningCycle:
    """A cycle under way with somebody in it, an audit and two suggestions."""
    cycle = a_cycle(here)
    add(here.house, "cycle_members", "Meg", cycle=cycle, who="A nurse", part="leads")
    operations.move_on(here.house.manager.actor, thing=cycle, verb="begin")
    add(here.house, "cycle_works", "Audit", cycle=cycle, sort="multi-agency audit")
    for name in FOUND:
        add(here.house, "cycle_findings", name, cycle=cycle, suggests=f"{name} first")
    return cycle


def reported(here: Planned) -> LearningCycle:
    cycle = at_work(here)
    report(here, cycle)
    return cycle


def report(here: Planned, cycle: LearningCycle, **more: Any) -> None:
    told = {"body": here.house.board, "reported_on": DAY, "summary": "Two gaps", **more}
    operations.report(here.house.manager.actor, cycle=cycle, **told)


def answer(actor: Any, cycle: LearningCycle, second: tuple[str, str], **more: Any) -> None:
    keys = list(CycleFinding.objects.filter(cycle=cycle).order_by("pk").values_list("key"))
    answers = dict(zip([key for (key,) in keys], [("accepted", ""), second], strict=True))
    told = {"answers": answers, "response": "We take one up", "answered_on": DAY, **more}
    operations.answer(actor, cycle=cycle, **told)


def asks(row: Any) -> list[tuple[str, str, str]]:
    rows = Ask.objects.filter(record=row.pk, cleared_on=None).order_by("pk")
    return list(rows.values_list("errand", "seat__key", "what"))


@pytest.mark.long
def test_a_cycle_goes_from_a_plan_to_what_came_of_it(here: Planned) -> None:
    house, cycle = here.house, reported(here)
    assert asks(cycle) == [("answer", "chai-reed", "what a learning cycle found")]
    answer(house.chair.actor, cycle, ("declined", "Nobody at night"))
    assert asks(cycle) == []
    operations.check_impact(
        house.member.actor, cycle=cycle, impacts={"plain-words": ("partly seen", "Six of ten")},
        words="Parents know more", checked_on=DAY, checked_in=a_cycle(here),
    )  # fmt: skip
    told = queries.whole(house.member.actor, again(cycle))
    assert told.says == (
        "Of 2 suggestions the board accepted 1 and declined 1. Impact: partly seen 1."
    )
    assert [(row.answer, row.impact) for row in told.findings] == [
        ("accepted", "partly seen"), ("declined", ""),
    ]  # fmt: skip
    done = [verb for verb in verbs_on(cycle.record) if "learning" in verb]
    assert done[-4:] == [
        "learning cycle begun", "learning cycle reported", "learning cycle answered",
        "impact of learning checked",
    ]  # fmt: skip


def test_a_cycle_neither_begins_nor_reports_empty(here: Planned) -> None:
    bare = a_cycle(here)
    manager = here.house.manager.actor
    with pytest.raises(Refused, match="who takes part"):
        operations.move_on(manager, thing=bare, verb="begin")
    with pytest.raises(Invalid):
        add(here.house, "cycle_members", "Nobody", cycle=bare, who="", part="leads")
    add(here.house, "cycle_members", "Meg", cycle=bare, who="A nurse", part="leads")
    operations.move_on(manager, thing=bare, verb="begin")
    with pytest.raises(Refused, match="what was done and what it found"):
        report(here, bare)
    assert again(bare).state == "under way"


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"reported_on": DAY + timedelta(1)}, "reported_on"),
        ({"summary": " "}, "summary"),
        ({"summary": "x" * 4001}, "summary"),
    ],
)
def test_a_report_says_what_and_when(here: Planned, told: dict[str, Any], field: str) -> None:
    cycle = at_work(here)
    with pytest.raises(Invalid) as problem:
        report(here, cycle, **told)
    assert problem.value.faults[0].field == field
    assert (again(cycle).state, asks(cycle)) == ("under way", [])


@pytest.mark.long
def test_the_board_answers_each_suggestion_or_none(here: Planned) -> None:
    house, cycle = here.house, reported(here)
    with pytest.raises(Invalid) as problem:
        answer(house.chair.actor, cycle, ("declined", ""))
    assert [fault.field for fault in problem.value.faults] == ["words-one-reader"]
    with pytest.raises(Invalid, match="before it was reported"):
        answer(house.chair.actor, cycle, ("accepted", ""), answered_on=DAY - timedelta(1))
    assert not CycleFinding.objects.exclude(answer="").exists()
    for actor in (house.member.actor, house.outsider.actor):
        with pytest.raises(Refused):
            answer(actor, cycle, ("accepted", ""))
    version = seen(cycle)
    answer(house.co_ordinator.actor, cycle, ("accepted", ""), seen_version=version)
    with pytest.raises(Stale):
        answer(house.chair.actor, cycle, ("accepted", ""), seen_version=version)


@pytest.mark.long
def test_what_the_board_has_stands_still_until_it_is_taken_back(here: Planned) -> None:
    house, cycle = here.house, reported(here)
    manager = house.manager.actor
    told = {"partnership": house.here, "kind": "cycle_findings", "key": "plain-words"}
    with pytest.raises(Refused, match="The board has them"):
        operations.set_down(manager, values={"suggests": "Something else"}, **told)
    with pytest.raises(Refused):
        add(house, "cycle_findings", "Another", cycle=again(cycle))
    with pytest.raises(Invalid):
        operations.move_on(manager, thing=cycle, verb="take back")
    operations.move_on(manager, thing=cycle, verb="take back", reason="A case was missed")
    assert (again(cycle).state, asks(cycle)) == ("under way", [])
    operations.set_down(manager, values={"suggests": "Something else"}, **told)
    assert verbs_on(cycle.record)[-2:] == ["ask cleared", "learning cycle taken back"]


def test_the_owner_is_asked_for_each_next_step_once(here: Planned) -> None:
    house, watcher = here.house, process("programme watcher", DAY)
    cycle = a_cycle(here, from_text="2019-03-29", to_text="2019-06")
    assert (operations.ask_for_steps(watcher), operations.ask_for_steps(watcher)) == (1, 0)
    assert asks(cycle) == [("update", "meg-member", "whether the learning cycle has begun")]
    values = {"from_text": "2019-05"}
    operations.set_down(house.manager.actor, partnership=house.here, kind="learning_cycles",
                        key=cycle.key, values=values)  # fmt: skip
    assert (operations.ask_for_steps(watcher), asks(cycle)) == (0, [])
    add(house, "cycle_members", "Meg", cycle=cycle, who="A nurse", part="leads")
    operations.move_on(house.manager.actor, thing=again(cycle), verb="begin")
    assert operations.ask_for_steps(replace(watcher, on=date(2019, 7, 1))) == 1
    assert asks(cycle) == [("update", "meg-member", "what the learning cycle found")]
    later = replace(house.manager.actor, on=date(2019, 7, 1))
    operations.move_on(later, thing=again(cycle), verb="abandon", reason="No time")
    assert asks(cycle) == []


def test_the_impact_of_a_hub_is_due_a_cycle_later_and_any_other_when_it_is_said(
    here: Planned,
) -> None:
    hub, dive = a_cycle(here), a_cycle(here, model="deep dive", lead="")
    assert str(hub.check_day) == "July 2019"
    assert dive.check_day is None
    assert dive.owner == here.priority.lead
    dive.check_on = "2019-05-01"
    assert dive.check_day == UncertainDate.parse("2019-05-01")


@pytest.mark.long
def test_a_gate_is_decided_on_what_a_cycle_found(here: Planned) -> None:
    house, cycle = here.house, at_work(here)
    other = add(house, "learning_cycles", "Elsewhere", model="other")
    told = {"gate": here.gate, "reason": "It helps", "body": house.board, "decided_on": DAY}
    manager = house.manager.actor
    with pytest.raises(Invalid, match="“Neglect” has not reported yet"):
        operations.decide_gate(manager, outcome=Outcome.YES, rests_on=[cycle], **told)
    with pytest.raises(Invalid, match="of this priority"):
        operations.decide_gate(manager, outcome=Outcome.YES, rests_on=[other], **told)
    operations.decide_gate(manager, outcome=Outcome.NOT_YET, rests_on=[cycle], **told)
    assert again(here.gate).rests_on == ["neglect"]
    with pytest.raises(Invalid):
        operations.decide_gate(manager, outcome=Outcome.YES, **told)
    report(here, cycle)
    operations.decide_gate(manager, outcome=Outcome.YES, **told)
    assert [row.outcome for row in queries.whole(manager, again(cycle)).gates] == ["yes"]


@pytest.mark.long
def test_nobody_else_finds_a_cycle(house: House, here: Planned) -> None:
    cycle = at_work(here)
    assert list(queries.cycles_at(house.member.actor, here.priority)) == [cycle]
    outsider = house.outsider.actor
    with pytest.raises(LearningCycle.DoesNotExist):
        queries.learning_cycle(outsider, cycle.record.reference)
    assert not queries.cycles_at(outsider, here.priority)
    assert not queries.cycles(outsider, house.here)
    told = queries.whole(outsider, cycle)
    assert [*told.members, *told.works, *told.findings, *told.gates] == []
    with pytest.raises(Refused):
        operations.move_on(outsider, thing=cycle, verb="abandon", reason="x")

"""Programmes shared with another partnership: asked, agreed, seen, left; and chosen again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from concordat.domain.base.agencies import operations as agencies
from concordat.domain.base.asks.models import Ask
from concordat.domain.base.records.models import Share
from concordat.domain.base.seats import operations as seats
from concordat.domain.governance.programme import operations, queries
from concordat.domain.governance.programme.models import Joining, Milestone, Priority, Programme
from concordat.domain.governance.programme.rules.cycle import Outcome
from concordat.kernel.actor import Actor, Office
from concordat.kernel.dates import UncertainDate
from concordat.kernel.errors import Invalid, Refused
from tests.operations.mail.cast import DAY, LOADER, House, sits, verbs_on
from tests.operations.programme.examples import Planned, add, again

WHY = "The same command polices both"


def proposed(here: Planned) -> Joining:
    return operations.propose(
        here.house.manager.actor, programme=here.programme, partnership=here.house.there, reason=WHY
    )


def sees(actor: Actor, house: House) -> list[str]:
    """What an actor of the other partnership finds of the programme."""
    found = [*queries.programmes(actor, house.there), *queries.priorities(actor, house.there)]
    return [row.title for row in found]


def leave(actor: Actor, here: Planned, **more: Any) -> Joining:
    told = {"partnership": here.house.there, "on": DAY, "reason": "Its own work comes first"}
    return operations.leave(actor, programme=here.programme, **{**told, **more})


@pytest.mark.long
def test_a_partnership_sees_a_programme_from_when_it_agrees_until_it_leaves(here: Planned) -> None:
    house, other = here.house, here.house.outsider.actor
    row = proposed(here)
    assert sees(other, house) == []
    with pytest.raises(Programme.DoesNotExist):
        queries.programme(other, here.programme.record.reference)
    assert [each.reason for each in queries.asked_to_join(other, house.there)] == [WHY]
    assert Ask.objects.get(record=house.there, cleared_on=None).seat.key == "otto-outsider"
    operations.agree(other, joining=row, words="Gladly")
    assert sees(other, house) == ["Transition", "Missing children"]
    assert not Ask.objects.filter(record=house.there, cleared_on=None).exists()
    later = add(house, "milestones", "Later", programme=again(here.programme), due="2019-08")
    assert queries.milestone(other, later.record.reference)
    left = leave(other, here)
    assert (left.pk, left.left_on, left.left_by) == (row.pk, DAY, "Otto Outsider")
    assert sees(other, house) == ["Transition", "Missing children"]
    after = replace(other, on=DAY + timedelta(1))
    assert sees(after, house) == []
    with pytest.raises(Milestone.DoesNotExist):
        queries.milestone(after, later.record.reference)
    assert again(here.programme).partnerships == []
    assert "sharing left" in verbs_on(here.programme.record)
    assert "sharing left" in verbs_on(house.there)


@pytest.mark.long
def test_who_left_stays_out_until_it_joins_again(here: Planned) -> None:
    house, other = here.house, here.house.outsider.actor
    operations.agree(other, joining=proposed(here))
    leave(house.manager.actor, here)
    named = {"partnerships": ["there"]}
    operations.set_down(house.manager.actor, partnership=house.here, kind="programmes",
                        key=here.programme.key, values=named)  # fmt: skip
    fresh = add(house, "milestones", "After", programme=again(here.programme), due="2019-08")
    assert not Share.objects.filter(record=fresh.pk).exists()
    operations.set_down(house.manager.actor, partnership=house.here, kind="programmes",
                        key=here.programme.key, values={"partnerships": []})  # fmt: skip
    operations.agree(other, joining=proposed(here))
    tomorrow = replace(other, on=DAY + timedelta(1))
    assert sees(tomorrow, house) == ["Transition", "Missing children"]
    assert queries.milestone(tomorrow, fresh.record.reference)


def test_only_those_whose_it_is_ask_answer_and_leave(here: Planned) -> None:
    house = here.house
    for actor in (house.outsider.actor, house.member.actor, house.co_ordinator.actor):
        with pytest.raises(Refused):
            operations.propose(actor, programme=here.programme, partnership=house.there, reason=WHY)
    row = proposed(here)
    with pytest.raises(Refused):
        operations.agree(house.manager.actor, joining=row)
    with pytest.raises(Refused):
        operations.withdraw(house.outsider.actor, joining=row)
    with pytest.raises(Invalid, match="asked already"):
        proposed(here)
    operations.agree(house.outsider.actor, joining=row)
    with pytest.raises(Refused):
        operations.decline(house.outsider.actor, joining=row, words="No")
    with pytest.raises(Refused):
        leave(house.member.actor, here)
    assert Share.objects.filter(to_day=None).exists()


@pytest.mark.long
def test_a_third_partnership_sees_neither_the_proposal_nor_the_programme(here: Planned) -> None:
    fen = agencies.found(LOADER, slug="fen", name="Fen", prefix="FEN").record
    body = seats.set_down(LOADER, partnership=fen, kind="bodies", key="executive",
                          values={"name": "Fen executive", "kind": "executive"})  # fmt: skip
    third = sits(fen, body, "Fay Fen", Office.STRATEGY_MANAGER).actor  # type: ignore[arg-type]
    row = proposed(here)
    assert not queries.proposals(third)
    for refused in (operations.agree, operations.withdraw):
        with pytest.raises(Refused):
            refused(third, joining=row)
    operations.agree(here.house.outsider.actor, joining=row)
    assert not queries.programmes(third, here.house.there)
    with pytest.raises(Programme.DoesNotExist):
        queries.programme(third, here.programme.record.reference)
    assert not queries.sharers(third, here.programme)
    with pytest.raises(Refused):
        leave(third, here)


def test_a_proposal_is_declined_with_a_reason_or_withdrawn(here: Planned) -> None:
    other = here.house.outsider.actor
    row = proposed(here)
    with pytest.raises(Invalid):
        operations.decline(other, joining=row, words=" ")
    operations.decline(other, joining=row, words="Not this year")
    second = proposed(here)
    operations.withdraw(here.house.manager.actor, joining=second)
    with pytest.raises(Refused):
        operations.agree(other, joining=second)
    states = list(Joining.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["declined", "withdrawn"]
    assert not Share.objects.exists()
    assert not Ask.objects.filter(cleared_on=None, record=here.house.there).exists()


@pytest.mark.parametrize(
    ("told", "field"),
    [({"on": DAY - timedelta(1)}, "on"), ({"reason": ""}, "reason")],
)
def test_leaving_has_a_day_and_a_reason(here: Planned, told: dict[str, Any], field: str) -> None:
    operations.agree(here.house.outsider.actor, joining=proposed(here))
    with pytest.raises(Invalid) as problem:
        leave(here.house.manager.actor, here, **told)
    assert problem.value.faults[0].field == field
    assert again(here.programme).partnerships == ["there"]
    assert not Share.objects.exclude(to_day=None).exists()


def test_a_cycle_that_another_partnership_runs_is_seen_by_those_who_share(here: Planned) -> None:
    house, other = here.house, here.house.outsider.actor
    values = {"theme": "Deep dive", "priority": again(here.priority), "model": "deep dive"}
    told: dict[str, Any] = {"partnership": house.there, "kind": "learning_cycles", "name": "dive"}
    with pytest.raises(Refused):
        operations.add(other, values=values, **told)
    operations.agree(other, joining=proposed(here))
    cycle = operations.add(other, values=values, **told)
    member = house.member.actor
    assert list(queries.cycles_at(member, here.priority)) == [cycle]
    assert cycle.named_in(house.here.pk) == "there/dive"
    with pytest.raises(Refused):
        operations.move_on(house.manager.actor, thing=cycle, verb="abandon", reason="x")
    leave(other, here)
    assert not queries.cycles_at(replace(member, on=DAY + timedelta(1)), here.priority)


# --- the next year


def test_a_priority_is_chosen_again_as_it_ends(here: Planned) -> None:
    house, manager = here.house, here.house.manager.actor
    values = {"lead": "posts:meg-member", "success": "Fewer episodes", "evidence": "Six reviews"}
    operations.set_down(manager, partnership=house.here, kind="priorities", key=here.priority.key,
                        values=values)  # fmt: skip
    told = {"priority": here.priority, "outcome": "A third fewer", "body": house.board,
            "chosen_on": DAY}  # fmt: skip
    with pytest.raises(Refused, match="gate is still open"):
        operations.choose_again(manager, **told)
    assert Priority.objects.count() == 1
    operations.decide_gate(
        manager, gate=here.gate, outcome=Outcome.NO, reason="No", body=house.board, decided_on=DAY
    )
    year = {"starts": UncertainDate.parse("2019-04"), "ends": UncertainDate.parse("2020-03")}
    with pytest.raises(Invalid):
        operations.choose_again(manager, **told, starts=year["ends"], ends=year["starts"])
    assert again(here.priority).state == ""
    new = operations.choose_again(manager, **told, **year)
    held = again(new)
    assert (held.title, held.lead, held.success) == (
        "Missing children", "posts:meg-member", "Fewer episodes",
    )  # fmt: skip
    assert held.evidence == "Six reviews\n\nWhat came of it before: A third fewer"
    assert (held.state, held.follows_id, held.from_text) == ("planned", here.priority.pk, "2019-04")
    assert again(here.priority).state == "done"
    assert list(queries.next_years(house.member.actor, here.priority)) == [held]
    assert "priority chosen" in verbs_on(held.record)

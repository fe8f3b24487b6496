"""An action is raised from any record, owed by one owner, and stands in somebody's work."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from concordat.domain.base.actions import operations, queries
from concordat.domain.base.actions.models import Action
from concordat.domain.base.asks.models import Ask
from concordat.domain.base.records import operations as records
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Level, Verb
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.sensitivity import Sensitivity
from tests.operations.actions.examples import DUE, WHAT, Desk, asked
from tests.operations.clocks.examples import nothing_changed
from tests.operations.mail.cast import DAY, verbs_on


def test_it_has_a_reference_its_source_and_an_owner_who_is_asked(desk: Desk) -> None:
    risk = desk.house.risk()
    action = desk.add(source=risk, source_place="Item 4", why="The board doubts it.")
    assert action.record.reference == "HERE-A-0001"
    assert action.record.title == WHAT
    assert (action.source, action.source_kind, action.source_place) == (risk, "request", "Item 4")
    assert action.agency == desk.health
    assert action.due == action.first_due == action.comes_up == DUE
    assert asked(desk.house.health.seat) == [f"update the action “{WHAT}”"]
    assert Ask.objects.get().due == DUE
    assert verbs_on(action.record) == ["action opened", "action set", "asked"]
    assert list(queries.actions_on(desk.owner, risk)) == [action]


def test_its_source_is_not_counted_as_changed(desk: Desk) -> None:
    """Whoever writes the minutes meanwhile meets no conflict for an action raised from them."""
    risk = desk.house.risk()
    desk.add(source=risk)
    assert Record.objects.get(pk=risk.pk).version == risk.version


@pytest.mark.parametrize(
    ("wrong", "field", "told"),
    [
        ({"what": "  "}, "what", "what is to be done"),
        ({"what": "x" * 301}, "what", "301 characters"),
        ({"due": date(2019, 3, 28)}, "due", "is over"),
        ({"due": None}, "due", "one of the two"),
        ({"look_every": 3}, "due", "one of the two"),
        ({"due": None, "look_every": 0}, "due", "1 to 24"),
        ({"due": None, "look_every": 25}, "due", "1 to 24"),
    ],
)
def test_what_cannot_be_an_action(desk: Desk, wrong: dict[str, Any], field: str, told: str) -> None:
    risk = desk.house.risk()
    given = {"due": DUE} | wrong
    with nothing_changed(), pytest.raises(Invalid) as problem:
        desk.add(source=risk, **given)
    assert problem.value.faults[0].field == field
    assert told in str(problem.value)


def test_who_may_raise_one(desk: Desk) -> None:
    risk = desk.house.risk()
    desk.add(desk.chair, source=risk)
    desk.add(desk.house.co_ordinator.actor, source=risk)
    with nothing_changed(), pytest.raises(Refused, match="chair of Executive"):
        desk.add(desk.house.member.actor, source=risk)
    with nothing_changed(), pytest.raises(Record.DoesNotExist):
        desk.add(desk.house.outsider.actor, source=risk)


def test_whoever_works_on_the_source_may_raise_one(desk: Desk) -> None:
    risk = desk.house.risk()
    records.admit(
        desk.manager,
        record=risk,
        grantee=desk.house.member.seat.record,
        level=Level.WORK,
        reason="Writes it up.",
        from_day=DAY,
    )
    assert desk.add(desk.house.member.actor, source=risk).source == risk


def test_owner_and_body_are_of_the_partnership(desk: Desk) -> None:
    risk, other = desk.house.risk(), desk.house.outsider.seat
    with nothing_changed(), pytest.raises(Invalid, match="owner is of another partnership"):
        desk.add(source=risk, owner=other)
    with nothing_changed(), pytest.raises(Invalid, match="body that sets it"):
        desk.add(source=risk, set_by=other.body)


def test_a_person_is_asked_at_their_seat(desk: Desk) -> None:
    action = desk.add(owner=desk.house.member.person)
    assert action.owner_name == "Meg Member"
    assert asked(desk.house.member.seat) == [f"update the action “{WHAT}”"]


def test_an_agency_without_a_contact_is_chased_by_the_secretariat(desk: Desk) -> None:
    action = desk.add(owner=desk.police)
    assert action.asked is None
    told = asked(desk.house.co_ordinator.seat)
    assert told == [f"update from Heath Police: the action “{WHAT}”"]
    assert "Send its contact a link, or name one" in Ask.objects.get().why


def test_an_agency_is_asked_at_its_contacts_seat(desk: Desk) -> None:
    operations.name_contact(desk.manager, agency=desk.health, seat=desk.lead.seat)
    action = desk.add(owner=desk.health)
    assert action.asked == desk.lead.seat
    assert asked(desk.lead.seat) == [f"update the action “{WHAT}”"]


def test_what_is_held_closely_is_opened_to_its_owner_and_to_whoever_accepts_it(desk: Desk) -> None:
    action = desk.add(desk.chair, source=desk.house.restricted(), what="See the family")
    record = action.record
    assert record.level is Sensitivity.RESTRICTED
    for sitter in (desk.house.health, desk.house.chair):
        assert can(sitter.actor, Verb.SEE, record), sitter
    for sitter in (desk.house.council, desk.house.manager):
        assert not can(sitter.actor, Verb.SEE, record), sitter
    assert asked(desk.house.health.seat) == [f"update the action {record.reference}"]


def test_whoever_chairs_the_body_that_accepts_is_let_in(desk: Desk) -> None:
    source = desk.house.restricted(owner=desk.house.manager.seat.record)
    action = desk.add(source=source)
    assert can(desk.chair, Verb.SEE, action.record)
    assert not can(desk.chair, Verb.SEE, source)


def test_a_conflict_with_the_source_is_one_with_the_action(desk: Desk) -> None:
    risk = desk.house.risk()
    records.recuse(
        desk.manager,
        record=risk,
        person=desk.house.council.person.record,
        reason="Related.",
        from_day=DAY,
    )
    action = desk.add(source=risk)
    assert not can(desk.house.council.actor, Verb.SEE, action.record)


def test_a_sealed_action_is_owned_by_a_person(desk: Desk) -> None:
    with pytest.raises(Invalid, match="named people only"):
        desk.add(sensitivity=Sensitivity.SEALED)
    action = desk.add(sensitivity=Sensitivity.SEALED, owner=desk.house.health.person)
    assert can(desk.owner, Verb.SEE, action.record)
    assert not can(desk.chair, Verb.SEE, action.record)


def test_a_long_open_one_is_looked_at_again_and_again(desk: Desk) -> None:
    action = desk.add(look_every=3)
    assert (action.due, action.look_every, action.comes_up) == (None, 3, date(2019, 6, 29))


def test_the_same_form_twice_is_one_action(desk: Desk) -> None:
    risk = desk.house.risk()
    with records.once("form"):
        first = desk.add(source=risk)
    with records.once("form"):
        second = desk.add(source=risk)
    assert first == second
    assert Action.objects.count() == 1

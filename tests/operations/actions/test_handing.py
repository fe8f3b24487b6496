"""To whom an action goes, who is told, and how an agency without an account is reached."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from concordat.domain.base.actions import operations
from concordat.domain.base.actions.models import Action, Contact, Entry
from concordat.domain.base.actions.rules import Standing, Told
from concordat.domain.base.asks.models import Ask
from concordat.domain.base.mail import queries as mail
from concordat.domain.base.mail.models import GuestLink, Message
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.kernel.actor import Actor, Kind
from concordat.kernel.errors import Invalid, Refused
from tests.operations.actions.examples import WHAT, Desk, again, asked
from tests.operations.clocks.examples import nothing_changed
from tests.operations.mail.cast import DAY

NOW = datetime(2019, 3, 29, 9, 0, tzinfo=UTC)
DOOR = "https://example.org/link/TOKEN"


@pytest.mark.long
def test_both_are_told(desk: Desk, action: Action) -> None:
    operations.reassign(
        desk.manager, action=action, owner=desk.house.member.seat, reason="She leads on it now."
    )
    held = again(action)
    assert held.owner_seat == desk.house.member.seat
    assert held.agency is None
    assert asked(desk.house.member.seat) == [f"update the action “{WHAT}”"]
    assert asked(desk.house.health.seat) == [f"read that Meg Member owns now: the action “{WHAT}”"]
    entry = Entry.objects.get(told=Told.REASSIGNED)
    assert entry.owner_before == "Hetty Health, Heath ICB"
    assert entry.owner_after == "Meg Member"
    operations.acknowledge(desk.owner, action=held)
    assert asked(desk.house.health.seat) == []
    with nothing_changed(), pytest.raises(Refused, match="nothing here"):
        operations.acknowledge(desk.owner, action=held)


@pytest.mark.long
def test_what_was_opened_to_an_owner_closes_behind_them(desk: Desk) -> None:
    action = desk.add(desk.chair, source=desk.house.restricted())
    assert can(desk.owner, Verb.SEE, action.record)
    operations.reassign(desk.chair, action=action, owner=desk.house.member.seat, reason="Moved.")
    assert not can(desk.owner, Verb.SEE, action.record)
    assert can(desk.house.member.actor, Verb.SEE, action.record)


def test_who_gives_it_to_another(desk: Desk, action: Action) -> None:
    with nothing_changed(), pytest.raises(Refused, match="give an action to another"):
        operations.reassign(
            desk.owner, action=action, owner=desk.house.member.seat, reason="Too busy."
        )
    with nothing_changed(), pytest.raises(Invalid, match="owner already"):
        operations.reassign(desk.chair, action=action, owner=action.owner, reason="Again.")
    with nothing_changed(), pytest.raises(Invalid, match="why it goes"):
        operations.reassign(desk.chair, action=action, owner=desk.house.member.seat, reason="")


def test_asking_for_an_update(desk: Desk, action: Action) -> None:
    operations.update(desk.owner, action=action, standing=Standing.ON_TRACK)
    with nothing_changed(), pytest.raises(Refused, match="ask for an update"):
        operations.ask_for_update(desk.owner, action=action)
    operations.ask_for_update(desk.chair, action=action)
    ask = Ask.objects.get(cleared_on=None)
    assert ask.seat == desk.house.health.seat
    assert (ask.due - DAY).days == 5
    assert ask.why == "Chai Reed asks how it stands."


def test_a_contact_is_a_seat_of_its_agency(desk: Desk) -> None:
    with nothing_changed(), pytest.raises(Invalid, match="no seat of Heath ICB"):
        operations.name_contact(desk.manager, agency=desk.health, seat=desk.house.member.seat)
    with nothing_changed(), pytest.raises(Refused):
        operations.name_contact(desk.house.member.actor, agency=desk.health, seat=desk.lead.seat)


@pytest.mark.parametrize(
    ("name", "email", "field"), [("", "a@example.org", "name"), ("Ann", "nonsense", "email")]
)
def test_a_contact_by_mail_is_one_named_person(
    desk: Desk, name: str, email: str, field: str
) -> None:
    with nothing_changed(), pytest.raises(Invalid) as problem:
        operations.name_contact(desk.manager, agency=desk.police, name=name, email=email)
    assert problem.value.faults[0].field == field


def _by_mail(desk: Desk) -> Contact:
    return operations.name_contact(
        desk.manager, agency=desk.police, name="Pat Police", email="Pat@example.org"
    )


def test_whoever_lets_in_from_outside_may_admit(desk: Desk) -> None:
    with nothing_changed(), pytest.raises(Refused):
        operations.name_contact(
            desk.house.co_ordinator.actor,
            agency=desk.police,
            name="Pat Police",
            email="pat@example.org",
        )
    operations.name_contact(desk.house.co_ordinator.actor, agency=desk.health, seat=desk.lead.seat)
    assert _by_mail(desk).email == "pat@example.org"


def test_a_new_contact_has_what_the_agency_owes(desk: Desk) -> None:
    action = desk.add(owner=desk.health)
    assert asked(desk.house.co_ordinator.seat)
    operations.name_contact(desk.manager, agency=desk.health, seat=desk.lead.seat)
    assert again(action).asked == desk.lead.seat
    assert asked(desk.lead.seat) == [f"update the action “{WHAT}”"]
    assert asked(desk.house.co_ordinator.seat) == []


def test_an_agency_without_an_account_is_sent_a_link(desk: Desk) -> None:
    _by_mail(desk)
    desk.add(desk.house.co_ordinator.actor, owner=desk.police, door=DOOR, now=NOW)
    link = GuestLink.objects.get()
    assert (link.name, link.email, link.opening) == ("Pat Police", "pat@example.org", "update")
    assert link.invited_by == "Cora Ordinator"
    assert Message.objects.get().to == "pat@example.org"
    assert WHAT not in Message.objects.get().subject + Message.objects.get().text
    assert asked(desk.house.co_ordinator.seat) == []


def _guest(link: GuestLink) -> Actor:
    return Actor(
        Kind.GUEST,
        link.name,
        DAY,
        scope=frozenset(link.scope),
        admitted=frozenset({link.record_id}),
    )


@pytest.mark.long
def test_the_guest_updates_and_closes_and_does_not_accept(desk: Desk) -> None:
    _by_mail(desk)
    action = desk.add(owner=desk.police, door=DOOR, now=NOW)
    guest = _guest(GuestLink.objects.get())
    operations.update(guest, action=action, standing=Standing.ON_TRACK)
    operations.close(
        guest, action=action, done="Done.", statement="The order", place="Force intranet"
    )
    held = again(action)
    assert (held.stage, held.closed_by) == ("closed", "Pat Police")
    with nothing_changed(), pytest.raises(Refused, match="You own this action"):
        operations.accept(guest, action=action)
    other = desk.add()
    with nothing_changed(), pytest.raises(other.record.DoesNotExist):
        operations.update(guest, action=other, standing=Standing.ON_TRACK)


def test_a_link_is_sent_anew_in_the_place_of_the_last(desk: Desk) -> None:
    _by_mail(desk)
    action = desk.add(owner=desk.police, door=DOOR, now=NOW)
    before = GuestLink.objects.get().digest
    operations.ask_for_update(desk.manager, action=action)
    assert asked(desk.house.co_ordinator.seat)
    operations.send_link(desk.house.co_ordinator.actor, action=action, door=DOOR, now=NOW)
    assert GuestLink.objects.get().digest != before
    assert asked(desk.house.co_ordinator.seat) == []
    assert mail.links_on(desk.manager, action.record).count() == 1
    with nothing_changed(), pytest.raises(Refused):
        operations.send_link(desk.owner, action=action, door=DOOR, now=NOW)


def test_nobody_is_mailed_who_has_a_seat(desk: Desk, action: Action) -> None:
    with nothing_changed(), pytest.raises(Refused, match="nobody to mail"):
        operations.send_link(desk.manager, action=action, door=DOOR, now=NOW)

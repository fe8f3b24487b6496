"""The holder of a statutory clock is told by letter, once before its day and once after."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from concordat.domain.base.clocks import operations, rules
from concordat.domain.base.clocks.models import Clock
from concordat.domain.base.mail.models import Message
from concordat.domain.base.people import operations as people
from concordat.kernel.actor import Actor, process
from concordat.kernel.errors import Refused
from tests.operations.clocks.examples import House, nothing_changed, restricted

PLACE = "https://example.org/clocks/{clock}"
DUE = date(2019, 4, 4)
LATE = DUE + timedelta(days=1)


def watch(on: date) -> Actor:
    return process("clock watcher", on)


def sent(on: date) -> int:
    operations.record_breaches(watch(on), now=on)
    return operations.send_clock_letters(watch(on), now=on, place=PLACE)


def test_the_holder_is_told_once_before_the_day_and_once_after(house: House) -> None:
    clock = house.clock()
    soon = clock.soon_from
    assert soon
    assert sent(soon - timedelta(days=1)) == 0
    assert [sent(soon), sent(soon), sent(DUE)] == [1, 0, 0]
    letter = Message.objects.get()
    assert letter.subject == "A statutory clock is due soon: SIN-CRIT"
    assert letter.to == "member@heath.example"
    assert [sent(LATE), sent(LATE), sent(LATE + timedelta(days=1))] == [1, 0, 0]
    missed = Message.objects.exclude(pk=letter.pk).get()
    assert missed.subject == "A statutory clock was missed: SIN-CRIT"
    assert "was due by 4 April 2019" in missed.text
    assert f"https://example.org/clocks/{clock.pk}" in missed.text
    assert "Member on Executive group" in missed.text


def test_no_letter_names_a_case(house: House) -> None:
    house.clock(record=restricted(house), part="the younger child")
    assert sent(LATE) == 1
    letter = Message.objects.get()
    for word in ("Wren", "younger"):
        assert word not in letter.subject + letter.text


def test_a_new_day_is_a_new_letter(house: House) -> None:
    clock = house.clock()
    assert sent(DUE) == 1
    later = date(2019, 4, 1)
    operations.restart(house.actor("manager", DUE), clock=clock, on=later, reason="A day later.")
    moved = Clock.objects.get(pk=clock.pk)
    assert moved.due
    assert moved.due > DUE
    assert sent(moved.due) == 1


def test_nobody_is_told_of_what_is_met_paused_local_or_long_past(house: House) -> None:
    manager = house.actor("manager")
    met = house.clock(part="met")
    operations.meet(manager, clock=met, on=date(2019, 3, 29), proof="Receipt")
    house.clock(part="without a holder", holder=None)
    house.clock(rule="RR-DEVON-4", part="local")
    assert not rules.is_statutory(Clock.objects.get(rule="RR-DEVON-4").rule_text)
    assert sent(LATE) == 0
    house.clock(part="long past")
    operations.record_breaches(watch(LATE), now=LATE)
    after = watch(LATE + timedelta(days=7))
    assert operations.send_clock_letters(after, now=after.on, place=PLACE) == 0


def test_somebody_without_an_address_gets_none(house: House) -> None:
    member = house.people["member"]
    people.change(
        house.actor("manager"),
        person=member.pk,
        full_name=member.full_name,
        post_title="",
        email="",
        phone="",
    )
    house.clock()
    assert sent(LATE) == 0


def test_only_the_system_sends_them(house: House) -> None:
    house.clock()
    with nothing_changed(), pytest.raises(Refused, match="by the system itself"):
        operations.send_clock_letters(house.actor("manager"), now=LATE, place=PLACE)

"""The timer asks before a day comes, marks what it missed, and does each thing once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from concordat.domain.base.actions import operations
from concordat.domain.base.actions.models import Action, Entry
from concordat.domain.base.actions.rules import Standing, Told
from concordat.domain.base.asks.models import Ask
from concordat.kernel.errors import Refused
from tests.operations.actions.examples import DUE, LATER, WHAT, Desk, again, asked, at, timer
from tests.operations.clocks.examples import nothing_changed

BEFORE = DUE - timedelta(days=14)
AFTER = DUE + timedelta(days=1)
MINE = [f"update the action “{WHAT}”"]


def test_an_update_is_asked_two_weeks_before_the_day_and_once(desk: Desk, action: Action) -> None:
    operations.update(desk.owner, action=action, standing=Standing.ON_TRACK)
    with nothing_changed():
        assert operations.ask_for_updates(timer(BEFORE - timedelta(days=1))) == 0
    assert operations.ask_for_updates(timer(BEFORE)) == 1
    assert asked(desk.house.health.seat) == MINE
    assert Ask.objects.get(cleared_on=None).due == DUE
    with nothing_changed():
        assert operations.ask_for_updates(timer(BEFORE)) == 0


def test_what_was_raised_for_soon_is_not_asked_twice(desk: Desk) -> None:
    action = desk.add(due=date(2019, 4, 5))
    operations.update(desk.owner, action=action, standing=Standing.ON_TRACK)
    with nothing_changed():
        assert operations.ask_for_updates(timer(date(2019, 4, 1))) == 0


def test_a_moved_day_is_asked_about_again(desk: Desk, action: Action) -> None:
    operations.ask_for_updates(timer(BEFORE))
    operations.extend(at(desk.house.health, BEFORE), action=action, due=LATER, reason="Longer.")
    assert asked(desk.house.health.seat) == []
    assert operations.ask_for_updates(timer(LATER - timedelta(days=14))) == 1


def test_a_long_open_one_is_asked_about_on_its_day(desk: Desk) -> None:
    action = desk.add(look_every=1)
    operations.update(desk.owner, action=action, standing=Standing.ON_TRACK)
    look = again(action).comes_up
    with nothing_changed():
        assert operations.ask_for_updates(timer(look - timedelta(days=1))) == 0
    assert operations.ask_for_updates(timer(look)) == 1
    assert "looked at today" in Ask.objects.get(cleared_on=None).why
    with nothing_changed():
        assert operations.mark_overdue(timer(look + timedelta(days=90))) == 0


def test_a_missed_day_is_marked_once_and_the_owner_asked(desk: Desk, action: Action) -> None:
    with nothing_changed():
        assert operations.mark_overdue(timer(DUE)) == 0
    assert operations.mark_overdue(timer(AFTER)) == 1
    assert again(action).times_late == 1
    assert Entry.objects.get(told=Told.LATE).due_before == DUE
    assert asked(desk.house.health.seat) == MINE
    assert asked(desk.house.chair.seat) == []
    with nothing_changed():
        assert operations.mark_overdue(timer(AFTER + timedelta(days=27))) == 0


def test_overdue_twice_stands_on_the_chairs_list(desk: Desk, action: Action) -> None:
    operations.mark_overdue(timer(AFTER))
    operations.extend(at(desk.house.health, AFTER), action=action, due=LATER, reason="Longer.")
    assert operations.mark_overdue(timer(LATER + timedelta(days=1))) == 1
    assert asked(desk.house.chair.seat) == [f"review the action “{WHAT}”"]
    operations.close(at(desk.house.health, LATER + timedelta(days=2)), action=action, done="Done.")
    assert asked(desk.house.chair.seat, "review") == []


def test_what_stays_overdue_for_four_weeks_is_overdue_twice(desk: Desk) -> None:
    desk.add()
    operations.mark_overdue(timer(AFTER))
    assert operations.mark_overdue(timer(AFTER + timedelta(days=28))) == 1
    assert asked(desk.house.chair.seat) == [f"review the action “{WHAT}”"]


def test_what_is_closed_is_left_alone(desk: Desk) -> None:
    desk.closed()
    with nothing_changed():
        assert operations.mark_overdue(timer(AFTER)) == 0
        assert operations.ask_for_updates(timer(BEFORE)) == 0


def test_nobody_but_the_timer_does_this(desk: Desk) -> None:
    for act in (operations.ask_for_updates, operations.mark_overdue):
        with pytest.raises(Refused, match="system itself"):
            act(desk.manager)

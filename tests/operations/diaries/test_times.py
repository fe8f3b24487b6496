"""Busy times: patterns, calendars of which no word is kept, and school holidays."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from concordat.domain.base.records.models import Event, EventDetail
from concordat.domain.base.seats.models import Post
from concordat.domain.governance.diaries import operations, queries
from concordat.domain.governance.diaries.models import (
    BusyTime,
    Calendar,
    SchoolHoliday,
    WorkingPattern,
)
from concordat.domain.governance.diaries.operations import Holiday
from concordat.domain.governance.diaries.rules import Part, Strength, Why
from concordat.kernel.errors import Invalid, Refused
from tests.operations.diaries.cast import DAY, FIRST, LOADER, NOW, Gathered
from tests.operations.mail.cast import verbs_on

ICS = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\n"
    b"SUMMARY:Heron strategy meeting\r\nLOCATION:Heron House\r\n"
    b"DTSTART;TZID=Europe/London:20260310T100000\r\nDTEND;TZID=Europe/London:20260310T110000\r\n"
    b"RRULE:FREQ=WEEKLY;COUNT=3\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def never(cast: Gathered, who: str, whose: str, **more: Any) -> WorkingPattern:
    told = {"weekday": 1, "part": Part.MORNING, "from_day": FIRST, **more}
    return operations.set_pattern(
        cast.actor(who), person=cast.people[whose], strength=Strength.NEVER, **told
    )


def taken(cast: Gathered, seat: str) -> list[tuple[Why, str]]:
    (chair,) = queries.chairs_of(
        LOADER, [cast.seats[seat]], first=date(2026, 3, 9), last=date(2026, 3, 13)
    )
    return sorted((t.why, t.words) for t in (*chair.sitters[0].taken, *chair.sitters[0].softly))


def test_somebody_sets_their_own_pattern_and_ends_it(cast: Gathered) -> None:
    row = never(cast, "north_director", "north_director")
    assert taken(cast, "north_director") == [(Why.PATTERN, "never Tuesday morning")]
    held = operations.end_pattern(cast.actor("north_director"), pattern=row, on=DAY)
    assert held is not None
    assert held.to_day == DAY
    assert taken(cast, "north_director") == []
    record = cast.people["north_director"].record
    assert verbs_on(record)[-2:] == ["working pattern set", "working pattern ended"]
    with pytest.raises(Refused, match="over already"):
        operations.end_pattern(cast.actor("north_director"), pattern=row, on=DAY)


def test_an_assistant_sets_it_under_both_names(cast: Gathered) -> None:
    row = never(cast, "assistant", "north_director")
    assert row.set_by == "Kit Wren for North director"


@pytest.mark.parametrize("who", ["south_director", "manager", "outsider"])
def test_nobody_sets_a_strangers_times(cast: Gathered, who: str) -> None:
    with pytest.raises(Refused, match="yourself and for whom you act"):
        never(cast, who, "north_director")
    with pytest.raises(Refused):
        operations.bring_calendar(
            cast.actor(who), person=cast.people["north_director"], calendar=ICS, now=NOW
        )
    assert not WorkingPattern.objects.exists()
    assert not Calendar.objects.exists()


def test_a_pattern_that_has_not_begun_never_begins(cast: Gathered) -> None:
    row = never(cast, "north_director", "north_director", from_day=DAY + timedelta(days=9))
    assert operations.end_pattern(cast.actor("north_director"), pattern=row, on=DAY) is None
    assert not WorkingPattern.objects.exists()


def test_the_secretariat_sets_a_posts_pattern(cast: Gathered) -> None:
    post = Post.objects.get(key="health")
    operations.set_pattern(
        cast.actor("co_ordinator"),
        post=post,
        strength=Strength.RATHER_NOT,
        weekday=None,
        part=Part.TIMES,
        begins=960,
        ends=1020,
        from_day=FIRST,
    )
    assert set(taken(cast, "health")) == {(Why.RATHER_NOT, "rather not 16:00 to 17:00")}
    with pytest.raises(Refused):
        operations.set_pattern(
            cast.actor("north_director"),
            post=post,
            strength=Strength.NEVER,
            weekday=0,
            part=Part.DAY,
            from_day=FIRST,
        )


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"to_day": FIRST - timedelta(days=1)}, "to_day"),
        ({"weekday": 7}, "weekday"),
        ({"part": Part.TIMES, "begins": 600}, "ends"),
    ],
)
def test_a_pattern_that_cannot_be(cast: Gathered, wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as told:
        never(cast, "north_director", "north_director", **wrong)
    assert told.value.faults[0].field == field
    assert not WorkingPattern.objects.exists()


# --- calendars


def test_a_calendar_leaves_intervals_and_not_a_word(cast: Gathered) -> None:
    """Every text column of every table of the package, and of the ledger, is looked through."""
    operations.bring_calendar(
        cast.actor("assistant"), person=cast.people["north_director"], calendar=ICS, now=NOW
    )
    assert BusyTime.objects.count() == 3
    assert taken(cast, "north_director") == [(Why.BUSY, "")]
    tables = [name for name in connection.introspection.table_names() if "diaries" in name]
    with connection.cursor() as cursor:
        for table in (*tables, "records_event", "records_eventdetail", "mail_message"):
            cursor.execute(f'SELECT * FROM "{table}"')
            assert "Heron" not in repr(cursor.fetchall()), table
    assert Event.objects.filter(verb="calendar brought in").count() == 1


def test_a_newer_calendar_takes_the_place_of_the_older(cast: Gathered) -> None:
    actor, person = cast.actor("north_director"), cast.people["north_director"]
    for data in (ICS, ICS.replace(b"COUNT=3", b"COUNT=1")):
        operations.bring_calendar(actor, person=person, calendar=data, now=NOW)
    assert BusyTime.objects.count() == 1
    assert Calendar.objects.count() == 1
    operations.forget_calendar(actor, person=person)
    assert not BusyTime.objects.exists()
    with pytest.raises(Refused, match="No calendar is kept"):
        operations.forget_calendar(actor, person=person)


def test_a_hostile_calendar_changes_nothing(cast: Gathered) -> None:
    actor, person = cast.actor("north_director"), cast.people["north_director"]
    operations.bring_calendar(actor, person=person, calendar=ICS, now=NOW)
    before = EventDetail.objects.count()
    with pytest.raises(Invalid, match="every second"):
        operations.bring_calendar(
            actor, person=person, calendar=ICS.replace(b"WEEKLY", b"SECONDLY"), now=NOW
        )
    assert (BusyTime.objects.count(), EventDetail.objects.count()) == (3, before)


# --- school holidays

EASTER = Holiday("North", "Easter", date(2026, 3, 30), date(2026, 4, 10), "The council’s page")


def test_school_holidays_are_set_replaced_and_removed(cast: Gathered) -> None:
    actor = cast.actor("co_ordinator")
    operations.set_school_holidays(actor, partnership=cast.here, rows=[EASTER])
    longer = Holiday("north", "Spring", EASTER.first, date(2026, 4, 13), "The council’s page")
    (row,) = operations.set_school_holidays(actor, partnership=cast.here, rows=[longer])
    assert SchoolHoliday.objects.count() == 1
    days = queries.school_days(actor, cast.here, date(2026, 4, 9), date(2026, 4, 30))
    assert days == {date(2026, 4, day): ("North",) for day in range(9, 14)}
    operations.remove_school_holiday(actor, holiday=row)
    assert not SchoolHoliday.objects.exists()
    with pytest.raises(Refused, match="gone already"):
        operations.remove_school_holiday(actor, holiday=row)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (Holiday("South", "Easter", EASTER.first, EASTER.last, "x"), "area"),
        (Holiday("North", " ", EASTER.first, EASTER.last, "x"), "name"),
        (Holiday("North", "Easter", EASTER.last, EASTER.first, "x"), "last"),
        (Holiday("North", "Easter", EASTER.first, date(2026, 9, 1), "x"), "last"),
        (Holiday("North", "Easter", EASTER.first, EASTER.last, ""), "source"),
    ],
)
def test_all_school_holidays_are_set_or_none(cast: Gathered, wrong: Holiday, field: str) -> None:
    with pytest.raises(Invalid) as told:
        operations.set_school_holidays(
            cast.actor("co_ordinator"), partnership=cast.here, rows=[EASTER, wrong]
        )
    assert [fault.field for fault in told.value.faults] == [field]
    assert not SchoolHoliday.objects.exists()


def test_members_and_outsiders_set_no_holidays(cast: Gathered) -> None:
    for who in ("north_director", "outsider"):
        with pytest.raises(Refused):
            operations.set_school_holidays(cast.actor(who), partnership=cast.here, rows=[EASTER])

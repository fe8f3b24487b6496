"""A body's meetings as a series: who sees and calls them, and what is told of impossible days."""

from __future__ import annotations

from datetime import date

from concordat.domain.base.records.operations import keep
from concordat.domain.base.records.rules import RecordKind
from concordat.domain.base.seats import operations as seats
from concordat.domain.base.seats.rules import Standing
from concordat.domain.governance.diaries.models import Diary
from concordat.domain.governance.meetings import operations, queries
from concordat.domain.governance.meetings.models import Meeting
from tests.operations.mail.cast import DAY, LOADER
from tests.operations.meetings.boardroom import Boardroom
from tests.pages.people.browsing import day
from tests.pages.seats.looking import post, read, told
from tests.pages.signed_in import as_

NO_DAY = {f"day-{part}": "" for part in ("day", "month", "year")}


def six_weekly(room: Boardroom) -> str:
    """The address of the series of a body that meets every six weeks."""
    values = {"rhythm": {"every": {"weeks": "6"}}}
    seats.amend_body(LOADER, body=room.body, values=values)
    return f"/bodies/{room.body.record.reference}/series"


def test_a_member_reads_the_series_and_calls_nothing(room: Boardroom) -> None:
    address = six_weekly(room)
    member = as_(room.house.member)
    page = read(member, address)
    assert "Every 6 weeks" in page
    assert "10 May 2019" in page
    assert "Call the next meetings" not in page
    assert "Executive" in read(member, "/meetings/series")
    read(member, f"{address}/call", 403)
    read(member, f"/bodies/{room.body.record.reference}/meetings/plan", 403)
    outsider = as_(room.house.outsider)
    read(outsider, address, 404)
    assert room.body.record.reference not in read(outsider, "/meetings/series")


def test_a_group_whose_months_alone_are_known_is_told_as_a_range(room: Boardroom) -> None:
    address = six_weekly(room)
    operations.cancel(LOADER, meeting=room.meeting, reason="Snow")
    keep(
        LOADER,
        model=Meeting,
        partnership=room.here,
        key="in-january",
        values={"body": room.body, "date": "2019-01", "state": "held"},
        noun="meeting",
        kind=RecordKind.MEETING,
        title="Executive, January 2019",
    )
    page = read(as_(room.house.member), address)
    assert "Between 12 February 2019 and 14 March 2019" in page
    assert "1 or 2 meetings were wanted since January 2019" in page


def test_the_days_are_worked_out_ticked_and_called(room: Boardroom) -> None:
    address = six_weekly(room)
    manager = as_(room.house.manager)
    form = read(manager, f"{address}/call")
    assert "Friday 10 May 2019" in form
    assert "every 6 weeks" in form
    typed = {"starts": "10:00", "ends": "12:00", "place": "Town hall", "join": ""}
    refused = told(post(manager, f"{address}/call", 422, **{**typed, "ends": "9"}), 422)
    assert "hours and minutes" in refused
    nothing = told(post(manager, f"{address}/call", 422, days=[], **typed), 422)
    assert "at least one day" in nothing
    wanted = ["2019-05-10", "2019-06-21"]
    post(manager, f"{address}/call", days=wanted, **typed)
    made = Meeting.objects.filter(wanted__in=wanted)
    assert sorted(str(each.day) for each in made) == wanted
    page = read(manager, address)
    assert "3 meetings ahead" in page
    assert "6 weeks" in page
    again = read(
        manager, f"{address}/call?rhythm=every+6+weeks&first-day=10&first-month=5&first-year=2019"
    )
    assert "is called already" in again


def test_words_that_can_be_read_twice_are_asked_about(room: Boardroom) -> None:
    address = six_weekly(room)
    where = "first-day=1&first-month=5&first-year=2019"
    manager = as_(room.house.manager)
    page = read(manager, f"{address}/call?rhythm=bi-monthly&{where}")
    assert "No days could be worked out" in page
    assert "bi-monthly" in page
    weekday = read(manager, f"{address}/call?rhythm=second+Tuesday&{where}")
    assert "Tuesday 14 May 2019" in weekday
    where = where.replace("day=1", "day=45")
    wrong = read(manager, f"{address}/call?rhythm=every+6+weeks&{where}")
    assert "No days could be worked out" in wrong


def test_a_time_that_is_not_there_on_one_of_the_days_names_it(room: Boardroom) -> None:
    address = six_weekly(room)
    manager = as_(room.house.manager)
    query = "rhythm=29+March+2020,+30+March+2020&first-day=1&first-month=3&first-year=2020"
    page = read(manager, f"{address}/call?{query}")
    assert "Sunday 29 March 2020 is not worked (weekend)" in page
    typed = {"starts": "01:30", "ends": "03:00", "place": "", "join": ""}
    spring = room.now()
    refused = told(
        post(manager, f"/meetings/{spring.record.reference}/rearrange", 422,
             seen_version=spring.record.version, reason="Why", **day("day", date(2020, 3, 29)),
             **typed), 422)  # fmt: skip
    assert "There is no 01:30 on Sunday 29 March 2020" in refused


def test_a_meeting_called_off_is_booked_again_from_its_page(room: Boardroom) -> None:
    off = operations.cancel(LOADER, meeting=room.meeting, reason="Snow")
    manager, member = as_(room.house.manager), as_(room.house.member)
    address = f"/meetings/{off.record.reference}"
    assert "Book it again" in read(manager, address)
    assert "Book it again" not in read(member, address)
    read(member, f"{address}/again", 403)
    typed = {"starts": "10:00", "ends": "12:00", "place": "Town hall", "join": ""}
    half = told(post(manager, f"{address}/again", 422, **NO_DAY, **typed), 422)
    assert "leave all three empty" in half
    post(manager, f"{address}/again", **day("day", date(2019, 5, 10)), **typed)
    made = Meeting.objects.get(replaces=off)
    assert "It was booked again as" in read(member, address)
    assert "In place of" in read(member, f"/meetings/{made.record.reference}")
    twice = told(
        post(manager, f"{address}/again", 422, **day("day", date(2019, 5, 10)), **typed), 422
    )
    assert "booked again already" in twice


def test_a_meeting_without_a_day_is_planned_and_given_one(room: Boardroom) -> None:
    manager = as_(room.house.manager)
    body = f"/bodies/{room.body.record.reference}"
    post(manager, f"{body}/meetings/plan", title="", purpose="Settle it", place="")
    made = Meeting.objects.get(date="")
    address = f"/meetings/{made.record.reference}"
    page = read(manager, address)
    assert "Give it a day" in page
    version = made.record.version
    typed = {"starts": "10:00", "ends": "12:00", "place": "", "join": "", "reason": ""}
    post(
        manager,
        f"{address}/rearrange",
        seen_version=version,
        **day("day", date(2019, 5, 10)),
        **typed,
    )
    assert "Friday 10 May 2019" in read(manager, address)


def test_a_body_that_ended_says_so_on_the_form(room: Boardroom) -> None:
    manager = as_(room.house.manager)
    gone = seats.propose(
        LOADER,
        partnership=room.here,
        name="Old board",
        state=Standing.ENDED,
        from_day=date(2019, 1, 1),
        values={"kind": "board", "rhythm": {"every": {"weeks": "6"}}},
    )
    body = f"/bodies/{gone.record.reference}"
    page = read(manager, f"{body}/series")
    assert "The Old board has ended." in page
    assert "Call the next meetings" not in page
    typed = {"starts": "10:00", "ends": "12:00", "place": "", "join": "", "title": "",
             "purpose": ""}  # fmt: skip
    day_ = day("day", date(2019, 5, 10))
    refused = told(post(manager, f"{body}/meetings/new", 422, **day_, **typed), 422)
    assert "The Old board has ended by 10 May 2019: it cannot meet then." in refused


def test_a_date_is_looked_for_from_the_meeting_and_each_leads_to_the_other(
    room: Boardroom,
) -> None:
    manager = as_(room.house.manager)
    made = operations.plan_meeting(LOADER, body=room.body, title="Away day")
    address = f"/meetings/{made.record.reference}"
    begin = f"/body/{room.body.record.reference}/dates"
    assert f"{begin}?meeting={made.record.reference}" in read(manager, address)
    assert "Away day" in read(manager, f"{begin}?meeting={made.record.reference}")
    seats_ = {
        f"need-{row.record.reference}": "required"
        for row in queries.members(LOADER, room.body, DAY)
    }
    typed = {"title": "Away day", "length": 90, "begins": "9", "ends": "17",
             "school": "rather not", "deputies": "yes"}  # fmt: skip
    typed |= day("first", date(2019, 5, 6)) | day("last", date(2019, 5, 17))
    post(manager, f"{begin}?meeting={made.record.reference}", **typed, **seats_)
    diary = Diary.objects.select_related("record").get()
    page = read(manager, address)
    assert "A date is looked for" in page
    assert diary.record.reference in page
    search = read(manager, f"/diary/{diary.record.reference}")
    assert "will be the day of" in search
    assert made.record.reference in search
    read(manager, f"{begin}?meeting=HERE-M-9999", 404)


def test_the_list_of_meetings_leads_to_rhythms_and_diaries(room: Boardroom) -> None:
    page = read(as_(room.house.member), "/meetings")
    assert 'href="/meetings/series"' in page
    assert 'href="/diaries"' in page

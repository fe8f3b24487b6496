"""The pages of busy times, patterns of posts, school holidays, feeds and plans of a year."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile

from concordat.domain.governance.diaries import operations
from concordat.domain.governance.diaries.models import (
    BusyTime,
    CalendarFeed,
    SchoolHoliday,
    WorkingPattern,
    YearPlan,
)
from concordat.domain.governance.diaries.operations import planning
from concordat.domain.governance.diaries.rules import PlanState
from tests.operations.diaries.cast import DAY, Gathered
from tests.operations.diaries.test_times import ICS
from tests.pages.diaries.browsers import as_, read, send
from tests.pages.people.browsing import client, day, form

PATTERN: dict[str, Any] = {
    "strength": "never",
    "weekday": "1",
    "part": "morning",
    **day("from_day", date(2026, 3, 2)),
}


def own(cast: Gathered, who: str = "north_director") -> str:
    return f"/diaries/times/{cast.people[who].record.reference}"


def test_an_assistant_looks_after_two_people(cast: Gathered) -> None:
    browser = as_(cast, "assistant")
    page = read(browser, "/diaries/times")
    assert "North director" in page
    assert "South director" in page
    read(browser, f"{own(cast)}/pattern")
    send(browser, f"{own(cast)}/pattern", **PATTERN)
    page = read(browser, "/diaries/times")
    assert "Set: never Tuesday morning." in page
    row = WorkingPattern.objects.get()
    read(browser, f"/diaries/patterns/{row.pk}/end")
    send(browser, f"/diaries/patterns/{row.pk}/end")
    assert WorkingPattern.objects.get().to_day == DAY


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"part": "times"}, "Give both times"),
        ({"part": "times", "begins": "9", "ends": "8"}, "not after the first"),
        ({"part": "times", "begins": "lunch"}, "must be a time of day"),
        ({"weekday": ""}, "Choose day of the week"),
        (day("to_day", date(2026, 1, 1)), "before the first"),
    ],
)
def test_a_pattern_that_cannot_be_is_told(cast: Gathered, wrong: dict[str, Any], told: str) -> None:
    answer = send(as_(cast, "north_director"), f"{own(cast)}/pattern", 422, **(PATTERN | wrong))
    assert told in answer.content.decode()
    assert not WorkingPattern.objects.exists()


@pytest.mark.parametrize("path", ["pattern", "calendar", "calendar/forget"])
def test_a_strangers_times_are_not_there(cast: Gathered, path: str) -> None:
    browser = as_(cast, "manager")
    assert browser.get(f"{own(cast)}/{path}").status_code == 404
    assert browser.post(f"{own(cast)}/{path}", form()).status_code == 404


def test_a_calendar_is_given_and_deleted(cast: Gathered) -> None:
    browser = as_(cast, "north_director")
    read(browser, f"{own(cast)}/calendar")
    send(browser, f"{own(cast)}/calendar", file=SimpleUploadedFile("mine.ics", ICS))
    page = read(browser, "/diaries/times")
    assert "3 busy times" in page
    assert "Heron" not in page
    assert BusyTime.objects.count() == 3
    read(browser, f"{own(cast)}/calendar/forget")
    send(browser, f"{own(cast)}/calendar/forget")
    assert "No calendar was given." in read(browser, "/diaries/times")


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("mine.ics", ICS.replace(b"WEEKLY", b"SECONDLY"), "every second"),
        ("mine.ics", b"hello", "does not begin with BEGIN:VCALENDAR"),
        ("mine.pdf", ICS, "must be"),
    ],
)
def test_a_bad_calendar_is_refused_by_name(
    cast: Gathered, name: str, data: bytes, told: str
) -> None:
    browser = as_(cast, "north_director")
    file = SimpleUploadedFile(name, data)
    answer = send(browser, f"{own(cast)}/calendar", 422, file=file)
    assert told in answer.content.decode()
    assert not BusyTime.objects.exists()


# --- posts and schools


def test_the_secretariat_sets_patterns_of_posts(cast: Gathered) -> None:
    browser = as_(cast, "co_ordinator")
    assert "No post has a pattern." in read(browser, "/partnership/fells/patterns")
    page = read(browser, "/partnership/fells/patterns/new")
    key = page.split(">Health</option>")[0].rpartition('value="')[2].partition('"')[0]
    send(browser, "/partnership/fells/patterns/new", **PATTERN, post=key)
    assert "Never Tuesday morning" in read(browser, "/partnership/fells/patterns")
    row = WorkingPattern.objects.get()
    send(browser, f"/diaries/patterns/{row.pk}/end")
    assert as_(cast, "north_director").get("/partnership/fells/patterns").status_code == 403
    assert as_(cast, "outsider").get("/partnership/fells/patterns").status_code == 404


def test_school_holidays_are_set_one_by_one_and_from_a_file(cast: Gathered) -> None:
    browser = as_(cast, "co_ordinator")
    address = "/partnership/fells/school-holidays"
    assert "No school holiday is set." in read(browser, address)
    read(browser, f"{address}/new")
    send(
        browser,
        f"{address}/new",
        area="North",
        name="Easter",
        source="The council’s page",
        **day("first", date(2026, 3, 30)),
        **day("last", date(2026, 4, 10)),
    )
    read(browser, f"{address}/file")
    rows = "Area,Holiday,First day,Last day\nNorth,Summer,2026-07-22,1 September 2026\n"
    file = SimpleUploadedFile("terms.csv", rows.encode())
    send(browser, f"{address}/file", file=file, source="The council’s page")
    assert SchoolHoliday.objects.count() == 2
    row = SchoolHoliday.objects.get(name="Summer")
    assert row.last_day == date(2026, 9, 1)
    read(browser, f"{address}/{row.pk}/remove")
    send(browser, f"{address}/{row.pk}/remove")
    page = read(as_(cast, "north_director"), address)
    assert "Easter" in page
    assert "Set a school holiday" not in page


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("Area,Holiday\nNorth,Easter\n", "First day"),
        ("Area,Holiday,First day,Last day\nNorth,Easter,soon,2026-04-10\n", "row 2, First day"),
        ("Area,Holiday,First day,Last day\nWest,Easter,2026-04-01,2026-04-10\n", "no area called"),
    ],
)
def test_a_bad_file_names_its_row_and_sets_nothing(cast: Gathered, rows: str, told: str) -> None:
    browser = as_(cast, "co_ordinator")
    file = SimpleUploadedFile("terms.csv", rows.encode())
    answer = send(browser, "/partnership/fells/school-holidays/file", 422, file=file, source="Here")
    assert told in answer.content.decode()
    assert not SchoolHoliday.objects.exists()


# --- feeds


def address_in(answer: Any) -> str:
    found = answer.content.decode().partition("<code>")[2].partition("</code>")[0]
    return str(found.removeprefix("http://testserver"))


def test_an_address_is_shown_once_and_reads_as_a_calendar(cast: Gathered) -> None:
    browser = as_(cast, "north_director")
    assert "You have no feed." in read(browser, "/diaries/feeds")
    read(browser, "/diaries/feeds/new")
    sent = form(body="own")
    answer = browser.post("/diaries/feeds/new", sent)
    assert answer.status_code == 200
    address = address_in(answer)
    again = browser.post("/diaries/feeds/new", sent)
    assert address_in(again) == address
    assert CalendarFeed.objects.count() == 1
    assert address not in read(browser, "/diaries/feeds")
    calendar = client().get(address)
    assert calendar["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in calendar["Cache-Control"]
    assert calendar.content.startswith(b"BEGIN:VCALENDAR")
    feed = CalendarFeed.objects.get()
    read(browser, f"/diaries/feeds/{feed.pk}/revoke")
    send(browser, f"/diaries/feeds/{feed.pk}/revoke")
    assert client().get(address).status_code == 404


def test_a_body_is_chosen_from_ones_own(cast: Gathered) -> None:
    browser = as_(cast, "manager")
    answer = browser.post("/diaries/feeds/new", form(body=cast.group.record.reference))
    assert answer.status_code == 200
    assert CalendarFeed.objects.get().body == cast.group
    refused = as_(cast, "outsider").post(
        "/diaries/feeds/new", form(body=cast.group.record.reference)
    )
    assert refused.status_code == 422


def test_guessing_addresses_is_slowed_down(cast: Gathered) -> None:
    cache.clear()
    browser = client("192.0.2.77")
    answers = [browser.get(f"/calendar/{n:043d}.ics").status_code for n in range(32)]
    assert answers == [404] * 30 + [429] * 2
    assert client("192.0.2.78").get(f"/calendar/{1:043d}.ics").status_code == 404


def test_one_address_is_answered_so_often_in_an_hour(
    cast: Gathered, monkeypatch: pytest.MonkeyPatch
) -> None:
    from concordat.domain.governance.diaries import rules

    cache.clear()
    monkeypatch.setattr(rules, "MOST_READS", 3)
    browser = as_(cast, "manager")
    address = address_in(browser.post("/diaries/feeds/new", form(body="own")))
    answers = [client().get(address) for _ in range(4)]
    assert [each.status_code for each in answers] == [200, 200, 200, 429]
    assert answers[-1]["Retry-After"] == "3600"


# --- years

YEAR: dict[str, Any] = {
    "title": "Meetings of 2026",
    "length": 120,
    "begins": "09:00",
    "ends": "17:00",
    "tolerance": 10,
    "least": 14,
    "papers": 5,
    "school": "rather not",
    **day("first", date(2026, 4, 1)),
    **day("last", date(2026, 8, 31)),
}


def test_a_year_is_asked_for_worked_out_and_adopted(cast: Gathered) -> None:
    browser = as_(cast, "manager")
    rhythm = {f"rhythm-{cast.group.record.reference}": "every 6 weeks"}
    read(browser, "/partnership/fells/year")
    answer = send(browser, "/partnership/fells/year", **YEAR, **rhythm)
    address = answer["Location"]
    page = read(browser, address)
    assert "The plan is being worked out" in page
    assert browser.get(address.replace("/plan/", "/diary/"))["Location"] == address
    plan = YearPlan.objects.get()
    planning._task.call(str(plan.pk), DAY.isoformat())
    page = read(browser, address)
    assert "Proven: no plan costs less" in page
    assert "Wednesday 13 May 2026" in page
    assert "Papers due" in page
    read(browser, f"{address}/adopt")
    version = YearPlan.objects.get().record.version
    send(browser, f"{address}/adopt", seen_version=version)
    assert YearPlan.objects.get().stage is PlanState.ADOPTED
    read(browser, f"{address}/withdraw")
    send(browser, f"{address}/withdraw", reason="A new executive")
    assert "A new executive" in read(browser, address)
    assert "Meetings of 2026" in read(as_(cast, "north_director"), "/diaries")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"rhythm": "bi-monthly"}, "neither a rhythm nor a day"),
        ({"rhythm": ""}, "Plan for 1 to 12 bodies"),
        (day("last", date(2026, 1, 31)), "in the wrong order"),
        ({"length": "600"}, "480 or less"),
    ],
)
def test_a_year_that_cannot_be_is_told(cast: Gathered, wrong: dict[str, Any], told: str) -> None:
    given = YEAR | wrong
    rhythm = given.pop("rhythm", "every 6 weeks")
    named = {f"rhythm-{cast.group.record.reference}": rhythm}
    browser = as_(cast, "manager")
    answer = send(browser, "/partnership/fells/year", 422, **given, **named)
    assert told in answer.content.decode()
    assert not YearPlan.objects.exists()


def test_a_plan_in_work_says_what_was_asked_for(cast: Gathered) -> None:
    plan = operations.plan_year(
        cast.actor("manager"),
        partnership=cast.here,
        title="A year",
        first=date(2026, 4, 1),
        last=date(2026, 8, 31),
        wishes=[operations.Wish(cast.group, "every 6 weeks", 120)],
    )
    page = read(as_(cast, "manager"), f"/plan/{plan.record.reference}")
    for told in ("The plan is being worked out", "What was asked for", "every 6 weeks"):
        assert told in page
    assert "How it was found" not in page


def test_boards_that_want_the_same_people(cast: Gathered) -> None:
    page = read(as_(cast, "north_director"), "/partnership/fells/same-people")
    assert "No two boards share anybody." in page
    assert as_(cast, "outsider").get("/partnership/fells/same-people").status_code == 404

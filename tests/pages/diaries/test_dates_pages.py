"""The pages by which a date is looked for, asked about, answered and fixed."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from concordat.domain.governance.diaries import queries
from concordat.domain.governance.diaries.models import Answer, Diary, Offer, Voice
from concordat.domain.governance.diaries.rules import DiaryState, Says, minute_of
from tests.operations.diaries.cast import STARTS, Gathered, asked, at, searched
from tests.pages.diaries.browsers import as_, come_in, read, send
from tests.pages.people.browsing import day

SET_UP = {
    "title": "Steering group in March",
    "length": 90,
    **day("first", date(2026, 3, 9)),
    **day("last", date(2026, 3, 20)),
    "begins": "9",
    "ends": "17.00",
    "avoid": ["0:morning"],
    "school": "rather not",
    "deputies": "yes",
}


def page_of(diary: Diary) -> str:
    return f"/diary/{diary.record.reference}"


def needs(cast: Gathered) -> dict[str, str]:
    wanted = ("north_director", "health", "police")
    return {
        f"need-{seat.record.reference}": "required" if name in wanted else "not asked"
        for name, seat in cast.seats.items()
    }


def test_a_search_is_set_up_and_shows_its_best_dates(cast: Gathered) -> None:
    browser = as_(cast, "co_ordinator")
    address = f"/body/{cast.group.record.reference}/dates"
    page = read(browser, address)
    assert "Find a date for the Steering group" in page
    answer = send(browser, address, **SET_UP, **needs(cast))
    diary = Diary.objects.select_related("record").get()
    assert answer["Location"] == page_of(diary)
    page = read(browser, page_of(diary))
    assert "Monday 9 March 2026, 12:00 to 13:30" in page
    assert "Quorate: council, health and police" in page
    assert "weekend" in page
    listed = read(browser, "/diaries")
    assert "Steering group in March" in listed
    assert "Plan a year of meetings" in listed


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"begins": "25"}, "must be a time of day"),
        ({"begins": "16:00"}, "does not fit between these times"),
        ({"length": "5"}, "15 or more"),
        ({"first-day": "31", "first-month": "2"}, "must be a real date"),
        ({"title": ""}, "Enter what it is for"),
    ],
)
def test_a_search_that_cannot_be_keeps_what_was_typed(
    cast: Gathered, wrong: dict[str, str], told: str
) -> None:
    browser = as_(cast, "co_ordinator")
    address = f"/body/{cast.group.record.reference}/dates"
    typed = SET_UP | {"place": "Room nine"} | needs(cast) | wrong
    answer = send(browser, address, 422, **typed)
    page = answer.content.decode()
    assert told in page
    assert "Room nine" in page
    assert not Diary.objects.exists()


def test_a_search_is_changed_while_nobody_was_asked(cast: Gathered) -> None:
    diary = searched(cast)
    browser = as_(cast, "co_ordinator")
    page = read(browser, f"{page_of(diary)}/change")
    assert "Look for something else" in page
    typed = {name: value for name, value in SET_UP.items() if name != "title"}
    send(
        browser,
        f"{page_of(diary)}/change",
        **typed,
        **needs(cast),
        seen_version=diary.record.version,
    )
    assert Diary.objects.get().length == 90
    answer = send(
        browser,
        f"{page_of(diary)}/change",
        409,
        **typed,
        **needs(cast),
        seen_version=diary.record.version,
    )
    assert "90 minutes" in answer.content.decode()


def test_each_date_says_who_could_come_and_what_else_they_have(cast: Gathered) -> None:
    diary = searched(cast)
    browser = as_(cast, "co_ordinator")
    page = read(browser, f"{page_of(diary)}/date/{minute_of(at(10, 10))}")
    assert "Tuesday 10 March 2026, 10:00 to 12:00" in page
    assert "Nothing stands against it" in page
    assert "No other board of theirs" in page
    read(browser, f"{page_of(diary)}/date/{minute_of(at(1, 10, month=5))}", 404)


def test_people_are_asked_and_answer_by_link(cast: Gathered) -> None:
    diary = searched(cast)
    browser = as_(cast, "co_ordinator")
    page = read(browser, f"{page_of(diary)}/ask")
    assert "These find it in their work: North director, South director." in page
    slots = [str(minute_of(each)) for each in (at(9, 9), at(10, 9))]
    emails = {
        f"email-{each.split('email-')[1].split(chr(34))[0]}": "police@example.org"
        for each in page.split('name="')
        if each.startswith("email-") and "Police" in page
    }
    send(
        browser,
        f"{page_of(diary)}/ask",
        slots=slots,
        at="16:30",
        **day("day", date(2026, 3, 6)),
        **emails,
        seen_version=diary.record.version,
    )
    held = Diary.objects.get(pk=diary.pk)
    assert held.stage is DiaryState.ASKING
    assert "Answers until" in read(browser, page_of(diary))
    guest = come_in("police@example.org")
    page = read(guest, "/guest")
    assert "Say which dates suit" in page
    page = read(guest, f"{page_of(diary)}/answer")
    assert "The same for all that you left open for Police (deputy)" in page.replace(
        "Police deputy", "Police"
    )
    assert guest.get(page_of(diary))["Location"] == f"{page_of(diary)}/answer"


def test_an_assistant_answers_for_two_on_one_page(cast: Gathered) -> None:
    diary = asked(cast)
    browser = as_(cast, "assistant")
    page = read(browser, "/diaries")
    assert "which dates suit 2 people" in page
    page = read(browser, f"{page_of(diary)}/answer")
    assert "Tuesday 10 March 2026, 10:00 to 12:00 for North director" in page
    voices = {v.name: v.pk for v in diary.voices.all()}
    north, south = voices["North director"], voices["South director"]
    send(
        browser,
        f"{page_of(diary)}/answer",
        **{f"v{north}-o1": "no", f"v{north}-rest": "yes", f"v{south}-o2": "if needed"},
    )
    said = {(row.voice_id, row.offer.number): row.says for row in Answer.objects.all()}
    assert said == {
        (north, 1): Says.NO,
        (north, 2): Says.YES,
        (north, 3): Says.YES,
        (south, 2): Says.IF_NEEDED,
    }
    page = read(browser, f"{page_of(diary)}/answer")
    assert page.count("checked") == 4
    shown = read(as_(cast, "manager"), page_of(diary))
    assert "answered by Kit Wren for North director" in shown
    assert "2 dates not answered" in shown


def test_nothing_answered_is_told(cast: Gathered) -> None:
    diary = asked(cast)
    answer = send(as_(cast, "north_director"), f"{page_of(diary)}/answer", 422)
    assert "Answer at least one date" in answer.content.decode()


def test_one_date_is_withdrawn_from_a_poll(cast: Gathered) -> None:
    diary = asked(cast)
    browser, start = as_(cast, "manager"), minute_of(STARTS[2])
    address = f"{page_of(diary)}/date/{start}/withdraw"
    assert address in read(browser, page_of(diary))
    assert "Thursday 12 March 2026, 14:00 to 16:00" in read(browser, address)
    send(browser, address)
    page = read(browser, page_of(diary))
    assert address not in page
    assert f"{page_of(diary)}/date/{start}/fix" not in page.partition("Other dates")[0]
    send(browser, address, 422)


def test_two_who_answer_for_one_person_lose_nothing(cast: Gathered) -> None:
    diary = asked(cast)
    address = f"/diary/{diary.record.reference}/answer"
    pair = as_(cast, "north_director"), as_(cast, "assistant")
    version = re.findall(r'name="seen_version" value="(\d+)"', read(pair[1], address))[0]
    mine = Voice.objects.get(diary=diary, name="North director").pk
    send(pair[0], address, **{f"v{mine}-o1": "no"})
    typed = {f"v{mine}-o1": "yes", "seen_version": version}
    page = send(pair[1], address, 409, **typed).content.decode()
    told = ("North director changed this first", "What you typed", "What is saved now", "Keep mine")
    assert [each for each in told if each not in page] == []
    version = re.findall(r'name="seen_version" value="(\d+)"', page)[0]
    send(pair[1], address, **(typed | {"seen_version": version}))
    assert Answer.objects.get(voice=mine).says == "yes"


def test_a_deadline_that_the_clocks_never_show_is_told(cast: Gathered) -> None:
    diary = searched(cast, last=date(2026, 4, 10))
    address = f"/diary/{diary.record.reference}/ask"
    until = {"day-day": "29", "day-month": "3", "day-year": "2026", "at": "01:30"}
    start = queries.found(cast.actor("manager"), diary).slots[0].span.start
    answer = send(as_(cast, "manager"), address, 422, slots=[str(start)], **until)
    assert "There is no 01:30 on 29 March 2026: the clocks go forward." in answer.content.decode()
    assert Diary.objects.get(pk=diary.pk).deadline is None


def test_one_more_date_is_asked_about(cast: Gathered) -> None:
    diary = asked(cast)
    browser = as_(cast, "co_ordinator")
    assert "Ask about it too" in read(browser, page_of(diary))
    address = f"{page_of(diary)}/date/{minute_of(at(13, 9))}/offer"
    assert "Friday 13 March 2026, 09:00 to 11:00" in read(browser, address)
    send(browser, address)
    assert Offer.objects.filter(diary=diary).count() == 4
    answer = send(browser, address, 422)
    assert "offered already" in answer.content.decode()


def test_a_closed_poll_says_so_and_refuses(cast: Gathered) -> None:
    diary = asked(cast)
    browser = as_(cast, "co_ordinator")
    read(browser, f"{page_of(diary)}/close")
    send(browser, f"{page_of(diary)}/close")
    director = as_(cast, "north_director")
    page = read(director, f"{page_of(diary)}/answer")
    assert "Answers are no longer taken" in page
    voice = diary.voices.get(name="North director")
    answer = send(director, f"{page_of(diary)}/answer", 422, **{f"v{voice.pk}-o1": "yes"})
    assert "Answers were taken until 17:00 on 6 March 2026" in answer.content.decode()
    assert not Answer.objects.exists()
    read(browser, f"{page_of(diary)}/reopen")
    send(browser, f"{page_of(diary)}/reopen", at="12:00", **day("day", date(2026, 3, 8)))
    assert Diary.objects.get(pk=diary.pk).stage is DiaryState.ASKING


def test_a_date_is_fixed_and_called_off(cast: Gathered) -> None:
    diary = asked(cast)
    browser = as_(cast, "co_ordinator")
    address = f"{page_of(diary)}/date/{minute_of(STARTS[0])}/fix"
    page = read(browser, address)
    assert "Not quorate yet: council, health and police not answered" in page
    version = Diary.objects.get(pk=diary.pk).record.version
    send(browser, address, reason="", seen_version=version)
    page = read(browser, page_of(diary))
    assert "The date is fixed." in page
    assert Offer.objects.filter(chosen_at__isnull=False).count() == 1
    read(browser, f"{page_of(diary)}/withdraw")
    send(browser, f"{page_of(diary)}/withdraw", 422, reason="")
    send(browser, f"{page_of(diary)}/withdraw", reason="Inspectors are here")
    page = read(browser, page_of(diary))
    assert "Inspectors are here" in page


@pytest.mark.parametrize("path", ["", "/answer", "/ask", "/withdraw"])
def test_an_outsider_gets_what_is_not_there(cast: Gathered, path: str) -> None:
    diary = asked(cast)
    browser = as_(cast, "outsider")
    there = browser.get(f"{page_of(diary)}{path}")
    absent = browser.get(f"/diary/FELLS-DY-9999{path}")
    assert there.status_code == absent.status_code == 404
    assert b"Steering" not in there.content


@pytest.mark.parametrize(
    "path", ["/change", "/ask", "/close", "/reopen", "/withdraw", "/date/29554200/offer"]
)
def test_members_change_nothing(cast: Gathered, path: str) -> None:
    diary = asked(cast)
    assert as_(cast, "north_director").get(f"{page_of(diary)}{path}").status_code == 403


def test_without_a_date_the_page_says_who_would_have_to_move_what(cast: Gathered) -> None:
    from concordat.domain.governance.diaries import operations
    from concordat.domain.governance.diaries.rules import Part, Strength
    from tests.operations.diaries.cast import FIRST

    for weekday in range(5):
        operations.set_pattern(
            cast.actor("north_director"),
            person=cast.people["north_director"],
            strength=Strength.NEVER,
            weekday=weekday,
            part=Part.DAY,
            from_day=FIRST,
        )
    diary = searched(cast)
    browser: Client = as_(cast, "co_ordinator")
    page = read(browser, page_of(diary))
    assert "No date works" in page
    assert "if North director comes this once although it is never Monday" in page
    page = read(browser, f"{page_of(diary)}/ask")
    assert "if North director comes this once" in page

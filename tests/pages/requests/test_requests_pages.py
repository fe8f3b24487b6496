"""Requests for information as people ask, answer, check, use and chase them."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from concordat.cli import run
from concordat.domain.base.mail.operations import revoke_link
from concordat.domain.base.mail.rules import LONGEST
from concordat.domain.base.records.operations import admit
from concordat.domain.base.records.rules import Level
from concordat.domain.base.requests import operations
from concordat.domain.base.requests.models import Answer, Request, Use
from concordat.domain.base.requests.rules import Stage
from tests.operations.documents.papers import paper
from tests.operations.mail.cast import DAY, LOADER
from tests.operations.requests.examples import (
    ANSWERS,
    DUE,
    NOW,
    Desk,
    again,
    stage,
    timer,
    version,
)
from tests.pages.mail.test_guest_pages import code, come_in, letter
from tests.pages.people.browsing import client, day, form
from tests.pages.seats.looking import post, read, told
from tests.pages.signed_in import as_

ONE = "/requests/HERE-IR-0001"
BY_QUESTION = {f"q_{key}": words for key, words in ANSWERS.items()}


def _asked(desk: Desk, **more: object) -> dict[str, object]:
    return {
        "partnership": desk.house.here.reference,
        "requester": desk.house.health.seat.record.reference,
        "seat": desk.house.member.seat.record.reference,
        "form": "incident",
        "purpose": "A rapid review",
        "exact": "Contacts since January",
        "deliver_to": "The administrator",
        "chase_every": "3",
        **day("due", DUE),
        **more,
    }


def test_lists_with_nothing_in_them(desk: Desk) -> None:
    manager = as_(desk.house.manager)
    page = read(manager, "/requests")
    assert "No answer is owed." in page
    assert "Nobody here has asked for information yet." in page
    assert "Ask for information" in page
    assert "Nobody has asked you yet." in read(manager, "/requests/received")
    assert "The lead partners" in read(manager, "/requests/chasing")
    assert "secured" in read(manager, "/requests/questions")
    member = as_(desk.house.member)
    assert 'href="/requests/draft"' not in read(member, "/requests")
    assert member.get("/requests/draft").status_code == 403


def test_whoever_only_answers_finds_what_they_were_asked_first(desk: Desk) -> None:
    row = desk.sent()
    member = as_(desk.house.member)
    page = read(member, "/requests")
    assert '<h1 class="c-h1">What we were asked</h1>' in page
    assert row.record.reference in page
    assert "What we asked" not in page
    assert "Chasing" not in page
    assert "What we asked" in read(as_(desk.house.manager), "/requests/received")


def test_what_is_wrong_with_a_draft_is_said_beside_it(desk: Desk) -> None:
    browser = as_(desk.house.manager)
    page = told(browser.post("/requests/draft", form(**_asked(desk, purpose=""))), 422)
    assert "Error: " in page
    assert "Contacts since January" in page
    bad = _asked(desk, name="Jo Patel", email="jo@example.org")
    assert "a seat, or a named person" in told(browser.post("/requests/draft", form(**bad)), 422)
    bad = _asked(desk, about="HERE-RQ-9999")
    assert "There is no record HERE-RQ-9999" in told(
        browser.post("/requests/draft", form(**bad)), 422
    )
    assert not Request.objects.exists()


def test_a_draft_is_changed_sent_and_asked_of_another(desk: Desk) -> None:
    browser = as_(desk.house.manager)
    answer = post(
        browser, "/requests/draft", **_asked(desk, senior_named="Ann Head, 020 7946 0001")
    )
    assert answer.url == ONE
    assert "Ann Head, 020 7946 0001" in read(browser, ONE)
    row = Request.objects.get()
    page = read(browser, f"{ONE}/amend")
    assert "Contacts since January" in page
    changed = {
        "purpose": "A rapid review",
        "exact": "Contacts since May",
        "deliver_to": "The administrator",
        "chase_every": "2",
        **day("due", DUE),
    }
    seen = version(row)
    post(browser, f"{ONE}/amend", **changed, seen_version=seen)
    page = told(
        as_(desk.house.health).post(
            f"{ONE}/amend", form(**{**changed, "exact": "Mine"}, seen_version=seen)
        ),
        409,
    )
    assert "Contacts since May" in page
    assert "Mine" in page
    post(browser, f"{ONE}/send", seen_version=version(row))
    assert browser.get(f"{ONE}/amend").status_code == 403
    assert "Contacts since May" in read(browser, "/requests/draft?like=HERE-IR-0001")


def test_who_may_open_a_request(desk: Desk) -> None:
    desk.sent()
    assert "Say that it came" in read(as_(desk.house.member), ONE)
    assert "HERE-IR-0001" in read(as_(desk.house.health), "/requests")
    council, outsider = as_(desk.house.council), as_(desk.house.outsider)
    assert council.get(ONE).status_code == 403
    assert "HERE-IR-0001" not in read(council, "/requests")
    assert outsider.get(ONE).status_code == 404
    assert outsider.get(f"{ONE}/answer").status_code == 404


def test_it_is_found_in_my_work_answered_checked_and_used(desk: Desk) -> None:
    row = desk.sent()
    member, asker = as_(desk.house.member), as_(desk.house.health)
    assert "HERE-IR-0001" in read(member, "/")
    assert member.get(f"{ONE}/accept").status_code == 403
    wrong = BY_QUESTION | {"q_last": "", "q_known": "Since May"}
    page = told(member.post(f"{ONE}/answer", form(**wrong, seen_version=version(row))), 422)
    assert "Since May" in page
    assert not Answer.objects.exists()
    post(member, f"{ONE}/answer", **BY_QUESTION, seen_version=version(row))
    page = read(asker, ONE)
    assert "Answered, to be checked" in page
    assert "We do not know" in page
    assert "HERE-IR-0001" in read(asker, "/")
    missing = {"missing": "The dates", **day("due", DUE + timedelta(days=3))}
    post(asker, f"{ONE}/back", **missing, seen_version=version(row))
    assert "Not enough" in read(member, ONE)
    post(member, f"{ONE}/answer", **BY_QUESTION, seen_version=version(row))
    post(asker, f"{ONE}/accept", why="Every date is there", seen_version=version(row))
    post(
        asker, f"{ONE}/use", what="The panel", within="It is the review", seen_version=version(row)
    )
    page = read(asker, ONE)
    assert "Every date is there" in page
    assert "It is the review" in page
    assert Use.objects.count() == 1
    assert stage(row) is Stage.ADEQUATE


def test_where_the_old_board_still_is_no_power_is_claimed(desk: Desk) -> None:
    area = desk.area("Here")
    asker = as_(desk.house.health)
    assert "claims no power to require it" in read(asker, "/requests/draft")
    desk.sent(area=area)
    page = read(asker, ONE)
    assert "Agreed sharing" in page
    assert "Here was with its old board on 29 March 2019" in page
    assert "no sharing agreement of this area is on file" in page
    assert "16H" not in page


def test_the_form_asks_for_which_area_once_there_are_several(desk: Desk) -> None:
    here = desk.area("Here", DAY)
    asker = as_(desk.house.manager)
    assert "For which area?" not in read(asker, "/requests/draft")
    desk.area("There")
    page = read(asker, "/requests/draft")
    assert "For which area?" in page
    assert "depends on the area" in page
    filled = {**_asked(desk), "area": str(here.pk)}
    post(asker, "/requests/draft", **_asked(desk))
    post(asker, "/requests/draft", **filled)
    assert [row.basis for row in Request.objects.order_by("record__reference")] == [
        "agreed sharing",
        "INF-16H",
    ]


def test_what_nobody_verified_is_not_worded_as_law(desk: Desk) -> None:
    desk.area("Here", DAY)
    desk.sent()
    page = read(as_(desk.house.health), ONE)
    assert "INF-16H" in page
    assert re.search(r"not verified|nobody has verified", page, re.IGNORECASE)
    assert " must " not in re.sub(r"<[^>]+>", " ", page.partition("<main")[2])


def test_a_refusal_is_answered_and_pressed(desk: Desk) -> None:
    row = desk.sent()
    member, asker = as_(desk.house.member), as_(desk.house.health)
    told(member.post(f"{ONE}/refuse", form(reason="", seen_version=version(row))), 422)
    post(member, f"{ONE}/refuse", reason="Legal privilege", seen_version=version(row))
    assert "Legal privilege" in read(asker, ONE)
    assert "1 refused" in read(asker, "/requests")
    again_ = {"reason": "Only the dates", **day("due", DUE)}
    post(asker, f"{ONE}/press", **again_, seen_version=version(row))
    assert stage(row) is Stage.SENT


def test_a_late_answer_is_chased_and_told_up_the_ladder(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    row = desk.sent(senior=desk.house.chair.seat)
    asker = as_(desk.house.health)
    with time_machine.travel(NOW, tick=True):
        assert run(["run-due"]) == 0
    assert "late answers told of: 0" in capsys.readouterr().out
    operations.chase(timer(DUE), door="", now=NOW)
    operations.escalate(timer(DUE + timedelta(days=10)))
    page = read(asker, "/requests/chasing")
    assert "Reminded 1 time" in page
    assert "Told: the lead partners" in page
    assert "Told the senior who is named" in read(asker, ONE)
    assert again(row).rung == 4


def _invited(desk: Desk, manager: Client | None = None) -> tuple[Request, str]:
    """A request of a named person, and the way in that their letter holds."""
    browser = manager or as_(desk.house.manager)
    named = {"seat": "", "name": "Jo Patel", "email": "jo@example.org"}
    post(browser, "/requests/draft", **_asked(desk, **named))
    row = Request.objects.get()
    post(browser, f"{ONE}/send", seen_version=version(row))
    return row, _door()


def _door() -> str:
    found = re.search(r"http://testserver(/guest/\S+)", letter("guest link"))
    assert found
    return found[1]


def _inside(door: str) -> Client:
    guest = client()
    assert come_in(guest, door)["Location"] == "/guest"
    return guest


def _answer(guest: Client, row: Request, status: int = 200, **more: Any) -> str:
    answers = form(**(BY_QUESTION | more), seen_version=version(row))
    return told(guest.post(f"{ONE}/answer", answers), status)


def test_a_guest_answers_once_with_a_file_and_nobody_after_them(desk: Desk) -> None:
    manager = as_(desk.house.manager)
    row, door = _invited(desk, manager)
    guest = _inside(door)
    assert "Open the request" in read(guest, "/guest")
    page = read(guest, ONE)
    assert "For this purpose alone" in page
    for kept_back in ("What was done and said", "What it was used for", "History", "Withdraw it"):
        assert kept_back not in page
    assert guest.get(f"{ONE}/accept").status_code in (302, 403, 404)
    _answer(guest, row, 422, q_known="")
    file = paper("Facts")
    page = _answer(guest, row, file=SimpleUploadedFile(file.name, file.data))
    assert "Your link has done what it was for" in page
    assert Answer.objects.get().by == "Jo Patel"
    assert guest.get(ONE).status_code == 302
    assert guest.get(f"{ONE}/answer").status_code == 302
    late = client()
    assert late.post(door, form()).status_code != 302
    assert Answer.objects.count() == 1
    asker = as_(desk.house.health)
    assert "Answer to HERE-IR-0001" in read(asker, ONE)
    missing = {"missing": "The dates", **day("due", DUE + timedelta(days=3))}
    post(manager, f"{ONE}/back", **missing, seen_version=version(row))
    assert _door() != door
    _answer(_inside(_door()), row)
    assert Answer.objects.count() == 2


def test_a_guest_refuses_with_a_reason(desk: Desk) -> None:
    row, door = _invited(desk)
    guest = _inside(door)
    told(guest.post(f"{ONE}/refuse", form(reason="", seen_version=version(row))), 422)
    refused = form(reason="Privilege", seen_version=version(row))
    assert "Thank you" in told(guest.post(f"{ONE}/refuse", refused))
    assert stage(row) is Stage.REFUSED


def test_a_link_opens_to_nobody_else_and_not_after_its_time(desk: Desk) -> None:
    row, door = _invited(desk)
    other = desk.draft()
    stranger = client()
    assert stranger.post(door, form()).status_code == 302
    wrong = "000000" if code() != "000000" else "111111"
    assert stranger.post(f"{door}/code", form(code=wrong)).status_code == 422
    assert stranger.get(ONE).status_code == 302
    with time_machine.travel(timezone.now() + timedelta(minutes=2), tick=True):
        guest = _inside(door)
        assert guest.get(f"/requests/{other.record.reference}").status_code == 404
        assert guest.get("/requests").status_code == 302
    with time_machine.travel(timezone.now() + LONGEST + timedelta(days=1), tick=True):
        assert client().post(door, form()).status_code != 302
        assert guest.get(ONE).status_code == 302
        late = form(**BY_QUESTION, seen_version=version(row))
        assert guest.post(f"{ONE}/answer", late).status_code in (302, 403)
    assert not Answer.objects.exists()


def test_a_reminder_renews_the_link_and_a_link_taken_back_reminds_nobody(desk: Desk) -> None:
    row, door = _invited(desk)
    place = "http://testserver/guest/TOKEN"
    assert operations.chase(timer(DUE), door=place, now=timezone.now()) == 1
    assert _door() != door
    assert client().post(door, form()).status_code != 302
    link = again(row).link
    assert link
    revoke_link(desk.house.manager.actor, link=link, reason="Wrong person", now=timezone.now())
    assert operations.chase(timer(DUE + timedelta(days=9)), door=place, now=timezone.now()) == 1
    held = again(row)
    assert (held.chased, held.chase_on) == (1, None)
    assert "Its link was taken back" in read(as_(desk.house.health), ONE)


def test_what_was_asked_about_one_record(desk: Desk) -> None:
    about = desk.house.risk()
    admit(LOADER, record=about, grantee=desk.house.health.seat.record, level=Level.SEE,
          reason="R.", from_day=DAY)  # fmt: skip
    desk.sent(about=about)
    page = read(as_(desk.house.health), f"/records/{about.reference}/requests")
    assert "HERE-IR-0001" in page
    page = read(as_(desk.house.council), f"/records/{about.reference}/requests")
    assert "Nothing was asked about this." in page


def test_two_who_answer_at_once_lose_nothing(desk: Desk) -> None:
    row = desk.sent()
    member, seen = as_(desk.house.member), version(row)
    post(member, f"{ONE}/answer", **BY_QUESTION, seen_version=seen)
    mine = form(**(BY_QUESTION | {"q_last": "Seen alone in May"}), seen_version=seen)
    page = told(member.post(f"{ONE}/answer", mine), 409)
    assert "Seen alone in May" in page
    assert Answer.objects.count() == 1


def test_whoever_asks_is_led_to_their_own_work_first(desk: Desk) -> None:
    desk.sent()
    told = as_(desk.house.manager).get(ONE).content.decode()
    assert "Put their answer on file" in told
    assert ">Answer it<" not in told
    assert told.index("Give a later day") < told.index("Put their answer on file")

"""The tracker and one action as people read, update, close and accept them."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from concordat.craft import excel
from concordat.domain.base.actions import operations
from concordat.domain.base.actions.models import Evidence
from concordat.domain.base.actions.rules import Priority, Standing
from concordat.domain.base.documents.models import Document
from concordat.web.actions import facing
from tests.operations.actions.examples import DUE, LATER, WHAT, Desk, again, at, timer, version
from tests.operations.documents.papers import paper
from tests.pages.actions.sending import sent
from tests.pages.people.browsing import day, form
from tests.pages.seats.looking import queries, read, told
from tests.pages.signed_in import as_

ONE = "/actions/HERE-A-0001"


def test_a_list_with_nothing_in_it(desk: Desk) -> None:
    page = read(as_(desk.house.manager), "/actions")
    assert "Nothing is open." in page
    assert "No action has been raised yet" in page
    assert "Add an action" in page
    assert "Add an action" not in read(as_(desk.house.member), "/actions")


def test_the_sentence_comes_first(desk: Desk) -> None:
    risk = desk.house.risk()
    for number in range(3):
        desk.add(source=risk, what=f"Do the {number}", due=date(2019, 3, 29))
    desk.add(source=risk, what="Do the last", owner=desk.house.member.seat)
    desk.closed(source=risk)
    page = read(as_(desk.house.member), "/actions")
    assert "4 open; 1 waits for acceptance. None is overdue." in page


def test_a_list_is_narrowed_by_its_address(desk: Desk) -> None:
    risk = desk.house.risk()
    desk.add(source=risk, what="Soon and mine", due=date(2019, 3, 30))
    desk.add(source=risk, what="High and theirs", owner=desk.police, priority=Priority.HIGH)
    desk.add(source=desk.house.here, what="Without an end", look_every=3, owner=desk.police)
    desk.closed(source=risk, what="Waiting now")
    browser = as_(desk.house.health)

    def shown(query: str) -> set[str]:
        page = read(browser, f"/actions?{query}")
        names = ("Soon and mine", "High and theirs", "Without an end", "Waiting now")
        return {name for name in names if name in page}

    assert shown("mine=yes") == {"Soon and mine", "Waiting now"}
    assert shown("when=this+month") == {"Soon and mine"}
    assert shown("when=no+date") == {"Without an end"}
    assert shown("when=overdue") == set()
    assert shown("priority=high") == {"High and theirs"}
    assert shown("source=partnership") == {"Without an end"}
    assert shown("state=closed") == {"Waiting now"}
    assert shown(f"agency={desk.police.pk}") == {"High and theirs", "Without an end"}
    assert shown(f"body={desk.house.board.pk}&priority=high") == {"High and theirs"}
    assert shown("agency=nonsense&sort=sideways&page=99") == {
        "Soon and mine",
        "High and theirs",
        "Without an end",
        "Waiting now",
    }


def test_a_list_is_sorted_by_its_address(desk: Desk) -> None:
    risk = desk.house.risk()
    desk.add(source=risk, what="Later", due=LATER)
    desk.add(source=risk, what="Sooner", due=DUE)
    browser = as_(desk.house.member)
    up, down = (
        read(browser, f"/actions?sort={sort}&priority=ordinary") for sort in ("due", "-due")
    )
    assert up.index("Sooner") < up.index("Later")
    assert down.index("Later") < down.index("Sooner")
    assert 'aria-sort="ascending"' in up
    assert "sort=-due&amp;priority=ordinary" in up or "priority=ordinary&amp;sort=-due" in up


def test_pages_ask_the_same_however_many_there_are(desk: Desk) -> None:
    risk = desk.house.risk()
    desk.add(source=risk)
    reference = risk.reference
    pages = [
        *("/actions", "/actions?mine=yes&sort=said", f"/records/{reference}/actions"),
        *("/actions/agencies", "/actions/contacts", ONE),
    ]
    browser = as_(desk.house.manager)
    few = [queries(browser, page) for page in pages]
    for number in range(30):
        owner = desk.police if number % 2 else desk.house.member.seat
        desk.add(source=risk, what=f"Do the {number}", owner=owner)
    assert [queries(browser, page) for page in pages] == few


def test_the_list_as_a_workbook(desk: Desk) -> None:
    desk.add(what="=Not a formula", priority=Priority.HIGH)
    desk.add()
    answer = as_(desk.house.member).get("/actions.xlsx?priority=high")
    (sheet,) = excel.read(answer.content)
    assert [row[1] for row in sheet.rows] == ["What is to be done", "=Not a formula"]
    assert "attachment" in answer["Content-Disposition"]


def test_an_update_takes_one_line_and_a_choice(desk: Desk) -> None:
    action = desk.add()
    browser = as_(desk.house.health)
    page = read(browser, ONE)
    assert "Say how it stands" in page
    answers = form(standing="in difficulty", words="No venue", seen_version=version(action))
    answer = sent(browser, f"{ONE}/update", answers)
    assert answer["Location"] == ONE
    page = read(browser, ONE)
    assert "No venue" in page
    assert "Hetty Health, 29 March 2019" in page


def test_an_update_that_came_second_shows_both_texts(desk: Desk) -> None:
    action = desk.add()
    browser, seen = as_(desk.house.health), version(action)
    operations.update(desk.manager, action=action, standing=Standing.BLOCKED, words="Theirs")
    answers = form(standing="on track", words="Mine", seen_version=seen)
    page = told(browser.post(f"{ONE}/update", answers), 409)
    assert "Theirs" in page
    assert 'value="Mine"' in page
    assert again(action).last_word == "Theirs"


def test_what_is_missing_is_told_and_what_was_typed_is_kept(desk: Desk) -> None:
    action = desk.add()
    browser = as_(desk.house.health)
    page = told(
        browser.post(f"{ONE}/update", form(standing="blocked", seen_version=version(action))), 422
    )
    assert "Say in one line why it is blocked." in page
    page = told(browser.post(f"{ONE}/update", form(words="Kept", seen_version=1)), 422)
    assert "Choose how it stands" in page
    assert 'value="Kept"' in page


def test_extended_closed_found_inadequate_and_accepted(desk: Desk) -> None:
    action = desk.add(priority=Priority.HIGH, evidence_wanted="The signed page")
    owner, chair = as_(desk.house.health), as_(desk.house.chair)
    assert "Move its day" not in read(owner, ONE)
    answers = form(reason="Agreed", **day("due", LATER), seen_version=version(action))
    sent(chair, f"{ONE}/extend", answers)
    page = read(owner, ONE)
    assert "Extended once, by 35 days in all" in page
    assert "first due on 26 April 2019" in page

    assert "What good looks like: The signed page" in read(owner, f"{ONE}/close")
    refused = form(done="Signed", statement="", place="", seen_version=version(action))
    assert "needs evidence" in told(owner.post(f"{ONE}/close", refused), 422)
    file = SimpleUploadedFile("Signed.pdf", paper("signed").data, "application/pdf")
    answers = form(done="Signed", statement="", place="", seen_version=version(action), file=file)
    sent(owner, f"{ONE}/close", answers)
    assert Evidence.objects.get().document == Document.objects.get()

    page = read(owner, ONE)
    assert "Waiting for acceptance" in page
    assert "You own this action" in page
    assert "Accept it" not in page
    assert told(owner.get(f"{ONE}/accept"), 403)

    page = read(chair, ONE)
    assert "Accept it" in page
    assert "Evidence for HERE-A-0001" in read(chair, f"{ONE}/accept")
    answers = form(reason="Not dated", **day("due", LATER), seen_version=version(action))
    sent(chair, f"{ONE}/inadequate", answers)
    assert "Not dated" in read(owner, ONE)
    sent(
        owner,
        f"{ONE}/close",
        form(done="Dated", statement="", place="", seen_version=version(action)),
    )
    sent(chair, f"{ONE}/accept", form(note="Thank you", seen_version=version(action)))
    page = read(owner, ONE)
    assert "Chai Reed for Executive" in page
    assert "Close it" not in page


def test_given_to_another_and_read(desk: Desk) -> None:
    action = desk.add()
    manager, former = as_(desk.house.manager), as_(desk.house.health)
    answers = form(
        owner=desk.house.member.seat.record.reference,
        reason="She leads",
        seen_version=version(action),
    )
    sent(manager, f"{ONE}/reassign", answers)
    page = read(former, ONE)
    assert "It was given to Meg Member" in page
    assert sent(former, f"{ONE}/read", form())["Location"] == "/"
    assert "It was given to" not in read(former, ONE)
    stranger = form(owner="HERE-S-9999", reason="x", seen_version=version(action))
    assert "Choose new owner from the list" in told(manager.post(f"{ONE}/reassign", stranger), 422)


def test_asked_withdrawn_and_superseded(desk: Desk) -> None:
    action, other = desk.add(), desk.add(what="Another")
    manager = as_(desk.house.manager)
    sent(manager, f"{ONE}/ask", form(seen_version=version(action)))
    wrong = form(by="here-a-0099", reason="x", seen_version=version(action))
    assert "no other open action here-a-0099" in told(manager.post(f"{ONE}/supersede", wrong), 422)
    sent(
        manager,
        f"{ONE}/supersede",
        form(by="here-a-0002", reason="One does both", seen_version=version(action)),
    )
    assert "takes its place" in read(manager, ONE)
    answers = form(reason="Not needed", seen_version=version(other))
    sent(manager, "/actions/HERE-A-0002/withdraw", answers)
    assert "Not needed" in read(manager, "/actions/HERE-A-0002")


def test_evidence_before_it_is_closed(desk: Desk) -> None:
    action = desk.add()
    owner = as_(desk.house.health)
    empty = form(statement="", place="", seen_version=version(action))
    assert "no evidence yet" in told(owner.post(f"{ONE}/evidence", empty), 422)
    answers = form(statement="The minute", place="Item 4", seen_version=version(action))
    sent(owner, f"{ONE}/evidence", answers)
    assert "Item 4" in read(owner, ONE)


def test_raised_from_a_record(desk: Desk) -> None:
    risk = desk.house.risk()
    manager = as_(desk.house.manager)
    page = read(manager, f"/actions/add?from={risk.reference}")
    assert f'value="{risk.reference}"' in page
    answers = form(
        what="Write it down",
        owner=desk.house.health.seat.record.reference,
        **day("due", DUE),
        priority="ordinary",
        set_by=desk.house.board.record.reference,
        source=risk.reference.lower(),
        source_place="Item 2",
        look_every="",
        why="",
        evidence_wanted="",
    )
    assert sent(manager, "/actions/add", answers)["Location"] == ONE
    assert "Write it down" in read(manager, f"/records/{risk.reference}/actions")
    wrong = form(**answers | {"source": "HERE-R-0099"})
    wrong["form_key"] = form()["form_key"]
    page = told(manager.post("/actions/add", wrong), 422)
    assert "There is no record HERE-R-0099" in page
    both = answers | {"look_every": "3", "form_key": form()["form_key"]}
    assert "one of the two" in told(manager.post("/actions/add", both), 422)


def test_many_together_are_shown_first_and_done_or_not(desk: Desk) -> None:
    risk = desk.house.risk()
    one, two = desk.add(source=risk, what="One"), desk.add(source=risk, what="Two")
    manager = as_(desk.house.manager)
    address = "/actions/together?act=extend&on=HERE-A-0001&on=HERE-A-0002"
    page = read(manager, address)
    assert "One" in page
    assert "Two" in page
    chosen = ",".join(f"{each.record.reference}:{version(each)}" for each in (one, two))
    operations.update(desk.owner, action=two, standing=Standing.BLOCKED, words="No money")
    answers = form(chosen=chosen, reason="Easter", **day("due", LATER))
    page = told(manager.post(address, answers), 422)
    assert "HERE-A-0002: Hetty Health changed this meanwhile" in page
    assert "Easter" in page
    assert again(one).due == DUE
    chosen = ",".join(f"{each.record.reference}:{version(each)}" for each in (one, two))
    answers = form(chosen=chosen, reason="Easter", **day("due", LATER))
    assert sent(manager, address, answers)["Location"] == "/actions"
    assert {again(one).due, again(two).due} == {LATER}


@pytest.mark.parametrize("act", ["close", "extend", "reassign", "ask"])
def test_each_act_on_many_has_its_page(desk: Desk, act: str) -> None:
    desk.add()
    assert WHAT in read(as_(desk.house.manager), f"/actions/together?act={act}&on=HERE-A-0001")


def test_none_chosen_and_no_such_act(desk: Desk) -> None:
    manager = as_(desk.house.manager)
    assert "Nothing is chosen" in read(manager, "/actions/together?act=close")
    assert manager.get("/actions/together?act=burn").status_code == 404


def test_agencies_over_a_year(desk: Desk) -> None:
    risk = desk.house.risk()
    action = desk.closed(source=risk)
    operations.accept(desk.chair, action=action)
    late = desk.add(source=risk, what="Late", due=date(2019, 3, 29))
    operations.extend(desk.owner, action=late, due=DUE, reason="Later")
    page = read(as_(desk.house.member), "/actions/agencies")
    assert "<svg" in page
    assert "1 of 1 closed action was in time" in page
    assert "Heath ICB" in page


def test_what_is_overdue_twice_says_so(desk: Desk) -> None:
    action = desk.add()
    operations.mark_overdue(timer(date(2019, 4, 27)))
    operations.mark_overdue(timer(date(2019, 5, 25)))
    later = at(desk.house.health, date(2019, 5, 25))
    assert facing.tag_of(again(action), later.on).words == "Overdue"
    assert again(action).times_late == 2
    assert "It was overdue 2 times" in read(as_(desk.house.health), ONE)


def test_the_outsider_finds_nothing(desk: Desk) -> None:
    desk.add()
    outsider = as_(desk.house.outsider)
    assert WHAT not in read(outsider, "/actions")
    assert WHAT not in read(outsider, "/actions/agencies")
    for tail in ("", "/update", "/close", "/accept", "/reassign"):
        told(outsider.get(f"{ONE}{tail}"), 404)
    assert outsider.get("/actions.xlsx").status_code == 200
    (sheet,) = excel.read(outsider.get("/actions.xlsx").content)
    assert len(sheet.rows) == 1


def test_what_is_held_closely_is_marked_and_shut(desk: Desk) -> None:
    desk.add(desk.chair, source=desk.house.restricted(), what="See the family")
    member = as_(desk.house.member)
    page = told(member.get(ONE), 403)
    assert "See the family" not in page
    assert "See the family" not in read(member, "/actions")
    assert "Restricted" in read(as_(desk.house.health), ONE)

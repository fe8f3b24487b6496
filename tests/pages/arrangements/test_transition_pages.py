"""The way from an old board as people see it and work it."""

from __future__ import annotations

from datetime import date

import pytest

from concordat.domain.base.clocks.models import AreaLive
from concordat.domain.governance.arrangements import operations
from concordat.domain.governance.arrangements.models import HandoverItem
from concordat.domain.governance.arrangements.rules.go_live import Point
from tests.operations.arrangements.leaving import POLICIES, Heath
from tests.operations.mail.cast import LOADER
from tests.pages.people.browsing import client, day
from tests.pages.seats.looking import post, queries, read
from tests.pages.signed_in import as_

PAGE = "/partnership/here/transition"
GO = f"{PAGE}/heath/go-live"
LINE = "/partnership/here/handover/TR-HANDOVER-1"


def beside(heath: Heath) -> None:
    heath.step("parallel running", "2019-09", done=False, until="2020-03")


def test_everybody_inside_reads_the_plan_and_what_speaks_against_it(heath: Heath) -> None:
    beside(heath)
    operations.keep_transition(LOADER, partnership=heath.home)
    page = read(as_(heath.house.member), PAGE)
    for words in (
        "The plan runs beside the old board until March 2020",
        "September 2019 to March 2020",
        "It does not fit",
        "Says: A paper. Against: SI 2018/497",
        "TR-SCR, not verified",
        "Publish the new arrangements",
        "The date is fixed: Saturday 29 June 2019.",
        "keeps all its functions",
        "Heath board",
        "Open serious case reviews with their method and due dates",
        "<svg",
    ):
        assert words in page
    assert "Look at the list again" not in page
    assert "Waive" not in page


def test_the_picture_and_the_table_say_the_same(heath: Heath) -> None:
    beside(heath)
    page = read(as_(heath.house.member), PAGE)
    drawing = page[page.index("<svg") : page.index("</svg>")]
    assert "September 2019 to March 2020 (planned)" in drawing
    assert "Today, 29 March 2019" in drawing
    assert "In effect by 29 September 2019" in drawing


def test_an_area_that_is_live_says_since_when_as_it_was_stated(heath: Heath) -> None:
    heath.step("go-live", "2018-10")
    operations.keep_transition(LOADER, partnership=heath.home)
    browser = as_(heath.house.manager)
    page = read(browser, PAGE)
    assert "in effect since October 2018" in page
    assert "went live in October 2018; no day is stated" in page
    assert "31 October 2018" not in page
    assert "Start date needed to work this out" in page
    assert read(browser, GO, 404)


def test_a_day_can_be_asked_for_and_a_bad_one_is_told(heath: Heath) -> None:
    browser = as_(heath.house.member)
    assert "As known by 1 March 2019" in read(browser, f"{PAGE}?as-at=1+March+2019")
    assert "must be one day" in read(browser, f"{PAGE}?as-at=March+2019", 422)


def test_a_partnership_without_an_old_board_says_so(heath: Heath) -> None:
    page = read(as_(heath.house.outsider), "/partnership/there/transition")
    assert "No old board and no step on the way from one is on record." in page
    assert "Handover list" not in page


def test_nobody_elsewhere_and_nobody_outside_opens_it(heath: Heath) -> None:
    browser = as_(heath.house.outsider)
    for address in (PAGE, LINE, GO):
        assert "Heath" not in read(browser, address, 404)
    assert client().get(PAGE).status_code == 302


def test_a_page_of_many_steps_asks_no_more_of_the_database(heath: Heath) -> None:
    browser = as_(heath.house.manager)
    heath.step("bid", "2018-05")
    few = queries(browser, PAGE)
    for month in range(1, 10):
        heath.step("other", f"2018-0{month}")
    assert queries(browser, PAGE) == few


class TestTheCheckList:
    def test_is_looked_at_when_the_secretariat_asks(self, heath: Heath) -> None:
        browser = as_(heath.house.co_ordinator)
        assert "Nobody has looked yet" in read(browser, PAGE)
        post(browser, f"{PAGE}/heath/look")
        page = read(browser, PAGE)
        assert "Looked at again: 6 points open." in page
        assert "Lacking: agreed terms of the Learning group." in page
        assert "Put it right" in page

    def test_others_do_not_look(self, heath: Heath) -> None:
        post(as_(heath.house.member), f"{PAGE}/heath/look", 403)
        assert client().get(f"{PAGE}/heath/look").status_code == 302
        assert as_(heath.house.manager).get(f"{PAGE}/heath/look").status_code == 405

    def test_a_point_is_waived_by_a_decision_with_its_reason(self, heath: Heath) -> None:
        heath.recheck()
        browser, address = as_(heath.house.manager), f"{PAGE}/heath/waive/policies"
        assert "The threshold document is in force" in read(browser, address)
        told = post(browser, address, 422, decision="", reason="").content.decode()
        assert "Choose the decision" in told
        post(browser, address, decision=heath.decision.key, reason="It follows in May")
        page = read(browser, PAGE)
        assert "Waived by Go live in spring, 29 March 2019: It follows in May" in page
        assert read(browser, address, 404)


class TestTheHandoverList:
    def test_a_line_is_decided_passed_on_and_accepted(self, heath: Heath) -> None:
        manager, health = as_(heath.house.manager), as_(heath.house.health)
        page = read(manager, LINE)
        assert "Nothing is decided about this line yet" in page
        assert "Record that it was passed on" not in page
        seat = heath.house.health.seat.record.reference
        told = {"state": "open", "passes": "Two reviews", "seat": seat, "receiver": ""}
        post(manager, f"{LINE}/assign", decision=heath.decision.key, **told)
        post(manager, f"{LINE}/pass-on", state="assigned", how="Shared folder")
        assert "Say that it has come" not in read(manager, LINE)
        assert "Say that it has come" in read(health, LINE)
        post(health, f"{LINE}/accept", state="passed on", receipt="Both have come")
        page = read(manager, PAGE)
        assert "Both have come" in page
        assert "Hetty Health" in page

    def test_what_was_typed_stays_when_it_is_refused(self, heath: Heath) -> None:
        browser = as_(heath.house.manager)
        told = {"state": "open", "passes": "Two reviews", "seat": "", "receiver": ""}
        answer = post(browser, f"{LINE}/assign", 422, **told).content.decode()
        assert "Who receives it is needed" in answer
        assert "Two reviews" in answer

    def test_whoever_comes_second_is_told(self, heath: Heath) -> None:
        browser = as_(heath.house.manager)
        told = {"passes": "Two reviews", "seat": "", "receiver": "The Panel"}
        post(browser, f"{LINE}/assign", state="open", **told)
        answer = post(browser, f"{LINE}/assign", 422, state="open", **told).content.decode()
        assert "This line is assigned by now" in answer
        assert HandoverItem.objects.get().receiver == "The Panel"

    def test_members_read_it_and_change_nothing(self, heath: Heath) -> None:
        browser = as_(heath.house.member)
        assert "Decide who receives this" not in read(browser, LINE)
        post(browser, f"{LINE}/assign", 403, passes="x", receiver="y", state="open", seat="")
        assert read(browser, f"{LINE}/eat", 404)
        assert read(browser, "/partnership/here/handover/TR-HANDOVER-9", 404)


class TestGoingLive:
    def answers(self, heath: Heath, **more: object) -> dict[str, object]:
        return {
            **day("on", date(2019, 3, 29)),
            "source": "Minute 4 of the executive",
            "starting": [str(heath.learning.pk)],
            "ending": [str(heath.board.pk), str(heath.board_executive.pk)],
            "after": str(heath.learning.pk),
            "seen_version": "",
            **more,
        }

    def test_too_early_is_refused_with_what_is_missing(self, heath: Heath) -> None:
        heath.recheck(POLICIES)
        browser = as_(heath.house.co_ordinator)
        page = read(browser, GO)
        assert "It is held" in page
        assert "Every statutory partner has signed the arrangements off" in page
        told = post(browser, GO, 422, **self.answers(heath, sure="yes")).content.decode()
        assert "Heath cannot go live yet: 5 points of the check list stand open" in told
        assert "Minute 4 of the executive" in told
        assert not AreaLive.objects.exists()

    def test_the_check_page_shows_every_change_before_it_is_made(self, readied: Heath) -> None:
        browser = as_(readied.house.co_ordinator)
        page = post(browser, GO, 200, **self.answers(readied)).content.decode()
        for words in (
            "Check before you go live",
            "Heath board and Board executive",
            "Learning group",
            "12 months after Friday 29 March 2019 is Sunday 29 March 2020. Not verified.",
            "Its clock waits for the day. Not verified.",
        ):
            assert words in page
        assert not AreaLive.objects.exists()
        post(browser, GO, **self.answers(readied, sure="yes"))
        page = read(browser, PAGE)
        assert "Heath goes live on 29 March 2019." in page
        assert "Heath went live on 29 March 2019" in page
        assert "Every point stands." in page

    def test_whoever_goes_back_finds_what_they_typed(self, heath: Heath) -> None:
        browser = as_(heath.house.manager)
        page = post(browser, GO, 200, **self.answers(heath, again="yes")).content.decode()
        assert "Minute 4 of the executive" in page
        assert 'value="2019"' in page
        assert not AreaLive.objects.exists()

    def test_bodies_that_stay_are_named(self, readied: Heath) -> None:
        told = self.answers(readied, ending=[str(readied.board.pk)])
        page = post(as_(readied.house.manager), GO, 200, **told).content.decode()
        assert "Stay as they are" in page

    def test_a_form_that_is_not_filled_in_says_what_is_missing(self, heath: Heath) -> None:
        page = post(as_(heath.house.manager), GO, 422, **{"on-day": ""}).content.decode()
        assert "Enter where it is decided" in page

    def test_only_the_secretariat_opens_it(self, heath: Heath) -> None:
        read(as_(heath.house.health), GO, 403)
        assert read(as_(heath.house.manager), f"{PAGE}/moor/go-live", 404)


@pytest.mark.parametrize("point", list(Point))
def test_every_point_has_an_address_to_be_waived_at(heath: Heath, point: Point) -> None:
    heath.recheck()
    if heath.points()[point].stands:
        return
    slug = point.value.replace(" ", "-")
    assert heath.points()[point].words in read(
        as_(heath.house.manager), f"{PAGE}/heath/waive/{slug}"
    )

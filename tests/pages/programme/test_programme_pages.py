"""Programmes as people read, tell of, plan again, decide, accept and pay them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from concordat.domain.governance.programme import operations, queries
from concordat.domain.governance.programme.models import Claim, Deed, Gate, Milestone, Replan
from concordat.domain.governance.programme.rules.health import Health
from concordat.kernel.dates import UncertainDate
from tests.operations.mail.cast import DAY, House
from tests.operations.programme.examples import Planned, a_contract, a_need, add, again, seen
from tests.operations.programme.workbooks import given_out
from tests.pages.documents.test_documents_pages import read
from tests.pages.people.browsing import day, form
from tests.pages.signed_in import as_

HOME = "/partnership/here/programme"


def at(row: Any, tail: str = "") -> str:
    space = {"programme": "programmes", "milestone": "milestones", "priority": "priorities",
             "product": "products", "contract": "contracts",
             "learning cycle": "learning-cycles"}[row.record.kind]  # fmt: skip
    return f"/{space}/{row.record.reference}{tail}"


def versioned(row: Any, **answers: Any) -> dict[str, Any]:
    return form(seen_version=seen(row), **answers)


def sent(browser: Any, address: str, answers: dict[str, Any], status: int = 302) -> str:
    answer = browser.post(address, answers, follow=status == 200)
    assert answer.status_code == status, answer.content.decode()
    return str(answer.content.decode())


# --- reading


def test_the_overview_tells_of_programmes_priorities_and_their_gaps(here: Planned) -> None:
    page = read(as_(here.house.member), HOME)
    assert "1 programme and 1 priority." in page
    assert "The only priority has no lead." in page
    assert "Is a shared hub desirable?" in page
    assert "Begin a programme" not in page
    assert "Begin a programme" in read(as_(here.house.manager), HOME)


def test_a_roadmap_is_a_table_with_a_strip_and_what_it_does_not_say(here: Planned) -> None:
    browser = as_(here.house.member)
    page = read(browser, at(here.programme))
    assert "Next: “Draft”, due May 2019." in page
    assert "Last day by law" in page
    assert 'class="drawing"' in page
    assert "reaches past the last day that the law allows" in page
    assert "Write an update" not in page
    assert "The critical path" in page
    assert "If it slips by a week" in page
    for tail in ("/print", "/highlights", "/lessons", "/money", "/highlights?month=nonsense"):
        read(browser, at(here.programme, tail))


def test_an_empty_programme_says_what_comes_first(house: House) -> None:
    empty = add(house, "programmes", "Empty")
    page = read(as_(house.manager), at(empty))
    assert "No milestone is planned yet" in page
    assert 'class="drawing"' not in page


def test_what_is_not_yours_is_not_there(here: Planned) -> None:
    outsider = as_(here.house.outsider)
    for address in (at(here.programme), at(here.publish), at(here.priority), at(here.product)):
        read(outsider, address, 404)
    read(outsider, HOME, 404)
    member = as_(here.house.member)
    for address in (at(here.publish, "/re-plan"), at(here.priority, "/choose"),
                    at(here.product, "/hand-over"), f"{HOME}/add/milestones"):  # fmt: skip
        assert member.get(address).status_code == 403
    manager = as_(here.house.manager)
    for address in (f"{HOME}/add/nonsense", f"{HOME}/rows/milestones/none", "/milestones/x",
                    "/plans/x/update", f"/plans/{here.publish.record.reference}/move/fly",
                    f"/plans/{here.product.record.reference}/update"):  # fmt: skip
        assert manager.get(address).status_code == 404


def test_partnerships_that_share_a_programme_read_how_it_was_planned_again(house: House) -> None:
    shared = add(house, "programmes", "Shared", partnerships=["there"])
    step = add(house, "milestones", "Step", programme=shared, due="2019-06")
    told = {"reasons": ["An inspection"], "agreed_by": "Steering group"}
    actor = house.manager.actor
    operations.replan_programme(
        actor, programme=shared, before="Four months", after="Two phases", until=None, **told
    )
    operations.replan(actor, milestone=step, due=UncertainDate.parse("2019-09"), **told)
    browser = as_(house.outsider)
    assert "Shared" in read(browser, "/partnership/there/programme")
    page = read(browser, at(shared))
    for words in ("Two phases", "3 months later than first planned", "Shared by There"):
        assert words in page
    assert "Agreed by Steering group" in read(browser, at(step))
    assert browser.get(at(step, "/re-plan")).status_code == 403


def test_a_workbook_goes_out(here: Planned) -> None:
    answer = as_(here.house.member).get(at(here.programme, "/workbook"))
    assert answer.content[:2] == b"PK"
    assert "roadmap-transition.xlsx" in answer["Content-Disposition"]


# --- planning again


def test_a_slipped_milestone_is_planned_again_and_everybody_sees_why(here: Planned) -> None:
    browser = as_(here.house.manager)
    page = read(browser, at(here.publish, "/re-plan"))
    assert "29 June 2019" in page
    told = versioned(here.publish, due="20 June 2019", reasons="Ofsted came\nStaff changed",
                     agreed_by="Executive, 27 March")  # fmt: skip
    sent(browser, at(here.publish, "/re-plan"), told)
    sent(browser, at(here.publish, "/re-plan"), told)
    assert Replan.objects.count() == 1
    member = as_(here.house.member)
    page = read(member, at(here.publish))
    for words in ("Ofsted came; Staff changed", "Agreed by Executive, 27 March", "June 2019"):
        assert words in page
    assert "June 2019 became 20 June 2019" in read(member, at(here.programme, "/highlights"))


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"due": "July 2019"}, "no plan moves it"),
        ({"due": "31 April 2019"}, "There is no 31 April 2019"),
        ({"due": "2019-06"}, "the day that stands already"),
        ({"agreed_by": ""}, "Enter who agreed"),
        ({"reasons": ""}, "Enter why"),
    ],
)
def test_a_plan_that_cannot_be_is_told_and_kept(
    here: Planned, more: dict[str, str], told: str
) -> None:
    answers = {"due": "2019-06-20", "reasons": "Late", "agreed_by": "Board", **more}
    page = sent(
        as_(here.house.manager),
        at(here.publish, "/re-plan"),
        versioned(here.publish, **answers),
        422,
    )
    assert told in page
    assert again(here.publish).due == "2019-06"


def test_two_people_plan_again_and_both_texts_are_shown(here: Planned) -> None:
    told = versioned(here.publish, reasons="Mine", agreed_by="Board")
    first, second = as_(here.house.manager), as_(here.house.co_ordinator)
    sent(first, at(here.publish, "/re-plan"), {**told, **form(due="2019-06-20")})
    page = sent(second, at(here.publish, "/re-plan"), {**told, **form(due="2019-06-27")}, 409)
    assert "27 June 2019" in page
    assert "20 June 2019" in page
    assert again(here.publish).due == "2019-06-20"


def test_the_whole_is_planned_again(here: Planned) -> None:
    told = versioned(here.programme, before="Four months", after="Two phases", until="March 2020",
                     reasons="Late", agreed_by="Board")  # fmt: skip
    sent(as_(here.house.manager), at(here.programme, "/re-plan"), told)
    page = read(as_(here.house.member), at(here.programme))
    assert "Two phases" in page
    assert "Before: Four months" in page


def test_a_milestone_is_added_amended_and_reached(here: Planned) -> None:
    browser = as_(here.house.manager)
    page = read(browser, f"{HOME}/add/milestones?programme=transition")
    assert "When it is due" in page
    told = {"title": "Train everybody", "programme": "transition", "due": "2019-08",
            "depends_on": ["publish"], "takes": "5"}  # fmt: skip
    sent(browser, f"{HOME}/add/milestones", form(**told))
    made = Milestone.objects.get(key="train-everybody")
    assert (made.due, made.depends_on, made.takes, made.state) == (
        "2019-08", ["publish"], 5, "planned",
    )  # fmt: skip
    page = read(browser, f"{HOME}/rows/milestones/publish")
    assert "When it is due" not in page
    round_ = versioned(here.publish, title="Publish", programme="transition",
                       depends_on=["train-everybody"])  # fmt: skip
    page = sent(browser, f"{HOME}/rows/milestones/publish", round_, 422)
    assert "These would wait for each other for ever" in page
    sent(browser, at(made, "/reach"), versioned(made, done_on="March 2019", words=""))
    assert again(made).done_on == "2019-03"


# --- telling


def test_an_owner_writes_an_update_on_the_milestone(here: Planned) -> None:
    browser, address = as_(here.house.member), f"/plans/{here.publish.record.reference}/update"
    page = sent(browser, address, versioned(here.publish, words="Well"), 422)
    assert "Choose whether it is on track" in page
    told = versioned(here.publish, health="at risk", words="Health is late", forecast="July 2019")
    sent(browser, address, told)
    page = read(browser, at(here.programme))
    assert "At risk" in page
    assert "Now expected July 2019" in page
    assert as_(here.house.health).get(address).status_code == 403


def test_moves_need_their_reasons(here: Planned) -> None:
    browser, plan = as_(here.house.manager), f"/plans/{here.publish.record.reference}/move/delay"
    page = sent(browser, plan, versioned(here.publish, reason=""), 422)
    assert "Enter the reason" in page
    sent(browser, plan, versioned(here.publish, reason="Staff changed"))
    assert again(here.publish).state == "delayed"
    page = sent(browser, plan, versioned(here.publish, reason="Again"), 422)
    assert "You cannot delay" in page


# --- priorities, products, lessons, money


def test_a_priority_is_chosen_and_its_gate_decided(here: Planned) -> None:
    browser, gate = as_(here.house.manager), at(here.priority, f"/gates/{here.gate.key}")
    told = versioned(here.priority, body="executive", evidence="Six reviews")
    sent(browser, at(here.priority, "/choose"), told | day("chosen_on", DAY))
    told = versioned(here.priority, body="executive", outcome="no", reason="They differ")
    sent(browser, gate, told | day("decided_on", DAY))
    assert Gate.objects.get().outcome == "no"
    page = read(as_(here.house.member), at(here.priority))
    for words in ("They differ", "Six reviews", "It is not stated: a lead, a test of success"):
        assert words in page
    page = sent(browser, f"/plans/{here.priority.record.reference}/move/begin",
                versioned(here.priority, reason=""), 422)  # fmt: skip
    assert "It needs a lead and a test of success before it begins." in page
    told = versioned(here.priority, outcome="Fewer", again="no")
    sent(browser, at(here.priority, "/end"), told)
    assert again(here.priority).state == "done"


def test_a_product_is_accepted_by_whoever_is_named(here: Planned) -> None:
    chair, manager, product = as_(here.house.chair), as_(here.house.manager), here.product
    assert "Accept it" not in read(chair, at(product))
    sent(manager, at(product, "/hand-over"), versioned(product, words="On file"))
    assert "Accept it" in read(chair, at(product))
    assert "Accept it" not in read(manager, at(product))
    assert manager.get(at(product, "/accept")).status_code == 403
    sent(chair, at(product, "/send-back"), versioned(product, reason="Say who pays"))
    sent(manager, at(product, "/hand-over"), versioned(product, words=""))
    sent(chair, at(product, "/accept"), versioned(product, words="As agreed"))
    assert "by Chai Reed" in read(as_(here.house.member), at(product))


def test_a_lesson_is_written_and_linked_to_what_was_done(house: House, here: Planned) -> None:
    browser = as_(house.manager)
    told = {"kind": "challenge", "theme": "Time", "says": "Daily work", "programme": "transition"}
    sent(browser, f"{HOME}/add/lessons", form(**told))
    assert "1 of these without an answer" in read(browser, at(here.programme, "/lessons"))
    risk, address = house.risk(), at(here.programme, "/lessons/time")
    page = sent(browser, address, versioned(here.programme, record="HERE-R-0099", how="x"), 422)
    assert "There is no “HERE-R-0099” that you may open." in page
    sent(browser, address, versioned(here.programme, record=risk.reference, how="Kept as a risk"))
    assert Deed.objects.count() == 1
    assert "Kept as a risk" in read(as_(house.member), at(here.programme, "/lessons"))


def test_what_the_funder_is_owed_keeps_a_programme_open(here: Planned) -> None:
    browser = as_(here.house.manager)
    told = {"programme": "transition", "kind": "return", "what": "Send a return", "due": "2019-02"}
    sent(browser, f"{HOME}/add/obligations", form(**told))
    page = read(browser, at(here.programme, "/money"))
    assert "1 thing still owed" in page
    assert "Late" in page
    page = sent(browser, at(here.programme, "/close"), versioned(here.programme, words="Over"), 422)
    assert "still owed to the funder" in page
    sent(browser, at(here.programme, "/money/send-a-return"),
         versioned(here.programme, words="Sent"))  # fmt: skip
    assert "Nothing is owed to the funder any more." in read(browser, at(here.programme, "/money"))
    add(here.house, "lessons", "Ask early", kind="lesson", theme="T", programme=here.programme)
    sent(browser, at(here.programme, "/close"), versioned(here.programme, words="Over"))
    assert again(here.programme).state == "done"


# --- capacity and contracts


def test_what_a_post_has_time_for(house: House) -> None:
    browser, member = as_(house.manager), as_(house.member)
    capacity = "/partnership/here/capacity"
    assert "Nobody has said yet" in read(browser, capacity)
    need = a_need(house)
    room = {"post": "meg-member", "quarter": "Q2 2019", "halves": "2.25"}
    page = sent(browser, f"{HOME}/add/rooms", form(**room), 422)
    assert "no number of days" in page
    sent(browser, f"{HOME}/add/rooms", form(**room | {"halves": "2.5"}))
    page = read(browser, capacity)
    assert "1½ days short. No room for Write it." in page
    address = f"{capacity}/{need.key}"
    sent(browser, address, form(reason="Business as usual", seen_version=need.fingerprint))
    page = read(member, capacity)
    assert "It fits: 0 days of 2½ days." in page
    assert "Business as usual" in page
    page = sent(browser, address, form(reason="Mine", seen_version=need.fingerprint), 409)
    held = again(need)
    sent(browser, address, form(reason="Mine", seen_version=held.fingerprint), 422)
    assert again(need).set_aside_for == "Business as usual"
    sent(browser, f"{address}/again", form(seen_version=held.fingerprint))
    assert again(need).set_aside_on is None
    assert member.get(f"{address}/again").status_code == 403
    assert "Write it" in read(browser, f"{capacity}?year=nine")


@pytest.mark.parametrize("month", ["9999-12", "0001-01", "2019-13", "x", "2199-12", "1900-01"])
def test_any_month_in_the_address_is_answered(here: Planned, month: str) -> None:
    read(as_(here.house.member), at(here.programme, f"/highlights?month={month}"))


def test_what_is_done_is_offered_no_state_to_amend(here: Planned) -> None:
    browser = as_(here.house.manager)
    assert "How far it is" in read(browser, f"{HOME}/add/programmes")
    assert "How far it is" not in read(browser, f"{HOME}/rows/programmes/transition")


def test_milestones_of_other_programmes_are_not_offered(house: House, here: Planned) -> None:
    other = add(house, "programmes", "Hub", state="planned")
    add(house, "milestones", "Choose a site", programme=other)
    browser = as_(house.manager)
    assert "Choose a site" not in read(browser, f"{HOME}/rows/milestones/publish")
    assert "Choose a site" in read(browser, f"{HOME}/add/milestones?programme=hub")
    assert "Choose a site" not in read(browser, f"{HOME}/add/milestones?programme=transition")


def test_what_is_late_and_what_is_abandoned_is_said_in_words(here: Planned) -> None:
    operations.move_on(
        here.house.manager.actor, thing=here.draft, verb="abandon", reason="No money"
    )
    page = read(as_(here.house.member), at(here.publish))
    assert "(abandoned)" in page
    assert "(reached)" not in page


def test_somebody_is_looked_for_and_found(house: House) -> None:
    browser, step = as_(house.manager), "/partnership/here/appointments/analyst"
    held = add(house, "appointments", "Analyst", state="planned")
    page = read(browser, HOME)
    assert "1 post or service still to be filled." in page
    told = form(how="An advert", seen_version=held.fingerprint)
    sent(browser, f"{step}/seek", told)
    page = sent(browser, f"{step}/give-up", form(reason="No", seen_version=held.fingerprint), 409)
    assert "An advert" in page
    now = again(held).fingerprint
    page = sent(browser, f"{step}/fill", form(from_text="May 2019", seen_version=now), 422)
    assert "still to come" in page
    told = form(from_text="March 2019", until="April 2019", seen_version=now)
    sent(browser, f"{step}/fill", told)
    member = as_(house.member)
    page = read(member, HOME)
    assert "Ends soon" in page
    assert "Say that it is filled" not in page
    assert member.get(f"{step}/seek").status_code == 403
    for path in (f"{step}/fly", "/partnership/here/appointments/nobody/seek"):
        assert browser.get(path).status_code == 404


def test_days_are_claimed_and_approved_on_a_contract(house: House) -> None:
    """A claim that is wrong is withdrawn by whoever made it, or refused by another."""
    browser, contract = as_(house.manager), a_contract(house)
    assert "1 contract. None ends soon." in read(browser, "/partnership/here/contracts")
    sent(browser, at(contract, "/order"), versioned(contract, number="PO-7"))
    member = as_(house.member)
    told = versioned(contract, days="2.5", what="Read") | day("worked", DAY)
    page = sent(member, at(contract, "/claim"), told | form(days="99"), 422)
    assert "Only 8 days of the agreed days are left." in page
    sent(member, at(contract, "/claim"), told)
    claim = Claim.objects.get()
    assert claim.halves == 5
    address = at(contract, f"/claims/{claim.pk}")
    assert member.get(address).status_code == 403
    assert member.get(f"{address}/refuse").status_code == 403
    assert "Withdraw" in read(member, at(contract))
    sent(member, f"{address}/withdraw", form(reason=""), 422)
    sent(member, f"{address}/withdraw", form(reason="Typed wrong"))
    assert "Typed wrong" in read(member, at(contract))
    sent(member, at(contract, "/claim"), versioned(contract, days="1", what="Met")
         | day("worked", DAY))  # fmt: skip
    wrong = Claim.objects.get(halves=2)
    sent(browser, at(contract, f"/claims/{wrong.pk}/refuse"), form(reason="Not agreed"))
    sent(member, at(contract, "/claim"), versioned(contract, days="2.5", what="Read again")
         | day("worked", DAY))  # fmt: skip
    claim = Claim.objects.get(what="Read again")
    sent(browser, at(contract, f"/claims/{claim.pk}"), form())
    page = read(member, at(contract))
    assert "Not agreed" in page
    for words in ("2½ days of 8 days claimed, 5½ days left.", "£1,250"):
        assert words in page
    told = versioned(contract, until="2019-12", more="2", reason="More to do")
    sent(browser, at(contract, "/renew"), told)
    sent(browser, at(contract, "/end"), versioned(contract, reason="Done early"))
    assert "Ended" in read(member, at(contract))


def test_every_kind_of_row_has_a_form_to_add_and_amend(house: House, here: Planned) -> None:
    browser = as_(house.manager)
    rows = {
        "programmes": {"title": "Second", "amount": "£12,000.50"},
        "priorities": {"title": "Neglect", "aims": "One\nTwo"},
        "workstreams": {"title": "Strand", "programme": "transition", "lead": "posts:meg-member"},
        "phases": {"title": "First", "programme": "transition", "months": "4"},
        "products": {"title": "Leaflet", "programme": "transition", "contents": "A\nB"},
        "appointments": {"title": "Lead", "date": "August 2018"},
        "events": {"title": "Inspection", "date": "July 2018", "by": "Ofsted"},
        "gates": {"priority": "missing-children", "question": "Go on?"},
        "learning_cycles": {"theme": "Neglect", "model": "deep dive", "lead": "posts:meg-member",
                            "priority": "missing-children", "run_by": "areas:heath",
                            "to_text": "June 2019"},
        "cycle_members": {"cycle": "neglect", "post": "meg-member", "part": "leads"},
        "cycle_works": {"cycle": "neglect", "sort": "session", "what": "A morning"},
        "cycle_findings": {"cycle": "neglect", "says": "Late", "suggests": "Call"},
        "contracts": {"title": "Reviewer", "service": "reviewer", "supplier": "Ada", "agreed": "4"},
        "needs": {"title": "Draft", "post": "meg-member", "quarter": "2019-Q2", "halves": "3",
                  "worth": "must", "milestone": "draft"},
    }  # fmt: skip
    for kind, told in rows.items():
        sent(browser, f"{HOME}/add/{kind}", form(**told))
        page = sent(browser, f"{HOME}/add/{kind}", form(), 422)
        assert "There is a problem" in page
        row = queries.rows_of(house.manager.actor, house.here, kind).order_by("-pk").first()
        keys = {row.key for row in queries.rows_of(house.manager.actor, house.here, kind)}
        for key in keys:
            read(browser, f"{HOME}/rows/{kind}/{key}")
        assert row is not None
    read(browser, HOME)
    read(browser, at(here.programme))


def test_a_stale_word_is_said_to_be_stale(here: Planned) -> None:
    operations.tell(
        here.house.manager.actor, thing=here.programme, health=Health.ON_TRACK, words="All is well"
    )
    page = read(as_(here.house.member), at(here.programme))
    assert "All is well" in page
    assert "days old" not in page


# --- the workbook


def carried(page: str) -> str:
    found = re.search(r'name="carried"[^>]*value="([^"]+)"', page)
    assert found
    return found.group(1)


def brought(browser: Any, here: Planned, filled: Any) -> str:
    """The page that shows what a workbook would change."""
    file = SimpleUploadedFile("roadmap.xlsx", filled.data)
    address = at(here.programme, "/workbook/round")
    return str(browser.post(address, form(file=file)).content.decode())


def test_a_workbook_comes_back_looked_at_first(here: Planned) -> None:
    browser = as_(here.house.manager)
    assert "No workbook has come back yet" in read(browser, at(here.programme, "/workbook/round"))
    filled = given_out(here.house.manager.actor, here.programme)
    filled.put(here.publish.record.reference, due="20 June 2019", why="Late", agreed="Executive")
    page = brought(browser, here, filled)
    assert "20 June 2019" in page
    assert again(here.publish).due == "2019-06"
    sent(browser, at(here.programme, "/workbook/take-in"), form(carried=carried(page)))
    assert again(here.publish).due == "2019-06-20"
    page = read(browser, at(here.programme, "/workbook/round"))
    assert "Roadmap workbook as it came back" in page


def test_a_workbook_with_a_wrong_cell_is_told_by_the_cell(here: Planned) -> None:
    browser = as_(here.house.manager)
    filled = given_out(here.house.manager.actor, here.programme)
    filled.put(here.publish.record.reference, due="31 April 2019", why="Late", agreed="Executive")
    filled.put(here.draft.record.reference, reached="March 2019")
    page = brought(browser, here, filled)
    assert "There is no 31 April 2019" in page
    assert "Roadmap!J3" in page
    assert "There is nothing to take over" in page
    assert again(here.draft).state == "planned"
    member = as_(here.house.member)
    for tail in ("/workbook/round", "/workbook/take-in"):
        assert member.get(at(here.programme, tail)).status_code == 403

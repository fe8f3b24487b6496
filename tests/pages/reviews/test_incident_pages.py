"""Serious incidents as people tell, notify, review, decide and sign them."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from concordat.domain.base.clocks import operations as clocks
from concordat.domain.base.clocks.rules import LONDON
from concordat.domain.base.requests.models import Request
from concordat.domain.practice.chronologies import operations as chronologies
from concordat.domain.practice.chronologies.operations import Terms
from concordat.domain.practice.reviews import operations, queries
from concordat.domain.practice.reviews.models import Incident
from concordat.domain.practice.reviews.operations import Commission
from concordat.domain.practice.reviews.rules import View, Weight
from concordat.domain.practice.reviews.rules.papers import NOTIFICATION, questions
from tests.operations.mail.cast import DAY, LOADER
from tests.operations.reviews.examples import Ward, again, stage, version
from tests.pages.mail.test_guest_pages import come_in, letter
from tests.pages.people.browsing import client, day, form
from tests.pages.seats.looking import post, read, told
from tests.pages.signed_in import as_
from tests.walls import behind_the_wall

ONE = "/incidents/HERE-SI-0001"
KNOWN = datetime(2019, 3, 29, 9, 30, tzinfo=LONDON)


def _tells(ward: Ward, **more: Any) -> dict[str, Any]:
    asked = {
        "area": str(ward.new.pk),
        "happened_on": "28 March 2019",
        "known_time": "09:30",
        "belief": "suspected",
        "belief_on": "Bruises that do not fit",
        "harm": "seriously harmed",
        "harm_on": "Two fractures",
        "age": "0",
        "home": "england",
        "home_name": "Hackney",
        **day("known_on", DAY),
    }
    return asked | more


def _told(ward: Ward, area: Any = None) -> Incident:
    return operations.tell(
        ward.actor("member", DAY), partnership=ward.house.here, area=area or ward.new,
        facts=ward.facts(known_at=KNOWN),
    )  # fmt: skip


def _notified(ward: Ward, area: Any = None) -> Incident:
    row = _told(ward, area)
    return operations.notify(ward.actor("council", DAY), incident=row, sent_at=KNOWN)


def test_a_list_with_nothing_in_it(ward: Ward) -> None:
    page = read(as_(ward.house.manager), "/incidents")
    assert "There is no incident that you may open." in page
    assert "Ask somebody to tell one" in page
    page = read(as_(ward.house.member), "/incidents")
    assert "Tell of an incident" in page
    assert "Ask somebody to tell one" not in page
    assert as_(ward.house.outsider).get("/incidents/tell").status_code == 200


def test_a_member_tells_and_the_council_finds_it(ward: Ward) -> None:
    member = as_(ward.house.member)
    bad = member.post("/incidents/tell", form(**_tells(ward, known_time="ten", belief_on="")))
    page = told(bad, 422)
    assert "Write the time of day like 16:10" in page
    assert "Two fractures" in page, "what was typed is kept"
    answer = member.post("/incidents/tell", form(**_tells(ward, belief_on="")))
    assert "Say on what evidence" in told(answer, 422)
    answer = post(member, "/incidents/tell", **_tells(ward))
    assert answer.url == "/incidents", "whoever tells it may not open it"
    assert member.get(ONE).status_code == 404
    page = read(as_(ward.house.council), ONE)
    assert "Heron" in page
    assert "Hackney" in page
    assert "Who notifies" in page
    assert "have to agree which partnership leads" in page
    assert "Record the notification" in page


@pytest.mark.parametrize("who", ["outsider", "chair", "member"])
def test_others_find_nothing(ward: Ward, who: str) -> None:
    _notified(ward)
    browser = as_(getattr(ward.house, who))
    for address in (ONE, f"{ONE}/notify", f"{ONE}/papers/notification", f"{ONE}/sign"):
        assert browser.get(address).status_code == 404, address
    assert "HERE-SI-0001" not in read(browser, "/incidents")


def test_it_is_amended_said_and_notified(ward: Ward) -> None:
    row = _told(ward)
    council = as_(ward.house.council)
    page = read(council, f"{ONE}/amend")
    assert "Bruises that do not fit the account" in page
    changed = _tells(ward, known_time="08:00", reason="", seen_version=version(row))
    del changed["area"]
    assert "Say why the council knew" in told(council.post(f"{ONE}/amend", form(**changed)), 422)
    post(council, f"{ONE}/amend", **changed | {"reason": "The duty team"})
    police = as_(ward.police)
    post(police, f"{ONE}/say", of="notifying", agency=str(ward.force.pk), view="disagrees",
         reason="No crime is known", seen_version=version(row))  # fmt: skip
    assert police.get(f"{ONE}/notify").status_code == 403
    when = day("sent_on", DAY)
    early = council.post(
        f"{ONE}/notify", form(sent_time="07:00", seen_version=version(row), **when)
    )
    assert "before the council knew" in told(early, 422)
    post(council, f"{ONE}/notify", sent_time="15:00", number="N-7", seen_version=version(row),
         **when)  # fmt: skip
    page = read(council, ONE)
    assert "under number N-7" in page
    assert "No crime is known" in page
    assert "Day plan" in page
    assert 'value="15:00"' in read(council, f"{ONE}/notice")
    assert police.get(f"{ONE}/notice").status_code == 403
    post(council, f"{ONE}/notice", sent_time="15:10", number="N-7", reason="The receipt",
         seen_version=version(row), **when)  # fmt: skip
    page = read(council, ONE)
    assert "Put right when it was notified" in page
    assert "15:10" in page
    page = read(council, f"{ONE}/papers/notification")
    assert "Here Police disagrees" in page
    for ending in ("docx", "pdf", "md", "html"):
        answer = council.get(f"{ONE}/papers/notification.{ending}")
        assert answer.status_code == 200
        assert "attachment" in answer["Content-Disposition"]
    assert council.get(f"{ONE}/papers/nothing").status_code == 404
    assert council.get(f"{ONE}/papers/notification.exe").status_code == 404


def test_two_at_once_are_shown_both_texts(ward: Ward) -> None:
    row = _told(ward)
    seen = version(row)
    facts = ward.facts(known_at=KNOWN, belief_on="Theirs")
    operations.amend(ward.actor("council", DAY), incident=row, facts=facts)
    changed = _tells(ward, belief_on="Mine", reason="", seen_version=seen)
    del changed["area"]
    page = told(as_(ward.house.council).post(f"{ONE}/amend", form(**changed)), 409)
    assert "Theirs" in page
    assert "Mine" in page


def test_it_is_reviewed_decided_signed_and_sent(ward: Ward) -> None:
    row = _notified(ward)
    manager = as_(ward.house.manager)
    here = ward.house
    post(manager, f"{ONE}/ask", requester=here.health.seat.record.reference,
         seats=[here.member.seat.record.reference], exact="Contacts since January",
         deliver_to="The administrator", seen_version=version(row),
         **day("due", date(2019, 4, 8)))  # fmt: skip
    assert "HERE-IR-0001" in read(manager, ONE)
    post(manager, f"{ONE}/content", seen_version=version(row), **{"RR-CONTENT-8": "They waited"})
    criteria = queries.criteria_of(LOADER, again(row))
    first = next(iter(criteria))
    health = as_(here.health)
    post(health, f"{ONE}/weigh", criterion=first, agency=str(ward.health.pk),
         weight="met", reason="As we see it", seen_version=version(row))  # fmt: skip
    asked = {"outcome": "local review", "why": "Each knew a part", "national": "no settled view"}
    reasons = {f"c_{key}": "Weighed" for key in criteria}
    answer = manager.post(f"{ONE}/decide", form(**asked, seen_version=version(row)))
    assert "Enter whether it is met, and why" in told(answer, 422)
    answer = manager.post(f"{ONE}/decide", form(**asked, **reasons, seen_version=version(row)))
    assert "Choose the meeting at which it was decided" in told(answer, 422)
    asked["without_panel"] = "By telephone, with all three"
    post(manager, f"{ONE}/decide", **asked, **reasons, seen_version=version(row))
    assert manager.get(f"{ONE}/sign").status_code == 403
    others = {here.council: as_(here.council), here.health: health, ward.police: as_(ward.police)}
    for sitter, browser in others.items():
        page = read(browser, f"{ONE}/sign")
        assert "Each knew a part" in page
        held = queries.decision_of(LOADER, row)
        assert held
        post(browser, f"{ONE}/sign", seat=sitter.seat.record.reference, digest=held.digest)
    post(manager, f"{ONE}/send", without="", seen_version=version(row), **day("sent_on", DAY))
    post(manager, f"{ONE}/reply", reply="queries", words="Why no national review?",
         seen_version=version(row), **day("came_on", DAY))  # fmt: skip
    post(manager, f"{ONE}/stand", reason="It is local", seen_version=version(row))
    page = read(manager, ONE)
    assert "It is local" in page
    for name in ("rapid-review", "nhs-return"):
        assert "Heron" in read(manager, f"{ONE}/papers/{name}")
    assert "They waited" in read(manager, f"{ONE}/papers/rapid-review")


def test_each_criterion_has_its_source_and_what_each_partner_says(ward: Ward) -> None:
    row = _notified(ward)
    clocks.set_local_rule(LOADER, partnership=ward.house.here, row=LOCAL)
    page = read(as_(ward.house.health), f"{ONE}/criteria")
    assert re.search(r'Criteria <span class="c-count">8</span>', page)
    assert not re.search(r"<h2[^>]*>Not verified", page)
    law, rest = page.split("Nobody has compared these with the text yet", 1)
    remembered, ours = rest.split("No law asks for them", 1)
    assert "themes recur" in law.lower()
    assert "SI 2018/789 reg 11" in law
    assert "institutional settings" in remembered
    assert "Regulations (not verified)" in remembered
    assert "Is the family new to the borough" in ours
    assert "Local practice" in ours
    for who, weight in (("health", "met"), ("police", "not met"), ("health", "partly met")):
        _weigh(ward, row, who, weight)
    council = as_(ward.house.council)
    page = read(council, f"{ONE}/criteria")
    assert "divided on 1 of 8" in page
    assert page.index("health says partly met") < page.index("police says not met")
    assert "What was said before" in page
    assert "health says met" in page
    assert "Nothing said: Here Council" in page
    assert "Weigh this" in page
    assert "health says met" not in read(council, ONE), "the page tells the last"


LOCAL = {
    "id": "OUR-CRIT", "title": "Our own criteria", "duty": "Weigh these too.",
    "kind": "checklist", "adds_to": "LC-CRIT", "who": "safeguarding partners",
    "source": "Executive, 4 March 2019", "in_force_from": date(2019, 1, 1), "force": "local",
    "regime": "general", "conf": "S",
    "items": [{"id": "OUR-CRIT-1", "text": "is the family new to the borough"}],
}  # fmt: skip


def _weigh(ward: Ward, row: Incident, who: str, weight: str) -> None:
    agency = {"health": ward.health, "police": ward.force}[who]
    operations.weigh(
        ward.actor(who, DAY), incident=row, criterion=next(iter(queries.criteria_of(LOADER, row))),
        agency=agency, weight=Weight(weight), reason=f"{who} says {weight}",
    )  # fmt: skip


def test_a_decision_stands_beside_what_each_partner_thinks_of_it(ward: Ward) -> None:
    row = _notified(ward)
    ward.decided(row, on=DAY, dissent="The police would have gone further")
    operations.say(
        ward.actor("police", DAY), incident=row, of="decision", agency=ward.force,
        view=View.DISAGREES, reason="A national theme",
    )  # fmt: skip
    manager = as_(ward.house.manager)
    page = read(manager, f"{ONE}/criteria")
    assert "The police would have gone further" in page
    assert "Here Police disagrees" in page
    assert "A national theme" in page
    assert "A national theme" in read(manager, ONE)


def test_the_sum_of_a_clock_and_why_its_start_was_changed(ward: Ward) -> None:
    row = _told(ward)
    council = as_(ward.house.council)
    before = read(council, ONE)
    assert "Verified" in before
    assert "5 working days" in before
    assert "Start date changed" not in before
    facts = ward.facts(known_at=KNOWN.replace(day=27))
    operations.amend(
        ward.actor("council", DAY), incident=row, facts=facts, reason="The night team knew"
    )
    page = read(council, ONE)
    assert "Start date changed to" in page
    assert "Why: The night team knew" in page


def test_the_day_plan_tells_how_far_each_step_has_come(ward: Ward) -> None:
    row = _notified(ward)
    manager = as_(ward.house.manager)
    assert "Nobody was asked" in read(manager, ONE)
    operations.ask_agencies(
        ward.actor("manager", DAY), incident=row, requester=ward.house.health.seat,
        seats=[ward.house.member.seat, ward.police.seat], exact="Contacts", deliver_to="Us",
        due=date(2019, 4, 8),
    )  # fmt: skip
    page = read(manager, ONE)
    assert "2 asked" in page
    assert "0 of 2 answered" in page
    assert "no receipt" in page
    assert "Late" not in page
    with behind_the_wall():
        Request.objects.update(due=DAY - timedelta(days=1))
    page = read(manager, ONE)
    assert "0 of 2 answered and 2 late" in page
    assert page.count("Late") == 2
    acts = re.findall(r'href="/incidents/HERE-SI-0001/([a-z-]+)"', page)
    assert next(each for each in acts if each != "criteria") == "panel", "what comes next leads"


def test_what_there_is_of_the_same_case(ward: Ward) -> None:
    row = _notified(ward)
    manager = as_(ward.house.manager)
    page = read(manager, ONE)
    assert "/chronologies/open?about=HERE-SI-0001" in page
    assert "Begin the review that was decided" not in page
    ward.decided(row, on=DAY)
    assert "/reviews/begin?origin=HERE-SI-0001" in read(manager, ONE)
    begin = read(manager, "/reviews/begin?origin=HERE-SI-0001")
    assert "Three agencies each knew a part" in begin, "what was decided need not be typed again"
    assert re.search(rf'<option value="{ward.new.key}"[^>]* selected', begin)
    assert f'value="{DAY.year}"' in begin
    other = read(manager, "/reviews/begin?origin=HERE-SI-0099")
    assert "Three agencies" not in other
    assert "/reviews/begin?origin=" not in read(as_(ward.house.council), ONE)
    review = operations.commission(
        ward.actor("manager", DAY), partnership=ward.house.here,
        told=Commission(title="Heron", group=ward.house.board, area=ward.new, why="Decided",
                        origin=row.record, decided_on=DAY),
    )  # fmt: skip
    held = chronologies.open_chronology(
        ward.actor("manager", DAY), partnership=ward.house.here, about=row.record,
        terms=Terms(title="Heron", first=date(2018, 1, 1), last=DAY),
    )  # fmt: skip
    page = read(manager, ONE)
    assert f"Review {review.record.reference}" in page
    assert f"Chronology {held.record.reference}" in page
    assert "Begin the review that was decided" not in page


def test_an_old_board_has_its_own_words(ward: Ward) -> None:
    _notified(ward, ward.old)
    manager = as_(ward.house.manager)
    page = read(manager, ONE)
    assert "Old board’s rules" in page
    assert "Waits for the chair of the old board" in page
    assert "chair decides about a serious case review" in page
    assert "Working Together 2015 ch.4 (not verified)" in page
    assert "Have the chair of the old board decide" in page
    page = read(manager, f"{ONE}/decide")
    assert "A serious case review of the old board" in page
    assert "A local child safeguarding practice review" not in page


def test_the_national_form_is_answered_before_and_after_it_goes_out(ward: Ward) -> None:
    row = _told(ward)
    council = as_(ward.house.council)
    first, second = [each.key for each in questions(NOTIFICATION)][-2:]
    open_ = read(council, f"{ONE}/papers/notification")
    assert open_.count("Not answered yet") == len(NOTIFICATION) + 1
    before = _left(open_)
    assert f'href="{ONE}/form">Answer the national form</a>' in open_
    assert f'href="{ONE}/form"' not in read(as_(ward.house.health), f"{ONE}/papers/notification")
    post(council, f"{ONE}/form", seen_version=version(row), **{first: "Asked of the nursery"})
    assert _left(read(council, f"{ONE}/papers/notification")) == before - 1
    assert again(row).form[first] == "Asked of the nursery"
    row = operations.notify(ward.actor("council", DAY), incident=row, sent_at=KNOWN)
    sent = read(council, f"{ONE}/papers/notification")
    assert "Asked of the nursery" in sent
    assert _left(sent) == before - 1
    assert f'href="{ONE}/form"' not in sent, "no answer changes what went out"
    post(council, f"{ONE}/form", seen_version=version(row), **{second: "Known since"})
    assert "Known since" in read(council, f"{ONE}/form")
    assert "Known since" not in read(council, f"{ONE}/papers/notification"), "as it went out"


def _left(page: str) -> int:
    told = re.search(r"(\d+) of \d+ are not answered yet\.", page)
    assert told
    return int(told[1])


def test_the_chair_of_the_old_board_reads_and_signs(ward: Ward) -> None:
    row = _notified(ward, ward.old)
    held = ward.decided(row, on=DAY)
    chair = as_(ward.board_chair)
    assert f"{ONE}/sign" in read(chair, ONE)
    assert "Three agencies each knew a part" in read(chair, f"{ONE}/sign")
    seat = ward.board_chair.seat.record.reference
    post(chair, f"{ONE}/sign", seat=seat, digest=held.digest)
    assert held.signatures.exists()
    assert chair.get(f"{ONE}/decide").status_code == 403


def test_another_council_leads_and_reads_the_head_alone(ward: Ward) -> None:
    row = _told(ward)
    manager = as_(ward.house.manager)
    page = told(manager.post(f"{ONE}/pass-on", form(reason="", where="", cut="summary")), 422)
    assert "Enter the reason" in page
    post(manager, f"{ONE}/pass-on", where=str(ward.theirs.pk), cut="summary",
         reason="It was in Poplar", seen_version=version(row))  # fmt: skip
    outsider = as_(ward.house.outsider)
    page = read(outsider, ONE)
    assert "Poplar" in page
    assert "Two fractures" not in page
    assert "HERE-SI-0001" in page
    for hidden in ("papers/notification", "criteria"):
        assert outsider.get(f"{ONE}/{hidden}").status_code == 404
    assert "Take over the lead" in page
    page = read(outsider, f"{ONE}/take-over")
    assert "1 May 2019" in page
    assert "Heron" not in page
    bad = outsider.post(f"{ONE}/take-over", form(known_time="ten", seen_version=version(row)))
    assert "Write the time of day like 16:10" in told(bad, 422)
    assert manager.get(f"{ONE}/take-over").status_code == 403


def test_a_named_person_tells_it_by_a_link(ward: Ward) -> None:
    manager = as_(ward.house.manager)
    page = told(manager.post("/incidents/await", form(name="", email="nobody")), 422)
    assert "Error: " in page
    asked = {"partnership": ward.house.here.reference, "name": "Nell Nurse",
             "agency": ward.health.record.reference}  # fmt: skip
    private = manager.post("/incidents/await", form(**asked, email="nell@gmail.com"))
    assert "gmail.com gives mailboxes to anybody" in told(private, 422)
    post(manager, "/incidents/await", partnership=ward.house.here.reference, name="Nell Nurse",
         email="nell@trust.example.org", agency=ward.health.record.reference)  # fmt: skip
    assert "was asked to tell it by a link" in read(manager, ONE)
    guest = client()
    found = re.search(r"http://testserver(/guest/\S+)", letter("guest link"))
    assert found
    come_in(guest, found[1])
    page = read(guest, "/guest")
    assert f'href="{ONE}/tell"' in page
    assert "See its documents" not in page
    assert "Nell Nurse is asked" not in page
    page = read(guest, ONE)
    assert "Tell it" in page
    assert "You are asked to tell it." in page
    assert "Heron" not in page
    read(guest, f"{ONE}/tell")
    seen = version(Incident.objects.get())
    answer = guest.post(f"{ONE}/tell", form(**_tells(ward), seen_version=seen))
    assert "Thank you" in told(answer)
    assert stage(Incident.objects.get()).value == "told"
    assert guest.get(ONE).status_code != 200, "the link has done what it was for"


def test_the_link_opens_nothing_once_somebody_else_has_told_it(ward: Ward) -> None:
    manager = as_(ward.house.manager)
    post(manager, "/incidents/await", partnership=ward.house.here.reference, name="Nell Nurse",
         email="nell@trust.example.org", agency=ward.health.record.reference)  # fmt: skip
    council = as_(ward.house.council)
    assert council.get(ONE).status_code == 404, "no area is known yet"
    guest = client()
    found = re.search(r"http://testserver(/guest/\S+)", letter("guest link"))
    assert found
    come_in(guest, found[1])
    assert "Tell it" in read(guest, ONE)
    row = Incident.objects.get()
    post(manager, f"{ONE}/tell", **_tells(ward), seen_version=version(row))
    assert "Two fractures" in read(council, ONE)
    assert guest.get(ONE).status_code != 200


def test_an_incident_leads_to_the_review_and_the_chronology_that_follow(ward: Ward) -> None:
    row = _told(ward)
    manager = ward.actor("manager", DAY)
    review = operations.commission(
        manager, partnership=ward.house.here,
        told=Commission(title="Wren", why="C3", decided_on=DAY, group=ward.house.board,
                        origin=row.record, statutory=False),
    )  # fmt: skip
    made = chronologies.open_chronology(
        manager,
        partnership=ward.house.here,
        about=row.record,
        terms=Terms(title="Wren", first=DAY, last=DAY),
    )
    browser = as_(ward.house.manager)
    page = read(browser, ONE)
    assert f'href="/reviews/{review.record.reference}"' in page
    assert f'href="/chronologies/{made.record.reference}"' in page
    assert f'href="{ONE}"' in read(browser, f"/reviews/{review.record.reference}")

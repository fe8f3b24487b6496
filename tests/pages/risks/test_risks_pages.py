"""Registers, their maps and movement, and risks as each person sees and changes them."""

from __future__ import annotations

import re
from html import unescape

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from concordat.domain.governance.meetings.rules.life import Purpose
from concordat.domain.governance.risks import operations, queries
from concordat.domain.governance.risks.models import Acceptance, Register, Risk
from concordat.domain.governance.risks.rules.life import Which
from concordat.kernel.sensitivity import Sensitivity
from tests.operations.actions.workbooks import Filled
from tests.operations.mail.cast import DAY, LOADER
from tests.operations.risks.examples import JUNE, Desk, asked
from tests.pages.people.browsing import day, form
from tests.pages.seats.looking import post, read
from tests.pages.seats.looking import told as page_of
from tests.pages.signed_in import as_

NO_DAY = {f"on-{part}": "" for part in ("day", "month", "year")}


def told(page: str) -> str:
    """What a page says, without its tags."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", page)).split()).replace(" .", ".")


def sent(browser: Client, address: str, status: int = 302, **answers: object) -> str:
    """What came of a form: the page that it leads to, or the form again."""
    answer = post(browser, address, status, **answers)
    return read(browser, answer.url) if status == 302 else page_of(answer, status)


def at(risk: Risk, tail: str = "") -> str:
    return f"/risks/{risk.record.reference}{tail}"


def on(register: Register, tail: str = "") -> str:
    return f"/risk-registers/{register.record.reference}{tail}"


def test_a_partnership_sees_its_registers_and_the_heaviest_of_each(here: Desk) -> None:
    here.raised(here.below)
    page = told(read(as_(here.room.house.member), "/partnership/here/risks"))
    assert "Executive register" in page
    assert "5 by 5, multiplied" in page
    assert "The analyst post stays empty" in page
    assert "1 open; 1 without an owner." in page
    assert "Open a register" not in page
    assert "Thresholds differ between the boroughs" in page, "it is the member’s own"


def test_an_outsider_finds_nothing(here: Desk) -> None:
    outsider = as_(here.room.house.outsider)
    for address in (at(here.risk), on(here.above), on(here.above, "/map"), at(here.risk, "/score")):
        read(outsider, address, 404)


def test_a_member_reads_and_raises_and_decides_nothing(here: Desk) -> None:
    member = as_(here.room.house.council)
    page = told(read(member, at(here.risk)))
    assert "MEDIUM likelihood, HIGH impact. Meg Member owns it." in page
    assert "What you may do" not in page
    assert "Raise a risk" in read(member, on(here.above))
    for tail in ("/score", "/review", "/change", "/owner", "/accept", "/close", "/move", "/agenda"):
        read(member, at(here.risk, tail), 403)


def test_the_list_shows_scores_trend_owner_and_controls(here: Desk) -> None:
    here.raised()
    manager = as_(here.room.house.manager)
    page = told(read(manager, on(here.above)))
    assert "2 open; 1 without an owner." in page
    assert "MEDIUM / HIGH" in page
    assert "First scored this quarter" in page
    assert "2 not judged" in page
    assert "No owner" in page
    narrowed = told(read(manager, on(here.above, "?wanting=no+owner")))
    assert "The analyst post stays empty" in narrowed
    assert "Thresholds differ" not in narrowed
    none = told(read(manager, on(here.above, "?stage=closed")))
    assert "Thresholds differ" not in none


def test_a_restricted_risk_is_absent_from_list_and_map(here: Desk) -> None:
    risk = here.raised(title="What Heron showed", sensitivity=Sensitivity.RESTRICTED)
    member, chair = as_(here.group_chair), as_(here.room.house.chair)
    read(member, at(risk), 403)
    for tail in ("", "/map", "/movement"):
        assert "Heron" not in read(member, on(here.above, tail))
        assert "Heron" in read(chair, on(here.above, tail))


# --- scoring


def test_a_risk_that_rose_says_to_which_body_it_is_suggested(here: Desk) -> None:
    member = as_(here.room.house.council)
    assert "Suggested for an agenda" not in read(member, at(here.risk))
    operations.score(
        here.owner, risk=here.risk, likelihood="HIGH", impact="HIGH", reason="Two came back"
    )
    page = told(read(member, at(here.risk)))
    assert "Suggested for an agenda" in page
    assert "It was MEDIUM / HIGH and is HIGH / HIGH. Two came back" in page


def test_the_owner_scores_in_the_words_of_the_register(here: Desk) -> None:
    owner = as_(here.room.house.member)
    assert "In the scheme of its register: LOW, MEDIUM and HIGH" in told(
        read(owner, at(here.risk, "/score"))
    )
    typed = {"which": "current", "likelihood": "HIGH", "impact": "HIGH", "reason": "Two more"}
    page = told(sent(owner, at(here.risk, "/score"), **typed, **NO_DAY))
    assert "The score is recorded, with its reason." in page
    assert here.now().said(Which.CURRENT) == ("HIGH", "HIGH")


def test_a_score_without_a_reason_is_refused_and_keeps_what_was_chosen(here: Desk) -> None:
    owner = as_(here.room.house.member)
    typed = {"which": "current", "likelihood": "HIGH", "impact": "HIGH", "reason": ""}
    page = sent(owner, at(here.risk, "/score"), 422, **typed, **NO_DAY)
    assert "Enter the reason" in told(page)
    assert 'value="HIGH" checked' in " ".join(page.split())
    assert here.now().said(Which.CURRENT) == ("MEDIUM", "HIGH")


def test_a_score_outside_the_scheme_is_refused(here: Desk) -> None:
    typed = {"which": "current", "likelihood": "4 Likely", "impact": "HIGH", "reason": "x"}
    page = sent(as_(here.room.house.member), at(here.risk, "/score"), 422, **typed, **NO_DAY)
    assert "Choose likelihood from the list" in told(page)


def test_two_who_score_at_once_see_both(here: Desk) -> None:
    seen = here.now().record.version
    operations.score(here.owner, risk=here.risk, likelihood="LOW", impact="LOW", reason="Calmer")
    typed = {"which": "current", "likelihood": "HIGH", "impact": "HIGH", "reason": "Worse"}
    page = sent(
        as_(here.room.house.manager),
        at(here.risk, "/score"),
        409,
        seen_version=seen,
        **typed,
        **NO_DAY,
    )
    assert "HIGH / HIGH" in told(page)
    assert "LOW / LOW" in told(page)
    assert "Calmer" in told(page)


def test_controls_are_added_judged_and_ended(here: Desk) -> None:
    owner = as_(here.room.house.member)
    added = {"words": "A shared panel", "working": "not judged", "why": ""}
    sent(owner, at(here.risk, "/controls/add"), **added)
    control = queries.controls(here.owner, [here.risk]).last()
    assert control is not None
    address = at(here.risk, f"/controls/{control.pk}")
    page = sent(owner, address, 422, working="not working", why="")
    assert "Enter how you know" in told(page)
    sent(owner, address, working="partly working", why="It met once")
    assert "Partly working" in told(read(owner, at(here.risk)))
    sent(owner, f"{address}/end", reason="It never met again")
    assert "A shared panel" not in here.now().mitigations
    read(owner, at(here.risk, "/controls/0"), 404)


def test_a_review_sets_the_next_day(here: Desk) -> None:
    owner = as_(here.room.house.member)
    page = sent(owner, at(here.risk, "/review"), 422, words="No change", **day("next_on", DAY))
    assert "is not still to come" in told(page)
    sent(owner, at(here.risk, "/review"), words="No change", **day("next_on", JUNE))
    assert here.now().review_day == JUNE
    assert asked(here.risk) == []


# --- decided by the body


def test_the_chair_accepts_it_for_a_time_and_ends_that(here: Desk) -> None:
    chair = as_(here.room.house.chair)
    approver = here.room.house.council.seat.record.reference
    typed = {"approver": approver, "reason": "Until the document is agreed", "decision": ""}
    page = sent(chair, at(here.risk, "/accept"), 422, **typed, **day("expires", DAY))
    assert "is not still to come" in told(page)
    wrong = typed | {"decision": "HERE-DE-0099"}
    page = sent(chair, at(here.risk, "/accept"), 422, **wrong, **day("expires", JUNE))
    assert "There is no “HERE-DE-0099” that you may open." in told(page)
    page = sent(chair, at(here.risk, "/accept"), **typed, **day("expires", JUNE))
    assert "Until 28 June 2019, by Colin Council, Heath council" in told(page)
    assert "accepted until 28 June 2019" in told(read(chair, on(here.above)))
    sent(chair, at(here.risk, "/accept/end"), reason="Worse")
    assert Acceptance.objects.get().end_reason == "Worse"


def test_the_owner_proposes_the_chair_keeps_closes_and_reopens(here: Desk) -> None:
    owner, chair = as_(here.room.house.member), as_(here.room.house.chair)
    sent(owner, at(here.risk, "/propose-to-close"), reason="Agreed in all boroughs")
    read(owner, at(here.risk, "/close"), 403)
    assert "It is proposed to close it" in read(chair, at(here.risk))
    sent(chair, at(here.risk, "/keep-open"), reason="One is missing")
    read(chair, at(here.risk, "/keep-open"), 403)
    sent(chair, at(here.risk, "/close"), reason="All agreed")
    assert "Its last day was 29 March 2019." in told(read(owner, at(here.risk)))
    read(owner, at(here.risk, "/score"), 403)
    assert "All agreed" in told(read(chair, on(here.above, "/movement")))
    sent(chair, at(here.risk, "/reopen"), reason="It came back")
    assert here.now().stage == "open"


# --- moved, put before, shared, tied


def test_escalated_it_is_scored_anew_and_the_chair_says_that_they_read_it(here: Desk) -> None:
    risk = here.raised(here.below)
    group = as_(here.group_chair)
    page = told(read(group, at(risk, "/move")))
    assert "Another scheme: it is scored anew" in page
    read(group, at(risk, f"/move/{here.there.record.reference}"), 404)
    address = at(risk, f"/move/{here.above.record.reference}")
    assert "a score is never converted" in told(read(group, address))
    page = sent(group, address, 422, reason="Beyond us")
    assert "Choose likelihood" in told(page)
    sent(group, address, likelihood="HIGH", impact="HIGH", reason="Beyond us")
    chair = as_(here.room.house.chair)
    assert "It came to your register" in read(chair, at(risk))
    sent(chair, at(risk, "/read"))
    assert "It came to your register" not in read(chair, at(risk))


def test_it_is_put_before_a_meeting(here: Desk) -> None:
    owner = as_(here.room.house.member)
    meeting = here.room.meeting.record.reference
    typed = {"meeting": meeting, "purpose": "decide", "minutes": "15", "reason": "Live with it?"}
    page = told(sent(owner, at(here.risk, "/agenda"), **typed))
    assert "It is proposed for the agenda." in page
    assert "Proposed" in page
    assert "Risk: Thresholds differ" in read(
        as_(here.room.house.chair), f"/meetings/{meeting}/agenda"
    )
    page = sent(owner, at(here.risk, "/agenda"), 422, **typed)
    assert "stands before that meeting already" in told(page)


def test_a_risk_is_shared_and_taken_in_and_each_scores_for_itself(here: Desk) -> None:
    manager, neighbour = as_(here.room.house.manager), as_(here.neighbour)
    there = here.room.house.there.reference
    sent(manager, at(here.risk, "/share"), partnership=there, reason="Common to both")
    page = told(read(neighbour, "/partnership/there/risks"))
    assert "Shared with you" in page
    assert "Take it into Their register" in page
    address = at(here.risk, f"/take-in/{here.there.record.reference}")
    typed = {"likelihood": "LOW", "impact": "HIGH", "reason": "Fewer here", "owner": ""}
    page = told(sent(neighbour, address, **typed))
    assert "Common to several partnerships" in page
    assert "MEDIUM likelihood, HIGH impact" in page
    assert "LOW likelihood, HIGH impact" in told(read(manager, at(here.risk)))
    read(neighbour, at(here.risk, "/score"), 403)


def test_it_is_tied_to_a_record_and_untied(here: Desk) -> None:
    owner = as_(here.room.house.member)
    other = here.room.house.risk("A decision of the board")
    page = sent(owner, at(here.risk, "/ties/add"), 422, record="HERE-DE-0099", words="")
    assert "There is no “HERE-DE-0099” that you may open." in told(page)
    typed = {"record": other.reference.lower(), "words": "It decides this"}
    assert "A decision of the board" in told(sent(owner, at(here.risk, "/ties/add"), **typed))
    tie = queries.ties(here.owner, here.risk).get()
    sent(owner, at(here.risk, f"/ties/{tie.pk}"))
    assert not queries.ties(here.owner, here.risk).exists()


# --- registers


def test_a_register_is_opened_with_its_scheme_and_a_risk_raised_in_it(here: Desk) -> None:
    manager = as_(here.room.house.manager)
    typed = {
        "title": "Health register",
        "keeper": "operations-group",
        "ready": "five",
        "likelihoods": "",
        "impacts": "",
        "bands": "",
    }
    page = told(sent(manager, "/partnership/here/risks/new", **typed))
    assert "8 to 12 high" in page
    register = Register.objects.get(title="Health register")
    raised = {
        "title": "Posts stay empty",
        "about": "",
        "likelihood": "4 Likely",
        "impact": "4 Major",
        "reason": "Advertised twice",
        "controls": "Agency staff\nA second advert",
        "owner": "",
    }
    page = sent(manager, on(register, "/add"), **raised, **day("review_on", JUNE))
    assert "16 extreme (4 Likely likelihood, 4 Major impact)" in told(page)
    risk = Risk.objects.get(title="Posts stay empty")
    assert risk.mitigations == ["Agency staff", "A second advert"]
    read(as_(here.room.house.member), "/partnership/here/risks/new", 403)


def test_words_of_ones_own_that_cannot_be_a_scheme_say_where(here: Desk) -> None:
    manager = as_(here.room.house.manager)
    typed = {"title": "Ours", "keeper": "", "ready": "own", "likelihoods": "Low\nHigh"}
    page = sent(manager, "/partnership/here/risks/new", 422, **typed, impacts="Low", bands="")
    assert "A scheme has from 2 to 10 of them" in told(page)
    assert "Low\nHigh" in page


def test_a_scheme_that_scores_stays(here: Desk) -> None:
    manager = as_(here.room.house.manager)
    typed = {"title": "Executive register", "keeper": "executive", "ready": "five"}
    empty = {"likelihoods": "", "impacts": "", "bands": ""}
    page = sent(manager, on(here.above, "/change"), 422, **typed, **empty)
    assert "scores are never converted" in told(page)


# --- over time


def test_the_map_is_a_table_with_what_each_was(here: Desk) -> None:
    operations.score(
        LOADER,
        risk=here.risk,
        likelihood="LOW",
        impact="HIGH",
        reason="Minutes of December",
        on=DAY.replace(year=2018, month=12, day=10),
    )
    owner = as_(here.room.house.member)
    page = read(owner, on(here.above, "/map"))
    assert "Up, was LOW / HIGH" in told(page)
    assert "This register’s scheme rates no combination" in told(page)
    assert "<svg" in page
    before = told(read(owner, on(here.above, "/map?quarter=2018-Q3")))
    assert "No risk of this register was scored on 30 September 2018." in before
    for wrong in ("2019-Q2", "2019", "x"):
        read(owner, on(here.above, f"/map?quarter={wrong}"), 404)


def test_a_multiplied_map_says_every_product(here: Desk) -> None:
    here.raised(here.below)
    page = told(read(as_(here.group_chair), on(here.below, "/map")))
    assert "25 extreme" in page
    assert "1 of 1 risk at 16 extreme" in page


def test_movement_says_what_rose_and_why(here: Desk) -> None:
    page = told(read(as_(here.room.house.member), on(here.above, "/movement")))
    assert "1 risk from January to March 2019: 1 new." in page
    assert "Three referrals came back in March" in page


def test_what_is_put_before_a_meeting_shows_on_the_page_of_a_risk(here: Desk) -> None:
    operations.put_before(
        here.owner,
        risk=here.risk,
        meeting=here.room.now(),
        purpose=Purpose.NOTE,
        reason="So that the executive knows",
    )
    page = told(read(as_(here.room.house.member), at(here.risk)))
    assert "So that the executive knows" in page
    assert "Meetings that it was put before" in page


def test_a_workbook_is_looked_at_first_and_taken_in_then(here: Desk) -> None:
    manager = as_(here.room.house.manager)
    page = told(read(manager, on(here.above, "/round")))
    assert "LOW, MEDIUM and HIGH, in words, and the workbook says so" in page
    given = manager.get(on(here.above, "/round/file"))
    assert given.status_code == 200
    filled = Filled(given.content)
    reference = here.risk.record.reference
    filled.row(reference)[filled.titles.index("Likelihood")] = "HIGH"
    filled.row(reference)[filled.titles.index("Reason for the score")] = "Two more came back"
    file = SimpleUploadedFile("risks.xlsx", filled.data)
    looked = manager.post(on(here.above, "/round"), form(file=file))
    page = page_of(looked)
    assert "Nothing is written yet." in page
    assert "Two more came back" in page
    assert here.now().said(Which.CURRENT) == ("MEDIUM", "HIGH")
    carried = re.search(r'name="carried"[^>]*value="([^"]*)"', page)
    assert carried is not None
    done = sent(manager, on(here.above, "/round/take-in"), carried=carried[1])
    assert "1 risk changed. The file and what came of it are kept." in told(done)
    assert here.now().said(Which.CURRENT) == ("HIGH", "HIGH")
    read(as_(here.room.house.member), on(here.above, "/round"), 403)


def test_a_file_that_is_no_workbook_is_refused(here: Desk) -> None:
    manager = as_(here.room.house.manager)
    file = SimpleUploadedFile("risks.xlsx", b"not a workbook")
    answer = manager.post(on(here.above, "/round"), form(file=file))
    assert answer.status_code == 422

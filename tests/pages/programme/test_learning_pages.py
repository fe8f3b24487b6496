"""Learning cycles, shared programmes, the next year of a priority, and reports as files."""

from __future__ import annotations

import pytest

from concordat.domain.governance.programme import operations
from concordat.domain.governance.programme.models import Gate, Joining, LearningCycle, Priority
from concordat.domain.governance.programme.rules.cycle import Outcome
from tests.operations.mail.cast import DAY
from tests.operations.programme.examples import Planned, add, again
from tests.pages.documents.test_documents_pages import read
from tests.pages.people.browsing import day, form
from tests.pages.programme.test_programme_pages import at, sent, versioned
from tests.pages.signed_in import as_


def a_cycle(here: Planned) -> LearningCycle:
    """Under way, with a nurse, an audit and a suggestion."""
    row: LearningCycle = add(
        here.house, "learning_cycles", "Neglect", model="learning hub", priority=here.priority,
        run_by="areas:heath", lead="posts:meg-member", state="under way", to_text="2019-03-20",
    )  # fmt: skip
    add(here.house, "cycle_members", "Nurse", cycle=row, who="A nurse", part="leads")
    add(here.house, "cycle_works", "Audit of twenty", cycle=row, sort="multi-agency audit")
    add(here.house, "cycle_findings", "Parents hear a score", cycle=row, suggests="Plain words")
    return row


def test_a_cycle_is_walked_from_its_plan_to_what_came_of_it(here: Planned) -> None:
    manager, chair, member = (
        as_(each) for each in (here.house.manager, here.house.chair, here.house.member)
    )
    cycle = a_cycle(here)
    page = read(manager, at(cycle))
    for words in ("A nurse", "Audit of twenty", "Plain words", "Run by Heath", "Missing children",
                  "It is not stated: when it begins.", "voice of children"):  # fmt: skip
        assert words in page
    told = {"body": "executive", **day("reported_on", DAY)}
    page = sent(manager, at(cycle, "/report"), versioned(cycle, **told), 422)
    assert "Enter what it found" in page
    sent(manager, at(cycle, "/report"), versioned(cycle, summary="Scores scare", **told))
    assert "The board has 1 suggestion to answer." in read(member, at(cycle))
    assert member.get(at(cycle, "/answer")).status_code == 403
    told = {"response": "We take it up", **day("answered_on", DAY)}
    key = "parents-hear-a-score"
    page = sent(
        chair, at(cycle, "/answer"), versioned(cycle, **told, **{f"choice-{key}": "declined"}), 422
    )
    assert "Say why, or what is done instead." in page
    sent(chair, at(cycle, "/answer"), versioned(cycle, **told, **{f"choice-{key}": "accepted"}))
    told = {f"choice-{key}": "seen", f"words-{key}": "Nine of ten", "words": "They know"}
    sent(member, at(cycle, "/impact"), versioned(cycle, **told, **day("checked_on", DAY)))
    page = read(member, at(cycle))
    for words in ("Impact: seen 1.", "Nine of ten", "We take it up", "Impact checked"):
        assert words in page
    assert "Neglect" in read(member, at(here.priority))


def test_a_gate_is_decided_on_a_cycle_that_has_reported(here: Planned) -> None:
    browser, cycle = as_(here.house.manager), a_cycle(here)
    address = at(here.priority, f"/gates/{here.gate.key}")
    assert "Neglect (under way)" in read(browser, address)
    told = {"body": "executive", "outcome": "yes", "reason": "It helps", "rests_on": ["neglect"]}
    told |= day("decided_on", DAY)
    page = sent(browser, address, versioned(here.priority, **told), 422)
    assert "has not reported yet" in page
    operations.report(
        here.house.manager.actor, cycle=cycle, body=here.house.board, reported_on=DAY, summary="Gap"
    )
    sent(browser, address, versioned(here.priority, **told))
    assert Gate.objects.get(pk=here.gate.pk).outcome == "yes"
    assert "Rests on" in read(browser, at(here.priority))
    assert "It helps" in read(browser, at(cycle))
    page = read(browser, at(here.programme, "/highlights"))
    assert "Reported to Executive 29 March 2019. Gap" in page


def test_an_outsider_finds_no_cycle_and_no_act(here: Planned) -> None:
    cycle = a_cycle(here)
    assert "Neglect" in read(as_(here.house.member), at(cycle))
    outsider = as_(here.house.outsider)
    for tail in ("", "/report", "/answer", "/impact"):
        read(outsider, at(cycle, tail), 404)
    read(outsider, f"/plans/{cycle.record.reference}/move/take-back", 404)
    assert as_(here.house.manager).get(f"/plans/{cycle.record.reference}/update").status_code == 404


def test_a_partnership_is_asked_agrees_reads_and_leaves(here: Planned) -> None:
    manager, other = as_(here.house.manager), as_(here.house.outsider)
    told = {"partnership": here.house.there.reference, "reason": "One force"}
    sent(manager, at(here.programme, "/share"), versioned(here.programme, **told))
    asked = Joining.objects.get()
    assert "There is asked" in read(manager, at(here.programme))
    read(other, at(here.programme), 404)
    assert "asks this partnership to share in Transition" in read(
        other, "/partnership/there/programme"
    )
    assert 'href="/partnership/there/programme"' in read(other, "/")
    address = f"/partnership/there/programme/asked/{asked.pk}"
    read(manager, address, 404)
    page = read(other, address)
    assert "One force" in page
    assert "Missing children" not in page
    sent(other, address, form(say="decline", words=""), 422)
    sent(other, address, form(say="agree", words=""))
    assert "Missing children" in read(other, at(here.priority))
    page = read(other, at(here.programme))
    assert "Let There leave" in page
    assert "Ask a partnership" not in page
    told = {"reason": "Its own work comes first", **day("on", DAY)}
    answer = other.post(at(here.programme, "/leave/there"), form(**told))
    assert answer["Location"] == "/partnership/there/programme"
    assert "There left; last day 29 March 2019" in read(manager, at(here.programme))
    for address in (at(here.programme, "/leave/there"), at(here.programme, "/leave/none")):
        read(manager, address, 404)


def test_a_proposal_is_withdrawn(here: Planned) -> None:
    manager = as_(here.house.manager)
    row = operations.propose(
        here.house.manager.actor, programme=here.programme, partnership=here.house.there,
        reason="One force",
    )  # fmt: skip
    assert as_(here.house.co_ordinator).get(at(here.programme, "/share")).status_code == 403
    sent(manager, at(here.programme, f"/share/{row.pk}"), form(reason=""))
    read(as_(here.house.outsider), f"/partnership/there/programme/asked/{row.pk}", 404)
    assert "is asked" not in read(manager, at(here.programme))


def test_a_priority_that_ends_is_chosen_again_in_the_same_form(here: Planned) -> None:
    browser = as_(here.house.manager)
    operations.decide_gate(
        here.house.manager.actor, gate=here.gate, outcome=Outcome.NO, reason="No",
        body=here.house.board, decided_on=DAY,
    )  # fmt: skip
    told = {"outcome": "A third fewer", "again": "yes", "from_text": "April 2019"}
    page = sent(browser, at(here.priority, "/end"), versioned(here.priority, **told), 422)
    assert "Give the body, since it is chosen again" in page
    assert again(here.priority).state == ""
    told |= {"body": "executive", **day("chosen_on", DAY)}
    sent(browser, at(here.priority, "/end"), versioned(here.priority, **told))
    new = Priority.objects.select_related("record").get(follows=here.priority.pk)
    assert "Chosen again as" in read(browser, at(here.priority))
    page = read(browser, at(new))
    assert "Chosen again after" in page
    assert "What came of it before: A third fewer" in page


@pytest.mark.parametrize(
    ("form", "begins"), [("docx", b"PK"), ("pdf", b"%PDF"), ("md", b"# Highlight report")]
)
def test_a_highlight_report_is_a_file_too(here: Planned, form: str, begins: bytes) -> None:
    member = as_(here.house.member)
    answer = member.get(at(here.programme, f"/highlights.{form}?month=2019-03"))
    assert answer.content.startswith(begins)
    assert f"highlights-transition-2019-03.{form}" in answer["Content-Disposition"]
    read(as_(here.house.outsider), at(here.programme, f"/highlights.{form}"), 404)
    read(member, at(here.programme, "/highlights.exe"), 404)

"""Policies as people find, draft, decide, acknowledge, publish and end them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from concordat.domain.base.documents.models import Publication, Round
from concordat.domain.base.seats import operations as seats
from concordat.domain.governance.policies import operations
from concordat.domain.governance.policies.models import Acknowledgement, Approval, Policy
from concordat.domain.governance.policies.rules import State
from tests.operations.documents.papers import paper, version_of
from tests.operations.mail.cast import DAY, LOADER, House
from tests.operations.policies.examples import (
    Set,
    again,
    approved,
    begun,
    drafted,
    in_force,
    newest,
    published,
    rewritten,
    text_of,
)
from tests.pages.documents.test_documents_pages import read, told
from tests.pages.people.browsing import client, day, form
from tests.pages.signed_in import as_

LIST = "/partnership/here/policies"
LATER = DAY + timedelta(30)


def at(policy: Policy, tail: str = "") -> str:
    return f"/policies/{policy.record.reference}{tail}"


def seen(policy: Policy) -> int:
    return again(policy).record.version


# --- the list


def test_when_there_is_nothing(house: House) -> None:
    manager, member = as_(house.manager), as_(house.member)
    page = read(manager, LIST)
    assert "No policy is kept here yet" in page
    assert "Begin a policy" in page
    assert "Begin a policy" not in read(member, LIST)


def test_the_list_says_where_each_stands_and_is_filtered(house: House) -> None:
    in_force(house, review_on="2018")
    drafted(house, title="Escalation", type="Procedure", public=False)
    browser = as_(house.member)
    page = read(browser, LIST)
    assert "2 policies: 1 in force and 1 in draft. 1 past the review date." in page
    assert "Past its review date" in page
    assert "Partners only" in page
    for query in ("type=Procedure", "state=draft", "public=no", "words=escalation"):
        page = read(browser, f"{LIST}?{query}")
        assert "Escalation" in page
        assert "Right help, right time" not in page
    assert "No policies match" in read(browser, f"{LIST}?state=withdrawn")
    assert "Right help" in read(browser, f"{LIST}?review=past+its+review+date")


def test_who_gets_what(house: House) -> None:
    policy = in_force(house)
    member, outsider, anybody = as_(house.member), as_(house.outsider), client()
    told(outsider.get(LIST), 404)
    told(outsider.get(at(policy)), 404)
    assert anybody.get(at(policy)).status_code == 302
    read(member, at(policy))
    for tail in (
        *("/change", "/text", "/consult", "/put-forward", "/send-back", "/approve", "/begin"),
        *("/publish", "/review", "/adopt", "/supersede", "/withdraw", "/agencies"),
    ):
        told(member.get(at(policy, tail)), 403)
        told(member.post(at(policy, tail), form()), 403)
        told(outsider.get(at(policy, tail)), 404)
    told(member.get(at(policy, "/acknowledge")), 404)


# --- drafting


def answers(**more: Any) -> dict[str, Any]:
    facts = {
        "title": "Right help, right time",
        "type": "Threshold document",
        "summary": "When to ring whom.",
        "audience": ["All agencies"],
        "owner": "bodies:executive",
        "made_by": "executive",
        "public": "yes",
        "review_on": "2020",
    }
    return form(**(facts | more))


def test_a_policy_is_begun_and_given_its_text(house: House) -> None:
    browser = as_(house.manager)
    read(browser, f"{LIST}/new")
    page = told(browser.post(f"{LIST}/new", answers(title="")), 422)
    assert "Enter the title" in page
    assert "When to ring whom." in page
    sent = answers()
    for _ in range(2):
        told(browser.post(f"{LIST}/new", sent), 302)
    policy = Policy.objects.get()
    assert (policy.owner, policy.review_on, policy.public) == ("bodies:executive", "2020", True)
    assert "Add its text" in read(browser, at(policy))
    read(browser, at(policy, "/text"))
    told(browser.post(at(policy, "/text"), form(note="", file="")), 422)
    file = SimpleUploadedFile("Help.pdf", paper("help").data, "application/pdf")
    told(browser.post(at(policy, "/text"), form(note="First", file=file)), 302)
    page = read(browser, at(policy))
    assert "Help.pdf" in page
    assert "Send it out for comment" in page
    assert "Made by Executive" in page


def test_changing_what_it_says_and_the_conflict(house: House) -> None:
    policy = begun(house)
    manager, other = as_(house.manager), as_(house.co_ordinator)
    before = seen(policy)
    assert "When a child gets early help" in read(manager, at(policy, "/change"))
    told(manager.post(at(policy, "/change"), answers(summary="One", seen_version=before)), 302)
    page = told(
        other.post(at(policy, "/change"), answers(summary="Other", seen_version=before)), 409
    )
    assert "One" in page
    assert "Other" in page
    told(
        other.post(at(policy, "/change"), answers(summary="Other", seen_version=seen(policy))), 302
    )
    assert again(policy).summary == "Other"


# --- deciding


def test_a_draft_goes_out_for_comment(house: House) -> None:
    policy, browser = drafted(house), as_(house.manager)
    read(browser, at(policy, "/consult"))
    asked = form(
        question="Is it clear?",
        bodies=[house.board.pk],
        seats=[],
        seen_version=seen(policy),
        **day("closes", LATER),
    )
    sent = browser.post(at(policy, "/consult"), asked)
    told(sent, 302)
    assert sent["Location"] == f"/documents/{text_of(policy).record.reference}/comments"
    assert Round.objects.get().question == "Is it clear?"
    page = read(browser, at(policy))
    assert "Comments are taken until 28 April 2019" in page
    assert "Commented on" in page
    refused = form(
        body=house.board.record.reference,
        digest=newest(policy).digest,
        minute="",
        **day("decided_on", DAY),
    )
    page = told(browser.post(at(policy, "/approve"), refused), 422)
    assert "Close the comments first" in page


def another_body(house: House) -> None:
    """One that stands before the executive, so that choosing is choosing."""
    seats.set_down(
        LOADER,
        partnership=house.here,
        kind="bodies",
        key="annual",
        values={"name": "Annual meeting", "kind": "board"},
    )


def test_a_body_is_asked_and_sends_it_back(house: House) -> None:
    policy, browser = drafted(house), as_(house.manager)
    board = house.board.record.reference
    another_body(house)
    read(browser, at(policy, "/put-forward"))
    told(browser.post(at(policy, "/put-forward"), form(seen_version=seen(policy))), 422)
    asked = form(body=board, seen_version=seen(policy), **day("due", LATER))
    told(browser.post(at(policy, "/put-forward"), asked), 302)
    chair = as_(house.chair)
    assert at(policy) in read(chair, "/")
    assert "Record an approval" in read(chair, at(policy))
    read(browser, at(policy, "/send-back"))
    told(browser.post(at(policy, "/send-back"), form(reason="", seen_version=seen(policy))), 422)
    sent = form(reason="Section 4 is unclear", seen_version=seen(policy))
    told(browser.post(at(policy, "/send-back"), sent), 302)
    assert again(policy).stage is State.DRAFT


def approval(house: House, policy: Policy, **more: Any) -> dict[str, Any]:
    facts = {
        "body": house.board.record.reference,
        "digest": newest(policy).digest,
        "minute": "Item 4",
        **day("decided_on", DAY),
    }
    return form(**(facts | more))


def test_the_chair_records_an_approval_and_it_is_brought_into_force(house: House) -> None:
    policy = drafted(house)
    chair, manager = as_(house.chair), as_(house.manager)
    page = read(chair, at(policy, "/approve"))
    assert newest(policy).short_form in page
    wrong = approval(house, policy, **day("decided_on", DAY + timedelta(1)))
    assert "still to come" in told(chair.post(at(policy, "/approve"), wrong), 422)
    told(chair.post(at(policy, "/approve"), approval(house, policy)), 302)
    assert Approval.objects.get().recorded_by == "Chai Reed"
    told(chair.get(at(policy, "/begin")), 403)
    read(manager, at(policy, "/begin"))
    early = form(seen_version=seen(policy), **day("from_day", DAY - timedelta(1)))
    assert "Choose that day" in told(manager.post(at(policy, "/begin"), early), 422)
    begin = form(seen_version=seen(policy), **day("from_day", DAY), **day("trial_until", LATER))
    told(manager.post(at(policy, "/begin"), begin), 302)
    page = read(manager, at(policy))
    assert "as a prototype under test until 28 April 2019" in page
    for nothing in ("Commented on", "Record an approval", "Put it to a body", "Bring it into"):
        assert nothing not in page
    assert "Make it business as usual" in page
    read(manager, at(policy, "/adopt"))
    adopt = form(reason="Fewer wrong referrals", seen_version=seen(policy))
    told(manager.post(at(policy, "/adopt"), adopt), 302)
    assert "Make it business as usual" not in read(manager, at(policy))


def test_an_approval_of_what_was_replaced_meanwhile(house: House) -> None:
    policy, browser = drafted(house), as_(house.manager)
    old = approval(house, policy)
    rewritten(house, policy)
    page = told(browser.post(at(policy, "/approve"), old), 409)
    assert "Version 1" in page
    assert "Version 2" in page
    assert newest(policy).digest in page
    assert not Approval.objects.exists()


def test_two_who_move_it_at_once(house: House) -> None:
    policy, browser = drafted(house), as_(house.manager)
    before = seen(policy)
    operations.put_forward(house.co_ordinator.actor, policy=policy, body=house.board)
    page = told(
        browser.post(at(policy, "/withdraw"), form(reason="Not needed", seen_version=before)), 409
    )
    assert "Waiting for approval" in page
    assert again(policy).stage is State.PUT_FORWARD


def test_what_has_no_text_has_nothing_to_decide(house: House) -> None:
    policy, browser = begun(house), as_(house.manager)
    for tail in ("/consult", "/put-forward", "/send-back", "/approve", "/begin", "/publish"):
        told(browser.get(at(policy, tail)), 404)


# --- agencies


def test_an_agency_acknowledges_once_for_all(here: Set) -> None:
    house, policy = here.house, in_force(here.house)
    manager, member = as_(house.manager), as_(house.member)
    read(manager, at(policy, "/agencies"))
    told(manager.post(at(policy, "/agencies"), form(agencies=[])), 422)
    agencies = [here.school.record.reference, here.trust.record.reference]
    told(manager.post(at(policy, "/agencies"), form(agencies=agencies, **day("due", LATER))), 302)
    assert at(policy) in read(member, "/")
    assert "Acknowledge it" in read(member, at(policy))
    page = read(member, at(policy, "/acknowledge"))
    assert "You answer for Heath School" in page
    digest = newest(policy).digest
    told(member.post(at(policy, "/acknowledge"), form(digest=digest)), 422)
    told(member.post(at(policy, "/acknowledge"), form(digest="0" * 64, read="yes")), 409)
    told(member.post(at(policy, "/acknowledge"), form(digest=digest, read="yes")), 302)
    assert Acknowledgement.objects.exclude(given_on=None).count() == 1
    page = read(manager, at(policy))
    assert "Meg Member as Meg Member" in page
    assert "Not yet" in page
    told(member.get(at(policy, "/acknowledge")), 404)
    told(member.post(at(policy, "/acknowledge"), form(digest=digest, read="yes")), 404)


# --- the public, the review and the end


def test_publishing_the_version_in_force(house: House) -> None:
    policy, browser = in_force(house), as_(house.manager)
    assert "Publish the version in force" in read(browser, at(policy))
    read(browser, at(policy, "/publish"))
    version = version_of(text_of(policy))
    told(browser.post(at(policy, "/publish"), form(seen_version=version)), 422)
    told(browser.post(at(policy, "/publish"), form(seen_version=version, checked="yes")), 302)
    assert client().get(f"/published/{text_of(policy).record.reference}").status_code == 200
    page = read(browser, at(policy))
    assert "Version 1 is published" in page
    assert "Publish the version in force" not in page


def test_a_review_is_recorded_and_the_page_said_that_it_was_due(house: House) -> None:
    policy, browser = in_force(house, review_on="2018"), as_(house.manager)
    assert "Past its review date" in read(browser, at(policy))
    read(browser, at(policy, "/review"))
    late = form(reason="Fits", seen_version=seen(policy), **day("review_on", DAY))
    assert "after today" in told(browser.post(at(policy, "/review"), late), 422)
    good = form(reason="Fits", seen_version=seen(policy), **day("review_on", LATER))
    told(browser.post(at(policy, "/review"), good), 302)
    assert again(policy).review_on == LATER.isoformat()


def test_another_takes_its_place_and_one_is_withdrawn(house: House) -> None:
    old, new = in_force(house), in_force(house, title="Newer")
    published(house, old)
    browser = as_(house.manager)
    read(browser, at(old, "/supersede"))
    sent = form(successor=new.record.reference, seen_version=seen(old))
    told(browser.post(at(old, "/supersede"), sent), 302)
    page = read(browser, at(old))
    assert "Another policy took its place" in page
    assert "Newer" in page
    assert not Publication.objects.filter(withdrawn_on=None).exists()
    read(browser, at(new, "/withdraw"))
    told(browser.post(at(new, "/withdraw"), form(reason="", seen_version=seen(new))), 422)
    sent = form(reason="The law has changed", seen_version=seen(new))
    told(browser.post(at(new, "/withdraw"), sent), 302)
    page = read(browser, at(new))
    assert "The law has changed" in page
    assert "Withdraw it" not in page


@pytest.mark.parametrize("tail", ["/approve", "/begin"])
def test_an_approved_version_that_was_rewritten_is_told(house: House, tail: str) -> None:
    policy, browser = drafted(house), as_(house.manager)
    approved(house, policy)
    rewritten(house, policy)
    assert "is not approved" in read(browser, at(policy))
    read(browser, at(policy, tail))
    if tail == "/begin":
        begin = form(seen_version=seen(policy), **day("from_day", DAY))
        page = told(browser.post(at(policy, tail), begin), 422)
        assert "No body has approved version 2" in page
    else:
        told(browser.post(at(policy, tail), approval(house, policy)), 302)
        assert Approval.objects.count() == 2

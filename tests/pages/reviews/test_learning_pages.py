"""Near misses, how reviews begin, and disagreements, as people meet them on pages."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from concordat.domain.base.seats import operations as seats
from concordat.domain.base.seats.models import Seat
from concordat.domain.practice.reviews.models import Escalation, LearningReferral
from concordat.domain.practice.reviews.operations import escalations, referrals
from concordat.domain.practice.reviews.rules.referrals import ReferralStage
from tests.casts import Casts, Kept
from tests.operations.mail.cast import DAY, LOADER
from tests.operations.reviews.learning import TOLD, Learning, again, opened, timer, version
from tests.pages.mail.test_guest_pages import come_in, letter
from tests.pages.people.browsing import client, form
from tests.pages.seats.looking import post, read, told
from tests.pages.signed_in import as_
from tests.walls import behind_the_wall

LR = "/learning/HERE-LR-0001"
ES = "/escalations/HERE-ES-0001"


@pytest.fixture(scope="session")
def learnings(casts: Casts) -> Kept[Learning]:
    return casts.keep(opened)


@pytest.fixture
def cast(learnings: Kept[Learning]) -> Iterator[Learning]:
    with learnings.lent() as cast:
        yield cast


def _ref(seat: Seat) -> str:
    return seat.record.reference


def test_pages_with_nothing_on_them(cast: Learning) -> None:
    manager, outsider = as_(cast.house.manager), as_(cast.house.outsider)
    page = read(manager, "/learning")
    assert "Nothing waits for a second person’s agreement." in page
    assert "Nothing was referred that you may open." in page
    assert "Joint learning group" in page
    caseload = f"/learning/caseloads/{cast.group.record.reference}"
    page = read(manager, caseload)
    assert "Nothing is on the caseload that you may open." in page
    assert "No joint event is planned." in page
    assert "Nothing is written down yet" in read(manager, "/learning/routes")
    assert "No disagreement is open." in read(manager, "/escalations")
    assert "None" in read(manager, "/escalations/figures")
    assert "Joint learning group" in read(outsider, "/learning"), "it is of the one they run"
    assert "Nothing is on the caseload that you may open." in read(outsider, caseload)
    member = as_(cast.house.member)
    for kept in (
        "/learning/ask",
        "/learning/group",
        "/learning/routes/say",
        "/escalations/policy",
    ):
        assert member.get(kept).status_code == 403


def test_a_near_miss_is_referred_agreed_and_learnt_from(cast: Learning) -> None:
    head, nurse, leader = as_(cast.head), as_(cast.nurse), as_(cast.leader)
    asked = {**TOLD, "partnership": cast.house.here.reference, "second": _ref(cast.nurse.seat)}
    page = told(head.post("/learning/refer", form(**(asked | {"harm": "yes"}))), 422)
    assert "tell it as an incident" in page
    assert "A gate stood open" in page
    page = told(head.post("/learning/refer", form(**(asked | {"what": "At E14 3AB"}))), 422)
    assert "This holds a postcode." in page
    assert not LearningReferral.objects.exists()
    assert post(head, "/learning/refer", **asked).url == LR
    assert "is asked whether they agree" in read(head, LR)
    assert head.get(f"{LR}/agree").status_code == 403
    assert leader.get(LR).status_code == 404
    row = LearningReferral.objects.get()
    assert "HERE-LR-0001" in read(nurse, "/")
    told(nurse.post(f"{LR}/agree", form(why="", seen_version=version(row))), 422)
    post(nurse, f"{LR}/agree", why="I saw it too", seen_version=version(row))
    caseload = f"/learning/caseloads/{cast.group.record.reference}"
    assert "HERE-LR-0001" in read(leader, caseload)
    post(leader, f"{LR}/take", why="Gates elsewhere", seen_version=version(row))
    post(leader, f"{LR}/learn", learnt="Rotas", told_to="Heads", seen_version=version(row))
    page = read(head, LR)
    for words in ("I saw it too", "Gates elsewhere", "Rotas", "Heads", "Joint learning group"):
        assert words in page


def test_who_finds_a_referral_and_a_disagreement(cast: Learning) -> None:
    cast.referred()
    cast.raised()
    for stranger in (as_(cast.house.member), as_(cast.house.outsider)):
        for address in (LR, f"{LR}/agree", f"{LR}/withdraw", ES, f"{ES}/settle"):
            assert stranger.get(address).status_code == 404
        assert "HERE-LR-0001" not in read(stranger, "/learning")
        assert "HERE-ES-0001" not in read(stranger, "/escalations")


def test_what_is_returned_is_referred_again_and_two_at_once_lose_nothing(cast: Learning) -> None:
    row = cast.referred()
    referrals.differ(cast.nurse.actor, referral=row, reason="It was shut")
    manager, seen = as_(cast.house.manager), version(row)
    page = read(manager, f"{LR}/again")
    assert "A gate stood open" in page
    changed = {**TOLD, "what": "The back gate", "second": _ref(cast.nurse.seat)}
    post(manager, f"{LR}/again", **changed, seen_version=seen)
    stale = form(**(changed | {"what": "The side gate"}), seen_version=seen)
    page = told(as_(cast.head).post(f"{LR}/again", stale), 409)
    assert "The back gate" in page
    assert "The side gate" in page
    assert "It was shut" in read(manager, LR)


def _door() -> str:
    found = re.search(r"http://testserver(/guest/\S+)", letter("guest link"))
    assert found
    return found[1]


def test_a_guest_tells_by_link_once_and_the_secretariat_names_a_second(cast: Learning) -> None:
    manager = as_(cast.house.manager)
    asked = {
        "partnership": cast.house.here.reference,
        "agency": cast.school.record.reference,
        "name": "Jo Patel",
        "email": "jo@example.org",
    }
    told(manager.post("/learning/ask", form(**(asked | {"email": "nowhere"}))), 422)
    assert post(manager, "/learning/ask", **asked).url == LR
    assert "has not told it yet" in read(manager, LR)
    row, door, guest = LearningReferral.objects.get(), _door(), client()
    assert come_in(guest, door)["Location"] == "/guest"
    assert "Open the referral" in read(guest, "/guest")
    page = read(guest, LR)
    assert "Tell it" in page
    assert "Withdraw it" not in page or "What was done and said" not in page
    harmed = form(**(TOLD | {"harm": "yes"}), seen_version=version(row))
    assert "tell it as an incident" in told(guest.post(f"{LR}/tell", harmed), 422)
    answer = guest.post(f"{LR}/tell", form(**TOLD, seen_version=version(row)))
    assert "Your link has done what it was for" in told(answer)
    assert guest.get(LR).status_code == 302
    assert client().post(door, form()).status_code != 302
    assert again(row).stage_is is ReferralStage.REFERRED
    assert "HERE-LR-0001" in read(manager, "/")
    second = form(second=_ref(cast.nurse.seat), seen_version=version(row))
    assert manager.post(f"{LR}/second", second).status_code == 302
    assert again(row).second == cast.nurse.seat


def test_a_guest_reads_by_a_link_why_it_came_back_and_can_do_no_more(cast: Learning) -> None:
    manager, guest = as_(cast.house.manager), client()
    asked = {
        "partnership": cast.house.here.reference, "agency": cast.school.record.reference,
        "name": "Jo Patel", "email": "jo@example.org",
    }  # fmt: skip
    post(manager, "/learning/ask", **asked)
    row = LearningReferral.objects.get()
    come_in(guest, _door())
    guest.post(f"{LR}/tell", form(**TOLD, seen_version=version(row)))
    post(manager, f"{LR}/second", second=_ref(cast.nurse.seat), seen_version=version(row))
    nurse = as_(cast.nurse)
    post(nurse, f"{LR}/differ", reason="It was shut by then", seen_version=version(row))
    assert "It was shut by then" in read(manager, LR)
    again_ = client()
    come_in(again_, _door())
    page = read(again_, LR)
    assert "Not agreed" in page
    assert "It was shut by then" in page
    assert "What you may do" not in page
    assert again_.get(f"{LR}/withdraw").status_code != 200


def test_whoever_speaks_for_two_agencies_is_asked_for_which(cast: Learning) -> None:
    head = as_(cast.head)
    assert "For which of your seats" not in read(head, "/learning/refer")
    assert "For which of your seats" not in read(head, "/escalations/raise")
    nurses = cast.nurse.seat.holders.get().post
    assert nurses
    seats.take_post(LOADER, person=cast.head.person, post=nurses, from_day=DAY)
    assert "For which of your seats do you refer it?" in read(head, "/learning/refer")
    assert "For which of your seats do you raise it?" in read(head, "/escalations/raise")
    filled = {**TOLD, "partnership": cast.house.here.reference}
    page = told(head.post("/learning/refer", form(**filled)), 422)
    assert "You have seats of several agencies here." in page
    assert "Say for which of them you speak." in page
    post(head, "/learning/refer", **filled, own=_ref(cast.nurse.seat))
    assert LearningReferral.objects.get().agency == cast.surgery


def test_the_group_is_chosen_by_its_reference(cast: Learning) -> None:
    manager = as_(cast.house.manager)
    chosen = {"partnership": cast.house.here.reference, "source": "The agreement"}
    page = told(manager.post("/learning/group", form(**chosen, group="HERE-X-1")), 422)
    assert "There is no group HERE-X-1" in page
    board = cast.house.board.record.reference
    post(manager, "/learning/group", **chosen, group=board)
    assert f"/learning/caseloads/{board}" in read(manager, "/learning")


def test_how_reviews_begin_is_shown_beside_the_shared_way(cast: Learning) -> None:
    manager = as_(cast.house.manager)
    row = {"partnership": cast.house.here.reference, "source": "The paper, page 2"}
    address = "/learning/routes/say"
    page = told(manager.post(address, form(**row, step="who leads")), 422)
    assert "one of the two" in page
    said = {**row, "stated_on": "November 2018"}
    wrong = form(**{**said, "stated_on": "whenever"}, step="who leads", words="The board")
    told(manager.post(address, wrong), 422)
    post(manager, address, **said, step="who leads", place="Ash", words="The old board")
    post(manager, address, **row, step="who leads", question="Which borough leads?")
    page = read(as_(cast.house.member), "/learning/routes")
    for words in ("The old board", "Which borough leads?", "Nobody has written it down.",
                  "5 questions are open", "The paper, page 2"):  # fmt: skip
        assert words in page
    assert "The old board" not in read(as_(cast.house.outsider), "/learning/routes")


def test_a_disagreement_is_raised_taken_further_and_settled(cast: Learning) -> None:
    head, nurse = as_(cast.head), as_(cast.nurse)
    asked = {
        "partnership": cast.house.here.reference,
        "other": cast.surgery.record.reference,
        "theirs": _ref(cast.nurse.seat),
        "label": "Wren",
        "about": "Whether to see the child again",
        "wanted": "A visit this week",
    }
    page = told(head.post("/escalations/raise", form(**(asked | {"about": ""}))), 422)
    assert "A visit this week" in page
    assert post(head, "/escalations/raise", **asked).url == ES
    row = Escalation.objects.get()
    assert "HERE-ES-0001" in read(nurse, "/")
    post(nurse, f"{ES}/add", words="We saw the child on Monday", seen_version=version(row))
    further = {
        "why": "No date for a visit",
        "ours": _ref(cast.head.seat),
        "theirs": _ref(cast.nurse.seat),
    }
    post(head, f"{ES}/further", **further, seen_version=version(row))
    page = read(head, ES)
    assert "Between their managers" in page
    assert "0 of 3" in page
    assert "Take it further" not in page
    settled = {"outcome": "the decision changed in part", "words": "A visit on Friday"}
    assert "Settle it" not in read(nurse, ES), "the other side does not say alone that it is"
    assert nurse.get(f"{ES}/settle").status_code == 403
    post(head, f"{ES}/settle", **settled, seen_version=version(row))
    assert "the escalation HERE-ES-0001" in " ".join(read(nurse, "/").split())
    page = read(head, ES)
    assert "A visit on Friday" in page
    assert head.get(f"{ES}/add").status_code == 403
    page = read(as_(cast.house.member), "/escalations/figures")
    assert "Fewer than 5" in page
    assert "Wren" not in page


def test_a_stage_that_takes_too_long_says_so(cast: Learning) -> None:
    row = cast.raised()
    assert escalations.tell_of_late(timer(row.steps.get().due)) == 0
    with behind_the_wall():
        row.steps.update(due="2019-03-28")
    head = as_(cast.head)
    assert "Stage overdue" in read(head, "/escalations")
    assert "Too long" in read(head, ES)
    assert "1 of them at a stage that took too long" in read(head, "/escalations")


def test_a_policy_is_set_line_by_line(cast: Learning) -> None:
    manager = as_(cast.house.manager)
    page = read(manager, "/escalations/policy")
    assert "Between their managers: 3" in page
    policy = {"partnership": cast.house.here.reference, "source": "Policy of 2019"}
    seen = version(cast.house.here)
    bad = form(**policy, stages="Managers", seen_version=seen)
    assert "Line 1 is not a stage" in told(manager.post("/escalations/policy", bad), 422)
    post(manager, "/escalations/policy", **policy, stages="Heads: 4", seen_version=seen)
    cast.raised()
    assert "To end by" in read(as_(cast.head), ES)

"""A partner asks, whoever is asked answers by question, and whoever asked checks it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from concordat.domain.base.asks.models import Ask
from concordat.domain.base.asks.operations import raise_ask
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.documents.models import Document
from concordat.domain.base.documents.operations import Upload
from concordat.domain.base.mail.models import GuestLink, Message
from concordat.domain.base.records.models import Event, Record
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.requests import operations, queries
from concordat.domain.base.requests.models import Answer, Request, Use
from concordat.domain.base.requests.rules import Stage
from concordat.kernel.errors import Invalid, Refused, Restricted, Stale
from concordat.kernel.sensitivity import Sensitivity
from tests.operations.actions.examples import on
from tests.operations.documents.papers import paper
from tests.operations.mail.cast import DAY, verbs_on
from tests.operations.requests.examples import (
    ANSWERS,
    DOOR,
    DUE,
    NOW,
    Desk,
    again,
    asked,
    stage,
    timer,
    version,
)

IT = "the request for information HERE-IR-0001"


@pytest.mark.long
def test_a_partner_asks_and_it_is_held_closely(desk: Desk) -> None:
    row = desk.draft()
    assert row.record.reference == "HERE-IR-0001"
    assert row.record.level is Sensitivity.RESTRICTED
    assert row.stage_is is Stage.DRAFT
    assert len(row.asked) == 8
    assert queries.request(desk.asker, "HERE-IR-0001") == row
    with pytest.raises(Exception, match="HERE-IR-0001"):
        queries.request(desk.house.council.actor, "HERE-IR-0001")
    with pytest.raises(Request.DoesNotExist):
        queries.request(desk.house.outsider.actor, "HERE-IR-0001")


@pytest.mark.parametrize(
    ("told", "match"),
    [
        ({"purpose": " "}, "Say for which purpose"),
        ({"exact": ""}, "Say exactly what"),
        ({"deliver_to": ""}, "to whom it is delivered"),
        ({"due": DAY}, "at least a day"),
        ({"chase_every": 0}, "every 1 to 60 days"),
        ({"form": "nothing"}, "no such set"),
        ({"name": "Jo Patel", "email": "nowhere"}, "."),
    ],
)
def test_a_request_records_what_it_has_to(desk: Desk, told: dict[str, object], match: str) -> None:
    with pytest.raises(Invalid, match=match):
        desk.draft(**told)
    assert not Request.objects.exists()


def test_only_a_safeguarding_partner_asks(desk: Desk) -> None:
    with pytest.raises(Invalid, match="safeguarding partner"):
        desk.draft(by=desk.house.manager.actor, requester=desk.house.member.seat)
    with pytest.raises(Refused, match="Whoever sits in the seat"):
        desk.draft(by=desk.house.member.actor)
    with pytest.raises(Record.DoesNotExist):
        desk.draft(by=desk.house.outsider.actor)
    assert desk.draft(by=desk.house.manager.actor).requester == desk.house.health.seat


def test_a_seat_is_asked_in_its_work_and_says_that_it_came(desk: Desk, sent: Request) -> None:
    assert asked(desk.house.member.seat) == [f"answer {IT}"]
    with pytest.raises(Refused, match="Only whoever is asked"):
        operations.acknowledge(desk.asker, request=sent)
    operations.acknowledge(desk.asked, request=sent)
    held = again(sent)
    assert (held.stage_is, held.received_by) == (Stage.RECEIVED, "Meg Member")
    assert asked(desk.house.member.seat) == [f"answer {IT}"]


def test_it_is_answered_by_question_with_a_file(desk: Desk, sent: Request) -> None:
    with pytest.raises(Invalid, match="is not answered") as wrong:
        operations.answer(desk.asked, request=sent, answers=ANSWERS | {"last": " "})
    assert wrong.value.faults[0].field == "q_last"
    assert not Answer.objects.exists()
    operations.answer(desk.asked, request=sent, answers=ANSWERS, file=paper("Facts"))
    assert stage(sent) is Stage.ANSWERED
    document = Document.objects.get(about=sent.record)
    assert document.record.level is Sensitivity.RESTRICTED
    assert asked(desk.house.member.seat) == []
    assert asked(desk.house.health.seat) == [f"approve {IT}"]
    with pytest.raises(Refused, match="You cannot answer"):
        operations.answer(desk.asked, request=sent, answers=ANSWERS)


def test_a_file_that_is_none_leaves_no_answer(desk: Desk, sent: Request) -> None:
    with pytest.raises(Invalid):
        operations.answer(
            desk.asked, request=sent, answers=ANSWERS, file=Upload("a.pdf", b"MZ\x00")
        )
    assert stage(sent) is Stage.SENT
    assert not Answer.objects.exists()


def test_what_is_missing_is_asked_for_and_the_first_answer_stays(
    desk: Desk, answered: Request
) -> None:
    with pytest.raises(Refused):
        operations.accept(desk.asked, request=answered, why="Enough")
    later = DUE + timedelta(days=7)
    operations.send_back(desk.asker, request=answered, missing="The dates", due=later)
    assert stage(answered) is Stage.BACK
    assert asked(desk.house.member.seat) == [f"answer {IT}"]
    operations.answer(desk.asked, request=answered, answers=ANSWERS)
    operations.accept(desk.asker, request=answered, why="Every date is there")
    assert stage(answered) is Stage.ADEQUATE
    assert [row.adequate for row in queries.answers(desk.asker, answered)] == [False, True]
    assert asked(desk.house.health.seat) == []


def test_each_use_says_why_it_is_within_the_purpose(desk: Desk, sent: Request) -> None:
    with pytest.raises(Refused, match="no answer that could be used"):
        operations.use(desk.asker, request=sent, what="The panel", within="It reviews")
    operations.answer(desk.asked, request=sent, answers=ANSWERS)
    with pytest.raises(Invalid, match="within the purpose"):
        operations.use(desk.asker, request=sent, what="The panel", within=" ")
    operations.use(desk.asker, request=sent, what="The panel", within="It is the rapid review")
    assert Use.objects.get().by == "Hetty Health"
    assert "answer used" in verbs_on(sent.record)


def test_a_refusal_has_its_reason_and_is_answered(desk: Desk, sent: Request) -> None:
    with pytest.raises(Invalid, match="Say why not"):
        operations.refuse(desk.asked, request=sent, reason=" ")
    operations.refuse(desk.asked, request=sent, reason="Legal privilege")
    assert stage(sent) is Stage.REFUSED
    assert asked(desk.house.health.seat) == [f"review {IT}"]
    operations.press(desk.asker, request=sent, reason="Only the dates are asked", due=DUE)
    assert stage(sent) is Stage.SENT
    assert asked(desk.house.health.seat) == []
    operations.withdraw(desk.asker, request=sent, reason="Another told us")
    assert stage(sent) is Stage.WITHDRAWN
    assert asked(desk.house.member.seat) == []


def test_two_who_move_its_day_at_once(desk: Desk) -> None:
    row = desk.draft(by=desk.house.manager.actor)
    sent = operations.send(desk.house.manager.actor, request=row)
    seen, later = version(sent), DUE + timedelta(days=2)
    operations.extend(desk.asker, request=sent, due=later, reason="Easter")
    with pytest.raises(Stale) as conflict:
        operations.extend(
            desk.house.manager.actor,
            request=sent,
            due=later + timedelta(days=1),
            reason="Easter",
            seen_version=seen,
        )
    assert conflict.value.theirs["due"] == "7 April 2019"


def test_whoever_is_asked_is_reminded_until_they_answer(desk: Desk, sent: Request) -> None:
    before = DUE - timedelta(days=1)
    assert operations.chase(timer(DAY), door=DOOR, now=NOW) == 0
    assert operations.chase(timer(before), door=DOOR, now=NOW) == 1
    assert operations.chase(timer(before), door=DOOR, now=NOW) == 0
    assert operations.chase(timer(before + timedelta(days=3)), door=DOOR, now=NOW) == 1
    assert again(sent).chased == 2
    with pytest.raises(Refused):
        operations.chase(desk.asker, door=DOOR, now=NOW)
    operations.withdraw(desk.asker, request=sent, reason="Enough")
    assert operations.chase(timer(DUE + timedelta(days=30)), door=DOOR, now=NOW) == 0


def test_the_ladder_is_gone_up_step_by_step(desk: Desk, sent: Request) -> None:
    assert operations.escalate(timer(DUE)) == 0
    assert operations.escalate(timer(DUE + timedelta(days=1))) == 1
    assert asked(desk.house.health.seat) == [f"review {IT}"]
    first = Message.objects.filter(to=desk.house.health.person.email).latest("posted_at").text
    assert "has not answered a request for information (HERE-IR-0001)" in first
    assert "due by 5 April 2019, 1 day ago" in first
    assert "get in touch with Meg Member" in first
    assert "rapid review" not in first
    assert operations.escalate(timer(DUE + timedelta(days=1))) == 0
    assert operations.escalate(timer(DUE + timedelta(days=20))) == 3
    assert asked(desk.house.chair.seat) == asked(desk.house.council.seat) == [f"review {IT}"]
    told = Message.objects.filter(to=desk.house.chair.person.email).latest("posted_at").text
    assert "20 days ago" in told
    assert "get in touch with Hetty Health" in told
    later = on(desk.house.council.actor, DUE + timedelta(days=20))
    assert queries.request(later, "HERE-IR-0001") == sent
    late = timer(date(2019, 5, 1))
    operations.answer(late, request=sent, answers=ANSWERS)
    assert asked(desk.house.chair.seat) == []


def test_receipt_is_said_by_whoever_received_it(desk: Desk, sent: Request) -> None:
    with pytest.raises(Refused, match="Only whoever is asked says that it came"):
        operations.acknowledge(desk.house.manager.actor, request=sent)


def test_who_was_told_that_it_is_late_does_not_read_the_answer(desk: Desk, sent: Request) -> None:
    day = DUE + timedelta(days=20)
    operations.escalate(timer(day))
    partner = on(desk.house.council.actor, day)
    assert queries.request(partner, "HERE-IR-0001") == sent
    operations.answer(on(desk.asked, day), request=sent, answers=ANSWERS, file=paper("letter"))
    with pytest.raises(Restricted):
        queries.request(partner, "HERE-IR-0001")
    kept = Document.objects.select_related("record").get(about=sent.record)
    assert not can(partner, Verb.SEE, kept.record)
    assert can(on(desk.asker, day), Verb.SEE, kept.record)
    assert queries.request(on(desk.asker, day), "HERE-IR-0001") == sent


def test_who_wishes_to_open_it_is_asked_for_something_else(desk: Desk, sent: Request) -> None:
    raise_ask(
        desk.asker, record=sent.record, seat=desk.house.manager.seat, errand=Errand.ANSWER,
        what="Wanda Weir’s request for access", why="Needs it", due=None,
    )  # fmt: skip
    before = Message.objects.filter(to="mary-manager@example.org").count()
    assert operations.chase(timer(DUE - timedelta(days=1)), door=DOOR, now=NOW) == 1
    assert Message.objects.filter(to="mary-manager@example.org").count() == before
    operations.answer(desk.asked, request=sent, answers=ANSWERS)
    assert asked(desk.house.manager.seat) == ["answer Wanda Weir’s request for access"]


def test_a_named_person_hears_of_a_later_day_and_a_paper_answer_ends_the_link(desk: Desk) -> None:
    row = desk.sent(name="Jo Patel", email="jo@example.org")
    first = GuestLink.objects.get(record=row.pk)
    later = DUE + timedelta(days=7)
    operations.extend(desk.asker, request=row, due=later, reason="Holidays", door=DOOR, now=NOW)
    renewed = GuestLink.objects.get(record=row.pk)
    assert renewed.digest != first.digest
    assert Message.objects.filter(to="jo@example.org").count() == 2
    operations.answer(desk.house.manager.actor, request=row, answers=ANSWERS, now=NOW)
    assert GuestLink.objects.get(record=row.pk).revoked_at == NOW


def test_a_link_goes_to_an_address_of_the_agency_or_says_why_not(desk: Desk) -> None:
    with pytest.raises(Invalid, match="gives mailboxes to anybody") as told:
        desk.draft(name="Jo Patel", email="jo@gmail.com")
    assert told.value.faults[0].field == "email"
    row = desk.draft(name="Jo Patel", email="jo@gmail.com", address_why="They have no other")
    drafted = Event.objects.get(record=row.record.pk, verb="request drafted")
    assert drafted.reason == "They have no other"


def test_a_draft_is_changed_until_it_is_sent(desk: Desk) -> None:
    row = desk.draft()
    told = {"purpose": "A review", "deliver_to": "The office", "due": DUE}
    with pytest.raises(Invalid, match="exactly what"):
        operations.amend(desk.asker, request=row, exact=" ", **told)
    operations.amend(desk.asker, request=row, exact="Contacts since May", **told)
    assert (again(row).exact, again(row).purpose) == ("Contacts since May", "A review")
    assert "request amended" in verbs_on(row.record)
    operations.send(desk.asker, request=row)
    with pytest.raises(Refused, match="You cannot amend"):
        operations.amend(desk.asker, request=row, exact="More", **told)


@pytest.mark.long
def test_a_named_senior_is_told_before_the_chair(desk: Desk) -> None:
    third = timer(DUE + timedelta(days=3))
    sitting = desk.sent(senior=desk.house.chair.seat)
    assert operations.escalate(third) == 2
    assert asked(desk.house.chair.seat) == [f"review {IT}"]
    assert queries.request(on(desk.house.chair.actor, third.on), "HERE-IR-0001") == sitting
    operations.answer(on(desk.asked, third.on), request=sitting, answers=ANSWERS)
    desk.sent(senior_named="Ann Head, 020 7946 0001")
    assert operations.escalate(third) == 2
    asks = Ask.objects.filter(seat=desk.house.health.seat, errand="review")
    assert any("Ring their senior: Ann Head, 020 7946 0001" in each.why for each in asks)


def test_lists_of_what_we_asked_and_were_asked_late_ones_first(desk: Desk) -> None:
    first = desk.sent(due=DUE + timedelta(days=9))
    second = desk.sent()
    assert [row.pk for row in queries.asked_by_us(desk.asker)] == [second.pk, first.pk]
    assert [row.pk for row in queries.asked_of_us(desk.asked)] == [second.pk, first.pk]
    assert not queries.asked_of_us(desk.asker).exists()
    assert not queries.requests(desk.house.outsider.actor).exists()
    late = queries.asked_by_us(desk.asker)
    assert queries.in_a_sentence(desk.asker, late) == "2 wait for an answer."


def test_the_letter_with_a_link_says_who_asks_and_nothing_of_the_case(desk: Desk) -> None:
    desk.area("Here", DAY)
    row = desk.sent(name="Hana Head", email="hana@example.org", purpose="Secret", exact="Hidden")
    first = Message.objects.filter(to="hana@example.org").order_by("posted_at").last()
    assert first is not None
    role = row.requester.role
    assert f"{role} of Here asks you for information" in first.text
    assert "It is asked under Children Act 2004 s.16H, statute (not verified)" in first.text
    assert f"ask {role} for a new one" in first.text
    operations.chase(timer(date(2019, 4, 8)), door=DOOR, now=NOW)
    second = Message.objects.filter(to="hana@example.org").order_by("posted_at").last()
    assert second is not None
    assert "This is a reminder." in second.text
    assert "which is late" in second.text
    assert f"ask {role} for a new one" in second.text
    for letter in (first.text, second.text):
        assert "Secret" not in letter
        assert "Hidden" not in letter

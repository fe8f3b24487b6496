"""Dates are asked about and answered: offers, answers, the deadline, and who is reminded."""

from __future__ import annotations

from datetime import timedelta

import pytest

from concordat.domain.base.asks.models import Ask
from concordat.domain.base.mail.models import GuestLink, Message
from concordat.domain.base.mail.rules import Purpose
from concordat.domain.governance.diaries import operations, queries
from concordat.domain.governance.diaries.models import (
    Answer,
    Diary,
    Engagement,
    Offer,
    Voice,
)
from concordat.domain.governance.diaries.rules import DiaryState, EntryState
from concordat.kernel.actor import process
from concordat.kernel.errors import Invalid, Refused
from tests.operations.diaries.answers import MAYBE, NO, YES, by_link, guest, signed_in, voice
from tests.operations.diaries.cast import (
    DAY,
    DEADLINE,
    DOOR,
    NOW,
    STARTS,
    Gathered,
    asked,
    at,
    searched,
)
from tests.operations.mail.cast import verbs_on


def test_a_poll_reaches_each_by_the_way_they_have(cast: Gathered, poll: Diary) -> None:
    voices = Voice.objects.filter(diary=poll).order_by("pk")
    assert [(v.name, bool(v.link)) for v in voices] == [
        ("Health", True),
        ("North director", False),
        ("Police", True),
        ("Police deputy", True),
        ("South director", False),
        ("Supporter", True),
    ]
    links = GuestLink.objects.filter(record=poll.record)
    assert sorted(links.values_list("email", flat=True)) == [
        "health@example.org",
        "police@example.org",
        "supporter@example.org",
    ]
    asks = Ask.objects.filter(record=poll.record, cleared_on=None)
    assert {ask.seat_id for ask in asks} == {
        cast.seats["north_director"].pk,
        cast.seats["south_director"].pk,
    }
    assert {ask.due for ask in asks} == {DEADLINE.date()}
    assert "dates asked about" in verbs_on(poll.record)
    assert [offer.words for offer in queries.offers_of(cast.actor("co_ordinator"), poll)] == [
        "Quorate: council, health and police"
    ] * 3


def test_no_subject_and_no_guests_letter_says_more_than_a_reference(
    cast: Gathered, poll: Diary
) -> None:
    letters = Message.objects.filter(about=poll.record)
    assert {letter.subject for letter in letters} == {
        f"A link for you: {poll.record.reference}",
        f"Something waits for you: {poll.record.reference}",
    }
    by_mail = letters.filter(purpose=Purpose.GUEST_LINK)
    assert by_mail.count() == 3
    assert not [each for each in by_mail if "Steering" in each.text]


def test_an_assistant_answers_for_two_principals_under_both_names(
    cast: Gathered, poll: Diary
) -> None:
    _, mine = queries.eyes_of(cast.actor("assistant"), poll.record.reference)
    assert [each.name for _, each in mine] == ["North director", "South director"]
    taken = signed_in(
        cast,
        "assistant",
        poll,
        {"North director": {1: YES, 2: NO, 3: YES}, "South director": {1: YES, 2: YES, 3: MAYBE}},
    )
    assert taken == 6
    assert {row.said_by for row in Answer.objects.all()} == {
        "Kit Wren for North director",
        "Kit Wren for South director",
    }
    assert not Ask.objects.filter(record=poll.record, cleared_on=None).exists()


def test_half_an_answer_leaves_the_ask_standing(cast: Gathered, poll: Diary) -> None:
    signed_in(cast, "north_director", poll, {"North director": {1: YES}})
    assert Ask.objects.filter(record=poll.record, cleared_on=None).count() == 2
    waiting = queries.waiting_polls(cast.actor("north_director"))
    assert [(each.pk, number) for each, number in waiting] == [(poll.pk, 1)]
    assert [n for _, n in queries.waiting_polls(cast.actor("assistant"))] == [2]


def test_a_guest_answers_for_those_whom_their_link_is_for(cast: Gathered, poll: Diary) -> None:
    assert by_link(poll, "police@example.org", {"Police": {1: NO}, "Police deputy": {1: YES}}) == 2
    actor, link = guest(poll, "health@example.org")
    with pytest.raises(Refused, match="those who have let you"):
        operations.answer(
            actor,
            diary=poll,
            sheet={voice(poll, "Police").pk: {1: YES}},
            now=NOW,
            link=link.pk,
        )
    link_still = GuestLink.objects.get(pk=link.pk)
    assert link_still.used_at is None


def test_nobody_answers_for_a_stranger(cast: Gathered, poll: Diary) -> None:
    with pytest.raises(Diary.DoesNotExist):
        signed_in(cast, "outsider", poll, {"Health": {1: YES}})
    with pytest.raises(Refused, match="those who have let you"):
        signed_in(cast, "north_director", poll, {"South director": {1: YES}})
    assert not Answer.objects.exists()


def test_an_answer_can_be_changed_until_the_deadline(cast: Gathered, poll: Diary) -> None:
    for said in (YES, NO):
        signed_in(cast, "north_director", poll, {"North director": {1: said}})
    assert Answer.objects.get().says == NO
    late = DEADLINE + timedelta(seconds=1)
    with pytest.raises(Refused, match="until 17:00 on 6 March 2026"):
        operations.answer(
            cast.actor("north_director"),
            diary=poll,
            sheet={voice(poll, "North director").pk: {1: YES}},
            now=late,
        )
    assert Answer.objects.get().says == NO


def test_what_is_not_offered_cannot_be_answered(cast: Gathered, poll: Diary) -> None:
    with pytest.raises(Invalid, match="dates that are offered"):
        signed_in(cast, "north_director", poll, {"North director": {9: YES}})


@pytest.mark.long
def test_each_date_says_how_it_stands(cast: Gathered, poll: Diary) -> None:
    signed_in(
        cast,
        "assistant",
        poll,
        {"North director": {1: YES, 2: NO, 3: YES}, "South director": {1: YES, 2: NO, 3: MAYBE}},
    )
    by_link(poll, "health@example.org", {"Health": {1: YES, 2: YES}})
    by_link(poll, "police@example.org", {"Police": {1: NO, 2: YES}, "Police deputy": {1: YES}})
    told = {
        each.offer.number: each.tally.words
        for each in queries.standings(cast.actor("co_ordinator"), poll)
        if each.tally
    }
    assert told == {
        1: "Quorate: council and health, police by deputy",
        2: "Cannot be quorate: without council",
        3: "Not quorate yet: health and police not answered",
    }
    best = queries.standings(cast.actor("co_ordinator"), poll)[0]
    assert best.offer.number == 1


def test_the_deadline_closes_a_poll_by_itself(cast: Gathered, poll: Diary) -> None:
    clerk = process("poll clerk", DAY)
    assert operations.close_due(clerk, now=NOW) == 0
    assert operations.close_due(clerk, now=DEADLINE) == 1
    assert operations.close_due(clerk, now=DEADLINE) == 0
    assert Diary.objects.get(pk=poll.pk).stage is DiaryState.CLOSED
    assert not Ask.objects.filter(record=poll.record, cleared_on=None).exists()
    with pytest.raises(Refused, match="by the system itself"):
        operations.close_due(cast.actor("co_ordinator"), now=DEADLINE)


@pytest.mark.long
def test_a_closed_poll_is_opened_again_with_new_links(cast: Gathered) -> None:
    diary = operations.close_poll(cast.actor("co_ordinator"), diary=asked(cast))
    before = GuestLink.objects.get(record=diary.record, email="health@example.org").digest
    later = DEADLINE + timedelta(days=1)
    operations.reopen(cast.actor("co_ordinator"), diary=diary, deadline=later, place=DOOR, now=NOW)
    after = GuestLink.objects.get(record=diary.record, email="health@example.org").digest
    assert before != after
    assert Ask.objects.filter(record=diary.record, cleared_on=None).count() == 2


@pytest.mark.long
def test_the_silent_are_reminded_once(cast: Gathered, poll: Diary) -> None:
    signed_in(cast, "south_director", poll, {"South director": {1: YES, 2: YES, 3: YES}})
    clerk = process("poll clerk", DAY)
    assert operations.remind(clerk, now=NOW) == 0
    near = DEADLINE - timedelta(days=1)
    assert operations.remind(clerk, now=near) == 5
    assert operations.remind(clerk, now=near) == 0
    letters = Message.objects.filter(
        about=poll.record, purpose=Purpose.ASKED, text__contains="You have not yet said"
    )
    assert [letter.to for letter in letters] == ["north_director@example.org"]
    operations.close_poll(cast.actor("manager"), diary=poll)
    later = DEADLINE + timedelta(days=2)
    operations.reopen(cast.actor("manager"), diary=poll, deadline=later, place=DOOR, now=NOW)
    assert operations.remind(clerk, now=later - timedelta(days=1)) == 5


@pytest.mark.long
def test_one_more_date_is_offered_and_everybody_asked_again(cast: Gathered, poll: Diary) -> None:
    three = {1: YES, 2: YES, 3: YES}
    signed_in(cast, "north_director", poll, {"North director": three})
    by_link(poll, "health@example.org", {"Health": three})
    before = GuestLink.objects.get(record=poll.record, email="health@example.org").digest
    actor = cast.actor("co_ordinator")
    operations.offer_another(actor, diary=poll, start=at(13, 9), place=DOOR, now=NOW)
    assert Offer.objects.filter(diary=poll).count() == 4
    assert Ask.objects.filter(record=poll.record, cleared_on=None).count() == 2
    after = GuestLink.objects.get(record=poll.record, email="health@example.org").digest
    assert before != after
    assert Answer.objects.filter(says=YES).count() == 6
    with pytest.raises(Refused, match="offered already"):
        operations.offer_another(actor, diary=poll, start=at(13, 9), place=DOOR, now=NOW)
    with pytest.raises(Refused, match="Answers were taken"):
        operations.offer_another(actor, diary=poll, start=at(13, 10), place=DOOR, now=DEADLINE)
    with pytest.raises(Refused):
        operations.offer_another(
            cast.actor("north_director"), diary=poll, start=at(13, 10), place=DOOR, now=NOW
        )
    assert Offer.objects.filter(diary=poll).count() == 4


@pytest.mark.long
def test_one_date_is_withdrawn_and_whoever_answered_the_rest_is_asked_no_more(
    cast: Gathered,
) -> None:
    diary = asked(cast, holds=True)
    signed_in(cast, "north_director", diary, {"North director": {1: YES, 2: YES}})
    actor = cast.actor("co_ordinator")
    operations.withdraw_date(actor, diary=diary, start=STARTS[2])
    assert Offer.objects.get(diary=diary, number=3).withdrawn_at
    assert [each.state for each in Engagement.objects.order_by("start")] == [
        EntryState.TENTATIVE,
        EntryState.TENTATIVE,
        EntryState.CANCELLED,
    ]
    last = Message.objects.filter(about=diary.record, to="health@example.org").latest("posted_at")
    assert last.attachment.count("STATUS:CANCELLED") == 1
    asks = Ask.objects.filter(record=diary.record, cleared_on=None)
    assert [ask.seat_id for ask in asks] == [cast.seats["south_director"].pk]
    assert "date withdrawn" in verbs_on(diary.record)
    with pytest.raises(Refused, match="not offered"):
        operations.withdraw_date(actor, diary=diary, start=STARTS[2])
    with pytest.raises(Invalid, match="dates that are offered"):
        signed_in(cast, "south_director", diary, {"South director": {3: YES}})
    operations.withdraw_date(actor, diary=diary, start=STARTS[1])
    with pytest.raises(Refused, match="It is the last date"):
        operations.withdraw_date(actor, diary=diary, start=STARTS[0])
    with pytest.raises(Refused):
        operations.withdraw_date(cast.actor("outsider"), diary=diary, start=STARTS[0])
    assert Offer.objects.filter(diary=diary, withdrawn_at=None).count() == 1


@pytest.mark.parametrize(
    ("starts", "days", "why"),
    [
        ([], 4, "one date at least"),
        (STARTS, -1, "passed already"),
        (STARTS, 9, "before the first date"),
        (STARTS, 90, "60 days at most"),
    ],
)
def test_a_poll_that_cannot_be_is_refused(
    cast: Gathered, starts: list[object], days: int, why: str
) -> None:
    diary = searched(cast)
    with pytest.raises(Refused, match=why):
        operations.ask_for_answers(
            cast.actor("co_ordinator"),
            diary=diary,
            starts=starts,  # type: ignore[arg-type]
            deadline=NOW + timedelta(days=days),
            guests={},
            place=DOOR,
            now=NOW,
        )
    assert not Offer.objects.exists()
    assert Diary.objects.get(pk=diary.pk).stage is DiaryState.DRAFT


def test_a_wrong_address_names_whose_it_is(cast: Gathered) -> None:
    diary = searched(cast)
    who = next(e for e in queries.to_be_asked(cast.actor("manager"), diary) if e.name == "Health")
    with pytest.raises(Invalid) as told:
        operations.ask_for_answers(
            cast.actor("manager"),
            diary=diary,
            starts=STARTS,
            deadline=DEADLINE,
            guests={who.key: queries.Guest("Health", "not an address")},
            place=DOOR,
            now=NOW,
        )
    assert told.value.faults[0].field == f"email-{who.key}"

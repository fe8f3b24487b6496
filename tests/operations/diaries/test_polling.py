"""From a search to a fixed date: offers, answers, the deadline, and what reaches diaries."""

from __future__ import annotations

from collections.abc import Mapping
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
from concordat.domain.governance.diaries.rules import DiaryState, EntryState, Says
from concordat.kernel.actor import Actor, Kind, process
from concordat.kernel.errors import Invalid, Refused, Stale
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

YES, MAYBE, NO = Says.YES, Says.IF_NEEDED, Says.NO


def voice(diary: Diary, name: str) -> Voice:
    return Voice.objects.get(diary=diary, name=name)


def guest(diary: Diary, address: str) -> tuple[Actor, GuestLink]:
    link = GuestLink.objects.get(record=diary.record, email=address)
    actor = Actor(
        Kind.GUEST,
        link.name,
        DAY,
        scope=frozenset(link.scope),
        admitted=frozenset({diary.pk}),
    )
    return actor, link


def by_link(diary: Diary, address: str, says: Mapping[str, Mapping[int, Says]]) -> int:
    actor, link = guest(diary, address)
    sheet = {voice(diary, name).pk: said for name, said in says.items()}
    return operations.answer(actor, diary=diary, sheet=sheet, now=NOW, link=link.pk)


def signed_in(
    cast: Gathered, who: str, diary: Diary, names: Mapping[str, Mapping[int, Says]]
) -> int:
    sheet = {voice(diary, name).pk: said for name, said in names.items()}
    return operations.answer(cast.actor(who), diary=diary, sheet=sheet, now=NOW)


def test_a_poll_reaches_each_by_the_way_they_have(cast: Gathered) -> None:
    diary = asked(cast)
    voices = Voice.objects.filter(diary=diary).order_by("pk")
    assert [(v.name, bool(v.link)) for v in voices] == [
        ("Health", True),
        ("North director", False),
        ("Police", True),
        ("Police deputy", True),
        ("South director", False),
        ("Supporter", True),
    ]
    links = GuestLink.objects.filter(record=diary.record)
    assert sorted(links.values_list("email", flat=True)) == [
        "health@example.org",
        "police@example.org",
        "supporter@example.org",
    ]
    asks = Ask.objects.filter(record=diary.record, cleared_on=None)
    assert {ask.seat_id for ask in asks} == {
        cast.seats["north_director"].pk,
        cast.seats["south_director"].pk,
    }
    assert {ask.due for ask in asks} == {DEADLINE.date()}
    assert "dates asked about" in verbs_on(diary.record)
    assert [offer.words for offer in queries.offers_of(cast.actor("co_ordinator"), diary)] == [
        "Quorate: council, health and police"
    ] * 3


def test_no_letter_says_more_than_a_reference(cast: Gathered) -> None:
    diary = asked(cast)
    letters = Message.objects.filter(about=diary.record)
    assert {letter.subject for letter in letters} == {f"A link for you: {diary.record.reference}"}
    assert not [each for each in letters if "Steering" in each.subject + each.text]


def test_an_assistant_answers_for_two_principals_under_both_names(cast: Gathered) -> None:
    diary = asked(cast)
    _, mine = queries.eyes_of(cast.actor("assistant"), diary.record.reference)
    assert [each.name for _, each in mine] == ["North director", "South director"]
    taken = signed_in(
        cast,
        "assistant",
        diary,
        {"North director": {1: YES, 2: NO, 3: YES}, "South director": {1: YES, 2: YES, 3: MAYBE}},
    )
    assert taken == 6
    assert {row.said_by for row in Answer.objects.all()} == {
        "Kit Wren for North director",
        "Kit Wren for South director",
    }
    assert not Ask.objects.filter(record=diary.record, cleared_on=None).exists()


def test_half_an_answer_leaves_the_ask_standing(cast: Gathered) -> None:
    diary = asked(cast)
    signed_in(cast, "north_director", diary, {"North director": {1: YES}})
    assert Ask.objects.filter(record=diary.record, cleared_on=None).count() == 2
    waiting = queries.waiting_polls(cast.actor("north_director"))
    assert [(each.pk, number) for each, number in waiting] == [(diary.pk, 1)]
    assert [n for _, n in queries.waiting_polls(cast.actor("assistant"))] == [2]


def test_a_guest_answers_for_those_whom_their_link_is_for(cast: Gathered) -> None:
    diary = asked(cast)
    assert by_link(diary, "police@example.org", {"Police": {1: NO}, "Police deputy": {1: YES}}) == 2
    actor, link = guest(diary, "health@example.org")
    with pytest.raises(Refused, match="those who have let you"):
        operations.answer(
            actor,
            diary=diary,
            sheet={voice(diary, "Police").pk: {1: YES}},
            now=NOW,
            link=link.pk,
        )
    link_still = GuestLink.objects.get(pk=link.pk)
    assert link_still.used_at is None


def test_nobody_answers_for_a_stranger(cast: Gathered) -> None:
    diary = asked(cast)
    with pytest.raises(Diary.DoesNotExist):
        signed_in(cast, "outsider", diary, {"Health": {1: YES}})
    with pytest.raises(Refused, match="those who have let you"):
        signed_in(cast, "north_director", diary, {"South director": {1: YES}})
    assert not Answer.objects.exists()


def test_an_answer_can_be_changed_until_the_deadline(cast: Gathered) -> None:
    diary = asked(cast)
    for said in (YES, NO):
        signed_in(cast, "north_director", diary, {"North director": {1: said}})
    assert Answer.objects.get().says == NO
    late = DEADLINE + timedelta(seconds=1)
    with pytest.raises(Refused, match="until 17:00 on 6 March 2026"):
        operations.answer(
            cast.actor("north_director"),
            diary=diary,
            sheet={voice(diary, "North director").pk: {1: YES}},
            now=late,
        )
    assert Answer.objects.get().says == NO


def test_what_is_not_offered_cannot_be_answered(cast: Gathered) -> None:
    diary = asked(cast)
    with pytest.raises(Invalid, match="dates that are offered"):
        signed_in(cast, "north_director", diary, {"North director": {9: YES}})


def test_each_date_says_how_it_stands(cast: Gathered) -> None:
    diary = asked(cast)
    signed_in(
        cast,
        "assistant",
        diary,
        {"North director": {1: YES, 2: NO, 3: YES}, "South director": {1: YES, 2: NO, 3: MAYBE}},
    )
    by_link(diary, "health@example.org", {"Health": {1: YES, 2: YES}})
    by_link(diary, "police@example.org", {"Police": {1: NO, 2: YES}, "Police deputy": {1: YES}})
    told = {
        each.offer.number: each.tally.words
        for each in queries.standings(cast.actor("co_ordinator"), diary)
        if each.tally
    }
    assert told == {
        1: "Quorate: council and health, police by deputy",
        2: "Cannot be quorate: without council",
        3: "Not quorate yet: health and police not answered",
    }
    best = queries.standings(cast.actor("co_ordinator"), diary)[0]
    assert best.offer.number == 1


def test_the_deadline_closes_a_poll_by_itself(cast: Gathered) -> None:
    diary = asked(cast)
    clerk = process("poll clerk", DAY)
    assert operations.close_due(clerk, now=NOW) == 0
    assert operations.close_due(clerk, now=DEADLINE) == 1
    assert operations.close_due(clerk, now=DEADLINE) == 0
    assert Diary.objects.get(pk=diary.pk).stage is DiaryState.CLOSED
    assert not Ask.objects.filter(record=diary.record, cleared_on=None).exists()
    with pytest.raises(Refused, match="by the system itself"):
        operations.close_due(cast.actor("co_ordinator"), now=DEADLINE)


def test_a_closed_poll_is_opened_again_with_new_links(cast: Gathered) -> None:
    diary = operations.close_poll(cast.actor("co_ordinator"), diary=asked(cast))
    before = GuestLink.objects.get(record=diary.record, email="health@example.org").digest
    later = DEADLINE + timedelta(days=1)
    operations.reopen(cast.actor("co_ordinator"), diary=diary, deadline=later, place=DOOR, now=NOW)
    after = GuestLink.objects.get(record=diary.record, email="health@example.org").digest
    assert before != after
    assert Ask.objects.filter(record=diary.record, cleared_on=None).count() == 2


def test_the_silent_are_reminded_once(cast: Gathered) -> None:
    diary = asked(cast)
    signed_in(cast, "south_director", diary, {"South director": {1: YES, 2: YES, 3: YES}})
    clerk = process("poll clerk", DAY)
    assert operations.remind(clerk, now=NOW) == 0
    near = DEADLINE - timedelta(days=1)
    assert operations.remind(clerk, now=near) == 5
    assert operations.remind(clerk, now=near) == 0
    letters = Message.objects.filter(about=diary.record, purpose=Purpose.ASKED)
    assert [letter.to for letter in letters] == ["north_director@example.org"]


def test_one_more_date_is_offered_and_everybody_asked_again(cast: Gathered) -> None:
    diary = asked(cast)
    three = {1: YES, 2: YES, 3: YES}
    signed_in(cast, "north_director", diary, {"North director": three})
    by_link(diary, "health@example.org", {"Health": three})
    before = GuestLink.objects.get(record=diary.record, email="health@example.org").digest
    actor = cast.actor("co_ordinator")
    operations.offer_another(actor, diary=diary, start=at(13, 9), place=DOOR, now=NOW)
    assert Offer.objects.filter(diary=diary).count() == 4
    assert Ask.objects.filter(record=diary.record, cleared_on=None).count() == 2
    after = GuestLink.objects.get(record=diary.record, email="health@example.org").digest
    assert before != after
    assert Answer.objects.filter(says=YES).count() == 6
    with pytest.raises(Refused, match="offered already"):
        operations.offer_another(actor, diary=diary, start=at(13, 9), place=DOOR, now=NOW)
    with pytest.raises(Refused, match="Answers were taken"):
        operations.offer_another(actor, diary=diary, start=at(13, 10), place=DOOR, now=DEADLINE)
    with pytest.raises(Refused):
        operations.offer_another(
            cast.actor("north_director"), diary=diary, start=at(13, 10), place=DOOR, now=NOW
        )
    assert Offer.objects.filter(diary=diary).count() == 4


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


# --- fixing


def invitations(diary: Diary) -> dict[str, str]:
    rows = Message.objects.filter(about=diary.record, attachment_name="invitation.ics")
    return {row.to: row.attachment for row in rows.order_by("posted_at")}


def test_a_date_fixed_withdraws_the_rest_and_invites(cast: Gathered) -> None:
    diary = asked(cast, holds=True, place="Room 2")
    held = list(Engagement.objects.filter(record=diary.record).order_by("start"))
    assert [each.state for each in held] == [EntryState.TENTATIVE] * 3
    by_link(diary, "health@example.org", {"Health": {2: YES}})
    by_link(diary, "police@example.org", {"Police": {2: YES}})
    signed_in(cast, "north_director", diary, {"North director": {2: YES}})
    operations.fix_date(cast.actor("co_ordinator"), diary=diary, start=STARTS[1])
    after = list(Engagement.objects.filter(record=diary.record).order_by("start"))
    assert [each.state for each in after] == ["cancelled", "confirmed", "cancelled"]
    assert [each.uid for each in after] == [each.uid for each in held]
    assert [each.sequence for each in after] == [1, 1, 1]
    sent = invitations(diary)
    assert set(sent) == {
        "north_director@example.org",
        "south_director@example.org",
        "health@example.org",
        "police@example.org",
        "supporter@example.org",
    }
    text = sent["health@example.org"].replace("\r\n ", "")
    assert "METHOD:REQUEST" in text
    assert f"UID:{held[1].uid}@concordat" in text
    assert "DTSTART;TZID=Europe/London:20260311T100000" in text
    assert "SUMMARY:Meeting: Steering group" in text
    assert "north_director@example.org" not in text
    assert not Ask.objects.filter(record=diary.record, cleared_on=None).exists()


def test_a_date_moved_keeps_its_place_in_calendars(cast: Gathered) -> None:
    diary = searched(cast)
    actor = cast.actor("co_ordinator")
    operations.fix_date(actor, diary=diary, start=at(10, 10))
    (first,) = Engagement.objects.filter(record=diary.record)
    operations.fix_date(actor, diary=diary, start=at(12, 9, minute=30))
    (moved,) = Engagement.objects.filter(record=diary.record)
    assert (moved.uid, moved.sequence) == (first.uid, first.sequence + 1)
    assert moved.start == at(12, 9, minute=30)
    subjects = Message.objects.filter(about=diary.record).values_list("subject", flat=True)
    assert sorted(set(subjects)) == [
        f"A meeting has changed: {diary.record.reference}",
        f"Dates for your diary: {diary.record.reference}",
    ]
    with pytest.raises(Refused, match="fixed already"):
        operations.fix_date(actor, diary=diary, start=at(12, 9, minute=30))


def test_a_date_that_nobody_can_make_is_never_fixed(cast: Gathered) -> None:
    diary = asked(cast)
    signed_in(cast, "north_director", diary, {"North director": {1: NO}})
    by_link(diary, "health@example.org", {"Health": {1: NO}})
    for reason in ("", "We must meet"):
        with pytest.raises(Invalid, match="Nobody who answered"):
            operations.fix_date(cast.actor("manager"), diary=diary, start=STARTS[0], reason=reason)
    assert not Engagement.objects.exists()


def test_a_date_without_a_quorum_needs_its_reason(cast: Gathered) -> None:
    diary = asked(cast)
    signed_in(cast, "north_director", diary, {"North director": {1: YES}})
    with pytest.raises(Invalid, match="Say why you fix it"):
        operations.fix_date(cast.actor("manager"), diary=diary, start=STARTS[0])
    operations.fix_date(
        cast.actor("manager"), diary=diary, start=STARTS[0], reason="A workshop decides nothing"
    )
    assert Diary.objects.get(pk=diary.pk).stage is DiaryState.FIXED


def test_after_it_is_fixed_an_answer_is_refused_in_words(cast: Gathered) -> None:
    diary = asked(cast)
    signed_in(cast, "north_director", diary, {"North director": {1: YES}})
    operations.fix_date(cast.actor("manager"), diary=diary, start=STARTS[0], reason="Workshop")
    with pytest.raises(Refused, match="The date is fixed"):
        signed_in(cast, "north_director", diary, {"North director": {1: NO}})


def test_what_is_called_off_leaves_calendars(cast: Gathered) -> None:
    diary = searched(cast)
    actor = cast.actor("co_ordinator")
    operations.fix_date(actor, diary=diary, start=at(10, 10))
    with pytest.raises(Invalid, match="reason"):
        operations.withdraw_search(actor, diary=diary, reason=" ")
    operations.withdraw_search(actor, diary=diary, reason="Inspectors are here")
    assert Engagement.objects.get().state == EntryState.CANCELLED
    last = Message.objects.filter(about=diary.record).order_by("-posted_at")[0]
    assert "METHOD:CANCEL" in last.attachment
    assert "STATUS:CANCELLED" in last.attachment
    assert "SEQUENCE:1" in last.attachment
    with pytest.raises(Refused, match="Nothing follows"):
        operations.fix_date(actor, diary=diary, start=at(10, 10))


def test_only_the_secretariat_asks_and_fixes(cast: Gathered) -> None:
    diary = asked(cast)
    for who in ("north_director", "outsider"):
        with pytest.raises(Refused):
            operations.fix_date(cast.actor(who), diary=diary, start=STARTS[0])
        with pytest.raises(Refused):
            operations.close_poll(cast.actor(who), diary=diary)
    assert Diary.objects.get(pk=diary.pk).stage is DiaryState.ASKING


# --- two at once


def test_two_who_ask_see_both_texts_and_one_poll_is_opened(cast: Gathered) -> None:
    diary = searched(cast)
    seen = diary.record.version
    asked(cast, diary)
    with pytest.raises(Stale) as told:
        operations.ask_for_answers(
            cast.actor("manager"),
            diary=diary,
            starts=[at(13, 9)],
            deadline=DEADLINE - timedelta(days=1),
            guests={},
            place=DOOR,
            now=NOW,
            seen_version=seen,
        )
    assert told.value.mine == {
        "Dates": "Friday 13 March 2026, 09:00",
        "Answers until": "17:00 on 5 March 2026",
    }
    assert told.value.theirs["Where it stands"] == "Asking for answers"
    assert told.value.theirs["Answers until"] == "17:00 on 6 March 2026"
    assert told.value.theirs["Dates"].count("\n") == 2
    assert Offer.objects.filter(diary=diary).count() == 3


def test_a_date_is_not_fixed_over_one_that_somebody_fixed_first(cast: Gathered) -> None:
    diary = searched(cast)
    seen = diary.record.version
    operations.fix_date(cast.actor("co_ordinator"), diary=diary, start=at(10, 10))
    with pytest.raises(Stale) as told:
        operations.fix_date(
            cast.actor("manager"),
            diary=diary,
            start=at(11, 10),
            reason="It suits",
            seen_version=seen,
        )
    assert told.value.mine == {"Date": "Wednesday 11 March 2026, 10:00", "Reason": "It suits"}
    assert told.value.theirs == {
        "Where it stands": "Date fixed",
        "Date": "Tuesday 10 March 2026, 10:00",
    }
    assert Engagement.objects.get().start == at(10, 10)


def test_giving_a_search_up_does_not_call_off_a_date_fixed_meanwhile(cast: Gathered) -> None:
    diary = searched(cast)
    seen = diary.record.version
    operations.fix_date(cast.actor("co_ordinator"), diary=diary, start=at(10, 10))
    with pytest.raises(Stale) as told:
        operations.withdraw_search(
            cast.actor("manager"), diary=diary, reason="No longer needed", seen_version=seen
        )
    assert told.value.mine == {"Reason": "No longer needed"}
    assert Engagement.objects.get().state == EntryState.CONFIRMED


def test_opening_again_shows_the_deadline_that_somebody_set_first(cast: Gathered) -> None:
    diary = operations.close_poll(cast.actor("co_ordinator"), diary=asked(cast))
    diary.record.refresh_from_db()
    seen, later = diary.record.version, DEADLINE + timedelta(hours=1)
    operations.reopen(cast.actor("co_ordinator"), diary=diary, deadline=later, place=DOOR, now=NOW)
    with pytest.raises(Stale) as told:
        operations.reopen(
            cast.actor("manager"),
            diary=diary,
            deadline=DEADLINE + timedelta(days=1),
            place=DOOR,
            now=NOW,
            seen_version=seen,
        )
    assert told.value.mine == {"Answers until": "17:00 on 7 March 2026"}
    assert told.value.theirs["Answers until"] == "18:00 on 6 March 2026"
    assert Diary.objects.get(pk=diary.pk).deadline == later

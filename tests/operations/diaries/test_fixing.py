"""A date is fixed, moved, held and called off, and what two do at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail

from concordat.domain.base.asks.models import Ask
from concordat.domain.base.mail.models import Message
from concordat.domain.base.mail.operations import outbox
from concordat.domain.governance.diaries import operations
from concordat.domain.governance.diaries.models import (
    Answer,
    Diary,
    Engagement,
    Offer,
)
from concordat.domain.governance.diaries.rules import DiaryState, EntryState, mark_of
from concordat.kernel.errors import Invalid, Refused, Stale
from tests.operations.diaries.answers import MAYBE, NO, YES, by_link, signed_in, voice
from tests.operations.diaries.cast import (
    DEADLINE,
    DOOR,
    NOW,
    STARTS,
    Gathered,
    asked,
    at,
    searched,
)


def invitations(diary: Diary) -> dict[str, str]:
    rows = Message.objects.filter(about=diary.record, attachment_name="invitation.ics")
    return {row.to: row.attachment for row in rows.order_by("posted_at")}


@pytest.mark.long
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


@pytest.mark.long
def test_dates_that_are_held_are_sent_and_withdrawn_as_one_entry_each(cast: Gathered) -> None:
    diary = asked(cast, holds=True)
    letters = Message.objects.filter(about=diary.record, attachment_name="invitation.ics")
    mine = letters.filter(to="health@example.org").order_by("posted_at")
    (held,) = mine
    assert held.subject == f"Dates for your diary: {diary.record.reference}"
    assert "3 dates of" in held.text
    assert "held for you until one is fixed" in held.text
    assert held.attachment.count("STATUS:TENTATIVE") == 3
    by_link(diary, "health@example.org", {"Health": {2: YES}})
    actor = cast.actor("co_ordinator")
    operations.offer_another(actor, diary=diary, start=at(13, 9), place=DOOR, now=NOW)
    operations.fix_date(actor, diary=diary, start=STARTS[1], reason="A workshop")
    _, more, gone, fixed = mine.all()
    assert more.attachment.count("BEGIN:VEVENT") == 1
    assert gone.attachment.count("STATUS:CANCELLED") == 3
    assert "METHOD:PUBLISH" in gone.attachment
    assert "ATTENDEE" not in gone.attachment
    assert "called off" in gone.text
    assert fixed.attachment.count("STATUS:CONFIRMED") == 1
    assert fixed.subject == f"Dates for your diary: {diary.record.reference}"
    sent = held.attachment + more.attachment
    uids = {line for line in sent.splitlines() if line.startswith("UID:")}
    last = gone.attachment + fixed.attachment
    assert {line for line in last.splitlines() if line.startswith("UID:")} == uids
    assert last.count("SEQUENCE:1") == 4


def test_a_mailbox_knows_an_invitation_as_one(cast: Gathered) -> None:
    diary = searched(cast)
    operations.fix_date(cast.actor("manager"), diary=diary, start=at(10, 10))
    row = Message.objects.filter(about=diary.record, to="health@example.org").get()
    outbox._send.call(str(row.pk))
    (file,) = [p for p in mail.outbox[-1].message().walk() if p.get_filename() == "invitation.ics"]
    assert (file.get_content_type(), file.get_param("method")) == ("text/calendar", "REQUEST")


@pytest.mark.long
def test_a_search_that_is_given_up_withdraws_what_it_holds(cast: Gathered) -> None:
    diary = asked(cast, holds=True)
    operations.withdraw_search(cast.actor("manager"), diary=diary, reason="No longer needed")
    last = Message.objects.filter(about=diary.record, to="health@example.org").latest("posted_at")
    assert last.attachment.count("STATUS:CANCELLED") == 3
    assert {row.state for row in Engagement.objects.all()} == {EntryState.CANCELLED}


@pytest.mark.long
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


@pytest.mark.long
def test_a_date_that_nobody_can_make_is_never_fixed(cast: Gathered, poll: Diary) -> None:
    signed_in(cast, "north_director", poll, {"North director": {1: NO}})
    by_link(poll, "health@example.org", {"Health": {1: NO}})
    for reason in ("", "We must meet"):
        with pytest.raises(Invalid, match="Nobody who answered"):
            operations.fix_date(cast.actor("manager"), diary=poll, start=STARTS[0], reason=reason)
    assert not Engagement.objects.exists()


@pytest.mark.long
def test_a_date_without_a_quorum_needs_its_reason(cast: Gathered, poll: Diary) -> None:
    signed_in(cast, "north_director", poll, {"North director": {1: YES}})
    with pytest.raises(Invalid, match="Say why you fix it"):
        operations.fix_date(cast.actor("manager"), diary=poll, start=STARTS[0])
    operations.fix_date(
        cast.actor("manager"), diary=poll, start=STARTS[0], reason="A workshop decides nothing"
    )
    assert Diary.objects.get(pk=poll.pk).stage is DiaryState.FIXED


@pytest.mark.long
def test_after_it_is_fixed_an_answer_is_refused_in_words(cast: Gathered, poll: Diary) -> None:
    signed_in(cast, "north_director", poll, {"North director": {1: YES}})
    operations.fix_date(cast.actor("manager"), diary=poll, start=STARTS[0], reason="Workshop")
    with pytest.raises(Refused, match="The date is fixed"):
        signed_in(cast, "north_director", poll, {"North director": {1: NO}})


@pytest.mark.long
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


def test_only_the_secretariat_asks_and_fixes(cast: Gathered, poll: Diary) -> None:
    for who in ("north_director", "outsider"):
        with pytest.raises(Refused):
            operations.fix_date(cast.actor(who), diary=poll, start=STARTS[0])
        with pytest.raises(Refused):
            operations.close_poll(cast.actor(who), diary=poll)
    assert Diary.objects.get(pk=poll.pk).stage is DiaryState.ASKING


# --- two at once


@pytest.mark.long
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


def test_two_who_answer_for_one_person_see_both_answers(cast: Gathered, poll: Diary) -> None:
    north = voice(poll, "North director").pk
    signed_in(cast, "north_director", poll, {"North director": {1: NO, 2: YES}})
    with pytest.raises(Stale) as told:
        operations.answer(
            cast.actor("assistant"),
            diary=poll,
            sheet={north: {1: YES, 2: YES, 3: MAYBE}},
            now=NOW,
            seen=mark_of({}),
        )
    assert told.value.mine == {f"v{north}-o1": "yes", f"v{north}-o3": "if needed"}
    assert told.value.theirs == {f"v{north}-o1": "no", f"v{north}-o3": ""}
    assert told.value.by == "North director"
    assert Answer.objects.filter(voice=north).count() == 2
    operations.answer(
        cast.actor("assistant"),
        diary=poll,
        sheet={north: {1: YES}},
        now=NOW,
        seen=told.value.version,
    )
    assert Answer.objects.get(voice=north, offer__number=1).says == YES


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


@pytest.mark.long
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

"""A draft goes out, is commented on, answered, and its round is closed."""

from __future__ import annotations

from dataclasses import replace as altered
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from concordat.domain.base.asks.models import Ask
from concordat.domain.base.asks.operations import hand_on
from concordat.domain.base.documents import operations, queries
from concordat.domain.base.documents.models import Asked, Comment, Document, Round
from concordat.domain.base.documents.rules import Came, Reply
from concordat.domain.base.records import operations as records
from concordat.domain.base.records.rules import Level
from concordat.domain.base.seats.queries import actor_for
from concordat.kernel.actor import Actor, Kind
from concordat.kernel.errors import Invalid, Refused, Stale
from concordat.kernel.sensitivity import Sensitivity
from tests.operations.documents.drafts import (
    CLOSES,
    DOOR,
    answered,
    guest_of,
    invited,
    no_comment,
    out,
    said,
    stands,
    waiting,
)
from tests.operations.documents.papers import added, newest, replaced, version_of
from tests.operations.mail.cast import DAY, House, Sitter, verbs_on


def on(sitter: Sitter, day: date) -> Actor:
    return actor_for(sitter.person, on=day)


# --- opening


def test_seats_are_asked_and_it_is_told(house: House, row: Round) -> None:
    assert waiting(row) == ["Colin Council", "Hetty Health", "Meg Member"]
    assert set(Ask.objects.values_list("due", flat=True)) == {CLOSES}
    assert (row.opened_by, row.version.number, row.closes) == ("Mary Manager", 1, CLOSES)
    assert verbs_on(row.document.record)[-1] == "opened for comment"
    assert queries.open_round(house.member.actor, row.document) == row
    assert set(stands(house, row).values()) == {Reply.SILENT}


@pytest.mark.parametrize("who", ["council", "member", "chair", "outsider"])
def test_who_may_not_send_a_draft_out(house: House, who: str, document: Document) -> None:
    with pytest.raises(Refused):
        out(house, document, by=getattr(house, who).actor)
    assert not Round.objects.exists()
    assert not Ask.objects.exists()


def test_one_round_at_a_time(house: House, row: Round) -> None:
    with pytest.raises(Refused, match="already"):
        out(house, row.document)
    assert Round.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "field"),
    [({"closes": DAY - timedelta(1)}, "closes"), ({"question": "x" * 1001}, "question")],
)
def test_what_is_wrong_with_a_round_is_told(house: House, more: Any, field: str) -> None:
    with pytest.raises(Invalid) as told:
        out(house, **more)
    assert told.value.faults[0].field == field
    assert not Round.objects.exists()


def test_a_seat_elsewhere_is_not_asked(house: House) -> None:
    with pytest.raises(Refused, match="Otto Outsider"):
        out(house, seats=[house.outsider.seat])
    assert not Round.objects.exists()


def test_a_draft_held_closely_goes_to_those_who_may_open_it(house: House) -> None:
    document = added(house, sensitivity=Sensitivity.RESTRICTED)
    with pytest.raises(Refused, match="may not open"):
        out(house, document, seats=[house.member.seat])
    records.admit(
        house.manager.actor,
        record=document.record,
        grantee=house.member.seat.record,
        level=Level.SEE,
        reason="Asked to comment",
        from_day=DAY,
        to_day=DAY,
    )
    out(house, document, seats=[house.member.seat])
    later = altered(house.manager.actor, on=DAY + timedelta(1))
    assert house.member.seat not in queries.commenting_seats(later, document)


def test_a_closed_document_goes_out_no_more(house: House, document: Document) -> None:
    records.close(house.manager.actor, record=document.record, on=DAY)
    with pytest.raises(Refused, match="closed"):
        out(house, document)


# --- commenting


def test_a_member_comments_and_is_asked_no_more(house: House, row: Round) -> None:
    made = said(row, house.member)
    assert (made.digest, made.place, made.made_by) == (
        newest(row.document).digest,
        "4.2",
        "Meg Member",
    )
    assert waiting(row) == ["Colin Council", "Hetty Health"]
    assert stands(house, row)["Meg Member"] is Reply.COMMENTED
    assert list(queries.unanswered(house.council.actor, row.document)) == [made]
    assert verbs_on(row.document.record)[-2:] == ["ask cleared", "commented"]
    said(row, house.member, "And by when")
    assert Comment.objects.count() == 2


def test_a_seat_that_was_not_asked_may_comment(house: House, row: Round) -> None:
    said(row, house.chair)
    voices = {each.name: each for each in queries.voices(house.manager.actor, row)}
    assert voices["Chai Reed"].reply is Reply.COMMENTED
    assert voices["Chai Reed"].asked is None


def test_comments_count_no_version_of_the_document(house: House, row: Round) -> None:
    """An author who writes the next version meanwhile meets no conflict."""
    seen = version_of(row.document)
    said(row, house.member)
    replaced(house, row.document, seen_version=seen)


@pytest.mark.parametrize("who", ["manager", "council", "outsider"])
def test_nobody_speaks_for_the_seat_of_another(house: House, row: Round, who: str) -> None:
    with pytest.raises(Refused):
        said(row, house.member, by=getattr(house, who).actor)
    assert not Comment.objects.exists()
    assert len(waiting(row)) == 3


def test_who_acts_for_them_in_reading_alone_says_nothing(house: House, row: Round) -> None:
    hand = altered(house.member.actor, kind=Kind.ACTING_FOR, hand="Kit", scope=frozenset({"see"}))
    with pytest.raises(Refused, match="has not let you answer"):
        said(row, house.member, by=hand)
    both = altered(hand, scope=frozenset({"see", "answer"}))
    assert said(row, house.member, by=both).made_by == "Kit for Meg Member"


@pytest.mark.parametrize(
    ("more", "field"), [({"text": " "}, "text"), ({"place": "x" * 201}, "place")]
)
def test_what_is_wrong_with_a_comment_is_told(
    house: House, row: Round, more: Any, field: str
) -> None:
    with pytest.raises(Invalid) as told:
        said(row, house.member, **more)
    assert told.value.faults[0].field == field
    assert not Comment.objects.exists()


def test_nobody_comments_on_what_they_have_not_read(house: House, row: Round) -> None:
    read = newest(row.document).digest
    replaced(house, row.document)
    with pytest.raises(Stale) as told:
        said(row, house.member, digest=read)
    assert told.value.mine["Version"].startswith("Version 1 ")
    assert told.value.mine["text"] == "Say who pays"
    assert told.value.theirs["Version"].startswith("Version 2 ")
    assert not Comment.objects.exists()


def test_after_the_last_day_nothing_is_taken_until_there_is_more_time(
    house: House, row: Round
) -> None:
    late = CLOSES + timedelta(1)
    with pytest.raises(Refused, match="more time"):
        said(row, house.member, by=on(house.member, late))
    operations.extend(on(house.manager, late), round=row, closes=late)
    assert said(row, house.member, by=on(house.member, late)).made_on == late


def test_a_hold_on_answers_is_kept(house: House, row: Round) -> None:
    records.place_hold(
        house.manager.actor,
        record=row.document.record,
        blocks="answer",
        reason="Young people are asked first",
        on=DAY,
    )
    with pytest.raises(Refused, match="Young people"):
        said(row, house.member)


# --- saying that there is nothing to say


def test_no_comment_is_an_answer_on_record(house: House, row: Round) -> None:
    asked = no_comment(row, house.health)
    assert (asked.nothing_on, asked.nothing_by) == (DAY, "Hetty Health")
    assert asked.nothing_to == newest(row.document)
    assert waiting(row) == ["Colin Council", "Meg Member"]
    assert stands(house, row)["Hetty Health"] is Reply.NOTHING
    assert verbs_on(row.document.record)[-1] == "no comment made"
    with pytest.raises(Refused, match="already"):
        no_comment(row, house.health)


def test_who_was_not_asked_need_not_say_so(house: House, row: Round) -> None:
    with pytest.raises(Refused, match="not asked"):
        no_comment(row, house.chair)


def test_a_comment_takes_back_that_there_is_none(house: House, row: Round) -> None:
    no_comment(row, house.health)
    said(row, house.health)
    assert stands(house, row)["Hetty Health"] is Reply.COMMENTED
    with pytest.raises(Refused, match="already"):
        no_comment(row, house.health)
    assert Asked.objects.get(seat=house.health.seat).nothing_on is None


def test_nothing_is_said_of_what_was_not_read(house: House, row: Round) -> None:
    read = newest(row.document).digest
    replaced(house, row.document)
    with pytest.raises(Stale):
        no_comment(row, house.health, digest=read)
    assert len(waiting(row)) == 3


# --- guests


def test_a_guest_comments_by_their_link_and_reads_only_their_own(house: House, row: Round) -> None:
    said(row, house.member)
    asked = invited(house, row)
    guest, link = guest_of(asked)
    told = {"round": row, "seat": None, "digest": newest(row.document).digest, "place": ""}
    with pytest.raises(Refused, match="by the link"):
        operations.comment(guest, text="Mine", **told)  # type: ignore[arg-type]
    made = operations.comment(
        guest,
        text="Mine",
        link=link.pk,
        now=timezone.now(),
        **told,  # type: ignore[arg-type]
    )
    assert (made.guest, made.made_by) == (link, "Jo Patel")
    assert list(queries.comments(guest, row.document, link=link.pk)) == [made]
    assert not queries.comments(guest, row.document)
    assert queries.comments(house.member.actor, row.document).count() == 2
    assert stands(house, row)["Jo Patel"] is Reply.COMMENTED
    with pytest.raises(Refused):
        operations.comment(
            guest,
            text="For a seat",
            link=link.pk,
            now=timezone.now(),
            **(told | {"seat": house.member.seat}),  # type: ignore[arg-type]
        )


def test_a_guest_with_nothing_to_say(house: House, row: Round) -> None:
    guest, link = guest_of(invited(house, row))
    operations.say_nothing(
        guest,
        round=row,
        seat=None,
        digest=newest(row.document).digest,
        link=link.pk,
        now=timezone.now(),
    )
    assert stands(house, row)["Jo Patel"] is Reply.NOTHING


def test_only_who_admits_others_invites(house: House, row: Round) -> None:
    with pytest.raises(Refused):
        operations.invite_to_comment(
            house.co_ordinator.actor,
            round=row,
            name="Jo",
            email="jo@example.org",
            place=DOOR,
            now=timezone.now(),
        )
    assert not Asked.objects.filter(seat=None).exists()


# --- answering


@pytest.mark.parametrize(
    ("outcome", "reason"),
    [("taken", ""), ("in part", "The first half"), ("declined", "The law says otherwise")],
)
def test_a_comment_is_answered(house: House, row: Round, outcome: str, reason: str) -> None:
    held = answered(house, said(row, house.member), outcome, reason=reason)
    assert (held.outcome, held.reason, held.answered_by, held.answered_on) == (
        outcome,
        reason,
        "Mary Manager",
        DAY,
    )
    assert not queries.unanswered(house.member.actor, row.document)
    assert verbs_on(row.document.record)[-1] == "comment answered"


@pytest.mark.parametrize(
    ("outcome", "reason", "field"),
    [("declined", " ", "reason"), ("in part", "", "reason"), ("perhaps", "No", "outcome")],
)
def test_what_is_no_answer_is_told(
    house: House, row: Round, outcome: str, reason: str, field: str
) -> None:
    made = said(row, house.member)
    with pytest.raises(Invalid) as told:
        answered(house, made, outcome, reason=reason)
    assert told.value.faults[0].field == field
    assert queries.unanswered(house.member.actor, row.document).count() == 1


@pytest.mark.parametrize("who", ["council", "member", "outsider"])
def test_who_may_not_answer(house: House, row: Round, who: str) -> None:
    made = said(row, house.member)
    with pytest.raises(Refused):
        answered(house, made, by=getattr(house, who).actor)
    assert Comment.objects.get().answers == 0


def test_a_second_answerer_is_shown_both_answers(house: House, row: Round) -> None:
    made = said(row, house.member)
    answered(house, made, "declined", reason="It is in section 7")
    with pytest.raises(Stale) as told:
        answered(house, made, "taken", by=house.co_ordinator.actor, seen_version=0)
    assert told.value.mine == {"outcome": "Taken", "reason": ""}
    assert told.value.theirs == {"outcome": "Declined", "reason": "It is in section 7"}
    assert told.value.by == "Mary Manager"
    answered(house, made, "taken", by=house.co_ordinator.actor, seen_version=1)
    assert Comment.objects.get().answers == 2


# --- what came another way, and requests that were handed on


def recorded(house: House, row: Round, **more: Any) -> Comment:
    told: dict[str, Any] = {
        "round": row,
        "seat": house.council.seat,
        "digest": newest(row.document).digest,
        "place": "4.2",
        "text": "Say who pays",
        "made_by": "C. Clerk, for the council",
        "came": Came.EMAIL,
        "made_on": DAY,
    }
    return operations.record_comment(more.pop("by", house.manager.actor), **(told | more))


def test_what_came_by_email_is_recorded_for_the_seat_that_said_it(house: House, row: Round) -> None:
    made = recorded(house, row)
    assert (made.made_by, made.came, made.recorded_by) == (
        "C. Clerk, for the council",
        "by email",
        "Mary Manager",
    )
    assert stands(house, row)["Colin Council"] is Reply.COMMENTED
    assert "Colin Council" not in waiting(row)
    assert verbs_on(row.document.record)[-1] == "comment recorded"
    assert queries.unanswered(house.manager.actor, row.document).get() == made


@pytest.mark.parametrize("who", ["council", "member", "outsider"])
def test_only_who_sends_a_draft_out_records_for_others(house: House, row: Round, who: str) -> None:
    with pytest.raises(Refused):
        recorded(house, row, by=getattr(house, who).actor)
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"text": " "}, "text"),
        ({"made_by": " "}, "made_by"),
        ({"made_on": DAY + timedelta(1)}, "made_on"),
        ({"made_on": DAY - timedelta(1)}, "made_on"),
    ],
)
def test_what_is_wrong_with_a_recorded_comment_is_told(
    house: House, row: Round, more: Any, field: str
) -> None:
    with pytest.raises(Invalid) as told:
        recorded(house, row, **more)
    assert [each.field for each in told.value.faults] == [field]
    assert not Comment.objects.exists()


def test_a_seat_that_handed_the_request_on_is_not_silent(house: House, row: Round) -> None:
    ask = Ask.objects.get(seat=house.council.seat, errand="comment", cleared_on=None)
    hand_on(house.manager.actor, ask=ask, seat=house.chair.seat, reason="She knows it")
    now = {each.name: each for each in queries.voices(house.manager.actor, row)}
    assert now["Colin Council"].reply is Reply.HANDED_ON
    assert now["Colin Council"].handed_to == house.chair.seat
    assert now[house.chair.seat.role].reply is Reply.SILENT
    operations.extend(house.manager.actor, round=row, closes=CLOSES + timedelta(7))
    assert waiting(row) == sorted([house.chair.seat.role, "Hetty Health", "Meg Member"])
    said(row, house.chair)
    assert stands(house, row)[house.chair.seat.role] is Reply.COMMENTED
    assert stands(house, row)["Colin Council"] is Reply.HANDED_ON


def test_what_was_handed_back_is_asked_of_the_first_again(house: House, row: Round) -> None:
    ask = Ask.objects.get(seat=house.council.seat, errand="comment", cleared_on=None)
    hand_on(house.manager.actor, ask=ask, seat=house.chair.seat, reason="She knows it")
    hand_on(house.manager.actor, ask=ask, seat=house.council.seat, reason="She does not")
    assert stands(house, row)["Colin Council"] is Reply.SILENT
    assert house.chair.seat.role not in stands(house, row)


def test_nothing_is_handed_on_to_a_seat_that_is_asked_already(house: House, row: Round) -> None:
    ask = Ask.objects.get(seat=house.council.seat, errand="comment", cleared_on=None)
    with pytest.raises(Refused, match="is asked for this already"):
        hand_on(house.manager.actor, ask=ask, seat=house.health.seat, reason="She knows it")
    assert Ask.objects.get(pk=ask.pk).seat == house.council.seat

"""A disagreement climbs and is settled by those who differ; letters are answered or say why not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from concordat.domain.base.asks.models import Ask
from concordat.domain.base.asks.rules import Errand
from concordat.domain.governance.meetings import operations, queries
from concordat.domain.governance.meetings.models import Assent, Dispute, Letter, Position
from concordat.domain.governance.meetings.rules.disputes import State
from concordat.domain.governance.meetings.rules.letters import Said
from concordat.kernel.errors import Invalid, Refused
from tests.operations.mail.cast import DAY, LOADER, Sitter
from tests.operations.meetings.boardroom import Boardroom, seat_row


def opened(room: Boardroom) -> Dispute:
    return operations.open_dispute(
        room.manager,
        body=room.body,
        title="Equal thirds or a flat payment",
        issue="The police offer a flat sum; the others want equal thirds",
        positions=[
            (seat_row(room.house.council), "Equal thirds"),
            (seat_row(room.police), "A flat sum, as in every borough"),
        ],
        standard="Equitable and proportionate",
    )


def position(row: Dispute, seat: object) -> Position:
    return Position.objects.select_related("dispute__record").get(dispute=row, seat=seat)


def test_it_begins_on_the_first_rung_with_its_day(room: Boardroom) -> None:
    row = opened(room)
    assert (row.rung, row.state) == (0, State.OPEN)
    assert row.rung_due == date(2019, 4, 12)
    assert Ask.objects.filter(record=row.record, cleared_on=None).count() == 2


def test_it_takes_two_to_disagree(room: Boardroom) -> None:
    with pytest.raises(Invalid, match="two seats"):
        operations.open_dispute(
            room.manager,
            body=room.body,
            title="x",
            issue="x",
            positions=[(seat_row(room.police), "x")],
        )
    assert not Dispute.objects.exists()


def test_the_scrutineer_advises_and_neither_climbs_nor_settles(room: Boardroom) -> None:
    row = opened(room)
    told = operations.tell(room.scrutineer.actor, dispute=row, text="Look at what others pay")
    assert told.advice
    with pytest.raises(Refused):
        operations.climb(room.scrutineer.actor, dispute=row, tried="I advised")
    with pytest.raises(Refused):
        operations.settle_dispute(room.scrutineer.actor, dispute=row, settlement="As I say")
    with pytest.raises(Refused):
        operations.tell(room.house.member.actor, dispute=row, text="I think")


def test_it_climbs_once_something_was_tried_and_everybody_is_asked_again(room: Boardroom) -> None:
    row = opened(room)
    operations.agree(room.police.actor, position=position(row, room.police.seat))
    with pytest.raises(Refused, match="what was tried"):
        operations.climb(room.manager, dispute=row, tried="")
    up = operations.climb(room.manager, dispute=row, tried="Two meetings")
    assert up.rung == 1
    assert position(row, room.police.seat).agreed_on is None
    assert Ask.objects.filter(record=row.record, cleared_on=None).count() == 2
    for _ in range(3):
        operations.climb(room.manager, dispute=row, tried="More")
    with pytest.raises(Refused, match="last rung"):
        operations.climb(room.manager, dispute=row, tried="More")


def test_it_is_settled_only_by_all_who_differ(room: Boardroom) -> None:
    row = opened(room)
    with pytest.raises(Refused, match="do not hold"):
        operations.agree(room.house.council.actor, position=position(row, room.police.seat))
    operations.agree(room.police.actor, position=position(row, room.police.seat))
    with pytest.raises(Refused, match="Colin Council has not agreed"):
        operations.settle_dispute(room.manager, dispute=row, settlement="A flat sum for a year")
    operations.agree(room.house.council.actor, position=position(row, room.house.council.seat))
    done = operations.settle_dispute(room.manager, dispute=row, settlement="A flat sum for a year")
    assert done.state == State.SETTLED
    assert not Ask.objects.filter(record=row.record, cleared_on=None).exists()


def test_a_body_has_a_ladder_of_its_own(room: Boardroom) -> None:
    ladder = [["The chair", 3, True], ["The lead partners", None, True]]
    operations.settle_ways(room.manager, body=room.body, values={"ladder": ladder})
    row = opened(room)
    assert row.rung_due == date(2019, 4, 3)
    assert row.ladder == ladder


def test_a_letter_that_wants_an_answer_is_asked_for_until_it_has_one(room: Boardroom) -> None:
    risk = room.house.risk()
    letter = operations.register_letter(
        room.manager,
        about=risk,
        incoming=True,
        party="coroner",
        who="The senior coroner",
        subject="Our terms of reference",
        dated=DAY,
        reply_due=date(2019, 4, 12),
        answering=seat_row(room.house.manager),
    )
    assert [row.pk for row in queries.unanswered(room.manager)] == [letter.pk]
    told = {"about": risk, "party": "coroner", "who": "The senior coroner", "dated": DAY}
    with pytest.raises(Invalid, match="who signed"):
        operations.register_letter(room.manager, incoming=False, subject="Re", **told)
    operations.register_letter(
        room.manager,
        incoming=False,
        subject="Re: our terms",
        signed_by="The chair",
        replies_to=letter,
        **told,
    )
    assert not queries.unanswered(room.manager)
    assert not Ask.objects.filter(record=risk, cleared_on=None).exists()


def test_a_letter_may_stay_unanswered_with_a_reason(room: Boardroom) -> None:
    risk = room.house.risk()
    letter = operations.register_letter(
        LOADER, about=risk, incoming=True, party="press", who="A paper", subject="A request",
        dated=DAY, reply_due=DAY,
    )  # fmt: skip
    with pytest.raises(Invalid, match="Say why"):
        operations.need_no_answer(room.manager, letter=letter, reason="")
    operations.need_no_answer(room.manager, letter=letter, reason="Answered by the council")
    assert not queries.unanswered(room.manager)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"party": "nobody"}, "not on the list"),
        ({"who": " "}, "who wrote"),
        ({"subject": ""}, "what it is about"),
        ({"reply_due": date(2019, 1, 1)}, "before the letter"),
    ],
)
def test_a_letter_that_says_too_little_is_refused(
    room: Boardroom, changed: dict[str, object], told: str
) -> None:
    values = {
        "about": room.house.risk(),
        "incoming": True,
        "party": "court",
        "who": "The court",
        "subject": "A hearing",
        "dated": DAY,
    }
    with pytest.raises(Invalid, match=told):
        operations.register_letter(room.manager, **{**values, **changed})


def drafted(room: Boardroom, **more: object) -> Letter:
    return operations.draft_letter(
        room.manager,
        about=room.house.risk(),
        party="department",
        who="The permanent secretary",
        subject="Our plans",
        agreeing=[seat_row(room.house.council), seat_row(room.police)],
        **more,  # type: ignore[arg-type]
    )


def assent(letter: Letter, sitter: Sitter) -> Assent:
    return Assent.objects.select_related("letter", "seat").get(letter=letter, seat=sitter.seat)


def test_a_letter_goes_once_everybody_who_was_asked_has_agreed(room: Boardroom) -> None:
    letter = drafted(room)
    sent = {"letter": letter, "dated": DAY}
    with pytest.raises(Refused, match="still waits for"):
        operations.send_letter(room.manager, signed_by="The chair", **sent)
    council = room.house.council
    operations.agree_letter(council.actor, assent=assent(letter, council), said=Said.AGREED)
    with pytest.raises(Refused, match="do not hold"):
        operations.agree_letter(council.actor, assent=assent(letter, room.police), said=Said.AGREED)
    with pytest.raises(Refused, match="what has to change"):
        operations.agree_letter(
            room.police.actor, assent=assent(letter, room.police), said=Said.CHANGE
        )
    operations.agree_letter(
        room.police.actor, assent=assent(letter, room.police), said=Said.CHANGE, words="Name us"
    )
    with pytest.raises(Refused, match="asked for a change"):
        operations.send_letter(room.manager, signed_by="The chair", **sent)
    operations.change_letter(room.manager, letter=letter, who=letter.who, subject="All our plans")
    asks = Ask.objects.filter(record=letter.about, errand=Errand.APPROVE, cleared_on=None)
    assert {ask.seat_id for ask in asks} == {council.seat.pk, room.police.seat.pk}
    for sitter in (council, room.police):
        operations.agree_letter(sitter.actor, assent=assent(letter, sitter), said=Said.AGREED)
    with pytest.raises(Refused, match="who signed"):
        operations.send_letter(room.manager, signed_by=" ", **sent)
    with pytest.raises(Invalid, match="not come yet"):
        operations.send_letter(
            room.manager, letter=letter, signed_by="The chair", dated=DAY + timedelta(days=1)
        )
    done = operations.send_letter(room.manager, signed_by="The chair", **sent)
    assert (done.is_draft, done.signed_by) == (False, "The chair")
    with pytest.raises(Refused, match="has gone"):
        operations.change_letter(room.manager, letter=letter, who="x", subject="y")


def test_a_drafted_answer_answers_nothing_until_it_goes(room: Boardroom) -> None:
    came = operations.register_letter(
        LOADER, about=room.house.risk(), incoming=True, party="department", who="A minister",
        subject="A question", dated=DAY, reply_due=DAY,
    )  # fmt: skip
    answer = operations.draft_letter(
        room.manager, about=came.about, party="department", who="A minister", subject="Re",
        agreeing=[], replies_to=came,
    )  # fmt: skip
    assert came in queries.unanswered(room.manager)
    operations.send_letter(room.manager, letter=answer, signed_by="The chair", dated=DAY)
    assert came not in queries.unanswered(room.manager)
    with pytest.raises(Refused):
        operations.draft_letter(
            room.house.member.actor, about=came.about, party="press", who="x", subject="y",
            agreeing=[],
        )  # fmt: skip

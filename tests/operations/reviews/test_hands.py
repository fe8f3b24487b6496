"""For which agency somebody speaks, that nobody agrees with themselves, who reads on, and what is
written to whoever is asked or told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from concordat.domain.base.asks.models import Ask
from concordat.domain.base.mail.models import Message
from concordat.domain.base.records.models import Grant, Share
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats import operations as seats
from concordat.domain.base.seats.models import Incumbency
from concordat.domain.practice.reviews.models import Escalation, LearningReferral, ReferralTurn
from concordat.domain.practice.reviews.operations import (
    escalations,
    referrals,
    referrals_learning,
)
from concordat.domain.practice.reviews.queries import referrals as reading
from concordat.domain.practice.reviews.rules.referrals import ReferralStage
from concordat.kernel.actor import Actor, Office
from concordat.kernel.errors import Invalid, Refused
from tests.casts import Kept
from tests.operations.mail.cast import DAY, LOADER, Sitter, sits
from tests.operations.reviews.learning import DOOR, NOW, Learning, again, asked, timer
from tests.walls import behind_the_wall


@pytest.fixture
def cast(learnings: Kept[Learning]) -> Iterator[Learning]:
    with learnings.lent() as cast:
        yield cast


def _another(cast: Learning) -> Sitter:
    """A second nurse of the surgery."""
    sitter = sits(cast.house.here, cast.house.board, "Ned Nurse", Office.AGENCY_LEAD)
    values = {
        "role": "Ned Nurse", "body": cast.house.board, "agency": cast.surgery,
        "office": Office.AGENCY_LEAD,
    }  # fmt: skip
    seats.set_down(
        LOADER, partnership=cast.house.here, kind="seats", key=sitter.seat.key, values=values
    )
    sitter.seat.refresh_from_db()
    return sitter


def _also_in(sitter: Sitter, other: Sitter) -> Sitter:
    """The first takes the second's post as well, and with it the seat."""
    post = other.seat.holders.get().post
    assert post
    seats.take_post(LOADER, person=sitter.person, post=post, from_day=DAY)
    return sitter


def letters(to: str) -> list[str]:
    return list(Message.objects.filter(to=to).order_by("posted_at").values_list("text", flat=True))


@pytest.mark.long
def test_whoever_has_seats_of_two_agencies_says_for_which_they_refer(cast: Learning) -> None:
    both = _also_in(cast.head, cast.nurse)
    with pytest.raises(Invalid, match="several agencies") as raised:
        cast.referred(second=None)
    assert [each.field for each in raised.value.faults] == ["own"]
    assert not LearningReferral.objects.exists()
    row = cast.referred(second=None, seat=cast.nurse.seat)
    assert (row.seat, row.agency) == (cast.nurse.seat, cast.surgery)
    with pytest.raises(Invalid, match="no seat of yours"):
        cast.referred(second=None, seat=cast.house.member.seat)
    assert both.actor.person == cast.head.person.pk


@pytest.mark.long
def test_whoever_has_seats_of_two_agencies_says_for_which_they_disagree(cast: Learning) -> None:
    _also_in(cast.head, cast.nurse)
    with pytest.raises(Invalid, match="several agencies"):
        cast.raised()
    assert not Escalation.objects.exists()
    with pytest.raises(Invalid, match="your own agency"):
        cast.raised(seat=cast.nurse.seat)
    assert cast.raised(seat=cast.head.seat).agency == cast.school


@pytest.mark.long
def test_one_human_does_not_agree_with_themselves_from_another_seat(cast: Learning) -> None:
    row = cast.referred()
    _also_in(cast.head, cast.nurse)
    before = Incumbency.objects.get(post__holdings__seat=cast.head.seat, to_day=None)
    seats.leave_post(LOADER, incumbency=before, last_day=DAY - timedelta(days=1))
    actor = cast.head.actor
    assert {held.seat for held in actor.seats} == {cast.nurse.seat.pk}
    part = reading.part_in(actor, row)
    assert (part.refers, part.seconds, part.told) == (False, True, True)
    with pytest.raises(Refused, match="Whoever put it down"):
        referrals.agree(actor, referral=row, why="I saw it")
    assert again(row).stage_is is ReferralStage.REFERRED


@pytest.mark.long
def test_a_guest_who_has_a_seat_as_well_does_not_agree_to_what_they_told(cast: Learning) -> None:
    row = _told_by_a_guest(cast, cast.nurse.person.email)
    referrals.name_second(cast.house.manager.actor, referral=row, second=cast.nurse.seat)
    with pytest.raises(Refused, match="Whoever put it down"):
        referrals.agree(cast.nurse.actor, referral=row, why="I saw it")


def _told_by_a_guest(cast: Learning, email: str = "jo@example.org") -> LearningReferral:
    """Told, with its link used up: what the page of the link does is tested there."""
    row = referrals.invite(
        cast.house.manager.actor, partnership=cast.house.here, agency=cast.school,
        name="Jo Patel", email=email, door=DOOR, now=NOW,
    )  # fmt: skip
    told = cast.told()
    with behind_the_wall():
        link = again(row).link
        assert link
        link.used_at = NOW
        link.save()
        LearningReferral.objects.filter(pk=row.pk).update(
            stage=ReferralStage.REFERRED, kind=told.kind, what=told.what, why=told.why
        )
    return again(row)


@pytest.mark.long
def test_who_is_asked_no_more_reads_no_more(cast: Learning) -> None:
    row, ned = cast.referred(), _another(cast)
    assert can(cast.nurse.actor, Verb.SEE, row.record)
    referrals.name_second(cast.head.actor, referral=row, second=ned.seat)
    assert can(ned.actor, Verb.SEE, row.record)
    assert not can(cast.nurse.actor, Verb.SEE, row.record)
    assert asked(cast.nurse.seat) == []
    referrals.name_second(cast.head.actor, referral=row, second=cast.nurse.seat)
    assert can(cast.nurse.actor, Verb.SEE, row.record)


@pytest.mark.long
def test_the_group_that_returned_it_reads_it_once_more_only_when_it_is_agreed_to(
    cast: Learning,
) -> None:
    row = cast.agreed()
    leader = cast.leader.actor
    assert can(leader, Verb.SEE, row.record)
    referrals_learning.send_back(leader, referral=row, reason="Which gate?")
    assert can(leader, Verb.SEE, row.record)
    referrals.refer_again(cast.head.actor, referral=row, told=cast.told(what="The north gate"))
    assert not can(leader, Verb.SEE, row.record)
    assert not Share.objects.filter(record=row.record, to_day=None).exists()
    referrals.agree(cast.nurse.actor, referral=row, why="It was that one")
    assert can(leader, Verb.SEE, row.record)
    assert Grant.objects.filter(record=row.record, grantee=cast.group.record).count() >= 1


@pytest.mark.long
def test_a_guest_hears_what_became_of_it(cast: Learning) -> None:
    row = _told_by_a_guest(cast)
    before = len(letters("jo@example.org"))
    referrals.name_second(cast.house.manager.actor, referral=row, second=cast.nurse.seat)
    referrals.differ(cast.nurse.actor, referral=row, reason="Not so", door=DOOR, now=NOW)
    assert reading.why_back(cast.nurse.actor, again(row)) == "Not so"
    referrals.refer_again(cast.house.manager.actor, referral=row, told=cast.told())
    referrals.agree(cast.nurse.actor, referral=row, why="Now I see")
    leader = cast.leader.actor
    referrals_learning.take_on(leader, referral=row, why="Gates")
    referrals_learning.learn(
        leader, referral=row, learnt="Shut it", told_to="Schools", door=DOOR, now=NOW
    )
    found = letters("jo@example.org")[before:]
    assert len(found) == 2
    assert "The second person did not agree, and says why." in found[0]
    assert "The group says what was learnt from it" in found[1]
    for letter in found:
        assert "HERE-LR-0001" in letter
        assert "gate" not in letter.lower()
        assert "Shut it" not in letter


@pytest.mark.long
def test_where_no_link_can_be_sent_the_secretariat_is_asked_to_tell_the_guest(
    cast: Learning,
) -> None:
    row = _told_by_a_guest(cast)
    referrals.name_second(cast.house.manager.actor, referral=row, second=cast.nurse.seat)
    referrals.differ(cast.nurse.actor, referral=row, reason="Not so")
    told = Ask.objects.filter(seat=cast.house.manager.seat, errand="read", cleared_on=None).get()
    assert "Tell Jo Patel, who has no account" in told.why


@pytest.mark.long
def test_a_letter_says_what_is_asked_at_a_stage_by_when_and_whom_to_ring(cast: Learning) -> None:
    with behind_the_wall():
        cast.head.person.phone = "020 7946 0003"
        cast.head.person.save()
    cast.raised()
    letter = letters(cast.nurse.person.email)[-1]
    for part in (
        "Ash School disagrees with Elm Surgery about what a child needs (HERE-ES-0001)",
        "Stage 1 of 2 stages: Between the practitioners",
        "speak for Elm Surgery with Hana Head, and to settle it by 2 April 2019",
        "ring Hana Head on 020 7946 0003",
        "taken to the next stage: Between their managers",
    ):
        assert part in letter
    assert "Wren" not in letter
    assert "see the child" not in letter


@pytest.mark.long
def test_a_late_stage_is_written_of_at_once(cast: Learning) -> None:
    cast.raised()
    escalations.tell_of_late(timer(date(2019, 4, 4)))
    letter = letters(cast.house.manager.person.email)[-1]
    assert "was to end by 2 April 2019, 2 working days ago" in letter
    assert "get in touch with Hana Head" in letter
    mine = letters(cast.head.person.email)[-1]
    assert "get in touch with Nia Nurse" in mine
    count = Message.objects.count()
    escalations.tell_of_late(timer(date(2019, 4, 5)))
    assert Message.objects.count() == count


def test_each_turn_keeps_whose_hands_did_it(cast: Learning) -> None:
    cast.referred()
    actor: Actor = cast.head.actor
    assert {turn.person_id for turn in ReferralTurn.objects.all()} == {actor.person}

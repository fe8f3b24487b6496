"""Who owes which paper, and reminding them in their work and by letter."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from concordat.domain.base.asks.models import Ask
from concordat.domain.base.asks.operations import remind
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.mail.models import Message
from concordat.domain.governance.meetings import operations, queries
from concordat.domain.governance.meetings.models import Chase, Line, Meeting, Paper
from concordat.domain.governance.meetings.operations.papers import Cover
from concordat.domain.governance.meetings.rules.chasing import Owing
from concordat.domain.governance.meetings.rules.papers import Check, Status
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Refused
from concordat.kernel.sensitivity import Sensitivity
from tests.operations.mail.cast import DAY, LOADER, verbs_on
from tests.operations.meetings.boardroom import Boardroom, at

AHEAD = DAY + timedelta(days=14)
COVER = Cover("Budget report", purposes=[Status.INFORMATION], parts={"summary": "Invented."})


def ahead(room: Boardroom) -> Meeting:
    return operations.call(
        LOADER, body=room.body, starts_at=at(9, day=AHEAD), ends_at=at(11, day=AHEAD)
    )


def led(room: Boardroom, meeting: Meeting, title: str = "The budget", **more: object) -> Line:
    line = operations.propose(
        LOADER,
        meeting=meeting,
        title=title,
        purpose="decide",
        lead=room.house.health.seat,
        **more,  # type: ignore[arg-type]
    )
    operations.take_on(LOADER, line=line)
    return Line.objects.select_related("item__record", "meeting__record", "meeting__body").get(
        pk=line.pk
    )


def wanted(room: Boardroom, line: Line) -> Paper:
    return operations.want(LOADER, line=line, title="Budget report")


def late(actor: Actor, meeting: Meeting) -> Actor:
    """The actor on the day after papers were due."""
    assert meeting.papers_on is not None
    return replace(actor, on=meeting.papers_on + timedelta(days=1))


def stands(actor: Actor, meeting: Meeting) -> list[tuple[str, Owing]]:
    return [
        (each.paper.title if each.paper else each.line.item.record.title, each.stands)
        for each in queries.owed(actor, meeting)
    ]


@pytest.mark.long
def test_an_item_to_decide_needs_a_paper_and_who_leads_it_owes_it(room: Boardroom) -> None:
    meeting = ahead(room)
    line = led(room, meeting)
    assert stands(room.manager, meeting) == [("The budget", Owing.NOT_ASKED)]
    wanted(room, line)
    (row,) = queries.owed(room.manager, meeting)
    assert (row.stands, row.due) == (Owing.OWED, meeting.papers_on)
    assert [seat.pk for seat in row.who] == [room.house.health.seat.pk]
    (row,) = queries.owed(late(room.manager, meeting), meeting)
    assert (row.stands, row.when) == (Owing.LATE, "1 working day late")


@pytest.mark.long
def test_whoever_owes_it_is_reminded_once_a_day_by_letter(room: Boardroom) -> None:
    meeting = ahead(room)
    paper = wanted(room, led(room, meeting))
    actor = late(room.manager, meeting)
    before = set(Message.objects.values_list("pk", flat=True))
    (made,) = operations.chase(actor, meeting=meeting, paper=paper, words="The pack goes Friday")
    assert (made.seat_id, made.letters) == (room.house.health.seat.pk, 1)
    (letter,) = Message.objects.exclude(pk__in=before)
    assert letter.to == room.house.health.person.email
    assert "The pack goes Friday" not in letter.text
    assert "paper chased" in verbs_on(meeting.record)
    (row,) = queries.owed(actor, meeting)
    assert row.last == made
    assert operations.chase_all(actor, meeting=meeting) == 0, "they were reminded today"
    tomorrow = replace(actor, on=actor.on + timedelta(days=1))
    assert operations.chase_all(tomorrow, meeting=meeting) == 1
    assert Chase.objects.count() == 2
    assert Ask.objects.filter(errand=Errand.GIVE, cleared_on=None).count() == 1


@pytest.mark.long
def test_a_letter_about_something_restricted_does_not_say_what(room: Boardroom) -> None:
    meeting = ahead(room)
    line = led(room, meeting, "Kestrel", sensitivity=Sensitivity.RESTRICTED)
    paper = operations.want(LOADER, line=line, title="Kestrel report")
    before = set(Message.objects.values_list("pk", flat=True))
    operations.chase(late(room.chair, meeting), meeting=meeting, paper=paper)
    for letter in Message.objects.exclude(pk__in=before):
        assert "Kestrel" not in letter.subject + letter.text


@pytest.mark.long
def test_who_is_to_clear_a_paper_is_reminded_where_it_waits(room: Boardroom) -> None:
    meeting = ahead(room)
    line = led(room, meeting)
    paper = wanted(room, line)
    operations.write(LOADER, paper=paper, cover=COVER)
    paper = Paper.objects.select_related("item__record", "item__lead").get(pk=paper.pk)
    operations.ask_clearance(
        LOADER, paper=paper, seat=room.house.council.seat, sort=Check.CLEARANCE
    )
    (row,) = queries.owed(room.manager, meeting)
    assert (row.stands, [seat.pk for seat in row.who]) == (
        Owing.CLEARING,
        [room.house.council.seat.pk],
    )
    (made,) = operations.chase(room.manager, meeting=meeting, paper=paper)
    assert made.seat_id == room.house.council.seat.pk
    assert not Ask.objects.filter(errand=Errand.GIVE, cleared_on=None).exists()


@pytest.mark.long
def test_what_is_ready_or_withdrawn_is_chased_no_more(room: Boardroom) -> None:
    meeting = ahead(room)
    paper = wanted(room, led(room, meeting))
    operations.write(LOADER, paper=paper, cover=COVER)
    operations.clear(LOADER, paper=Paper.objects.get(pk=paper.pk))
    assert stands(room.manager, meeting) == [("Budget report", Owing.READY)]
    with pytest.raises(Refused, match="Nobody owes it"):
        operations.chase(room.manager, meeting=meeting, paper=paper)
    other = wanted(room, led(room, meeting, "Staff"))
    operations.withdraw_paper(LOADER, paper=other, reason="Not needed")
    with pytest.raises(Refused, match="withdrawn"):
        operations.chase(room.manager, meeting=meeting, paper=other)
    assert not Chase.objects.exists()


def test_without_a_lead_it_is_settled_first(room: Boardroom) -> None:
    meeting = ahead(room)
    line = operations.propose(LOADER, meeting=meeting, title="Staff", purpose="decide")
    operations.take_on(LOADER, line=line)
    line = Line.objects.select_related("item__record", "meeting__record", "meeting__body").get()
    paper = wanted(room, line)
    with pytest.raises(Refused, match="Settle who leads it"):
        operations.chase(room.manager, meeting=meeting, paper=paper)


@pytest.mark.long
def test_members_remind_nobody_and_see_only_what_they_may_open(room: Boardroom) -> None:
    meeting = ahead(room)
    paper = wanted(room, led(room, meeting))
    member = room.house.member.actor
    with pytest.raises(Refused):
        operations.chase(member, meeting=meeting, paper=paper)
    with pytest.raises(Refused):
        operations.chase_all(member, meeting=meeting)
    led(room, meeting, "Kestrel", sensitivity=Sensitivity.SEALED, listed=False)
    assert all("Kestrel" not in title for title, _ in stands(member, meeting))
    assert any("Kestrel" in title for title, _ in stands(LOADER, meeting))


def test_after_the_meeting_nothing_is_owed_for_it(room: Boardroom) -> None:
    line = led(room, room.now())
    paper = wanted(room, line)
    room.held()
    with pytest.raises(Refused, match="No paper is owed"):
        operations.chase(room.manager, meeting=room.now(), paper=paper)


@pytest.mark.long
def test_what_was_given_is_reminded_of_no_more(room: Boardroom) -> None:
    meeting = ahead(room)
    paper = wanted(room, led(room, meeting))
    ask = Ask.objects.get(errand=Errand.GIVE, cleared_on=None)
    operations.write(LOADER, paper=paper, cover=COVER)
    with pytest.raises(Refused, match="not asked any more"):
        remind(LOADER, ask=ask)

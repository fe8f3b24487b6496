"""One paper before another body, what it says to it, and each point answered."""

from __future__ import annotations

from datetime import timedelta
from typing import TypeVar

import pytest

from concordat.domain.base.asks.models import Ask
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.records import operations as records
from concordat.domain.base.records.models import Event, Keyed
from concordat.domain.base.seats import operations as seats
from concordat.domain.base.seats.models import Body
from concordat.domain.governance.meetings import operations, queries
from concordat.domain.governance.meetings.models import (
    Consultation,
    Feedback,
    Line,
    Meeting,
    Paper,
    Presentation,
    Resolution,
)
from concordat.domain.governance.meetings.operations.papers import Cover
from concordat.domain.governance.meetings.queries import presenting
from concordat.domain.governance.meetings.rules.deciding import Outcome
from concordat.domain.governance.meetings.rules.life import PaperStage, Purpose
from concordat.domain.governance.meetings.rules.papers import Status
from concordat.domain.governance.meetings.rules.presenting import Response
from concordat.kernel.errors import Invalid, Refused, Stale
from concordat.kernel.sensitivity import Sensitivity
from tests.operations.mail.cast import DAY, LOADER
from tests.operations.meetings.boardroom import Boardroom, at, seat_row

K = TypeVar("K", bound=Keyed)


def written(room: Boardroom, to_tell: str = "", **held: Sensitivity) -> Paper:
    line = room.item("The update", lead=seat_row(room.house.member), **held)
    paper = operations.want(LOADER, line=line, title="Update")
    told = Cover("Update", purposes=[Status.INFORMATION], asks=["Note it"], to_tell=to_tell)
    return operations.write(LOADER, paper=paper, cover=told)


def set_down(room: Boardroom, model: type[K], key: str, **values: object) -> K:
    """A row as a partnership file brings it."""
    return records.keep(
        LOADER, model=model, partnership=room.here, key=key, values=values, noun="row"
    )


def elsewhere(room: Boardroom, cover: str = "short") -> Meeting:
    """A meeting of another body of the partnership, with a cover of its own."""
    made = seats.set_down(
        LOADER, partnership=room.here, kind="bodies", key="quality-group",
        values={"name": "Quality group", "kind": "sub-group"},
    )  # fmt: skip
    body = Body.objects.select_related("record", "partnership").get(pk=made.pk)
    operations.settle_ways(LOADER, body=body, values={"cover": cover})
    later = DAY + timedelta(days=14)
    return operations.call(
        LOADER, body=body, starts_at=at(10, day=later), ends_at=at(11, day=later)
    )


def put(room: Boardroom, paper: Paper, meeting: Meeting) -> Presentation:
    return operations.put_before(
        room.manager,
        paper=paper,
        meeting=meeting,
        purpose=Purpose.ADVISE,
        minutes=10,
        purposes=[Status.FEEDBACK],
        asks=["Say what is missing"],
        requested_by=room.body,
    )


def shown(room: Boardroom) -> Presentation:
    return Presentation.objects.select_related("body", "paper").get(line__meeting=room.meeting)


@pytest.mark.long
def test_another_body_has_it_on_another_day_under_its_own_cover(room: Boardroom) -> None:
    paper = written(room)
    meeting = elsewhere(room)
    row = put(room, paper, meeting)
    line = Line.objects.get(meeting=meeting)
    assert (line.item_id, line.purpose, line.minutes) == (paper.item_id, "advise", 10)
    assert (row.body_id, row.cover, row.date) == (meeting.body_id, "short", "2019-04-12")
    told = dict(presenting.cover_of(row, Paper.objects.get(pk=paper.pk), {}))
    assert told["Status of report"] == "Feedback requested"
    assert told["Decisions and recommendations sought"] == ["Say what is missing"]
    assert "Update by request of" not in told, "the short cover has no such part"
    first = dict(presenting.cover_of(shown(room), Paper.objects.get(pk=paper.pk), {}))
    assert first["Status of report"] == "Information"
    with pytest.raises(Refused, match="already"):
        put(room, paper, meeting)


def test_a_paper_of_a_file_gets_an_item_of_its_own(room: Boardroom) -> None:
    kept = set_down(room, Paper, "kept", title="On file")
    row = put(room, kept, elsewhere(room))
    kept.refresh_from_db()
    assert kept.item is not None
    assert row.line is not None
    assert kept.item.record.title == "On file"
    assert row.line.place == "on the agenda"


def test_a_paper_that_was_withdrawn_comes_before_nobody(room: Boardroom) -> None:
    paper = written(room)
    gone = operations.withdraw_paper(room.manager, paper=paper, reason="It is overtaken")
    with pytest.raises(Refused, match="withdrawn"):
        put(room, gone, elsewhere(room))


def test_what_is_held_closely_does_not_go_where_it_cannot_be_opened(room: Boardroom) -> None:
    paper = written(room, sensitivity=Sensitivity.RESTRICTED)
    meeting = elsewhere(room)
    with pytest.raises(Refused, match="may not open this item"):
        put(room, paper, meeting)
    assert not Line.objects.filter(meeting=meeting).exists()


@pytest.mark.long
def test_who_does_not_run_that_meeting_puts_nothing_before_it(room: Boardroom) -> None:
    paper, meeting = written(room), elsewhere(room)
    with pytest.raises(Refused):
        operations.put_before(
            room.house.health.actor, paper=paper, meeting=meeting, purpose=Purpose.NOTE
        )
    assert meeting not in presenting.can_come_before(room.house.health.actor, paper)
    assert meeting in presenting.can_come_before(room.manager, paper)


def test_a_cover_for_one_body_is_settled_and_two_who_do_see_both(room: Boardroom) -> None:
    paper = written(room)
    row = shown(room)
    seen = presenting.root_of(Paper.objects.get(pk=paper.pk)).version
    told = {"asks": ["Agree it"], "requested_by": None, "cover": "decision"}
    lead = room.house.member.actor
    done = operations.tell_body(
        lead, presentation=row, purposes=[Status.DECISION], seen_version=seen, **told
    )
    assert (done.cover, done.purposes, done.asks) == (
        "decision", ["decision required"], ["Agree it"],
    )  # fmt: skip
    with pytest.raises(Stale) as conflict:
        operations.tell_body(room.manager, presentation=row, purposes=[], seen_version=seen, **told)
    assert conflict.value.theirs["Status"] == "decision required"
    with pytest.raises(Refused):
        operations.tell_body(room.house.health.actor, presentation=row, purposes=[], **told)
    with pytest.raises(Invalid, match="not there"):
        operations.tell_body(
            lead, presentation=row, purposes=[], asks=[], requested_by=None, cover="none"
        )


def test_a_paper_is_not_cleared_while_a_bodys_cover_lacks_what_it_insists_on(
    room: Boardroom,
) -> None:
    paper = written(room)
    cover = {"purposes": [], "asks": [], "requested_by": None, "cover": "decision"}
    operations.tell_body(LOADER, presentation=shown(room), **cover)
    with pytest.raises(Refused, match="Executive summary"):
        operations.clear(LOADER, paper=paper)
    paper.refresh_from_db()
    assert paper.stage == PaperStage.DRAFT


@pytest.mark.long
def test_feedback_is_asked_given_for_ones_seat_and_answered_point_by_point(
    room: Boardroom,
) -> None:
    paper, row = written(room), shown(room)
    due = DAY + timedelta(days=5)
    operations.ask_feedback(room.manager, presentation=row, due=due)
    asks = Ask.objects.filter(record=paper.item.record, errand=Errand.COMMENT)  # type: ignore[union-attr]
    health = room.house.health
    assert asks.get(seat=health.seat).due == due
    told = operations.give_feedback(
        health.actor, presentation=row, points=["Who pays?", " ", "Say by when"]
    )
    assert [(each.number, each.who) for each in told] == [
        (1, health.seat.role), (2, health.seat.role),
    ]  # fmt: skip
    assert asks.get(seat=health.seat).cleared_on
    owed = Ask.objects.filter(record=paper.item.record, errand=Errand.ANSWER, cleared_on=None)  # type: ignore[union-attr]
    assert owed.get().seat_id == room.house.member.seat.pk
    lead = room.house.member.actor
    operations.answer_feedback(lead, feedback=told[0], response=Response.ACCEPTED, answer="")
    assert owed.exists()
    with pytest.raises(Refused, match="Say why"):
        operations.answer_feedback(
            lead, feedback=told[1], response=Response.NOT_ACCEPTED, answer=" "
        )
    operations.answer_feedback(
        lead, feedback=told[1], response=Response.NOT_ACCEPTED, answer="The law says when"
    )
    assert not owed.exists()
    [shown_row] = presenting.presentations(lead, Paper.objects.get(pk=paper.pk))
    assert (shown_row.points, shown_row.answered) == (2, 2)  # type: ignore[attr-defined]


def test_two_who_answer_one_point_see_both(room: Boardroom) -> None:
    paper = written(room)
    [point] = operations.give_feedback(LOADER, presentation=shown(room), points=["Who pays?"])
    assert (point.seat, point.who) == (None, "Executive")
    answer = {"feedback": point, "response": Response.NOTED}
    operations.answer_feedback(LOADER, answer="Thirds", seen=0, **answer)
    with pytest.raises(Stale) as conflict:
        operations.answer_feedback(room.manager, answer="Flat", seen=0, **answer)
    assert conflict.value.theirs == {"answer": "Thirds"}
    assert Feedback.objects.get().answer == "Thirds"
    assert Event.objects.filter(record=paper.item_id, verb="feedback answered").count() == 1


@pytest.mark.long
def test_who_is_not_of_the_body_says_nothing_and_who_did_not_write_answers_nothing(
    room: Boardroom,
) -> None:
    paper, row = written(room), shown(room)
    with pytest.raises(Refused):
        operations.give_feedback(room.house.outsider.actor, presentation=row, points=["x"])
    [point] = operations.give_feedback(LOADER, presentation=row, points=["x"])
    with pytest.raises(Refused):
        operations.answer_feedback(
            room.house.health.actor, feedback=point, response=Response.ACCEPTED, answer=""
        )
    with pytest.raises(Refused, match="at least one"):
        operations.give_feedback(LOADER, presentation=row, points=[" "])
    with pytest.raises(Invalid, match="gone by"):
        operations.ask_feedback(LOADER, presentation=row, due=DAY - timedelta(days=1))
    assert not list(queries.papers(room.house.outsider.actor).filter(pk=paper.pk))
    assert not queries.feedback_on(room.house.outsider.actor, paper)


def decided(room: Boardroom, paper: Paper) -> Resolution:
    line = Line.objects.select_related("item__lead").get(meeting=room.meeting)
    return operations.draft(
        LOADER,
        body=room.body,
        on=DAY,
        meeting=room.now(),
        line=line,
        text="Use one method",
        outcome=Outcome.AGREED,
        reasons="It works",
    )


@pytest.mark.long
def test_a_paper_that_needs_telling_carries_it_to_the_decision_and_asks_for_it(
    room: Boardroom,
) -> None:
    paper = written(room, to_tell="The method, to all schools")
    room.held()
    row = decided(room, paper)
    assert row.to_tell
    sealed = operations.seal(LOADER, resolution=row)
    ask = Ask.objects.get(record=sealed.record, errand=Errand.UPDATE, cleared_on=None)
    assert ask.seat_id == room.house.member.seat.pk
    assert "The method, to all schools" in ask.why
    lead = room.house.member.actor
    with pytest.raises(Invalid, match="who was told"):
        operations.tell_of(lead, resolution=sealed, how=" ")
    with pytest.raises(Refused):
        operations.tell_of(room.house.health.actor, resolution=sealed, how="Letter")
    done = operations.tell_of(lead, resolution=sealed, how="Bulletin of May to all schools")
    assert (done.told, done.told_on) == ("Bulletin of May to all schools", DAY)
    assert not Ask.objects.filter(record=sealed.record, errand=Errand.UPDATE, cleared_on=None)
    with pytest.raises(Refused, match="already"):
        operations.tell_of(lead, resolution=sealed, how="Again")


def test_a_cover_that_says_no_asks_for_nothing(room: Boardroom) -> None:
    paper = written(room, to_tell="NA")
    room.held()
    sealed = operations.seal(LOADER, resolution=decided(room, paper))
    assert not sealed.to_tell
    assert not Ask.objects.filter(record=sealed.record, errand=Errand.UPDATE).exists()


def test_a_cover_draws_what_a_source_told_of_consultation(room: Boardroom) -> None:
    paper = written(room)
    told = {"about": "The work", "asked": ["Schools"], "bodies": [room.body.key], "state": "done"}
    set_down(room, Consultation, "asked", paper=paper, **told)
    drawn = presenting.whereabouts(LOADER, [paper])[paper.pk].drawn(shown(room))
    assert [*drawn.values()] == [["Executive, on the work", "Schools, on the work"]]

"""A paper is wanted, written, cleared, late with two reasons, and put before many bodies."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from concordat.domain.base.asks.models import Ask
from concordat.domain.base.asks.rules import Errand
from concordat.domain.governance.meetings import operations, queries
from concordat.domain.governance.meetings.models import Clearance, Line, Paper, Presentation
from concordat.domain.governance.meetings.operations.papers import Cover
from concordat.domain.governance.meetings.queries import presenting
from concordat.domain.governance.meetings.rules.life import PaperStage, Purpose
from concordat.domain.governance.meetings.rules.papers import Check, Given, Status
from concordat.kernel.errors import Invalid, Refused, Stale
from tests.operations.mail.cast import DAY, LOADER
from tests.operations.meetings.boardroom import Boardroom, at, seat_row

COVER = Cover(
    title="Update on the partnership",
    author="The manager",
    purposes=[Status.INFORMATION, Status.UPDATE, Status.FEEDBACK],
    asks=["Note the report", " "],
    to_tell="NA",
    parts={"summary": "All is well.", "risk": " ", "title": "ignored"},
)


def wanted(room: Boardroom) -> tuple[Line, Paper]:
    line = room.item("The update", lead=seat_row(room.house.member))
    return line, operations.want(room.manager, line=line, title="Update on the partnership")


def test_a_paper_is_asked_of_whoever_leads_the_item(room: Boardroom) -> None:
    line, paper = wanted(room)
    ask = Ask.objects.get(record=line.item.record, errand=Errand.GIVE, cleared_on=None)
    assert ask.seat_id == room.house.member.seat.pk
    assert ask.due == room.meeting.papers_on
    assert paper.stage == PaperStage.WANTED
    assert Presentation.objects.get(paper=paper).body_id == room.body.pk


def test_the_lead_writes_it_and_others_do_not(room: Boardroom) -> None:
    line, paper = wanted(room)
    with pytest.raises(Refused):
        operations.write(room.house.health.actor, paper=paper, cover=COVER)
    done = operations.write(room.house.member.actor, paper=paper, cover=COVER)
    assert done.stage == PaperStage.DRAFT
    assert done.asks == ["Note the report"]
    assert done.parts == {"summary": "All is well."}
    assert not Ask.objects.filter(
        record=line.item.record, errand=Errand.GIVE, cleared_on=None
    ).exists()


def test_two_who_write_at_once_see_both_texts(room: Boardroom) -> None:
    line, paper = wanted(room)
    operations.write(room.house.member.actor, paper=paper, cover=COVER)
    seen = type(line.item.record).objects.get(pk=line.item.record_id).version
    operations.write(room.manager, paper=paper, cover=COVER, seen_version=seen)
    with pytest.raises(Stale) as conflict:
        operations.write(room.manager, paper=paper, cover=Cover("Mine"), seen_version=seen)
    assert conflict.value.mine["Title"] == "Mine"
    assert conflict.value.theirs["Executive summary"] == "All is well."


def test_clearance_holds_a_paper_and_sends_it_back_with_words(room: Boardroom) -> None:
    _, paper = wanted(room)
    operations.write(room.manager, paper=paper, cover=COVER)
    row = operations.ask_clearance(
        room.manager, paper=paper, seat=seat_row(room.house.health), sort=Check.CLEARANCE, due=DAY
    )
    with pytest.raises(Refused, match="asked already"):
        operations.ask_clearance(
            room.manager, paper=paper, seat=seat_row(room.house.health), sort=Check.CLEARANCE
        )
    with pytest.raises(Refused, match="do not hold"):
        operations.give_clearance(room.manager, clearance=row, given=Given.CLEARED)
    health = room.house.health.actor
    with pytest.raises(Invalid, match="what has to change"):
        operations.give_clearance(health, clearance=row, given=Given.SENT_BACK)
    operations.give_clearance(health, clearance=row, given=Given.SENT_BACK, words="Say who pays")
    paper.refresh_from_db()
    assert paper.stage == PaperStage.DRAFT
    again = operations.ask_clearance(
        room.manager, paper=paper, seat=seat_row(room.house.health), sort=Check.CLEARANCE
    )
    operations.give_clearance(health, clearance=again, given=Given.CLEARED)
    paper.refresh_from_db()
    assert paper.stage == PaperStage.CLEARED


def test_who_is_asked_without_a_day_has_until_the_next_limit_of_the_body(room: Boardroom) -> None:
    _, paper = wanted(room)
    early = replace(room.manager, on=DAY - timedelta(days=30))
    operations.write(room.manager, paper=paper, cover=COVER)
    seat, told = seat_row(room.house.health), room.meeting
    advice = operations.ask_clearance(early, paper=paper, seat=seat, sort=Check.ADVICE)
    clearance = operations.ask_clearance(early, paper=paper, seat=seat, sort=Check.CLEARANCE)
    assert (advice.due, clearance.due) == (told.papers_on, told.sends_on)
    assert advice.due is not None
    late = operations.ask_clearance(
        room.manager, paper=paper, seat=seat_row(room.house.council), sort=Check.ADVICE
    )
    assert late.due is None, "every limit of that meeting has gone by"


def test_advice_that_does_not_come_is_taken_as_not_given(room: Boardroom) -> None:
    _, paper = wanted(room)
    operations.write(room.manager, paper=paper, cover=COVER)
    operations.ask_clearance(
        room.manager,
        paper=paper,
        seat=seat_row(room.house.health),
        sort=Check.ADVICE,
        due=DAY - timedelta(days=1),
    )
    assert operations.take_as_not_given(LOADER) == 1
    assert operations.take_as_not_given(LOADER) == 0
    assert Clearance.objects.get().given == Given.NOT_GIVEN
    assert operations.clear(room.manager, paper=paper).stage == PaperStage.CLEARED


def test_a_late_paper_follows_with_the_chair_and_two_reasons(room: Boardroom) -> None:
    _, paper = wanted(room)
    told = {"why_late": "Figures came late", "why_now": "The grant ends"}
    with pytest.raises(Refused, match="chair's agreement"):
        operations.let_follow(room.manager, paper=paper, **told)
    with pytest.raises(Refused, match="next meeting"):
        operations.let_follow(room.chair, paper=paper, why_late="Figures came late", why_now="")
    done = operations.let_follow(room.chair, paper=paper, **told)
    assert (done.stage, done.late_agreed_by) == (PaperStage.TO_FOLLOW, "Chai Reed")


def test_the_secretariat_records_how_the_chair_agreed_and_nobody_else_does(
    room: Boardroom,
) -> None:
    _, paper = wanted(room)
    told = {
        "why_late": "Figures came late",
        "why_now": "The grant ends",
        "agreed": "Chair, by phone",
    }
    with pytest.raises(Refused, match="chair's agreement"):
        operations.let_follow(room.house.member.actor, paper=paper, **told)
    done = operations.let_follow(room.manager, paper=paper, **told)
    assert done.late_agreed_by == "Chair, by phone, as Mary Manager records"


@pytest.mark.long
def test_it_is_written_once_and_put_before_many(room: Boardroom) -> None:
    line, paper = wanted(room)
    operations.write(room.manager, paper=paper, cover=COVER)
    later = DAY + timedelta(days=28)
    other = operations.call(
        LOADER, body=room.body, starts_at=at(10, day=later), ends_at=at(11, day=later)
    )
    again = operations.bring(
        LOADER, meeting=other, item=line.item, purpose=Purpose.NOTE, minutes=None
    )
    operations.present(room.manager, paper=paper, line=again)
    with pytest.raises(Refused, match="already"):
        operations.present(room.manager, paper=paper, line=again)
    second = Presentation.objects.get(line=again)
    been = presenting.whereabouts(LOADER, [paper])[paper.pk]
    assert been.words(paper) == ["Executive, 29 March 2019", "Executive, 26 April 2019"]
    now = Paper.objects.get(pk=paper.pk)
    cover = dict(presenting.cover_of(second, now, been.drawn(second)))
    assert cover["Executive summary"] == "All is well."
    assert "When and where it was presented before" not in cover, "the first is still ahead"
    assert "Risk implications" not in cover
    room.held()
    drawn = presenting.whereabouts(LOADER, [paper])[paper.pk].drawn(second)
    cover = dict(presenting.cover_of(second, now, drawn))
    assert cover["When and where it was presented before"] == ["Executive, 29 March 2019"]


def test_a_brief_is_seen_by_ones_own_agency_alone(room: Boardroom) -> None:
    line = room.item("The budget")
    seat = seat_row(room.house.health)
    operations.brief(
        room.house.health.actor, line=line, seat=seat, our_line="Equal thirds", limit="5,000"
    )
    with pytest.raises(Refused, match="own agency"):
        operations.brief(room.manager, line=line, seat=seat, our_line="x", limit="")
    assert [row.our_line for row in queries.briefs(room.house.health.actor, line)] == [
        "Equal thirds"
    ]
    assert not queries.briefs(room.manager, line)
    assert not queries.briefs(room.house.council.actor, line)


def test_a_note_is_nobody_elses(room: Boardroom) -> None:
    line = room.item("The budget")
    operations.note(room.manager, line=line, text="Ask about May")
    assert queries.own_note(room.manager, line) == "Ask about May"
    assert queries.own_note(room.chair, line) == ""
    operations.note(room.manager, line=line, text=" ")
    assert queries.own_note(room.manager, line) == ""

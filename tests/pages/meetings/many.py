"""More rows of every list on the pages of meetings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from concordat.domain.base.actions import operations as actions
from concordat.domain.base.seats import operations as seats
from concordat.domain.base.seats.models import Body
from concordat.domain.base.seats.rules import Standing
from concordat.domain.governance.meetings import operations as meetings
from concordat.domain.governance.meetings.rules.deciding import Voice
from concordat.domain.governance.meetings.rules.life import Purpose
from tests.operations.mail.cast import DAY, LOADER
from tests.pages.furnished import Furnished
from tests.pages.meetings.furniture import (
    called,
    decided,
    disputed,
    item,
    lettered,
    paper,
    planned,
    supplement,
)


def more_meetings(stands: Furnished, numbers: range) -> None:
    for each in numbers:
        called(stands.house, DAY + timedelta(days=each + 1))


def more_items(stands: Furnished, numbers: range) -> None:
    """Items, each with a paper and a decision, and guests to hear of them."""
    meeting = stands.convened.meeting
    for each in numbers:
        line = item(meeting, f"Item {each}")
        paper(line, f"Report {each}")
        decided(stands.house, meeting, line, f"Decide {each}")
        meetings.invite(LOADER, meeting=meeting, guest=f"Guest {each}")


def more_arising(stands: Furnished, numbers: range) -> None:
    """What the meeting before set."""
    for each in numbers:
        actions.add(
            replace(LOADER, on=stands.convened.carried.meeting.day),
            source=stands.convened.carried.meeting.record,
            what=f"Write again {each}",
            set_by=stands.house.board,
            owner=stands.house.member.seat,
            due=DAY + timedelta(days=28),
        )


def more_urgent(stands: Furnished, numbers: range) -> None:
    """Decisions out of a meeting, sealed, on which the council agreed."""
    for each in numbers:
        row = decided(stands.house, None, None, f"Agree {each}")
        voice = row.voices.get(seat=stands.house.council.seat)
        meetings.say(LOADER, voice=voice, said=Voice.AGREE)
        meetings.seal(LOADER, resolution=row)


def more_papers_of_one(stands: Furnished, numbers: range) -> None:
    """Papers of one item, each in a supplement of its own."""
    for each in numbers:
        supplement(stands.convened.meeting, stands.convened.line, f"Paper {each}")


def more_papers(stands: Furnished, numbers: range) -> None:
    """Papers of one item, each before the same meeting."""
    for each in numbers:
        paper(stands.convened.line, f"Report on papers {each}")


def more_feedback(stands: Furnished, numbers: range) -> None:
    """Points of feedback on one paper, which comes before as many meetings."""
    shown = stands.convened.presentation
    for each in numbers:
        meetings.give_feedback(LOADER, presentation=shown, points=[f"Point {each}"])
        meeting = called(stands.house, DAY + timedelta(days=30 + each))
        meetings.put_before(
            LOADER, paper=stands.convened.paper, meeting=meeting, purpose=Purpose.NOTE
        )


def more_interests(stands: Furnished, numbers: range) -> None:
    for each in numbers:
        meetings.declare(
            LOADER, meeting=stands.convened.meeting, who=f"Member {each}", interest="A share",
            done="stayed",
        )  # fmt: skip


def more_disputes(stands: Furnished, numbers: range) -> None:
    for each in numbers:
        disputed(stands.house, f"Who pays {each}")
        meetings.tell(LOADER, dispute=stands.convened.dispute, text=f"Tried {each}")


def more_letters(stands: Furnished, numbers: range) -> None:
    for each in numbers:
        lettered(stands.house.board.record, f"Inspector {each}")


def more_bodies(stands: Furnished, numbers: range) -> None:
    """Bodies with a rhythm, each with a meeting."""
    for each in numbers:
        row = seats.propose(
            LOADER,
            partnership=stands.house.here,
            name=f"Group {each}",
            state=Standing.IN_FORCE,
            from_day=None,
            values={"kind": "subgroup", "rhythm": {"every": {"weeks": "6"}}},
        )
        body = Body.objects.select_related("record", "partnership").get(pk=row.pk)
        meetings.plan_meeting(LOADER, body=body)


def more_planned(stands: Furnished, numbers: range) -> None:
    """Things on the forward plan, which are suggested for the meeting too."""
    for each in numbers:
        planned(stands.house, f"Plan {each}")


OF_MEETINGS: dict[str, Callable[[Furnished, range], None]] = {
    "list": more_meetings,
    "every": more_bodies,
    "series": more_meetings,
    "forward": more_planned,
    "owed": more_items,
    "meeting": more_items,
    "pack": more_papers_of_one,
    "item": more_papers_of_one,
    "attendance": more_items,
    "decided": more_items,
    "minutes": more_arising,
    "decisions": more_urgent,
    "disputes": more_disputes,
    "dispute": more_disputes,
    "letters": more_letters,
    "attendance_year": more_interests,
    "papers": more_papers,
    "paper_whole": more_feedback,
    "presentation": more_feedback,
}
"""The name of each list, and how to make more of its rows."""

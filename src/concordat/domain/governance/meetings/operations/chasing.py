"""Reminding whoever owes a paper for a meeting."""

from __future__ import annotations

from concordat.domain.base.asks.models import Ask
from concordat.domain.base.asks.operations import raise_ask, remind
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.records.operations import happened, no_event, operation, take
from concordat.domain.base.seats.models import Seat
from concordat.domain.governance.meetings import queries
from concordat.domain.governance.meetings.models import Chase, Meeting, Paper
from concordat.domain.governance.meetings.operations.calling import fresh
from concordat.domain.governance.meetings.operations.papers import GIVE
from concordat.domain.governance.meetings.queries.chasing import Owed
from concordat.domain.governance.meetings.rules import chasing, life
from concordat.domain.governance.meetings.rules.chasing import Owing
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Refused


@operation
def chase(actor: Actor, *, meeting: Meeting, paper: Paper, words: str = "") -> list[Chase]:
    """Ask whoever owes a paper once more, in My work and by letter.

    One who is to clear it is asked where it waits for them. A letter names the record and what
    is asked; what is restricted it never describes, and `words` stand on the page alone.
    """
    record = take(meeting.pk, may=lambda held: queries.may_run(actor, held, meeting.body_id))
    now = fresh(meeting)
    if now.stage_is not in life.BEFORE:
        raise Refused(f"This meeting is {now.stage}. No paper is owed for it any more.")
    rows = [each for each in queries.owed(actor, now) if each.paper == paper]
    if not rows:
        raise Refused("This paper is not on the agenda of this meeting.")
    (row,) = rows[:1]
    chasing.may_chase(row.stands).require()
    if not row.who:
        raise Refused("Nobody leads this item. Settle who leads it first.")
    made = [_chased(actor, now, row, seat, words) for seat in row.who]
    happened(
        actor,
        "paper chased",
        record,
        after={"paper": paper.key, "of": [seat.record.reference for seat in row.who]},
    )
    return made


@operation
def chase_all(actor: Actor, *, meeting: Meeting) -> int:
    """Remind everybody who is late with a paper, and was not reminded today; of how many papers."""
    now = fresh(meeting)
    queries.may_run(actor, now.record, now.body_id).require()
    rows = [
        each
        for each in queries.owed(actor, now)
        if each.stands is Owing.LATE and each.may_chase and not _was_today(each, actor)
    ]
    if not rows:
        no_event("nobody is late who was not reminded today")
        return 0
    for each in rows:
        if each.paper is not None:
            chase(actor, meeting=now, paper=each.paper)
    return len(rows)


def _was_today(row: Owed, actor: Actor) -> bool:
    return row.last is not None and row.last.chased_on == actor.on


def _chased(actor: Actor, meeting: Meeting, row: Owed, seat: Seat, words: str) -> Chase:
    assert row.paper is not None  # noqa: S101 - asked for by whoever calls this
    asked = row.line.item.record
    open_ = Ask.objects.filter(record=asked, seat=seat, cleared_on=None)
    ask = open_.filter(what__endswith=row.paper.title[:200]).order_by("-pk").first()
    if ask is None:
        ask = raise_ask(
            actor,
            record=asked,
            seat=seat,
            errand=Errand.GIVE,
            what=f"{GIVE}: {row.paper.title}"[:300],
            why="You lead this item",
            due=row.due,
        )
        number = 0
    else:
        number = remind(actor, ask=ask)
    return Chase.objects.create(
        meeting=meeting,
        paper=row.paper,
        seat=seat,
        due=row.due,
        words=words.strip(),
        letters=number,
        chased_by=actor.signature[:200],
        chased_on=actor.on,
    )

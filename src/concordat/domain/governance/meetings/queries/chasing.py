"""The papers of one meeting with who owes each, and how often they were reminded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from concordat.domain.base.asks.models import Ask
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.clocks.queries import days_of
from concordat.domain.base.seats.models import Seat
from concordat.domain.governance.meetings.models import (
    Chase,
    Clearance,
    Line,
    Meeting,
    Paper,
    Presentation,
)
from concordat.domain.governance.meetings.queries.agenda import lines
from concordat.domain.governance.meetings.rules import agenda, chasing
from concordat.domain.governance.meetings.rules.chasing import Owing
from concordat.domain.governance.meetings.rules.life import LIVE, PaperStage
from concordat.domain.governance.meetings.rules.papers import Check
from concordat.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Owed:
    """One paper, or an item that needs one: who owes it, by when, and who was reminded."""

    label: str
    line: Line
    paper: Paper | None
    stands: Owing
    who: tuple[Seat, ...] = ()
    due: date | None = None
    when: str = ""
    chased: tuple[Chase, ...] = ()

    @property
    def may_chase(self) -> bool:
        return bool(self.who) and bool(chasing.may_chase(self.stands))

    @property
    def last(self) -> Chase | None:
        return self.chased[-1] if self.chased else None


def owed(actor: Actor, meeting: Meeting) -> list[Owed]:
    """Every paper of the items that the actor may open, what is owed most first."""
    live = [each for each in lines(actor, meeting) if each.place_is in LIVE]
    labels = {line.pk: line.label or label for label, line in agenda.numbered(live)}
    papers = _papers(live)
    asks, checks, chased = _asks(live), _checks(papers), _chased(meeting)
    days = days_of(actor, [meeting.partnership_id]).england
    found: list[Owed] = []
    for line in live:
        mine = papers.get(line.pk, [])
        if not mine and line.purpose_is in chasing.NEEDS_PAPER and not line.fixed:
            found.append(Owed(labels[line.pk], line, None, Owing.NOT_ASKED, _lead(line)))
        for paper in mine:
            open_ = asks.get((line.item_id, f"Give the paper: {paper.title}"[:300]), [])
            due = open_[0].due if open_ and open_[0].due else meeting.papers_on
            stands = chasing.owing(PaperStage(paper.stage), due, actor.on)
            clearing = stands in (Owing.CLEARING, Owing.LATE) and checks.get(paper.pk)
            who = tuple(checks[paper.pk]) if clearing else _who(open_, line)
            if stands in (Owing.SENT, Owing.READY, Owing.WITHDRAWN):
                when = ""
            else:
                when = chasing.when_in_words(due, actor.on, days)
            told = tuple(chased.get(paper.pk, []))
            found.append(Owed(labels[line.pk], line, paper, stands, who, due, when, told))
    return sorted(found, key=lambda each: chasing.ORDER[each.stands])


def _lead(line: Line) -> tuple[Seat, ...]:
    return (line.item.lead,) if line.item.lead else ()


def _who(asks: Sequence[Ask], line: Line) -> tuple[Seat, ...]:
    """Whoever was asked, else whoever leads the item."""
    return tuple(ask.seat for ask in asks) or _lead(line)


def _papers(live: Sequence[Line]) -> dict[int, list[Paper]]:
    rows = Presentation.objects.filter(line__in=live, paper__isnull=False)
    found: dict[int, list[Paper]] = defaultdict(list)
    for row in rows.select_related("paper__item__record").order_by("pk"):
        if row.line_id is not None and row.paper is not None and row.paper.stage:
            found[row.line_id].append(row.paper)
    return found


def _asks(live: Sequence[Line]) -> dict[tuple[UUID, str], list[Ask]]:
    items = [line.item_id for line in live]
    rows = Ask.objects.filter(record__in=items, errand=Errand.GIVE, cleared_on=None)
    found: dict[tuple[UUID, str], list[Ask]] = defaultdict(list)
    for row in rows.select_related("seat__record", "seat__body").order_by("pk"):
        found[row.record_id, row.what].append(row)
    return found


def _checks(papers: dict[int, list[Paper]]) -> dict[int, list[Seat]]:
    """Who still has to clear each paper."""
    wanted = [paper.pk for rows in papers.values() for paper in rows]
    rows = Clearance.objects.filter(paper__in=wanted, given="", sort=Check.CLEARANCE)
    found: dict[int, list[Seat]] = defaultdict(list)
    for row in rows.select_related("seat__record").order_by("pk"):
        found[row.paper_id].append(row.seat)
    return found


def _chased(meeting: Meeting) -> dict[int, list[Chase]]:
    rows = Chase.objects.filter(meeting=meeting).select_related("seat").order_by("chased_on", "pk")
    found: dict[int, list[Chase]] = defaultdict(list)
    for row in rows:
        found[row.paper_id].append(row)
    return found

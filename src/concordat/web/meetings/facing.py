"""What the pages of meetings share: the identity band, the agenda, and states in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats import queries as seats
from concordat.domain.governance.meetings import queries
from concordat.domain.governance.meetings.queries import (
    Meeting,
    Paper,
    Place,
    Presentation,
    Resolution,
    Shown,
)
from concordat.domain.governance.meetings.rules import life, moments
from concordat.domain.governance.meetings.rules import papers as covers
from concordat.domain.governance.meetings.rules.agenda import runs_over
from concordat.domain.governance.meetings.rules.deciding import WAITING, Outcome, State, stands
from concordat.domain.governance.meetings.rules.life import PLACES, STATES, PaperStage, Stage
from concordat.domain.governance.meetings.rules.life import Place as On
from concordat.domain.governance.meetings.rules.presenting import told_afterwards
from concordat.domain.governance.meetings.rules.quorum import Presence
from concordat.kernel.actor import Actor
from concordat.web.ui.parts import Link, Step

TONES = {
    On.PROPOSED: "Waiting",
    On.ON_AGENDA: "Open",
    On.TAKEN: "Done",
    On.CARRIED: "Waiting",
    On.NOT_REACHED: "Due soon",
    On.WITHDRAWN: "Withdrawn",
    On.DECLINED: "Closed",
}
DECIDED = {
    State.DRAFT: "Draft",
    State.IN_FORCE: "Done",
    State.AWAITING: "Waiting",
    State.RECOMMENDATION: "Waiting",
    State.PARTLY: "Waiting",
    State.LAPSED: "Closed",
    State.CORRECTED: "Withdrawn",
}
PAPERS = {
    PaperStage.WANTED.value: "Waiting",
    PaperStage.DRAFT.value: "Draft",
    PaperStage.IN_CLEARANCE.value: "Waiting",
    PaperStage.CLEARED.value: "Accepted",
    PaperStage.IN_PACK.value: "Done",
    PaperStage.TO_FOLLOW.value: "Due soon",
    PaperStage.WITHDRAWN.value: "Withdrawn",
}
CAME = {
    Presence.PRESENT: "Done",
    Presence.DEPUTY: "Done",
    Presence.APOLOGIES: "Closed",
    Presence.ABSENT: "Overdue",
    Presence.UNKNOWN: "Waiting",
}


class Request(HttpRequest):
    """A request as the middleware leaves it."""

    actor: Actor


def bodies(actor: Actor) -> list[tuple[str, str]]:
    """The bodies of the actor's partnerships, for a filter or a choice."""
    rows = seats.bodies(actor).filter(partnership__in=actor.partnerships)
    return [(row.record.reference, row.name) for row in rows.select_related("record")]


def title_of(meeting: Meeting) -> str:
    return meeting.title or (meeting.body.name if meeting.body else "Meeting")


def when(meeting: Meeting) -> str:
    """The day and time as far as they are known, for the band."""
    return moments.span_in_words(meeting.starts_at, meeting.ends_at) if meeting.starts_at else ""


def steps(meeting: Meeting) -> list[Step]:
    """The life of the meeting with the step that it is on."""
    if meeting.stage_is is Stage.CANCELLED:
        return []
    at = life.STEPS.index(meeting.stage_is)
    last = meeting.stage_is is Stage.MINUTES_AGREED
    return [
        Step(
            stage.value.capitalize(),
            "done" if n < at or (last and n == at) else "now" if n == at else "next",
        )
        for n, stage in enumerate(life.STEPS)
    ]


def band(actor: Actor, meeting: Meeting, part: str) -> dict[str, Any]:
    """What every page of one meeting needs: the meeting, its parts, and who may run it."""
    reference = meeting.record.reference
    runs = bool(queries.may_run(actor, meeting.record, meeting.body_id))
    parts = [
        ("meeting", "Meeting", "meetings:meeting"),
        ("agenda", "Agenda", "meetings:agenda"),
        ("papers", "Papers", "meetings:owed"),
        ("pack", "Pack", "meetings:pack"),
        ("attendance", "Attendance", "meetings:attendance"),
        ("decisions", "Decisions", "meetings:decided"),
        ("minutes", "Minutes", "meetings:minutes"),
    ]
    return {
        "meeting": meeting,
        "record": meeting.record,
        "title": title_of(meeting),
        "when": when(meeting),
        "runs": runs,
        "moves": moves(actor, meeting),
        "links": [
            Link(text, reverse(route, args=[reference]), current=key == part)
            for key, text, route in parts
        ],
    }


BUTTONS = {
    "open the agenda": "Open the agenda",
    "call for papers": "Call for papers",
    "hold": "Record as held",
    "draft the minutes": "Begin the minutes",
}


def moves(actor: Actor, meeting: Meeting) -> list[Link]:
    """The steps that this actor may take now, the main one first."""
    reference = meeting.record.reference
    told = []
    for move in STATES.allowed(meeting.stage):
        offices = life.who_may(move.verb)
        if move.verb not in BUTTONS or not queries.may_run(
            actor, meeting.record, meeting.body_id, offices
        ):
            continue
        if move.verb == "hold" and not life.may_be_held(meeting.day, actor.on):
            continue
        address = reverse("meetings:move", args=[reference, _slug(move.verb)])
        told.append(Link(BUTTONS[move.verb], address))
    return told


def _slug(verb: str) -> str:
    return verb.replace(" ", "-")


def verb_of(slug: str) -> str:
    return slug.replace("-", " ")


def mine(actor: Actor, places: Iterable[Place]) -> list[Place]:
    """The places of the seats that this actor holds."""
    seats: set[UUID] = {held.seat for held in actor.seats}
    return [row for row in places if row.seat_id in seats]


def agenda(actor: Actor, meeting: Meeting, runs: bool) -> list[dict[str, Any]]:
    """The lines of an agenda in words, closed ones with who to ask."""
    papers = queries.paper_stages(actor, meeting)
    return [_line(meeting, shown, runs, papers) for shown in queries.agenda(actor, meeting)]


def _papers(stages: list[PaperStage]) -> tuple[str, str]:
    """How far the papers of one item are, by the one that is furthest behind."""
    found = [(stage, words) for stage, words in _BEHIND if stage in stages]
    if not found:
        return "", "No paper"
    stage, words = found[0]
    more = f"{len(stages)} papers in" if words == _IN and len(stages) > 1 else words
    return PAPERS[stage.value], more


_IN = "Paper in"
_BEHIND = (
    (PaperStage.WANTED, "Paper asked for"),
    (PaperStage.DRAFT, "Being written"),
    (PaperStage.IN_CLEARANCE, "In clearance"),
    (PaperStage.TO_FOLLOW, "Paper to follow"),
    (PaperStage.CLEARED, _IN),
    (PaperStage.IN_PACK, _IN),
)


def _stands(line: Any, papers: dict[int, list[PaperStage]]) -> tuple[str, str]:
    """What there is to say of an item before its meeting: its paper; afterwards: its fate."""
    if line.place_is is On.ON_AGENDA:
        return _papers(papers.get(line.pk, []))
    return TONES[line.place_is], str(line.place).capitalize()


def _line(
    meeting: Meeting, shown: Shown, runs: bool, papers: dict[int, list[PaperStage]]
) -> dict[str, Any]:
    line = shown.line
    if line is None:
        return {
            "label": shown.label,
            "closed": True,
            "owner": shown.owner,
            "ask": reverse("records:ask", args=[shown.reference]),
        }
    item = line.item
    stands, words = _stands(line, papers)
    return {
        "label": shown.label,
        "stands": stands,
        "words": words,
        "line": line,
        "title": item.record.title,
        "reference": shown.reference,
        "href": reverse("meetings:item", args=[meeting.record.reference, shown.reference]),
        "starts": moments.clock_in_words(shown.starts) if shown.starts else "",
        "over": runs_over(shown.starts, line.minutes, meeting.ends_at),
        "fixed": line.fixed,
        "lead": item.lead.role if item.lead else item.lead_words,
        "tone": TONES[line.place_is],
        "restricted": item.record.level.label if item.record.level > 1 else "",
        "purpose": line.purpose.capitalize(),
        "may": [move.verb for move in PLACES.allowed(line.place)] if runs else [],
    }


def decision_row(row: Resolution) -> dict[str, Any]:
    """One decision in a list."""
    return {
        "row": row,
        "href": reverse("meetings:decision", args=[row.record.reference]),
        "tone": DECIDED[State(row.state)],
        "state": stands(State(row.state), Outcome(row.outcome)),
        "waits": row.left if row.state in WAITING else [],
    }


def may_propose(actor: Actor, meeting: Meeting) -> bool:
    return meeting.stage_is in life.BEFORE and bool(can(actor, Verb.ANSWER, meeting.record))


def warnings(paper: Paper, shown: Presentation | None = None) -> list[str]:
    """What a cover says that does not fit together, for one body or as the paper has it."""
    told = (shown.purposes if shown else []) or paper.purposes
    asks = (shown.asks if shown else []) or paper.asks
    board = (shown.requested_by if shown else None) or paper.requested_by
    known = {each.value for each in covers.Status}
    return covers.warnings(
        [covers.Status(each) for each in told if each in known],
        asks,
        board.name if board else "",
        told_afterwards(paper.decision_to_tell),
    )

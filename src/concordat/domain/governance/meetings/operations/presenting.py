"""Putting a paper before further bodies, and answering what each of them says, point by point."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from concordat.domain.base.asks.operations import clear_asks, raise_ask
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import happened, operation, take
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats.models import Body, Seat
from concordat.domain.governance.meetings import queries
from concordat.domain.governance.meetings.models import Feedback, Line, Meeting, Paper, Presentation
from concordat.domain.governance.meetings.operations import agenda
from concordat.domain.governance.meetings.operations.papers import present
from concordat.domain.governance.meetings.queries import presenting as asked
from concordat.domain.governance.meetings.rules import papers as covers
from concordat.domain.governance.meetings.rules import presenting as rules
from concordat.domain.governance.meetings.rules.life import PaperStage, Purpose
from concordat.domain.governance.meetings.rules.papers import Status
from concordat.domain.governance.meetings.rules.presenting import Response
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused, Stale
from concordat.kernel.labels import count


@operation
def put_before(
    actor: Actor,
    *,
    paper: Paper,
    meeting: Meeting,
    purpose: Purpose,
    minutes: int | None = None,
    purposes: Sequence[Status] = (),
    asks: Sequence[str] = (),
    requested_by: Body | None = None,
) -> Presentation:
    """Put a paper before one more body, at one of its meetings, under that body's own cover.

    The paper's item comes on to that agenda; a paper that has none yet gets one. What the body
    alone is told (statuses, what it is asked, who asked for it) stands beside the paper.
    """
    if paper.stage == PaperStage.WITHDRAWN:
        raise Refused("This paper was withdrawn. It comes before nobody any more.")
    line = _line(actor, paper, meeting, purpose, minutes)
    now = Paper.objects.select_related("item__record", "partnership").get(pk=paper.pk)
    row = present(actor, paper=now, line=line)
    return _told(actor, row, purposes, asks, requested_by)


def _line(
    actor: Actor, paper: Paper, meeting: Meeting, purpose: Purpose, minutes: int | None
) -> Line:
    if paper.item is None:
        take(meeting.pk, may=lambda held: queries.may_run(actor, held, meeting.body_id))
        can(actor, Verb.SEE, paper.partnership).require()
        line = agenda.propose(
            actor, meeting=meeting, title=paper.title[:300], purpose=purpose, minutes=minutes
        )
        Paper.objects.filter(pk=paper.pk).update(item=line.item)
        return agenda.take_on(actor, line=line)
    record = paper.item.record
    theirs = meeting.body is not None and record.owner_id == meeting.body.record_id
    let_in = asked.is_let_in(actor, record, meeting.body)
    rules.reaches(record.level, theirs, let_in).require()
    there = Line.objects.select_related("item__record", "meeting__record", "meeting__body")
    line_there = there.filter(meeting=meeting, item=paper.item).first()
    if line_there is not None:
        return line_there
    return agenda.bring(actor, meeting=meeting, item=paper.item, purpose=purpose, minutes=minutes)


def _told(
    actor: Actor,
    row: Presentation,
    purposes: Sequence[Status],
    asks: Sequence[str],
    requested_by: Body | None,
) -> Presentation:
    row.purposes = [each.value for each in purposes] or row.purposes
    row.asks = [each.strip() for each in asks if each.strip()]
    row.requested_by = requested_by
    row.save()
    return row


def _of(presentation: Presentation) -> Paper:
    if presentation.paper is None:
        raise Refused("No paper is on record for this.")
    rows = Paper.objects.select_related("item__record", "item__lead__record", "partnership")
    return rows.get(pk=presentation.paper.pk)


def _fresh(presentation: Presentation) -> Presentation:
    rows = Presentation.objects.select_related("body__record", "paper", "line__meeting__record")
    return rows.get(pk=presentation.pk)


@operation
def tell_body(
    actor: Actor,
    *,
    presentation: Presentation,
    purposes: Sequence[Status],
    asks: Sequence[str],
    requested_by: Body | None,
    cover: str = "",
    seen_version: int | None = None,
) -> Presentation:
    """Say what one body alone is told on its cover: statuses, what it is asked, who asked."""
    if cover and cover not in covers.TEMPLATES:
        raise Invalid("That cover is not there.", field="cover", mend="Choose one.")
    paper = _of(presentation)
    record = take(
        asked.root_of(paper).pk,
        seen_version=seen_version,
        mine=_as_texts(purposes, asks),
        theirs=lambda: _as_texts(_fresh(presentation).purposes, _fresh(presentation).asks),
        may=lambda held: queries.may_write(actor, paper, held),
    )
    row = _fresh(presentation)
    before = _as_texts(row.purposes, row.asks)
    row.cover = cover or row.cover
    done = _told(actor, row, purposes, asks, requested_by)
    after = _as_texts(done.purposes, done.asks)
    happened(actor, "cover settled for a body", record, before=before, after=after)
    return done


def _as_texts(purposes: Sequence[str], asks: Sequence[str]) -> dict[str, str]:
    return {"Status": "; ".join(purposes), "What is asked": "; ".join(asks)}


def _wanted(paper: Paper) -> str:
    return f"Comment on the paper: {paper.title}"[:300]


def _owed(paper: Paper) -> str:
    return f"Answer the feedback on the paper: {paper.title}"[:300]


@operation
def ask_feedback(
    actor: Actor, *, presentation: Presentation, due: date, seats: Sequence[Seat] = ()
) -> Presentation:
    """Ask the seats of a body what they say to a paper, by a day; all that have a vote unless
    some are named."""
    if due < actor.on:
        raise Invalid("That day has gone by.", field="due", mend="Give a day that is still ahead.")
    paper = _of(presentation)
    record = take(asked.root_of(paper).pk, may=lambda held: queries.may_write(actor, paper, held))
    row = _fresh(presentation)
    voting = [each for each in asked.asked_seats(actor, row) if each.capacity in ("", "voting")]
    chosen = list(seats) or voting
    if not chosen:
        raise Refused("No seat of that body is on record, so nobody can be asked.")
    row.feedback_by = due
    row.save()
    for seat in chosen:
        raise_ask(
            actor,
            record=record,
            seat=seat,
            errand=Errand.COMMENT,
            what=_wanted(paper),
            why=f"It comes before the {row.body.name}" if row.body else "It comes before you",
            due=due,
        )
    after = {"of": count(len(chosen), "seat"), "due": due}
    happened(actor, "feedback asked", record, after=after)
    return row


@operation
def give_feedback(
    actor: Actor, *, presentation: Presentation, points: Sequence[str], who: str = ""
) -> list[Feedback]:
    """Say what one makes of a paper, one point after another. A member speaks for their seat;
    the chair and the secretariat put on record what the body, or somebody there, said."""
    said = [point.strip() for point in points if point.strip()]
    rules.may_give(said).require()
    paper = _of(presentation)
    record = take(
        asked.root_of(paper).pk, may=lambda held: asked.may_speak(actor, presentation, held)
    )
    row = _fresh(presentation)
    seat = None if who.strip() else asked.own_seat(actor, row)
    body = row.body.name if row.body else row.title
    name = who.strip() or (seat.role if seat else body)
    last = Feedback.objects.filter(presentation=row).order_by("-number").first()
    first = last.number + 1 if last else 1
    made = [
        Feedback.objects.create(
            presentation=row,
            number=number,
            seat=seat,
            who=name[:200],
            point=point,
            given_by=actor.signature[:200],
            given_on=actor.on,
        )
        for number, point in enumerate(said, first)
    ]
    if seat is not None:
        clear_asks(
            actor, record=record, errand=Errand.COMMENT, outcome="Commented", seat=seat,
            what=_wanted(paper),
        )  # fmt: skip
    _ask_to_answer(actor, record, paper, body)
    after = {"body": body, "points": len(made)}
    happened(actor, "feedback given", record, after=after)
    return made


def _ask_to_answer(actor: Actor, record: Record, paper: Paper, body: str) -> None:
    if paper.item is not None and paper.item.lead is not None:
        raise_ask(
            actor,
            record=record,
            seat=paper.item.lead,
            errand=Errand.ANSWER,
            what=_owed(paper),
            why=f"The {body} has answered your paper"[:200],
        )


@operation
def answer_feedback(
    actor: Actor,
    *,
    feedback: Feedback,
    response: Response,
    answer: str,
    seen: int | None = None,
) -> Feedback:
    """Answer one point, or mend the answer. What is not simply accepted says why. `seen` is the
    version of the point that the writer saw."""
    rules.may_answer(response, answer).require()
    paper = _of(feedback.presentation)
    record = take(asked.root_of(paper).pk, may=lambda held: queries.may_write(actor, paper, held))
    row = Feedback.objects.select_related("presentation__body").get(pk=feedback.pk)
    if seen is not None and seen != row.version:
        mine, theirs = {"answer": answer}, {"answer": row.answer}
        raise Stale(mine, theirs, by=row.answered_by, version=row.version)
    before = {"response": row.response, "answer": row.answer}
    row.response, row.answer = response, answer.strip()
    row.answered_by, row.answered_on = actor.signature[:200], actor.on
    row.version += 1
    row.save()
    if not Feedback.objects.filter(presentation__paper=paper, response="").exists():
        clear_asks(
            actor, record=record, errand=Errand.ANSWER, outcome="Answered", what=_owed(paper)
        )
    after = {"number": row.number, "response": response, "answer": row.answer}
    happened(actor, "feedback answered", record, before=before, after=after)
    return row

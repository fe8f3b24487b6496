"""Papers: wanted, written, cleared, late with the chair's agreement, put before bodies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from concordat.domain.base.agencies.rules import free_key
from concordat.domain.base.asks.operations import clear_asks, raise_ask
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.documents import operations as documents
from concordat.domain.base.documents.models import Document
from concordat.domain.base.documents.operations import Upload
from concordat.domain.base.documents.operations.uploading import looked_at_first
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import happened, no_event, operation, take
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.records.rules.access import SECRETARIAT
from concordat.domain.base.seats.models import Body, Post, Seat
from concordat.domain.governance.meetings import queries
from concordat.domain.governance.meetings.models import (
    Clearance,
    Item,
    Line,
    Paper,
    Presentation,
)
from concordat.domain.governance.meetings.queries import presenting as covers
from concordat.domain.governance.meetings.rules import life, timetable
from concordat.domain.governance.meetings.rules import papers as rules
from concordat.domain.governance.meetings.rules.life import PaperStage
from concordat.domain.governance.meetings.rules.papers import Check, Given, Part, Status
from concordat.kernel.actor import Actor, Office
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.labels import day_in_words, slug

GIVE = "Give the paper"
_AHEAD = frozenset(stage.value for stage in life.BEFORE)


@dataclass(frozen=True, slots=True)
class Cover:
    """What a cover says. `parts` holds the parts that are written, by their key."""

    title: str
    author: str = ""
    presented_by: Post | None = None
    purposes: Sequence[Status] = ()
    requested_by: Body | None = None
    asks: Sequence[str] = ()
    to_tell: str = ""
    appendices: str = ""
    version: str = ""
    parts: Mapping[str, str] | None = None

    @property
    def values(self) -> dict[str, Any]:
        known = {part.value for part in rules.LONG}
        written = {
            name: text.strip()
            for name, text in (self.parts or {}).items()
            if name in known and text.strip()
        }
        return {
            "title": self.title.strip(),
            "author": self.author.strip(),
            "presented_by": self.presented_by,
            "purposes": [each.value for each in self.purposes],
            "requested_by": self.requested_by,
            "asks": [each.strip() for each in self.asks if each.strip()],
            "decision_to_tell": self.to_tell.strip(),
            "appendices": self.appendices.strip(),
            "version": self.version.strip(),
            "parts": written,
        }


@operation
def want(
    actor: Actor, *, line: Line, title: str, writer: Seat | None = None, due: date | None = None
) -> Paper:
    """Ask for a paper for an item, from whoever leads it, by the day on which papers are due."""
    record = take(
        line.item.record_id, may=lambda held: queries.may_run(actor, held, line.meeting.body_id)
    )
    item = Item.objects.select_related("record__partnership", "lead__record").get(pk=record.pk)
    paper = _new(actor, item, title, PaperStage.WANTED)
    _presented(actor, paper, line)
    seat = writer or item.lead
    if seat is not None:
        raise_ask(
            actor,
            record=record,
            seat=seat,
            errand=Errand.GIVE,
            what=f"{GIVE}: {paper.title}"[:300],
            why="You lead this item",
            due=due or line.meeting.papers_on,
        )
    happened(actor, "paper wanted", record, after={"for": line.meeting.record.reference})
    return paper


def _new(actor: Actor, item: Item, title: str, stage: PaperStage) -> Paper:
    if not title.strip():
        raise Invalid("A paper needs a title.", field="title")
    home = item.record.partnership or item.record
    row = Paper(
        partnership=home,
        key=_key(Paper, home, f"{slug(title)[:60]}-{item.record.reference.lower()}"),
        title=title.strip(),
        item=item,
        stage=stage,
    )
    row.save(force_insert=True)
    happened(actor, "paper set down", item.record, after={"title": row.title})
    return row


def _key(model: type[Paper | Presentation], home: Record, wanted: str) -> str:
    """A key that is free: the reference in it keeps two who write at once apart."""
    taken = model.objects.filter(partnership=home, key__startswith=wanted)
    return free_key(wanted, set(taken.values_list("key", flat=True)))


def _presented(actor: Actor, paper: Paper, line: Line) -> Presentation:
    """One more body that this paper comes before. The paper itself is written once."""
    body = line.meeting.body
    wanted = f"{paper.key[:80]}-{line.meeting.record.reference.lower()}"
    row = Presentation(
        partnership=paper.partnership,
        key=_key(Presentation, paper.partnership, wanted),
        paper=paper,
        body=body,
        date=line.meeting.date,
        state="planned",
        purposes=list(paper.purposes),
        line=line,
        cover=covers.cover_for(actor, body),
    )
    row.save(force_insert=True)
    return row


@operation
def present(actor: Actor, *, paper: Paper, line: Line) -> Presentation:
    """Put a paper that is written before one more body, under that body's own cover."""
    record = take(
        line.meeting_id, may=lambda held: queries.may_run(actor, held, line.meeting.body_id)
    )
    if paper.item is not None:
        can(actor, Verb.SEE, paper.item.record).require()
    if Presentation.objects.filter(paper=paper, line=line).exists():
        raise Refused("This paper is on that agenda already.")
    row = _presented(actor, paper, line)
    happened(actor, "paper put before a body", record, after={"paper": paper.key})
    return row


def _root(paper: Paper) -> Record:
    if paper.item is None:
        raise Refused("This paper belongs to no item. Put it on an agenda first.")
    return paper.item.record


def _taken(
    actor: Actor,
    paper: Paper,
    seen_version: int | None = None,
    mine: Mapping[str, str] | None = None,
) -> tuple[Record, Paper]:
    record = take(
        _root(paper).pk,
        seen_version=seen_version,
        mine=mine,
        theirs=lambda: _as_texts(_fresh(paper)),
        may=lambda held: queries.may_write(actor, paper, held),
    )
    return record, _fresh(paper)


def _fresh(paper: Paper) -> Paper:
    rows = Paper.objects.select_related(
        "item__record__partnership", "document__record", "partnership"
    )
    return rows.get(pk=paper.pk)


def _as_texts(paper: Paper) -> dict[str, str]:
    parts = {Part(name).label: text for name, text in paper.parts.items()}
    return {"Title": paper.title, "What is asked": "; ".join(paper.asks), **parts}


@operation
def write(actor: Actor, *, paper: Paper, cover: Cover, seen_version: int | None = None) -> Paper:
    """Write a paper's cover. What was cleared is cleared anew after it changes."""
    mine = {"Title": cover.title, "What is asked": "; ".join(cover.asks)}
    mine |= {Part(name).label: text for name, text in (cover.parts or {}).items()}
    record, now = _taken(actor, paper, seen_version, mine)
    before = _as_texts(now)
    if now.stage != PaperStage.DRAFT:
        now.stage = PaperStage(life.PAPERS.after(PaperStage(now.stage), "write"))
    for name, value in cover.values.items():
        setattr(now, name, value)
    now.dated = now.dated or actor.on.isoformat()
    now.save()
    clear_asks(
        actor,
        record=record,
        errand=Errand.GIVE,
        outcome="Written",
        what=f"{GIVE}: {paper.title}"[:300],
    )
    happened(actor, "paper written", record, before=before, after=_as_texts(now))
    return now


@looked_at_first
@operation
def attach(actor: Actor, *, paper: Paper, file: Upload, note: str, seen_version: int) -> Document:
    """Add the paper's text, or its next version, as a document on the item's record."""
    root = _root(paper)
    if paper.document is None:
        added = documents.add(
            actor,
            partnership=paper.partnership,
            title=paper.title,
            file=file,
            note=note,
            about=root,
        )
        hang(actor, paper=paper, document=added)
        return added
    documents.replace(
        actor, document=paper.document, file=file, note=note, seen_version=seen_version
    )
    return paper.document


@operation
def hang(actor: Actor, *, paper: Paper, document: Document) -> Paper:
    """Say which document is the text of a paper."""
    record, now = _taken(actor, paper)
    if now.document_id == document.pk:
        no_event("it is the text already")
        return now
    now.document = document
    now.save()
    happened(
        actor, "text of the paper added", record, after={"document": document.record.reference}
    )
    return now


@operation
def ask_clearance(
    actor: Actor, *, paper: Paper, seat: Seat, sort: Check, due: date | None = None
) -> Clearance:
    """Ask a seat to clear a paper, or to advise on it, by a day: the next day by which a body's
    papers are due or sent, unless another is given. Advice that does not come by then is taken
    as not given and stops nothing."""
    record, now = _taken(actor, paper)
    due = due or _limit(actor, now, sort)
    if Clearance.objects.filter(paper=now, seat=seat, sort=sort, given="").exists():
        raise Refused("This seat is asked already.")
    if sort is Check.CLEARANCE:
        _is_whole(actor, now)
    if now.stage == PaperStage.DRAFT and sort is Check.CLEARANCE:
        now.stage = PaperStage(life.PAPERS.after(PaperStage.DRAFT, "ask for clearance"))
        now.save()
    row = Clearance.objects.create(
        paper=now, sort=sort, seat=seat, due=due, asked_by=actor.signature[:200], asked_on=actor.on
    )
    errand = Errand.APPROVE if sort is Check.CLEARANCE else Errand.GIVE
    raise_ask(
        actor,
        record=record,
        seat=seat,
        errand=errand,
        what=_what(row),
        why="Before it goes out",
        due=due,
    )
    happened(actor, f"{sort} asked", record, after={"of": seat.record.reference, "due": due})
    return row


def _limit(actor: Actor, paper: Paper, sort: Check) -> date | None:
    """The first time limit that is still ahead of the meetings that a paper goes to: advice is
    for whoever still writes, clearance for whoever sends."""
    rows = Presentation.objects.filter(paper=paper, line__meeting__stage__in=_AHEAD)
    fields = "line__meeting__papers_on", "line__meeting__sends_on"
    told = rows.values_list(*fields)
    days = [(papers or sends) if sort is Check.ADVICE else sends for papers, sends in told]
    return min((day for day in days if day and day >= actor.on), default=None)


def _what(row: Clearance) -> str:
    verb = "Clear" if row.sort == Check.CLEARANCE else "Advise on"
    return f"{verb} the paper: {row.paper.title}"[:300]


@operation
def give_clearance(
    actor: Actor, *, clearance: Clearance, given: Given, words: str = ""
) -> Clearance:
    """Clear a paper, advise on it, or send it back with what has to change."""
    if given not in (Given.CLEARED, Given.ADVISED, Given.SENT_BACK):
        raise Invalid("Choose one of the answers.", field="given")
    if given is not Given.CLEARED and not words.strip():
        raise Invalid("Say what you advise, or what has to change.", field="words")
    if not queries.sits_in(actor, clearance.seat_id):
        raise Refused("You do not hold the seat that was asked.")
    record = take(_root(clearance.paper).pk, may=lambda held: can(actor, Verb.ANSWER, held))
    row = Clearance.objects.select_related("paper", "seat__record").get(pk=clearance.pk)
    if row.given:
        raise Refused("This is answered already.")
    row.given, row.words = given, words.strip()
    row.given_by, row.given_on = actor.signature[:200], actor.on
    row.save()
    errand = Errand.APPROVE if row.sort == Check.CLEARANCE else Errand.GIVE
    clear_asks(actor, record=record, errand=errand, outcome=given, seat=row.seat, what=_what(row))
    _after_clearance(actor, row.paper, given)
    happened(actor, f"paper {given}", record, reason=words.strip())
    return row


def _after_clearance(actor: Actor, paper: Paper, given: Given) -> None:
    if paper.stage != PaperStage.IN_CLEARANCE:
        return
    if given is Given.SENT_BACK:
        paper.stage = PaperStage(life.PAPERS.after(PaperStage.IN_CLEARANCE, "send back"))
        paper.save()
    elif rules.may_issue(_checks(paper)):
        paper.stage = PaperStage(life.PAPERS.after(PaperStage.IN_CLEARANCE, "clear"))
        paper.save()


def _checks(paper: Paper) -> list[tuple[Check, Given | None]]:
    rows = Clearance.objects.filter(paper=paper).exclude(given=Given.SENT_BACK)
    return [(Check(row.sort), Given(row.given) if row.given else None) for row in rows]


@operation
def clear(actor: Actor, *, paper: Paper) -> Paper:
    """Say that a paper is ready where nobody was asked to clear it."""
    record, now = _taken(actor, paper)
    rules.may_issue(_checks(now)).require()
    _is_whole(actor, now)
    now.stage = PaperStage(life.PAPERS.after(PaperStage(now.stage), "clear"))
    now.save()
    happened(actor, "paper ready", record)
    return now


def _is_whole(actor: Actor, paper: Paper) -> None:
    """Each body's cover has what that body insists on, before the paper goes to it."""
    rows = Presentation.objects.filter(paper=paper, line__meeting__stage__in=_AHEAD)
    for row in rows.select_related("requested_by", "body"):
        told = {part: str(words) for part, words in covers.written(row, paper).items() if words}
        rules.is_whole(covers.template_of(row), told).require()


@operation
def let_follow(
    actor: Actor, *, paper: Paper, why_late: str, why_now: str, agreed: str = ""
) -> Paper:
    """Let a paper follow after the pack: the chair agrees, with two reasons.

    `agreed` is how and when the chair agreed, where the secretariat records it.
    """
    bodies = set(Line.objects.filter(item=paper.item).values_list("meeting__body", flat=True))
    chairs = any(held.office is Office.CHAIR and held.body in bodies for held in actor.seats)
    told = agreed.strip() if actor.holds(*SECRETARIAT, partnership=paper.partnership_id) else ""
    timetable.may_be_late(chairs or bool(told), why_late, why_now).require()
    record, now = _taken(actor, paper)
    now.stage = PaperStage(life.PAPERS.after(PaperStage(now.stage), "follow"))
    now.late_reasons, now.late_agreed_by = (
        [why_late.strip(), why_now.strip()],
        (actor.signature if chairs else f"{told}, as {actor.signature} records")[:200],
    )
    now.save()
    happened(actor, "paper to follow", record, reason="; ".join(now.late_reasons))
    return now


@operation
def withdraw_paper(actor: Actor, *, paper: Paper, reason: str) -> Paper:
    """Take a paper off before it is in a pack, with the reason."""
    life.may_decline(reason).require()
    record, now = _taken(actor, paper)
    now.stage = PaperStage(life.PAPERS.after(PaperStage(now.stage), "withdraw"))
    now.save()
    for errand in (Errand.GIVE, Errand.APPROVE):
        clear_asks(actor, record=record, errand=errand, outcome="The paper was withdrawn")
    happened(actor, "paper withdrawn", record, reason=reason.strip())
    return now


@operation
def take_as_not_given(actor: Actor) -> int:
    """Close advice whose time has run out, for all papers; how much. Safe to run twice."""
    late = Clearance.objects.filter(given="", sort=Check.ADVICE, due__lt=actor.on)
    rows = list(late.select_related("paper__item__record", "seat__record"))
    for row in rows:
        row.given, row.given_by, row.given_on = Given.NOT_GIVEN, actor.signature[:200], actor.on
        row.words = f"Nothing came by {day_in_words(row.due)}" if row.due else ""
        row.save()
        root = _root(row.paper)
        outcome = "Taken as not given"
        clear_asks(
            actor, record=root, errand=Errand.GIVE, outcome=outcome, seat=row.seat, what=_what(row)
        )
        happened(actor, "advice taken as not given", root, after={"of": row.seat.record.reference})
    if not rows:
        no_event("no advice is overdue")
    return len(rows)

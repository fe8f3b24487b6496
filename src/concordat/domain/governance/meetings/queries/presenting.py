"""Papers whichever meeting they come before: where each has been, its covers, what came back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from concordat.domain.base.records.models import Record
from concordat.domain.base.records.queries import access_of, can, usable, visible
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats.models import Body, Seat
from concordat.domain.governance.meetings.models import (
    Consultation,
    Feedback,
    Line,
    Meeting,
    Paper,
    Presentation,
    Resolution,
    Ways,
)
from concordat.domain.governance.meetings.queries.who import may_run, sits_in
from concordat.domain.governance.meetings.rules import presenting as rules
from concordat.domain.governance.meetings.rules.life import AFTER, BEFORE
from concordat.domain.governance.meetings.rules.papers import TEMPLATES, USUAL, Part, Template
from concordat.domain.governance.meetings.rules.presenting import Been
from concordat.kernel.actor import Actor, Office
from concordat.kernel.dates import UncertainDate
from concordat.kernel.verdict import Verdict

_WITH = ("item__record__owner", "partnership", "presented_by", "requested_by", "document__record")
_LONGEST_CHAIN = 20
_HELD = frozenset(stage.value for stage in AFTER)


def papers(actor: Actor) -> QuerySet[Paper]:
    """Every paper that the actor may open, the latest first; those of a partnership file, which
    are on no agenda here, are as open as the partnership."""
    rows = Paper.objects.select_related(*_WITH)
    own = visible(actor, rows.filter(item__isnull=True), record="partnership")
    put = visible(actor, rows.filter(item__isnull=False), record="item__record")
    return (own | put).annotate(bodies=Count("presentations")).order_by("-dated", "-pk")


def paper(actor: Actor, pk: int) -> Paper:
    """One paper. Raises DoesNotExist for what the actor may not open."""
    return papers(actor).get(pk=pk)


def earlier(actor: Actor, paper: Paper) -> Paper | None:
    """The version before, if the actor may open it."""
    return papers(actor).filter(pk=paper.follows_id).first() if paper.follows_id else None


def later(actor: Actor, paper: Paper) -> list[Paper]:
    """Versions that follow this one."""
    return list(papers(actor).filter(follows=paper))


def root_of(paper: Paper) -> Record:
    """The record that says who may open a paper."""
    return paper.item.record if paper.item else paper.partnership


def presentations(actor: Actor, paper: Paper) -> list[Presentation]:
    """Where a paper has been and will be, in the order of the days."""
    rows = Presentation.objects.filter(paper=paper)
    rows = rows.select_related("body__record", "line__meeting__record", "requested_by", "paper")
    rows = rows.annotate(
        points=Count("feedback", distinct=True),
        answered=Count("feedback", filter=~Q(feedback__response=""), distinct=True),
    )
    if not can(actor, Verb.SEE, root_of(paper)):
        return []
    return sorted(rows, key=lambda row: (_day(row) or _UNDATED).sort_key)


_UNDATED = UncertainDate.parse("?")


def is_done(row: Presentation) -> bool:
    """Whether it came before the body: as the source says, or because its meeting was held."""
    if row.line is not None:
        return row.line.meeting.stage in _HELD
    return row.state == "done"


def _is_ahead(row: Presentation) -> bool:
    """Whether it is surely still to come: what a source leaves open is claimed to be neither."""
    return row.line is not None or row.state in ("planned", "under way", "delayed")


def _day(row: Presentation) -> UncertainDate | None:
    return _parsed(row.date)


def _parsed(text: str) -> UncertainDate | None:
    return UncertainDate.parse(text) if text else None


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a paper and its earlier versions have been, and whom somebody asked about it."""

    shown: tuple[tuple[Presentation, Paper], ...]
    asked: tuple[Been, ...]

    def drawn(self, but: Presentation | None) -> Mapping[Part, list[str]]:
        """What the cover of one presentation draws from all the others."""
        others = [(row, paper) for row, paper in self.shown if not but or row.pk != but.pk]
        rows = [_been(row, paper) for row, paper in others if is_done(row) or _is_ahead(row)]
        return rules.drawn(rows, self.asked, _day(but) if but else None)

    def words(self, paper: Paper) -> list[str]:
        """Where this very version has been and goes, in the order of the days."""
        rows = [_been(row, each) for row, each in self.shown if each.pk == paper.pk]
        return [f"{each.where}, {each.day}" if each.day else each.where
                for each in rules.in_order(rows)]  # fmt: skip


def _been(row: Presentation, paper: Paper) -> Been:
    where = row.body.name if row.body else row.title or "A body that is not named"
    return Been(where, _day(row), is_done(row), paper.version)


def whereabouts(actor: Actor, papers: Iterable[Paper]) -> Mapping[int, Whereabouts]:
    """For each paper, everywhere that it or a version before it came, by the paper's id."""
    held = {paper.pk: paper for paper in papers}
    chains = _chains(held)
    every = {each.pk: each for chain in chains.values() for each in chain}
    shown: dict[int, list[Presentation]] = {}
    rows = Presentation.objects.filter(paper__in=every).select_related("body", "line__meeting")
    for row in rows.order_by("pk"):
        shown.setdefault(row.paper_id or 0, []).append(row)
    consulted = _consulted(held)
    return {
        pk: Whereabouts(
            tuple((row, each) for each in chain for row in shown.get(each.pk, [])),
            tuple(consulted.get(pk, [])),
        )
        for pk, chain in chains.items()
    }


def _consulted(held: Mapping[int, Paper]) -> dict[int, list[Been]]:
    """Whom somebody asked, is asking or will ask about each paper, one place for each."""
    rows = list(Consultation.objects.filter(paper__in=held).order_by("pk"))
    bodies = Body.objects.filter(partnership__in={row.partnership_id for row in rows})
    names = {(row.partnership_id, row.key): row.name for row in bodies} if rows else {}
    found: dict[int, list[Been]] = {}
    for row in rows:
        asked = [names.get((row.partnership_id, key), key) for key in row.bodies]
        day, until = _parsed(row.date), _parsed(row.until)
        done = row.state in ("done", "under way")
        about = f"on {row.about[:1].lower()}{row.about[1:]}"
        told = [Been(f"{name}, {about}", day, done, until=until) for name in (*asked, *row.asked)]
        found.setdefault(row.paper_id or 0, []).extend(told)
    return found


def _chains(held: Mapping[int, Paper]) -> dict[int, list[Paper]]:
    """Each paper with the versions before it, the newest first."""
    known = dict(held)
    wanted = {paper.follows_id for paper in held.values() if paper.follows_id}
    for _ in range(_LONGEST_CHAIN):
        lacking = wanted - known.keys()
        if not lacking:
            break
        found = list(Paper.objects.filter(pk__in=lacking))
        known |= {paper.pk: paper for paper in found}
        wanted = {paper.follows_id for paper in found if paper.follows_id}
    return {pk: _chain(paper, known) for pk, paper in held.items()}


def _chain(paper: Paper, known: Mapping[int, Paper]) -> list[Paper]:
    found: list[Paper] = []
    at: Paper | None = paper
    while at is not None and at not in found:
        found.append(at)
        at = known.get(at.follows_id) if at.follows_id else None
    return found


def template_of(presentation: Presentation) -> Template:
    return TEMPLATES.get(presentation.cover, TEMPLATES[USUAL])


def written(presentation: Presentation, paper: Paper) -> dict[Part, Any]:
    """What stands in each part of a cover for one body, before anything is drawn."""
    requested = presentation.requested_by or paper.requested_by
    return {
        Part.TITLE: paper.title,
        Part.AUTHOR: paper.author,
        Part.PRESENTED_BY: paper.presented_by.title if paper.presented_by else "",
        Part.STATUS: "; ".join(
            each.capitalize() for each in presentation.purposes or paper.purposes
        ),
        Part.REQUESTED_BY: requested.name if requested else "",
        Part.TO_TELL: paper.decision_to_tell,
        Part.VERSION: paper.version,
        Part.ASKED: list(presentation.asks or paper.asks),
        Part.APPENDICES: paper.appendices,
        **{Part(name): text for name, text in paper.parts.items()},
    }


def cover_of(
    presentation: Presentation, paper: Paper, drawn: Mapping[Part, list[str]]
) -> list[tuple[str, Any]]:
    """A paper's cover as the receiving body has it: label and words, empty parts left out."""
    told = written(presentation, paper)
    for part, words in drawn.items():
        told[part] = rules.joined(str(told.get(part, "")), words)
    return [(part.label, told[part]) for part in template_of(presentation).parts if told.get(part)]


def feedback_of(actor: Actor, presentation: Presentation) -> QuerySet[Feedback]:
    """What came back from one body, point by point."""
    rows = Feedback.objects.filter(presentation=presentation)
    if not can(actor, Verb.SEE, root_of(_paper(presentation))):
        return rows.none()
    return rows.select_related("seat__record", "presentation").order_by("number")


def feedback_on(actor: Actor, paper: Paper) -> QuerySet[Feedback]:
    """What came back from every body that the paper came before."""
    rows = Feedback.objects.filter(presentation__paper=paper)
    if not can(actor, Verb.SEE, root_of(paper)):
        return rows.none()
    rows = rows.select_related("seat__record", "presentation__body")
    return rows.order_by("presentation__date", "presentation", "number")


def asked_seats(actor: Actor, presentation: Presentation) -> list[Seat]:
    """Seats of the body that may be asked for feedback: those at the meeting, else its members."""
    if presentation.line is not None:
        rows = Seat.objects.filter(places__meeting=presentation.line.meeting_id)
    else:
        rows = Seat.objects.filter(body=presentation.body, to_text="")
    return list(visible(actor, rows.select_related("record")).order_by("order", "role").distinct())


def may_speak(actor: Actor, presentation: Presentation, held: Record | None = None) -> Verdict:
    """Whether the actor may give feedback: a member of the receiving body for their own seat,
    the chair and the secretariat for the body."""
    root = held or root_of(_paper(presentation))
    if presentation.body_id is not None and presentation.body_id in actor.bodies:
        return can(actor, Verb.ANSWER, root)
    return may_run(actor, root, presentation.body_id)


def _paper(presentation: Presentation) -> Paper:
    assert presentation.paper is not None  # noqa: S101 - every page comes here through a paper
    return presentation.paper


def own_seat(actor: Actor, presentation: Presentation) -> Seat | None:
    """The actor's own seat on the body, for which they speak."""
    held = [each.seat for each in actor.seats if each.body == presentation.body_id]
    return Seat.objects.select_related("record").filter(pk__in=held).first()


def can_come_before(actor: Actor, paper: Paper | None = None) -> list[Meeting]:
    """Meetings ahead whose agenda the actor runs, and on which this paper is not yet."""
    rows = Meeting.objects.filter(stage__in=[stage.value for stage in BEFORE], body__isnull=False)
    rows = rows.filter(Q(day__isnull=True) | Q(day__gte=actor.on))
    if paper is not None:
        rows = rows.exclude(lines__presentations__paper=paper)
    rows = rows.select_related("record", "body__record")
    seen = list(visible(actor, rows).order_by("day", "record__reference").distinct()[:200])
    changed = {each.pk for each in usable(actor, Verb.CHANGE, [row.record for row in seen])}
    chaired = {held.body for held in actor.seats if held.office is Office.CHAIR}
    return [row for row in seen if row.pk in changed or row.body_id in chaired]


def is_let_in(actor: Actor, record: Record, body: Body | None) -> bool:
    """Whether a body was given access to a record that is held closely."""
    if body is None:
        return False
    return access_of(actor, record, on=actor.on).filter(grantee=body.record_id).exists()


def cover_for(actor: Actor, body: Body | None) -> str:
    """The key of the cover that a body has settled for itself."""
    ways = Ways.objects.filter(body=body).first() if body else None
    return ways.cover if ways and ways.cover else USUAL


def to_tell(actor: Actor, line: Line | None) -> str:
    """What the covers of an item's papers say must be documented and told after a decision;
    empty where none does."""
    if line is None:
        return ""
    rows = Paper.objects.filter(presentations__line=line).values_list("decision_to_tell", flat=True)
    wanted = [each for each in rows if rules.told_afterwards(each)]
    return (rules.afterwards(wanted) or "Yes") if wanted else ""


def may_tell_of(actor: Actor, resolution: Resolution, held: Record | None = None) -> Verdict:
    """Whoever leads the item puts on record that a decision was told, and so may those who run
    the body's meetings."""
    record = held or resolution.record
    lead = resolution.line.item.lead_id if resolution.line else None
    if lead is not None and sits_in(actor, lead):
        return can(actor, Verb.ANSWER, record)
    return may_run(actor, record, resolution.body_id)

"""The papers on an item, who may write them, and who was asked to clear them."""

from __future__ import annotations

from django.db.models import QuerySet

from concordat.domain.base.records.models import Record
from concordat.domain.base.records.queries import can, visible
from concordat.domain.base.records.rules import Verb
from concordat.domain.governance.meetings.models import (
    Clearance,
    Line,
    Meeting,
    Paper,
    Presentation,
)
from concordat.domain.governance.meetings.queries.who import may_run, sits_in
from concordat.domain.governance.meetings.rules.life import PaperStage
from concordat.kernel.actor import Actor
from concordat.kernel.verdict import Verdict


def papers_on(actor: Actor, line: Line) -> QuerySet[Paper]:
    """Papers that come before a body for one item of its agenda."""
    rows = Paper.objects.filter(presentations__line=line)
    rows = rows.select_related(
        "item__record", "item__lead", "document__record", "presented_by", "requested_by"
    )
    return visible(actor, rows, record="item__record").distinct().order_by("pk")


def presentation_of(actor: Actor, paper: Paper, line: Line) -> Presentation | None:
    rows = Presentation.objects.filter(paper=paper, line=line)
    return visible(actor, rows, record="line__item__record").first()


def paper_stages(actor: Actor, meeting: Meeting) -> dict[int, list[PaperStage]]:
    """How far the papers of each line of an agenda are; those withdrawn are left out."""
    rows = Presentation.objects.filter(line__meeting=meeting, paper__isnull=False)
    rows = rows.exclude(paper__stage__in=["", PaperStage.WITHDRAWN.value])
    seen = visible(actor, rows, record="line__item__record")
    found: dict[int, list[PaperStage]] = {}
    for line, stage in seen.values_list("line", "paper__stage"):
        if line is not None:
            found.setdefault(line, []).append(PaperStage(stage))
    return found


def may_write(actor: Actor, paper: Paper, record: Record | None = None) -> Verdict:
    """Whoever leads the item writes its papers, and so may the chair and the secretariat.

    `record` is the item's own as it stands once locked.
    """
    item = paper.item
    if item is None:
        return can(actor, Verb.CHANGE, record or paper.partnership)
    held = record or item.record
    if item.lead_id and sits_in(actor, item.lead_id):
        return can(actor, Verb.ANSWER, held)
    bodies = Line.objects.filter(item=item).values_list("meeting__body", flat=True)
    verdicts = [may_run(actor, held, body) for body in bodies.distinct()]
    return next((each for each in verdicts if each), can(actor, Verb.CHANGE, held))


def clearances_of(actor: Actor, paper: Paper) -> QuerySet[Clearance]:
    rows = Clearance.objects.filter(paper=paper).select_related("seat__record", "paper")
    return visible(actor, rows, record="paper__item__record").order_by("pk")

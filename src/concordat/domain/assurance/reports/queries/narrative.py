"""What people wrote in the reports of a partnership, and the papers as which they went out."""

from __future__ import annotations

from datetime import date

from django.db.models import F, Q, QuerySet

from concordat.domain.assurance.reports.models import Narrative, ReportIssue
from concordat.domain.assurance.reports.queries.rows import INVENTED
from concordat.domain.base.agencies.models import Partnership
from concordat.domain.base.records.models import known_by
from concordat.domain.base.records.queries import visible
from concordat.domain.governance.meetings.models import Paper
from concordat.domain.governance.meetings.queries.papers import may_write
from concordat.domain.governance.meetings.rules.life import PaperStage
from concordat.kernel.actor import Actor


def wordings(actor: Actor, partnership: Partnership, report: str) -> QuerySet[Narrative]:
    """Every wording of every section of a report, the newest first."""
    rows = Narrative.objects.filter(partnership=partnership.pk, report=report)
    if partnership.source != INVENTED:
        rows = rows.exclude(source=INVENTED)
    seen = visible(actor, rows, record="partnership")
    return seen.order_by(F("stated_on").desc(nulls_last=True), F("order").desc(), "-pk")


def narrative_of(
    actor: Actor, partnership: Partnership, report: str, on: date
) -> dict[str, Narrative]:
    """The wording of each section that was the last by a day."""
    found = wordings(actor, partnership, report).filter(known_by(on))
    return {row.section: row for row in reversed(list(found))}


def issues(actor: Actor, partnership: Partnership) -> QuerySet[ReportIssue]:
    """The papers as which reports of a partnership went out, the newest first."""
    rows = ReportIssue.objects.filter(partnership=partnership.pk).select_related("paper")
    if partnership.source != INVENTED:
        rows = rows.exclude(source=INVENTED)
    papers = visible(actor, Paper.objects.all(), record="item__record").order_by()
    rows = rows.filter(Q(paper__item__isnull=True) | Q(paper__in=papers.values("pk")))
    seen = visible(actor, rows, record="partnership")
    return seen.order_by(F("stated_on").desc(nulls_last=True), F("order").desc(), "-pk")


def papers_to_fill(actor: Actor, partnership: Partnership) -> list[Paper]:
    """Papers that are still written and that the actor may write, the newest first."""
    rows = Paper.objects.filter(partnership=partnership.pk, stage__in=_STILL_WRITTEN)
    rows = rows.select_related("item__record__partnership", "document__record", "partnership")
    seen = visible(actor, rows, record="item__record").order_by("-pk")
    return [row for row in seen if may_write(actor, row)]


_STILL_WRITTEN = (PaperStage.WANTED, PaperStage.DRAFT, PaperStage.TO_FOLLOW)

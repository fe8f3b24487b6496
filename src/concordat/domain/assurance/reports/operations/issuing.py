"""Reports put into papers, which go before any number of bodies."""

from __future__ import annotations

from datetime import date

from concordat.craft import formats
from concordat.domain.assurance.reports import queries, rules
from concordat.domain.assurance.reports.models import ReportIssue
from concordat.domain.base.agencies.models import Partnership
from concordat.domain.base.agencies.rules import free_key
from concordat.domain.base.documents.models import Document
from concordat.domain.base.documents.operations import Upload
from concordat.domain.base.documents.operations.uploading import looked_at_first
from concordat.domain.base.records.operations import happened, operation, take
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.governance.meetings.models import Paper
from concordat.domain.governance.meetings.operations.papers import attach
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import day_in_words


def put_into(
    actor: Actor,
    *,
    partnership: Partnership,
    report: str,
    paper: Paper,
    as_at: date,
    seen_version: int = 0,
) -> Document:
    """Make the report of a day the text of a paper, which then goes before any number of bodies.

    The paper keeps its covers, one for each body. Its file is a PDF that tells of this paper,
    made and looked at before the act opens, as every upload is.
    """
    declared = rules.declared(report)
    if declared is None:
        raise Invalid(f"There is no report “{report}”.", field="report")
    can(actor, Verb.CHANGE, partnership.record).require()
    made = queries.made(actor, report, partnership, as_at, queries.going_out(actor, paper))
    return fill_paper(
        actor,
        partnership=partnership,
        report=report,
        paper=paper,
        as_at=as_at,
        file=Upload(f"{report}-{as_at.isoformat()}.pdf", formats.write(made, "pdf")),
        note=f"{declared.title} as at {day_in_words(as_at)}",
        seen_version=seen_version,
    )


@looked_at_first
@operation
def fill_paper(
    actor: Actor,
    *,
    partnership: Partnership,
    report: str,
    paper: Paper,
    as_at: date,
    file: Upload,
    note: str,
    seen_version: int,
) -> Document:
    """The text and the word that it went out, both or neither."""
    document = attach(actor, paper=paper, file=file, note=note, seen_version=seen_version)
    went_out(actor, partnership=partnership, report=report, paper=paper, as_at=as_at)
    return document


@operation
def went_out(
    actor: Actor, *, partnership: Partnership, report: str, paper: Paper, as_at: date
) -> ReportIssue:
    """Say that a report went out as a paper, with what was known by a day."""
    held = take(partnership.pk, may=lambda record: can(actor, Verb.CHANGE, record))
    rows = ReportIssue.objects.filter(partnership=held)
    orders = rows.values_list("order", flat=True)
    made = ReportIssue(
        partnership=held,
        key=free_key(f"{report}-{as_at.isoformat()}", set(rows.values_list("key", flat=True))),
        order=max((each or 0 for each in orders), default=0) + 1,
        stated_text=actor.on.isoformat(),
        report=report,
        paper=paper,
        as_at=as_at.isoformat(),
    )
    made.save()
    after = {"report": report, "paper": paper.key, "as_at": as_at.isoformat()}
    happened(actor, "report put into a paper", held, after=after)
    return made

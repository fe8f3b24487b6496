"""The Word document into which a partnership puts a report: given, given anew, and left."""

from __future__ import annotations

from dataclasses import replace as changed

from concordat.craft import files
from concordat.domain.assurance.reports import queries, rules
from concordat.domain.assurance.reports.models import WordTemplate
from concordat.domain.base.agencies.models import Partnership
from concordat.domain.base.documents import operations as documents
from concordat.domain.base.documents import queries as kept
from concordat.domain.base.documents.operations import Upload
from concordat.domain.base.documents.operations.uploading import looked_at_first
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import happened, operation, take
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Fault, Invalid, Refused

FIRST, AGAIN = "As given first", "Taken up again"


@looked_at_first
def set_template(
    actor: Actor,
    *,
    partnership: Partnership,
    report: str,
    file: Upload,
    note: str = "",
    seen_version: int = 0,
) -> WordTemplate:
    """Give a report a Word template, or the next version of it.

    It is tried on the report of today before the act opens: what it may not do is refused with
    the place-holder and where it stands, and so is what it asks that no report has.
    """
    declared = rules.declared(report)
    if declared is None:
        raise Invalid(f"There is no report “{report}” that has a template.", field="report")
    can(actor, Verb.CHANGE, partnership.record).require()
    if not file.name.lower().endswith(".docx"):
        raise Invalid("A template is a Word document.", field="file", mend="Send one as .docx.")
    try:
        queries.filled(actor, declared, partnership, actor.on, file.data)
    except Invalid as problem:
        raise Invalid([_placed(fault) for fault in problem.faults]) from problem
    return keep_template(
        actor, partnership=partnership, report=report, file=file, note=note,
        seen_version=seen_version,
    )  # fmt: skip


def _placed(fault: Fault) -> Fault:
    return changed(fault, field="file", place=f"{fault.place[:1].upper()}{fault.place[1:]}")


@looked_at_first
@operation
def keep_template(
    actor: Actor,
    *,
    partnership: Partnership,
    report: str,
    file: Upload,
    note: str,
    seen_version: int,
) -> WordTemplate:
    """Keep a template that was tried as a document of the partnership, with all its versions."""
    held = _taken(actor, partnership)
    declared = rules.declared(report)
    assert declared is not None  # noqa: S101 - it was tried on this report
    row = WordTemplate.objects.filter(partnership=held, report=report).first()
    if row is None:
        title = f"Word template: {declared.title}"
        added = documents.add(
            actor, partnership=held, title=title, file=file, note=note or FIRST, about=None
        )
        row = WordTemplate(partnership=held, report=report, document=added)
    elif row.left_on is None or not _is_kept(actor, row, file):
        note = note or (AGAIN if row.left_on else "")
        # Nobody works with what was left: whoever takes it up again overwrites nobody.
        seen = row.document.record.version if row.left_on else seen_version
        documents.replace(actor, document=row.document, file=file, note=note, seen_version=seen)
    row.left_on, row.left_by = None, ""
    row.save()
    after = {"report": report, "document": row.document.record.reference}
    happened(actor, "Word template given", held, after=after)
    return row


def _is_kept(actor: Actor, row: WordTemplate, file: Upload) -> bool:
    """Whether a file is the newest version already."""
    return kept.latest(actor, row.document).digest == files.digest_of(file.data)


@operation
def leave_template(actor: Actor, *, template: WordTemplate) -> WordTemplate:
    """Use a template no more; its versions stay on record."""
    held = _taken(actor, template.partnership)
    row = WordTemplate.objects.select_related("document__record").get(pk=template.pk)
    if row.left_on is not None:
        raise Refused("This template is not in use any more.")
    row.left_on, row.left_by = actor.on, actor.signature[:200]
    row.save()
    before = {"report": row.report, "document": row.document.record.reference}
    happened(actor, "Word template left", held, before=before)
    return row


def _taken(actor: Actor, partnership: Partnership | Record) -> Record:
    return take(partnership.pk, may=lambda record: can(actor, Verb.CHANGE, record))

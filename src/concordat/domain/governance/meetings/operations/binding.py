"""Binding a pack: set in pages by a process that says how far it is, and kept under a digest.

Beside the PDF stands the same pack as a page to read on screen, with the words of the papers'
own pages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django_tasks import task

from concordat.craft import files, pdf
from concordat.craft.document import (
    Block,
    Bullets,
    Document,
    Facts,
    Heading,
    Note,
    Paragraph,
    Sheets,
    Table,
    fragment,
    outlined,
)
from concordat.craft.document import Column as TableColumn
from concordat.domain.base.documents.models import Version
from concordat.domain.base.records.operations import happened, no_event, operation
from concordat.domain.governance.meetings import queries
from concordat.domain.governance.meetings.models import Pack, Paper, Presentation
from concordat.domain.governance.meetings.queries import packing, presenting
from concordat.domain.governance.meetings.queries.packing import Sheaf
from concordat.domain.governance.meetings.rules import packs
from concordat.domain.governance.meetings.rules.life import PaperStage
from concordat.domain.governance.meetings.rules.papers import Part
from concordat.kernel.actor import Actor, process
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.labels import count, weekday_in_words

Versions = dict[int, Version]
Places = Mapping[int, presenting.Whereabouts]


@dataclass(frozen=True, slots=True)
class Made:
    """A pack set in pages: its PDF, the page to read on screen, and where each item stands."""

    data: bytes
    page: bytes
    pieces: list[dict[str, Any]]


def to_bind(actor: Actor, pack: Pack) -> None:
    """Let the process bind a pack once the act around this is committed."""
    transaction.on_commit(partial(_bind.enqueue, pack.pk, actor.on.isoformat()))


@operation
def report(actor: Actor, *, pack: Pack, done: int) -> None:
    """Say how many steps are done, while a pack is being bound (`packs.steps`)."""
    no_event("how far a pack is says its own row")
    Pack.objects.filter(pk=pack.pk, digest="").update(done=done)


@operation
def give_up(actor: Actor, *, pack: Pack, why: str) -> None:
    """Say why a pack could not be bound; it can be tried again."""
    Pack.objects.filter(pk=pack.pk, digest="").update(failed=why[:2000], done=0)
    happened(actor, "pack could not be bound", pack.meeting.record, reason=why[:500])


@operation
def bound(
    actor: Actor, *, pack: Pack, data: bytes, pieces: list[dict[str, Any]], page: bytes = b""
) -> Pack:
    """Keep the bytes of a pack under their digest. Bound once, it never changes."""
    row = Pack.objects.select_for_update().get(pk=pack.pk)
    if row.is_bound:
        no_event("it is bound already")
        return row
    row.digest = files.put(Path(settings.MEDIA_ROOT), data)
    row.page_digest = files.put(Path(settings.MEDIA_ROOT), page) if page else ""
    row.size, row.pages = len(data), pdf.page_count(data)
    row.pieces, row.done, row.failed = pieces, row.total, ""
    row.save()
    happened(
        actor,
        "pack bound",
        pack.meeting.record,
        after={"cut": row.cut, "supplement": row.supplement, "sha256": row.digest},
    )
    return row


@operation
def bind_again(actor: Actor, *, pack: Pack) -> Pack:
    """Try once more to bind a pack that could not be bound: what it was sent with, no more."""
    queries.may_run(actor, pack.meeting.record, pack.meeting.body_id).require()
    row = Pack.objects.get(pk=pack.pk)
    if row.is_bound:
        raise Refused("This pack is bound.")
    row.failed = ""
    row.save()
    to_bind(actor, row)
    happened(actor, "pack to be bound again", pack.meeting.record)
    return row


def _cover(sheaf: Sheaf, places: Places, versions: Versions) -> list[Block]:
    """An item's part of the pack: its heading, each paper's cover, and the paper's pages."""
    line = sheaf.line
    facts: list[tuple[str, str]] = [("Purpose", line.purpose.capitalize())]
    lead = line.item.lead.role if line.item.lead else line.item.lead_words
    facts += [("Lead", lead)] if lead else []
    facts += [("Time", count(line.minutes, "minute"))] if line.minutes else []
    blocks: list[Block] = [Heading(1, _heading(sheaf)), Facts(tuple(facts))]
    for presentation, paper in sheaf.shown:
        drawn = places[paper.pk].drawn(presentation)
        blocks += _paper(presentation, paper, drawn, versions.get(paper.pk))
    return blocks


def _heading(sheaf: Sheaf) -> str:
    return f"{sheaf.label}. {sheaf.line.item.record.title}"


def _paper(
    presentation: Presentation,
    paper: Paper,
    drawn: Mapping[Part, list[str]],
    version: Version | None,
) -> list[Block]:
    if paper.stage == PaperStage.TO_FOLLOW:
        told = "; ".join(paper.late_reasons)
        return [Note(f"“{paper.title}” is to follow. {told}", "To follow", "soon")]
    if paper.stage == PaperStage.WITHDRAWN:
        return []
    blocks: list[Block] = [Heading(2, paper.title)]
    for label, words in presenting.cover_of(presentation, paper, drawn):
        if isinstance(words, list):
            blocks += [Heading(3, label), Bullets(tuple(words))]
        else:
            blocks.append(Facts(((label, words),)))
    if version is not None:
        blocks.append(_text(version))
    return blocks


def _text(version: Version) -> Block:
    if version.media_type != "application/pdf":
        return Note(f"The text is the file {version.name}, beside this pack.", "Text")
    data = files.read(Path(settings.MEDIA_ROOT), version.digest)
    return Sheets(data, version.name, pdf.page_count(data))


def _titled(pack: Pack) -> str:
    meeting = pack.meeting
    name = meeting.body.name if meeting.body else meeting.title
    day = weekday_in_words(meeting.day) if meeting.day else meeting.date
    told = f"{name}, {day}"
    return (
        f"Supplement {pack.supplement} for the {told}"
        if pack.supplement
        else f"Pack for the {told}"
    )


def _front(pack: Pack, contents: Sequence[tuple[str, str, str]]) -> list[Block]:
    """What stands before the items: the contents, where a supplement slots in, what is withheld."""
    columns = [TableColumn("Item"), TableColumn("Title", share=6), TableColumn("Page", "right")]
    blocks: list[Block] = []
    if pack.supplement:
        columns.append(TableColumn("Slot it in", share=3))
    slots = _slots(pack, [label for label, *_ in contents])
    rows = [[*row, *slots.get(row[0], [])] for row in contents]
    blocks.append(Table("What this adds" if pack.supplement else "What is in it", columns, rows))
    blocks += [
        Note(f"Item {each['label']} is withheld: {each['reason']}", "Withheld", "held")
        for each in pack.withheld
    ]
    return blocks


def _slots(pack: Pack, labels: Sequence[str]) -> dict[str, list[str]]:
    """Where each item of a supplement goes among the pages that were issued before it."""
    if not pack.supplement:
        return {}
    before = Pack.objects.filter(
        meeting=pack.meeting, cut=pack.cut, supplement__lt=pack.supplement
    ).exclude(digest="")
    issued = packing.bounds(before)
    keys = {each.piece.label: each.piece.key for each in reversed(issued)}
    return {label: [packs.slots_in(issued, keys.get(label, "")).capitalize()] for label in labels}


def _made(actor: Actor, pack: Pack, found: list[Sheaf]) -> Made:
    """One cut set in pages.

    Set twice: the list of contents names pages that are known only once they are set.
    """
    papers = [paper for sheaf in found for _, paper in sheaf.shown]
    versions = dict(packing.versions_of(actor, papers))
    places = presenting.whereabouts(actor, papers)
    body: list[Block] = []
    for number, sheaf in enumerate(found, 1):
        body += _cover(sheaf, places, versions)
        report(actor, pack=pack, done=number)
    blank = _set(pack, found, body, ["000"] * len(found))
    starts = pdf.outline(pdf.bare(blank))
    report(actor, pack=pack, done=len(found) + packs.PAGED)
    firsts = [starts[_heading(sheaf)] for sheaf in found]
    whole = _set(pack, found, body, [f"{_prefix(pack)}{at}" for at in firsts])
    data = pdf.write(whole)
    report(actor, pack=pack, done=len(found) + packs.DRAWN)
    ends = [*firsts[1:], pdf.page_count(data) + 1]
    pieces = [
        {
            "key": s.line.item.record.reference,
            "label": s.label,
            "title": s.line.item.record.title,
            "first": first,
            "pages": max(1, end - first),
        }
        for s, first, end in zip(found, firsts, ends, strict=True)
    ]
    return Made(data, _on_screen(whole).encode(), pieces)


def _prefix(pack: Pack) -> str:
    return f"S{pack.supplement}." if pack.supplement else ""


def _set(pack: Pack, found: list[Sheaf], body: list[Block], at: list[str]) -> Document:
    title = _titled(pack)
    contents = [
        (s.label, s.line.item.record.title, page) for s, page in zip(found, at, strict=True)
    ]
    blocks = [*_front(pack, contents), *body]
    mark = f"{title} · {pack.cut} pack"
    return Document(title, blocks, mark=mark, prefix=_prefix(pack))


def _on_screen(whole: Document) -> str:
    """The same blocks as HTML, with the words of the pages that the PDF only draws."""
    blocks: list[Block] = []
    for block in whole.blocks:
        blocks += _words_of(block) if isinstance(block, Sheets) else [block]
    return fragment([*outlined(blocks)])


def _words_of(sheets: Sheets) -> list[Block]:
    """A file's own pages in words. A page that is only a picture says so."""
    blocks: list[Block] = [Heading(3, f"{sheets.name}, {count(sheets.count, 'page')}")]
    for number, words in enumerate(pdf.text(sheets.pdf).split("\f"), 1):
        blocks.append(Heading(4, f"Page {number} of {sheets.name}"))
        told = [Paragraph(each) for each in packs.paragraphs(words)]
        blocks += told or [Paragraph("This page is a picture. Its words are not known here.")]
    return blocks


@task()
def _bind(pack: int, on: str) -> None:
    """Bind one cut of a pack. Safe to run twice."""
    actor = process("packs", date.fromisoformat(on))
    row = Pack.objects.select_related("meeting__record", "meeting__body").filter(pk=pack).first()
    if row is None or row.is_bound:
        return
    try:
        made = _made(actor, row, packing.planned(actor, row))
    except (Invalid, Refused) as problem:
        give_up(actor, pack=row, why=str(problem))
        return
    bound(actor, pack=row, data=made.data, pieces=made.pieces, page=made.page)

"""Sending a meeting's pack and its supplements. What is sent keeps its numbers for good.

A pack is set in pages by a process of its own, which says how far it is: nobody waits for it,
and a pack that cannot be bound says why instead of being half there.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django_tasks import task

from concordat.craft import files, pdf
from concordat.craft.document import Block, Bullets, Document, Facts, Heading, Note, Sheets, Table
from concordat.craft.document import Column as TableColumn
from concordat.domain.base.asks.operations import raise_ask
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.documents.models import Version
from concordat.domain.base.records.operations import happened, no_event, operation, take
from concordat.domain.governance.meetings import queries
from concordat.domain.governance.meetings.models import Line, Meeting, Pack, Paper, Place
from concordat.domain.governance.meetings.operations.calling import fresh, moving
from concordat.domain.governance.meetings.queries import packing, presenting
from concordat.domain.governance.meetings.queries.packing import Sheaf
from concordat.domain.governance.meetings.rules import life, packs
from concordat.domain.governance.meetings.rules.life import PaperStage, Stage
from concordat.domain.governance.meetings.rules.packs import Cut
from concordat.kernel.actor import Actor, process
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.labels import count, join_words, weekday_in_words

READ = "Read the pack"


@operation
def send_pack(actor: Actor, *, meeting: Meeting, seen_version: int | None = None) -> Meeting:
    """Send the pack: labels stand from now on, and every member is asked to read it.

    A paper that is not ready is cleared, let follow with the chair's agreement, or withdrawn
    first; what is withheld openly from a cut says why.
    """
    record, now, to = moving(actor, meeting, "send", seen_version=seen_version)
    waiting = packing.unready(actor, meeting)
    if waiting:
        names = join_words(f"“{each.title}”" for each in waiting)
        raise Refused(f"{names}: clear it, let it follow, or withdraw it before the pack is sent.")
    found = packing.sheaves(actor, now)
    if not found:
        raise Refused("The agenda is empty. There is nothing to send.")
    for sheaf in found:
        Line.objects.filter(pk=sheaf.line.pk).update(label=sheaf.label)
    now.stage, now.state = to, life.stated_of(to)
    now.save()
    made = _rows(actor, now, found, 0)
    _in_pack(actor, found)
    _ask_to_read(actor, now)
    happened(actor, "pack sent", record, after={"cuts": [row.cut for row in made]})
    return now


def _rows(actor: Actor, meeting: Meeting, found: list[Sheaf], supplement: int) -> list[Pack]:
    """A row for each cut, to be bound once this act is committed."""
    ways = queries.ways_of(actor, meeting.body)
    made = []
    for cut in packing.cuts(actor, meeting, ways.is_public):
        pieces = [sheaf.piece() for sheaf in found]
        packs.may_withhold(pieces, cut).require()
        if not any(piece.is_in(cut) for piece in pieces):
            continue
        row = Pack.objects.create(
            meeting=meeting,
            cut=cut,
            supplement=supplement,
            total=sum(1 for piece in pieces if piece.is_in(cut)),
            withheld=[
                {"label": each.label, "reason": each.reason} for each in packs.withheld(pieces, cut)
            ],
            pieces=[],
            sent_by=actor.signature[:200],
            sent_on=actor.on,
        )
        keys = [sheaf.line.pk for sheaf in found]
        transaction.on_commit(partial(_bind.enqueue, row.pk, keys, actor.on.isoformat()))
        made.append(row)
    return made


def _in_pack(actor: Actor, found: list[Sheaf]) -> None:
    """What was cleared is issued, and each body's presentation keeps which text it was sent."""
    shown = [each for sheaf in found for each in sheaf.shown]
    versions = packing.versions_of(actor, [paper for _, paper in shown])
    for presentation, paper in shown:
        if paper.stage in (PaperStage.CLEARED, PaperStage.IN_PACK) and paper.pk in versions:
            presentation.text_sent = versions[paper.pk].number
            presentation.save(update_fields=["text_sent"])
    for paper in {paper for _, paper in shown}:
        if paper.stage == PaperStage.CLEARED:
            paper.stage = PaperStage(life.PAPERS.after(PaperStage.CLEARED, "issue"))
            paper.save()


def _ask_to_read(actor: Actor, meeting: Meeting) -> None:
    for row in Place.objects.filter(meeting=meeting, seat__isnull=False).select_related(
        "seat__record"
    ):
        if row.seat:
            raise_ask(
                actor,
                record=meeting.record,
                seat=row.seat,
                errand=Errand.READ,
                what=READ,
                why="You are a member",
                due=meeting.day,
            )


@operation
def send_supplement(actor: Actor, *, meeting: Meeting) -> Meeting:
    """Send what was cleared since: pages of their own numbers that slot in behind their items."""
    record = take(meeting.pk, may=lambda held: queries.may_run(actor, held, meeting.body_id))
    now = fresh(meeting)
    if now.stage_is not in (Stage.SENT, Stage.HELD):
        raise Refused(f"This meeting is {now.stage}. A supplement follows a pack that was sent.")
    found = [each for each in packing.sheaves(actor, now) if _has_new(each)]
    if not found:
        raise Refused("No paper was cleared since the pack was sent.")
    number = packing.latest_supplement(actor, now) + 1
    for sheaf in found:
        Line.objects.filter(pk=sheaf.line.pk, label="").update(label=sheaf.label)
    _rows(actor, now, found, number)
    _in_pack(actor, found)
    _ask_to_read(actor, now)
    after = {"number": number, "items": [each.label for each in found]}
    happened(actor, "supplement sent", record, after=after)
    return now


def _has_new(sheaf: Sheaf) -> bool:
    return any(paper.stage == PaperStage.CLEARED for _, paper in sheaf.shown)


# --- binding


@operation
def report(actor: Actor, *, pack: Pack, done: int) -> None:
    """Say how many pieces are read, while a pack is being bound."""
    no_event("how far a pack is says its own row")
    Pack.objects.filter(pk=pack.pk, digest="").update(done=done)


@operation
def give_up(actor: Actor, *, pack: Pack, why: str) -> None:
    """Say why a pack could not be bound; it can be tried again."""
    Pack.objects.filter(pk=pack.pk, digest="").update(failed=why[:2000], done=0)
    happened(actor, "pack could not be bound", pack.meeting.record, reason=why[:500])


@operation
def bound(actor: Actor, *, pack: Pack, data: bytes, pieces: list[dict[str, Any]]) -> Pack:
    """Keep the bytes of a pack under their digest. Bound once, it never changes."""
    row = Pack.objects.select_for_update().get(pk=pack.pk)
    if row.is_bound:
        no_event("it is bound already")
        return row
    row.digest = files.put(Path(settings.MEDIA_ROOT), data)
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
    """Try once more to bind a pack that could not be bound."""
    queries.may_run(actor, pack.meeting.record, pack.meeting.body_id).require()
    row = Pack.objects.get(pk=pack.pk)
    if row.is_bound:
        raise Refused("This pack is bound.")
    row.failed = ""
    row.save()
    lines = [each.line.pk for each in packing.sheaves(actor, pack.meeting)]
    transaction.on_commit(partial(_bind.enqueue, row.pk, lines, actor.on.isoformat()))
    happened(actor, "pack to be bound again", pack.meeting.record)
    return row


def _cover(sheaf: Sheaf, actor: Actor, versions: dict[int, Version]) -> list[Block]:
    """An item's part of the pack: its heading, each paper's cover, and the paper's pages."""
    line = sheaf.line
    facts: list[tuple[str, str]] = [("Purpose", line.purpose.capitalize())]
    lead = line.item.lead.role if line.item.lead else line.item.lead_words
    facts += [("Lead", lead)] if lead else []
    facts += [("Time", count(line.minutes, "minute"))] if line.minutes else []
    blocks: list[Block] = [
        Heading(1, f"{sheaf.label}. {line.item.record.title}"),
        Facts(tuple(facts)),
    ]
    for presentation, paper in sheaf.shown:
        blocks += _paper(actor, presentation, paper, versions.get(paper.pk))
    return blocks


def _paper(actor: Actor, presentation: Any, paper: Paper, version: Version | None) -> list[Block]:
    if paper.stage == PaperStage.TO_FOLLOW:
        told = "; ".join(paper.late_reasons)
        return [Note(f"“{paper.title}” is to follow. {told}", "To follow", "soon")]
    if paper.stage == PaperStage.WITHDRAWN:
        return []
    drawn = presenting.whereabouts(actor, [paper])[paper.pk].drawn(presentation)
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


def _document(
    pack: Pack, body: list[Block], contents: list[tuple[str, str, str]], title: str
) -> Document:
    table = Table(
        "What is in it",
        [TableColumn("Item", share=1), TableColumn("Title", share=6), TableColumn("Page", "right")],
        [list(row) for row in contents],
    )
    kept = [
        Note(f"Item {each['label']} is withheld: {each['reason']}", "Withheld", "held")
        for each in pack.withheld
    ]
    prefix = f"S{pack.supplement}." if pack.supplement else ""
    mark = f"{title} · {pack.cut} pack"
    return Document(title, [table, *kept, *body], mark=mark, prefix=prefix)


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


def _made(actor: Actor, pack: Pack, found: list[Sheaf]) -> tuple[bytes, list[dict[str, Any]]]:
    """The PDF of one cut, with the pages on which each item stands.

    Set twice: the list of contents names pages that are known only once they are set.
    """
    versions = dict(packing.versions_of(actor, [paper for s in found for _, paper in s.shown]))
    body: list[Block] = []
    for number, sheaf in enumerate(found, 1):
        body += _cover(sheaf, actor, versions)
        report(actor, pack=pack, done=number)
    title = _titled(pack)
    blank = [(s.label, s.line.item.record.title, "000") for s in found]
    starts = pdf.outline(pdf.write(_document(pack, body, blank, title)))
    prefix = f"S{pack.supplement}." if pack.supplement else ""
    firsts = [starts[f"{s.label}. {s.line.item.record.title}"] for s in found]
    contents = [
        (s.label, s.line.item.record.title, f"{prefix}{at}")
        for s, at in zip(found, firsts, strict=True)
    ]
    data = pdf.write(_document(pack, body, contents, title))
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
    return data, pieces


@task()
def _bind(pack: int, lines: list[int], on: str) -> None:
    """Bind one cut of a pack. Safe to run twice."""
    actor = process("packs", date.fromisoformat(on))
    row = Pack.objects.select_related("meeting__record", "meeting__body").filter(pk=pack).first()
    if row is None or row.is_bound:
        return
    cut = Cut(row.cut)
    found = [
        each
        for each in packing.sheaves(actor, row.meeting)
        if each.line.pk in set(lines) and each.piece().is_in(cut)
    ]
    try:
        data, pieces = _made(actor, row, found)
    except (Invalid, Refused) as problem:
        give_up(actor, pack=row, why=str(problem))
        return
    bound(actor, pack=row, data=data, pieces=pieces)

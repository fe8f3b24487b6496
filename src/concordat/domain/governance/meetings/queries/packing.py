"""What goes into a meeting's packs, what was sent, and what is new to a reader."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from concordat.craft import files
from concordat.domain.base.documents.models import Version
from concordat.domain.base.records.queries import can, visible
from concordat.domain.base.records.rules import Verb
from concordat.domain.governance.meetings.models import (
    Line,
    Meeting,
    Pack,
    Paper,
    Presentation,
    Read,
)
from concordat.domain.governance.meetings.queries.who import may_run
from concordat.domain.governance.meetings.rules import agenda as order
from concordat.domain.governance.meetings.rules import packs as rules
from concordat.domain.governance.meetings.rules.life import PaperStage
from concordat.domain.governance.meetings.rules.packs import Bound, Cut, Piece
from concordat.kernel.actor import Actor
from concordat.kernel.sensitivity import Sensitivity
from concordat.kernel.verdict import Verdict, no


@dataclass(frozen=True, slots=True)
class Sheaf:
    """One item of a pack with the papers that came before this body for it."""

    label: str
    line: Line
    shown: tuple[tuple[Presentation, Paper], ...]

    def piece(self, pages: int = 1) -> Piece:
        record = self.line.item.record
        return Piece(
            record.reference,
            self.label,
            record.title,
            pages,
            record.level,
            self.line.is_hidden,
            self.line.withheld_reason,
        )


def planned(actor: Actor, pack: Pack) -> list[Sheaf]:
    """What one cut of a pack or supplement is to hold: the items and papers that it was sent
    with, without what its readers may not open."""
    plan = {each["line"]: set(each["shown"]) for each in pack.plan}
    cut = Cut(pack.cut)
    return [
        Sheaf(
            each.label,
            each.line,
            tuple(pair for pair in each.shown if pair[0].pk in plan[each.line.pk]),
        )
        for each in sheaves(actor, pack.meeting)
        if each.line.pk in plan and each.piece().is_in(cut)
    ]


def sheaves(actor: Actor, meeting: Meeting) -> list[Sheaf]:
    """Every item on an agenda in its order with its papers, whoever may open them: what is cut
    for whom is decided piece by piece when a pack is bound."""
    rows = Line.objects.filter(meeting=meeting).select_related(
        "item__record__owner", "item__lead", "meeting__record"
    )
    papers: dict[int, list[tuple[Presentation, Paper]]] = {}
    shown = Presentation.objects.filter(line__meeting=meeting, paper__isnull=False)
    for row in shown.select_related(
        "requested_by", "line__meeting", "paper__presented_by", "paper__requested_by"
    ):
        if row.line_id is not None and row.paper is not None:
            papers.setdefault(row.line_id, []).append((row, row.paper))
    labelled = order.numbered(list(rows.order_by("turn", "pk")))
    return [
        Sheaf(line.label or label, line, tuple(papers.get(line.pk, ()))) for label, line in labelled
    ]


def unready(actor: Actor, meeting: Meeting) -> list[Paper]:
    """Papers that would keep the pack waiting: neither cleared, in a pack, let follow nor off."""
    fine = (PaperStage.CLEARED, PaperStage.IN_PACK, PaperStage.TO_FOLLOW, PaperStage.WITHDRAWN)
    rows = Paper.objects.filter(presentations__line__meeting=meeting)
    rows = rows.exclude(stage__in=[each.value for each in fine]).select_related("item__record")
    return list(visible(actor, rows, record="item__record").distinct())


def cuts(actor: Actor, meeting: Meeting, is_public: bool) -> list[Cut]:
    """The cuts that a meeting's pack needs: for members where something is restricted, for the
    public where the board has public access."""
    levels = [sheaf.line.item.record.level for sheaf in sheaves(actor, meeting)]
    found = [Cut.PARTNERS]
    if any(level is Sensitivity.RESTRICTED for level in levels):
        found.append(Cut.RESTRICTED)
    return [*found, Cut.PUBLIC] if is_public else found


def packs(actor: Actor, meeting: Meeting) -> QuerySet[Pack]:
    """What was sent, the pack before its supplements, that this actor may have."""
    allowed = [cut.value for cut in Cut if may_have(actor, meeting, cut)]
    rows = Pack.objects.filter(meeting=meeting, cut__in=allowed)
    return visible(actor, rows, record="meeting__record").order_by("supplement", "cut")


def may_have(actor: Actor, meeting: Meeting, cut: Cut) -> Verdict:
    """Members of the body and whoever runs the meeting have the restricted cut."""
    opened = can(actor, Verb.SEE, meeting.record)
    if cut is not Cut.RESTRICTED or not opened:
        return opened
    if meeting.body_id in actor.bodies:
        return opened
    runs = may_run(actor, meeting.record, meeting.body_id)
    return runs if runs else no("The restricted pack is for the members of this body.")


def bytes_of_pack(actor: Actor, pack: Pack) -> bytes:
    """The bytes of a pack that is bound, checked against their digest."""
    may_have(actor, pack.meeting, Cut(pack.cut)).require()
    return files.read(Path(settings.MEDIA_ROOT), pack.digest)


def bounds(rows: Iterable[Pack]) -> list[Bound]:
    """What was bound in these packs, with its page numbers."""
    return [
        Bound(
            Piece(each["key"], each["label"], each["title"], each["pages"]),
            each["first"],
            pack.supplement,
        )
        for pack in rows
        for each in pack.pieces
    ]


def _mark(actor: Actor, meeting: Meeting) -> Read | None:
    """How far this reader has read; nobody but a person reads."""
    if actor.person is None:
        return None
    return Read.objects.filter(meeting=meeting, person=actor.person).first()


def since_read(actor: Actor, meeting: Meeting) -> rules.Since | None:
    """What is new to this reader since they last read; None before they read at all."""
    mark = _mark(actor, meeting)
    if mark is None:
        return None
    return rules.since(bounds(best_cut(packs(actor, meeting))), mark.supplement)


def in_reading_order(actor: Actor, meeting: Meeting) -> list[tuple[Bound, bool]]:
    """Everything that this reader was sent, in the order in which one reads it: supplements
    behind their items. Each says whether it is new since they last read."""
    rows = best_cut(packs(actor, meeting))
    issued = bounds(rows)
    mark = _mark(actor, meeting)
    keys = list(dict.fromkeys(each.piece.key for each in issued if not each.supplement))
    return [
        (each, mark is not None and each.supplement > mark.supplement)
        for each in rules.in_reading_order(issued, keys)
    ]


def best_cut(rows: Iterable[Pack]) -> list[Pack]:
    """Of what somebody may have, the packs of the fullest cut that are bound."""
    bound = [row for row in rows if row.is_bound and row.cut != Cut.PUBLIC]
    best = Cut.RESTRICTED if any(row.cut == Cut.RESTRICTED for row in bound) else Cut.PARTNERS
    return [row for row in bound if row.cut == best]


def page_of_pack(actor: Actor, pack: Pack) -> str:
    """A pack as a page to read on screen; empty for one that has none."""
    may_have(actor, pack.meeting, Cut(pack.cut)).require()
    if not pack.page_digest:
        return ""
    return files.read(Path(settings.MEDIA_ROOT), pack.page_digest).decode()


def latest_supplement(actor: Actor, meeting: Meeting) -> int:
    row = packs(actor, meeting).order_by("-supplement").first()
    return row.supplement if row else 0


def versions_of(actor: Actor, papers: Iterable[Paper]) -> Mapping[int, Version]:
    """The newest text of each paper that has one, by the paper's id."""
    wanted = {paper.document_id: paper.pk for paper in papers if paper.document_id}
    rows = Version.objects.filter(document__in=wanted).order_by("document", "number")
    rows = rows.select_related("document__record")
    return {wanted[row.document_id]: row for row in visible(actor, rows, record="document__record")}

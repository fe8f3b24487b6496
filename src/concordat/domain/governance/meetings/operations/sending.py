"""Sending a meeting's pack and its supplements. What is sent keeps its numbers for good.

A pack is bound by a process of its own: nobody waits for it, and one that cannot be bound says
why instead of being half there.
"""

from __future__ import annotations

from concordat.domain.base.asks.operations import raise_ask
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.records.operations import happened, operation, take
from concordat.domain.governance.meetings import queries
from concordat.domain.governance.meetings.models import Line, Meeting, Pack, Place
from concordat.domain.governance.meetings.operations.binding import to_bind
from concordat.domain.governance.meetings.operations.calling import fresh, moving
from concordat.domain.governance.meetings.queries import packing
from concordat.domain.governance.meetings.queries.packing import Sheaf
from concordat.domain.governance.meetings.rules import life, packs
from concordat.domain.governance.meetings.rules.life import PaperStage, Stage
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Refused
from concordat.kernel.labels import join_words

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
    pieces = [sheaf.piece() for sheaf in found]
    for cut in packing.cuts(actor, meeting, ways.is_public):
        packs.may_withhold(pieces, cut).require()
        if not any(piece.is_in(cut) for piece in pieces):
            continue
        row = Pack.objects.create(
            meeting=meeting,
            cut=cut,
            supplement=supplement,
            total=packs.steps(sum(1 for piece in pieces if piece.is_in(cut))),
            withheld=[
                {"label": each.label, "reason": each.reason} for each in packs.withheld(pieces, cut)
            ],
            plan=[
                {"line": sheaf.line.pk, "shown": [each.pk for each, _ in sheaf.shown]}
                for sheaf in found
            ],
            sent_by=actor.signature[:200],
            sent_on=actor.on,
        )
        to_bind(actor, row)
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
    found = [each for each in map(_new_of, packing.sheaves(actor, now)) if each.shown]
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


def _new_of(sheaf: Sheaf) -> Sheaf:
    """An item with the papers alone that were cleared since."""
    fresh = tuple(pair for pair in sheaf.shown if pair[1].stage == PaperStage.CLEARED)
    return Sheaf(sheaf.label, sheaf.line, fresh)

"""Minutes put together from what was recorded, as a file, and agreed at a later meeting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from concordat.craft import pdf
from concordat.craft.document import (
    Block,
    Bullets,
    Document,
    Facts,
    Heading,
    Note,
    Paragraph,
    Table,
)
from concordat.craft.document import Column as TableColumn
from concordat.craft.sniff import KINDS
from concordat.domain.base.actions import operations as actions
from concordat.domain.base.actions.models import Action
from concordat.domain.base.actions.queries.access import Owner
from concordat.domain.base.documents import operations as documents
from concordat.domain.base.documents.operations import Upload
from concordat.domain.base.records.operations import happened, operation
from concordat.domain.governance.meetings import queries
from concordat.domain.governance.meetings.models import Line, Meeting
from concordat.domain.governance.meetings.operations.calling import fresh, moving
from concordat.domain.governance.meetings.queries import minutes as asked
from concordat.domain.governance.meetings.queries.minutes import Minuted
from concordat.domain.governance.meetings.rules import life, moments
from concordat.domain.governance.meetings.rules import minutes as rules
from concordat.domain.governance.meetings.rules.life import LIVE, Place
from concordat.kernel.actor import Actor, process
from concordat.kernel.errors import Refused
from concordat.kernel.labels import day_in_words, weekday_in_words
from concordat.kernel.sensitivity import Sensitivity


@operation
def agree_minutes(
    actor: Actor, *, meeting: Meeting, at: Meeting, seen_version: int | None = None
) -> Meeting:
    """Agree a meeting's minutes at a later meeting. What is agreed is kept as a file and never
    changes; what is held more closely than the meeting is kept apart, a file on each such item
    that is as closed as the item."""
    record, now, to = moving(actor, meeting, "agree the minutes", seen_version=seen_version)
    later = fresh(at)
    if later.body_id != now.body_id:
        raise Refused("Minutes are agreed at a later meeting of the same body.")
    live = [place.value for place in LIVE]
    rows = Line.objects.filter(meeting=now, place__in=live).order_by("turn")
    stand = [
        (title, Place(place)) for title, place in rows.values_list("item__record__title", "place")
    ]
    rules.may_agree(stand, day=now.day, at=later.day, at_stage=later.stage_is).require()
    data = pdf.write(as_document(actor, meeting=now, within=record.level, agreed_at=later))
    # Who may agree minutes need not be one who may add documents to what they are about.
    keeper = process(actor.signature, actor.on)
    now.minutes = documents.add(
        keeper,
        partnership=now.partnership,
        title=f"Minutes of the {record.title}"[:300],
        file=Upload(f"{record.reference}-minutes.pdf", data, seen=KINDS["pdf"]),
        about=record,
    )
    apart = _keep_apart(keeper, now, record.level, later)
    now.agreed_at, now.stage, now.state = later, to, life.stated_of(to)
    now.save()
    digest = now.minutes.versions.get().digest
    after = {"at": later.record.reference, "sha256": digest, "minuted apart": apart}
    happened(actor, "minutes agreed", record, after=after)
    return now


def _keep_apart(actor: Actor, meeting: Meeting, level: Sensitivity, agreed_at: Meeting) -> int:
    """The minutes of each item that is held more closely than the meeting, on the item's own
    record; how many there are."""
    kept = 0
    for each in asked.minuted(actor, meeting):
        if each.line is None or not asked.is_apart(each, level):
            continue
        made = as_document_apart(actor, meeting=meeting, items=[each], agreed_at=agreed_at)
        documents.add(
            actor,
            partnership=meeting.partnership,
            title=f"Restricted minutes of the {meeting.record.title}"[:300],
            file=Upload(f"{each.reference}-minutes.pdf", pdf.write(made), seen=KINDS["pdf"]),
            about=each.line.item.record,
        )
        kept += 1
    return kept


@operation
def act(
    actor: Actor,
    *,
    line: Line,
    what: str,
    owner: Owner,
    due: date,
    now: datetime | None = None,
) -> Action:
    """Raise an action in the room from the item that is talked about, set by the body."""
    queries.may_run(actor, line.meeting.record, line.meeting.body_id).require()
    if line.meeting.body is None:
        raise Refused("This meeting is of no body, so nobody could accept what was done.")
    place = f"Item {line.label} of {line.meeting.record.reference}" if line.label else ""
    return actions.add(
        actor,
        source=line.item.record,
        what=what,
        set_by=line.meeting.body,
        owner=owner,
        source_place=place or line.meeting.record.reference,
        due=due,
        now=now,
    )


def as_document(
    actor: Actor,
    *,
    meeting: Meeting,
    within: Sensitivity | None = None,
    agreed_at: Meeting | None = None,
) -> Document:
    """The minutes as a document: what this actor may open, and nothing held more closely than
    `within`. What is left out is named with the number of its item, save what is hidden."""
    minuted = asked.minuted(actor, meeting)
    raised = [row for each in minuted if _is_open(each, within) for row in each.actions]
    blocks = [*_head(actor, meeting, agreed_at)]
    for each in minuted:
        blocks += _item(each, within)
    blocks += _owed(raised)
    title = f"Minutes of the {meeting.body.name}" if meeting.body else meeting.record.title
    mark = "Minutes" if agreed_at or meeting.agreed_at_id else "Draft minutes"
    return Document(title, blocks, mark=f"{mark} · {meeting.record.reference}")


def as_document_apart(
    actor: Actor,
    *,
    meeting: Meeting,
    items: Sequence[Minuted] | None = None,
    agreed_at: Meeting | None = None,
) -> Document:
    """The restricted minutes by themselves: items that are held more closely than the meeting
    and that this actor may open, or the `items` that are given."""
    level = meeting.record.level
    rows = list(items) if items is not None else asked.apart(actor, meeting)
    blocks = [*_head(actor, meeting, agreed_at)]
    for each in rows:
        blocks += _item(each, None)
    blocks += _owed([row for each in rows for row in each.actions])
    name = meeting.body.name if meeting.body else meeting.record.title
    mark = "Restricted minutes" if agreed_at or meeting.agreed_at_id else "Draft restricted minutes"
    if not rows:
        blocks.append(Note(f"Nothing is held more closely than {level.label.lower()}.", "None"))
    return Document(
        f"Restricted minutes of the {name}", blocks, mark=f"{mark} · {meeting.record.reference}"
    )


def _is_open(each: Minuted, within: Sensitivity | None) -> bool:
    if each.line is None:
        return False
    record = each.line.item.record
    return within is None or (record.level <= within and record.listed)


def _head(actor: Actor, meeting: Meeting, agreed_at: Meeting | None) -> Iterator[Block]:
    day = weekday_in_words(meeting.day) if meeting.day else meeting.date or "Not set"
    facts = [("Day", day)]
    facts += [("Time", moments.span_in_words(meeting.starts_at, meeting.ends_at))]
    facts += [("Place", meeting.place)] if meeting.place else []
    facts += [(label, "; ".join(names)) for label, names in asked.came(actor, meeting)]
    at = agreed_at or meeting.agreed_at
    if at is not None and at.day is not None:
        facts.append(("Agreed", f"At the meeting of {day_in_words(at.day)}"))
    yield Facts(tuple(facts))
    if meeting.body:
        yield Paragraph(queries.quorum_of(actor, meeting).sentence)
    told = [
        f"{row.who}: {row.interest} ({row.done})" for row in queries.declarations(actor, meeting)
        if row.item is None
    ]  # fmt: skip
    if told:
        yield Heading(1, "Interests declared")
        yield Bullets(tuple(told))


def _item(each: Minuted, within: Sensitivity | None) -> list[Block]:
    line = each.line
    if line is None or not _is_open(each, within):
        if line is not None and line.is_hidden:
            return []
        return [Note(f"Item {each.label} is minuted apart.", "Restricted", "held")]
    blocks: list[Block] = [Heading(1, f"{each.label}. {line.item.record.title}")]
    if line.place_is is not Place.TAKEN:
        told = f"{line.place.capitalize()}. {line.place_reason}".strip()
        blocks.append(Paragraph(told))
    blocks += [Paragraph(part) for part in line.text.splitlines() if part.strip()]
    blocks += [
        Note(f"{row.text} ({row.record.reference}: {row.outcome}, {row.state})", "Decision")
        for row in each.decisions
    ]
    return blocks


def _owed(raised: list[Action]) -> list[Block]:
    if not raised:
        return []
    columns = [TableColumn("Action", share=4), TableColumn("Owner", share=2), TableColumn("Due")]
    rows = [
        (f"{row.record.title} ({row.record.reference})", row.owner_name,
         day_in_words(row.due) if row.due else "Looked at again")
        for row in raised
    ]  # fmt: skip
    return [Heading(1, "Actions"), Table("What was set", columns, rows)]

"""What was recorded of a meeting, as somebody may read it, and what arises from it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from concordat.domain.base.actions import queries as actions
from concordat.domain.base.actions.queries import Action
from concordat.domain.governance.meetings.models import Line, Meeting, Resolution
from concordat.domain.governance.meetings.queries.agenda import agenda, lines
from concordat.domain.governance.meetings.queries.deciding import resolutions
from concordat.domain.governance.meetings.queries.lists import before_this, of_body
from concordat.domain.governance.meetings.queries.table import places
from concordat.domain.governance.meetings.rules import minutes as rules
from concordat.domain.governance.meetings.rules.life import SENT_OR_LATER
from concordat.domain.governance.meetings.rules.quorum import Presence
from concordat.kernel.actor import Actor
from concordat.kernel.sensitivity import Sensitivity


@dataclass(frozen=True, slots=True)
class Minuted:
    """One item with what came of it. `line` is None for what this reader may know of alone."""

    label: str
    reference: str
    line: Line | None
    owner: str = ""
    decisions: tuple[Resolution, ...] = ()
    actions: tuple[Action, ...] = ()


def minuted(actor: Actor, meeting: Meeting) -> list[Minuted]:
    """Each item of the agenda with the decisions and actions that came of it here."""
    decided = list(resolutions(actor).filter(meeting=meeting))
    raised = list(raised_at(actor, meeting))
    found = []
    for shown in agenda(actor, meeting):
        line = shown.line
        if line is None:
            found.append(Minuted(shown.label, shown.reference, None, shown.owner))
            continue
        taken = tuple(row for row in decided if row.line_id == line.pk)
        sources = {line.item_id, *(row.pk for row in taken)}
        owed = tuple(row for row in raised if row.source_id in sources)
        found.append(Minuted(shown.label, shown.reference, line, "", taken, owed))
    return found


def is_apart(each: Minuted, level: Sensitivity) -> bool:
    """Whether an item is held more closely than its meeting, or may be hidden from somebody."""
    if each.line is None:
        return False
    record = each.line.item.record
    return record.level > level or not record.listed


def apart(actor: Actor, meeting: Meeting) -> list[Minuted]:
    """What is minuted apart, as far as the actor may open it."""
    level = meeting.record.level
    return [each for each in minuted(actor, meeting) if is_apart(each, level)]


def raised_at(actor: Actor, meeting: Meeting) -> QuerySet[Action]:
    """Actions that came of a meeting: of itself, its items and its decisions, from its day on
    until the day of the body's next."""
    items = list(lines(actor, meeting).values_list("item", flat=True))
    decided = list(resolutions(actor).filter(meeting=meeting).values_list("pk", flat=True))
    sources: list[UUID] = [*items, *decided, meeting.pk]
    rows = actions.actions(actor).filter(source__in=sources)
    if meeting.day is None:
        return rows
    rows = rows.filter(record__opened__gte=meeting.day)
    after = later(actor, meeting).first()
    return rows.filter(record__opened__lt=after.day) if after else rows


def arising(actor: Actor, meeting: Meeting) -> list[Action]:
    """Matters arising: what the meeting before set, as it stands today, what is owed first."""
    before = before_this(actor, meeting)
    return list(raised_at(actor, before)) if before else []


def later(actor: Actor, meeting: Meeting) -> QuerySet[Meeting]:
    """Later meetings of the same body, the next first."""
    if meeting.body is None or meeting.day is None:
        return Meeting.objects.none()
    return of_body(actor, meeting.body).filter(day__gt=meeting.day).order_by("day", "starts_at")


def can_agree(actor: Actor, meeting: Meeting) -> list[Meeting]:
    """The later meetings at which minutes can be agreed: those sent or held, up to today."""
    stages = [stage.value for stage in SENT_OR_LATER]
    return list(later(actor, meeting).filter(stage__in=stages, day__lte=actor.on)[:12])


def to_agree(actor: Actor, meeting: Meeting) -> Meeting | None:
    """The meeting before, if its minutes are still a draft."""
    before = before_this(actor, meeting)
    return before if before and before.stage == "minutes draft" else None


def came(actor: Actor, meeting: Meeting) -> list[tuple[str, list[str]]]:
    """Who came and who did not, in groups, deputies by name."""
    told = []
    for row in places(actor, meeting):
        name = row.seat.role if row.seat else f"{row.guest} ({row.capacity})"
        agency = f", {row.agency.name}" if row.agency else ""
        stood = row.stands_for or (str(row.deputy) if row.deputy else "")
        deputy = f" (by {stood})" if row.presence == Presence.DEPUTY and stood else ""
        told.append((Presence(row.presence), f"{name}{agency}{deputy}"))
    return rules.came(told)

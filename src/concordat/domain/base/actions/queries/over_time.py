"""Agencies over the last year, and every action as it stood on a day."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from concordat.domain.base.actions import rules
from concordat.domain.base.actions.models import Action, Entry
from concordat.domain.base.actions.rules import Stage, Stood, Tally, Told
from concordat.domain.base.actions.rules.telling import Line
from concordat.domain.base.agencies.models import Partnership
from concordat.domain.base.records.queries import visible
from concordat.kernel.actor import Actor

NO_AGENCY = "No agency"
Counted = defaultdict[UUID, Counter[str]]


def by_agency(
    actor: Actor, homes: Iterable[Partnership], since: date
) -> list[tuple[Partnership, list[Tally]]]:
    """What each agency was given, closed and put off since a day, and what it owes late today.

    For each partnership apart. What was found inadequate counts as closed only once it is closed
    again.
    """
    homes = list(homes)
    rows = visible(actor, Action.objects.filter(partnership__in=[home.pk for home in homes]))
    opened = _counted(rows.filter(record__opened__gte=since))
    closed = rows.filter(closed_on__gte=since, closed_on__lte=actor.on)
    late = Q(due__isnull=False, closed_on__gt=F("due"))
    extensions = Entry.objects.filter(
        told=Told.EXTENDED, on__gte=since, action__partnership__in=[home.pk for home in homes]
    )
    extended = visible(actor, extensions, record="action__record")
    owed = rows.filter(rank=0, due__isnull=False, comes_up__lt=actor.on)
    found = {
        "opened": opened,
        "late": _counted(closed.filter(late)),
        "in_time": _counted(closed.exclude(late)),
        "extended": _counted(extended, "action__"),
        "overdue": _counted(owed),
    }
    return [(home, _tallies(home, found)) for home in homes]


def _tallies(home: Partnership, found: dict[str, Counted]) -> list[Tally]:
    here = {what: counted[home.pk] for what, counted in found.items()}
    names = sorted({name for counted in here.values() for name in counted})
    return [Tally(name, **{what: here[what][name] for what in here}) for name in names]


def _counted(rows: QuerySet[Action] | QuerySet[Entry], path: str = "") -> Counted:
    """How many rows each agency of each partnership has."""
    home, agency = f"{path}partnership", f"{path}agency__name"
    counted: Counted = defaultdict(Counter)
    for row in rows.order_by().values(home, agency).annotate(many=Count("pk")):
        counted[row[home]][row[agency] or NO_AGENCY] += row["many"]
    return counted


@dataclass(frozen=True, slots=True)
class AsAt:
    """One action as it stood at the end of a day."""

    action: Action
    stood: Stood

    def as_json(self) -> dict[str, object]:
        stood, action = self.stood, self.action
        return {
            "reference": action.record.reference,
            "what": action.record.title,
            "owner": stood.owner,
            "agency": action.agency.name if action.agency else None,
            "set_by": action.set_by.name,
            "source": action.source.reference,
            "priority": action.priority,
            "due": stood.due.isoformat() if stood.due else None,
            "look_every_months": action.look_every,
            "state": stood.stage.value,
            "overdue": stood.overdue,
            "extended": stood.extended,
        }


def as_at(actor: Actor, home: Partnership, on: date) -> list[AsAt]:
    """Every action of a partnership that was owed or waited on a day, what was due first."""
    rows = Action.objects.filter(partnership=home.pk, record__opened__lte=on)
    rows = rows.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on))
    rows = rows.select_related("record", "source", "set_by", "agency").prefetch_related("entries")
    found = [_as_at(action, on) for action in visible(actor, rows)]
    owed = [each for each in found if each and not each.stood.stage.is_over]
    return sorted(owed, key=_by_what_is_owed)


def _as_at(action: Action, on: date) -> AsAt | None:
    stood = rules.stood([_line(entry) for entry in _in_order(action.entries.all())], on)
    return AsAt(action, stood) if stood else None


def _in_order(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: entry.pk)


def _line(entry: Entry) -> Line:
    return Line(entry.on, entry.told, entry.due_before, entry.due_after, entry.owner_after)


def _by_what_is_owed(each: AsAt) -> tuple[bool, date, str]:
    waits = each.stood.stage is Stage.CLOSED
    return waits, each.stood.due or date.max, each.action.record.reference

"""Setting down when people do not come, and when schools are closed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import wraps
from typing import ParamSpec, TypeVar

from concordat.craft import ics
from concordat.domain.base.agencies.models import Area
from concordat.domain.base.people.models import Person
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import happened, operation, take
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats.models import Post
from concordat.domain.governance.diaries import queries, rules
from concordat.domain.governance.diaries.models import (
    BusyTime,
    Calendar,
    SchoolHoliday,
    WorkingPattern,
)
from concordat.domain.governance.diaries.rules import Part, Strength
from concordat.kernel.actor import Actor, Kind
from concordat.kernel.errors import Fault, Invalid, Refused

P = ParamSpec("P")
R = TypeVar("R")
AHEAD = timedelta(days=400)
"""How far ahead a calendar is read."""
MOST_HOLIDAYS = 400


def _hand(actor: Actor, person: Person) -> Actor:
    """Who acts, with both names where somebody acts for another. Refused for a stranger's times."""
    if actor.kind is Kind.PROCESS:
        return actor
    try:
        return queries.hand_for(actor, person)
    except Person.DoesNotExist:
        raise Refused("You may set these times for yourself and for whom you act.") from None


@operation
def set_pattern(
    actor: Actor,
    *,
    strength: Strength,
    weekday: int | None,
    part: Part,
    from_day: date,
    to_day: date | None = None,
    begins: int | None = None,
    ends: int | None = None,
    person: Person | None = None,
    post: Post | None = None,
    source: str = "",
) -> WorkingPattern:
    """Say that a person, or whoever is in a post, does not come in some part of a week.

    `begins` and `ends` are minutes after midnight, for `Part.TIMES` alone.
    """
    if (person is None) == (post is None):
        raise Invalid("A pattern is of a person or of a post.", field="post")
    if to_day and to_day < from_day:
        raise Invalid("The last day is before the first.", field="to_day")
    if weekday is not None and not 0 <= weekday <= 6:
        raise Invalid("Choose a day of the week.", field="weekday")
    by = _hand(actor, person) if person else actor
    record = _taken_for(actor, person, post)
    first, last = rules.edges(part, begins, ends)
    row = WorkingPattern.objects.create(
        person=person,
        post=post,
        strength=strength,
        weekday=weekday,
        begins=first,
        ends=last,
        from_day=from_day,
        to_day=to_day,
        set_by=by.signature[:200],
        source=source,
    )
    whose = {"post": post.title} if post else {}
    happened(by, "working pattern set", record, after=whose | {"pattern": str(row.told())})
    return row


def _taken_for(actor: Actor, person: Person | None, post: Post | None) -> Record:
    if person:
        return take(person.pk)
    assert post is not None  # noqa: S101 - one of the two was asked for
    return take(post.partnership_id, may=lambda held: can(actor, Verb.CHANGE, held))


@operation
def end_pattern(actor: Actor, *, pattern: WorkingPattern, on: date) -> WorkingPattern | None:
    """Make `on` the last day of a pattern; one that had not begun by then is taken away."""
    by = _hand(actor, pattern.person) if pattern.person else actor
    record = _taken_for(actor, pattern.person, pattern.post)
    held = WorkingPattern.objects.get(pk=pattern.pk)
    if held.to_day and held.to_day <= on:
        raise Refused("This pattern is over already.")
    before = {"pattern": str(held.told()), "until": held.to_day}
    happened(by, "working pattern ended", record, before=before, after={"until": on})
    if on < held.from_day:
        held.delete()
        return None
    held.to_day = on
    held.save(update_fields=["to_day"])
    return held


# --- calendars that are brought in


def _read_first(act: Callable[P, R]) -> Callable[P, R]:
    """Read the calendar before the act opens: a bomb must not hold up everybody's writing."""

    @wraps(act)
    def read(*args: P.args, **kwargs: P.kwargs) -> R:
        data, actor = kwargs["calendar"], args[0]
        if isinstance(data, bytes) and isinstance(actor, Actor):
            kwargs["calendar"] = ics.read(data, first=actor.on, last=actor.on + AHEAD)
        return act(*args, **kwargs)

    return read


@_read_first
@operation
def bring_calendar(
    actor: Actor, *, person: Person, calendar: bytes | ics.Reading, now: datetime
) -> Calendar:
    """Take the busy intervals of somebody's .ics file for the next 400 days, and nothing else.

    What was brought in for them before is forgotten. Raises `Invalid` for what is no honest
    calendar.
    """
    by = _hand(actor, person)
    if isinstance(calendar, bytes):
        raise TypeError("A calendar is read before it is kept.")
    record = take(person.pk)
    Calendar.objects.filter(person=person).delete()
    kept = Calendar.objects.create(
        person=person,
        first_day=actor.on,
        last_day=actor.on + AHEAD,
        notes=list(calendar.notes),
        given_by=by.signature[:200],
        given_at=now,
    )
    spans = [rules.span_of(each.start, each.end) for each in calendar.busy]
    rows = [BusyTime(calendar=kept, start=each.start, end=each.end) for each in spans]
    BusyTime.objects.bulk_create(rows, batch_size=500)
    happened(by, "calendar brought in", record, after={"intervals": len(rows)})
    return kept


@operation
def forget_calendar(actor: Actor, *, person: Person) -> None:
    """Delete every interval that was brought in for somebody."""
    by = _hand(actor, person)
    record = take(person.pk)
    held = Calendar.objects.filter(person=person).first()
    if held is None:
        raise Refused("No calendar is kept for this person.")
    number = held.busy.count()
    held.delete()
    happened(by, "calendar forgotten", record, before={"intervals": number})


# --- school holidays


@dataclass(frozen=True, slots=True)
class Holiday:
    """A row of school holidays as somebody gives it. `place` is its line in a file."""

    area: str
    name: str
    first: date
    last: date
    source: str
    place: str = ""


@operation
def set_school_holidays(
    actor: Actor, *, partnership: Record, rows: Iterable[Holiday]
) -> list[SchoolHoliday]:
    """Set down school holidays of a partnership's areas. One that begins on the same day in the
    same area takes the other's place. All of them or none."""
    given = list(rows)
    root = take(partnership.pk, may=lambda held: can(actor, Verb.CHANGE, held))
    areas = {each.name.casefold(): each for each in queries.council_areas(actor, root)}
    faults = [fault for each in given if (fault := _wrong(each, areas))]
    if len(given) > MOST_HOLIDAYS or not given:
        faults.append(Fault(f"Give from 1 to {MOST_HOLIDAYS} school holidays.", field="file"))
    if faults:
        raise Invalid(faults)
    kept = []
    for each in given:
        row, _ = SchoolHoliday.objects.update_or_create(
            area=areas[each.area.casefold()],
            first_day=each.first,
            defaults={
                "partnership": root,
                "name": each.name.strip()[:120],
                "last_day": each.last,
                "source": each.source.strip()[:200],
                "set_by": actor.signature[:200],
            },
        )
        kept.append(row)
    told = [f"{each.area} {each.first} to {each.last}" for each in given]
    happened(actor, "school holidays set", root, after={"holidays": told})
    return kept


def _wrong(holiday: Holiday, areas: Mapping[str, Area]) -> Fault | None:
    if holiday.area.casefold() not in areas:
        known = ", ".join(each.name for each in areas.values()) or "none"
        told = f"There is no area called “{holiday.area}”."
        return Fault(told, "area", holiday.place, f"The areas are: {known}.")
    if not holiday.name.strip():
        return Fault("The holiday has no name.", "name", holiday.place, "Write for example Easter.")
    if not holiday.source.strip():
        return Fault("Say where this is from.", "source", holiday.place, "Name the council’s page.")
    if holiday.last < holiday.first:
        return Fault("The last day is before the first.", "last", holiday.place)
    if (holiday.last - holiday.first).days > 60:
        return Fault("A school holiday of over 60 days is no holiday.", "last", holiday.place)
    return None


@operation
def remove_school_holiday(actor: Actor, *, holiday: SchoolHoliday) -> None:
    root = take(holiday.partnership_id, may=lambda held: can(actor, Verb.CHANGE, held))
    before = {"area": holiday.area.name, "first": holiday.first_day, "last": holiday.last_day}
    gone, _ = SchoolHoliday.objects.filter(pk=holiday.pk).delete()
    if not gone:
        raise Refused("This school holiday is gone already.")
    happened(actor, "school holiday removed", root, before=before)

"""The meetings of bodies as series: what their rhythm asks for, what is ahead, what is missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q

from concordat.domain.base.records.models import Record, surely_in_force
from concordat.domain.base.records.queries import visible
from concordat.domain.base.seats.models import Body, BodyState, Terms
from concordat.domain.base.seats.queries import bodies
from concordat.domain.base.seats.rules import Standing
from concordat.domain.base.seats.rules import rhythm as stated
from concordat.domain.governance.diaries import queries as dates
from concordat.domain.governance.diaries.rules import Rhythm
from concordat.domain.governance.meetings.models import Meeting
from concordat.domain.governance.meetings.rules import life
from concordat.domain.governance.meetings.rules import series as rules
from concordat.domain.governance.meetings.rules.life import Stage
from concordat.domain.governance.meetings.rules.series import Missed, Proposed, Reach
from concordat.kernel.actor import Actor
from concordat.kernel.dates import Period, UncertainDate
from concordat.kernel.verdict import Verdict

_AGREED = ("", "agreed", "published", "in force")
_WITH = ("record", "body__record", "replaces__record", "replaced_by__record")


@dataclass(frozen=True, slots=True)
class Held:
    """One meeting of a series with how long after the one before it was."""

    meeting: Meeting
    apart: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """A body's meetings, the latest first, with the rhythm that is stated and who states it."""

    body: Body
    stated: stated.Rhythm | None
    source: str
    held: Sequence[Held] = ()
    on: date = date.min
    ended: str = ""
    states: Sequence[str] = field(default_factory=list)

    @property
    def rhythm(self) -> Rhythm | None:
        return rules.plan_of(self.stated)

    @property
    def why_no_days(self) -> str:
        return self.ended or rules.why_no_days(self.stated)

    @property
    def ahead(self) -> list[Meeting]:
        rows = [each.meeting for each in self.held if each.meeting.stage_is in life.BEFORE]
        dated = [each for each in rows if each.day and each.day >= self.on]
        return sorted(dated, key=lambda each: each.day or date.max)

    @property
    def undated(self) -> list[Meeting]:
        rows = [each.meeting for each in self.held if each.meeting.stage_is in life.BEFORE]
        return [each for each in rows if not each.date]

    @property
    def last(self) -> UncertainDate | None:
        """The last day that counts for the rhythm: that of a meeting held, ahead, or wanted."""
        said = [_said(each.meeting) for each in self.held if _counts(each.meeting)]
        known = [each for each in said if each is not None and each.latest is not None]
        return max(known, key=lambda each: each.latest or date.min, default=None)

    @property
    def next(self) -> Reach | None:
        """When the first meeting that is not called yet is wanted."""
        if self.rhythm is None or self.last is None or self.ended:
            return None
        return rules.next_after(self.rhythm, self.last)

    @property
    def missed(self) -> Missed:
        if self.rhythm is None or self.last is None or self.ended:
            return Missed(0, 0)
        return rules.missed(self.rhythm, self.last, self.on)

    @property
    def sentence(self) -> str:
        if self.ended:
            return self.ended
        ahead = [each.day for each in self.ahead if each.day]
        return rules.in_a_sentence(self.rhythm, self.last, ahead, self.on)


def _said(meeting: Meeting) -> UncertainDate | None:
    told = meeting.wanted.isoformat() if meeting.wanted else meeting.date
    return UncertainDate.parse(told) if told else None


def _counts(meeting: Meeting) -> bool:
    """A meeting that was called off leaves its turn empty only where the rhythm asked for it."""
    return meeting.stage_is is not Stage.CANCELLED or meeting.wanted is not None


def series_of(actor: Actor, body: Body) -> Series:
    (found,) = _series(actor, [body])
    return found


def all_series(actor: Actor, *, partnership: Record | None = None) -> list[Series]:
    """The bodies of one partnership, or of the actor's, that meet or should, each as a series."""
    homes = [partnership.pk] if partnership else actor.partnerships
    rows = bodies(actor).filter(partnership__in=homes).select_related("record")
    found = _series(actor, list(rows))
    return [each for each in found if each.held or each.stated]


def _series(actor: Actor, rows: Sequence[Body]) -> list[Series]:
    keys = [row.pk for row in rows]
    terms, ended = _terms(keys, actor.on), _ended(keys, actor.on)
    held: dict[UUID, list[Meeting]] = defaultdict(list)
    seen = visible(actor, Meeting.objects.filter(body__in=keys).select_related(*_WITH))
    for meeting in seen:
        held[meeting.body_id or UUID(int=0)].append(meeting)
    return [
        Series(
            body=row,
            stated=stated.from_mapping(told) if (told := _rhythm(row, terms)) else None,
            source=_source(row, terms),
            held=_in_order(held[row.pk]),
            on=actor.on,
            ended=f"The {row.name} has ended." if row.pk in ended else "",
        )
        for row in rows
    ]


def _rhythm(row: Body, terms: Mapping[UUID, Terms]) -> Mapping[str, object] | None:
    said = terms.get(row.pk)
    return (said and said.rhythm) or row.rhythm


def _source(row: Body, terms: Mapping[UUID, Terms]) -> str:
    said = terms.get(row.pk)
    if said and said.rhythm:
        return said.title or "its terms of reference"
    return row.source or "what is on record of it"


def _terms(keys: Iterable[UUID], on: date) -> dict[UUID, Terms]:
    """The terms in force on a day, by body; the latest where several are."""
    rows = Terms.objects.filter(surely_in_force(on), body__in=keys, state__in=_AGREED)
    return {row.body_id: row for row in rows.order_by("from_surely", "pk")}


def _ended(keys: Iterable[UUID], on: date) -> set[UUID]:
    rows = BodyState.objects.filter(surely_in_force(on), body__in=keys)
    states: dict[UUID, set[str]] = defaultdict(set)
    for body, state in rows.values_list("body", "state"):
        states[body].add(state)
    return {body for body, found in states.items() if found == {Standing.ENDED}}


def _in_order(rows: list[Meeting]) -> list[Held]:
    def key(meeting: Meeting) -> tuple[object, ...]:
        said = UncertainDate.parse(meeting.date or "?")
        return (said.sort_key, meeting.order or 0, meeting.pk.hex)

    ordered = sorted(rows, key=key)
    found: list[Held] = []
    before: UncertainDate | None = None
    for meeting in ordered:
        said = UncertainDate.parse(meeting.date) if meeting.date else None
        counts = said is not None and meeting.stage_is is not Stage.CANCELLED
        told = rules.apart(before, said) if before and said and counts else ""
        found.append(Held(meeting, told))
        before = said if counts else before
    return found[::-1]


def may_meet(actor: Actor, body: Body, day: date) -> Verdict:
    """Whether a body is there to meet on a day, and who took over from it where it is not."""
    return rules.may_meet(*_standing(actor, body), day)


def _standing(actor: Actor, body: Body) -> tuple[list[tuple[Standing, Period]], str, list[str]]:
    """How a body has stood, its name, and the names of those that took over from it."""
    rows = BodyState.objects.filter(body=body)
    states = [(Standing(row.state), row.period) for row in rows]
    if all(state is not Standing.ENDED for state, _ in states):
        return states, body.name, []
    after = Body.objects.filter(partnership=body.partnership_id, key__in=body.successor)
    names = visible(actor, after).order_by("name").values_list("name", flat=True)
    return states, body.name, [f"The {name}" for name in names]


def proposed_days(
    actor: Actor, body: Body, rhythm: Rhythm, *, first: date, last: date
) -> list[Proposed]:
    """The days that a rhythm asks for, each on a day that is worked, with what else there is.

    Raises `Invalid` for a time in which it asks for none, or past the days that are known.
    """
    wanted = rules.asked_for(rhythm, first, last)
    around = timedelta(days=14)
    first, last = wanted[0] - around, wanted[-1] + around
    closed = dates.closed_names(actor, body.partnership, body, first, last)
    school = dates.school_days(actor, body.partnership, first, last)
    stands, gone = _called(body, wanted)
    others, standing = _others(actor, body, first, last), _standing(actor, body)
    found = []
    for day in wanted:
        on, moved = rules.open_day(day, closed)
        notes = [each for each in (moved, gone.get(day, "")) if each]
        if areas := school.get(on):
            notes.append(f"school holiday in {', '.join(areas)}")
        notes += [f"the {name} meets that day" for name in others.get(on, [])]
        off = stands.get(day, "") or rules.may_meet(*standing, on).reason
        found.append(Proposed(day, on, tuple(notes), off))
    return found


def _called(body: Body, wanted: Sequence[date]) -> tuple[dict[date, str], dict[date, str]]:
    """What stands for these days already, and what was called off for them."""
    rows = Meeting.objects.filter(body=body).filter(Q(wanted__in=wanted) | Q(day__in=wanted))
    stands: dict[date, str] = {}
    gone: dict[date, str] = {}
    for row in rows.select_related("record"):
        off = row.stage_is is Stage.CANCELLED
        for day in {row.wanted, row.day} & set(wanted):
            if day is None:
                continue
            words = "was called off" if off else "is called already"
            (gone if off else stands)[day] = f"{row.record.reference} {words}"
    return stands, gone


def _others(actor: Actor, body: Body, first: date, last: date) -> dict[date, list[str]]:
    """Which other bodies of the partnership meet on each day, as far as the actor may know."""
    rows = Meeting.objects.filter(
        partnership=body.partnership_id, day__range=(first, last), body__isnull=False
    )
    rows = visible(actor, rows.exclude(body=body).exclude(stage=Stage.CANCELLED))
    found: dict[date, list[str]] = defaultdict(list)
    for day, name in rows.order_by("body__name").values_list("day", "body__name"):
        if day is not None and name not in found[day]:
            found[day].append(name)
    return found

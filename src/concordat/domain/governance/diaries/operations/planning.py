"""Planning a year: asked for on a page, worked out in the background, adopted by people.

The work itself stands outside any transaction, since it may take seconds: what it reads and what
it finds are each a short act of their own.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django_tasks import task

from concordat.craft import solve
from concordat.domain.base.people.models import Person
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import close as close_record
from concordat.domain.base.records.operations import (
    happened,
    no_event,
    open_record,
    operation,
    take,
)
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import RecordKind, Verb
from concordat.domain.base.seats.models import Body
from concordat.domain.base.seats.queries import actor_for
from concordat.domain.governance.diaries import queries, rules
from concordat.domain.governance.diaries.models import PlannedMeeting, YearPlan
from concordat.domain.governance.diaries.operations.engaging import call_off, engage, tell_guests
from concordat.domain.governance.diaries.queries import Guest
from concordat.domain.governance.diaries.rules import EntryState, PlanState, School, years
from concordat.domain.governance.diaries.rules.misses import nearest
from concordat.domain.governance.diaries.rules.rhythms import from_words, wanted
from concordat.domain.governance.diaries.rules.search import closed_because, starts
from concordat.domain.governance.diaries.rules.sitting import Room
from concordat.domain.governance.diaries.rules.years import Meeting, Option, Plan, Series, Year
from concordat.kernel.actor import Actor, process
from concordat.kernel.errors import Fault, Invalid, Refused
from concordat.kernel.labels import count

SECONDS = 10.0
"""How long the solver looks for a better plan."""
MOST_BODIES = 12
LONGEST = timedelta(days=550)
OPTIONS = 25
"""Days of one meeting that the solver weighs, the cheapest first."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted for one body: a rhythm in words, minutes, and how far days may stray."""

    body: Body
    rhythm: str
    length: int
    begins: int = 9 * 60
    ends: int = 17 * 60
    tolerance: int = 10
    least: int = 14
    papers: int = 0
    deputies: bool | None = None


@operation
def plan_year(
    actor: Actor,
    *,
    partnership: Record,
    title: str,
    first: date,
    last: date,
    wishes: Sequence[Wish],
    school: School = School.RATHER_NOT,
    fairness: int = 0,
    seed: int = 1,
) -> YearPlan:
    """Ask for a plan of meetings of one or several bodies. It is worked out in the background."""
    can(actor, Verb.CHANGE, partnership).require()
    _check(actor, first, last, wishes)
    record = open_record(
        actor,
        kind=RecordKind.DIARY,
        title=title,
        partnership=partnership,
        opened=actor.on,
        sensitivity=max(each.body.record.level for each in wishes),
        listed=all(each.body.record.listed for each in wishes),
    )
    row = YearPlan(
        record=record,
        state=PlanState.WORKING,
        first_day=first,
        last_day=last,
        school=school,
        fairness=fairness,
        seed=seed,
        asked=[_asked(actor, each) for each in wishes],
        progress="Waiting to begin",
    )
    row.save(force_insert=True)
    told = {"bodies": [each.body.record.reference for each in wishes], "from": first, "to": last}
    happened(actor, "year asked to be planned", record, after=told)
    transaction.on_commit(partial(_task.enqueue, str(record.pk), actor.on.isoformat()))
    return row


def _asked(actor: Actor, wish: Wish) -> dict[str, Any]:
    return {
        "body": wish.body.pk.hex,
        "rhythm": wish.rhythm,
        "length": wish.length,
        "begins": wish.begins,
        "ends": wish.ends,
        "tolerance": wish.tolerance,
        "least": wish.least,
        "papers": wish.papers,
        "deputies": wish.deputies,
        "by": actor.person.hex if actor.person else "",
    }


def _check(actor: Actor, first: date, last: date, wishes: Sequence[Wish]) -> None:
    if last < first or last < actor.on:
        raise Invalid("These days are over, or in the wrong order.", field="last")
    if last - first > LONGEST:
        raise Invalid(f"Plan {LONGEST.days} days at most.", field="last")
    if not 1 <= len(wishes) <= MOST_BODIES:
        raise Invalid(f"Plan for 1 to {MOST_BODIES} bodies at once.", field="bodies")
    faults: list[Fault] = []
    for each in wishes:
        can(actor, Verb.CHANGE, each.body.record).require()
        faults += _faults(actor, each, max(first, actor.on), last)
    if faults:
        raise Invalid(faults)


def _faults(actor: Actor, wish: Wish, first: date, last: date) -> list[Fault]:
    place = wish.body.name
    try:
        wanted(from_words(wish.rhythm), first, last)
    except Invalid as problem:
        return [Fault(each.message, "rhythm", place, each.mend) for each in problem.faults]
    if wish.begins + wish.length > wish.ends or wish.length < 15:
        return [Fault("The meeting does not fit between these times.", "length", place)]
    if not queries.seats_of(actor, wish.body):
        told = "No seat is on record, so that nothing says who must come."
        return [Fault(told, "rhythm", place, "Set its seats up first, or leave it out.")]
    return []


# --- working it out


def solve_year(
    year: Year, *, seed: int, seconds: float = SECONDS, progress: solve.Progress | None = None
) -> Plan | None:
    """The cheapest plan: exactly where only days between meetings matter, else by the solver."""
    if not years.is_coupled(year):
        return years.plan_exactly(year)
    found = solve.choose(_problem(year), seconds=seconds, seed=seed, progress=progress)
    if found is None:
        return None
    price = years.price_of(year, found.choice)
    assert price == found.price, (price, found.price)  # noqa: S101 - two ways to one sum
    return Plan(found.choice, found.price, found.bound)


def _problem(year: Year) -> solve.Problem:
    people: dict[str, dict[tuple[int, int], int]] = {}
    for group, meeting in enumerate(year.meetings):
        for number, option in enumerate(meeting.options):
            for who, weight in option.burdens.items():
                people.setdefault(who, {})[group, number] = weight
    return solve.Problem(
        prices=[[option.price for option in each.options] for each in year.meetings],
        days=[[option.day.toordinal() for option in each.options] for each in year.meetings],
        skips=[years.NONE] * len(year.meetings),
        spacings=[
            solve.Spacing(gap.one, gap.other, gap.ideal, gap.least, years.SPACING)
            for gap in year.gaps
        ],
        together=_together(year),
        burdens=list(people.values()),
        fairness=year.fairness,
    )


def _together(year: Year) -> list[solve.Together]:
    """Pairs of options of different series on one day that share somebody."""
    by_day: dict[date, list[tuple[int, int, Option]]] = {}
    for group, meeting in enumerate(year.meetings):
        for number, option in enumerate(meeting.options):
            by_day.setdefault(option.day, []).append((group, number, option))
    pairs = []
    for rows in by_day.values():
        for at, (group, number, option) in enumerate(rows):
            for other_group, other_number, other in rows[at + 1 :]:
                if year.meetings[group].series == year.meetings[other_group].series:
                    continue
                price = years.together_price(option, other)
                if price != 0:
                    pair = (group, number), (other_group, other_number)
                    pairs.append(solve.Together(*pair, price))
    return pairs


def _work_out(plan: YearPlan, actor: Actor) -> None:
    """Everything between being asked for and being planned, in short acts of their own."""
    worker = process("year planner", actor.on)
    _tell(worker, plan=plan, progress="Reading diaries")
    whole, series = queries.year_for(actor, plan)
    year = years.without(whole, OPTIONS)
    options = count(sum(len(each.options) for each in year.meetings), "day")
    _tell(worker, plan=plan, progress=f"Weighing {options} for {len(year.meetings)} meetings")
    found = solve_year(year, seed=plan.seed, progress=_progress(worker, plan))
    if found is None:
        _give_up(worker, plan=plan, why="No plan was found in the time. Ask for a looser rhythm.")
        return
    rows = list(_rows(year, series, found))
    by = "exactly" if not years.is_coupled(year) else "by the solver"
    _keep(worker, plan=plan, found=found, rows=rows, burdens=_burdens(year, found), by=by)


def _progress(worker: Actor, plan: YearPlan) -> Callable[[int, int], None]:
    """Tells of better plans, at most once in a second."""
    last = [0.0]

    def told(price: int, bound: int) -> None:
        if time.monotonic() - last[0] > 1:
            last[0] = time.monotonic()
            _tell(worker, plan=plan, progress=f"A plan at {price:,}; none is under {bound:,}")

    return told


def _rows(year: Year, series: Sequence[Series], found: Plan) -> Iterable[dict[str, Any]]:
    by_key = {each.key: each for each in series}
    for meeting, place in zip(year.meetings, found.choice, strict=True):
        row: dict[str, Any] = {"body_id": UUID(meeting.series), "number": meeting.number}
        row["wanted"] = meeting.target
        if place is None:
            yield row | {"words": _nearest(by_key[meeting.series], meeting)}
            continue
        option = meeting.options[place]
        yield row | {
            "start": rules.moment_of(option.span.start),
            "end": rules.moment_of(option.span.end),
            "papers_due": option.papers_due,
            "words": option.words,
            "prices": [[words, price] for words, price in option.prices],
        }


def _nearest(series: Series, meeting: Meeting) -> str:
    """Why a meeting has no date, and who would have to move what."""
    room = Room(series.chairs, series.quorum)
    window = series.window
    reach = timedelta(days=series.tolerance)
    first = max(meeting.target - reach, window.first)
    last = min(meeting.target + reach, window.last)
    spans = [
        span
        for day in rules.days(first, last)
        if not closed_because(window, day)
        for span in starts(window, day)
    ]
    misses = nearest(room, spans, most=1)
    told = str(misses[0]) if misses else "no day is open in that time"
    return f"No day near has a quorum. Nearest: {told}."


def _burdens(year: Year, found: Plan) -> dict[str, int]:
    """What the plan costs each person, by name, the most burdened first."""
    borne = years.borne(year, found.choice)
    people = Person.objects.select_related("record").filter(
        pk__in=[UUID(who) for who in borne if len(who) == 32]
    )
    names = {person.pk.hex: person.name for person in people}
    told = {names.get(who, who): weight for who, weight in borne.items() if who in names}
    return dict(sorted(told.items(), key=lambda each: (-each[1], each[0])))


@operation
def _tell(actor: Actor, *, plan: YearPlan, progress: str) -> None:
    no_event("how far the work has come is not what was done")
    YearPlan.objects.filter(pk=plan.pk, state=PlanState.WORKING).update(progress=progress[:300])


@operation
def _give_up(actor: Actor, *, plan: YearPlan, why: str) -> None:
    record = take(plan.pk)
    held = YearPlan.objects.get(pk=plan.pk)
    held.state = rules.PLAN_STATES.after(held.stage, "give up")
    held.why_not, held.progress = why, ""
    held.save()
    happened(actor, "year could not be planned", record, reason=why)


@operation
def _keep(
    actor: Actor,
    *,
    plan: YearPlan,
    found: Plan,
    rows: Sequence[dict[str, Any]],
    burdens: dict[str, int],
    by: str,
) -> None:
    record = take(plan.pk)
    held = YearPlan.objects.get(pk=plan.pk)
    if held.stage is not PlanState.WORKING:
        no_event("the plan was withdrawn meanwhile")
        return
    held.state = rules.PLAN_STATES.after(held.stage, "plan")
    held.price, held.bound, held.found_by = found.price, found.bound, by
    held.burdens, held.progress = burdens, ""
    held.save()
    PlannedMeeting.objects.bulk_create(PlannedMeeting(plan=held, **row) for row in rows)
    told = {"meetings": len(rows), "price": found.price, "bound": found.bound}
    happened(actor, "year planned", record, after=told)


# --- what people make of it


STANDS = "Where it stands"
FAULT = "Something went wrong while it was worked out. It is logged. Withdraw it and plan anew."


def _taken(
    actor: Actor, plan: YearPlan, seen_version: int | None, mine: Mapping[str, str]
) -> tuple[Record, YearPlan]:
    """Raises `Stale` with `mine` beside how the plan stands when somebody came first."""
    record = take(
        plan.pk,
        seen_version=seen_version,
        mine=mine,
        theirs=lambda: _stands(plan),
        may=lambda held: can(actor, Verb.CHANGE, held),
    )
    return record, YearPlan.objects.select_related("record").get(pk=plan.pk)


def _stands(plan: YearPlan) -> dict[str, str]:
    held = YearPlan.objects.get(pk=plan.pk)
    told = {STANDS: held.stage.label}
    return told | ({"Reason": held.why_not} if held.why_not else {})


@operation
def adopt_plan(actor: Actor, *, plan: YearPlan, seen_version: int | None = None) -> YearPlan:
    """Fix every date of a plan, and send each member one letter with all of theirs."""
    record, held = _taken(actor, plan, seen_version, {STANDS: PlanState.ADOPTED.label})
    held.state = rules.PLAN_STATES.after(held.stage, "adopt")
    held.save(update_fields=["state"])
    rows = PlannedMeeting.objects.filter(plan=held, start__isnull=False)
    for row in rows.select_related("body__record"):
        assert row.start is not None  # noqa: S101 - asked for above
        assert row.end is not None  # noqa: S101 - asked for above
        row.engagement = engage(
            actor,
            record=record,
            body=row.body,
            seats=queries.seats_of(actor, row.body),
            start=row.start,
            end=row.end,
            state=EntryState.CONFIRMED,
        )
        row.save(update_fields=["engagement"])
    _tell_all(actor, record, held)
    happened(actor, "plan adopted", record)
    return held


def _tell_all(actor: Actor, record: Record, plan: YearPlan) -> None:
    """One letter for everybody who sits in the same bodies of the plan."""
    mine: dict[tuple[str, str], list[Any]] = {}
    for row in PlannedMeeting.objects.filter(plan=plan).select_related("body", "engagement"):
        if row.engagement:
            for guest in queries.sitters_of(actor, row.body):
                mine.setdefault((guest.name, guest.email), []).append(row.engagement)
    for (name, email), rows in mine.items():
        tell_guests(actor, record=record, engagements=rows, guests=[Guest(name, email)])


@operation
def withdraw_plan(
    actor: Actor, *, plan: YearPlan, reason: str, seen_version: int | None = None
) -> YearPlan:
    """Give a plan up; dates that it fixed are called off, and whoever was invited is told."""
    if not reason.strip():
        raise Invalid("A reason is needed.", field="reason", mend="Say why in one sentence.")
    mine = {STANDS: PlanState.WITHDRAWN.label, "Reason": reason.strip()}
    record, held = _taken(actor, plan, seen_version, mine)
    was = held.stage
    held.state = rules.PLAN_STATES.after(was, "withdraw")
    held.why_not = reason.strip()
    held.save(update_fields=["state", "why_not"])
    rows = PlannedMeeting.objects.filter(plan=held, engagement__isnull=False)
    for row in rows.select_related("engagement"):
        assert row.engagement is not None  # noqa: S101 - asked for above
        call_off(actor, engagement=row.engagement)
    if was is PlanState.ADOPTED:
        _tell_all(actor, record, held)
    happened(actor, "plan withdrawn", record, reason=reason)
    close_record(actor, record=record, on=actor.on)
    return held


def _asker(plan: YearPlan, on: date) -> Actor:
    """Whoever asked, as they are that day: the plan knows no more than they may."""
    by = next((each["by"] for each in plan.asked), "")
    person = Person.objects.select_related("record").filter(pk=UUID(by)).first() if by else None
    return actor_for(person, on=on) if person else process("year planner", on)


@task()
def _task(plan: str, on: str) -> None:
    """Work a plan out. What cannot be worked out says so on its page."""
    row = YearPlan.objects.select_related("record__partnership").get(pk=UUID(plan))
    if row.stage is not PlanState.WORKING:
        return
    day = date.fromisoformat(on)
    try:
        _work_out(row, _asker(row, day))
    except (Invalid, Refused) as problem:
        _give_up(process("year planner", day), plan=row, why=str(problem))
    except Exception:
        _give_up(process("year planner", day), plan=row, why=FAULT)
        raise

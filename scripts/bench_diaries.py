"""B7: one date for 12 posts in 8 weeks, a year of meetings for 25 people, and a fair year.

The whole way is measured, from rows in the database to the proven best. Beside the limits stand
the same plan by the solver, where the exact way needs none, and how far a fair plan may be off.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

DAY = date(2025, 6, 2)
POSTS, WEEKS, PEOPLE, MEETINGS = 12, 8, 25, 12
BUSY = 0.35
UNCOUPLED, FAIR = 0.25, 10.0
"""Seconds within which the best is proven, without and with fairness between people."""


@dataclass(frozen=True, slots=True)
class Told:
    """One measured thing: what, at what size, the ratio, to what, the goal, and whether it held."""

    what: str
    size: str
    ratio: float | None
    of: str
    goal: str
    held: bool | None


@dataclass(frozen=True, slots=True)
class Group:
    """A body of 25 with busy diaries, and a plan of twelve meetings that was asked for."""

    body: Any
    seats: list[Any]
    plan: Any
    fair: Any


def group(seed: int) -> Group:
    from concordat.domain.base.agencies import operations as agencies
    from concordat.domain.base.seats.models import Body
    from concordat.domain.governance.diaries import operations, queries

    actor = _actor()
    home = agencies.found(actor, slug="diaries", name="Diaries", prefix="DIARIES").record
    body = _set_down(home, "bodies", "board", {"name": "Board", "kind": "executive"})
    chance = random.Random(seed)  # noqa: S311 - a made-up diary is no secret
    for number in range(PEOPLE):
        _sitter(home, body, number, chance)
    body = Body.objects.select_related("record", "partnership").get(pk=body.pk)
    wish = operations.Wish(body, "every 4 weeks", 120, tolerance=10, papers=5)
    plans = [
        operations.plan_year(
            actor,
            partnership=home,
            title="A year",
            first=DAY,
            last=DAY + timedelta(days=28 * MEETINGS - 1),
            wishes=[wish],
            fairness=fairness,
            seed=seed,
        )
        for fairness in (0, 2)
    ]
    return Group(body, queries.seats_of(actor, body), *plans)


def _actor() -> Any:
    from concordat.kernel.actor import process

    return process("bench", DAY)


def _set_down(home: Any, kind: str, key: str, values: dict[str, Any]) -> Any:
    from concordat.domain.base.seats import operations as seats

    return seats.set_down(_actor(), partnership=home, kind=kind, key=key, values=values)


def _sitter(home: Any, body: Any, number: int, chance: random.Random) -> None:
    """A seat, whoever is in its post, and a calendar that is busy for a third of each day."""
    from concordat.craft.ics import Interval, Reading
    from concordat.domain.base.people import operations as people
    from concordat.domain.base.seats import operations as seats
    from concordat.domain.governance.diaries import operations

    name = f"member-{number}"
    seat_class = ("council", "health", "police")[number % 3]
    values = {"role": name, "body": body, "seat_class": seat_class, "capacity": "voting"}
    seat = _set_down(home, "seats", name, values)
    post = _set_down(home, "posts", name, {"title": name})
    seats.appoint(_actor(), seat=seat, post=post, holding="holder", from_day=DAY)  # type: ignore[arg-type]
    person = people.register(_actor(), partnership=home, opened=DAY, full_name=name)
    seats.take_post(_actor(), person=person, post=post, from_day=DAY)
    busy = []
    for day in range(400):
        morning = datetime(DAY.year, DAY.month, DAY.day, 8, tzinfo=UTC) + timedelta(days=day)
        for hour in range(8):
            if morning.weekday() < 5 and chance.random() < BUSY:
                start = morning + timedelta(hours=hour)
                busy.append(Interval(start, start + timedelta(hours=1)))
    reading = Reading(tuple(busy), ())
    operations.bring_calendar(_actor(), person=person, calendar=reading, now=busy[0].start)


def one_date(held: Group) -> Any:
    """From the database: 12 seats, 8 weeks, every quarter of an hour, deputies not counted."""
    from concordat.domain.governance.diaries import queries
    from concordat.domain.governance.diaries.queries import Needed
    from concordat.domain.governance.diaries.rules import Need, School

    last = DAY + timedelta(weeks=WEEKS) - timedelta(days=1)
    window = queries.window_for(
        _actor(), held.body, first=DAY, last=last, length=90, school=School.RATHER_NOT
    )
    seats = held.seats[:POSTS]
    needed = Needed({seat.pk: (Need.OPTIONAL, "") for seat in seats[3:]})
    return queries.dates_for(_actor(), held.body, seats=seats, window=window, needed=needed)


def the_year(held: Group) -> Any:
    from concordat.domain.governance.diaries import queries
    from concordat.domain.governance.diaries.rules import years

    year, _ = queries.year_for(_actor(), held.plan)
    return years.plan_exactly(year)


def measure(seed: int, until: float) -> list[Told]:
    from bench_measure import in_turns
    from concordat.domain.governance.diaries import queries
    from concordat.domain.governance.diaries.operations import planning
    from concordat.domain.governance.diaries.rules import years

    held = group(seed)
    year, _ = queries.year_for(_actor(), held.plan)
    fair = years.without(queries.year_for(_actor(), held.fair)[0], planning.OPTIONS)
    problem = planning._problem(year)
    works: dict[str, Callable[[], object]] = {
        "date": lambda: one_date(held),
        "year": lambda: the_year(held),
        "exact": lambda: years.plan_exactly(year),
        "solver": lambda: planning.solve.choose(problem, seconds=FAIR, seed=seed),
    }
    cpu = {name: timed.cpu for name, timed in in_turns(works, until=until).items()}
    same = years.plan_exactly(year).price == works["solver"]().price  # type: ignore[attr-defined]
    size = f"{MEETINGS} meetings, {PEOPLE} people"
    return [
        _within("one date", f"{POSTS} posts, {WEEKS} weeks", cpu["date"], UNCOUPLED),
        _within("a year", size, cpu["year"], UNCOUPLED),
        _against_the_solver(size, cpu["exact"], cpu["solver"], same),
        *_fairly(fair, seed, size),
    ]


def _within(what: str, size: str, cpu: float | None, limit: float) -> Told:
    ratio = cpu / limit if cpu else None
    held = None if ratio is None else ratio <= 1
    return Told(what, size, ratio, f"{limit} s", "at most 1", held)


def _against_the_solver(size: str, exact: float | None, solver: float | None, same: bool) -> Told:
    """The exact way against the solver on the same year: cheaper, and the same price."""
    ratio = exact / solver if exact and solver else None
    held = None if ratio is None else ratio <= 1 and same
    return Told("its plan, same price", size, ratio, "CP-SAT", "at most 1", held)


def _fairly(year: Any, seed: int, size: str) -> list[Told]:
    from concordat.domain.governance.diaries.operations import planning

    started = time.perf_counter()
    found = planning.solve_year(year, seed=seed, seconds=FAIR)
    wall = time.perf_counter() - started
    if found is None:
        return [Told("a fair year", size, None, f"{FAIR} s", "at most 1", held=False)]
    return [
        Told("a fair year", size, wall / FAIR, f"{FAIR} s", "at most 1", wall <= FAIR * 1.05),
        Told("its gap", size, found.gap, "its price", "0", found.bound >= found.price),
    ]

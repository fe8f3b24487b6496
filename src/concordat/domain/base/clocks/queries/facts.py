"""One clock with everything that is known of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from concordat.domain.base.clocks import rules
from concordat.domain.base.clocks.models import Clock, Delay, Pause, Start
from concordat.domain.base.clocks.queries.days import days_of
from concordat.domain.base.clocks.queries.law import law_book
from concordat.domain.base.clocks.queries.lists import Row, row_for, with_state
from concordat.domain.base.clocks.rules import Rule
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.queries import can, fetch, visible
from concordat.domain.base.records.rules import Verb
from concordat.kernel.actor import Actor
from concordat.kernel.verdict import Verdict, every


class Entry(NamedTuple):
    """One line of a clock's log."""

    on: date
    what: str
    by: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the page of a clock tells: the sum in words, the log, the proof, and what may be done.

    `reworded` says that the row of law was rewritten since this clock was started by it.
    """

    row: Row
    reworded: bool
    caveats: tuple[str, ...]
    log: tuple[Entry, ...]
    may: frozenset[str]
    delay: Delay | None
    pause: Pause | None

    @property
    def clock(self) -> Clock:
        return self.row.clock


def clock(actor: Actor, pk: UUID) -> Clock:
    """A clock by its id. Raises DoesNotExist or `Restricted` as its record does."""
    rows = Clock.objects.select_related("record__partnership", "record__owner", "holder__body")
    rows = rows.select_related("proof_record", "local", "area")
    return fetch(actor, rows, record="record", pk=pk)


def clock_facts(actor: Actor, found: Clock, *, now: date | datetime) -> Facts:
    """Everything for the page of a clock that was fetched for this actor."""
    rows = Clock.objects.select_related("record__partnership", "holder__body", "proof_record")
    here = with_state(rows.filter(pk=found.pk), now).get()
    book = law_book(actor, [here.partnership_id])
    row = row_for(here, book, days_of(actor, [here.partnership_id]), now)
    return Facts(
        row=row,
        reworded=row.rule is None or rules.reworded(here.rule_text, row.rule),
        caveats=_caveats(here, row.rule),
        log=tuple(_log(here)),
        may=_may(actor, here, row.rule),
        pause=here.pauses.filter(resumed_on__isnull=True).first(),
        delay=here.delays.order_by("-pk").first() if row.is_open else None,
    )


def _caveats(clock: Clock, rule: Rule | None) -> tuple[str, ...]:
    if rule is None:
        return ()
    on = clock.started_on or clock.opened_on
    told = [doubt.text for doubt in rule.open_doubts(on)]
    return (*told, rule.note) if rule.note else tuple(told)


def may_answer_for(actor: Actor, clock: Clock) -> Verdict:
    """Whoever runs the record, or sits in the seat that holds the clock."""
    runs = can(actor, Verb.CHANGE, clock.record)
    if runs or clock.holder_id not in {held.seat for held in actor.seats}:
        return runs
    return can(actor, Verb.ANSWER, clock.record)


def _may(actor: Actor, clock: Clock, rule: Rule | None) -> frozenset[str]:
    """The verbs that this actor could use on this clock as it stands."""
    runs, answers = can(actor, Verb.CHANGE, clock.record), may_answer_for(actor, clock)
    allowed = {move.verb for move in rules.STATES.allowed(rules.Stage(clock.stage))}
    told = {verb for verb in allowed if every(answers if verb in ("meet", "explain") else runs)}
    if rule is None or not rule.pauses:
        told.discard("pause")
    return frozenset(told | ({"give"} if runs and clock.stage in rules.OPEN else set()))


def _log(clock: Clock) -> list[Entry]:
    """What was done to a clock, the newest first."""
    told: list[tuple[int, Entry]] = []
    before = None
    for start in clock.starts.order_by("pk"):
        told.append((0, _start(start, before)))
        before = start
    for delay in clock.delays.order_by("pk"):
        told.append((1, Entry(delay.given_on, _delay(delay), delay.given_by, delay.reason)))
    for pause in clock.pauses.order_by("pk"):
        what = f"Paused: {pause.ground}"
        told.append((2, Entry(pause.paused_on, what, pause.paused_by, pause.words)))
        if pause.resumed_on:
            told.append((3, Entry(pause.resumed_on, "Resumed", pause.resumed_by)))
    for breach in clock.breaches.order_by("pk"):
        what = f"Missed: due {rules.told_day(breach.due, None)}"
        told.append((4, Entry(breach.recorded_on, what, breach.recorded_by)))
    if clock.met_noted_on:
        told.append((5, Entry(clock.met_noted_on, "Met", clock.met_by, clock.proof)))
    if clock.ruled_out_on:
        out = Entry(
            clock.ruled_out_on, "Not applicable", clock.ruled_out_by, clock.ruled_out_reason
        )
        told.append((6, out))
    return [entry for _, entry in sorted(told, key=lambda each: (each[1].on, each[0]))[::-1]]


def changed_starts(actor: Actor, record: Record) -> dict[UUID, list[Entry]]:
    """The starts that the clocks of a record were given after their first, by clock, the newest
    first. Each tells why."""
    rows = Start.objects.filter(clock__record=record).order_by("pk")
    found: dict[UUID, list[Entry]] = {}
    before: dict[UUID, Start] = {}
    for each in visible(actor, rows, record="clock__record"):
        if each.clock_id in before:
            found.setdefault(each.clock_id, []).insert(0, _start(each, before[each.clock_id]))
        before[each.clock_id] = each
    return found


def _start(start: Start, before: Start | None) -> Entry:
    due = f"Due {rules.told_day(start.due, start.due_at)}"
    if before is None:
        what = f"Started: {start.started_by}. {due}"
    elif (start.started_on, start.started_at) == (before.started_on, before.started_at):
        what = f"Counted again. {due}"
    else:
        what = f"Start date changed to {rules.told_day(start.started_on, start.started_at)}. {due}"
    return Entry(start.given_on, what, start.given_by, start.reason)


def _delay(delay: Delay) -> str:
    expected = f". Expected by {rules.told_day(delay.expected_on)}" if delay.expected_on else ""
    return f"Delay explained{expected}"

"""The clocks of a partnership as they stood on a day, by what was known by then."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from concordat.domain.base.agencies.models import Partnership
from concordat.domain.base.clocks import rules
from concordat.domain.base.clocks.models import Clock, Start
from concordat.domain.base.clocks.queries.days import Days, days_of
from concordat.domain.base.clocks.queries.law import LawBook, law_book
from concordat.domain.base.clocks.rules import Bound, ClockFacts, Due, Rule, State
from concordat.domain.base.records.queries import visible
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid

_AHEAD = (State.START_UNKNOWN, State.WAITING, State.RUNNING, State.DUE_SOON, State.PAUSED)


@dataclass(frozen=True, slots=True)
class Stood:
    """One clock as at a day. `left` counts working days and is None once it has ended."""

    clock: Clock
    rule: Rule | None
    start: Start | None
    state: State
    left: int | None

    def as_json(self) -> dict[str, Any]:
        start = self.start
        on = start.started_on if start else self.clock.opened_on
        return {
            "record": self.clock.record.reference,
            "rule": self.clock.rule,
            "title": self.rule.title if self.rule else self.clock.rule,
            "part": self.clock.part,
            "local": self.clock.local_id is not None,
            "started_by": start.started_by if start else self.clock.started_by,
            "started_on": start.started_on.isoformat() if start else None,
            "due": start.due.isoformat() if start else None,
            "due_at": start.due_at.isoformat() if start and start.due_at else None,
            "working_days_left": self.left,
            "state": self.state.value,
            "holder": self.clock.holder.record.reference if self.clock.holder else None,
            "sum": start.sum if start else "",
            "source": self.rule.source if self.rule else "",
            "verified": self.rule is not None and self.rule.verified(on),
        }


def clocks_as_at(actor: Actor, partnership: Partnership, day: date) -> list[Stood]:
    """Every clock that had been opened by that day, the next to break first."""
    found = (
        visible(actor, Clock.objects.filter(partnership=partnership.pk), record="record")
        .filter(opened_on__lte=day)
        .select_related("record", "holder__record", "holder__body")
        .prefetch_related("starts", "delays", "pauses")
    )
    book, days = law_book(actor, [partnership.pk]), days_of(actor, [partnership.pk])
    stood = [_stood(each, day, book, days) for each in found]
    return sorted(stood, key=_order)


def _order(each: Stood) -> tuple[bool, date, str, str]:
    due = each.start.due if each.start else date.max
    return (each.left is None, due, each.clock.record.reference, each.clock.rule)


def _stood(clock: Clock, day: date, book: LawBook, days: Days) -> Stood:
    known = [each for each in clock.starts.all() if each.given_on <= day]
    start = max(known, key=lambda each: each.pk, default=None)
    version = start.rule_version if start else clock.rule_version
    rule = book.row(clock.partnership_id, clock.rule, version)
    working = days.for_clock(clock, rule)
    state = rules.state(_facts(clock, start, day), day, working)
    open_ = state in (*_AHEAD, State.OVERDUE, State.EXPLAINED)
    left = None
    if start and open_:
        try:
            left = rules.working_days_left(start.due, day, working)
        except Invalid:
            left = None
    return Stood(clock, rule, start, state, left)


def _facts(clock: Clock, start: Start | None, day: date) -> ClockFacts:
    met_known = clock.met_noted_on is not None and clock.met_noted_on <= day
    out_known = clock.ruled_out_on is not None and clock.ruled_out_on <= day
    return ClockFacts(
        due=_due(clock, start) if start else None,
        met=(clock.met_at or clock.met_on) if met_known else None,
        not_applicable=clock.ruled_out_reason if out_known else "",
        explanation=_first(each.reason for each in clock.delays.all() if each.given_on <= day),
        paused_for=_first(
            each.ground
            for each in clock.pauses.all()
            if each.paused_on <= day and (each.resumed_on is None or each.resumed_on > day)
        ),
    )


def _first(words: Iterable[str]) -> str:
    return next(iter(words), "")


def _due(clock: Clock, start: Start) -> Due:
    return Due(
        rule=clock.rule,
        version=start.rule_version,
        digest=start.rule_digest,
        start=start.started_on,
        due=start.due,
        sum=start.sum,
        source="",
        in_force_from=None,
        verified=False,
        bound=Bound(clock.bound),
        started_at=start.started_at,
        due_at=start.due_at,
    )

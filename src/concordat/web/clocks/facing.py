"""Clocks and rows of law in the words and tones of a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from concordat.domain.base.agencies.queries import Partnership
from concordat.domain.base.clocks import rules
from concordat.domain.base.clocks.queries import Clock, Entry, Facts, Month, Row
from concordat.domain.base.clocks.rules import Arrangements, Direction, Force, Kind, Rule, State
from concordat.domain.base.records.queries import title_for
from concordat.kernel.actor import Actor
from concordat.kernel.labels import count, day_in_words, weekday_in_words
from concordat.web.ui.addresses import address_of
from concordat.web.ui.parts import Fact, Link, Moment


class Request(HttpRequest):
    """A request as the middleware leaves it."""

    actor: Actor
    practice_date: date | None


class Told(NamedTuple):
    """A state as a tag says it: the registered word for its tone, and the words shown."""

    tone: str
    words: str


STATES: dict[State, Told] = {
    State.START_UNKNOWN: Told("Waiting", "Start date needed"),
    State.WAITING: Told("Waiting", "Not yet"),
    State.RUNNING: Told("Running", "Running"),
    State.DUE_SOON: Told("Due soon", "Due soon"),
    State.OVERDUE: Told("Overdue", "Overdue"),
    State.EXPLAINED: Told("Overdue", "Late, explained"),
    State.PAUSED: Told("Paused", "Paused"),
    State.MET: Told("Met", "Met"),
    State.MET_LATE: Told("Missed", "Met late"),
    State.TOO_EARLY: Told("Missed", "Done too early"),
    State.NOT_APPLICABLE: Told("Not applicable", "Not applicable"),
}
VERIFIED, NOT_VERIFIED = Told("Done", "Verified"), Told("Waiting", "Not verified")
ACTS = (
    ("restart", "Change the start date"),
    ("explain", "Explain the delay"),
    ("pause", "Pause this clock"),
    ("resume", "Let it run again"),
    ("give", "Give it to another seat"),
    ("rule out", "Say that it does not apply"),
    ("reopen", "Take back how it ended"),
)
ARRANGEMENTS = {
    Arrangements.SAFEGUARDING: "Safeguarding arrangements",
    Arrangements.CHILD_DEATHS: "Child death review arrangements",
}


def now_of(request: Request) -> date | datetime:
    """The moment; an example world is pinned to its day, which has no hour."""
    return request.practice_date or timezone.localtime()


def line(row: Row, homes: Mapping[UUID, Partnership]) -> dict[str, Any]:
    """One row of the board. `homes` are the partnerships whose law the actor may read."""
    clock = row.clock
    home = homes.get(clock.partnership_id) if clock.partnership_id and row.rule else None
    law = [home.slug, _told_under(row), clock.rule_version] if home else None
    return {
        "row": row,
        "clock": clock,
        "href": reverse("clocks:clock", args=[clock.pk]),
        "record": address_of(clock.record.kind, clock.record.reference),
        "law": reverse("clocks:rule", args=law) if law else "",
        "state": STATES[row.state],
        "started": started(clock),
        "due_words": rules.told_day(clock.due, clock.due_at) if clock.due else "",
        "force": force(row),
        "counts": row.is_open and row.left is not None and not row.is_first_day,
    }


def _told_under(row: Row) -> str:
    """The rule whose page tells of a clock's: a line of a checklist has none of its own."""
    rule = row.rule
    is_line = rule is not None and rule.adds_to and rule.kind is Kind.DEADLINE
    return rule.adds_to if rule and is_line else row.clock.rule


def force(row: Row) -> str:
    """What stands behind the duty, and behind its time limit where that is less."""
    told = limit(row.rule, row.verified)
    return f"{row.force}; its time limit: {told}" if told else row.force


def started(clock: Clock) -> str:
    if clock.started_on is None:
        return clock.started_by
    return f"{clock.started_by}, {rules.told_day(clock.started_on, clock.started_at)}"


def sentence(rows: Iterable[Row]) -> str:
    """What breaks next, in words; what is overdue comes first."""
    listed = list(rows)
    late = [row for row in listed if row.state in (State.OVERDUE, State.EXPLAINED)]
    coming = [
        row for row in listed if row.state in (State.RUNNING, State.DUE_SOON) and row.clock.due
    ]
    said = (
        [f"{count(len(late), 'clock')} {'is' if len(late) == 1 else 'are'} late."] if late else []
    )
    if not coming:
        return " ".join([*said, "No other clock is running." if late else "No clock is running."])
    first = coming[0]
    due = weekday_in_words(first.clock.due) if first.clock.due else ""
    return " ".join([*said, f"Next: {first.title}, {first.clock.record.reference}, {due}."])


def outcome(months: Iterable[Month]) -> str:
    """How much of what fell due was met in time, in the words that go before the table."""
    listed = list(months)
    due, met = sum(each.number for each in listed), sum(each.met for each in listed)
    if due == 1:
        return f"One clock was due, and it was {'met' if met else 'not met'} in time."
    told = {0: "none was", 1: "1 was", due: "all were"}.get(met, f"{met} were")
    return f"{count(due, 'clock')} were due: {told} met in time."


def face(actor: Actor, facts: Facts) -> dict[str, Any]:
    """What the page of a clock shows of it."""
    clock, row = facts.clock, facts.row
    told = STATES[row.state]
    return {
        **line(row, {}),
        "facts": facts,
        "about": f"{clock.record.reference} {title_for(actor, clock.record)}",
        "sentence": f"{started(clock)}.",
        "delay": facts.delay,
        "pause": facts.pause,
        "links": [
            Link("This clock", reverse("clocks:clock", args=[clock.pk]), current=True),
            Link("Its record", address_of(clock.record.kind, clock.record.reference)),
            Link("All clocks", reverse("clocks:board")),
        ],
        "rule": row.rule,
        "length": length(row.rule),
        "label_due": "Not before" if row.is_first_day else "Due",
        "limit": limit(row.rule, row.verified),
        "standing": VERIFIED if row.verified else NOT_VERIFIED,
        "heading": heading(row.rule, verified=row.verified),
        "warning": warning(row.rule),
        "steps": [moment(entry) for entry in facts.log],
        "acts": acts(clock, facts.may),
        "first": "meet" in facts.may,
        "face": _component(row, told),
    }


def _component(row: Row, told: Told) -> dict[str, Any]:
    """The arguments of the clock component: the number counts while it runs to its end."""
    counting = row.state in (State.RUNNING, State.DUE_SOON, State.OVERDUE, State.EXPLAINED)
    if counting and not row.is_first_day:
        return {"left": row.left, "state": "Running"}
    if row.state is State.START_UNKNOWN:
        return {"left": None, "state": "Running"}
    return {"left": None, "state": told.tone}


def heading(rule: Rule | None, *, verified: bool) -> str:
    """What stands above a duty: it is the law only where that is verified."""
    if rule is None:
        return "What the row said"
    if not verified:
        return "What we understand, not verified"
    return "What we have agreed" if rule.force is Force.LOCAL else "What the rule says"


def warning(rule: Rule | None) -> str:
    """Why a row is not to be quoted as law."""
    if rule is not None and rule.checked is not None:
        return "Somebody here held this row against its source and found that it differs."
    return "It was not read in its source, or a doubt stands against it. Do not quote it as law."


def length(rule: Rule | None) -> str:
    """How long, and from what: "5 working days after the council became aware"."""
    if rule is None or rule.deadline is None:
        return ""
    told = rules.length_in_words(rule.deadline)
    if rule.deadline.day or rule.deadline.yearly:
        return told
    way = "after" if rule.deadline.direction is Direction.FORWARD else "before"
    return f"{told} {way}: {rule.trigger}"


def limit(rule: Rule | None, verified: bool) -> str:
    """What stands behind the time limit, where that is less than what stands behind the duty."""
    if rule is None or rule.deadline is None or rule.deadline.force is None:
        return ""
    words = rule.deadline.force.words
    return words if verified else f"{words} (not verified)"


def acts(clock: Clock, may: frozenset[str]) -> list[Link]:
    """What may be done besides giving the proof."""
    words = dict(ACTS)
    if clock.started_on is None:
        words["restart"] = "Give the start date"
    return [
        Link(text, reverse(f"clocks:{verb.replace(' ', '_')}", args=[clock.pk]))
        for verb, text in words.items()
        if verb in may
    ]


def moment(entry: Entry) -> Moment:
    return Moment(entry.what, entry.on, entry.by, entry.why)


def about(row: Row) -> list[Fact]:
    """What a form shows of the clock that it changes."""
    clock = row.clock
    told = [Fact("Clock", row.title), Fact("Record", clock.record.reference)]
    told.append(Fact("Started by", started(clock)))
    if clock.due:
        label = "Not before" if row.is_first_day else "Due"
        told.append(Fact(label, rules.told_day(clock.due, clock.due_at)))
    return told


def span(rule: Rule) -> str:
    """When a row is in force, in words."""
    if rule.status is rules.Status.AWAITING:
        return "Enacted, awaits commencement"
    begins = (
        f"From {day_in_words(rule.in_force_from)}" if rule.in_force_from else "Start not on file"
    )
    return f"{begins} to {day_in_words(rule.in_force_to)}" if rule.in_force_to else begins


def standing(rule: Rule, on: date) -> Told:
    return VERIFIED if rule.verified(on) else NOT_VERIFIED

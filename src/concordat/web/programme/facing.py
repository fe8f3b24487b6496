"""Programmes and what they hold in the words and tones of their pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.urls import reverse

from concordat.domain.base.agencies import queries as agencies
from concordat.domain.base.records.queries import Record, can
from concordat.domain.base.records.rules import Verb
from concordat.domain.governance.programme import queries
from concordat.domain.governance.programme.queries import (
    LearningCycle,
    Milestone,
    Priority,
    Product,
    Programme,
    Row,
    Update,
)
from concordat.domain.governance.programme.rules import (
    LEARNING,
    MILESTONES,
    PRIORITIES,
    PRODUCTS,
    PROGRAMMES,
)
from concordat.domain.governance.programme.rules.health import Health
from concordat.domain.governance.programme.rules.learning import Answer, Impact, Turn
from concordat.domain.governance.programme.rules.life import Making, Stage
from concordat.kernel.actor import Actor
from concordat.kernel.sensitivity import Sensitivity
from concordat.web.ui.paging import Page, page_of
from concordat.web.ui.parts import Link

Thing = Programme | Priority | Milestone | Product | LearningCycle


class Request(HttpRequest):
    """A request as the middleware leaves it."""

    actor: Actor


class Tag(NamedTuple):
    """A state as a tag says it: the registered word for its tone, and the words shown."""

    tone: str
    words: str


class Act(NamedTuple):
    """One thing that this actor may do next."""

    text: str
    href: str


_STAGES = {
    Stage.NOT_STATED: Tag("Draft", "Not stated"),
    Stage.PLANNED: Tag("Waiting", "Planned"),
    Stage.UNDER_WAY: Tag("Open", "Under way"),
    Stage.DELAYED: Tag("Due soon", "Delayed"),
    Stage.DONE: Tag("Done", "Done"),
    Stage.ABANDONED: Tag("Withdrawn", "Abandoned"),
}
_NEAR = {"late": Tag("Overdue", "Late"), "soon": Tag("Due soon", "Due soon")}
_HEALTH = {
    Health.ON_TRACK: Tag("Done", "On track"),
    Health.AT_RISK: Tag("Due soon", "At risk"),
    Health.OFF_TRACK: Tag("Overdue", "Off track"),
}
_MAKING = {
    Making.DONE: Tag("Waiting", "Waiting for acceptance"),
    Making.ACCEPTED: Tag("Accepted", "Accepted"),
}
_TURNS = {
    Turn.NOT_STATED: Tag("Draft", "Not stated"),
    Turn.PLANNED: Tag("Waiting", "Planned"),
    Turn.UNDER_WAY: Tag("Open", "Under way"),
    Turn.REPORTED: Tag("Waiting", "Reported to the board"),
    Turn.ANSWERED: Tag("Accepted", "Answered by the board"),
    Turn.CHECKED: Tag("Done", "Impact checked"),
    Turn.ABANDONED: Tag("Withdrawn", "Abandoned"),
}
_ANSWERS = {
    Answer.ACCEPTED: Tag("Accepted", "Accepted"),
    Answer.ADAPTED: Tag("Accepted", "Adapted"),
    Answer.DECLINED: Tag("Withdrawn", "Declined"),
}
_IMPACTS = {
    Impact.SEEN: Tag("Done", "Seen"),
    Impact.PARTLY: Tag("Due soon", "Partly seen"),
    Impact.NOT_SEEN: Tag("Overdue", "Not seen"),
    Impact.UNKNOWN: Tag("Draft", "Cannot be told"),
}
_BUTTONS = {
    "plan": "Plan it",
    "begin": "Begin it",
    "delay": "Say that it is delayed",
    "resume": "Resume it",
    "abandon": "Abandon it",
    "open again": "Open it again",
    "take back": "Take the report back",
}


def stage_tag(stage: Stage) -> Tag:
    return _STAGES[stage]


def turn_tag(turn: Turn) -> Tag:
    return _TURNS[turn]


def answer_tag(answer: str) -> Tag | None:
    return _ANSWERS[Answer(answer)] if answer else None


def impact_tag(impact: str) -> Tag | None:
    return _IMPACTS[Impact(impact)] if impact else None


def reached_tag(stage: Stage, stands: str = "") -> Tag:
    """Of a milestone: done says "Reached", and an open one how near its day is."""
    if stage is Stage.DONE:
        return Tag("Done", "Reached")
    return _NEAR.get(stands) or _STAGES[stage]


def _ended(stage: Stage) -> str:
    """How something that others wait for has ended; nothing while it is open."""
    return {Stage.DONE: "reached", Stage.ABANDONED: "abandoned"}.get(stage, "")


def making_tag(row: Product) -> Tag:
    return _MAKING.get(row.making) or _STAGES[Stage(row.making.value)]


def health_tag(update: Update | None) -> Tag | None:
    return _HEALTH[update.says] if update else None


NEWEST = 5
"""So many updates stand on the page of what they tell of; the rest on a list of their own."""


def told_of(actor: Actor, record: Record) -> dict[str, Any]:
    """The newest updates on one thing, and how many there are."""
    return _updates(page_of(queries.updates_of(actor, record), None, per_page=NEWEST))


def every_update(actor: Actor, record: Record, asked: str | None) -> dict[str, Any]:
    """A page of all updates on one thing."""
    return _updates(page_of(queries.updates_of(actor, record), asked)) | {"listed": True}


def _updates(page: Page) -> dict[str, Any]:
    return {"page": page, "lines": [(each, health_tag(each)) for each in page.rows]}


def mark(record: Record) -> str:
    level = record.level
    return f"{level.label}: {level.audience.lower()}" if level >= Sensitivity.RESTRICTED else ""


def may_change(actor: Actor, record: Record) -> bool:
    return bool(can(actor, Verb.CHANGE, record)) and record.closed is None


def may_tell(actor: Actor, thing: Programme | Priority | Milestone) -> bool:
    over = thing.stage.is_over or thing.record.closed
    return not over and bool(queries.may_tell(actor, thing.record, queries.owner_of(actor, thing)))


def shared(actor: Actor, found: Programme) -> list[str]:
    """The partnerships that share a programme, by name where the actor knows them."""
    known = dict(agencies.partnerships(actor).values_list("key", "name"))
    return [known.get(key, key.replace("-", " ").title()) for key in found.partnerships]


def row_line(row: Row) -> dict[str, Any]:
    """One milestone of a roadmap."""
    held = row.milestone
    return {
        "row": row,
        "held": held,
        "href": reverse("programme:milestone", args=[held.record.reference]),
        "tag": reached_tag(held.stage, row.stands),
        "health": health_tag(row.update),
        "due": held.done_day or held.due_day,
        "waits": [(each.title, reverse("programme:milestone", args=[each.record.reference]),
                   _ended(each.stage)) for each in row.waits_for],
    }  # fmt: skip


def programme_links(found: Programme, part: str) -> list[Link]:
    reference = found.record.reference

    def link(key: str, text: str, route: str) -> Link:
        return Link(text, reverse(route, args=[reference]), current=part == key)

    return [
        link("roadmap", "Roadmap", "programme:programme"),
        link("highlights", "What changed", "programme:highlights"),
        link("lessons", "Lessons", "programme:lessons"),
        link("money", "Bid and money", "programme:money"),
        link("history", "History", "records:history"),
        link("about", "About", "records:record"),
    ]


def links(record: Record, text: str, route: str) -> list[Link]:
    """The sub-navigation of a priority, milestone, product or contract."""
    return [
        Link(text, reverse(route, args=[record.reference]), current=True),
        Link("Actions", reverse("actions:on", args=[record.reference])),
        Link("Documents", reverse("documents:on", args=[record.reference])),
        Link("History", reverse("records:history", args=[record.reference])),
        Link("About", reverse("records:record", args=[record.reference])),
    ]


def moves(thing: Thing) -> list[Act]:
    """The plain moves that its table has now."""
    tables = {
        Programme: PROGRAMMES, Priority: PRIORITIES, Milestone: MILESTONES, Product: PRODUCTS,
        LearningCycle: LEARNING,
    }  # fmt: skip
    stands = thing.making if isinstance(thing, Product) else thing.stage
    allowed = [move.verb for move in tables[type(thing)].allowed(stands)]
    return [Act(_BUTTONS[verb], _move(thing.record, verb)) for verb in allowed if verb in _BUTTONS]


def _move(record: Record, verb: str) -> str:
    return reverse("programme:move", args=[record.reference, verb.replace(" ", "-")])


def button(verb: str) -> str:
    return _BUTTONS[verb]


def acts(pairs: Iterable[tuple[bool, str, str]], reference: str) -> list[Act]:
    """Those acts of (whether, words, route) that may be done."""
    return [
        Act(text, reverse(f"programme:{route}", args=[reference]))
        for may, text, route in pairs
        if may
    ]


def up(thing: Thing) -> str:
    return reverse(*place(thing)[:1], args=place(thing)[1:])


def place(thing: Any) -> tuple[str, str]:
    """The route of a thing's own page and its reference."""
    return f"programme:{thing.record.kind.replace(' ', '_')}", thing.record.reference


def thing_of(actor: Actor, reference: str) -> Thing:
    """A programme or one of its things by its reference."""
    kind = _kinds().get(reference.rsplit("-", 2)[-2] if reference.count("-") > 1 else "")
    if kind is None:
        raise Programme.DoesNotExist
    found: Thing = kind(actor, reference)
    return found


def _kinds() -> dict[str, Any]:
    return {
        "PG": queries.programme,
        "PY": queries.priority,
        "MS": queries.milestone,
        "PT": queries.product,
        "LC": queries.learning_cycle,
    }

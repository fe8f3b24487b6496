"""Recommendations in the words and tones of a page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django.urls import reverse

from concordat.domain.base.actions import queries as actions
from concordat.domain.base.asks.rules import Nearness, nearness
from concordat.domain.base.recommendations import queries, rules
from concordat.domain.base.recommendations.queries import Entry, Load, Recommendation, Shown
from concordat.domain.base.recommendations.rules import (
    FRAMED,
    VALUES,
    VOICES,
    Nature,
    Point,
    Showing,
    Stage,
    Told,
)
from concordat.domain.base.records.queries import Record, can
from concordat.domain.base.records.rules import Verb
from concordat.kernel.actor import Actor
from concordat.kernel.dates import UncertainDate
from concordat.kernel.labels import day_in_words
from concordat.kernel.sensitivity import Sensitivity
from concordat.web.templatetags.recommendations import value
from concordat.web.ui.addresses import address_of
from concordat.web.ui.parts import Fact, Link, Moment


class Tag(NamedTuple):
    """A state as a tag says it: the registered word for its tone, and the words shown."""

    tone: str
    words: str


_TAGS = {
    Stage.DRAFT: Tag("Draft", "Draft"),
    Stage.WORKED: Tag("Waiting", "Being worked on"),
    Stage.PROPOSED: Tag("Waiting", "Before the board"),
    Stage.REFUSED: Tag("Closed", "Not accepted"),
    Stage.DONE: Tag("Waiting", "Said to be done"),
    Stage.ADEQUATE: Tag("Accepted", "Accepted as adequate"),
    Stage.CLOSED: Tag("Closed", "Closed"),
    Stage.WITHDRAWN: Tag("Withdrawn", "Withdrawn"),
}
_NEAR = {
    Nearness.OVERDUE: Tag("Overdue", "Overdue"),
    Nearness.DUE_SOON: Tag("Due soon", "Due soon"),
}


def tag_of(row: Recommendation, today: date) -> Tag:
    """Where it stands; what a board accepted, by how near its day is."""
    return _TAGS.get(row.stage_is) or _NEAR.get(nearness(row.due_day, today), Tag("Open", "Open"))


def up(row: Recommendation) -> str:
    return reverse("recommendations:recommendation", args=[row.record.reference])


def mark(row: Recommendation) -> str:
    level = row.record.level
    return f"{level.label}: {level.audience.lower()}" if level >= Sensitivity.RESTRICTED else ""


def line(row: Recommendation, today: date, *, others: int | None = None) -> dict[str, Any]:
    """One row of a list. `others` are the same, as a list has counted them or as they are given."""
    many = getattr(row, "others", 0) if others is None else others
    return {
        "recommendation": row,
        "record": row.record,
        "href": up(row),
        "tag": tag_of(row, today),
        "addressee": row.addressee,
        "owner": row.owner.title if row.owner else "",
        "came_from": row.came_from,
        "due": UncertainDate.parse(row.due) if row.due else None,
        "owed": row.stage_is is Stage.ACCEPTED,
        "live": not row.stage_is.is_over,
        "needs_owner": row.stage_is in rules.OPEN and row.owner is None,
        "restricted": mark(row),
        "times": rules.times(many),
        "nature": Nature(row.nature).label if row.nature else "",
    }


def lines(rows: Iterable[Recommendation], today: date) -> list[dict[str, Any]]:
    return [line(row, today) for row in rows]


def parts(current: str) -> list[Link]:
    """The pages about many recommendations."""
    pages = {
        "recommendations": "All recommendations",
        "before": "Told before",
        "bodies": "Bodies at work",
    }
    own = [
        Link(text, reverse(f"recommendations:{route}"), current=route == current)
        for route, text in pages.items()
    ]
    return [*own, Link("Actions", reverse("actions:actions"))]


def face(actor: Actor, row: Recommendation) -> dict[str, Any]:
    """What the page of a recommendation shows to this actor."""
    shown = list(queries.shown(actor, row))
    same = queries.same_as(actor, row)
    part = queries.part_in(actor, row)
    framed = row.stage_is in FRAMED
    return {
        **line(row, actor.on, others=len(same)),
        "part": part,
        "framed": framed,
        "points": points(actor, row, may=part.frames and row.stage_is is Stage.WORKED)
        if framed or queries.checks(actor, row)
        else [],
        "source": _address(actor, row.from_record),
        "decision": _address(actor, row.decision),
        "decided_on": UncertainDate.parse(row.decided_on) if row.decided_on else None,
        "values": [each for each in shown if each.kind in VALUES],
        "voices": [each for each in shown if each.kind in VOICES],
        "evidence": [each for each in shown if each.kind == Showing.EVIDENCE],
        "compared": compared(shown),
        "same": same,
        "moments": [moment(entry) for entry in queries.entries(actor, row)],
        "actions": list(actions.actions_on(actor, row.record)[:20]),
        "may_act": bool(part.speaks_for_board or can(actor, Verb.CHANGE, row.record)),
        "may_link": bool(rules.may_link(part)),
        "hint": _hint(row),
        "links": _links(row),
    }


def _address(actor: Actor, record: Record | None) -> str:
    """The address of a record, if there is one and this actor may open it."""
    if record is None or not can(actor, Verb.SEE, record):
        return ""
    return address_of(record.kind, record.reference)


def _hint(row: Recommendation) -> str:
    """Words that often ask for compliance, where nobody has judged yet."""
    words = rules.words_of_compliance(row.text) if not row.nature else []
    quoted = ", ".join(f"“{word}”" for word in words)
    return f"Its wording has {quoted}, which often ask for compliance." if words else ""


def points(actor: Actor, row: Recommendation, *, may: bool) -> list[dict[str, Any]]:
    """The check list with what was answered, by whom and why."""
    answered = queries.checks(actor, row)
    at = row.record.reference
    return [
        {
            "point": point,
            "row": answered.get(point),
            "href": reverse("recommendations:check", args=[at, point.value]) if may else "",
        }
        for point in Point
    ]


def compared(shown: Iterable[Shown]) -> str:
    """The last value from before beside the last from after, if both count the same."""
    last = {each.kind: each for each in shown if each.kind in VALUES}
    before, after = last.get(Showing.BEFORE), last.get(Showing.AFTER)
    if before is None or after is None:
        return ""
    if before.unit.casefold() != after.unit.casefold():
        return "The values before and after count different things."
    return (
        f"{value(before)} on {day_in_words(before.on)}, {value(after)} on {day_in_words(after.on)}."
    )


def _links(row: Recommendation) -> list[Link]:
    at = [row.record.reference]
    return [
        Link("Recommendation", up(row), current=True),
        Link("Told before", reverse("recommendations:told_before", args=at)),
        Link("Actions", reverse("actions:on", args=at)),
        Link("Documents", reverse("documents:on", args=at)),
        Link("History", reverse("records:history", args=at)),
        Link("About", reverse("records:record", args=at)),
    ]


def moment(entry: Entry) -> Moment:
    """One entry of the timeline, with what was before and after."""
    change = f"From {entry.before} to {entry.after}" if entry.before and entry.after else ""
    said = [entry.words, change or entry.after or entry.before]
    return Moment(Told(entry.told).label, entry.on, entry.by, "\n".join(filter(None, said)))


def about(row: Recommendation) -> list[Fact]:
    """What a form shows of the recommendation that it changes."""
    due = str(UncertainDate.parse(row.due)) if row.due else "No day"
    return [
        Fact("What", f"{row.record.reference} {row.title}"),
        Fact("Comes from", row.came_from),
        Fact("Addressed to", row.addressee or "Nobody yet"),
        Fact("Owner", row.owner.title if row.owner else "Nobody yet"),
        Fact("Due", due),
    ]


def loaded(load: Load) -> dict[str, Any]:
    """A body and what waits for it, as a list shows it."""
    return {
        "load": load,
        "href": reverse("recommendations:body", args=[load.body.record.reference]),
        "limit": str(load.at_least) if load.at_least else "None set",
    }

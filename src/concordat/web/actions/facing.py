"""Actions in the words and tones of a page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from concordat.domain.base.actions import queries, rules
from concordat.domain.base.actions.queries import Action, Entry
from concordat.domain.base.actions.rules import Part, Priority, Stage, Told
from concordat.domain.base.asks.rules import Nearness, nearness
from concordat.domain.base.mail.rules import TOKEN
from concordat.kernel.actor import Actor, Kind
from concordat.kernel.labels import day_in_words
from concordat.kernel.sensitivity import Sensitivity
from concordat.web.ui.addresses import address_of
from concordat.web.ui.parts import Fact, Link, Moment


class Tag(NamedTuple):
    """A state as a tag says it: the registered word for its tone, and the words shown."""

    tone: str
    words: str


_TAGS = {
    Stage.CLOSED: Tag("Waiting", "Waiting for acceptance"),
    Stage.ACCEPTED: Tag("Accepted", "Accepted"),
    Stage.WITHDRAWN: Tag("Withdrawn", "Withdrawn"),
    Stage.SUPERSEDED: Tag("Closed", "Superseded"),
}
_NEAR = {
    Nearness.OVERDUE: Tag("Overdue", "Overdue"),
    Nearness.DUE_SOON: Tag("Due soon", "Due soon"),
}


def tag_of(action: Action, today: date) -> Tag:
    """Where an action stands; an open one by how near its day is."""
    stage = Stage(action.stage)
    return _TAGS.get(stage) or _NEAR.get(nearness(action.due, today), Tag("Open", "Open"))


def line(action: Action, today: date) -> dict[str, Any]:
    """One row of a list."""
    return {
        "action": action,
        "record": action.record,
        "href": reverse("actions:action", args=[action.record.reference]),
        "owner": action.owner_name,
        "source": address_of(action.source.kind, action.source.reference),
        "tag": tag_of(action, today),
        "high": action.priority == Priority.HIGH,
        "owed": action.stage == Stage.OPEN,
        "extended": rules.how_extended(action.first_due, action.due, action.extended),
        "restricted": mark(action),
        "standing": action.get_standing_display(),
    }


def lines(rows: Iterable[Action], today: date) -> list[dict[str, Any]]:
    return [line(action, today) for action in rows]


def mark(action: Action) -> str:
    level = action.record.level
    return f"{level.label}: {level.audience.lower()}" if level >= Sensitivity.RESTRICTED else ""


def up(action: Action) -> str:
    return reverse("actions:action", args=[action.record.reference])


def face(actor: Actor, action: Action) -> dict[str, Any]:
    """What the page of an action shows to this actor."""
    part, owed = queries.part_in(actor, action), action.stage == Stage.OPEN
    waits = action.stage == Stage.CLOSED
    guest = actor.kind is Kind.GUEST
    told = list(queries.entries(actor, action))
    return {
        **line(action, actor.on),
        "mine": part.owns,
        "may_update": owed and bool(rules.may_update(part)),
        "may_judge": waits and bool(rules.may_judge(part)),
        "why_not": str(rules.may_judge(part)) if waits else "",
        "waits": waits,
        "moments": [moment(entry) for entry in told],
        "evidence": list(queries.evidence(actor, action)),
        "acts": _acts(action, part, guest=guest) if owed else [],
        "to_read": [] if guest else queries.to_be_read(actor, action),
        "links": _links(action, guest=guest),
        "is_guest": guest,
        "looked_at": looked_at(action),
    }


def looked_at(action: Action) -> str:
    """When an action without an end is looked at."""
    if action.look_every is None:
        return ""
    often = "every month" if action.look_every == 1 else f"every {action.look_every} months"
    return f"No end date. Looked at {often}, next on {day_in_words(action.comes_up)}"


def _links(action: Action, *, guest: bool) -> list[Link]:
    reference = action.record.reference
    here = Link("Action", up(action), current=True)
    if guest:
        return [here]
    return [
        here,
        Link("Documents", reverse("documents:on", args=[reference])),
        Link("History", reverse("records:history", args=[reference])),
        Link("About", reverse("records:record", args=[reference])),
    ]


def _acts(action: Action, part: Part, *, guest: bool) -> list[Link]:
    """What may be done besides saying how it stands."""
    may = {
        "Add evidence": ("evidence", rules.may_update(part)),
        "Move its day": ("extend", rules.may_extend(part, action.priority)),
        "Ask for an update": ("ask", rules.may_ask(part)),
        "Send its contact a link": ("link", rules.may_ask(part)),
        "Give it to another": ("reassign", rules.may_reassign(part)),
        "Withdraw it": ("withdraw", rules.may_end(part)),
        "Let another take its place": ("supersede", rules.may_end(part)),
    }
    if not action.owner_agency_id or action.asked_id:
        del may["Send its contact a link"]
    at = [action.record.reference]
    return [
        Link(text, reverse(f"actions:{route}", args=at))
        for text, (route, allowed) in may.items()
        if allowed
    ]


def moment(entry: Entry) -> Moment:
    """One entry of the timeline, with the day or the owner that it had before."""
    return Moment(Told(entry.told).label, entry.on, entry.by, "\n".join(_said(entry)))


def _said(entry: Entry) -> Iterable[str]:
    told = Told(entry.told)
    if entry.standing:
        yield entry.get_standing_display()
    if entry.words and entry.words != entry.get_standing_display():
        yield entry.words
    if told in (Told.EXTENDED, Told.INADEQUATE):
        before = day_in_words(entry.due_before) if entry.due_before else "no end date"
        yield f"From {before} to {day_in_words(entry.due_after)}" if entry.due_after else ""
    if told is Told.SET:
        yield _first(entry)
    if told is Told.LATE and entry.due_before:
        yield f"It was due on {day_in_words(entry.due_before)}"
    if told is Told.REASSIGNED:
        yield f"From {entry.owner_before} to {entry.owner_after}"


def _first(entry: Entry) -> str:
    due = f"due on {day_in_words(entry.due_after)}" if entry.due_after else "with no end date"
    return f"Owner: {entry.owner_after}, {due}"


def about(action: Action) -> list[Fact]:
    """What a form shows of the action that it changes."""
    due = day_in_words(action.due) if action.due else looked_at(action)
    told = [
        Fact("Action", f"{action.record.reference} {action.record.title}"),
        Fact("Owner", action.owner_name),
        Fact("Due", due),
    ]
    if action.last_word:
        said = f"{action.last_word} ({action.last_word_by}, {day_in_words(action.last_word_on)})"  # type: ignore[arg-type]
        told.append(Fact("Last word", said))
    return told


def door(request: HttpRequest) -> str:
    """The whole address of the guests' page, with the place of the token."""
    return request.build_absolute_uri(reverse("mail:door", args=[TOKEN]))


def stamp() -> datetime:
    return timezone.now().replace(tzinfo=None, microsecond=0)


def parts(current: str) -> list[Link]:
    """The pages about many actions."""
    pages = {
        "actions": "All actions",
        "agencies": "Agencies over a year",
        "contacts": "Contacts and rounds",
    }
    own = [
        Link(text, reverse(f"actions:{route}"), current=route == current)
        for route, text in pages.items()
    ]
    beside = {
        "recommendations:recommendations": "Recommendations",
        "requests:asked": "Information requests",
        "reviews:referrals": "Learning",
    }
    return [*own, *(Link(text, reverse(route)) for route, text in beside.items())]

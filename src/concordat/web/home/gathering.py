"""What My work and search show, gathered from what is owed and what was done."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import structlog
from django.urls import reverse

from concordat.domain.base.agencies import queries as agencies
from concordat.domain.base.asks import queries as asks
from concordat.domain.base.asks.queries import Ask
from concordat.domain.base.asks.rules import DOUBT, Errand, why_me
from concordat.domain.base.clocks.queries import Row, clocks_naming
from concordat.domain.base.people import queries as people
from concordat.domain.base.records import queries as records
from concordat.domain.base.records.queries import Record
from concordat.domain.base.records.rules import RecordKind
from concordat.domain.governance.arrangements.queries import what_they_may_decide
from concordat.domain.governance.meetings import queries as meetings
from concordat.domain.governance.meetings.rules.life import Stage
from concordat.domain.governance.meetings.rules.quorum import Presence
from concordat.domain.governance.programme import queries as programme
from concordat.kernel.actor import Actor, SeatHeld
from concordat.kernel.labels import weekday_in_words
from concordat.web.home.navigation import further
from concordat.web.meetings.facing import title_of, when
from concordat.web.people.drafts import drafts
from concordat.web.people.first_days import first_steps
from concordat.web.ui.addresses import address_of
from concordat.web.ui.histories import IN_WORDS

log = structlog.stdlib.get_logger("concordat.pages")

MOST_ASKS = 30
Forms = dict[tuple[Errand, UUID, UUID], str]
"""Where each errand of a record and a seat is done, when that is not the record's own page."""
NO_NEWS = (*IN_WORDS, "update of action asked for")
"""What was asked of one person, by another or by the timer."""

UNKNOWN = "What waits for you could not be loaded just now."
_FIGURES = ("Nothing", "One thing", "Two things", "Three things", "Four things", "Five things")


@dataclass(frozen=True, slots=True)
class Waiting:
    """One row of what waits: the verb first, then what, for whom, by when, and why me."""

    verb: str
    what: str
    about: str
    why: str
    body: str
    due: date | None
    href: str
    button: str


@dataclass(frozen=True, slots=True)
class Owed:
    """What waits for somebody, soonest first, and whether there is more than the page holds."""

    rows: tuple[Waiting, ...]
    more: bool


def my_work(actor: Actor) -> dict[str, Any]:
    """Everything on the page, in a fixed number of queries.

    A block that fails is named in `failed` and shows that it could not be loaded: the others
    stand, and the fault is logged.
    """
    failed: set[str] = set()
    blocks = {name: _block(name, gather, actor, failed) for name, gather in BLOCKS.items()}
    owed: Owed = blocks.pop("waiting") or Owed((), more=False)
    told = _sentence(owed, actor.on) if "waiting" not in failed else UNKNOWN
    return {
        "sentence": told,
        "waiting": owed.rows,
        "more": owed.more,
        "seats": actor.seats,
        "further": further(actor),
        "failed": failed,
        **blocks,
    }


def _block(name: str, gather: Callable[[Actor], Any], actor: Actor, failed: set[str]) -> Any:
    try:
        return gather(actor)
    except Exception:
        log.exception("a block of My work failed", block=name)
        failed.add(name)
        return None


def _owed(actor: Actor) -> Owed:
    rows = list(asks.my_asks(actor)[: MOST_ASKS + 1])
    forms = _forms(actor)
    titles = records.titles(actor, [ask.record for ask in rows])
    shown = tuple(_waiting(actor, ask, titles, forms) for ask in rows[:MOST_ASKS])
    return Owed(shown, more=len(rows) > MOST_ASKS)


def _forms(actor: Actor) -> Forms:
    """The shortest form for each thing that is asked of the actor's own seats."""
    found: Forms = {}
    for place in meetings.next_places(actor):
        reference = place.meeting.record.reference
        answer = reverse("meetings:answer", args=[reference, place.pk])
        found[Errand.ANSWER, place.meeting_id, place.seat_id] = answer
        found[Errand.READ, place.meeting_id, place.seat_id] = reverse(
            "meetings:pack", args=[reference]
        )
    for voice in meetings.to_confirm(actor):
        confirm = reverse("meetings:confirm", args=[voice.resolution.record.reference, voice.pk])
        found[Errand.CONFIRM, voice.resolution_id, voice.seat_id] = confirm
    for asked in programme.proposals(actor):
        overview = reverse("programme:overview", args=[asked.partnership.partnership_row.slug])
        for held in actor.seats:
            found[Errand.ANSWER, asked.partnership_id, held.seat] = overview
    return found


def _accounts(actor: Actor) -> list[dict[str, str]]:
    """Where each agency that the actor speaks for reads what was committed in its name."""
    keys = {held.agency for held in actor.seats if held.agency}
    return [
        {"name": row.name, "href": reverse("meetings:account", args=[row.record.reference])}
        for row in agencies.agencies(actor).filter(pk__in=keys)
    ]


def _clocks(actor: Actor) -> list[dict[str, Any]]:
    return [_running(row) for row in clocks_naming(actor, now=actor.on)]


PACK = {
    Stage.PLANNING: "No agenda yet",
    Stage.AGENDA_OPEN: "The agenda is being built",
    Stage.PAPERS_DUE: "Papers are being written",
    Stage.SENT: "Read the pack",
}
COMING = {
    Presence.PRESENT: "You are coming",
    Presence.DEPUTY: "A deputy is coming",
    Presence.APOLOGIES: "You sent apologies",
}


def _ahead(actor: Actor) -> list[dict[str, Any]]:
    return [_coming(each) for each in meetings.next_for(actor)]


def _coming(place: meetings.Place) -> dict[str, Any]:
    """A meeting ahead: how far its pack is, and whether the actor has said that they come."""
    found = place.meeting
    reference = found.record.reference
    sent = found.stage_is is Stage.SENT
    said = COMING.get(Presence(place.answer), "")
    if said and place.answer == Presence.DEPUTY and place.stands_for:
        said = f"{place.stands_for} comes for you"
    return {
        "title": title_of(found),
        "day": found.day,
        "when": when(found),
        "place": found.place,
        "href": reverse("meetings:meeting", args=[reference]),
        "pack": PACK[found.stage_is],
        "pack_href": reverse("meetings:pack", args=[reference]) if sent else "",
        "said": said,
        "answer": reverse("meetings:answer", args=[reference, place.pk]),
    }


def _lately(actor: Actor) -> list[dict[str, Any]]:
    """What was asked of whom is no news to others: it stands in their own list."""
    rows = records.lately(actor, most=8, leaving_out=NO_NEWS)
    titles = records.titles(actor, [record for _, record in rows])
    return [_done(event, record, titles[record.pk]) for event, record in rows]


def _principals(actor: Actor) -> list[str]:
    """For whom the actor may act today, unless they do so already."""
    if actor.hand:
        return []
    mine = [row for row in people.arrangements(actor) if row.hand_id == actor.person]
    return [row.principal.name for row in mine if row.is_in_force(actor.on)]


def _sentence(owed: Owed, today: date) -> str:
    """The state in words: how much waits, what is late, and which day is next."""
    if not owed.rows:
        return "Nothing is waiting for you."
    number = len(owed.rows) + owed.more
    told = _FIGURES[number] if number < len(_FIGURES) else f"{number} things"
    said = [f"{told} {'is' if number == 1 else 'are'} waiting for you."]
    dated = [each.due for each in owed.rows if each.due]
    late = [due for due in dated if due < today]
    if late:
        said.append(_lateness(number, len(late)))
    if coming := [due for due in dated if due >= today]:
        said.append(f"The next date is {weekday_in_words(min(coming))}.")
    return " ".join(said)


def _lateness(number: int, late: int) -> str:
    if number == 1:
        return "It is overdue."
    told = _FIGURES[late].partition(" ")[0] if late < len(_FIGURES) else str(late)
    return f"{told} of them {'is' if late == 1 else 'are'} overdue."


def _running(row: Row) -> dict[str, Any]:
    """A clock that names the actor, in the words of its rule; unverified ones say so."""
    clock = row.clock
    address = reverse("clocks:clock", args=[clock.pk])
    held = f"On {clock.record.reference} {clock.record.title}."
    started = f"Started by {clock.started_by[:1].lower()}{clock.started_by[1:]}."
    return {
        "title": row.title,
        "href": address,
        "left": row.left,
        "due": clock.due,
        "sentence": f"{started} {held}" + ("" if row.verified else " The rule is not verified."),
    }


def _waiting(actor: Actor, ask: Ask, titles: dict[UUID, str], forms: Forms) -> Waiting:
    """A row; what somebody may not open is named by its reference only."""
    errand = Errand(ask.errand)
    record = ask.record
    what = ask.what.removeprefix(errand.button).strip()
    held = next((seat for seat in actor.seats if seat.seat == ask.seat_id), None)
    openable = getattr(ask, "openable", True)
    said = f"{what} {ask.seat.body.name}"
    return Waiting(
        verb=errand.button,
        what=what,
        about=_about(record, titles[record.pk], said) if openable else record.reference,
        why=_why(ask, held),
        body=ask.seat.body.name,
        due=ask.due,
        href=_where(ask, record, openable, forms),
        button=errand.button,
    )


def _about(record: Record, title: str, said: str) -> str:
    """Which record it is; its reference alone where the row says the rest already."""
    return record.reference if title in said else f"{record.reference} {title}"


def _why(ask: Ask, held: SeatHeld | None) -> str:
    if ask.why:
        return ask.why
    return why_me(held.office.value, held.title, held.deputy) if held else ""


def _where(ask: Ask, record: Record, openable: bool, forms: Forms) -> str:
    if ask.what.startswith(DOUBT):
        return reverse("people:settle", args=[record.reference])
    if not openable or "request for access" in ask.what:
        return reverse("records:access", args=[record.reference])
    if ask.errand == Errand.COMMENT:
        return reverse("documents:comment", args=[record.reference])
    if record.kind == RecordKind.PROGRAMME and ask.errand in (Errand.GIVE, Errand.KEEP):
        return reverse("programme:money", args=[record.reference])
    if form := forms.get((Errand(ask.errand), record.pk, ask.seat_id)):
        return form
    return address_of(record.kind, record.reference)


def _done(event: Any, record: Record, title: str) -> dict[str, Any]:
    return {
        "verb": event.verb.capitalize(),
        "title": title,
        "by": event.hand or event.actor,
        "at": event.at,
        "href": address_of(record.kind, record.reference),
    }


BLOCKS: dict[str, Callable[[Actor], Any]] = {
    "first": first_steps,
    "clocks": _clocks,
    "waiting": _owed,
    "ahead": _ahead,
    "lately": _lately,
    "authority": what_they_may_decide,
    "accounts": _accounts,
    "principals": _principals,
    "drafts": drafts,
}
"""Each part of My work that is gathered by itself, and fails by itself."""


def found(actor: Actor, held: Iterable[Record]) -> list[dict[str, Any]]:
    """The rows of what a search found."""
    rows = list(held)
    titles = records.titles(actor, rows)
    return [_found(each, titles[each.pk]) for each in rows]


def _found(record: Record, title: str) -> dict[str, Any]:
    return {
        "reference": record.reference,
        "title": title,
        "kind": RecordKind(record.kind).label,
        "opened": record.opened,
        "closed": record.closed,
        "sensitivity": record.level.label if record.level > 1 else "",
        "href": address_of(record.kind, record.reference),
    }

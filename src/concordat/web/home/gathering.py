"""What My work and search show, gathered from what is owed and what was done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from concordat.domain.base.asks import queries as asks
from concordat.domain.base.asks.queries import Ask
from concordat.domain.base.asks.rules import DOUBT, Errand, why_me
from concordat.domain.base.clocks.queries import Row, clocks_naming
from concordat.domain.base.people import queries as people
from concordat.domain.base.records import queries as records
from concordat.domain.base.records.queries import Record
from concordat.domain.base.records.rules import RecordKind
from concordat.kernel.actor import Actor, SeatHeld
from concordat.kernel.labels import weekday_in_words
from concordat.web.people.deciding import what_they_may_decide
from concordat.web.people.first_days import first_steps
from concordat.web.ui.addresses import address_of

MOST_ASKS = 30
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


def my_work(actor: Actor) -> dict[str, Any]:
    """Everything on the page, in a fixed number of queries."""
    rows = list(asks.my_asks(actor)[: MOST_ASKS + 1])
    waiting = [_waiting(actor, ask) for ask in rows[:MOST_ASKS]]
    return {
        "sentence": _sentence(len(rows), waiting, actor.on),
        "clocks": [_running(row) for row in clocks_naming(actor, now=actor.on)],
        "waiting": waiting,
        "more": len(rows) > MOST_ASKS,
        "lately": [_done(event, record) for event, record in records.lately(actor, most=8)],
        "authority": what_they_may_decide(actor),
        "first": first_steps(actor),
        "seats": actor.seats,
        "principals": _principals(actor),
    }


def _principals(actor: Actor) -> list[str]:
    """For whom the actor may act today, unless they do so already."""
    if actor.hand:
        return []
    mine = [row for row in people.arrangements(actor) if row.hand_id == actor.person]
    return [row.principal.name for row in mine if row.is_in_force(actor.on)]


def _sentence(number: int, waiting: list[Waiting], today: date) -> str:
    """The state in words: how much waits, what is late, and which day is next."""
    if not number:
        return "Nothing is waiting for you."
    told = _FIGURES[number] if number < len(_FIGURES) else f"{number} things"
    said = [f"{told} {'is' if number == 1 else 'are'} waiting for you."]
    dated = [each.due for each in waiting if each.due]
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


def _waiting(actor: Actor, ask: Ask) -> Waiting:
    """A row; what somebody may not open is named by its reference only."""
    errand = Errand(ask.errand)
    record = ask.record
    what = ask.what.removeprefix(errand.button).strip()
    held = next((seat for seat in actor.seats if seat.seat == ask.seat_id), None)
    openable = getattr(ask, "openable", True)
    return Waiting(
        verb=errand.button,
        what=what,
        about=_about(record, f"{what} {ask.seat.body.name}") if openable else record.reference,
        why=_why(ask, held),
        body=ask.seat.body.name,
        due=ask.due,
        href=_where(ask, record, openable),
        button=errand.button,
    )


def _about(record: Record, said: str) -> str:
    """Which record it is; its reference alone where the row says the rest already."""
    return record.reference if record.title in said else f"{record.reference} {record.title}"


def _why(ask: Ask, held: SeatHeld | None) -> str:
    if ask.why:
        return ask.why
    return why_me(held.office.value, held.title, held.deputy) if held else ""


def _where(ask: Ask, record: Record, openable: bool) -> str:
    if ask.what.startswith(DOUBT):
        return reverse("people:settle", args=[record.reference])
    if not openable or "request for access" in ask.what:
        return reverse("records:access", args=[record.reference])
    if ask.errand == Errand.COMMENT:
        return reverse("documents:comment", args=[record.reference])
    return address_of(record.kind, record.reference)


def _done(event: Any, record: Record) -> dict[str, Any]:
    return {
        "verb": event.verb.capitalize(),
        "title": record.title,
        "by": event.hand or event.actor,
        "at": event.at,
        "href": address_of(record.kind, record.reference),
    }


def found(record: Record) -> dict[str, Any]:
    """One row of what a search found."""
    return {
        "reference": record.reference,
        "title": record.title,
        "kind": RecordKind(record.kind).label,
        "opened": record.opened,
        "closed": record.closed,
        "sensitivity": record.level.label if record.level > 1 else "",
        "href": address_of(record.kind, record.reference),
    }

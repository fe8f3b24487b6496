"""What was done to a record, as a timeline tells it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from concordat.domain.base.asks import rules
from concordat.domain.base.records import queries
from concordat.domain.base.records.queries import Event, Record
from concordat.domain.base.records.queries.history import Told
from concordat.kernel.actor import Actor
from concordat.kernel.labels import day_in_words
from concordat.web.ui.parts import Moment


def moments(actor: Actor, record: Record, events: Sequence[Event]) -> list[Moment]:
    """A page of the timeline: what was asked is said in words, and of other acts what they were
    about. What else an event changed stays in the ledger's detail."""
    told = queries.told_in(actor, record, events) if events else {}
    return [_moment(event, told.get(event.pk)) for event in events]


IN_WORDS: dict[str, Callable[[Told], str]] = {
    "asked": lambda told: rules.asked_in_words(told[1], told[0]),
    "asked again": lambda told: rules.asked_in_words(told[1], told[0]),
    "ask cleared": lambda told: rules.cleared_in_words(told[1]),
    "ask handed on": lambda told: rules.handed_on_in_words(told[1], told[0]),
}
SAID = {
    "post": "Post",
    "person": "Person",
    "named": "Named",
    "was": "It was",
    "from": "From",
    "last day": "Last day",
    "seats": "Seats",
    "version": "Version",
    "closes": "Until",
    "letters": "Letters",
}
"""What a line of history says of an act besides its verb, by the name in the event's detail."""


def _moment(event: Event, told: Told | None) -> Moment:
    by = f"{event.hand} for {event.actor}" if event.hand else event.actor
    tell = IN_WORDS.get(event.verb, _about)
    more = tell(told) if told else ""
    words = [_ended(event.reason) if more else event.reason, more]
    return Moment(event.verb.capitalize(), event.at, by, " ".join(filter(None, words)))


def _ended(reason: str) -> str:
    """A reason to which another sentence is added ends as one."""
    return f"{reason}." if reason and reason[-1].isalnum() else reason


def _about(told: Told) -> str:
    after = told[1]
    said = [f"{name}: {_value(after[key])}." for key, name in SAID.items() if _is_plain(after, key)]
    return " ".join(said)


def _is_plain(after: Mapping[str, object], key: str) -> bool:
    value = after.get(key)
    return isinstance(value, (str, int)) and not isinstance(value, bool) and value != ""


def _value(value: object) -> str:
    """A day in words, anything else as it is."""
    try:
        return day_in_words(date.fromisoformat(str(value)))
    except ValueError:
        return str(value)

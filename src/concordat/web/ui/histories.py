"""What was done to a record, as a timeline tells it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from concordat.domain.base.asks import rules
from concordat.domain.base.records import queries
from concordat.domain.base.records.queries import Event, Record
from concordat.domain.base.records.queries.history import Told
from concordat.kernel.actor import Actor
from concordat.web.ui.parts import Moment


def moments(actor: Actor, record: Record, events: Sequence[Event]) -> list[Moment]:
    """A page of the timeline: what was asked is said in words. What else an event changed stays
    in the ledger's detail."""
    asked = [event for event in events if event.verb in IN_WORDS]
    told = queries.told_in(actor, record, asked) if asked else {}
    return [_moment(event, told.get(event.pk)) for event in events]


IN_WORDS: dict[str, Callable[[Told], str]] = {
    "asked": lambda told: rules.asked_in_words(told[1], told[0]),
    "asked again": lambda told: rules.asked_in_words(told[1], told[0]),
    "ask cleared": lambda told: rules.cleared_in_words(told[1]),
    "ask handed on": lambda told: rules.handed_on_in_words(told[1], told[0]),
}


def _moment(event: Event, told: Told | None) -> Moment:
    by = f"{event.hand} for {event.actor}" if event.hand else event.actor
    words = [event.reason, IN_WORDS[event.verb](told) if told else ""]
    return Moment(event.verb.capitalize(), event.at, by, " ".join(filter(None, words)))

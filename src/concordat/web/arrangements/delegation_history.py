"""Who has had the power of a delegation, and what was changed in it, in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from concordat.domain.base.records import queries as records
from concordat.domain.base.seats import queries as seats
from concordat.domain.governance.arrangements.queries import Delegation
from concordat.domain.governance.arrangements.rules.words import LIMBS
from concordat.kernel.actor import Actor
from concordat.kernel.dates import UncertainDate
from concordat.kernel.labels import join_words
from concordat.kernel.money import in_pounds
from concordat.web.arrangements.facing import Addresses
from concordat.web.ui.histories import moments
from concordat.web.ui.parts import Moment

SHOWN = 50
LABELS = {
    "limbs": "What it covers",
    "matters": "In which matters",
    "reserved": "Kept back",
    "limit": "Limit",
    "limit_words": "Other limits",
    "instrument": "Rests on",
    "instrument_title": "Title of the instrument",
    "decision": "Decision that gave it",
    "from_text": "First day",
    "to_text": "Last day",
    "to": "Last day",
    "state": "Where it stands",
    "source": "Source",
    "stated_text": "When it became known",
    "note": "Note",
}
DAYS = ("from_text", "to_text", "to", "stated_text")
CHANGED = ("delegation amended", "delegation ended", "delegation withdrawn")


def holders(actor: Actor, row: Delegation) -> list[tuple[str, str, Any]]:
    """Who has had the power: the person in the post or what sat in the seat, and for how long."""
    if row.post:
        return [
            (each.person.name, each.person.record.reference, each)
            for each in seats.incumbents_of(actor, row.post)
        ]
    if row.seat:
        rows = seats.holders_of(actor, row.seat)
        return [(_sat(each), "", each) for each in rows]
    return []


def _sat(row: seats.Holder) -> str:
    return str(row.post.title if row.post else row.named.name if row.named else "Nobody")


def told(actor: Actor, row: Delegation, at: Addresses) -> list[Moment]:
    """What was done to it, newest first, each change with what it said before."""
    events = list(records.timeline(actor, row.record)[:SHOWN])
    changed = [event for event in events if event.verb in CHANGED]
    details = records.told_in(actor, row.record, changed) if changed else {}
    return [
        replace(moment, text=" ".join(filter(None, (moment.text, _changes(detail, at)))))
        if (detail := details.get(event.pk))
        else moment
        for moment, event in zip(moments(actor, row.record, events), events, strict=True)
    ]


def _changes(detail: records.Told, at: Addresses) -> str:
    before, after = detail
    names = [name for name in LABELS if name in before or name in after]
    return " ".join(
        f"{LABELS[name]}: {_said(name, after.get(name), at)}"
        f" (before: {_said(name, before.get(name), at)})."
        for name in names
    )


def _said(name: str, value: Any, at: Addresses) -> str:
    if value in (None, "", []):
        return "nothing stated"
    if name in DAYS:
        return str(UncertainDate.parse(str(value)))
    words = _WORDS.get(name)
    return words(value, at) if words else str(value)


_WORDS: dict[str, Callable[[Any, Addresses], str]] = {
    "limbs": lambda value, _: join_words([LIMBS.get(each, each).lower() for each in value]),
    "matters": lambda value, at: join_words([at.title(f"matters:{each}") for each in value]),
    "reserved": lambda value, at: join_words([at.title(f"matters:{each}") for each in value]),
    "decision": lambda value, at: at.title(f"decisions:{value}"),
    "limit": lambda value, _: in_pounds(int(value)),
}

"""Somebody new finds something wrong about their seats, and somebody puts it right."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from concordat.domain.base.asks.models import Ask
from concordat.domain.base.asks.operations.asking import DAYS_TO_ANSWER, clear_asks, raise_ask
from concordat.domain.base.asks.rules import DOUBT, Errand
from concordat.domain.base.people.models import Person
from concordat.domain.base.people.operations import take_step
from concordat.domain.base.people.rules import FirstStep
from concordat.domain.base.records.operations import happened, operation, take
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats.models import Seat
from concordat.kernel.actor import Actor, Office
from concordat.kernel.errors import Invalid, Refused

KEEPERS = (Office.STRATEGY_MANAGER, Office.CO_ORDINATOR)


@operation
def doubt_seats(actor: Actor, *, words: str) -> list[Ask]:
    """Say what is wrong about one's own seats; whoever keeps them is asked to answer."""
    if not words.strip():
        raise Invalid("Say what is wrong.", field="words", mend="One sentence is enough.")
    step = take_step(actor, step=FirstStep.SEATS, words=words)
    keepers = Seat.objects.filter(
        partnership__in=actor.partnerships or [step.person.record.partnership_id],
        office__in=KEEPERS,
        to_text="",
    ).select_related("record")
    return [
        raise_ask(
            actor,
            record=step.person.record,
            seat=seat,
            errand=Errand.ANSWER,
            what=f"{DOUBT} {step.person.name}"[:300],
            why=f"They wrote: {words.strip()}"[:300],
            due=actor.on + timedelta(days=DAYS_TO_ANSWER),
        )
        for seat in keepers
    ]


@operation
def settle_doubt(actor: Actor, *, person: UUID, words: str) -> Person:
    """Say what was put right, or why nothing was; nobody is asked any more."""
    record = take(person, may=lambda held: can(actor, Verb.CHANGE, held))
    if not words.strip():
        raise Invalid("Say what was done.", field="words", mend="One sentence is enough.")
    found = Person.objects.get(pk=person)
    what = f"{DOUBT} {found.name}"[:300]
    told = clear_asks(actor, record=record, errand=Errand.ANSWER, what=what, outcome=words.strip())
    if not told:
        raise Refused("Nobody waits for an answer to this.")
    happened(actor, "doubt about seats settled", record, reason=words.strip())
    return found

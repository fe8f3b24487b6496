"""What somebody new does in the first days, each step once."""

from __future__ import annotations

from concordat.domain.base.people import rules
from concordat.domain.base.people.models import Person, StepTaken
from concordat.domain.base.people.rules import FirstStep
from concordat.domain.base.records.operations import happened, no_event, operation
from concordat.kernel.actor import Actor, Kind
from concordat.kernel.errors import Refused

DONE = {
    FirstStep.SEATS: "own seats confirmed",
    FirstStep.REACHED: "own address confirmed",
    FirstStep.LETTER: "day of weekly letter considered",
    FirstStep.HANDS: "acting for oneself considered",
    FirstStep.HELP: "help read",
}


@operation
def take_step(actor: Actor, *, step: FirstStep, words: str = "") -> StepTaken:
    """Take a first step, or put it aside. `words` say what is wrong with one's own seats."""
    if actor.kind is not Kind.PERSON:
        raise Refused("First steps are taken by the person themselves.")
    person = Person.objects.select_related("record").get(pk=actor.person)
    told = {"taken_on": actor.on, "words": words.strip()}
    row, made = StepTaken.objects.get_or_create(person=person, step=step, defaults=told)
    if not made:
        no_event("this step is taken")
        return row
    verb = "own seats doubted" if row.words else DONE[rules.FirstStep(step)]
    happened(actor, verb, person.record, reason=row.words)
    return row

"""Saying which registered person a partnership's file names, and taking that back.

From then on what they hold by name is theirs: the seat lets them in, and what was delegated to
them by name goes with the seats that they sit in. The file itself never tells who somebody is.
"""

from __future__ import annotations

from concordat.domain.base.people.models import Person
from concordat.domain.base.people.queries import people
from concordat.domain.base.records import queries as records
from concordat.domain.base.records.operations import happened, operation, take
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats import rules
from concordat.domain.base.seats.models import NamedPerson
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid


@operation
def identify(actor: Actor, *, named: NamedPerson, person: Person, reason: str) -> NamedPerson:
    """Say that somebody named in the file is this registered person."""
    records.can(actor, Verb.CHANGE, named.partnership).require()
    take(named.partnership_id)
    if not people(actor).filter(pk=person.pk).exists():
        raise Invalid("There is no such person.", field="person", mend="Choose one of the list.")
    held = NamedPerson.objects.select_related("person__record").get(pk=named.pk)
    joined = held.person.name if held.person else ""
    rules.may_identify(held.name, joined, person.record.closed).require()
    held.person = person
    held.save(update_fields=["person"])
    _told(actor, held, person, "named person identified", reason)
    return held


@operation
def separate(actor: Actor, *, named: NamedPerson, reason: str) -> NamedPerson:
    """Take back who somebody named in the file is. What they hold by name lets them in no more."""
    records.can(actor, Verb.CHANGE, named.partnership).require()
    take(named.partnership_id)
    held = NamedPerson.objects.select_related("person__record").get(pk=named.pk)
    person = held.person
    rules.may_separate(held.name, person.name if person else "").require()
    held.person = None
    held.save(update_fields=["person"])
    if person:
        _told(actor, held, person, "named person separated", reason)
    return held


def _told(actor: Actor, named: NamedPerson, person: Person, verb: str, reason: str) -> None:
    """An event of the partnership, and one of the person, whose access it changes."""
    told = {"named": named.key, "person": person.record.reference}
    for record in (named.partnership, person.record):
        happened(actor, verb, record, reason=reason, after=told)

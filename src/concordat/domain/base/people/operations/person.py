"""Setting down who somebody is."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from concordat.domain.base.people import rules
from concordat.domain.base.people.models import Person
from concordat.domain.base.records import operations as records
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import happened, operation, take
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import RecordKind, Verb
from concordat.kernel.actor import Actor, Kind
from concordat.kernel.errors import Invalid
from concordat.kernel.verdict import Verdict, yes

LABELS = {
    "full_name": "Full name",
    "post_title": "Post title",
    "email": "Work email",
    "phone": "Phone",
}
OWN = frozenset({"email", "phone"})


@operation
def register(
    actor: Actor,
    *,
    partnership: Record,
    opened: date,
    full_name: str = "",
    post_title: str = "",
    email: str = "",
    phone: str = "",
) -> Person:
    """Set down somebody for the first time. The partnership that does so leads their record."""
    can(actor, Verb.CHANGE, partnership).require()
    told = _told(full_name=full_name, post_title=post_title, email=email, phone=phone)
    record = records.open_record(
        actor,
        kind=RecordKind.PERSON,
        title=rules.name_of(told["full_name"], told["post_title"]),
        partnership=partnership,
        opened=opened,
        words=told["post_title"],
    )
    person = Person(record=record, **told)
    person.save(force_insert=True)
    happened(actor, "person registered", record, after={"name": person.name})
    return person


@operation
def change(
    actor: Actor,
    *,
    person: UUID,
    full_name: str,
    post_title: str,
    email: str,
    phone: str,
    seen_version: int | None = None,
) -> Person:
    """Change how somebody is named or reached. People change their own address and phone."""
    mine = _told(full_name=full_name, post_title=post_title, email=email, phone=phone)
    record = take(
        person,
        seen_version=seen_version,
        mine=_labelled(mine),
        theirs=lambda: _labelled(_as_stands(Person.objects.get(pk=person))),
    )
    held = Person.objects.get(pk=person)
    before = {name: text for name, text in _as_stands(held).items() if text != mine[name]}
    _may_change(actor, record, frozenset(before)).require()
    for name in before:
        setattr(held, name, mine[name])
    held.save(force_update=True)
    record.title = held.name
    record.save(update_fields=["title"])
    records.index(actor, record=record, words=held.post_title)
    after = {name: mine[name] for name in before}
    happened(actor, "person changed", record, before=before, after=after)
    held.record = record
    return held


def _may_change(actor: Actor, record: Record, fields: frozenset[str]) -> Verdict:
    itself = actor.kind is Kind.PERSON and actor.person == record.pk
    return yes() if itself and fields <= OWN else can(actor, Verb.CHANGE, record)


def _told(**values: str) -> dict[str, str]:
    """The values without spaces around them, or `Invalid` with what is wrong."""
    told = {name: " ".join(text.split()) for name, text in values.items()}
    if not (named := rules.is_named(told["full_name"], told["post_title"])):
        raise Invalid(str(named), field="full_name")
    told["email"] = rules.normal_address(told["email"])
    if told["email"] and not (address := rules.is_address(told["email"])):
        raise Invalid(str(address), field="email")
    return told


def _as_stands(person: Person) -> dict[str, str]:
    return {name: getattr(person, name) for name in LABELS}


def _labelled(values: dict[str, str]) -> dict[str, str]:
    return {LABELS[name]: text for name, text in values.items()}

"""Example worlds and their cast."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db.models import Max

from concordat.domain.base.people import queries, rules
from concordat.domain.base.people.models import (
    Account,
    Invitation,
    Person,
    Persona,
    StepTaken,
    World,
)
from concordat.domain.base.people.rules import FirstStep
from concordat.domain.base.records.operations import happened, operation, take
from concordat.kernel.actor import Actor, Kind
from concordat.kernel.errors import Refused


@operation
def mark_world(actor: Actor, *, name: str, practice_date: date | None = None) -> World:
    """Say that this database holds an example world, whose cast may be entered as.

    Refused where anybody signs in or was invited, and always in production.
    """
    _only_the_loader(actor)
    rules.may_mark_world(
        production=settings.PRODUCTION,
        accounts=Account.objects.count(),
        invitations=Invitation.objects.count(),
    ).require()
    if queries.world():
        raise Refused("An example world was loaded here already.")
    world = World.objects.create(name=name, practice_date=practice_date)
    happened(actor, "example world marked", after={"name": name, "practice date": practice_date})
    return world


@operation
def add_persona(actor: Actor, *, person: Person, line: str, order: int | None = None) -> Persona:
    """Make somebody a member of the cast: with an account, and no password to guess."""
    _only_the_loader(actor)
    here = queries.world()
    if here is None or not here.is_open:
        raise Refused("No example world is open here.")
    record = take(person.pk)
    account = Account(person=person, email=f"{record.reference.lower()}@persona.invalid")
    account.set_unusable_password()
    account.save(force_insert=True)
    last = Persona.objects.aggregate(last=Max("order"))["last"] or 0
    persona = Persona.objects.create(person=person, order=order or last + 1, line=line)
    # Nobody of the cast is new: the list of the first days is for those who were invited.
    StepTaken.objects.bulk_create(
        StepTaken(person=person, step=step, taken_on=actor.on) for step in FirstStep
    )
    happened(actor, "joined the cast", record, after={"line": line})
    return persona


@operation
def enter_as(actor: Actor, *, persona: Persona) -> Account:
    """Sign in as a member of the cast of an example world."""
    member = queries.personas().filter(pk=persona.pk).first()
    if member is None:
        raise Refused("No example world is open here.")
    account: Account = member.person.account
    if not account.is_active:
        raise Refused("This account is closed.")
    happened(actor, "signed in as a persona", member.person.record)
    return account


def _only_the_loader(actor: Actor) -> None:
    if actor.kind is not Kind.PROCESS:
        raise Refused("Only the loader of example worlds may do this.")

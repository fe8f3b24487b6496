"""Who is who, who acts for whom, and which example world this is."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from concordat.domain.base.people import rules
from concordat.domain.base.people.models import (
    Account,
    ActingFor,
    FormDraft,
    Invitation,
    Person,
    Persona,
    StepTaken,
    World,
)
from concordat.domain.base.people.rules import FirstStep
from concordat.domain.base.records.queries import PreparedRows, fetch, visible
from concordat.kernel.actor import Actor, Kind, Office

__all__ = [
    "Account",
    "ActingFor",
    "FormDraft",
    "Invitation",
    "Person",
    "Persona",
    "World",
    "account",
    "account_at",
    "acting",
    "acting_around",
    "arrangements",
    "bare_actor",
    "doubt_of",
    "draft_at",
    "drafter",
    "drafts",
    "guest_of",
    "invitation",
    "invitation_by",
    "invited",
    "managed",
    "people",
    "person",
    "person_of",
    "persona_account",
    "personas",
    "possible_hands",
    "principals_of",
    "steps_left",
    "world",
]


def person_of(account: Account) -> Person:
    """The person who signs in with this account, with their record as it is now."""
    return Person.objects.select_related("record__partnership").get(account=account)


def people(actor: Actor) -> QuerySet[Person]:
    """The people whose record the actor may open, by name."""
    found = Person.objects.select_related("record")
    return visible(actor, found).order_by("record__title", "record__reference")


def person(actor: Actor, reference: str) -> Person:
    """One person by reference. Raises DoesNotExist or `Restricted` as `fetch` does."""
    found = Person.objects.select_related("record", "record__owner", "record__partnership")
    return fetch(actor, found, record__reference=reference)


def account(pk: UUID | str) -> Account | None:
    """An account with its person, whether or not it is open."""
    return _ACCOUNT.first(pk=pk if isinstance(pk, UUID) else UUID(pk))


_ACCOUNT = PreparedRows(
    lambda pk: Account.objects.filter(pk=pk).select_related("person__record__partnership")
)


def account_at(address: str) -> Account | None:
    """The account that an address typed by somebody belongs to."""
    found = Account.objects.filter(email=rules.normal_address(address))
    return found.select_related("person__record").first()


# --- acting for somebody


def principals_of(person: Person, on: date) -> QuerySet[ActingFor]:
    """The arrangements by which this person may act for others on that day."""
    return (
        ActingFor.objects.filter(hand=person, ended_on__isnull=True, from_day__lte=on)
        .filter(Q(to_day__isnull=True) | Q(to_day__gte=on))
        .filter(principal__record__closed__isnull=True)
        .select_related("principal__record", "hand__record")
        .order_by("principal__record__title", "pk")
    )


def acting(person: Person, on: date, *, arrangement: int) -> ActingFor | None:
    """The arrangement, if it still lets this very person act on that day."""
    return principals_of(person, on).filter(pk=arrangement).first()


def arrangements(actor: Actor) -> QuerySet[ActingFor]:
    """Who acts for the person at the keyboard, and for whom they act, what is over included."""
    me = actor.hand_person or actor.person
    return (
        ActingFor.objects.filter(Q(principal=me) | Q(hand=me))
        .select_related("principal__record", "hand__record")
        .order_by("ended_on", "-from_day", "pk")
    )


def acting_around(actor: Actor, person: Person) -> QuerySet[ActingFor]:
    """Who acts for somebody whom the actor may open, and for whom they act, while it stands."""
    rows = ActingFor.objects.filter(Q(principal=person) | Q(hand=person), ended_on__isnull=True)
    rows = rows.select_related("principal__record", "hand__record")
    seen = visible(actor, rows, record="principal__record")
    return visible(actor, seen, record="hand__record").order_by("-from_day", "pk")


def managed(actor: Actor) -> QuerySet[ActingFor]:
    """Every standing arrangement of the partnerships whose strategy manager the actor is."""
    seats = (seat for seat in actor.seats if seat.office is Office.STRATEGY_MANAGER)
    led = {seat.partnership for seat in seats} if actor.kind is Kind.PERSON else set()
    return (
        ActingFor.objects.filter(principal__record__partnership__in=led, ended_on__isnull=True)
        .select_related("principal__record", "hand__record")
        .order_by("principal__record__title", "pk")
    )


def possible_hands(actor: Actor) -> QuerySet[Person]:
    """The people whom the actor may let act for them: those they know who can sign in."""
    others = people(actor).filter(account__is_active=True, record__closed__isnull=True)
    return others.exclude(pk=actor.hand_person or actor.person)


def bare_actor(person: Person, on: date, arrangement: ActingFor | None = None) -> Actor:
    """Who is asking, without the seats they hold.

    With an arrangement the principal's rights are used, within its scope, under both names.
    """
    if arrangement is None:
        return Actor(Kind.PERSON, person.name, on, person=person.pk)
    return Actor(
        Kind.ACTING_FOR,
        arrangement.principal.name,
        on,
        person=arrangement.principal_id,
        hand=person.name,
        hand_person=person.pk,
        scope=frozenset(arrangement.scope),
    )


# --- invitations


def invitation(pk: UUID | str) -> Invitation | None:
    return Invitation.objects.filter(pk=pk).select_related("person__record").first()


def invitation_by(token: str) -> Invitation | None:
    """The invitation that a link opens; an older issue of it opens nothing."""
    read = Invitation.read(token)
    if read is None:
        return None
    pk, issue = read
    found = Invitation.objects.filter(pk=pk, issue=issue)
    return found.select_related("person__record__partnership").first()


def invited(actor: Actor, person: Person) -> Invitation | None:
    """The last invitation of somebody whom the actor may open."""
    rows = Invitation.objects.filter(person=person).order_by("-sent_at")
    return visible(actor, rows, record="person__record").first()


def guest_of(invitation: Invitation, on: date) -> Actor:
    """Whoever opened the link: the person invited, with no right but to accept."""
    person = invitation.person
    return Actor(Kind.GUEST, person.name, on, person=person.pk)


# --- the first days


def drafter(actor: Actor) -> dict[str, Any]:
    """Whose draft it is: who is at the keyboard, and for whom."""
    return {"hand_id": actor.hand_person or actor.person, "person_id": actor.person}


def draft_at(actor: Actor, address: str) -> FormDraft | None:
    """What the actor kept of a page, if anything."""
    if actor.kind is not Kind.PERSON:
        return None
    return FormDraft.objects.filter(**drafter(actor), address=address).first()


def drafts(actor: Actor) -> list[FormDraft]:
    """Every draft of the actor, the newest first; those about a record only while it is open to
    them."""
    if actor.kind is not Kind.PERSON:
        return []
    rows = FormDraft.objects.filter(**drafter(actor))
    about = visible(actor, rows.filter(about__isnull=False), record="about")
    shown = rows.filter(Q(about__isnull=True) | Q(pk__in=about.values("pk")))
    return list(shown.order_by("-kept_at", "pk"))


def steps_left(actor: Actor) -> list[FirstStep]:
    """The first steps that whoever is at the keyboard has neither taken nor put aside.

    None for somebody who acts for another: these are the other's own.
    """
    if actor.kind is not Kind.PERSON:
        return []
    taken = StepTaken.objects.filter(person=actor.person).values_list("step", flat=True)
    return [step for step in FirstStep if step not in set(taken)]


def doubt_of(actor: Actor, person: Person) -> str:
    """What somebody wrote of their seats, for those who may open them."""
    rows = StepTaken.objects.filter(person=person, step=FirstStep.SEATS)
    found = visible(actor, rows, record="person__record").first()
    return found.words if found else ""


# --- example worlds


def world() -> World | None:
    return _WORLD.first()


_WORLD = PreparedRows(lambda: World.objects.order_by("pk")[:1])


def personas() -> QuerySet[Persona]:
    """The cast, in order; nobody where no example world is open."""
    here = world()
    cast = Persona.objects.select_related("person__record__partnership", "person__account")
    return cast if here and here.is_open else cast.none()


def persona_account(pk: UUID | str) -> Account | None:
    """A persona's account, while the example world that it belongs to is open."""
    here = world()
    if not (here and here.is_open):
        return None
    return _PERSONA_ACCOUNT.first(pk=pk if isinstance(pk, UUID) else UUID(pk))


_PERSONA_ACCOUNT = PreparedRows(
    lambda pk: Account.objects.filter(
        pk=pk, is_active=True, person__in=Persona.objects.values("person")
    ).select_related("person__record__partnership")
)

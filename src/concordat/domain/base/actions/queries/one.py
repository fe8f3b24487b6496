"""One action, what was told of it, and what shows that it was done."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from concordat.domain.base.actions.models import Action, Contact, Entry, Evidence
from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.asks.models import Ask
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.documents.models import Document
from concordat.domain.base.mail.models import GuestLink
from concordat.domain.base.mail.queries import links_on
from concordat.domain.base.mail.rules import Opening
from concordat.domain.base.records.queries import can, fetch, visible
from concordat.domain.base.records.rules import Verb, is_reference
from concordat.domain.base.seats.models import Seat
from concordat.kernel.actor import Actor
from concordat.kernel.verdict import Verdict

_WHOLE = (
    "record__partnership",
    "record__owner",
    "partnership",
    "source",
    "set_by__record",
    "agency__record",
    "asked__record",
    "owner_seat__record",
    "owner_seat__body",
    "owner_person__record",
    "owner_agency__record",
    "superseded_by__record",
)


def action(actor: Actor, reference: str) -> Action:
    """One action. Raises DoesNotExist or `Restricted` as `fetch` does."""
    if not is_reference(reference):
        raise Action.DoesNotExist
    return fetch(actor, Action.objects.select_related(*_WHOLE), record__reference=reference)


def entries(actor: Actor, action: Action) -> QuerySet[Entry]:
    """Everything told of an action that the actor may open, newest first."""
    rows = visible(actor, Entry.objects.filter(action=action), record="action__record")
    return rows.order_by("-pk")


def evidence(actor: Actor, action: Action) -> QuerySet[Evidence]:
    """What shows that it was done; a document that the actor may not open is left out."""
    rows = Evidence.objects.filter(action=action).select_related("document__record")
    seen = visible(actor, rows, record="action__record")
    opens = visible(actor, Document.objects.all()).values("pk")
    return seen.filter(Q(document=None) | Q(document__in=opens)).order_by("pk")


def contact(actor: Actor, agency: Agency) -> Contact | None:
    """An agency's single contact, for whoever may open the agency."""
    rows = Contact.objects.select_related("seat__record", "seat__body").filter(agency=agency)
    return visible(actor, rows, record="agency__record").first()


def contacts(actor: Actor) -> QuerySet[Contact]:
    """Every contact of the actor's partnerships."""
    rows = Contact.objects.filter(agency__partnership__in=actor.partnerships)
    rows = rows.select_related("agency__record", "seat__body")
    return visible(actor, rows, record="agency__record").order_by("agency__name")


def may_name_contact(actor: Actor, agency: Agency, *, by_mail: bool) -> Verdict:
    """Whoever is reached by mail is let in from outside, which takes the right to admit."""
    return can(actor, Verb.ADMIT if by_mail else Verb.CHANGE, agency.record)


def last_link(actor: Actor, action: Action) -> GuestLink | None:
    """The newest link that was sent to an agency's contact, for those who may admit others."""
    return links_on(actor, action.record).filter(purpose=Opening.UPDATE).first()


def to_be_read(actor: Actor, action: Action) -> list[Seat]:
    """The seats of the actor that were told of this action and have not said that they know."""
    asks = Ask.objects.filter(record=action.record, errand=Errand.READ, cleared_on=None)
    asks = asks.filter(seat__in=[held.seat for held in actor.seats]).select_related("seat__record")
    return [ask.seat for ask in asks]

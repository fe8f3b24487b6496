"""An agency's single contact: naming it, and reaching one that has no account."""

from __future__ import annotations

from datetime import datetime

from concordat.domain.base.actions import rules
from concordat.domain.base.actions.models import Action, Contact
from concordat.domain.base.actions.operations import holding, owing, owning
from concordat.domain.base.actions.queries.access import contact_of
from concordat.domain.base.actions.queries.one import may_name_contact
from concordat.domain.base.actions.rules import Stage
from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.mail.models import GuestLink
from concordat.domain.base.mail.operations import invite_guest, renew_link
from concordat.domain.base.mail.rules import Opening
from concordat.domain.base.people.rules import is_address, normal_address
from concordat.domain.base.records.operations import happened, operation, take
from concordat.domain.base.seats.models import Seat
from concordat.kernel.actor import Actor, process
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.sensitivity import Sensitivity


@operation
def name_contact(
    actor: Actor, *, agency: Agency, seat: Seat | None = None, name: str = "", email: str = ""
) -> Contact:
    """Name an agency's single contact: one of its seats, or a person by mail.

    What the agency owes stands in the new contact's work from now on.
    """
    record = take(agency.pk, may=lambda held: may_name_contact(actor, agency, by_mail=seat is None))
    before = contact_of(agency)
    contact = _contact(actor, agency, seat, name, email)
    contact.save(force_insert=before is None)
    happened(
        actor,
        "contact for actions named",
        record,
        before={"contact": _words(before)} if before else {},
        after={"contact": _words(contact)},
    )
    for action in _owed_by(agency):
        _ask_anew(actor, action, contact.seat)
    return contact


def _contact(actor: Actor, agency: Agency, seat: Seat | None, name: str, email: str) -> Contact:
    if seat and seat.agency_id != agency.pk:
        raise Invalid(f"This is no seat of {agency.name}.", field="seat", mend="Choose another.")
    address = normal_address(email)
    bare = " ".join(name.split())
    if seat is None and not bare:
        raise Invalid("Name the person.", field="name", mend="Give one named person.")
    if seat is None and not (allowed := is_address(address)):
        raise Invalid(str(allowed), field="email")
    return Contact(
        agency=agency,
        seat=seat,
        name="" if seat else bare[:200],
        email="" if seat else address,
        named_by=actor.signature[:200],
        named_on=actor.on,
    )


def _words(contact: Contact) -> str:
    return contact.seat.record.reference if contact.seat else contact.name


def _owed_by(agency: Agency) -> list[Action]:
    rows = Action.objects.filter(owner_agency=agency, stage=Stage.OPEN)
    return [holding.fresh(row) for row in rows]


def _ask_anew(actor: Actor, action: Action, seat: Seat | None) -> None:
    owing.clear_owner(actor, action, "The agency has a new contact")
    if action.asked:
        owning.let_no_longer(actor, action, action.asked.record)
    action.asked = seat
    action.save(update_fields=["asked"])
    owning.let_work(actor, action)
    owing.ask_owner(actor, action, action.due)


def by_mail(action: Action) -> Contact | None:
    """The contact who can be sent a link to this action, if there is one."""
    if action.owner_agency is None or action.record.level is Sensitivity.SEALED:
        return None
    contact = contact_of(action.owner_agency)
    return contact if contact and contact.email else None


@operation
def send_link(actor: Actor, *, action: Action, door: str, now: datetime) -> GuestLink:
    """Send an agency's contact a link to one action, or a new one in the place of the last."""
    held = holding.taken(actor, action, "update", lambda part, _: rules.may_ask(part))
    if by_mail(held) is None:
        raise Refused("The owner of this action is asked at their seat: there is nobody to mail.")
    return send(actor, held, door=door, now=now)


def send(actor: Actor, action: Action, *, door: str, now: datetime) -> GuestLink:
    """The letter itself, within the act that sends it.

    Who may admit others named the contact; the letter goes out by that.
    """
    contact = by_mail(action)
    assert contact is not None  # noqa: S101 - the caller has asked
    post = process(actor.signature, actor.on)
    open_ = GuestLink.objects.filter(
        record=action.record, purpose=Opening.UPDATE, used_at=None, revoked_at=None
    )
    earlier = open_.filter(email=contact.email).first()
    owing.clear_owner(actor, action, f"A link was sent to {contact.name}"[:300])
    if earlier:
        return renew_link(post, link=earlier, place=door, now=now)
    return invite_guest(
        post,
        record=action.record,
        opening=Opening.UPDATE,
        name=contact.name,
        email=contact.email,
        place=door,
        now=now,
    )

"""Who owns an action, in whose work it stands, and how they are let in to it."""

from __future__ import annotations

from datetime import timedelta

from concordat.domain.base.actions.models import Action
from concordat.domain.base.actions.queries.access import Owner, agency_of, seat_asked
from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.people.models import Person
from concordat.domain.base.records.models import Grant, Record
from concordat.domain.base.records.rules import Level
from concordat.domain.base.seats.models import Seat
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid
from concordat.kernel.sensitivity import Sensitivity

_REASON = "Owns this action."


def own(actor: Actor, action: Action, owner: Owner) -> None:
    """Set the owner and what follows from it."""
    action.owner_seat = owner if isinstance(owner, Seat) else None
    action.owner_person = owner if isinstance(owner, Person) else None
    action.owner_agency = owner if isinstance(owner, Agency) else None
    action.asked = seat_asked(actor, owner, action.partnership)
    action.agency = agency_of(owner, action.asked)
    if action.record.level is Sensitivity.SEALED and not isinstance(owner, Person):
        raise Invalid(
            "This is sealed: it opens to named people only.",
            field="owner",
            mend="Choose a person who is named on it.",
        )


def let_work(actor: Actor, action: Action) -> None:
    """Let the owner open the action and put evidence on it, however closely it is held."""
    grantee = action.owner_person or action.asked
    if grantee:
        grant(actor, action.record, grantee.record, Level.WORK, _REASON)


def let_no_longer(actor: Actor, action: Action, grantee: Record) -> None:
    """What was given to an owner ends with the day before; what began today never began."""
    rows = Grant.objects.filter(record=action.record, grantee=grantee, reason=_REASON)
    rows.filter(from_day__gte=actor.on).delete()
    rows.filter(to_day=None).update(to_day=actor.on - timedelta(days=1))


def grant(actor: Actor, record: Record, grantee: Record, level: Level, reason: str) -> None:
    if Grant.objects.filter(record=record, grantee=grantee, level=level, to_day=None).exists():
        return
    Grant.objects.create(
        record=record,
        grantee=grantee,
        level=level,
        reason=reason,
        granted_by=actor.signature[:200],
        from_day=actor.on,
    )

"""Setting a partnership up from nothing, so that whoever founds it can go on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from concordat.domain.base.agencies import operations as agencies
from concordat.domain.base.agencies.models import Agency, Partnership
from concordat.domain.base.agencies.operations import FOUNDERS
from concordat.domain.base.agencies.rules import STATUTORY_CLASSES
from concordat.domain.base.people.models import Person
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import happened, operation
from concordat.domain.base.seats import operations as seats
from concordat.domain.base.seats.models import Post
from concordat.domain.base.seats.rules import Holding, Standing
from concordat.kernel.actor import Actor, Kind, Office, SeatHeld
from concordat.kernel.errors import Invalid, Refused


@operation
def found(
    actor: Actor, *, slug: str, name: str, prefix: str = "", values: Mapping[str, Any] | None = None
) -> Partnership:
    """Found a partnership and seat the founder in its secretariat, in the office they hold.

    Without a seat of its own nobody could open what they have just set up.
    """
    if actor.kind is Kind.ACTING_FOR:
        raise Refused("While you act for somebody you cannot set up a partnership for them.")
    home = agencies.found(actor, slug=slug, name=name, prefix=prefix, values=values)
    if actor.person is not None:
        office = next(each for each in FOUNDERS if actor.holds(each))
        _seat_founder(_as_holder(actor, home.record, office), home, office)
    happened(actor, "set-up begun", home.record)
    return home


def _as_holder(actor: Actor, home: Record, office: Office) -> Actor:
    """The founder with the seat that this very act makes."""
    seat = SeatHeld(home.pk, home.pk, home.pk, office, office.value)
    return replace(actor, seats=(*actor.seats, seat))


def _seat_founder(actor: Actor, home: Partnership, office: Office) -> None:
    title = office.value.capitalize()
    body = seats.propose(
        actor,
        partnership=home.record,
        name="Secretariat",
        state=Standing.IN_FORCE,
        from_day=actor.on,
        values={"kind": "secretariat"},
    )
    rows: dict[str, dict[str, Any]] = {
        "seats": {"role": title, "body": body, "office": office.value},
        "posts": {"title": title},
    }
    made = {
        kind: seats.add(actor, partnership=home.record, kind=kind, name=title, values=values)
        for kind, values in rows.items()
    }
    seats.add(
        actor,
        partnership=home.record,
        kind="holders",
        name=title,
        values={
            "seat": made["seats"],
            "post": made["posts"],
            "holding": Holding.HOLDER,
            "from_text": actor.on.isoformat(),
        },
    )
    post = made["posts"]
    assert isinstance(post, Post)  # noqa: S101 - narrows the type for the reader
    person = Person.objects.get(pk=actor.person)
    seats.take_post(actor, person=person, post=post, from_day=actor.on)


@operation
def enter_agency(
    actor: Actor, *, partnership: Record, values: Mapping[str, Any], is_partner: bool
) -> Agency:
    """Add an agency, and say whether it is a statutory partner: any number in each class."""
    class_ = values["agency_class"]
    if is_partner and class_ not in STATUTORY_CLASSES:
        raise Invalid(
            "Only councils, health bodies and police can be statutory partners.",
            field="is_partner",
            mend="Take the tick away, or choose another class.",
        )
    name = str(values["name"])
    agency = agencies.add(actor, partnership=partnership, kind="agencies", name=name, values=values)
    assert isinstance(agency, Agency)  # noqa: S101 - narrows the type for the reader
    if is_partner:
        told = {"agency": agency, "partner_class": class_, "from_text": agency.from_text}
        seats.add(actor, partnership=partnership, kind="partners", name=name, values=told)
    return agency

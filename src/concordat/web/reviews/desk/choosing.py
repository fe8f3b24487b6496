"""What the forms of a review offer to choose from, and the rows that were chosen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from concordat.domain.base.agencies import queries as agencies
from concordat.domain.base.people import queries as people
from concordat.domain.base.records.queries import Record, fetch_record
from concordat.domain.base.seats import queries as seats
from concordat.domain.governance.programme import queries as programme
from concordat.domain.practice.children import queries as children
from concordat.domain.practice.reviews import queries
from concordat.domain.practice.reviews.queries import Review
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid

Listed = list[tuple[str, str]]


def of_records(rows: Iterable[Record]) -> Listed:
    return [(each.reference, each.title) for each in rows]


def of_seats(actor: Actor, review: Review, homes: Sequence[Record] | None = None) -> Listed:
    """Every standing seat of those who take part, or of some of them, with the body and the
    partnership it is of."""
    many = len(queries.partners(actor, review)) > 1
    return [
        (
            each.record.reference,
            f"{each.role} ({each.body.name}{', ' + each.partnership.title if many else ''})",
        )
        for each in queries.seats_of(actor, review)
        if homes is None or each.partnership in homes
    ]


def of_agencies(actor: Actor, review: Review) -> Listed:
    return [(e.record.reference, e.name) for e in queries.agencies_of(actor, review)]


def of_bodies(actor: Actor, review: Review) -> Listed:
    rows = seats.bodies(actor).filter(partnership=review.partnership)
    return [(each.record.reference, each.name) for each in rows]


def of_people(actor: Actor) -> Listed:
    return [(each.record.reference, each.name) for each in people.people(actor)]


def of_children(actor: Actor) -> Listed:
    return [(each.record.reference, each.label) for each in children.children(actor)]


def of_contracts(actor: Actor, review: Review) -> Listed:
    rows = programme.contracts(actor, review.partnership)
    return [(each.record.reference, each.title) for each in rows]


def of_lines(actor: Actor, review: Review) -> Listed:
    return [(str(e.pk), f"{e.number}. {e.question}"[:120]) for e in queries.lines(actor, review)]


def seat_of(actor: Actor, review: Review, reference: str) -> Any:
    return queries.seats_of(actor, review).filter(record__reference=reference).first()


def body_of(actor: Actor, review: Review, reference: str) -> Any:
    rows = seats.bodies(actor).filter(partnership=review.partnership)
    return rows.get(record__reference=reference)


def person_of(actor: Actor, reference: str) -> Any:
    return people.person(actor, reference) if reference else None


def contract_of(actor: Actor, reference: str) -> Any:
    return programme.contract(actor, reference) if reference else None


def agency_of(actor: Actor, review: Review, reference: str) -> Any:
    return queries.agencies_of(actor, review).filter(record__reference=reference).first()


def partner_of(actor: Actor, review: Review, reference: str) -> Record:
    """One of those who take part, or might."""
    here = [*queries.partners(actor, review), *queries.others(actor, review.partnership)]
    found = next((each for each in here if each.reference == reference), None)
    if found is None:
        raise Invalid("Choose a partnership.", field="partnership")
    return found


def record_of(actor: Actor, reference: str, field: str) -> Record | None:
    """A record by the reference that was typed, or nothing where nothing was."""
    typed = reference.strip().upper()
    if not typed:
        return None
    try:
        return fetch_record(actor, typed)
    except Record.DoesNotExist:
        raise Invalid(
            f"There is no record {typed}.", field=field, mend="Check the reference."
        ) from None


def commission_choices(actor: Actor, homes: list[Record]) -> dict[str, Listed]:
    """What a review can be begun with, in every partnership where the actor may begin one."""
    bodies = seats.bodies(actor).filter(partnership__in=homes)
    listed = [(each.record.reference, each.name) for each in bodies]
    areas = [
        (area.key, area.name)
        for home in agencies.partnerships(actor).filter(pk__in=homes)
        for area in agencies.own_areas(actor, home)
    ]
    others = {each.pk: each for home in homes for each in queries.others(actor, home)}
    return {
        "partnership": of_records(homes),
        "group": listed,
        "decided_by": listed,
        "area": areas,
        "children": of_children(actor),
        "partners": of_records(others.values()),
    }

"""The rows that a cast names as kind:key."""

from __future__ import annotations

from concordat.domain.assurance.exchange.rules.cast import Cast
from concordat.domain.base.agencies.models import Agency, Partnership
from concordat.domain.base.records.models import Record
from concordat.domain.base.seats.models import Body, Seat
from concordat.domain.governance.arrangements.models import Arrangements
from concordat.kernel.errors import Invalid

_KINDS: dict[str, type[Body] | type[Seat] | type[Agency] | type[Arrangements]] = {
    "agencies": Agency,
    "arrangements": Arrangements,
    "bodies": Body,
    "seats": Seat,
}


def record_of(cast: Cast, told: str) -> Record:
    """The record that a cast names as kind:key; a document by the title of its paper."""
    kind, _, key = told.partition(":")
    home = Partnership.objects.get(key=cast.partnership)
    if kind == "documents":
        paper = next(each for each in cast.documents if each.key == key)
        return Record.objects.get(partnership=home.pk, title=paper.title)
    row = _KINDS[kind]._default_manager.select_related("record").get(partnership=home.pk, key=key)
    return row.record


def seat_of(cast: Cast, key: str) -> Seat:
    return Seat.objects.select_related("record").get(
        partnership__partnership_row__key=cast.partnership, key=key
    )


def owner_of(cast: Cast, told: str) -> Seat | Agency:
    """The seat or agency that a cast names as the owner of an action."""
    kind, _, key = told.partition(":")
    if kind == "seats":
        return seat_of(cast, key)
    if kind != "agencies":
        raise Invalid(f"“{told}” cannot own an action.", field="owner")
    rows = Agency.objects.select_related("record", "partnership")
    return rows.get(partnership__partnership_row__key=cast.partnership, key=key)

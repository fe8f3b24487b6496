"""The areas that join a rapid review without leading it: let in to its head, and told."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from concordat.domain.base.agencies.models import Area
from concordat.domain.base.asks.models import Ask
from concordat.domain.base.asks.operations import clear_asks
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.records import operations as records
from concordat.domain.base.records.models import Grant, Share
from concordat.domain.base.records.operations import happened, operation
from concordat.domain.base.records.rules import Cut, Level
from concordat.domain.base.seats.models import Seat
from concordat.domain.practice.reviews.models import Incident
from concordat.domain.practice.reviews.operations import taking
from concordat.domain.practice.reviews.queries import incident_facts as here
from concordat.domain.practice.reviews.queries import incident_people as people
from concordat.domain.practice.reviews.rules.life import REVIEWED, may_contribute, needed
from concordat.domain.practice.reviews.rules.places import LEAD, OLD_LEAD
from concordat.kernel.actor import Actor

JOINS = "Its area joins the rapid review."
BY_HAND = "Nobody sits there who speaks for a partner: tell them by hand."
JOINS_NO_MORE = "Its area does not join any more"


def let_join(actor: Actor, row: Incident) -> None:
    """Let in who speaks for the areas that join, by a share of the summary, and shut out those of
    an area that does so no longer. Whoever runs the case may share more."""
    if row.stage not in REVIEWED:
        return
    areas = people.joining(actor, row)
    for area in areas:
        _let_in(actor, row, area)
    _shut_out(actor, row, {area.partnership_id for area in areas})


def _let_in(actor: Actor, row: Incident, area: Area) -> None:
    by, seats = taking.on_behalf(actor), people.seats_that_join(actor, area)
    if taking.share_once(by, row.record, area.partnership, JOINS, Cut.SUMMARY):
        taking.tell(actor, row, f"{area.name} joins"[:100], JOINS if seats else BY_HAND)
    new = taking.let_in(actor, row.record, seats, Level.SEE, JOINS)
    clock = here.review_clock(actor, row)
    taking.ask(
        actor, row, new, Errand.CONFIRM, join_asked(row, area),
        f"{area.name} joins in, and another area leads ({OLD_LEAD if row.old_board else LEAD})",
        clock.due if clock else None,
    )  # fmt: skip


def join_asked(row: Incident, area: Area) -> str:
    return f"who takes part for {area.name} in the review of {row.record.reference}"


@operation
def contribute(
    actor: Actor, *, incident: Incident, words: str, seen_version: int | None = None
) -> Incident:
    """Say for an area that joins who takes part, and what is known there. It decides nothing: the
    partners of the place of the incident do."""
    held = taking.taken(actor, incident, "", may_contribute, seen_version=seen_version)
    said = needed("words", words, "Say who takes part, and what your area knows.")
    mine = [each for each in people.joining(actor, held) if people.joins_for(actor, each)]
    for area in mine:
        taking.clear(actor, held, "Said", Errand.CONFIRM, what=join_asked(held, area))
        taking.tell(actor, held, f"{area.name} says who takes part"[:100], said)
    happened(actor, "joining area heard", held.record, after={"areas": [each.key for each in mine]})
    return held


def _shut_out(actor: Actor, row: Incident, still: set[UUID]) -> None:
    by, last = taking.on_behalf(actor), actor.on - timedelta(days=1)
    rows = Share.objects.filter(record=row.record, to_day=None, reason=JOINS)
    for share in rows.exclude(partnership__in=still).select_related("partnership"):
        records.end_share(by, share=share, on=last, reason=JOINS_NO_MORE)
        seats = Seat.objects.filter(partnership=share.partnership_id)
        given = Grant.objects.filter(
            record=row.record, grantee__in=seats.values("pk"), to_day=None, reason=JOINS
        )
        taking.let_out(actor, given, JOINS_NO_MORE)
        asked = Ask.objects.filter(record=row.record, errand=Errand.CONFIRM).values("seat")
        for seat in seats.filter(pk__in=asked):
            clear_asks(
                actor, record=row.record, errand=Errand.CONFIRM, seat=seat, outcome=JOINS_NO_MORE
            )

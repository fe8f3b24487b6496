"""What runs beside a review: it may stop publication, and never stops the clock."""

from __future__ import annotations

from datetime import date

from concordat.domain.base.clocks import operations as clocks
from concordat.domain.base.records.operations import (
    happened,
    operation,
    place_hold,
    release_hold,
)
from concordat.domain.base.records.rules import Verb
from concordat.domain.practice.reviews import queries
from concordat.domain.practice.reviews.models import ParallelProceeding, Review
from concordat.domain.practice.reviews.operations.desk_taking import taken
from concordat.domain.practice.reviews.queries.reviews import PUBLISH
from concordat.domain.practice.reviews.rules import desk
from concordat.domain.practice.reviews.rules.desk import Proceeding
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Refused


@operation
def begin_proceeding(
    actor: Actor,
    *,
    review: Review,
    kind: Proceeding,
    what: str,
    holds: bool,
    waits: str = "",
    expected: date | None = None,
    seen_version: int | None = None,
) -> ParallelProceeding:
    """Record what runs beside it, what waits for it, and whether publication is stopped."""
    row = taken(actor, review, seen_version=seen_version)
    told = desk.needed("what", what, "Say what it is, without a name.", desk.LONGEST_LINE)
    hold = None
    if holds:
        reason = f"{kind.label}: {desk.needed('waits', waits, 'Say why publication waits.')}"
        hold = place_hold(actor, record=row.record, blocks=Verb.PUBLISH, reason=reason, on=actor.on)
    made = ParallelProceeding.objects.create(
        review=row,
        kind=kind,
        what=told,
        waits=waits.strip(),
        hold=hold,
        expected=expected,
        began_on=actor.on,
    )
    happened(
        actor, "proceeding beside review recorded", row.record, reason=made.waits,
        after={"kind": kind, "stops publication": holds, "expected": expected},
    )  # fmt: skip
    return made


@operation
def end_proceeding(
    actor: Actor,
    *,
    proceeding: ParallelProceeding,
    how: str,
    seen_version: int | None = None,
) -> ParallelProceeding:
    """Record how it ended; what it stopped is free again."""
    row = taken(actor, proceeding.review, seen_version=seen_version)
    held = ParallelProceeding.objects.select_related("hold").get(pk=proceeding.pk)
    if held.ended_on:
        raise Refused("This has ended already.")
    held.ended_on, held.ended_how = actor.on, desk.needed("how", how, "Say how it ended.")
    held.save()
    if held.hold and held.hold.released_on is None:
        release_hold(actor, hold=held.hold, reason=held.ended_how, on=actor.on)
    happened(
        actor, "proceeding beside review ended", row.record, reason=held.ended_how,
        after={"kind": held.kind},
    )  # fmt: skip
    return held


@operation
def explain_delay(
    actor: Actor,
    *,
    review: Review,
    reason: str,
    told: str = "",
    expected_on: date | None = None,
    seen_version: int | None = None,
) -> Review:
    """Say why the report is late, or will be, and who was told. The six months do not move."""
    row = taken(actor, review, seen_version=seen_version)
    clock = queries.clock_of(actor, row, PUBLISH)
    if clock is None:
        raise Refused("No clock for publication runs on this review.")
    clocks.explain(actor, clock=clock, reason=reason, told=told, expected_on=expected_on)
    return row

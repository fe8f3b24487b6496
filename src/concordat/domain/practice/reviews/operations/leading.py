"""Taking over the lead of an incident that another partnership told and passed on.

Who leads keeps it as a record of its own, on its own area's grounds, under its own clocks: they
run from the day on which its own council became aware. Whoever passed it on contributes.
"""

from __future__ import annotations

from datetime import datetime

from concordat.domain.base.agencies.models import Area
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.records import operations as records
from concordat.domain.base.records.operations import happened, operation
from concordat.domain.base.records.queries import cut_for
from concordat.domain.base.records.rules import Cut, Level
from concordat.domain.practice.reviews.models import Incident, IncidentPlace
from concordat.domain.practice.reviews.operations import taking
from concordat.domain.practice.reviews.operations.telling import Facts, Where, tell
from concordat.domain.practice.reviews.queries import incident_people as people
from concordat.domain.practice.reviews.rules import Belief, Harm, Standing
from concordat.domain.practice.reviews.rules.life import may_take_over
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid

_HOMES = (IncidentPlace.Which.HOME, IncidentPlace.Which.PLACED_BY)


@operation
def take_over(
    actor: Actor, *, incident: Incident, known_at: datetime, area: Area | None = None,
    label: str = "", seen_version: int | None = None,
) -> Incident:  # fmt: skip
    """Take over the lead of what was passed on: told anew in the partnership that leads, with as
    much of it as was shared. `known_at` is when its own council became aware; `area` its own.

    Raises `Refused` where nothing about a child of the area may be kept yet.
    """
    held = taking.taken(actor, incident, "take over", may_take_over, seen_version=seen_version)
    led = people.passed_to(actor, held)
    assert led is not None  # noqa: S101 - nobody may take over otherwise
    own = area or led
    if own.partnership_id != led.partnership_id:
        raise Invalid("Choose an area of your own partnership.", field="area")
    whole = cut_for(actor, held.record) is Cut.WHOLE
    made = tell(
        actor,
        partnership=own.partnership,
        area=own,
        facts=_facts(held, known_at, whole=whole),
        label=label or (held.child.label if whole and held.child else ""),
    )
    _share_back(actor, held, made)
    held.same_as = made
    held.save(update_fields=["same_as"])
    taking.clear(actor, held, "Taken over", Errand.CONFIRM)
    name = f"{own.name} took over the lead"[:100]
    taking.tell(actor, held, name, f"It goes on as {made.record.reference}")
    taking.tell(actor, made, "Taken over", f"It was told as {held.record.reference}")
    happened(
        actor, "lead taken over", held.record,
        after={"as": made.record.reference, "by": own.name, "cut": "whole" if whole else "summary"},
    )  # fmt: skip
    return made


def _facts(held: Incident, known_at: datetime, *, whole: bool) -> Facts:
    """What was shared. A summary tells neither what happened to the child nor who it is."""
    if not whole:
        return Facts(
            known_at=known_at,
            happened_on=held.happened_on,
            happened_where=held.happened_where,
        )
    homes = {
        each.which: Where(each.name, each.area, each.england)
        for each in IncidentPlace.objects.filter(incident=held, which__in=_HOMES)
    }
    home, placed = (homes.get(each, Where()) for each in _HOMES)
    return Facts(
        known_at=known_at,
        happened_on=held.happened_on,
        happened_where=held.happened_where,
        belief=Belief(held.belief),
        belief_on=held.belief_on,
        harm=Harm(held.harm),
        harm_on=held.harm_on,
        died_at=held.died_at,
        age=held.age,
        standings=[Standing(each) for each in held.standings],
        home=home,
        placed_by=placed,
        form=held.form,
    )


def _share_back(actor: Actor, held: Incident, made: Incident) -> None:
    """Whoever passed it on contributes, and finds the head of what is made of it."""
    by, why = taking.on_behalf(actor), "They told it, and contribute."
    records.share(
        by, record=made.record, partnership=held.partnership, reason=why, from_day=actor.on,
        cut=Cut.SUMMARY,
    )  # fmt: skip
    theirs = people.seats_that_run(actor, held.partnership_id)
    taking.let_in(actor, made.record, theirs, Level.SEE, why)

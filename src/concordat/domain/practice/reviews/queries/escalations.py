"""Disagreements that an actor may see, the policy they follow, and figures that tell no case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.clocks.queries.days import days_of
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.queries import fetch, visible
from concordat.domain.base.records.rules import is_reference
from concordat.domain.base.seats.models import Seat
from concordat.domain.practice.reviews.models import (
    Escalation,
    EscalationPolicy,
    EscalationStep,
    EscalationTurn,
)
from concordat.domain.practice.reviews.queries.referrals import MOST_CHOSEN, runs, seats_of
from concordat.domain.practice.reviews.rules.escalations import (
    Ended,
    EscalationPart,
    EscalationState,
    figures,
    log_in_a_sentence,
)
from concordat.kernel.actor import Actor
from concordat.kernel.calendar import WorkingDays

MOST_COUNTED = 2_000
_WHOLE = ("record__partnership", "record__owner", "partnership", "seat__record", "agency",
          "other__record")  # fmt: skip


def working_days(actor: Actor, home: Record) -> WorkingDays:
    return days_of(actor, [home.pk]).for_rule(None, home.pk, None)[0]


def escalations(actor: Actor) -> QuerySet[Escalation]:
    """What the actor may open: open ones first, the oldest before the others."""
    waits = When(state=EscalationState.OPEN, then=Value(0))
    place = Case(waits, default=Value(1), output_field=IntegerField())
    rows = Escalation.objects.select_related(*_WHOLE).prefetch_related("steps")
    return visible(actor, rows).annotate(place=place).order_by("place", "raised_on", "pk")


def escalation(actor: Actor, reference: str) -> Escalation:
    """Raises DoesNotExist, or `Restricted`, as for any record."""
    if not is_reference(reference):
        raise Escalation.DoesNotExist
    return fetch(actor, Escalation.objects.select_related(*_WHOLE), record__reference=reference)


def part_in(actor: Actor, row: Escalation) -> EscalationPart:
    seats = {held.seat for held in seats_of(actor)}
    asked = EscalationStep.objects.filter(escalation=row.pk).filter(
        Q(ours__in=seats) | Q(theirs__in=seats)
    )
    every = list(asked)
    now = [step for step in every if step.number == row.number]
    return EscalationPart(
        raised=row.seat_id in seats,
        asked=bool(every),
        ours=any(step.ours_id in seats for step in now),
        theirs=any(step.theirs_id in seats for step in now),
        secretariat=runs(actor, row.partnership_id),
    )


def steps(actor: Actor, row: Escalation) -> QuerySet[EscalationStep]:
    open_ = visible(actor, Escalation.objects.filter(pk=row.pk))
    rows = EscalationStep.objects.filter(escalation__in=open_.values("pk"))
    return rows.select_related("ours__agency", "theirs__agency").order_by("number")


def turns(actor: Actor, row: Escalation) -> QuerySet[EscalationTurn]:
    open_ = visible(actor, Escalation.objects.filter(pk=row.pk))
    rows = EscalationTurn.objects.filter(escalation__in=open_.values("pk"))
    return rows.order_by("-on", "-pk")


def policy(actor: Actor, home: Record, on: date | None = None) -> EscalationPolicy | None:
    """The policy of a partnership on a day; today's where none is given."""
    day = on or actor.on
    rows = EscalationPolicy.objects.filter(partnership=home, from_day__lte=day)
    rows = rows.filter(Q(to_day=None) | Q(to_day__gte=day))
    return rows.order_by("-from_day").first()


def policies(actor: Actor, home: Record) -> QuerySet[EscalationPolicy]:
    rows = EscalationPolicy.objects.filter(partnership=home)
    return visible(actor, rows, record="partnership").order_by("-from_day", "-pk")


def raises_for(actor: Actor, home: Record) -> QuerySet[Seat]:
    mine = [held.seat for held in actor.seats if held.partnership == home.pk]
    return Seat.objects.filter(pk__in=mine, agency__isnull=False).select_related("record", "agency")


def people_of(actor: Actor, home: Record) -> list[Seat]:
    """Seats there that speak for an agency."""
    seats = Seat.objects.filter(partnership=home.pk, to_text="", agency__isnull=False)
    seats = visible(actor, seats.select_related("record", "agency", "body"))
    return list(seats.order_by("agency__name", "role")[:MOST_CHOSEN])


def others(actor: Actor, home: Record) -> QuerySet[Agency]:
    """Agencies there with somebody who can be asked."""
    seats = Seat.objects.filter(partnership=home.pk, to_text="", agency__isnull=False)
    rows = Agency.objects.filter(pk__in=seats.values("agency")).select_related("record")
    return visible(actor, rows).order_by("name")


def in_a_sentence(actor: Actor, rows: QuerySet[Escalation]) -> str:
    waits = rows.order_by().filter(state=EscalationState.OPEN)
    late = EscalationStep.objects.filter(
        escalation__in=waits.values("pk"), ended_on=None, due__lt=actor.on
    )
    return log_in_a_sentence(waits.count(), late.count())


def figures_of(actor: Actor, homes: Sequence[Record]) -> dict[UUID, dict[str, dict[str, str]]]:
    """How many by stage and by outcome in each partnership in which the actor sits: no case is
    opened, and no small number is told."""
    mine = [home.pk for home in homes if home.pk in actor.partnerships]
    found: dict[UUID, list[Ended]] = {home: [] for home in mine}
    rows = Escalation.objects.filter(partnership__in=mine).prefetch_related("steps")
    for row in rows.order_by("-raised_on", "pk")[:MOST_COUNTED]:
        found[row.partnership_id].append(
            Ended(
                stage=row.stage.name,
                outcome=row.get_outcome_display() or row.state_is.label,
                late=any(step.is_late(actor.on) for step in row.steps.all()),
            )
        )
    return {
        home: {name: dict(told) for name, told in figures(ended).items()}
        for home, ended in found.items()
    }

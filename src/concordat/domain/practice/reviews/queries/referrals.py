"""Referrals that an actor may see: a partnership's own, and a group's caseload."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from concordat.domain.base.people.models import Person
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.queries import fetch, visible
from concordat.domain.base.records.queries.access import partnership_records
from concordat.domain.base.records.rules import SCOPED, Verb, is_reference, offices_that_may
from concordat.domain.base.seats.models import Body, Seat
from concordat.domain.base.seats.queries import seats_held
from concordat.domain.practice.reviews.models import (
    LearningReferral,
    ReferralGroup,
    ReferralTurn,
)
from concordat.domain.practice.reviews.rules.referrals import (
    OPEN_REFERRALS,
    SHARED_STAGES,
    ReferralPart,
    ReferralStage,
    may_be_second,
)
from concordat.kernel.actor import Actor, Kind, SeatHeld

MOST_CHOSEN = 200
PUT_DOWN = ("Referred", "Referred again")
_WHOLE = ("record__partnership", "record__owner", "partnership", "agency", "seat__record",
          "seat__agency", "second__record", "second__agency", "group__record", "link")  # fmt: skip


def runs(actor: Actor, home: UUID) -> bool:
    """Whether the actor is of a partnership's secretariat, and may change things for it."""
    if actor.kind is Kind.PROCESS:
        return True
    if actor.kind in SCOPED and Verb.CHANGE not in actor.scope:
        return False
    return actor.holds(*offices_that_may(Verb.CHANGE), partnership=home)


def seats_of(actor: Actor) -> tuple[SeatHeld, ...]:
    """The actor's seats, and those of whoever acts for them: nobody agrees with themselves."""
    hand = seats_held(actor.hand_person, on=actor.on) if actor.hand_person else ()
    return (*actor.seats, *hand)


def part_in(actor: Actor, row: LearningReferral) -> ReferralPart:
    if actor.kind is Kind.GUEST:
        return ReferralPart(refers=row.pk in actor.admitted)
    mine = seats_of(actor)
    seats = {held.seat for held in mine}
    return ReferralPart(
        refers=row.seat_id in seats,
        seconds=row.second_id in seats and row.seat_id not in seats,
        groups=row.group_id in {held.body for held in mine},
        secretariat=runs(actor, row.partnership_id),
        told=put_down_by(actor, row),
    )


def put_down_by(actor: Actor, row: LearningReferral) -> bool:
    """Whether the person at the keyboard, or for whom they act, told it: from a seat that they may
    have left, for somebody else, or by a link."""
    people = [each for each in (actor.person, actor.hand_person) if each]
    if not people:
        return False
    turns = ReferralTurn.objects.filter(referral=row.pk, what__in=PUT_DOWN, person__in=people)
    known = Person.objects.filter(pk__in=people).exclude(email="")
    return turns.exists() or (bool(row.email) and known.filter(email__iexact=row.email).exists())


def referrals(actor: Actor) -> QuerySet[LearningReferral]:
    """Referrals that the actor may open: what waits first, the newest before the others."""
    waits = When(stage__in=OPEN_REFERRALS, then=Value(0))
    place = Case(waits, default=Value(1), output_field=IntegerField())
    rows = LearningReferral.objects.select_related(*_WHOLE)
    return visible(actor, rows).annotate(place=place).order_by("place", "-record__opened", "pk")


def referral(actor: Actor, reference: str) -> LearningReferral:
    """Raises DoesNotExist, or `Restricted`, as for any record."""
    if not is_reference(reference):
        raise LearningReferral.DoesNotExist
    return fetch(
        actor, LearningReferral.objects.select_related(*_WHOLE), record__reference=reference
    )


def caseload(actor: Actor, group: Body) -> QuerySet[LearningReferral]:
    """What one group has before it, works on and has learnt from, whoever's it is."""
    return referrals(actor).filter(group=group, stage__in=SHARED_STAGES)


def caseloads(actor: Actor) -> QuerySet[Body]:
    """The groups with a caseload in which the actor sits, or which serve a partnership of theirs,
    or are of one that they run."""
    rows = ReferralGroup.objects.filter(to_day=None)
    run = [home for home in actor.partnerships if runs(actor, home)]
    sits = Q(pk__in=actor.bodies) | Q(record__partnership__in=run)
    runs_ = Q(pk__in=rows.filter(partnership__in=actor.partnerships).values("body"))
    bodies = Body.objects.filter(pk__in=rows.values("body")).select_related("record__partnership")
    return bodies if actor.kind is Kind.PROCESS else bodies.filter(sits | runs_).order_by("name")


def group_of_reference(actor: Actor, reference: str) -> Body:
    """A group with a caseload. Raises DoesNotExist for any other."""
    return caseloads(actor).get(record__reference=reference)


def group_of(actor: Actor, home: Record) -> ReferralGroup | None:
    """Which group has a partnership's referrals on its caseload today."""
    if actor.kind is not Kind.PROCESS and home.pk not in actor.partnerships:
        return None
    rows = ReferralGroup.objects.select_related("body__record__partnership")
    return rows.filter(partnership=home, to_day=None).first()


def turns(actor: Actor, row: LearningReferral) -> QuerySet[ReferralTurn]:
    open_ = visible(actor, LearningReferral.objects.filter(pk=row.pk))
    rows = ReferralTurn.objects.filter(referral__in=open_.values("pk"))
    return rows.order_by("-on", "-pk")


def why_back(actor: Actor, row: LearningReferral) -> str:
    """With which reason it came back to whoever referred it, while it waits for them."""
    if row.stage_is not in (ReferralStage.NOT_AGREED, ReferralStage.RETURNED):
        return ""
    last = turns(actor, row).filter(what__in=("Not agreed", "Returned by the group")).first()
    return last.words if last else ""


def homes(actor: Actor) -> list[Record]:
    """The partnerships in which the actor refers something."""
    return list(partnership_records(actor).order_by("title"))


def run_by(actor: Actor) -> list[Record]:
    return [home for home in homes(actor) if runs(actor, home.pk)]


def refers_for(actor: Actor, home: Record) -> QuerySet[Seat]:
    """The actor's seats there which speak for an agency."""
    mine = [held.seat for held in actor.seats if held.partnership == home.pk]
    return Seat.objects.filter(pk__in=mine, agency__isnull=False).select_related("record", "agency")


def speaks_for_an_agency(actor: Actor) -> bool:
    """Whether any seat of the actor speaks for an agency: only those refer or disagree."""
    mine = [held.seat for held in actor.seats]
    return Seat.objects.filter(pk__in=mine, agency__isnull=False).exists()


def seconds(actor: Actor, home: Record, row: LearningReferral | None = None) -> list[Seat]:
    """Seats there that may be asked whether they agree: not of whoever refers, nor of their
    agency. Before it is told, any that speaks for an agency and is not the actor's."""
    mine = {held.seat for held in actor.seats}
    seats = Seat.objects.filter(partnership=home.pk, to_text="", agency__isnull=False)
    seats = visible(actor, seats.select_related("record", "agency", "body"))
    rows = seats.order_by("agency__name", "role")[:MOST_CHOSEN]
    if row is None:
        return [seat for seat in rows if seat.pk not in mine]
    return [
        seat
        for seat in rows
        if may_be_second(
            referrer=row.seat_id,
            referring=row.agency_id,
            second=seat.pk,
            seconding=seat.agency_id,
        )
    ]


def waiting(actor: Actor) -> int:
    """How many wait for a second person's agreement."""
    return referrals(actor).order_by().filter(stage=ReferralStage.REFERRED).count()

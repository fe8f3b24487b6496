"""A shared group: whom it serves, which reviews are before it, and its joint events."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, F, Min, Q, QuerySet

from concordat.domain.base.clocks.models import Clock
from concordat.domain.base.clocks.rules import OPEN as RUNNING
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.queries import fetch, visible
from concordat.domain.base.records.rules import is_reference
from concordat.domain.base.seats.models import Body
from concordat.domain.practice.reviews.models import (
    GroupCase,
    GroupEvent,
    GroupFollowUp,
    Incident,
    LearningReferral,
    ReferralGroup,
    Review,
)
from concordat.domain.practice.reviews.queries.referrals import caseload, runs
from concordat.domain.practice.reviews.rules.joint import EventPart
from concordat.domain.practice.reviews.rules.referrals import ReferralStage
from concordat.kernel.actor import Actor, Kind

MOST_DRAWN = 60
_EVENT = ("record__partnership", "record__owner", "group__record__partnership")


@dataclass(frozen=True, slots=True)
class Head:
    """A case before a group as each member of it reads it: nothing of a child, of what happened or
    of what was found. `opens` is whether the actor opens the case itself."""

    case: GroupCase
    reference: str
    what: str
    lead: str
    stage: str
    due: date | None
    opens: bool


def serves(group: Body) -> list[Record]:
    """The partnerships whose referrals and cases go to a group. Its own is one of them only where
    its cases go there too: a group may be that of a programme, which is no borough."""
    rows = ReferralGroup.objects.filter(body=group, to_day=None).select_related("partnership")
    return sorted((each.partnership for each in rows), key=lambda each: each.title)


def serving(home: UUID) -> Body | None:
    """The group to whose caseload a partnership's cases go today."""
    rows = ReferralGroup.objects.filter(partnership=home, to_day=None)
    found = rows.select_related("body__record__partnership").first()
    return found.body if found else None


def sits_in(actor: Actor, group: Body) -> bool:
    """Whether the actor sits in the group, or runs the partnership whose it is."""
    home = group.record.partnership_id
    return group.pk in actor.bodies or (home is not None and runs(actor, home))


def may_read(actor: Actor, group: Body) -> bool:
    """Whether the actor reads the cases before a group: whoever sits in it, and whoever runs a
    partnership that it serves. Others of those partnerships find its page and no case on it."""
    if actor.kind is Kind.PROCESS or sits_in(actor, group):
        return True
    return any(runs(actor, each.pk) for each in serves(group))


def cases_before(actor: Actor, group: Body) -> QuerySet[GroupCase]:
    """The open cases before a group, for whoever reads its caseload; the newest first."""
    rows = GroupCase.objects.filter(group=group, off_on=None)
    rows = rows.select_related("review__record", "review__partnership", "incident__record",
                               "incident__partnership")  # fmt: skip
    return (rows if may_read(actor, group) else rows.none()).order_by("-put_on", "-pk")


def heads(actor: Actor, cases: Iterable[GroupCase]) -> list[Head]:
    rows = list(cases)
    keys = [each.about.pk for each in rows]
    opens = {
        *visible(actor, Review.objects.filter(pk__in=keys)).values_list("pk", flat=True),
        *visible(actor, Incident.objects.filter(pk__in=keys)).values_list("pk", flat=True),
    }
    running = Clock.objects.filter(record__in=keys, stage__in=RUNNING, due__isnull=False)
    due = dict(running.values_list("record").annotate(first=Min("due")))
    return [
        Head(
            each,
            each.about.record.reference,
            "Local review" if each.review else "Rapid review",
            each.about.partnership.title,
            each.about.stage_is.label,
            due.get(each.about.pk),
            each.about.pk in opens,
        )
        for each in rows
    ]


def case_before(actor: Actor, group: Body, pk: int) -> GroupCase:
    """Raises DoesNotExist for whoever does not read the caseload."""
    found: GroupCase = cases_before(actor, group).get(pk=pk)
    return found


def may_be_put(actor: Actor, about: Review | Incident) -> bool:
    """Whether a group serves the partnership of a case and does not have it before it."""
    group = serving(about.partnership_id)
    return group is not None and not before_groups(actor, about).filter(group=group).exists()


def before_groups(actor: Actor, about: Review | Incident) -> QuerySet[GroupCase]:
    """Before which groups a case is now, for whoever opens the case."""
    mine = visible(actor, type(about).objects.filter(pk=about.pk)).values("pk")
    is_it = Q(review__in=mine) if isinstance(about, Review) else Q(incident__in=mine)
    rows = GroupCase.objects.filter(is_it, off_on=None)
    return rows.select_related("group__record").order_by("pk")


def drawable(actor: Actor, group: Body) -> tuple[list[GroupCase], list[LearningReferral]]:
    """What on the caseload an event may draw on: cases before it, and referrals taken on."""
    taken = (ReferralStage.CASELOAD, ReferralStage.LEARNT)
    referrals = caseload(actor, group).filter(stage__in=taken)
    return list(cases_before(actor, group)[:MOST_DRAWN]), list(referrals[:MOST_DRAWN])


def group_events(actor: Actor) -> QuerySet[GroupEvent]:
    """Joint events that the actor may open, those ahead first; each with how many follow-ups are
    not done and when the first of them is due."""
    left = Q(follow_ups__id__isnull=False, follow_ups__done_on=None)
    rows = visible(actor, GroupEvent.objects.select_related(*_EVENT)).annotate(
        left=Count("follow_ups", filter=left),
        left_due=Min("follow_ups__due", filter=left),
    )
    return rows.order_by("stage", "-on", "pk")


def events_of_group(actor: Actor, group: Body) -> QuerySet[GroupEvent]:
    rows = group_events(actor).filter(group=group)
    return rows.prefetch_related("attendance", "follow_ups").order_by("-on", "pk")


def group_event(actor: Actor, reference: str) -> GroupEvent:
    """Raises DoesNotExist or `Restricted` as for any record."""
    if not is_reference(reference):
        raise GroupEvent.DoesNotExist
    return fetch(actor, GroupEvent.objects.select_related(*_EVENT), record__reference=reference)


def boroughs_for(actor: Actor, event: GroupEvent) -> list[Record]:
    """The partnerships for which the actor tells who came and what follows."""
    every = serves(event.group)
    if actor.kind is Kind.PROCESS or sits_in(actor, event.group):
        return every
    return [each for each in every if runs(actor, each.pk)]


def follows(actor: Actor, event: GroupEvent) -> QuerySet[GroupFollowUp]:
    rows = GroupFollowUp.objects.filter(event=event).select_related("partnership", "owner__body")
    rows = visible(actor, rows, record="event__record")
    return rows.order_by(F("done_on").asc(nulls_first=True), "due", "pk")


def may_do(actor: Actor, event: GroupEvent) -> list[GroupFollowUp]:
    """What follows and is not done, of which the actor says that it is."""
    mine, told = {held.seat for held in actor.seats}, boroughs_for(actor, event)
    return [
        each
        for each in follows(actor, event).filter(done_on=None)
        if each.owner_id in mine or each.partnership in told
    ]


def part_in_event(actor: Actor, event: GroupEvent) -> EventPart:
    own = GroupFollowUp.objects.filter(
        event=event, done_on=None, owner__in=[held.seat for held in actor.seats]
    )
    return EventPart(
        group=actor.kind is Kind.PROCESS or sits_in(actor, event.group),
        borough=bool(boroughs_for(actor, event)),
        owes=own.exists(),
    )

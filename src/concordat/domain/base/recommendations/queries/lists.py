"""Recommendations as lists, each page of which costs the same however many there are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Coalesce

from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.recommendations import rules
from concordat.domain.base.recommendations.models import Caseload, Recommendation, Shown
from concordat.domain.base.recommendations.rules import (
    FRAMED,
    OPEN,
    OVER,
    Nature,
    Showing,
    Stage,
    Tally,
    Wanting,
)
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.queries import can, visible
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats.models import Body, Post, Seat
from concordat.domain.base.seats.queries import posts, seats
from concordat.kernel.actor import Actor, Kind

MOST_COUNTED = 500
_SHOWN = (
    *("record", "from_record", "agency", "body", "seat__body", "owner", "set_by", "worked_by"),
)
_ORDER = ("rank", "due_day", "record")


def recommendations(actor: Actor) -> QuerySet[Recommendation]:
    """Recommendations that the actor may open, what is owed first, each with what its row shows.

    `others` is how many more the actor may open that a person found to be the same.
    """
    rows = visible(actor, Recommendation.objects.select_related(*_SHOWN))
    return rows.annotate(others=_others(actor)).order_by(*_ORDER)


def _others(actor: Actor) -> CombinedExpression:
    same = visible(actor, Recommendation.objects.filter(strand=OuterRef("strand")))
    many = same.order_by().values("strand").annotate(many=Count("pk")).values("many")
    return Coalesce(Subquery(many, output_field=IntegerField()), 1) - 1


def listed(
    actor: Actor,
    *,
    stages: Sequence[str] = (),
    wanting: str = "",
    origin: str = "",
    agency: UUID | None = None,
    body: UUID | None = None,
    nature: str = "",
    level: str = "",
    mine: bool = False,
    seat: UUID | None = None,
    outside: str = "",
    due_by: date | None = None,
) -> QuerySet[Recommendation]:
    """Those of the actor's partnerships, narrowed. `nature` may be "none": judged by nobody.
    `outside` is some of the words of an addressee outside; `due_by` leaves what is over."""
    rows = recommendations(actor)
    if actor.kind is not Kind.PROCESS:
        rows = rows.filter(partnership__in=actor.partnerships)
    for name, value in {
        "from_kind": origin,
        "agency": agency,
        "body": body,
        "seat": seat,
        "outside__icontains": outside,
        "level": level,
    }.items():
        rows = rows.filter(**{name: value}) if value else rows
    if due_by:
        rows = rows.filter(~Q(rank=OVER), due_day__lte=due_by)
    if nature:
        rows = rows.filter(nature="" if nature == NOT_JUDGED else nature)
    rows = rows.filter(stage__in=stages) if stages else rows
    rows = rows.filter(asked__in=[held.seat for held in actor.seats]) if mine else rows
    return _wanting(rows, wanting, actor.on) if wanting else rows


NOT_JUDGED = "none"


def _wanting(rows: QuerySet[Recommendation], wanting: str, today: date) -> QuerySet[Recommendation]:
    """Only those to which something is wanting; what is over wants nothing."""
    after = Shown.objects.filter(recommendation=OuterRef("pk"), kind=Showing.AFTER)
    after = after.filter(on__gte=OuterRef("done_on"))  # of this round: what is older is of another
    live = ~Q(rank=OVER)
    found = {
        Wanting.OVERDUE: Q(stage=Stage.ACCEPTED, due_day__lt=today),
        Wanting.OWNER: Q(stage__in=OPEN, owner=None),
        Wanting.ADDRESSEE: live & Q(agency=None, body=None, seat=None, outside=""),
        Wanting.MEASURE: live & Q(measure=""),
        Wanting.AFTER: Q(stage=Stage.ADEQUATE) & ~Exists(after),
        Wanting.LONG: Q(stage__in=OPEN, record__opened__lt=rules.long_open_before(today)),
        Wanting.REPEATED: Q(others__gt=0),
    }[Wanting(wanting)]
    return rows.filter(found)


def in_a_sentence(actor: Actor, rows: QuerySet[Recommendation]) -> str:
    """What is open, late, without an owner and still framed among these; at most 500 of each."""

    def many(*of: Q) -> int:
        return rows.order_by().filter(*of)[: MOST_COUNTED + 1].count()

    open_ = many(Q(stage__in=OPEN))
    tally = Tally(
        open=min(open_, MOST_COUNTED),
        overdue=many(Q(stage=Stage.ACCEPTED, due_day__lt=actor.on)),
        without_owner=many(Q(stage__in=OPEN, owner=None)),
        framed=many(Q(stage__in=FRAMED)),
        waiting=many(Q(stage=Stage.DONE)),
        more=open_ > MOST_COUNTED,
    )
    return rules.in_a_sentence(tally)


def apart(actor: Actor, rows: QuerySet[Recommendation]) -> str:
    """System change and compliance counted apart; empty where there is nothing to count."""
    counted = rows.order_by().values("nature").annotate(many=Count("pk", distinct=True))
    held = {row["nature"]: row["many"] for row in counted}
    if not held:
        return ""
    natures = (Nature.SYSTEM_CHANGE.value, Nature.COMPLIANCE.value, "")
    return rules.apart([each for each in natures for _ in range(held.get(each, 0))])


def from_record(actor: Actor, record: Record) -> QuerySet[Recommendation]:
    """What came from a record, as far as the actor may open both."""
    rows = recommendations(actor)
    return rows.filter(from_record=record) if can(actor, Verb.SEE, record) else rows.none()


def addressed_to(actor: Actor, agency: Agency) -> QuerySet[Recommendation]:
    """What is addressed to an agency or a seat of it, or owned by a post of it."""
    theirs = Q(agency=agency) | Q(owner__agency=agency) | Q(seat__agency=agency)
    return recommendations(actor).filter(theirs)


def bodies_here(actor: Actor) -> QuerySet[Body]:
    """The bodies of the actor's partnerships: what works drafts, decides, or is addressed."""
    rows = Body.objects.filter(partnership__in=actor.partnerships)
    return visible(actor, rows.select_related("record", "partnership")).order_by("order", "name")


def agencies_here(actor: Actor) -> QuerySet[Agency]:
    rows = Agency.objects.filter(partnership__in=actor.partnerships).select_related("record")
    return visible(actor, rows).order_by("name")


def posts_here(actor: Actor) -> QuerySet[Post]:
    """The posts of the actor's partnerships that have not ended: what may own one."""
    rows = posts(actor).filter(partnership__in=actor.partnerships, to_text="")
    return rows.select_related("agency").order_by("title")


def seats_here(actor: Actor) -> QuerySet[Seat]:
    """The seats of the actor's partnerships that have not ended: what one may be addressed to."""
    rows = seats(actor).filter(partnership__in=actor.partnerships, to_text="")
    return rows.select_related("record", "body").order_by("body__order", "role")


class Load(NamedTuple):
    """A body that works drafts or accepts them, with how many wait for it."""

    body: Body
    framing: int
    deciding: int
    judging: int
    at_least: int | None

    @property
    def is_due(self) -> bool:
        return rules.calls_for_a_meeting(self.framing, self.at_least)

    @property
    def sentence(self) -> str:
        return rules.calls(self.body.name, self.framing, self.at_least)


def loads(actor: Actor) -> list[Load]:
    """Every body of the actor's partnerships that works drafts or decides on them."""
    bodies = list(bodies_here(actor))
    rows = visible(actor, Recommendation.objects.filter(partnership__in=actor.partnerships))
    framing = _by_body(rows.filter(stage=Stage.WORKED), "worked_by")
    deciding = _by_body(rows.filter(stage=Stage.PROPOSED), "set_by")
    judging = _by_body(rows.filter(stage=Stage.DONE), "set_by")
    limits = dict(Caseload.objects.filter(body__in=bodies).values_list("body", "at_least"))
    found = [
        Load(
            body,
            framing.get(body.pk, 0),
            deciding.get(body.pk, 0),
            judging.get(body.pk, 0),
            limits.get(body.pk),
        )
        for body in bodies
    ]
    return [row for row in found if any((row.framing, row.deciding, row.judging, row.at_least))]


def load_of(actor: Actor, body: Body) -> Load:
    """How many drafts wait for one body, as far as the actor may open them."""
    rows = visible(actor, Recommendation.objects.filter(Q(worked_by=body) | Q(set_by=body)))
    limit = Caseload.objects.filter(body=body).values_list("at_least", flat=True).first()
    return Load(
        body,
        rows.filter(worked_by=body, stage=Stage.WORKED).count(),
        rows.filter(set_by=body, stage=Stage.PROPOSED).count(),
        rows.filter(set_by=body, stage=Stage.DONE).count(),
        limit,
    )


def caseload(actor: Actor, body: Body) -> Caseload | None:
    """How many drafts call for a meeting of a body that the actor may open, and who agreed it."""
    open_ = visible(actor, Body.objects.filter(pk=body.pk))
    return Caseload.objects.filter(body__in=open_.values("pk")).first()


def _by_body(rows: QuerySet[Recommendation], field: str) -> dict[UUID, int]:
    counted = rows.order_by().values(field).annotate(many=Count("pk"))
    return {row[field]: row["many"] for row in counted}


def waiting_for(actor: Actor, body: Body) -> QuerySet[Recommendation]:
    """What a body is to work on, to decide and to judge, in that order of its page."""
    mine = Q(worked_by=body, stage=Stage.WORKED)
    mine |= Q(set_by=body, stage__in=[Stage.PROPOSED, Stage.DONE])
    return recommendations(actor).filter(mine)


def to_decide(actor: Actor, body: Body) -> QuerySet[Recommendation]:
    """What was put before a body and waits for what it decides."""
    rows = recommendations(actor).filter(set_by=body, stage=Stage.PROPOSED)
    return rows.order_by("record__reference")

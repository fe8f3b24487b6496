"""Reviews that an actor may open, and what stands beneath each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.clocks.models import Clock
from concordat.domain.base.documents.models import Document, Version
from concordat.domain.base.records.models import Record, Share
from concordat.domain.base.records.queries import can, fetch, usable, visible
from concordat.domain.base.records.rules import RecordKind, Verb, is_reference
from concordat.domain.base.seats.models import Seat
from concordat.domain.practice.children.models import Child, Relative
from concordat.domain.practice.reviews.models import (
    AgencyReport,
    Entry,
    Evidence,
    FeeStage,
    Finding,
    Line,
    Member,
    ParallelProceeding,
    Review,
    Subject,
    TermsOfReview,
)
from concordat.domain.practice.reviews.rules.clearance import Authors
from concordat.domain.practice.reviews.rules.desk import LISTS, Due, List, Part
from concordat.kernel.actor import Actor
from concordat.kernel.labels import day_in_words
from concordat.kernel.sensitivity import Sensitivity

M = TypeVar("M", bound=Model)
PUBLISH = "LC-PUBLISH"
ADVANCE = "LC-ADVANCE"
AVAILABLE = "LC-AVAILABLE"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the family, by label alone."""

    label: str
    relation: str


@dataclass(frozen=True, slots=True)
class Family:
    """A child with the family or household, by label: the family tree without a name."""

    child: Child
    people: tuple[Person, ...]


def reviews(actor: Actor) -> QuerySet[Review]:
    """Those that are open first, then by the day on which they were decided on."""
    rows = Review.objects.select_related("record__partnership", "record__owner", "partnership")
    return visible(actor, rows).order_by("ended_on", "-decided_on", "record")


def reviews_from(actor: Actor, origin: Record) -> QuerySet[Review]:
    """The reviews that come from a record, such as an incident, and that the actor may open."""
    return reviews(actor).filter(origin=origin)


def review(actor: Actor, reference: str) -> Review:
    """Raises DoesNotExist or `Restricted` as for any record."""
    if not is_reference(reference):
        raise Review.DoesNotExist
    rows = Review.objects.select_related(
        "record__partnership", "record__owner", "partnership", "area", "origin", "decided_by",
        "draft__record",
    )  # fmt: skip
    return fetch(actor, rows, record__reference=reference)


def homes(actor: Actor) -> list[Record]:
    """The partnerships in which the actor may commission a review."""
    rows = Record.objects.filter(pk__in=actor.partnerships, kind=RecordKind.PARTNERSHIP)
    return usable(actor, Verb.CHANGE, rows.order_by("title"))


def others(actor: Actor, home: Record) -> list[Record]:
    """The other partnerships that may take part: that they are there is no secret."""
    rows = Record.objects.filter(
        kind=RecordKind.PARTNERSHIP, listed=True, sensitivity__lte=Sensitivity.PARTNERSHIP
    )
    return list(rows.exclude(pk=home.pk).order_by("title")) if homes(actor) else []


def _beneath(actor: Actor, rows: QuerySet[M], review: Review, path: str = "review") -> QuerySet[M]:
    return visible(actor, rows.filter(**{path: review}), record=f"{path}__record")


def families(actor: Actor, review: Review) -> list[Family]:
    """Whom the review is about, by label. Whoever opens the review reads the labels; the names
    stay beneath the key."""
    children = list(_beneath(actor, Subject.objects.select_related("child__record"), review))
    relatives = Relative.objects.filter(child__in=[each.child_id for each in children])
    people: dict[UUID, list[Person]] = {}
    for row in relatives.order_by("label"):
        people.setdefault(row.child_id, []).append(Person(row.label, row.relation))
    return [Family(each.child, tuple(people.get(each.child_id, ()))) for each in children]


def labels(actor: Actor, review: Review) -> list[str]:
    """Every label of the children and families of a review."""
    found = families(actor, review)
    return [label for each in found for label in (each.child.label, *_labels(each.people))]


def _labels(people: Iterable[Person]) -> list[str]:
    return [each.label for each in people]


def partners(actor: Actor, review: Review) -> list[Record]:
    """The lead partnership, then those with which the review is shared today."""
    shares = Share.objects.filter(record=review.record, from_day__lte=actor.on)
    shares = shares.filter(Q(to_day=None) | Q(to_day__gte=actor.on))
    others = [each.partnership for each in shares.select_related("partnership").order_by("pk")]
    return [review.partnership, *dict.fromkeys(others)]


def terms(actor: Actor, review: Review) -> QuerySet[TermsOfReview]:
    rows = TermsOfReview.objects.select_related("agreed_by")
    return _beneath(actor, rows, review).order_by("-number")


def agreed_terms(actor: Actor, review: Review) -> TermsOfReview | None:
    return terms(actor, review).filter(agreed_on__isnull=False).first()


def entries(actor: Actor, review: Review, kind: List | None = None) -> QuerySet[Entry]:
    rows = Entry.objects.select_related("agency", "document__record")
    rows = rows.filter(kind=kind) if kind else rows
    return _beneath(actor, rows, review).order_by("planned", "pk")


def entry(actor: Actor, review: Review, pk: int) -> Entry:
    return entries(actor, review).get(pk=pk)


def days_of_desk(actor: Actor, review: Review) -> list[Due]:
    """What a review's plan owes with its day: lists, fee stages, and proceedings whose end was
    expected. Reports are owed by their agencies. Whoever a row names stays out of the words."""
    rows = Entry.objects.filter(review=review, planned__isnull=False)
    due = [
        Due(
            each.planned,
            f"what came of the {LISTS[each.list_is].noun} planned for {day_in_words(each.planned)}",
        )
        for each in rows
        if each.planned and not each.is_over
    ]
    stages = FeeStage.objects.filter(member__review=review, invoiced_on=None, due__isnull=False)
    due += [Due(each.due, "how a stage of a fee stands") for each in stages if each.due]
    beside = ParallelProceeding.objects.filter(review=review, ended_on=None, expected__isnull=False)
    due += [Due(each.expected, f"how the {each.kind} stands") for each in beside if each.expected]
    return due


def members(actor: Actor, review: Review) -> QuerySet[Member]:
    rows = Member.objects.select_related(
        "seat__record", "seat__body", "person__record", "contract__record"
    )
    return _beneath(actor, rows, review).order_by("pk")


def member(actor: Actor, review: Review, pk: int) -> Member:
    return members(actor, review).get(pk=pk)


def fees(actor: Actor, review: Review) -> QuerySet[FeeStage]:
    rows = FeeStage.objects.select_related("member__person", "member__seat__body")
    return _beneath(actor, rows, review, "member__review").order_by("member", "due", "pk")


def fee(actor: Actor, review: Review, pk: int) -> FeeStage:
    return fees(actor, review).get(pk=pk)


def authors(actor: Actor, review: Review) -> Authors:
    """Whoever writes the report or wrote it: reviewers, ended ones too, and whoever put any
    version of it on file."""
    rows = Member.objects.filter(review=review, part=Part.REVIEWER)
    people = rows.filter(person__isnull=False).values_list("person", flat=True)
    seats = rows.filter(seat__isnull=False).values_list("seat", flat=True)
    files = Version.objects.filter(document=review.draft_id).values_list("uploaded_by", flat=True)
    return Authors(
        frozenset(people),
        frozenset(seats),
        frozenset(files) if review.draft_id else frozenset(),
    )


def _mine(actor: Actor) -> Q:
    return Q(seat__in=[each.seat for each in actor.seats])


def reports(actor: Actor, review: Review) -> QuerySet[AgencyReport]:
    rows = AgencyReport.objects.select_related("agency", "seat__body", "document__record")
    return _beneath(actor, rows, review).order_by("agency__name")


def report(actor: Actor, reference: str, pk: int) -> AgencyReport:
    """An agency's report: for whoever opens the review, and for the seat that signs it, which
    sees this report and nothing else of the review."""
    rows = AgencyReport.objects.filter(pk=pk, review__record__reference=reference)
    rows = rows.select_related(
        "review__record", "review__partnership", "agency", "seat__body", "document__record"
    )
    open_ = visible(actor, rows, record="review__record")
    found: AgencyReport = rows.filter(_mine(actor) | Q(pk__in=open_.values("pk"))).get()
    return found


def proceedings(actor: Actor, review: Review) -> QuerySet[ParallelProceeding]:
    rows = ParallelProceeding.objects.select_related("hold")
    return _beneath(actor, rows, review).order_by("ended_on", "pk")


def proceeding(actor: Actor, review: Review, pk: int) -> ParallelProceeding:
    return proceedings(actor, review).get(pk=pk)


def lines(actor: Actor, review: Review) -> QuerySet[Line]:
    return _beneath(actor, Line.objects.prefetch_related("evidence__record"), review).order_by(
        "number"
    )


def line(actor: Actor, review: Review, pk: int) -> Line:
    return lines(actor, review).get(pk=pk)


def findings(actor: Actor, review: Review) -> QuerySet[Finding]:
    rows = Finding.objects.select_related("line").prefetch_related("evidence__record")
    return _beneath(actor, rows, review).order_by("number")


def finding(actor: Actor, review: Review, pk: int) -> Finding:
    return findings(actor, review).get(pk=pk)


def evidence_of(actor: Actor, review: Review) -> QuerySet[Evidence]:
    of_lines = visible(
        actor, Evidence.objects.filter(line__review=review), record="line__review__record"
    )
    of_findings = visible(
        actor, Evidence.objects.filter(finding__review=review), record="finding__review__record"
    )
    return of_lines | of_findings


def clocks_on(actor: Actor, review: Review) -> list[Clock]:
    """The review's own clocks, the partners' six months first."""
    rows = Clock.objects.filter(record=review.record).select_related("holder", "record")
    found = visible(actor, rows.prefetch_related("delays", "starts"))
    order = (PUBLISH, ADVANCE, AVAILABLE)
    return sorted(
        found, key=lambda each: order.index(each.rule) if each.rule in order else len(order)
    )


def clock_of(actor: Actor, review: Review, rule: str) -> Clock | None:
    return next((each for each in clocks_on(actor, review) if each.rule == rule), None)


def newest(actor: Actor, document: Document | None) -> Version | None:
    """The newest version of a document, whoever asks within an act of a review."""
    if document is None:
        return None
    return Version.objects.filter(document=document).order_by("-number").first()


def versions_of(actor: Actor, review: Review) -> QuerySet[Version]:
    rows = Version.objects.filter(document=review.draft_id)
    return visible(actor, rows, record="document__record").order_by("-number")


def seats_of(actor: Actor, review: Review) -> QuerySet[Seat]:
    """The standing seats of every partnership that takes part."""
    homes = [each.pk for each in partners(actor, review)]
    rows = Seat.objects.filter(partnership__in=homes, to_text="")
    rows = rows.select_related("record", "body", "agency", "partnership")
    return rows.order_by("partnership__title", "body__order", "body__name", "order", "role")


def agencies_of(actor: Actor, review: Review) -> QuerySet[Agency]:
    homes = [each.pk for each in partners(actor, review)]
    rows = Agency.objects.filter(partnership__in=homes, to_text="").select_related("record")
    return rows.order_by("name")


def opens(actor: Actor, review: Review) -> bool:
    """Whether the actor opens the review itself, and not only a part of their own in it."""
    return bool(can(actor, Verb.SEE, review.record))


def may_change(actor: Actor, review: Review) -> bool:
    return bool(can(actor, Verb.CHANGE, review.record))


def leads(actor: Actor, review: Review) -> bool:
    """Whether the actor says who works on it, and not only works on it."""
    return bool(can(actor, Verb.ADMIT, review.record))


def cost_so_far(actor: Actor, review: Review) -> dict[str, int]:
    """Fees in pence: agreed, invoiced and approved."""
    told: dict[str, Any] = {"agreed": 0, "invoiced": 0, "approved": 0}
    for each in fees(actor, review):
        told["agreed"] += each.amount
        told["invoiced"] += each.amount if each.invoiced_on else 0
        told["approved"] += each.amount if each.approved_on else 0
    return told

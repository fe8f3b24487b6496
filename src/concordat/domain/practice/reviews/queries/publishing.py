"""Clearance of a review as it stands, and what the public is told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Case, Count, Exists, F, Min, OuterRef, Prefetch, Q, QuerySet, When

from concordat.craft import files
from concordat.domain.base.agencies.models import Partnership
from concordat.domain.base.documents.models import Comment, Round, Version
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.queries import can, fetch, open_holds, visible
from concordat.domain.base.records.rules import Verb, is_reference
from concordat.domain.base.records.rules.access import SECRETARIAT
from concordat.domain.practice.reviews.models import (
    AdvanceCopy,
    AgencyReport,
    Agreement,
    Attendance,
    Called,
    Clearing,
    DisclosureCheck,
    Finding,
    FollowUp,
    LeakFound,
    LearningEvent,
    Line,
    PublishedReview,
    Review,
)
from concordat.domain.practice.reviews.queries.incident_people import runs
from concordat.domain.practice.reviews.queries.owing import owed
from concordat.domain.practice.reviews.queries.reviews import (
    ADVANCE,
    _beneath,
    _mine,
    clock_of,
    newest,
    partners,
)
from concordat.domain.practice.reviews.rules import clearance
from concordat.domain.practice.reviews.rules.clearance import Readiness
from concordat.domain.practice.reviews.rules.desk import ReportStage
from concordat.kernel.actor import Actor
from concordat.kernel.labels import count
from concordat.kernel.verdict import Verdict, no, yes


@dataclass(frozen=True, slots=True)
class Check:
    """A disclosure check as this actor may read it: what is not to be seen is left out."""

    row: DisclosureCheck
    is_mine: bool
    is_in: bool
    is_read: bool


@dataclass(frozen=True, slots=True)
class Borough:
    """What a partnership that takes part and does not lead reads of a joint review: its head, the
    reports of its own agencies, and the joint events with its own attendance and follow-ups."""

    home: Record
    reports: list[AgencyReport]
    events: list[LearningEvent]


@dataclass(frozen=True, slots=True)
class Part:
    """What one seat has to do in a review, and nothing else of it."""

    called: Called
    reports: list[AgencyReport]
    clearings: list[Clearing]
    checks: list[DisclosureCheck]
    agreements: list[Agreement]
    follow_ups: list[FollowUp]
    borough: Borough | None = None


def part(actor: Actor, reference: str) -> Part:
    """The part of one seat by its own reference. Raises DoesNotExist or `Restricted` as for any
    record: whoever opens the part does not open the review by that."""
    if not is_reference(reference):
        raise Called.DoesNotExist
    rows = Called.objects.select_related(
        "record__partnership", "record__owner", "review__record", "review__draft__record",
        "review__partnership", "seat__body", "seat__partnership",
    )  # fmt: skip
    found = fetch(actor, rows, record__reference=reference)
    mine = {"review": found.review, "seat": found.seat}
    return Part(
        found,
        list(AgencyReport.objects.filter(**mine).select_related("agency", "document__record")),
        list(Clearing.objects.filter(**mine).order_by("pk")),
        list(DisclosureCheck.objects.filter(**mine).order_by("pk")),
        list(_agreements_of(mine)),
        list(
            FollowUp.objects.filter(event__review=found.review, owner=found.seat)
            .select_related("event", "partnership")
            .order_by("due")
        ),
        _borough(actor, found),
    )


def _agreements_of(mine: dict[str, Any]) -> QuerySet[Agreement]:
    """Each with whether the report is public there."""
    there = PublishedReview.objects.filter(
        review=OuterRef("review"), partnership=OuterRef("partnership"), down_on=None
    )
    rows = Agreement.objects.filter(**mine).select_related("partnership")
    return rows.annotate(is_public=Exists(there))


def _borough(actor: Actor, called: Called) -> Borough | None:
    home, review = called.seat.partnership, called.review
    if home not in partners(actor, review)[1:] or not runs(actor, home.pk):
        return None
    rows = AgencyReport.objects.filter(review=review, agency__partnership=home)
    own = Attendance.objects.filter(partnership=home)
    after = FollowUp.objects.filter(partnership=home).select_related("owner")
    events = LearningEvent.objects.filter(review=review).prefetch_related(
        Prefetch("attendance", queryset=own), Prefetch("follow_ups", queryset=after)
    )
    reports = rows.select_related("agency").order_by("agency__name")
    return Borough(home, list(reports), list(events.order_by("-on", "pk")))


def boroughs(actor: Actor, review: Review) -> list[Record]:
    """The partnerships for which the actor tells who came to a joint event and what follows: all
    for whoever runs the review, else those that take part and that the actor runs."""
    every = partners(actor, review)
    if can(actor, Verb.CHANGE, review.record):
        return every
    return [each for each in every[1:] if runs(actor, each.pk)]


def parts(actor: Actor) -> QuerySet[Called]:
    """The parts that the actor's seats have in reviews that the actor may not open."""
    rows = Called.objects.filter(seat__in=[each.seat for each in actor.seats])
    rows = rows.select_related("record", "review__record", "review__partnership", "seat__body")
    open_ = visible(actor, Review.objects.all()).values("pk")
    return visible(actor, rows.exclude(review__in=open_)).order_by("-record__opened", "pk")


def part_of(actor: Actor, review: Review) -> Called | None:
    """The part that a seat of the actor's has in a review, if it has one."""
    rows = Called.objects.filter(review=review, seat__in=[each.seat for each in actor.seats])
    return rows.select_related("record").order_by("pk").first()


def clearings(actor: Actor, review: Review) -> QuerySet[Clearing]:
    rows = Clearing.objects.select_related("seat__body", "seat__partnership", "seat__record")
    return _beneath(actor, rows, review).order_by("pk")


def clearing(actor: Actor, reference: str, pk: int) -> Clearing:
    """A place in clearance: for whoever opens the review, and for the seat that is asked."""
    rows = Clearing.objects.filter(pk=pk, review__record__reference=reference)
    rows = rows.select_related("review__record", "review__draft__record", "seat__body")
    open_ = visible(actor, rows, record="review__record")
    found: Clearing = rows.filter(_mine(actor) | Q(pk__in=open_.values("pk"))).get()
    return found


def text_of(actor: Actor, review: Review) -> str:
    """The name of the report as it stands, in this round of clearance; nothing where there is
    none."""
    found = newest(actor, review.draft)
    return clearance.text_mark(review.round, found.number, found.digest) if found else ""


def version_of(actor: Actor, version: Version | None) -> str:
    """The name of a version, or nothing where there is none."""
    return clearance.version_mark(version.number, version.digest) if version else ""


def copies(actor: Actor, review: Review) -> QuerySet[AdvanceCopy]:
    return _beneath(actor, AdvanceCopy.objects.all(), review).order_by("-sent_on", "-pk")


def checks(actor: Actor, review: Review) -> list[Check]:
    """Every disclosure check of the text as it stands, blind: neither of the two reads the
    other's answer before both are in."""
    text = text_of(actor, review)
    rows = DisclosureCheck.objects.select_related("seat__body", "person__record")
    found = list(_beneath(actor, rows, review).filter(text=text).order_by("pk"))
    plain = [each.checked for each in found]
    mine = {each.seat for each in actor.seats}
    return [
        Check(
            each,
            each.seat_id in mine,
            each.clear is not None,
            each.clear is not None and clearance.may_read_check(actor.person, each.checked, plain),
        )
        for each in found
    ]


def check(actor: Actor, reference: str, pk: int) -> DisclosureCheck:
    """A check that the actor's own seat is asked for. Raises DoesNotExist for any other."""
    rows = DisclosureCheck.objects.filter(pk=pk, review__record__reference=reference)
    rows = rows.select_related("review__record", "review__draft__record", "seat__body")
    return rows.filter(_mine(actor)).get()


def leaks(actor: Actor, review: Review) -> QuerySet[LeakFound]:
    """What the scans found in the version as it stands."""
    return _beneath(actor, _found(actor, review), review)


def _found(actor: Actor, review: Review) -> QuerySet[LeakFound]:
    version = version_of(actor, newest(actor, review.draft))
    rows = LeakFound.objects.filter(review=review, version=version)
    return rows.order_by("-certain", "pk")


def leak(actor: Actor, review: Review, pk: int) -> LeakFound:
    return leaks(actor, review).get(pk=pk)


def agreements(actor: Actor, review: Review) -> QuerySet[Agreement]:
    rows = Agreement.objects.select_related("partnership", "seat__body", "seat__record")
    return _beneath(actor, rows, review).order_by("pk")


def agreement(actor: Actor, reference: str, pk: int) -> Agreement:
    """For whoever opens the review, and for the seat of the other partnership that is asked."""
    rows = Agreement.objects.filter(pk=pk, review__record__reference=reference)
    rows = rows.select_related("review__record", "review__draft__record", "partnership", "seat")
    open_ = visible(actor, rows, record="review__record")
    found: Agreement = rows.filter(_mine(actor) | Q(pk__in=open_.values("pk"))).get()
    return found


def published_here(actor: Actor, review: Review) -> QuerySet[PublishedReview]:
    rows = PublishedReview.objects.select_related("partnership")
    return _beneath(actor, rows, review).order_by("pk")


def slugs(actor: Actor, rows: Iterable[PublishedReview]) -> dict[UUID, str]:
    """The public address of each partnership in which something is published."""
    homes = [each.partnership_id for each in rows]
    return dict(Partnership.objects.filter(pk__in=homes).values_list("record", "key"))


def published(actor: Actor, reference: str, pk: int) -> PublishedReview:
    """A publication for whoever runs the partnership that published it, or opens the review."""
    rows = PublishedReview.objects.filter(pk=pk, review__record__reference=reference)
    rows = rows.select_related("review__record", "partnership")
    open_ = visible(actor, rows, record="review__record")
    found: PublishedReview = rows.filter(
        Q(partnership__in=actor.partnerships) | Q(pk__in=open_.values("pk"))
    ).get()
    return found


def may_be_taken_down(actor: Actor, published: PublishedReview) -> Verdict:
    """Whether the actor may take a publication down: the secretariat of the partnership that
    published it."""
    if actor.holds(*SECRETARIAT, partnership=published.partnership_id):
        return yes()
    return no("Only the secretariat of the partnership that published it takes it down.")


def readiness(actor: Actor, review: Review) -> Readiness:
    """Everything that stands between a review's report and its publication."""
    rows = AdvanceCopy.objects.filter(review=review).order_by("pk")
    copies = clock_of(actor, review, ADVANCE)
    return Readiness(
        text=text_of(actor, review),
        places=[each.place for each in Clearing.objects.filter(review=review)],
        owed=owed(actor, review),
        sent={each.to: each.text for each in rows},
        checks=[each.checked for each in DisclosureCheck.objects.filter(review=review)],
        holds=[each.reason for each in open_holds(review.record, blocks=Verb.PUBLISH)],
        planned=review.planned_on,
        unanswered=_unanswered(actor, review),
        unsigned=unsigned(actor, review),
        found=[each.found for each in _found(actor, review)],
        sent_on={each.to: each.sent_on for each in rows},
        copies_due=copies.due if copies else None,
    )


def unsigned(actor: Actor, review: Review) -> list[str]:
    """The agencies whose own report is not signed as it stands now."""
    rows = AgencyReport.objects.filter(review=review).select_related("agency")
    reports = list(rows.order_by("agency__name"))
    files = Version.objects.filter(document__in=[each.document_id for each in reports])
    newest_of = {each.document_id: each for each in files.order_by("number")}
    return [
        each.agency.name
        for each in reports
        if each.stage != ReportStage.SIGNED
        or each.document_id not in newest_of
        or each.signed != version_of(actor, newest_of[each.document_id])
    ]


def _unanswered(actor: Actor, review: Review) -> int:
    if review.draft is None:
        return 0
    return Comment.objects.filter(round__document=review.draft, outcome="").count()


def lacks(actor: Actor, review: Review) -> list[str]:
    """What stands between a draft and clearance, a sentence each."""
    if review.draft is None:
        return ["There is no draft yet."]
    return [told for _, told in lacks_by_page(actor, review)]


def lacks_by_page(actor: Actor, review: Review) -> list[tuple[str, str]]:
    """All that stands between a review and clearance, each beside the part of it that it is about:
    its agencies, its findings or its drafts."""
    told = [
        ("agencies", f"The report of {name} is not signed.") for name in unsigned(actor, review)
    ]
    lines = Line.objects.filter(review=review, conclusion="", set_aside_why="").order_by("number")
    told += [
        ("findings", f"Line {each.number} has no conclusion and is not set aside.")
        for each in lines
    ]
    if not Finding.objects.filter(review=review).exists():
        told.append(("findings", "No finding is set down."))
    return [*told, *(("drafts", each) for each in _lacks_of_draft(review))]


def _lacks_of_draft(review: Review) -> list[str]:
    if review.draft is None:
        return ["There is no draft yet."]
    told = []
    if Round.objects.filter(document=review.draft, closed_on=None).exists():
        told.append("The draft is out for comment: close that round first.")
    waiting = Comment.objects.filter(round__document=review.draft, outcome="").count()
    if waiting:
        told.append(f"{count(waiting, 'comment')} on the draft without an answer.")
    return told


def events(actor: Actor, review: Review) -> QuerySet[LearningEvent]:
    rows = LearningEvent.objects.prefetch_related(
        "attendance__partnership", "follow_ups__partnership", "follow_ups__owner"
    )
    return _beneath(actor, rows, review).order_by("-on", "pk")


def learning_events(actor: Actor) -> QuerySet[LearningEvent]:
    """The events of every review that the actor opens: those ahead first, the next before the
    others, then the newest of those that were; each with how many follow-ups are not done and when
    the first of them is due."""
    ahead = When(on__gte=actor.on, then=F("on"))
    rows = LearningEvent.objects.select_related("review__record__partnership")
    left = Q(follow_ups__id__isnull=False, follow_ups__done_on=None)
    rows = visible(actor, rows, record="review__record").annotate(
        ahead=Case(ahead),
        left=Count("follow_ups", filter=left),
        left_due=Min("follow_ups__due", filter=left),
    )
    return rows.order_by(F("ahead").asc(nulls_last=True), "-on", "pk")


def event(actor: Actor, reference: str, pk: int) -> LearningEvent:
    """A joint event: for whoever opens the review, and for whoever runs a borough of it."""
    rows = LearningEvent.objects.filter(pk=pk, review__record__reference=reference)
    rows = rows.select_related("review__record__partnership", "review__partnership")
    found: LearningEvent = rows.get()
    opens = visible(actor, rows, record="review__record").exists()
    if not opens and not (part_of(actor, found.review) and boroughs(actor, found.review)):
        raise LearningEvent.DoesNotExist
    return found


def follow_up(actor: Actor, reference: str, pk: int) -> FollowUp:
    """What follows a learning event: for whoever opens the review, and for whose it is."""
    rows = FollowUp.objects.filter(pk=pk, event__review__record__reference=reference)
    rows = rows.select_related("event__review__record", "partnership", "owner__body")
    open_ = visible(actor, rows, record="event__review__record")
    mine = Q(owner__in=[each.seat for each in actor.seats])
    found: FollowUp = rows.filter(mine | Q(pk__in=open_.values("pk"))).get()
    return found


def attendance(actor: Actor, review: Review) -> QuerySet[Attendance]:
    return _beneath(actor, Attendance.objects.all(), review, "event__review")


# --- what the public is told


def told_to_public(actor: Actor, partnership: Record) -> QuerySet[PublishedReview]:
    """Every review that a partnership has published, those taken down with their notice too."""
    rows = PublishedReview.objects.filter(partnership=partnership)
    return rows.select_related("review__record", "partnership").order_by("-published_on", "-pk")


def public_review(actor: Actor, partnership: Record, reference: str) -> PublishedReview | None:
    """The newest publication of one review there."""
    return told_to_public(actor, partnership).filter(review__record__reference=reference).first()


def public_pdf(actor: Actor, row: PublishedReview) -> bytes:
    """The tagged PDF. Raises DoesNotExist once it is taken down."""
    if row.down_on:
        raise PublishedReview.DoesNotExist
    return files.read(Path(settings.MEDIA_ROOT), row.pdf)


def agreed_partners(actor: Actor, review: Review) -> list[Record]:
    """The other partnerships that take part and agreed to publish this very text."""
    text, taking_part = text_of(actor, review), set(partners(actor, review)[1:])
    rows = Agreement.objects.filter(review=review).select_related("partnership").order_by("pk")
    return [
        each.partnership
        for each in rows
        if each.agrees_to(text) and each.partnership in taking_part
    ]

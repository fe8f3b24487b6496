"""Taking a review for an act, and letting people into it and what hangs on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django.db.models import Q

from concordat.domain.base.documents.models import Document
from concordat.domain.base.documents.operations import Upload, add
from concordat.domain.base.recommendations.models import Recommendation
from concordat.domain.base.records.models import Grant, Hold, Record
from concordat.domain.base.records.operations import (
    admit,
    place_hold,
    release_hold,
    take,
    withdraw,
)
from concordat.domain.base.records.operations.record import judged
from concordat.domain.base.records.rules import Level, Verb
from concordat.domain.base.requests.models import Request
from concordat.domain.practice.chronologies.models import Chronology
from concordat.domain.practice.reviews.models import Called, Member, Review
from concordat.domain.practice.reviews.rules.desk import OPEN, REVIEW_STATES, Stage
from concordat.kernel.actor import Actor, process
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.verdict import Verdict


def fresh(review: Review) -> Review:
    rows = Review.objects.select_related(
        "record__partnership", "partnership", "area", "draft__record", "decided_by"
    )
    return rows.get(pk=review.pk)


def taken(
    actor: Actor,
    review: Review,
    move: str = "",
    *,
    verb: Verb = Verb.CHANGE,
    seen_version: int | None = None,
    mine: Mapping[str, str] | None = None,
    theirs: Mapping[str, str] | None = None,
    may: Verdict | None = None,
    also: tuple[Stage, ...] = (),
) -> Review:
    """Lock a review that the actor may do this with; while it is open, or for this move.

    `may` stands in for the right of an office, where a seat of another partnership acts in it;
    `also` are ends of a review at which this may still be done.
    """
    take(
        review.pk,
        seen_version=seen_version,
        mine=mine,
        theirs=lambda: theirs or {"Stage": fresh(review).stage_is.label},
        may=lambda held: may if may is not None else judged(actor, verb, held),
    )
    row = fresh(review)
    if move:
        REVIEW_STATES.verdict(row.stage_is, move).require()
    elif row.stage_is not in (*OPEN, *also):
        raise Refused(f"This review is {row.stage_is.value}. It stays as it is.")
    return row


def moved(row: Review, move: str) -> None:
    row.stage = REVIEW_STATES.after(row.stage_is, move)


def desk_of(actor: Actor) -> Actor:
    """The desk itself, in the name of whoever acts: for what follows from an act."""
    return process(actor.signature, actor.on)


def papers_of(review: Review) -> list[Record]:
    """The review and all that hangs on it (documents, requests, recommendations), whose doors
    open and shut together."""
    root = review.record_id
    rows = Record.objects.filter(
        Q(pk__in=Document.objects.filter(about=root).values("pk"))
        | Q(pk__in=Recommendation.objects.filter(from_record=root).values("pk"))
        | Q(pk__in=Request.objects.filter(about=root).values("pk"))
    )
    return [review.record, *rows.order_by("reference")]


def let_in(
    actor: Actor,
    records: list[Record],
    grantee: Record,
    level: Level,
    why: str,
    from_day: date,
    to_day: date | None = None,
) -> None:
    for record in records:
        admit(
            desk_of(actor), record=record, grantee=grantee, level=level, reason=why,
            from_day=from_day, to_day=to_day,
        )  # fmt: skip


def opens_already(record: Record, grantee: Record, on: date) -> bool:
    lasting = Q(to_day=None) | Q(to_day__gte=on)
    return Grant.objects.filter(lasting, record=record, grantee=grantee, from_day__lte=on).exists()


def shut_out(actor: Actor, review: Review, grantee: Record, last: date, why: str) -> int:
    """End what somebody is given on a review, its papers and its chronologies; how many doors
    were shut."""
    after = Q(to_day=None) | Q(to_day__gt=last)
    told = set(Chronology.objects.filter(about=review.pk).values_list("pk", flat=True))
    papers = [*(each.pk for each in papers_of(review)), *told]
    rows = Grant.objects.filter(after, record__in=papers, grantee=grantee)
    grants = list(rows)
    for grant in grants:
        # A place on the team of a chronology is kept as one that was held: at least for a day.
        on = max(last, grant.from_day) if grant.record_id in told else last
        withdraw(desk_of(actor), grant=grant, on=on, reason=why)
    return len(grants)


def keep(actor: Actor, review: Review, title: str, file: Upload, note: str) -> Document:
    """Put a paper of a review on file. Whoever sends it is given nothing by that: it opens to
    whom the review opens, for as long."""
    return add(
        desk_of(actor), partnership=review.partnership, title=title, file=file,
        about=review.record, note=note,
    )  # fmt: skip


def keep_for_desk(actor: Actor, review: Review, title: str, file: Upload, note: str) -> Document:
    """Put a paper on file whose newer versions void what was said of the review: they are put on
    its own pages alone."""
    made = keep(actor, review, title, file, note)
    place_hold(
        desk_of(actor), record=made.record, blocks=Verb.CHANGE, on=actor.on,
        reason=f"A newer version is put on the pages of {review.record.reference}.",
    )  # fmt: skip
    return made


def free_papers(actor: Actor, review: Review, papers: Iterable[Record], why: str) -> None:
    rows = Hold.objects.filter(record__in=list(papers), blocks=Verb.PUBLISH, released_on=None)
    for hold in rows:
        release_hold(desk_of(actor), hold=hold, reason=why, on=actor.on)


def shut_readers(actor: Actor, review: Review, why: str) -> None:
    """Whoever was let into the Word file alone, to clear it, check it or agree to it, reads it no
    more from tomorrow."""
    if review.draft is None:
        return
    people = {each.grantee.pk for each in Member.objects.filter(review=review).select_related(
        "seat__record", "person__record")}  # fmt: skip
    called = Called.objects.filter(review=review).values_list("seat__record", flat=True)
    readers = set(called) - people
    after = Q(to_day=None) | Q(to_day__gt=actor.on)
    rows = Grant.objects.filter(after, record=review.draft.record, grantee__in=readers)
    for grant in list(rows):
        withdraw(desk_of(actor), grant=grant, on=actor.on, reason=why)


def yesterday(on: date) -> date:
    return on - timedelta(days=1)


def require(verdict: Verdict, field: str) -> None:
    """What a rule refuses, beside the field that it is about."""
    if not verdict:
        raise Invalid(str(verdict), field=field)

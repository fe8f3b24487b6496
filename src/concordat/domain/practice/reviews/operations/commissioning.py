"""Commissioning a review, choosing its method, writing and agreeing its terms, and stopping it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from concordat.domain.base.agencies.models import Area
from concordat.domain.base.asks.operations import clear_asks
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.clocks import operations as clocks
from concordat.domain.base.clocks.rules import OPEN as RUNNING
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import (
    happened,
    open_record,
    operation,
    rename,
    share,
)
from concordat.domain.base.records.operations.record import judged
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import RecordKind, Verb
from concordat.domain.base.seats.models import Body
from concordat.domain.practice.children import queries as children
from concordat.domain.practice.children.models import Child
from concordat.domain.practice.reviews import queries
from concordat.domain.practice.reviews.models import Entry, Review, Subject, TermsOfReview
from concordat.domain.practice.reviews.models.review import numbered
from concordat.domain.practice.reviews.operations import asking, scanning
from concordat.domain.practice.reviews.operations.desk_taking import (
    moved,
    require,
    shut_readers,
    taken,
)
from concordat.domain.practice.reviews.operations.taking import begin_asked
from concordat.domain.practice.reviews.queries.reviews import PUBLISH
from concordat.domain.practice.reviews.rules import desk, methods
from concordat.domain.practice.reviews.rules.desk import List, Stage
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.labels import day_in_words
from concordat.kernel.sensitivity import Sensitivity
from concordat.kernel.verdict import no


@dataclass(frozen=True, slots=True, kw_only=True)
class Commission:
    """What a review is begun with. `title` is a label, never a name."""

    title: str
    why: str
    decided_on: date
    group: Body
    decided_by: Body | None = None
    area: Area | None = None
    origin: Record | None = None
    origin_words: str = ""
    statutory: bool = True
    old_rules: bool = False
    children: Sequence[Child] = ()
    partners: Sequence[Record] = field(default_factory=tuple)


@operation
def commission(actor: Actor, *, partnership: Record, told: Commission) -> Review:
    """Begin a review, led by one partnership, shared with those that take part.

    Its record is restricted and not listed. The partners' six months run from the decision,
    unless the old board's rules still apply.
    """
    judged(actor, Verb.CHANGE, partnership).require()
    _check(actor, partnership, told)
    record = open_record(
        actor,
        kind=RecordKind.REVIEW,
        title=desk.needed("title", told.title, "Give it a label.", desk.LONGEST_TITLE),
        partnership=partnership,
        opened=actor.on,
        owner=told.group.record,
        sensitivity=Sensitivity.RESTRICTED,
        listed=False,
    )
    row = Review(
        record=record,
        partnership=partnership,
        area=told.area,
        origin=told.origin,
        origin_words=told.origin_words.strip()[: desk.LONGEST_LINE],
        why=desk.needed("why", told.why, "Say why it is done."),
        decided_on=told.decided_on,
        decided_by=told.decided_by,
        statutory=told.statutory,
        old_rules=told.old_rules,
    )
    row.save(force_insert=True)
    Subject.objects.bulk_create(Subject(review=row, child=each) for each in told.children)
    for other in told.partners:
        share(
            actor, record=record, partnership=other, from_day=actor.on,
            reason="Takes part in this review.",
        )  # fmt: skip
    asking.call_others(actor, row)
    if told.origin:
        clear_asks(
            actor, record=told.origin, errand=Errand.CONFIRM, outcome=f"Begun: {record.reference}",
            what=begin_asked(told.origin),
        )  # fmt: skip
    happened(actor, "review commissioned", record, reason=row.why, after=_told(row, told))
    if told.statutory and not told.old_rules:
        _start_clock(actor, row)
    return row


def _check(actor: Actor, partnership: Record, told: Commission) -> None:
    if told.decided_on > actor.on:
        raise Invalid(
            f"{day_in_words(told.decided_on)} has not come yet.",
            field="decided_on",
            mend="Give the day on which it was decided.",
        )
    for name in ("group", "decided_by", "area"):
        row = getattr(told, name)
        if row is not None and row.partnership_id != partnership.pk:
            raise Invalid("This is of another partnership.", field=name)
    areas = {each.area for each in told.children} | ({told.area} if told.area else set())
    for area in areas:
        children.may_store(actor, area).require()
    if not areas:
        children.may_store_somewhere(actor, partnership).require()
    for child in told.children:
        can(actor, Verb.SEE, child.record).require()
    if told.origin:
        can(actor, Verb.SEE, told.origin).require()
    scanning.refuse_name(actor, told.children, told.title)


def _told(row: Review, told: Commission) -> dict[str, object]:
    return {
        "decided on": row.decided_on,
        "statutory": row.statutory,
        "old rules": row.old_rules,
        "about": [each.label for each in told.children],
        "with": [each.reference for each in told.partners],
        "origin": row.origin.reference if row.origin else row.origin_words,
    }


def _start_clock(actor: Actor, row: Review) -> None:
    clocks.start(
        actor,
        record=row.record,
        rule=PUBLISH,
        started_by=f"The decision to start {row.record.reference}",
        on=row.decided_on,
        area=row.area,
    )


@operation
def retitle(actor: Actor, *, review: Review, title: str, seen_version: int | None = None) -> Review:
    """Give a review another label."""
    row = taken(actor, review, seen_version=seen_version, mine={"title": title.strip()},
                theirs={"title": review.record.title})  # fmt: skip
    if row.stage_is is Stage.CLEARANCE:
        raise Refused("The label stands in what is cleared. Take it back out of clearance first.")
    subjects = Subject.objects.filter(review=row).select_related("child__record", "child__key")
    scanning.refuse_name(actor, [each.child for each in subjects], title)
    rename(actor, record=row.pk, title=title)
    return row


@operation
def add_child(
    actor: Actor, *, review: Review, child: Child, seen_version: int | None = None
) -> Subject:
    """Name another child whom it is about, by label."""
    row = taken(actor, review, seen_version=seen_version)
    can(actor, Verb.SEE, child.record).require()
    children.may_store(actor, child.area).require()
    if Subject.objects.filter(review=row, child=child).exists():
        raise Invalid("This child is named already.", field="child")
    scanning.refuse_name(actor, [child], row.record.title)
    made = Subject.objects.create(review=row, child=child)
    happened(actor, "child named in a review", row.record, after={"child": child.label})
    return made


@operation
def share_with(
    actor: Actor, *, review: Review, partnership: Record, reason: str,
    seen_version: int | None = None,
) -> Review:  # fmt: skip
    """Let another partnership take part from today."""
    row = taken(actor, review, seen_version=seen_version)
    if partnership in queries.partners(actor, row):
        raise Invalid("It takes part already.", field="partnership")
    share(actor, record=row.record, partnership=partnership, reason=reason, from_day=actor.on)
    asking.call_others(actor, row)
    return row


@operation
def choose_method(
    actor: Actor,
    *,
    review: Review,
    method: str,
    why: str,
    answers: Mapping[str, str] | None = None,
    seen_version: int | None = None,
) -> Review:
    """Choose how it is done, with the answers that led there and the reason. The stages of the
    method are laid out from the day of the decision; what was reached stays."""
    row = taken(
        actor, review, seen_version=seen_version, mine={"method": method, "why": why},
        theirs={"method": review.method, "why": review.method_why},
    )  # fmt: skip
    chosen = methods.method(method)
    if chosen is None:
        raise Invalid("There is no such method.", field="method", mend="Choose one.")
    before = row.method
    row.method, row.method_answers = chosen.key, dict(answers or {})
    row.method_why = desk.needed("why", why, "Say why this method.")
    row.method_by, row.method_on = actor.signature[:200], actor.on
    row.save()
    _lay_out(actor, row, chosen)
    happened(
        actor, "method chosen", row.record, reason=row.method_why, before={"method": before},
        after={"method": chosen.key, "answers": row.method_answers},
    )  # fmt: skip
    return row


def _lay_out(actor: Actor, row: Review, chosen: methods.Method) -> None:
    """Stages of the method that stood before and were not reached give way to the new ones."""
    old = Entry.objects.filter(review=row, kind=List.STAGE).exclude(key="")
    old.filter(outcome="").delete()
    Entry.objects.bulk_create(
        Entry(
            review=row, kind=List.STAGE, key=stage.key, what=stage.title, planned=day,
            made_by=actor.signature[:200], made_on=actor.on,
        )
        for stage, day in methods.planned(chosen, row.decided_on)
    )  # fmt: skip


@operation
def write_terms(
    actor: Actor,
    *,
    review: Review,
    says: Mapping[str, str],
    note: str = "",
    seen_version: int | None = None,
) -> TermsOfReview:
    """Write the terms of reference: anew over a draft, and as a new version over agreed ones."""
    kept = {each.key: says.get(each.key, "").strip() for each in desk.TERMS}
    newest = TermsOfReview.objects.filter(review=review).order_by("-number").first()
    row = taken(
        actor, review, seen_version=seen_version, mine=kept,
        theirs={key: (newest.says.get(key, "") if newest else "") for key in kept},
    )  # fmt: skip
    if not any(kept.values()):
        raise Invalid("Say at least one thing.", field="why")
    newest = TermsOfReview.objects.filter(review=row).order_by("-number").first()
    if newest is None or newest.agreed_on:
        number = numbered(TermsOfReview.objects.filter(review=row))
        newest = TermsOfReview(review=row, number=number)
    newest.says, newest.note = kept, note.strip()[: desk.LONGEST_LINE]
    newest.written_by, newest.written_on = actor.signature[:200], actor.on
    newest.save()
    happened(
        actor, "terms of review written", row.record, reason=newest.note,
        after={"version": newest.number},
    )  # fmt: skip
    return newest


@operation
def agree_terms(
    actor: Actor,
    *,
    review: Review,
    body: Body,
    on: date,
    words: str = "",
    seen_version: int | None = None,
) -> TermsOfReview:
    """Record that a body agreed to the newest terms. From then on they are never written again.

    Terms that lack something needed are not agreed to; nor is a review begun without a method.
    """
    row = taken(actor, review, "agree", seen_version=seen_version)
    newest = TermsOfReview.objects.filter(review=row).order_by("-number").first()
    if newest is None or newest.agreed_on:
        raise Refused("There are no newer terms to agree to.")
    if not row.method:
        raise Refused("Choose the method first.")
    if missing := desk.lacks(newest.says):
        require(no(f"The terms do not say yet: {'; '.join(missing)}."), "body")
    if on > actor.on:
        raise Invalid(f"{day_in_words(on)} has not come yet.", field="on")
    newest.agreed_by, newest.agreed_on, newest.agreed_words = body, on, words.strip()
    newest.save()
    moved(row, "agree")
    row.save()
    happened(
        actor, "terms of review agreed", row.record, reason=words.strip(),
        after={"version": newest.number, "by": body.name, "on": on},
    )  # fmt: skip
    return newest


@operation
def stop(
    actor: Actor,
    *,
    review: Review,
    reason: str,
    body: Body | None = None,
    on: date | None = None,
    seen_version: int | None = None,
) -> Review:
    """End a review without a report, with the reason. Its clocks do not apply any more.

    Whoever leads it stops it, never who was let in to work on it. A statutory review is the
    partners' duty: a body of theirs decides, on a day (`on`).
    """
    row = taken(actor, review, "stop", verb=Verb.ADMIT, seen_version=seen_version)
    why = desk.needed("reason", reason, "Say why it is stopped.")
    if row.statutory or body or on:
        why = f"{why.rstrip(' .')}. {_decided(actor, row, body, on)}"
    moved(row, "stop")
    row.ended_on, row.ended_why = actor.on, why
    row.save()
    for clock in queries.clocks_on(actor, row):
        if clock.stage in RUNNING:
            clocks.rule_out(actor, clock=clock, reason=f"The review was stopped: {why}")
    happened(actor, "review stopped", row.record, reason=why)
    asking.ask_nobody(actor, row, "The review was stopped", Errand)
    shut_readers(actor, row, "The review was stopped.")
    return row


def _decided(actor: Actor, row: Review, body: Body | None, on: date | None) -> str:
    """Which body decided to stop a review, and when."""
    if body is None:
        said = "A statutory review ends without a report only by a decision of its partners."
        raise Invalid(said, field="body", mend="Say which body decided.")
    if body.partnership_id != row.partnership.pk:
        raise Invalid("This is of another partnership.", field="body")
    if on is None:
        raise Invalid("Say on which day it was decided.", field="on")
    if on > actor.on:
        raise Invalid(f"{day_in_words(on)} has not come yet.", field="on")
    if on < row.decided_on:
        raise Invalid("The review itself was decided on only later.", field="on")
    return f"{body.name} decided this on {day_in_words(on)}."

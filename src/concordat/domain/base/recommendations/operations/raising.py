"""Drafting a recommendation, and taking over one that a board accepted before."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.agencies.rules import free_key
from concordat.domain.base.documents.operations.uploading import open_as
from concordat.domain.base.recommendations import rules
from concordat.domain.base.recommendations.models import Checked, Recommendation
from concordat.domain.base.recommendations.operations import holding, owing
from concordat.domain.base.recommendations.queries.access import leads_any, seat_asked
from concordat.domain.base.recommendations.rules import Level, Nature, Origin, Stage, Told
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import happened, open_record, operation
from concordat.domain.base.records.operations.record import judged, retitle
from concordat.domain.base.records.operations.unit import locked
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import RecordKind, Verb
from concordat.domain.base.seats.models import Body, Post, Seat
from concordat.kernel.actor import Actor
from concordat.kernel.dates import UncertainDate
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.labels import join_words, slug
from concordat.kernel.sensitivity import Sensitivity

_MOST_WORDS = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What a recommendation says, to whom, and how it will be seen that it worked."""

    title: str
    change: str = ""
    finding: str = ""
    agency: Agency | None = None
    body: Body | None = None
    seat: Seat | None = None
    outside: str = ""
    level: str = ""
    nature: str = ""
    nature_why: str = ""
    due: date | None = None
    owner: Post | None = None
    measure: str = ""
    measure_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """What a recommendation comes from: a record here, or a source that is cited."""

    kind: Origin = Origin.OTHER
    title: str = ""
    record: Record | None = None
    number: str = ""
    made_on: UncertainDate | None = None
    sensitivity: Sensitivity = Sensitivity.PARTNERSHIP


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """That a board accepted it before it came here: who, when, and where that is stated."""

    set_by: Body
    on: UncertainDate | None = None
    source: str = ""
    reasons: str = ""


@operation
def draft(
    actor: Actor, *, partnership: Record, wording: Wording, came: Came, source: str = ""
) -> Recommendation:
    """Set down a draft from any source, to be worked before a board sees it."""
    row = _new(actor, partnership, wording, came, source)
    row.save(force_insert=True)
    holding.tell(actor, row, Told.DRAFTED, row.finding)
    happened(actor, "recommendation drafted", row.record, after=told_of(row))
    return holding.fresh(row)


@operation
def take_over(
    actor: Actor, *, partnership: Record, wording: Wording, came: Came, before: Before
) -> Recommendation:
    """Take over what a board accepted before it came here, with where that is stated.

    It was not worked here: the check list does not apply to it, and its page says so.
    """
    source = rules.needed("source", before.source, "Say where it is stated that it was accepted.")
    if before.set_by.partnership_id != partnership.pk:
        raise Invalid("The body is of another partnership.", field="set_by")
    row = _new(actor, partnership, wording, came, source)
    row.stage, row.set_by = Stage.ACCEPTED, before.set_by
    row.decided_on = before.on.iso() if before.on else ""
    row.reasons = before.reasons.strip()
    row.ask_on = rules.ask_on(wording.due, actor.on)
    row.save(force_insert=True)
    owing.let_in(actor, row, before.set_by)
    holding.tell(actor, row, Told.TAKEN_OVER, source, after=before.set_by.name)
    happened(actor, "recommendation taken over", row.record, reason=source, after=told_of(row))
    owing.ask_owner(actor, row)
    owing.ask_addressee(actor, row)
    return holding.fresh(row)


def _new(
    actor: Actor, partnership: Record, wording: Wording, came: Came, source: str
) -> Recommendation:
    title = rules.a_title(wording.title)
    may_draft(actor, partnership, came.record)
    if came.record is None and not came.title.strip():
        raise Invalid(
            "Say what it comes from.", field="from_title", mend="Cite it, or give its reference."
        )
    locked(partnership.pk)
    record = _record(actor, partnership, title, wording, came)
    row = Recommendation(
        record=record,
        partnership=partnership,
        key=_key(partnership, title),
        title=title,
        number=came.number.strip()[:20],
        from_kind=came.kind,
        from_title=" ".join(came.title.split())[:400],
        from_record=came.record,
        made_on=came.made_on.iso() if came.made_on else "",
        source=source[:400],
    )
    say(actor, row, wording)
    return row


def may_draft(actor: Actor, partnership: Record, source: Record | None) -> None:
    """A chair and the secretariat draft, and whoever works on what it comes from."""
    judged(actor, Verb.SEE, source or partnership).require()
    if leads_any(actor, partnership.pk) or (source and can(actor, Verb.CHANGE, source)):
        return
    raise Refused("Only a chair, the secretariat and whoever works on its source draft one.")


def _record(actor: Actor, partnership: Record, title: str, wording: Wording, came: Came) -> Record:
    """Held at least as closely as what it comes from, and open to the same people."""
    source = came.record
    if source is not None and source.partnership_id != partnership.pk and source != partnership:
        raise Invalid("What it comes from is of another partnership.", field="from_record")
    level = max(Sensitivity.PARTNERSHIP, came.sensitivity, source.level if source else 0)
    record = open_record(
        actor,
        kind=RecordKind.RECOMMENDATION,
        title=title,
        partnership=partnership,
        opened=actor.on,
        owner=source.owner if source else None,
        sensitivity=Sensitivity(level),
        listed=source.listed if source else True,
        words=f"{wording.change} {wording.finding} {came.title}"[:_MOST_WORDS],
    )
    if source is not None:
        open_as(source, record)
    return record


def _key(partnership: Record, title: str) -> str:
    bare = slug(title)[:60].strip("-") or "recommendation"
    rows = Recommendation.objects.filter(partnership=partnership, key__startswith=bare)
    return free_key(bare, set(rows.values_list("key", flat=True)))


def say(actor: Actor, row: Recommendation, wording: Wording) -> None:
    """Set what it says. Raises `Invalid` beside the field for what cannot be so."""
    holding.require(
        rules.one_addressee(wording.agency, wording.body, wording.seat, wording.outside), "outside"
    )
    holding.require(rules.is_known(wording.level, wording.nature), "level")
    holding.require(rules.is_judged(wording.nature, wording.nature_why), "nature_why")
    for name in ("agency", "body", "seat", "owner"):
        told = getattr(wording, name)
        if told is not None and told.partnership_id != row.partnership_id:
            raise Invalid("This is of another partnership.", field=name)
    for name in ("change", "finding", "outside", "nature_why", "measure"):
        setattr(row, name, getattr(wording, name).strip())
    row.title = rules.a_title(wording.title)
    row.agency, row.body, row.seat = wording.agency, wording.body, wording.seat
    row.owner = wording.owner
    row.level = Level(wording.level).value if wording.level else ""
    row.nature = Nature(wording.nature).value if wording.nature else ""
    if wording.due != row.due_day:  # a day that was stated less sharply stays as it was stated
        row.due = wording.due.isoformat() if wording.due else ""
    row.measure_on = wording.measure_on
    row.asked = seat_asked(actor, row.partnership, row.owner)


@operation
def amend(
    actor: Actor, *, recommendation: Recommendation, wording: Wording, reason: str = "",
    seen_version: int | None = None,
) -> Recommendation:  # fmt: skip
    """Say a draft anew: what it asks for, of whom, by when, and how it will be measured."""
    mine = {"title": wording.title, "change": wording.change, "measure": wording.measure}
    held = holding.taken(
        actor, recommendation, "amend", rules.may_frame, seen_version=seen_version, mine=mine
    )
    before = told_of(held)
    say(actor, held, wording)
    after = told_of(held)
    if before == after:
        raise Invalid("Nothing is changed.", field="title", mend="Change something, or go back.")
    held.save()
    if held.title != held.record.title:
        retitle(held.record, held.title)
    holding.indexed(actor, held)
    changed = [name for name in after if before[name] != after[name]]
    words = reason.strip()
    told = ", ".join(changed).replace("_", " ") + _void(held, changed)
    holding.tell(actor, held, Told.AMENDED, words, after=told)
    happened(actor, "recommendation amended", held.record, reason=words, before=before, after=after)
    return held


def _void(held: Recommendation, changed: Collection[str]) -> str:
    """Take back each answer of the check list that was about other words; which, in words."""
    points = rules.asked_anew(changed)
    gone = Checked.objects.filter(recommendation=held, point__in=points)
    answered = set(gone.values_list("point", flat=True))
    gone.delete()
    labels = [point.label.lower() for point in points if point in answered]
    return f". To be answered anew: {join_words(labels)}" if labels else ""


def told_of(row: Recommendation) -> dict[str, object]:
    """What an event keeps of what it says."""
    return {
        "title": row.title,
        "change": row.change,
        "finding": row.finding,
        "addressee": row.addressee,
        "level": row.level,
        "nature": row.nature,
        "nature_why": row.nature_why,
        "due": row.due,
        "owner": row.owner.title if row.owner else "",
        "measure": row.measure,
        "measured_on": row.measure_on,
        "state": row.stage,
    }

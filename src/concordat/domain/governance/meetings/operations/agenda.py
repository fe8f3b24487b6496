"""Proposing an item, taking it on to an agenda, its turn and its time, and carrying it over."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import happened, open_record, operation, take
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import RecordKind, Verb
from concordat.domain.base.seats.models import Seat
from concordat.domain.governance.meetings import queries
from concordat.domain.governance.meetings.models import Item, Line, Meeting
from concordat.domain.governance.meetings.operations.calling import fresh
from concordat.domain.governance.meetings.rules import agenda as rules
from concordat.domain.governance.meetings.rules import life
from concordat.domain.governance.meetings.rules.life import LIVE, Place, Purpose, Stage
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused, Stale
from concordat.kernel.sensitivity import Sensitivity
from concordat.kernel.verdict import Verdict, no, yes


def is_open(meeting: Meeting) -> Verdict:
    """Items come on to an agenda until the meeting is held, or is off."""
    if meeting.stage_is in life.BEFORE:
        return yes()
    return no(f"This meeting is {meeting.stage}. Its agenda is closed.")


@operation
def propose(
    actor: Actor,
    *,
    meeting: Meeting,
    title: str,
    purpose: Purpose,
    minutes: int | None = None,
    about: Record | None = None,
    lead: Seat | None = None,
    lead_words: str = "",
    why: str = "",
    sensitivity: Sensitivity = Sensitivity.PARTNERSHIP,
    listed: bool = True,
) -> Line:
    """Propose something new for a meeting. By a record, it is held at least as closely as that.

    Any member of the partnership who may answer may propose; the chair takes it on or not.
    """
    _minutes_in_range(minutes)
    record = take(meeting.pk, may=lambda held: can(actor, Verb.ANSWER, held))
    is_open(fresh(meeting)).require()
    if about is not None:
        can(actor, Verb.SEE, about).require()
        sensitivity = max(sensitivity, about.level)
        listed = listed and about.listed
    root = open_record(
        actor,
        kind=RecordKind.AGENDA_ITEM,
        title=title,
        partnership=record.partnership,
        opened=actor.on,
        owner=meeting.body.record if meeting.body else None,
        sensitivity=sensitivity,
        listed=listed,
    )
    item = Item(
        record=root,
        about=about,
        lead=lead,
        lead_words=lead_words.strip()[:200],
        proposed_by=actor.signature[:200],
        proposed_on=actor.on,
        why=why.strip(),
    )
    item.save(force_insert=True)
    line = _line(meeting, item, purpose, minutes)
    happened(actor, "item proposed", root, after={"for": record.reference, "to": purpose})
    return line


def _minutes_in_range(minutes: int | None) -> None:
    if minutes is not None and not 1 <= minutes <= rules.MOST_MINUTES:
        raise Invalid(
            f"{minutes} minutes are out of range.",
            field="minutes",
            mend=f"Give a number from 1 to {rules.MOST_MINUTES}, or leave it out.",
        )


def _line(
    meeting: Meeting,
    item: Item,
    purpose: Purpose,
    minutes: int | None,
    place: Place = Place.PROPOSED,
    carried_from: Line | None = None,
    fixed: str = "",
) -> Line:
    last = Line.objects.filter(meeting=meeting).order_by("-turn").first()
    return Line.objects.create(
        meeting=meeting,
        item=item,
        turn=last.turn + 1 if last else 1,
        purpose=purpose,
        place=place,
        minutes=minutes,
        carried_from=carried_from,
        fixed=fixed,
    )


@operation
def bring(
    actor: Actor,
    *,
    meeting: Meeting,
    item: Item,
    purpose: Purpose,
    minutes: int | None = None,
    carried_from: Line | None = None,
    fixed: str = "",
) -> Line:
    """Put an item that exists already before one more meeting, straight on to its agenda."""
    _minutes_in_range(minutes)
    record = take(meeting.pk, may=lambda held: queries.may_run(actor, held, meeting.body_id))
    is_open(fresh(meeting)).require()
    can(actor, Verb.SEE, item.record).require()
    if Line.objects.filter(meeting=meeting, item=item).exists():
        raise Refused("This item is on that agenda already.")
    line = _line(meeting, item, purpose, minutes, Place.ON_AGENDA, carried_from, fixed)
    happened(actor, "item brought", item.record, after={"to": record.reference})
    return line


def _taken(actor: Actor, line: Line, seen_version: int | None = None) -> tuple[Record, Line]:
    """Lock the meeting of a line for a change that the chair and the secretariat may make."""
    record = take(
        line.meeting_id,
        seen_version=seen_version,
        mine={"Item": line.item.record.title},
        theirs=lambda: {"Agenda": titles(actor, line.meeting)},
        may=lambda held: queries.may_run(actor, held, line.meeting.body_id),
    )
    can(actor, Verb.SEE, line.item.record).require()
    now = Line.objects.select_related("item__record", "meeting__record", "meeting__body")
    return record, now.get(pk=line.pk)


def titles(actor: Actor, meeting: Meeting) -> str:
    """The agenda as a conflict tells it: what the actor may not open is not there."""
    live = [place.value for place in LIVE]
    rows = queries.lines(actor, meeting).filter(place__in=live)
    return ", ".join(rows.values_list("item__record__title", flat=True))


def _placed(actor: Actor, line: Line, verb: str, reason: str = "") -> Line:
    to = life.PLACES.after(line.place, verb)
    before, line.place, line.place_reason = line.place, to, reason
    line.save()
    happened(
        actor,
        f"item {to}",
        line.item.record,
        reason=reason,
        before={"place": before},
        after={"place": to, "meeting": line.meeting.record.reference},
    )
    return line


@operation
def take_on(actor: Actor, *, line: Line, seen_version: int | None = None) -> Line:
    """Take a proposed item on to the agenda."""
    _, now = _taken(actor, line, seen_version)
    is_open(now.meeting).require()
    return _placed(actor, now, "take on")


@operation
def decline(actor: Actor, *, line: Line, reason: str) -> Line:
    """Decline a proposed item, with the reason that whoever proposed it is told."""
    life.may_decline(reason).require()
    _, now = _taken(actor, line)
    return _placed(actor, now, "decline", reason.strip())


@operation
def withdraw(actor: Actor, *, line: Line, reason: str) -> Line:
    """Take an item off an agenda that has not been sent, or leave it there as withdrawn."""
    life.may_decline(reason).require()
    _, now = _taken(actor, line)
    return _placed(actor, now, "withdraw", reason.strip())


@operation
def settle(
    actor: Actor,
    *,
    line: Line,
    purpose: Purpose,
    minutes: int | None,
    lead: Seat | None = None,
    lead_words: str | None = None,
    withheld_reason: str = "",
    seen_version: int | None = None,
) -> Line:
    """Say what an item is on the agenda for, how long it has, and who leads it: a seat, or words
    for somebody without one. Where neither is given, whoever led it leads it still."""
    _minutes_in_range(minutes)
    _, now = _taken(actor, line, seen_version)
    before = {"purpose": now.purpose, "minutes": now.minutes, "lead": _led_by(now)}
    now.purpose, now.minutes = purpose, minutes
    now.withheld_reason = withheld_reason.strip()
    now.save()
    if lead is not None or lead_words is not None:
        now.item.lead, now.item.lead_words = lead, (lead_words or "").strip()[:200]
        now.item.save()
    after = {"purpose": purpose, "minutes": minutes, "lead": _led_by(now)}
    happened(actor, "item settled", now.item.record, before=before, after=after)
    return now


def _led_by(line: Line) -> str:
    return line.item.lead.role if line.item.lead else line.item.lead_words


@operation
def place_at(actor: Actor, *, line: Line, at: int, seen_version: int | None = None) -> Line:
    """Put an item at a number of the agenda, within its part of it. Once sent, labels stand."""

    def ordered(block: Sequence[Line], one: Line, first: int, whole: int) -> list[Line]:
        return rules.placed_among(block, one, at, first=first, whole=whole)

    return _reorder(actor, line, seen_version, ordered)


@operation
def move(actor: Actor, *, line: Line, by: int, seen_version: int | None = None) -> Line:
    """Move an item one place up (-1) or down (+1) within its part of the agenda."""
    return _reorder(actor, line, seen_version, lambda block, one, *_: rules.moved(block, one, by))


def _reorder(
    actor: Actor,
    line: Line,
    seen_version: int | None,
    ordered: Callable[[Sequence[Line], Line, int, int], list[Line]],
) -> Line:
    record, now = _taken(actor, line, seen_version)
    if now.label:
        raise Refused("The pack is sent. Items keep the numbers that they were sent with.")
    rows = Line.objects.filter(meeting=now.meeting_id).select_related("item__record")
    shown = [each for _, each in rules.numbered(rows.order_by("turn", "pk"))]
    kind = rules.block_of(now)
    block = [each for each in shown if rules.block_of(each) == kind]
    if now not in block:
        raise Refused("This item is not on the agenda.")
    before = [each for each in shown if rules.block_of(each) < kind]
    hidden = kind is rules.Block.HIDDEN
    whole = len(block) if hidden else sum(1 for each in shown if not each.is_hidden)
    found = ordered(block, now, 1 if hidden else len(before) + 1, whole)
    after = [each for each in shown if rules.block_of(each) > kind]
    for turn, each in enumerate([*before, *found, *after], 1):
        Line.objects.filter(pk=each.pk).update(turn=turn)
    now.refresh_from_db()
    happened(actor, "agenda reordered", record, after={"item": now.item.record.reference})
    return now


@operation
def carry_over(actor: Actor, *, line: Line, reason: str, to: Meeting | None = None) -> Line:
    """Carry an item over, to a meeting that is called already or to whichever comes next."""
    life.may_decline(reason).require()
    _, now = _taken(actor, line)
    done = _placed(actor, now, "carry over", reason.strip())
    if to is not None:
        bring(
            actor,
            meeting=to,
            item=now.item,
            purpose=now.purpose_is,
            minutes=now.minutes,
            carried_from=now,
        )
    return done


@operation
def minute(
    actor: Actor, *, line: Line, text: str, taken: bool = True, seen_text: int | None = None
) -> Line:
    """Write what the minutes say of an item. Two people who write at once each see both texts."""
    record = take(
        line.meeting_id, may=lambda held: queries.may_run(actor, held, line.meeting.body_id)
    )
    can(actor, Verb.SEE, line.item.record).require()
    now = Line.objects.select_related("item__record", "meeting__record").get(pk=line.pk)
    if now.meeting.stage_is not in (Stage.HELD, Stage.MINUTES_DRAFT):
        raise Refused(f"This meeting is {now.meeting.stage}. Its minutes are not open.")
    _same_text(now, text, seen_text)
    before = now.text
    now.text, now.text_by, now.text_version = (
        text.strip(),
        actor.signature[:200],
        now.text_version + 1,
    )
    if taken and now.place_is is Place.ON_AGENDA:
        now.place = life.PLACES.after(now.place, "take")
    now.save()
    happened(
        actor,
        "item minuted",
        now.item.record,
        before={"text": before},
        after={"text": now.text, "meeting": record.reference},
    )
    return now


def _same_text(now: Line, text: str, seen: int | None) -> None:
    if seen is not None and seen != now.text_version:
        raise Stale({"Minutes": text}, {"Minutes": now.text}, by=now.text_by)


@operation
def leave_unreached(actor: Actor, *, line: Line) -> Line:
    """Record that the meeting did not reach an item."""
    _, now = _taken(actor, line)
    return _placed(actor, now, "leave")

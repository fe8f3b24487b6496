"""Looking at what must stand before an area goes live, and going live in one act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from concordat.domain.base.agencies.models import Area, Partnership
from concordat.domain.base.clocks import operations as clocks
from concordat.domain.base.clocks.models import AreaLive
from concordat.domain.base.clocks.rules import Arrangements
from concordat.domain.base.records.models import Hold, Record
from concordat.domain.base.records.operations import (
    happened,
    no_event,
    operation,
    place_hold,
    release_hold,
    take,
)
from concordat.domain.base.records.queries import can, is_free, open_holds
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats import operations as seats
from concordat.domain.base.seats.models import Body
from concordat.domain.governance.arrangements.models import Decision, GoLivePoint
from concordat.domain.governance.arrangements.operations.agreeing import put_in_force
from concordat.domain.governance.arrangements.operations.delegating import add
from concordat.domain.governance.arrangements.operations.transition import keep_transition
from concordat.domain.governance.arrangements.queries import go_live as queries
from concordat.domain.governance.arrangements.queries import old_board as boards
from concordat.domain.governance.arrangements.queries import transition as ways
from concordat.domain.governance.arrangements.rules import go_live as rules
from concordat.domain.governance.arrangements.rules import transition as transitions
from concordat.domain.governance.arrangements.rules.go_live import Point, Told
from concordat.domain.governance.arrangements.rules.text import Stage
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.labels import count, day_in_words, join_words
from concordat.kernel.verdict import Verdict, no, yes


@operation
def recheck(
    actor: Actor, *, partnership: Partnership, area: Area, answers: Sequence[Told] = ()
) -> int:
    """Look at every point again: place a hold for each that does not stand, lift the others.

    The clocks of the transition are kept first. `answers` are what packages above this one found
    of the points that are theirs to answer; a point that nobody has answered today stands open.
    How many points are open is returned.
    """
    _may_look(actor, partnership.record).require()
    record = ways.root_of(actor, partnership)
    take(record.pk)
    no_event("what changed is an event of its own")
    _refuse_area(partnership, area)
    keep_transition(actor, partnership=partnership)
    found = {each.point: each for each in queries.looked_at(actor, partnership, area)}
    found |= {each.point: each for each in answers if each.point in rules.FROM_ABOVE}
    rows = [_kept(actor, partnership, area, record, each) for each in found.values()]
    return sum(1 for row in rows if not row.stands)


def _may_look(actor: Actor, record: Record) -> Verdict:
    return can(actor, Verb.CHANGE, record) & can(actor, Verb.HOLD, record)


def _refuse_area(partnership: Partnership, area: Area) -> None:
    if area.partnership_id != partnership.pk or area.outside or area.part_of_id:
        raise Refused("Choose an area of this partnership.")


def _kept(
    actor: Actor, partnership: Partnership, area: Area, record: Record, found: Told
) -> GoLivePoint:
    row = GoLivePoint.objects.select_related("hold", "waived_by").filter(
        area=area, point=found.point
    ).first() or GoLivePoint(partnership=partnership.record, area=area, point=found.point)
    row.is_met, row.words, row.lacking = found.is_met, found.words, list(found.lacking)
    row.looked_on, row.looked_by = actor.on, actor.signature[:200]
    row.hold = _held(actor, area, record, row)
    row.save()
    return row


def _held(actor: Actor, area: Area, record: Record, row: GoLivePoint) -> Hold | None:
    """The hold that fits the point: there while it does not stand, and on the right record."""
    held = row.hold if row.hold and row.hold.released_on is None else None
    if held and (row.stands or held.record_id != record.pk):
        why = _why_lifted(row) if row.stands else "It hangs on the arrangements now"
        release_hold(actor, hold=held, reason=why, on=actor.on)
        held = None
    if held or row.stands:
        return held
    reason = f"{area.name}: {rules.QUESTIONS[Point(row.point)]}. Not yet so."
    return place_hold(actor, record=record, blocks=rules.GO_LIVE, reason=reason, on=actor.on)


def _why_lifted(row: GoLivePoint) -> str:
    if row.is_met:
        return row.words
    return f"Waived by {row.waived_by.title if row.waived_by else ''}: {row.waived_for}"


@operation
def waive(
    actor: Actor, *, partnership: Partnership, point: GoLivePoint, decision: Decision, reason: str
) -> GoLivePoint:
    """Let an area go live without one point, by a decision that the executive made.

    The reason stays with the point for as long as the list is kept.
    """
    _may_look(actor, partnership.record).require()
    record = ways.root_of(actor, partnership)
    take(record.pk)
    row = GoLivePoint.objects.select_related("hold", "area").get(pk=point.pk)
    why = reason.strip()
    if not why:
        raise Invalid("A reason is needed.", field="reason", mend="It stays with the point.")
    if row.stands:
        raise Refused("This point stands already.")
    if decision.pk not in {each.pk for each in queries.waiving(actor, partnership)}:
        raise Invalid(
            "Only a decision that the executive has made can waive a point.",
            field="decision",
            mend="Record the decision first.",
        )
    row.waived_by, row.waived_on, row.waived_for = decision, actor.on, why
    row.waiver_entered_by = actor.signature[:200]
    row.hold = _held(actor, row.area, record, row)
    row.save()
    after = {"area": row.area.name, "point": row.point, "decision": decision.title}
    happened(actor, "go-live point waived", record, reason=why, after=after)
    return row


@operation
def go_live(
    actor: Actor,
    *,
    partnership: Partnership,
    area: Area,
    on: date,
    source: str,
    starting: Sequence[Body],
    ending: Sequence[Body],
    successors: Mapping[UUID, Body] | None = None,
    child_deaths_on: date | None = None,
    seen_version: int | None = None,
) -> AreaLive:
    """Let an area go live on a day: the old board's rules end there and the tails begin.

    Bodies that start come into force and those of the old board end, all from that day.
    Refused with what is missing while a point of the check list stands open, or anything else
    holds it. `child_deaths_on` is the day from which the child death review partners act.
    """
    can(actor, Verb.CHANGE, partnership.record).require()
    record = ways.root_of(actor, partnership)
    _refuse_area(partnership, area)
    take(record.pk, seen_version=seen_version, mine={"Go-live": day_in_words(on)})
    _look_once_more(actor, partnership, area)
    _free(actor, record, area).require()
    _check_day(actor, partnership, area, on)
    row = clocks.set_area_live(
        actor, area=area, arrangements=Arrangements.SAFEGUARDING, live_on=on, source=source
    )
    if child_deaths_on:
        clocks.set_area_live(
            actor,
            area=area,
            arrangements=Arrangements.CHILD_DEATHS,
            live_on=child_deaths_on,
            source=source,
        )
    _move(actor, partnership, on, starting, ending, successors or {})
    _set_steps(actor, partnership, area, on, source, ending)
    version = ways.current(actor, partnership)
    if version is not None and version.state == Stage.PUBLISHED:
        put_in_force(actor, arrangements=version, from_day=on)
    keep_transition(actor, partnership=partnership)
    told = {
        "area": area.name,
        "on": on,
        "in force": [each.name for each in starting],
        "ended": [each.name for each in ending],
    }
    happened(actor, "area went live", record, reason=source, after=told)
    return row


def _look_once_more(actor: Actor, partnership: Partnership, area: Area) -> None:
    """The points of this package as they are now; those from above as they were answered today."""
    above = GoLivePoint.objects.filter(area=area, point__in=rules.FROM_ABOVE, looked_on=actor.on)
    answers = [Told(Point(row.point), row.is_met, row.words, tuple(row.lacking)) for row in above]
    recheck(actor, partnership=partnership, area=area, answers=answers)


def _free(actor: Actor, record: Record, area: Area) -> Verdict:
    """No point of this area stands open, and nothing else holds the move."""
    open_ = [row for row in ways.points(actor, area, actor.on) if not row.stands]
    if open_:
        told = [rules.QUESTIONS[Point(row.point)].lower() for row in open_]
        return no(
            f"{area.name} cannot go live yet: {count(len(open_), 'point')} of the check list "
            f"{'stand' if len(open_) > 1 else 'stands'} open. Not yet so: {join_words(told)}."
        )
    mine = GoLivePoint.objects.exclude(hold=None).values("hold")
    others = open_holds(record, blocks=rules.GO_LIVE).exclude(pk__in=mine)
    return is_free(record, rules.GO_LIVE) if others.exists() else yes()


def _check_day(actor: Actor, partnership: Partnership, area: Area, on: date) -> None:
    said = ways.go_live(actor, area, actor.on)
    if said and said.live_on <= actor.on:
        raise Refused(f"{area.name} has been live since {day_in_words(said.live_on)}.")
    stages = ways.stages(actor, partnership, area, actor.on)
    published = transitions.stage_of(stages, transitions.PUBLISHED)
    when = published.when if published and published.is_done else None
    if when and when.certainly_after(on):
        raise Invalid(
            f"The arrangements were published on {when}.",
            field="on",
            mend="Give that day or a later one.",
        )


def _move(
    actor: Actor,
    partnership: Partnership,
    on: date,
    starting: Sequence[Body],
    ending: Sequence[Body],
    successors: Mapping[UUID, Body],
) -> None:
    allowed = {body.pk for body in boards.coming(actor, partnership, on)}
    leaving = {body.pk: body for body in boards.going(actor, partnership, on)}
    if not {body.pk for body in starting} <= allowed or not {b.pk for b in ending} <= set(leaving):
        raise Refused("The bodies have changed since you looked. Look at the list again.")
    states = {body.pk: state for body, state in boards.own_bodies(actor, partnership, on)}
    why = "The new arrangements began"
    for body in starting:
        seats.move_state(actor, body=body, verb="bring into force", from_day=on, reason=why)
    for body in ending:
        verb = "end" if states[body.pk] == boards.IN_FORCE else "wind up"
        after = successors.get(body.pk)
        seats.move_state(actor, body=body, verb=verb, from_day=on, reason=why, successor=after)


def _set_steps(
    actor: Actor,
    partnership: Partnership,
    area: Area,
    on: date,
    source: str,
    ending: Sequence[Body],
) -> None:
    """What happened stands beside what was planned."""
    told = [(transitions.LIVE, f"{area.name} went live")]
    told += [
        (transitions.ENDS, f"{body.name} ended") for body in ending if body.kind == "old board"
    ]
    for step, title in told:
        values = {"title": title, "step": step, "state": "done", "date": on.isoformat()}
        values |= {"source": source, "stated_text": actor.on.isoformat()}
        add(
            actor,
            partnership=partnership.record,
            kind="steps",
            name=title,
            values={**values, "area": area},
        )

"""Joint events of a shared group: who came from which borough, and what each does after."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import happened, open_record, operation, take
from concordat.domain.base.records.operations.record import judged
from concordat.domain.base.records.operations.unit import Texts
from concordat.domain.base.records.rules import Cut, RecordKind, Verb
from concordat.domain.base.seats.models import Body, Seat
from concordat.domain.practice.reviews.models import (
    GroupAttendance,
    GroupCase,
    GroupEvent,
    GroupFollowUp,
    LearningReferral,
)
from concordat.domain.practice.reviews.operations import referrals_taking
from concordat.domain.practice.reviews.operations.grouping import judged_in
from concordat.domain.practice.reviews.operations.taking import on_behalf, share_once
from concordat.domain.practice.reviews.queries import group as queries
from concordat.domain.practice.reviews.queries.incident_people import seats_that_run
from concordat.domain.practice.reviews.rules import joint
from concordat.domain.practice.reviews.rules.joint import EVENT_STATES, EventStage
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.labels import count, day_in_words
from concordat.kernel.sensitivity import Sensitivity
from concordat.kernel.verdict import Verdict

CAME, FOLLOWS = "who came from your borough to", "what your borough does after"


@operation
def plan_joint_event(
    actor: Actor, *, group: Body, title: str, on: date, place: str = "", about: str = "",
    cases: Sequence[GroupCase] = (), referrals: Sequence[LearningReferral] = (),
) -> GroupEvent:  # fmt: skip
    """Plan a joint event of a group. It opens to every partnership that the group serves, and
    whoever runs one is asked who came from it."""
    judged_in(actor, group)
    home = group.record.partnership
    if home is None:
        raise Refused("This group is no partnership’s.")
    joint.still_ahead(on, actor.on)
    foreign = [*(each for each in cases if each.group_id != group.pk),
               *(each for each in referrals if each.group_id != group.pk)]  # fmt: skip
    if foreign:
        raise Invalid("This is not on the caseload of the group.", field="draws")
    record = open_record(
        on_behalf(actor),
        kind=RecordKind.LEARNING_EVENT,
        title=joint.said("title", title, "Give it a title.", joint.LONGEST_LINE),
        partnership=home,
        opened=actor.on,
        owner=group.record,
        sensitivity=Sensitivity.PARTNERSHIP,
    )
    made = GroupEvent.objects.create(
        record=record,
        group=group,
        on=on,
        place=place.strip()[: joint.LONGEST_LINE],
        about=about.strip()[: joint.LONGEST_WORDS],
        stage=EventStage.PLANNED,
    )
    made.cases.set(cases)
    made.referrals.set(referrals)
    for other in queries.serves(group):
        if other != home:
            share_once(on_behalf(actor), record, other, "A joint event for it too.", Cut.WHOLE)
    _ask_who_came(actor, made)
    happened(actor, "joint event planned", record, after=_told(made))
    return made


def _told(row: GroupEvent) -> dict[str, object]:
    return {"group": row.group.record.reference, "on": row.on, "place": row.place}


def _ask_who_came(actor: Actor, row: GroupEvent) -> None:
    why = "Each borough tells who came from it"
    for each in queries.serves(row.group):
        seats = seats_that_run(actor, each.pk)
        referrals_taking.ask(actor, row.record, seats, Errand.GIVE, CAME, why, row.on)


def _taken(
    actor: Actor, event: GroupEvent, verb: str, may: Verdict, seen_version: int | None,
    mine: Texts | None = None,
) -> GroupEvent:  # fmt: skip
    """Lock an event in a state that allows this, by somebody who may."""
    record = take(
        event.pk,
        seen_version=seen_version,
        mine=mine,
        theirs=lambda: {"state": _fresh(event).stage_is.label},
        may=lambda held: judged(actor, Verb.SEE, held) & may,
    )
    held = _fresh(event)
    held.record = record
    held.stage = EVENT_STATES.after(held.stage_is, verb)
    return held


def _fresh(event: GroupEvent) -> GroupEvent:
    rows = GroupEvent.objects.select_related("record__partnership", "group__record__partnership")
    return rows.get(pk=event.pk)


@operation
def move_joint_event(
    actor: Actor, *, event: GroupEvent, on: date, place: str, reason: str,
    seen_version: int | None = None,
) -> GroupEvent:  # fmt: skip
    """Hold it on another day or elsewhere, with the reason."""
    may = joint.may_plan(queries.part_in_event(actor, event))
    held = _taken(actor, event, "move", may, seen_version, {"reason": reason})
    why = joint.said("reason", reason, "Say why it is moved.")
    joint.still_ahead(on, actor.on)
    before = _told(held)
    held.on, held.place = on, place.strip()[: joint.LONGEST_LINE]
    held.save()
    referrals_taking.clear(actor, held.record, "Moved", Errand.GIVE)
    _ask_who_came(actor, held)
    happened(
        actor, "joint event moved", held.record, reason=why, before=before, after=_told(held)
    )  # fmt: skip
    return held


@operation
def call_off_joint_event(
    actor: Actor, *, event: GroupEvent, reason: str, seen_version: int | None = None
) -> GroupEvent:
    """Say that it is not held, with the reason."""
    may = joint.may_plan(queries.part_in_event(actor, event))
    held = _taken(actor, event, "call off", may, seen_version, {"reason": reason})
    why = joint.said("reason", reason, "Say why it is called off.")
    held.save()
    referrals_taking.clear(actor, held.record, "Called off", Errand.GIVE, Errand.UPDATE)
    happened(actor, "joint event called off", held.record, reason=why)
    return held


@operation
def tell_who_came(
    actor: Actor, *, event: GroupEvent, partnership: Record, invited: int, came: int,
    agencies: str = "", seen_version: int | None = None,
) -> GroupAttendance:  # fmt: skip
    """Tell how many were invited and came from one borough; told again, it takes the place."""
    held = _of_borough(actor, event, partnership, "tell who came", seen_version)
    if held.on > actor.on:
        raise Refused(f"The event is still to come, on {day_in_words(held.on)}.")
    joint.counted(invited, came)
    made, _ = GroupAttendance.objects.update_or_create(
        event=held,
        partnership=partnership,
        defaults={"invited": invited, "came": came, "agencies": agencies.strip()[:300]},
    )
    held.save()
    for seat in seats_that_run(actor, partnership.pk):
        referrals_taking.clear_of(actor, held.record, seat, "Told", Errand.GIVE)
    happened(
        actor, "attendance of joint event told", held.record,
        after={"from": partnership.reference, "invited": invited, "came": came},
    )  # fmt: skip
    return made


def _of_borough(
    actor: Actor, event: GroupEvent, partnership: Record, verb: str, seen_version: int | None
) -> GroupEvent:
    may = joint.may_tell_of_borough(queries.part_in_event(actor, event))
    held = _taken(actor, event, verb, may, seen_version)
    if partnership not in queries.serves(held.group):
        raise Invalid("This partnership takes no part.", field="partnership")
    if partnership not in queries.boroughs_for(actor, held):
        raise Refused("Whoever runs this borough’s partnership tells this.")
    return held


@operation
def set_what_follows(
    actor: Actor, *, event: GroupEvent, partnership: Record, what: str, due: date,
    owner: Seat | None = None, seen_version: int | None = None,
) -> GroupFollowUp:  # fmt: skip
    """Set down what one borough does after the event, who and by when; the seat is asked."""
    held = _of_borough(actor, event, partnership, "set what follows", seen_version)
    if owner and owner.partnership_id != partnership.pk:
        raise Invalid("This seat is of another partnership.", field="owner")
    if due <= actor.on:
        raise Invalid("Give at least a day.", field="due")
    made = GroupFollowUp.objects.create(
        event=held,
        partnership=partnership,
        what=joint.said("what", what, "Say what is done."),
        owner=owner,
        due=due,
    )
    held.save()
    if owner:
        why = "Your seat does it"
        referrals_taking.ask(actor, held.record, [owner], Errand.UPDATE, FOLLOWS, why, due)
    happened(
        actor, "follow-up of joint event set", held.record,
        after={"by": partnership.reference, "due": due},
    )  # fmt: skip
    return made


@operation
def say_it_is_done(
    actor: Actor, *, event: GroupEvent, follow_up: GroupFollowUp, came_of_it: str,
    seen_version: int | None = None,
) -> GroupFollowUp:  # fmt: skip
    """Say that what follows is done and what came of it: whose it is, or whoever tells of the
    borough."""
    may = joint.may_say_done(queries.part_in_event(actor, event))
    held = _taken(actor, event, "say it is done", may, seen_version)
    row = GroupFollowUp.objects.select_related("owner", "partnership").get(pk=follow_up.pk)
    if row.event_id != held.pk or row.done_on:
        raise Refused("This is done already, or is of another event.")
    if row not in queries.may_do(actor, held):
        raise Refused("Whoever owns it says that it is done, or whoever runs that borough.")
    row.came_of_it = joint.said("came_of_it", came_of_it, "Say what came of it.")
    row.done_on, row.done_by = actor.on, actor.signature[:200]
    row.save()
    held.save()
    left = GroupFollowUp.objects.filter(event=held, owner=row.owner, done_on=None)
    if row.owner and not left.exists():
        referrals_taking.clear_of(actor, held.record, row.owner, "Done", Errand.UPDATE)
    happened(
        actor, "follow-up of joint event done", held.record, reason=row.came_of_it,
        after={"by": row.partnership.reference},
    )  # fmt: skip
    return row


@operation
def close_joint_event(
    actor: Actor, *, event: GroupEvent, outcome: str, seen_version: int | None = None
) -> GroupEvent:
    """Say what came of the whole, once nothing that follows is left to be done."""
    may = joint.may_plan(queries.part_in_event(actor, event))
    held = _taken(actor, event, "close", may, seen_version, {"outcome": outcome})
    held.outcome = joint.said("outcome", outcome, "Say what came of it.")
    left = GroupFollowUp.objects.filter(event=held, done_on=None).count()
    if left:
        raise Refused(f"{count(left, 'follow-up')} of a borough is to be done first.")
    held.save()
    referrals_taking.clear(actor, held.record, "Closed", Errand.GIVE)
    happened(actor, "joint event closed", held.record, reason=held.outcome)
    return held

"""Joint learning events of a review: who came from where, and what each borough does after."""

from __future__ import annotations

from datetime import date

from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import happened, operation
from concordat.domain.base.seats.models import Seat
from concordat.domain.practice.reviews import queries
from concordat.domain.practice.reviews.models import (
    Attendance,
    FollowUp,
    LearningEvent,
    Review,
)
from concordat.domain.practice.reviews.operations import asking
from concordat.domain.practice.reviews.operations.desk_taking import taken
from concordat.domain.practice.reviews.rules import desk, joint
from concordat.domain.practice.reviews.rules.desk import Stage
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.verdict import Verdict, no, yes

ALSO = (Stage.PUBLISHED,)


@operation
def plan_event(
    actor: Actor,
    *,
    review: Review,
    title: str,
    on: date,
    place: str = "",
    about: str = "",
    seen_version: int | None = None,
) -> LearningEvent:
    """Plan an event at which what the review taught is passed on."""
    row = taken(actor, review, seen_version=seen_version, also=ALSO)
    made = LearningEvent.objects.create(
        review=row,
        title=desk.needed("title", title, "Give it a title.", desk.LONGEST_LINE),
        on=on,
        place=place.strip()[: desk.LONGEST_LINE],
        about=about.strip(),
    )
    for seat in asking.seats_of_others(actor, row):
        why = "Each borough tells who came from it"
        asking.ask(actor, row, seat, Errand.GIVE, _came(made), why, on)
    happened(actor, "learning event planned", row.record, after={"event": made.title, "on": on})
    return made


def _came(row: LearningEvent) -> str:
    return f"Give who came from your borough to {row.title}"[:200]


def _may_tell(actor: Actor, row: Review, partnership: Record) -> Verdict | None:
    """Whoever runs the review tells for every borough; a borough that takes part, for itself."""
    if queries.may_change(actor, row):
        return None
    if partnership in queries.boroughs(actor, row):
        return yes()
    return no("Whoever runs this borough's partnership tells this, or whoever runs the review.")


def _takes_part(actor: Actor, row: Review, partnership: Record) -> None:
    if partnership not in queries.partners(actor, row):
        raise Invalid("This partnership takes no part in the review.", field="partnership")


@operation
def tell_attendance(
    actor: Actor,
    *,
    event: LearningEvent,
    partnership: Record,
    invited: int,
    came: int,
    agencies: str = "",
    seen_version: int | None = None,
) -> Attendance:
    """Tell how many were invited and came from one borough; told again, it takes the place."""
    may = _may_tell(actor, event.review, partnership)
    row = taken(actor, event.review, seen_version=seen_version, also=ALSO, may=may)
    _takes_part(actor, row, partnership)
    if event.on > actor.on:
        raise Refused("The event is still to come.")
    joint.counted(invited, came)
    made, _ = Attendance.objects.update_or_create(
        event=event,
        partnership=partnership,
        defaults={"invited": invited, "came": came, "agencies": agencies.strip()},
    )
    for seat in asking.seats_of_others(actor, row):
        if seat.partnership_id == partnership.pk:
            asking.asked_no_more(actor, row, seat, Errand.GIVE, "Told", what=_came(event))
    happened(
        actor, "attendance of learning event told", row.record,
        after={"event": event.title, "from": partnership.reference, "invited": invited,
               "came": came},
    )  # fmt: skip
    return made


@operation
def add_follow_up(
    actor: Actor,
    *,
    event: LearningEvent,
    partnership: Record,
    what: str,
    due: date,
    owner: Seat | None = None,
    seen_version: int | None = None,
) -> FollowUp:
    """Set down what one borough does after an event, who and by when; the seat is asked."""
    may = _may_tell(actor, event.review, partnership)
    row = taken(actor, event.review, seen_version=seen_version, also=ALSO, may=may)
    _takes_part(actor, row, partnership)
    if owner and owner.partnership_id != partnership.pk:
        raise Invalid("This seat is of another partnership.", field="owner")
    if due <= actor.on:
        raise Invalid("Give at least a day.", field="due")
    made = FollowUp.objects.create(
        event=event,
        partnership=partnership,
        what=desk.needed("what", what, "Say what is done."),
        owner=owner,
        due=due,
    )
    if owner:
        asking.ask(actor, row, owner, Errand.UPDATE, _what(made), "Your seat does it", due)
    happened(
        actor, "follow-up of learning event set", row.record,
        after={"event": event.title, "by": partnership.reference, "due": due},
    )  # fmt: skip
    return made


def _what(row: FollowUp) -> str:
    """Each follow-up is asked for by itself, also where one seat has several."""
    return f"Update what follows {row.event.title}: {row.what}"[:200]


@operation
def do_follow_up(
    actor: Actor,
    *,
    follow_up: FollowUp,
    came_of_it: str,
    seen_version: int | None = None,
) -> FollowUp:
    """Say that it is done and what came of it, by the seat that owns it or the review desk."""
    mine = follow_up.owner_id in {each.seat for each in actor.seats}
    row = taken(
        actor, follow_up.event.review, seen_version=seen_version, also=ALSO,
        may=yes() if mine else None,
    )  # fmt: skip
    held = FollowUp.objects.select_related("owner", "event", "partnership").get(pk=follow_up.pk)
    if held.done_on:
        raise Refused("This is done already.")
    held.came_of_it = desk.needed("came_of_it", came_of_it, "Say what came of it.")
    held.done_on, held.done_by = actor.on, actor.signature[:200]
    held.save()
    if held.owner:
        asking.asked_no_more(actor, row, held.owner, Errand.UPDATE, "Done", what=_what(held))
    happened(
        actor, "follow-up of learning event done", row.record, reason=held.came_of_it,
        after={"by": held.partnership.reference},
    )  # fmt: skip
    return held

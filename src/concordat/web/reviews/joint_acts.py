"""What may be done with a joint event of a group."""

from __future__ import annotations

from typing import Any

from concordat.domain.base.seats import queries as seats
from concordat.domain.base.seats.queries import Seat
from concordat.domain.practice.reviews.operations import joint_events as operations
from concordat.domain.practice.reviews.queries import group as queries
from concordat.domain.practice.reviews.queries.group import GroupEvent
from concordat.domain.practice.reviews.rules import joint
from concordat.domain.practice.reviews.rules.joint import EVENT_STATES
from concordat.kernel.actor import Actor
from concordat.kernel.labels import weekday_in_words
from concordat.web.reviews.desk.forms import AttendanceForm
from concordat.web.reviews.joint_forms import CloseForm, DidForm, FollowsForm, MoveForm
from concordat.web.reviews.learning_acts import Act, Of
from concordat.web.ui.forms import ReasonForm
from concordat.web.ui.parts import Fact

MOST_SEATS = 200


def _boroughs(actor: Actor, row: GroupEvent) -> dict[str, Any]:
    """The boroughs for which the actor tells; the one there is stands chosen."""
    found = [(each.reference, each.title) for each in queries.boroughs_for(actor, row)]
    initial = {"partnership": found[0][0]} if len(found) == 1 else {}
    return {"choices": {"partnership": found}, "initial": initial}


def _owners(actor: Actor, row: GroupEvent) -> list[Seat]:
    homes = [each.pk for each in queries.boroughs_for(actor, row)]
    rows = seats.seats(actor).filter(partnership__in=homes, to_text="")
    return list(rows.order_by("partnership__title", "role")[:MOST_SEATS])


def _follows(actor: Actor, row: GroupEvent) -> dict[str, Any]:
    told = _boroughs(actor, row)
    told["choices"]["owner"] = [
        (each.record.reference, f"{each.role}, {each.body.name}") for each in _owners(actor, row)
    ]
    return told


def _left(actor: Actor, row: GroupEvent) -> dict[str, Any]:
    found = [(str(each.pk), each.what) for each in queries.may_do(actor, row)]
    initial = {"follow_up": found[0][0]} if len(found) == 1 else {}
    return {"choices": {"follow_up": found}, "initial": initial}


def _stands(_actor: Actor, row: GroupEvent) -> dict[str, Any]:
    return {"choices": {}, "initial": {"on": row.on, "place": row.place}}


def _of_borough(actor: Actor, row: GroupEvent, told: dict[str, Any]) -> dict[str, Any]:
    homes = {each.reference: each for each in queries.boroughs_for(actor, row)}
    told["partnership"] = homes[told["partnership"]]
    return told


def _owned(actor: Actor, row: GroupEvent, told: dict[str, Any]) -> dict[str, Any]:
    told, seats_ = _of_borough(actor, row, told), _owners(actor, row)
    owner = told["owner"]
    told["owner"] = next((each for each in seats_ if each.record.reference == owner), None)
    return told


def _done(actor: Actor, row: GroupEvent, told: dict[str, Any]) -> dict[str, Any]:
    rows = {str(each.pk): each for each in queries.may_do(actor, row)}
    told["follow_up"] = rows[told["follow_up"]]
    return told


ACTS = (
    Act(
        "came", "tell who came", joint.may_tell_of_borough, AttendanceForm,
        operations.tell_who_came, "Tell who came", "Save who came", "Who came is on file.",
        offers=_boroughs, reads=_of_borough,
    ),
    Act(
        "follow", "set what follows", joint.may_tell_of_borough, FollowsForm,
        operations.set_what_follows, "Set what a borough does", "Set it", "It is set.",
        offers=_follows, reads=_owned,
    ),
    Act(
        "did", "say it is done", joint.may_say_done, DidForm, operations.say_it_is_done,
        "Say that it is done", "Say that it is done", "It is done.", offers=_left, reads=_done,
    ),
    Act(
        "close", "close", joint.may_plan, CloseForm, operations.close_joint_event,
        "Say what came of the event", "Close it", "It is closed, with what came of it.",
        "Once nothing that follows is left to be done.",
    ),
    Act(
        "move", "move", joint.may_plan, MoveForm, operations.move_joint_event,
        "Hold it on another day", "Move it", "It is moved. Each borough is told.",
        offers=_stands,
    ),
    Act(
        "off", "call off", joint.may_plan, ReasonForm, operations.call_off_joint_event,
        "Call it off", "Call it off", "It is called off. Nobody is asked who came.",
    ),
)  # fmt: skip


def _about(row: GroupEvent) -> list[Fact]:
    return [
        Fact("Event", row.record.title),
        Fact("Held by", row.group.name),
        Fact("On", weekday_in_words(row.on)),
    ]


OF = Of(
    "event", queries.group_event, queries.part_in_event, EVENT_STATES, lambda row: row.stage_is,
    _about,
)  # fmt: skip

"""Saying what a partner thinks, notifying, and leaving an incident unnotified.

The council notifies alone. What the partners think is kept beside it and holds nothing up.
"""

from __future__ import annotations

from datetime import date, datetime

from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.asks.operations import clear_asks
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.clocks.rules import day_in_london
from concordat.domain.base.records.operations import happened, operation
from concordat.domain.practice.reviews.models import Incident, IncidentView, Notification
from concordat.domain.practice.reviews.operations import clocking, taking
from concordat.domain.practice.reviews.operations.admitting import admit_anew
from concordat.domain.practice.reviews.operations.joining import let_join
from concordat.domain.practice.reviews.operations.moving import take_back_from_elsewhere
from concordat.domain.practice.reviews.operations.telling import ask_the_chair, view_asked
from concordat.domain.practice.reviews.queries import incident_facts as here
from concordat.domain.practice.reviews.queries import incident_people as people
from concordat.domain.practice.reviews.queries.incident_papers import (
    notification_as_it_stands,
    to_keep,
)
from concordat.domain.practice.reviews.rules import (
    Stage,
    View,
    agreement,
    answers,
    may_leave,
    may_notify,
    national_body,
)
from concordat.domain.practice.reviews.rules.duties import NOTIFY
from concordat.domain.practice.reviews.rules.life import (
    may_be_council,
    may_notify_for,
    may_say,
    needed,
)
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused


@operation
def say(
    actor: Actor, *, incident: Incident, of: str, agency: Agency, view: View, reason: str,
    seen_version: int | None = None,
) -> Incident:  # fmt: skip
    """Keep what a partner thinks of notifying, or of the decision. An earlier word stays on file,
    and nothing waits for it."""
    held = taking.taken(actor, incident, "", may_say, seen_version=seen_version)
    if agency not in people.speaks_for(actor, held):
        raise Refused("You do not speak for this partner.")
    if view is View.SILENT:
        raise Invalid("Say what they think.", field="view", mend="Choose one.")
    why = needed("reason", reason, "Say why they think so.")
    IncidentView.objects.create(
        incident=held, of=of, agency=agency, view=view, reason=why, by=actor.signature[:200],
        on=actor.on,
    )  # fmt: skip
    if of == IncidentView.Of.NOTIFYING:
        _is_said(actor, held, agency)
    taking.tell(actor, held, f"{agency.name} {view} ({of})"[:100], why)
    after = {"of": of, "partner": agency.name, "view": view}
    happened(actor, "view of a partner kept", held.record, after=after)
    return held


def _is_said(actor: Actor, held: Incident, agency: Agency) -> None:
    for seat in people.seats_for(actor, held, [agency.pk]):
        clear_asks(
            actor, record=held.record, errand=Errand.COMMENT, seat=seat, what=view_asked(held),
            outcome="Said",
        )  # fmt: skip


@operation
def notify(
    actor: Actor, *, incident: Incident, sent_at: datetime, number: str = "",
    seen_version: int | None = None,
) -> Incident:  # fmt: skip
    """Record that the council has notified. A rapid review follows by itself, its clock by the
    rules of the day and of the area; the text that went out is kept as it was."""
    held = taking.taken(actor, incident, "notify", may_notify_for, seen_version=seen_version)
    views = here.views_of(actor, held, IncidentView.Of.NOTIFYING)
    may_notify(held.test, views).require()
    _is_ours(actor, held)
    day = _sent_on(actor, held, sent_at)
    Notification.objects.create(
        incident=held,
        to=national_body(day).name,
        sent_at=sent_at,
        number=number.strip()[:60],
        text=to_keep(notification_as_it_stands(actor, held)),
        agreement=agreement(views).in_words,
        by=actor.signature[:200],
        on=day,
    )
    taking.moved(held, "notify")
    held = _begin_review(actor, held, sent_at)
    let_join(actor, held)
    taking.tell(actor, held, f"Notified to the {national_body(day).short}", number.strip())
    happened(
        actor, "incident notified", held.record,
        after={"to": national_body(day).name, "sent": sent_at, "number": number.strip()},
    )  # fmt: skip
    return held


def _sent_on(actor: Actor, held: Incident, sent_at: datetime) -> date:
    day = day_in_london(sent_at)
    if day > actor.on:
        raise Invalid("This day has not come yet.", field="sent_at", mend="Give the day it was.")
    if held.known_at and sent_at < held.known_at:
        raise Invalid(
            "It would be notified before the council knew.", field="sent_at",
            mend="Give a later time, or change when the council knew.",
        )  # fmt: skip
    return day


@operation
def mend_notice(
    actor: Actor, *, incident: Incident, sent_at: datetime, reason: str, number: str = "",
    seen_version: int | None = None,
) -> Incident:  # fmt: skip
    """Put right when the notification went out, or its number. What runs from it is counted
    again, by the rules of the right day; every earlier start stays on file, and the text that
    went out stays as it was.

    Raises `Refused` where the right day falls under other rules than those it was decided by.
    """
    held = taking.taken(
        actor, incident, "mend the notice", may_notify_for, seen_version=seen_version
    )
    why = needed("reason", reason, "Say how it is known.")
    day, sent = _sent_on(actor, held, sent_at), held.notification
    was = {"sent": sent.sent_at, "number": sent.number}
    theirs = number.strip()[:60]
    told = {"sent": sent_at, "number": theirs}
    if was == told:
        raise Invalid("This is what stands there.", field="sent_at")
    moved = sent.sent_at != sent_at
    sent.sent_at, sent.number, sent.on = sent_at, theirs, day
    sent.to = national_body(day).name
    sent.save()
    if moved:
        _count_again(actor, held, why)
    held.save()
    taking.tell(actor, held, "Put right when it was notified", why)
    happened(
        actor, "notification put right", held.record, reason=why, before=was, after=told
    )  # fmt: skip
    return taking.fresh(held)


def _count_again(actor: Actor, held: Incident, why: str) -> None:
    old = held.old_board
    clocking.amend_notified(actor, held, why)
    if held.old_board == old:
        return
    if held.stage != Stage.NOTIFIED:
        raise Refused("It was decided by other rules than those of that day. Decide it anew first.")
    taking.clear(actor, held, why, Errand.REVIEW)
    admit_anew(actor, held, why)
    if held.old_board:
        ask_the_chair(actor, held)


def _is_ours(actor: Actor, held: Incident) -> None:
    """The duty is of the council of the place: elsewhere it is passed on to it."""
    place = answers(people.places_of(actor, held))[0].place
    if place and held.area and place.key != str(held.area_id):
        raise Refused(f"The council of {place.name} notifies this. Pass it on to its partnership.")


def _begin_review(actor: Actor, held: Incident, sent_at: datetime) -> Incident:
    clocking.start_by_notifying(actor, held, sent_at)
    held.save()
    clocking.meet(actor, held, NOTIFY, sent_at, f"Notified under {held.record.reference}")
    taking.clear(actor, held, "Notified", Errand.COMMENT)
    if held.old_board:
        ask_the_chair(actor, held)
    return taking.fresh(held)


@operation
def leave(
    actor: Actor, *, incident: Incident, reason: str, seen_version: int | None = None
) -> Incident:
    """Settle that nothing is notified, with the reason. Its clock falls away."""
    held = taking.taken(
        actor, incident, "leave", may_notify_for, seen_version=seen_version,
        mine={"reason": reason.strip()},
    )  # fmt: skip
    why = needed("reason", reason, "Say why nothing is notified.")
    may_leave(held.test, reason=why).require()
    taking.moved(held, "leave")
    held.save()
    clocking.rule_out(actor, held, "It is not notified", NOTIFY)
    taking.clear(actor, held, "Not notified", Errand.COMMENT)
    taking.tell(actor, held, "Not notified", why)
    happened(actor, "incident not notified", held.record)
    return held


@operation
def look_again(
    actor: Actor, *, incident: Incident, reason: str, seen_version: int | None = None
) -> Incident:
    """Take an incident up again, since something new is known. Its clocks run from their start."""
    held = taking.taken(actor, incident, "look again", may_be_council, seen_version=seen_version)
    why = needed("reason", reason, "Say what is new.")
    if held.stage == Stage.ELSEWHERE:
        take_back_from_elsewhere(actor, held, why)
    taking.moved(held, "look again")
    held.save()
    if held.stage == Stage.TOLD:
        clocking.start_again(actor, held, NOTIFY, why)
        clocking.start_notices_again(actor, held, why)
    else:
        clocking.start_review_again(actor, held, why)
    taking.tell(actor, held, "Looked at again", why)
    happened(actor, "incident looked at again", held.record, reason=why)
    return held

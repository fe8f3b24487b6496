"""The rapid review: the facts, what the agencies are asked, the panel, and the criteria weighed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from concordat.domain.base.agencies.models import Agency, Area
from concordat.domain.base.records.operations import happened, no_event, operation
from concordat.domain.base.requests import operations as requests
from concordat.domain.base.requests.models import Request
from concordat.domain.base.requests.operations import Asked
from concordat.domain.base.requests.queries import basis_of, may_be_requester
from concordat.domain.base.seats.models import Seat
from concordat.domain.governance.meetings import operations as meetings
from concordat.domain.governance.meetings.models import Line, Meeting
from concordat.domain.governance.meetings.rules.life import LIVE, Purpose
from concordat.domain.governance.meetings.rules.life import Place as Stands
from concordat.domain.practice.children.queries import agreement_of
from concordat.domain.practice.reviews.models import Incident, IncidentWeighing
from concordat.domain.practice.reviews.operations import taking
from concordat.domain.practice.reviews.queries import incident_facts as here
from concordat.domain.practice.reviews.queries import incident_people as people
from concordat.domain.practice.reviews.rules import Stage, Weight
from concordat.domain.practice.reviews.rules.life import (
    REVIEWED,
    may_be_council,
    may_run,
    may_say,
    needed,
)
from concordat.domain.practice.reviews.rules.papers import NOTIFICATION, RAPID_REVIEW, questions
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused

FORM = "incident"


def in_review(held: Incident) -> None:
    if held.stage not in REVIEWED:
        raise Refused("No rapid review goes on: it follows a notification.")


@operation
def fill(
    actor: Actor, *, incident: Incident, told: Mapping[str, str], seen_version: int | None = None
) -> Incident:
    """Put down what the rapid review finds, question by question."""
    asked = {each.key for each in questions(RAPID_REVIEW)}
    mine = {key: text.strip() for key, text in told.items() if key in asked}
    held = taking.taken(actor, incident, "", may_be_council, seen_version=seen_version, mine=mine)
    in_review(held)
    if held.content | mine == held.content:
        no_event("nothing was changed")
        return held
    held.content = held.content | mine
    held.save()
    taking.tell(actor, held, "Facts put down")
    happened(actor, "rapid review written", held.record, after=_questions(mine))
    return held


def _questions(told: Mapping[str, str]) -> dict[str, object]:
    return {"questions": sorted(key for key, text in told.items() if text)}


@operation
def answer_form(
    actor: Actor, *, incident: Incident, told: Mapping[str, str], seen_version: int | None = None
) -> Incident:
    """Answer the questions of the national form, before the notification goes out or after it:
    what went out stays as it was."""
    asked = {each.key for each in questions(NOTIFICATION)}
    mine = {key: text.strip() for key, text in told.items() if key in asked}
    held = taking.taken(
        actor, incident, "amend", may_be_council, seen_version=seen_version, mine=mine
    )
    if held.form | mine == held.form:
        no_event("nothing was changed")
        return held
    held.form = held.form | mine
    held.save()
    taking.tell(actor, held, "National form answered")
    happened(actor, "national form answered", held.record, after=_questions(mine))
    return held


@operation
def ask_agencies(
    actor: Actor, *, incident: Incident, requester: Seat, seats: Sequence[Seat], exact: str,
    deliver_to: str, due: date, seen_version: int | None = None,
) -> list[Request]:  # fmt: skip
    """Ask the seats of several agencies for what they knew, by one set of questions and one day.

    Somebody without a seat is asked on the page of requests, by a link.
    """
    held = taking.taken(actor, incident, "", may_run, seen_version=seen_version)
    in_review(held)
    if not seats:
        raise Invalid("Choose whom to ask.", field="seats", mend="Choose at least one seat.")
    may = may_be_requester(actor, requester, basis_of(actor, held.partnership, asked_for(held)).row)
    if not may:
        raise Invalid(str(may), field="requester")
    made = [
        _asked(actor, held, seat, requester=requester, exact=exact, deliver_to=deliver_to, due=due)
        for seat in seats
    ]
    names = [each.recipient for each in made]
    taking.tell(actor, held, "Agencies asked", "; ".join(names))
    happened(actor, "agencies asked", held.record, after={"of": names, "due": due})
    return made


def asked_for(held: Incident) -> Area | None:
    """The partnership's own area in which it happened, on which the basis of a request depends."""
    area = held.area
    own = area is not None and area.partnership_id == held.partnership_id and not area.outside
    return area if own else None


def _asked(
    actor: Actor, held: Incident, seat: Seat, *, requester: Seat, exact: str, deliver_to: str,
    due: date,
) -> Request:  # fmt: skip
    area = asked_for(held)
    draft = requests.draft(
        actor,
        partnership=held.partnership,
        asked=Asked(
            requester=requester,
            form=FORM,
            purpose="A rapid review of a serious incident, and for no other purpose",
            exact=exact,
            deliver_to=deliver_to,
            due=due,
            seat=seat,
            about=held.record,
            area=area,
            agreement=agreement_of(actor, area) if area else None,
        ),
    )
    return requests.send(actor, request=draft)


@operation
def put_before(
    actor: Actor, *, incident: Incident, meeting: Meeting, reason: str,
    minutes: int | None = None, seen_version: int | None = None,
) -> Line:  # fmt: skip
    """Propose the incident for the agenda of a meeting: the panel of the rapid review."""
    held = taking.taken(actor, incident, "", may_run, seen_version=seen_version)
    why = needed("reason", reason, "Say what the meeting is to do with it.")
    open_ = Line.objects.filter(meeting=meeting, item__about=held.record)
    live = [Stands.PROPOSED.value, *(each.value for each in LIVE)]
    if open_.filter(place__in=live).exists():
        raise Refused("It stands before that meeting already.")
    line = meetings.propose(
        actor,
        meeting=meeting,
        title=f"Rapid review: {held.record.reference}",
        purpose=Purpose.DECIDE,
        minutes=minutes,
        about=held.record,
        why=why,
    )
    taking.tell(actor, held, f"Put before {meeting.record.reference}", why)
    after = {"meeting": meeting.record.reference}
    happened(actor, "incident put before a panel", held.record, reason=why, after=after)
    return line


@operation
def weigh(
    actor: Actor, *, incident: Incident, criterion: str, agency: Agency, weight: Weight,
    reason: str, seen_version: int | None = None,
) -> Incident:  # fmt: skip
    """Keep how a partner weighs one criterion, and why. Dissent stands beside the others."""
    held = taking.taken(actor, incident, "", may_say, seen_version=seen_version)
    if held.stage not in (Stage.TOLD, *REVIEWED):
        raise Refused(f"The criteria are not weighed while it is “{held.stage_is.label}”.")
    criteria = here.criteria_of(actor, held)
    if criterion not in criteria:
        raise Invalid("There is no such criterion.", field="criterion", mend="Choose one.")
    if agency not in people.speaks_for(actor, held):
        raise Refused("You do not speak for this partner.")
    why = needed("reason", reason, "Say why they weigh it so.")
    IncidentWeighing.objects.create(
        incident=held, criterion=criterion, agency=agency, weight=weight, reason=why,
        by=actor.signature[:200], on=actor.on,
    )  # fmt: skip
    after = {"criterion": criterion, "partner": agency.name, "weight": weight}
    happened(actor, "criterion weighed", held.record, after=after)
    return held

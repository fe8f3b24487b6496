"""An incident that goes another way: to another council, beside another, outside the criteria."""

from __future__ import annotations

from datetime import timedelta

from concordat.domain.base.agencies.models import Area
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.records import operations as records
from concordat.domain.base.records.models import Grant, Share
from concordat.domain.base.records.operations import happened, operation, take
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Cut, Level, Verb
from concordat.domain.base.seats.models import Seat
from concordat.domain.practice.reviews.models import Incident, IncidentPlace, NationalReply
from concordat.domain.practice.reviews.operations import clocking, taking
from concordat.domain.practice.reviews.operations.deciding import void_decision
from concordat.domain.practice.reviews.operations.telling import Where, place
from concordat.domain.practice.reviews.queries import incident_facts as here
from concordat.domain.practice.reviews.queries import incident_people as people
from concordat.domain.practice.reviews.rules import Reply, Stage
from concordat.domain.practice.reviews.rules.duties import (
    DEATHS,
    NOTIFY,
    OLD_DECIDE,
    OLD_TELL,
    RAPID_REVIEW,
)
from concordat.domain.practice.reviews.rules.life import REVIEWED, may_run, needed
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused


@operation
def pass_on(
    actor: Actor, *, incident: Incident, where: Where, reason: str, cut: Cut = Cut.SUMMARY,
    seen_version: int | None = None,
) -> Incident:  # fmt: skip
    """Another council leads, since it happened in its area: we contribute. A partnership of this
    installation finds it among its own, by a share with a cut; another is told by hand."""
    held = taking.taken(actor, incident, "pass on", may_run, seen_version=seen_version)
    if not where.is_known:
        raise Invalid("Say where it happened.", field="where", mend="Choose an area, or name one.")
    if where.area and where.area.partnership_id == held.partnership_id:
        raise Invalid("This is our own area.", field="where", mend="Choose another.")
    why = needed("reason", reason, "Say how that is known, and who was told.")
    place(held, IncidentPlace.Which.HAPPENED, where)
    if where.area:
        _share(actor, held, where, why, cut)
    taking.moved(held, "pass on")
    held.save()
    clocking.rule_out(actor, held, why, NOTIFY)
    taking.clear(actor, held, "Another council leads", Errand.COMMENT)
    if where.area:
        _ask_to_lead(actor, held, where.area)
    name = where.area.name if where.area else where.name.strip()
    taking.tell(actor, held, f"Passed on: {name} leads"[:100], why)
    happened(actor, "incident passed on", held.record, reason=why, after={"to": name, "cut": cut})
    return held


def _share(actor: Actor, held: Incident, where: Where, why: str, cut: Cut) -> None:
    assert where.area is not None  # noqa: S101
    other = where.area.partnership
    can(actor, Verb.SHARE, held.record).require()
    taking.share_once(actor, held.record, other, why, cut)
    theirs = [*people.seats_that_run(actor, other.pk), *people.seats_that_lead(actor, where.area)]
    taking.let_in(actor, held.record, theirs, Level.SEE, "Its council leads.")


def _ask_to_lead(actor: Actor, held: Incident, area: Area) -> None:
    """The seat of the council that leads is asked, whoever sits in it."""
    taking.ask(
        actor, held, people.seats_that_lead(actor, area), Errand.CONFIRM, lead_asked(held),
        f"It happened in {area.name}, whose council notifies", None,
    )  # fmt: skip


def lead_asked(held: Incident) -> str:
    return f"that you take over the lead of {held.record.reference}"


def take_back_from_elsewhere(actor: Actor, held: Incident, why: str) -> None:
    """It happened in our own area after all, and whoever was to lead sees it no longer."""
    if held.same_as:
        name = held.same_as.record.reference
        raise Refused(f"They lead it under {name}. They pass it back, if it is not theirs.")
    taking.clear(actor, held, "It is ours after all", Errand.CONFIRM)
    assert held.area is not None  # noqa: S101
    place(held, IncidentPlace.Which.HAPPENED, Where(held.area.name, held.area))
    by, last = taking.on_behalf(actor), actor.on - timedelta(days=1)
    for share in Share.objects.filter(record=held.record, to_day=None):
        records.end_share(by, share=share, on=last, reason=why)
    theirs = Seat.objects.exclude(partnership=held.partnership_id).values("pk")
    given = Grant.objects.filter(record=held.record, grantee__in=theirs, to_day=None)
    taking.let_out(actor, given, why)


@operation
def join(
    actor: Actor, *, incident: Incident, other: Incident, reason: str,
    seen_version: int | None = None,
) -> Incident:  # fmt: skip
    """Say that this is on file already under another reference: the other goes on alone. What is
    notified is never joined to what is not."""
    for each in sorted((incident.pk, other.pk)):
        take(each)
    held = taking.taken(actor, incident, "join", may_run, seen_version=seen_version)
    other = taking.fresh(other)
    if other.pk == held.pk or other.partnership_id != held.partnership_id:
        raise Invalid("Choose another incident of this partnership.", field="other")
    if other.stage not in (Stage.TOLD, *REVIEWED):
        raise Refused("The other does not go on: it was not told, or is over.")
    if held.stage == Stage.NOTIFIED and other.stage not in REVIEWED:
        raise Refused("This is notified and the other is not: join the other to this one.")
    why = needed("reason", reason, "Say why they are one.")
    taking.moved(held, "join")
    held.same_as = other
    held.save()
    clocking.rule_out(actor, held, why, NOTIFY, RAPID_REVIEW, OLD_DECIDE, *DEATHS)
    taking.clear(actor, held, "Told already", Errand.COMMENT, Errand.REVIEW, Errand.SIGN)
    taking.tell(actor, held, f"Told already as {other.record.reference}", why)
    taking.tell(actor, other, f"Told again as {held.record.reference}", why)
    after = {"as": other.record.reference}
    happened(actor, "incident found told already", held.record, reason=why, after=after)
    return held


@operation
def find_outside(
    actor: Actor, *, incident: Incident, reason: str, seen_version: int | None = None
) -> Incident:
    """Find that the case is outside the criteria after all: the rapid review falls away, and with
    it what was decided."""
    held = taking.taken(actor, incident, "set aside", may_run, seen_version=seen_version)
    why = needed("reason", reason, "Say what has become known.")
    taking.moved(held, "set aside")
    held.save()
    if decision := here.decision_of(actor, held):
        void_decision(actor, held, decision, "Found outside the criteria")
    clocking.rule_out(actor, held, "Outside the criteria", RAPID_REVIEW, OLD_DECIDE, OLD_TELL)
    taking.clear(actor, held, "Outside the criteria", Errand.REVIEW, Errand.SIGN)
    taking.tell(actor, held, "Found outside the criteria", why)
    happened(actor, "incident set aside", held.record)
    return held


@operation
def close(
    actor: Actor, *, incident: Incident, reason: str, seen_version: int | None = None
) -> Incident:
    """Close an incident of which nothing more is owed. What was decided goes on by itself."""
    held = taking.taken(actor, incident, "close", may_run, seen_version=seen_version)
    queries = NationalReply.objects.filter(incident=held, reply=Reply.QUERIES, stood_by_on=None)
    if queries.exists():
        raise Refused(
            "The national body’s query is not answered: stand by the decision, or decide anew."
        )
    why = needed("reason", reason, "Say what was settled.")
    taking.moved(held, "close")
    held.save()
    taking.clear(actor, held, "Closed", Errand.COMMENT, Errand.REVIEW, Errand.SIGN)
    taking.clear(actor, held, "Closed", Errand.CONFIRM, what=taking.begin_asked(held.record))
    taking.tell(actor, held, "Closed", why)
    happened(actor, "incident closed", held.record, reason=why)
    return held

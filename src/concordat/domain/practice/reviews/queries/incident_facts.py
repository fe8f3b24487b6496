"""Incidents that an actor may open, and everything that their pages tell of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Case, IntegerField, QuerySet, Value, When

from concordat.domain.base.agencies.models import Area, Member
from concordat.domain.base.agencies.queries import public_homes
from concordat.domain.base.clocks.queries import Clock, days_of, law_of
from concordat.domain.base.clocks.queries.law import go_live_of
from concordat.domain.base.clocks.rules import Arrangements, Law, day_in_london
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.queries import fetch, visible
from concordat.domain.base.records.queries.access import partnership_records, usable
from concordat.domain.base.records.rules import Verb, is_reference
from concordat.domain.governance.meetings.models import Line
from concordat.domain.practice.children.models import Child
from concordat.domain.practice.reviews import rules
from concordat.domain.practice.reviews.models import (
    Incident,
    IncidentTurn,
    IncidentView,
    IncidentWeighing,
    NationalReply,
    RapidDecision,
    RapidSignature,
)
from concordat.domain.practice.reviews.queries import incident_people as people
from concordat.domain.practice.reviews.rules import Stage, duties
from concordat.domain.practice.reviews.rules.life import OVER
from concordat.kernel.actor import Actor

_WITH = ("record__partnership", "record__owner", "partnership", "area", "child__record",
         "agency__record", "link", "same_as__record", "notification")  # fmt: skip


def incidents(actor: Actor) -> QuerySet[Incident]:
    """Incidents that the actor may open: those that wait for something first."""
    over = When(stage__in=OVER, then=Value(1))
    rows = Incident.objects.select_related("record", "partnership", "area", "child")
    rows = visible(actor, rows)
    return rows.annotate(place=Case(over, default=Value(0), output_field=IntegerField())).order_by(
        "place", "-known_at", "-record__opened", "record__reference"
    )


def incident(actor: Actor, reference: str) -> Incident:
    """Raises DoesNotExist or `Restricted` as for any record."""
    if not is_reference(reference):
        raise Incident.DoesNotExist
    return fetch(actor, Incident.objects.select_related(*_WITH), record__reference=reference)


def homes_to_tell(actor: Actor) -> list[Record]:
    """The partnerships in which the actor may tell of an incident: wherever they may answer."""
    return usable(actor, Verb.ANSWER, partnership_records(actor).order_by("title"))


def areas_to_tell(actor: Actor, home: UUID) -> list[Area]:
    """The partnership's own areas, in one of which it happened."""
    rows = Area.objects.filter(partnership=home, part_of__isnull=True).exclude(outside=True)
    return list(rows.select_related("partnership").order_by("order", "name"))


def other_areas(actor: Actor, home: UUID) -> list[Area]:
    """Areas of other partnerships of this installation, whose names are no secret. What is made
    of partnerships has no area of its own here: its members have them."""
    joint = Member.objects.values("partnership")
    known = public_homes(actor).exclude(pk=home).exclude(pk__in=joint).values("pk")
    rows = Area.objects.filter(partnership__in=known, part_of__isnull=True).exclude(outside=True)
    return list(rows.select_related("partnership").order_by("name", "partnership__title"))


def law_here(actor: Actor, row: Incident) -> Law:
    return law_of(actor, row.partnership)


def area_of(actor: Actor, record: Record) -> Area | None:
    """In which area it happened, where the record is an incident that the actor may open."""
    rows = visible(actor, Incident.objects.select_related("area").filter(record=record))
    found = rows.first()
    return found.area if found else None


def go_live(actor: Actor, row: Incident) -> date | None:
    """The day on which the area's own arrangements began, as far as anybody has said."""
    return go_live_of(actor, row.area, Arrangements.SAFEGUARDING)


def known_on(row: Incident) -> date:
    """The day in London on which the council became aware; the day of opening where unknown."""
    return day_in_london(row.known_at) if row.known_at else row.record.opened


def criteria_of(actor: Actor, row: Incident) -> dict[str, str]:
    """The criteria that are weighed, by id, as they read on the day that counts."""
    rule = duties.OLD_CRITERIA if row.old_board else duties.CRITERIA
    return {each.id: each.text for each in law_here(actor, row).items(rule, on=known_on(row))}


def criteria_source(actor: Actor, row: Incident) -> tuple[str, str]:
    """Where the criteria stand, and how sure that is: what nobody verified is not worded as law."""
    rule = duties.OLD_CRITERIA if row.old_board else duties.CRITERIA
    found = law_here(actor, row).rule(rule, on=known_on(row))
    return found.source, found.force_in_words(known_on(row))


def views_of(actor: Actor, row: Incident, of: str) -> list[rules.PartnerView]:
    """Every partner's last word on notifying or on the decision; silence where nothing was said."""
    last = {
        each.agency_id: each
        for each in IncidentView.objects.filter(incident=row, of=of).order_by("pk")
    }
    told = []
    for partner in people.statutory_partners(actor, row):
        view = last.get(partner.agency_id)
        said = (
            (rules.View(view.view), view.reason, view.by, view.on)
            if view
            else (rules.View.SILENT, "", "", None)
        )
        told.append(rules.PartnerView(str(partner.agency_id), partner.agency.name, *said))
    return told


def weighed_of(actor: Actor, row: Incident) -> list[rules.Weighed]:
    """Each criterion with what every partner says of it."""
    given = [
        rules.Weighing(each.criterion, str(each.agency_id), rules.Weight(each.weight), each.reason)
        for each in IncidentWeighing.objects.filter(incident=row).order_by("pk")
    ]
    named = [str(each.agency_id) for each in people.statutory_partners(actor, row)]
    return rules.weighed(criteria_of(actor, row), named, given)


def turns(actor: Actor, row: Incident) -> QuerySet[IncidentTurn]:
    rows = IncidentTurn.objects.filter(incident__in=incidents(actor).filter(pk=row.pk).values("pk"))
    return rows.order_by("-pk")


def decision_of(actor: Actor, row: Incident) -> RapidDecision | None:
    """The decision that stands."""
    rows = RapidDecision.objects.filter(incident=row, voided_on=None)
    return visible(actor, rows, record="incident__record").first()


def decisions(actor: Actor, row: Incident) -> QuerySet[RapidDecision]:
    rows = RapidDecision.objects.filter(incident=row).prefetch_related("signatures__seat")
    return visible(actor, rows, record="incident__record").order_by("-number")


def replies(actor: Actor, row: Incident) -> QuerySet[NationalReply]:
    rows = NationalReply.objects.filter(incident=row)
    return visible(actor, rows, record="incident__record").order_by("-pk")


def signed_by(actor: Actor, decision: RapidDecision) -> list[str]:
    """The partners, by agency, whose signature stands under what the decision now says."""
    rows = decision.signatures.filter(digest=decision.digest)
    return [each for row in rows for each in row.partners]


@dataclass(frozen=True, slots=True)
class SignedFor:
    """A partner whose signature a decision needs, with the signature; `nobody` could give it."""

    name: str
    signed: RapidSignature | None
    nobody: bool


def signing_of(actor: Actor, row: Incident, decision: RapidDecision) -> list[SignedFor]:
    """Each whose signature the decision needed on its day: a seat that has ended since takes no
    signature away."""
    given = {agency: each for each in decision.signatures.all() for agency in each.partners}
    speak = {each.key for each in people.signatories_of(actor, row) if not each.has_nobody}
    return [
        SignedFor(
            each.name, given.get(each.agency), each.agency not in given and each.agency not in speak
        )
        for each in decision.wanted
    ]


def panels(actor: Actor, row: Incident) -> QuerySet[Line]:
    """The agendas on which it stands or stood, the latest first."""
    rows = Line.objects.filter(item__about=row.record)
    rows = rows.select_related("item__record", "meeting__record", "meeting__body")
    seen = visible(actor, rows, record="meeting__record")
    return visible(actor, seen, record="item__record").order_by("-meeting__day", "-pk")


def clock_of(actor: Actor, row: Incident, rule: str) -> Clock | None:
    """The newest clock of a rule on this incident."""
    rows = Clock.objects.filter(record=row.record, rule=rule)
    return visible(actor, rows, record="record").order_by("-opened_on", "-pk").first()


def review_clock(actor: Actor, row: Incident) -> Clock | None:
    """The clock of the rapid review, or of the old board's chair."""
    rule = duties.OLD_DECIDE if row.old_board else duties.RAPID_REVIEW
    return clock_of(actor, row, rule)


def day_plan(actor: Actor, row: Incident) -> list[duties.Planned]:
    """The steps of the rapid review with their days; none until its clock runs."""
    clock = review_clock(actor, row)
    if clock is None or clock.started_on is None or clock.due is None:
        return []
    days = days_of(actor, [row.partnership_id])
    working, _names = days.for_rule(None, row.partnership_id, None)
    return duties.plan(clock.started_on, clock.due, working, old=row.old_board)


def labels_taken(actor: Actor, home: UUID) -> set[str]:
    """The labels of all children of a partnership, told by an incident or kept otherwise."""
    return set(Child.objects.filter(area__partnership=home).values_list("label", flat=True))


def likely_the_same(actor: Actor, row: Incident) -> list[Incident]:
    """Other incidents of the same partnership that this may be told twice of: the same place and
    standing of the child within three days. Only a person says that they are one."""
    if row.known_at is None or row.stage != Stage.TOLD:
        return []
    rows = incidents(actor).filter(partnership=row.partnership_id, area=row.area_id)
    near = rows.exclude(pk=row.pk).exclude(stage__in=[Stage.AWAITED, Stage.DUPLICATE])
    return [
        each
        for each in near[:50]
        if each.known_at
        and abs((each.known_at - row.known_at).days) <= 3
        and (each.age == row.age or each.happened_on == row.happened_on)
    ]

"""The front door: whoever learns of an incident tells it, by their account or by a link.

Only what is needed to act at once is asked. The child is kept by label, on the grounds of the
area; without them nothing is kept at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from concordat.domain.base.agencies.models import Agency, Area
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.clocks.rules import day_in_london
from concordat.domain.base.mail.operations import invite_guest, revoke_link, use_link
from concordat.domain.base.mail.operations.reaching import require_agency_address
from concordat.domain.base.mail.rules import GUEST_LASTS, Opening
from concordat.domain.base.people.rules import is_address, normal_address
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import happened, open_record, operation
from concordat.domain.base.records.operations.record import judged, retitle
from concordat.domain.base.records.rules import Level, RecordKind, Verb
from concordat.domain.practice.children.models import Child
from concordat.domain.practice.children.operations import keep_child, move_child
from concordat.domain.practice.children.queries import may_store
from concordat.domain.practice.reviews.models import Incident, IncidentPlace
from concordat.domain.practice.reviews.operations import clocking, taking
from concordat.domain.practice.reviews.operations.admitting import CHAIR, admit, admit_anew
from concordat.domain.practice.reviews.operations.joining import let_join
from concordat.domain.practice.reviews.queries import incident_people as people
from concordat.domain.practice.reviews.queries.incident_facts import labels_taken
from concordat.domain.practice.reviews.rules import Belief, Harm, Stage, Standing
from concordat.domain.practice.reviews.rules.duties import OLD_DECIDE
from concordat.domain.practice.reviews.rules.life import (
    free_label,
    may_be_council,
    may_run,
    may_tell,
    needed,
)
from concordat.domain.practice.reviews.rules.papers import NOTIFICATION, questions
from concordat.kernel.actor import Actor, Kind
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.sensitivity import Sensitivity

OLDEST = 25
Which = IncidentPlace.Which


@dataclass(frozen=True, slots=True)
class Where:
    """A place: an area of the installation, or a name alone."""

    name: str = ""
    area: Area | None = None
    england: bool = True

    @property
    def is_known(self) -> bool:
        return bool(self.area or self.name.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is told of an incident. `known_at` is when the council became aware; `abroad` where
    outside England it happened, if it did: the area is then that of the child's home."""

    known_at: datetime
    happened_on: str
    happened_where: str = ""
    belief: Belief = Belief.OPEN
    belief_on: str = ""
    harm: Harm = Harm.OPEN
    harm_on: str = ""
    died_at: datetime | None = None
    age: int | None = None
    standings: Sequence[Standing] = ()
    home: Where = Where()
    placed_by: Where = Where()
    abroad: str = ""
    form: Mapping[str, str] = field(default_factory=dict)


@operation
def await_telling(
    actor: Actor, *, partnership: Record, name: str, email: str, agency: Agency,
    door: str, now: datetime, why: str = "",
) -> Incident:  # fmt: skip
    """Send one named person at an agency's address a link by which they tell an incident. `why`
    says why it goes to an address at which the agency's people are not known."""
    judged(actor, Verb.SEE, partnership).require()
    if not people.runs(actor, partnership.pk):
        raise Refused("The secretariat sends such a link.")
    named = needed("name", name, "Name the person.", "A link goes to one named person.")[:200]
    address = normal_address(email)
    taking.require(is_address(address), "email")
    if agency.partnership_id != partnership.pk:
        raise Invalid("This agency is another partnership’s.", field="agency")
    require_agency_address(actor, agency, address, why)
    row = _opened(actor, partnership, f"Incident that {named} is asked to tell")
    row.name, row.email, row.agency = named, address, agency
    row.save(force_insert=True)
    admit(actor, row, row.record)
    row.link = invite_guest(
        taking.on_behalf(actor),
        record=row.record,
        opening=Opening.REQUEST,
        name=named,
        email=address,
        place=door,
        now=now,
        lasts=GUEST_LASTS,
    )
    row.save(update_fields=["link"])
    taking.tell(actor, row, f"{named} asked to tell it")
    happened(
        actor, "incident awaited", row.record, reason=why.strip(), after={"agency": agency.name}
    )
    return taking.fresh(row)


def _opened(actor: Actor, partnership: Record, title: str) -> Incident:
    record = open_record(
        taking.on_behalf(actor),
        kind=RecordKind.INCIDENT,
        title=title[:300],
        partnership=partnership,
        opened=actor.on,
        sensitivity=Sensitivity.RESTRICTED,
        listed=False,
    )
    return Incident(record=record, partnership=partnership)


@operation
def tell(
    actor: Actor, *, partnership: Record, area: Area, facts: Facts, label: str = "",
    agency: Agency | None = None,
) -> Incident:  # fmt: skip
    """Tell of an incident by one's account, in the partnership where it happened.

    Raises `Refused` where nothing about a child of the area may be kept yet.
    """
    judged(actor, Verb.ANSWER, partnership).require()
    _of_here(partnership, area)
    may_store(actor, area).require()
    _check(actor, facts)
    row = _opened(actor, partnership, "Serious incident")
    row.area, row.agency = area, agency or _own_agency(actor, partnership)
    _set_down(actor, row, facts, label)
    row.save(force_insert=True)
    _told(actor, row, facts)
    return taking.fresh(row)


def _own_agency(actor: Actor, partnership: Record) -> Agency | None:
    mine = [s.agency for s in actor.seats if s.partnership == partnership.pk and s.agency]
    return Agency.objects.filter(pk__in=mine).order_by("name").first()


def _of_here(partnership: Record, area: Area) -> None:
    if area.partnership_id != partnership.pk or area.outside:
        raise Invalid("Choose an area of this partnership.", field="area")


@operation
def tell_by_link(
    actor: Actor, *, incident: Incident, area: Area, facts: Facts, label: str = "",
    link: UUID | None = None, now: datetime | None = None, seen_version: int | None = None,
) -> Incident:  # fmt: skip
    """Tell the incident that one was asked for. A guest's link is used up by it, and opens nothing
    any more where somebody else tells it."""
    held = taking.taken(actor, incident, "tell", may_tell, seen_version=seen_version)
    _of_here(held.partnership, area)
    may_store(actor, area).require()
    _check(actor, facts)
    if actor.kind is Kind.GUEST:
        if link is None or now is None:
            raise Refused("A guest tells by the link that let them in.")
        use_link(actor, link=link, now=now)
    elif held.link and held.link.used_at is None and held.link.revoked_at is None:
        if now is None:
            raise Refused("Say when it is told: the link ends with it.")
        revoke_link(
            taking.on_behalf(actor), link=held.link, reason="Somebody else told it", now=now
        )
    taking.moved(held, "tell")
    held.area = area
    _set_down(actor, held, facts, label)
    held.save()
    _told(actor, held, facts)
    return taking.fresh(held)


def _check(actor: Actor, facts: Facts) -> None:
    for name, moment in (("known_at", facts.known_at), ("died_at", facts.died_at)):
        if moment and day_in_london(moment) > actor.on:
            raise Invalid("This day has not come yet.", field=name, mend="Give the day it was.")
    needed("happened_on", facts.happened_on, "Say when it happened.", "As far as it is known.")
    if facts.age is not None and facts.age > OLDEST:
        raise Invalid(f"Give an age of {OLDEST} or less.", field="age")
    for name, limb, on in (
        ("belief_on", facts.belief is Belief.OPEN, facts.belief_on),
        ("harm_on", facts.harm is Harm.OPEN, facts.harm_on),
    ):
        if not limb:
            needed(name, on, "Say on what evidence.", "What was seen or said, and by whom.")


def _set_down(actor: Actor, row: Incident, facts: Facts, label: str) -> None:
    row.stage = Stage.TOLD
    _write(row, facts)
    clocking.set_regime(actor, row, day_in_london(facts.known_at))
    row.told_by, row.told_on = actor.signature[:200], actor.on
    assert row.area is not None  # noqa: S101
    said = label.strip() or free_label(labels_taken(actor, row.partnership_id))
    row.child = _kept(actor, row, said)
    title = f"Serious incident: {row.child.label}"
    if row.record.title != title:
        retitle(row.record, title)


def _kept(actor: Actor, row: Incident, label: str) -> Child:
    assert row.area is not None  # noqa: S101
    child = keep_child(taking.on_behalf(actor), area=row.area, label=label)
    admit(actor, row, child.record)
    return child


def _write(row: Incident, facts: Facts) -> None:
    row.known_at, row.died_at = facts.known_at, facts.died_at
    row.happened_on = facts.happened_on.strip()[:60]
    row.happened_where = facts.happened_where.strip()[:300]
    row.belief, row.belief_on = facts.belief, facts.belief_on.strip()
    row.harm, row.harm_on = facts.harm, facts.harm_on.strip()
    row.age = facts.age
    row.standings = [each.value for each in facts.standings]
    known = {each.key for each in questions(NOTIFICATION)}
    row.form = row.form | {k: v.strip() for k, v in facts.form.items() if k in known}


def _told(actor: Actor, row: Incident, facts: Facts) -> None:
    assert row.area is not None  # noqa: S101
    _put_places(row, facts)
    admit(actor, row, row.record)
    clocking.start_by_telling(actor, row)
    _ask_the_partners(actor, row)
    taking.tell(actor, row, "Told")
    happened(actor, "incident told", row.record, after=told_of(row))


def _put_places(row: Incident, facts: Facts) -> None:
    """What happened outside England is notified by the council of the child's home, whose area
    this then is (Children Act 2004 s.16C(1))."""
    assert row.area is not None  # noqa: S101
    own, abroad = Where(row.area.name, row.area), facts.abroad.strip()
    place(row, Which.HAPPENED, Where(abroad, england=False) if abroad else own)
    place(row, Which.HOME, own if abroad else facts.home)
    place(row, Which.PLACED_BY, facts.placed_by)


def place(row: Incident, which: str, where: Where) -> None:
    rows = IncidentPlace.objects.filter(incident=row, which=which)
    if not where.is_known:
        rows.delete()
        return
    name = (where.area.name if where.area else " ".join(where.name.split()))[:200]
    IncidentPlace.objects.update_or_create(
        incident=row,
        which=which,
        defaults={"area": where.area, "name": name, "england": where.england},
    )


def _ask_the_partners(actor: Actor, row: Incident) -> None:
    """Each partner is asked what it thinks of notifying; nobody waits for it."""
    mine = {p.agency_id for p in people.council(actor, row)}
    others = [p.agency_id for p in people.statutory_partners(actor, row) if p.agency_id not in mine]
    clock = clocking.open_of(row, "SIN-CRIT")
    taking.ask(
        actor, row, people.seats_for(actor, row, others), Errand.COMMENT, view_asked(row),
        "All partners should agree what is notified; the council does not wait",
        clock.due if clock else None,
    )  # fmt: skip


def view_asked(row: Incident) -> str:
    return f"whether the incident {row.record.reference} should be notified"


def told_of(row: Incident) -> dict[str, object]:
    """An incident as an event keeps it: nothing that tells who the child is."""
    return {
        "area": row.area.key if row.area else "",
        "child": row.child.record.reference if row.child else "",
        "known": row.known_at,
        "belief": row.belief,
        "harm": row.harm,
        "rules": "old board" if row.old_board else "new arrangements",
    }


@operation
def amend(
    actor: Actor, *, incident: Incident, facts: Facts, reason: str = "",
    seen_version: int | None = None,
) -> Incident:  # fmt: skip
    """Put down what has become known. A change of when the council knew, or of when the child
    died, changes what runs from it, and needs its reason; the clocks keep every earlier start."""
    held = taking.taken(
        actor, incident, "amend", may_be_council, seen_version=seen_version,
        mine={"belief_on": facts.belief_on, "harm_on": facts.harm_on, **dict(facts.form)},
    )  # fmt: skip
    _check(actor, facts)
    before = told_of(held)
    changed = (held.known_at, held.died_at) != (facts.known_at, facts.died_at)
    if changed and held.known_at != facts.known_at:
        needed("reason", reason, "Say why the council knew at another time.")
    _write(held, facts)
    if held.stage == Stage.TOLD:
        clocking.set_regime(actor, held, day_in_london(facts.known_at))
    held.save()
    _put_places(held, facts)
    if held.stage == Stage.TOLD:
        clocking.start_by_telling(actor, held, reason, moved=changed)
    else:
        clocking.amend_after_notifying(actor, held, reason, moved=changed)
        let_join(actor, held)
    taking.tell(actor, held, "Amended", reason.strip())
    happened(
        actor, "incident amended", held.record, reason=reason.strip(), before=before,
        after=told_of(held),
    )  # fmt: skip
    return held


@operation
def put_right(
    actor: Actor, *, incident: Incident, area: Area, reason: str, seen_version: int | None = None
) -> Incident:
    """Say that it happened in another area of the same partnership. The council, the regime, the
    clocks, who is let in and who is asked are that area's from now on; the clocks that ran before
    stay on file, ruled out.

    Raises `Refused` where nothing about a child of that area may be kept yet.
    """
    held = taking.taken(actor, incident, "put right", may_be_council, seen_version=seen_version)
    _of_here(held.partnership, area)
    may_store(actor, area).require()
    if area.pk == held.area_id:
        raise Invalid(f"It stands in {area.name} already.", field="area")
    why = needed("reason", reason, "Say how that is known.")
    before, was = told_of(held), held.area
    held.area = area
    held.save()
    IncidentPlace.objects.filter(incident=held, area=was).exclude(which=Which.AGREED).update(
        area=area, name=area.name
    )
    if held.child:
        move_child(taking.on_behalf(actor), child=held.child, area=area, reason=why)
    held = taking.fresh(held)
    clocking.begin_anew(actor, held, why)
    admit_anew(actor, held, why)
    _ask_anew(actor, held)
    let_join(actor, held)
    taking.tell(actor, held, f"Put right: it happened in {area.name}"[:100], why)
    happened(
        actor, "area of incident put right", held.record, reason=why, before=before,
        after=told_of(held),
    )  # fmt: skip
    return held


def _ask_anew(actor: Actor, held: Incident) -> None:
    taking.clear(actor, held, "Another area of ours", Errand.COMMENT, Errand.REVIEW)
    if held.stage == Stage.TOLD:
        _ask_the_partners(actor, held)
    elif held.old_board:
        ask_the_chair(actor, held)


def ask_the_chair(actor: Actor, held: Incident) -> None:
    """Before an area's go-live its old board's chair decides, under the board's own rules."""
    clock, chairs = clocking.open_of(held, OLD_DECIDE), people.chairs(actor, held)
    taking.let_in(actor, held.record, chairs, Level.SEE, CHAIR)
    taking.ask(
        actor, held, chairs, Errand.REVIEW,
        f"whether {held.record.reference} becomes a serious case review",
        "The area follows its old board until it goes live", clock.due if clock else None,
    )  # fmt: skip


@operation
def agree_lead(
    actor: Actor, *, incident: Incident, where: Where, how: str, seen_version: int | None = None
) -> Incident:
    """Put on record which partnership leads a later review, and how that was agreed."""
    held = taking.taken(actor, incident, "", may_run, seen_version=seen_version)
    if not where.is_known:
        raise Invalid("Choose who leads.", field="lead")
    words = needed("how", how, "Say how and when this was agreed.")
    place(held, Which.AGREED, where)
    IncidentPlace.objects.filter(incident=held, which=Which.AGREED).update(how=words)
    name = where.area.name if where.area else where.name
    taking.tell(actor, held, f"Agreed that {name} leads a later review", words)
    happened(actor, "lead of a later review agreed", held.record, reason=words)
    return held


@operation
def take_link_back(
    actor: Actor, *, incident: Incident, reason: str, now: datetime,
    seen_version: int | None = None,
) -> Incident:  # fmt: skip
    """Take back the link by which somebody was asked to tell, since nothing is to be told."""
    held = taking.taken(actor, incident, "take back", may_run, seen_version=seen_version)
    why = needed("reason", reason, "Say why.")
    taking.moved(held, "take back")
    held.save()
    if held.link and held.link.used_at is None and held.link.revoked_at is None:
        revoke_link(taking.on_behalf(actor), link=held.link, reason=why, now=now)
    taking.tell(actor, held, "The link was taken back", why)
    happened(actor, "incident no longer awaited", held.record, reason=why)
    return held

"""A cast's incidents: the grounds on which a child is kept, then what was told and thought."""

from __future__ import annotations

from datetime import date, datetime

from concordat.craft import pdf
from concordat.craft.document import Document as Page
from concordat.craft.document import Paragraph
from concordat.domain.assurance.exchange.rules.cast import (
    Alarm,
    Cast,
    Grounded,
    Opinion,
    Weighed,
    day,
)
from concordat.domain.base.agencies.models import Agency, Area
from concordat.domain.base.clocks.rules import LONDON
from concordat.domain.base.documents import operations as documents
from concordat.domain.base.documents.models import Document
from concordat.domain.base.documents.operations import Upload
from concordat.domain.base.records.operations import operation
from concordat.domain.base.seats.models import Partner
from concordat.domain.practice.children.models import StatedGround
from concordat.domain.practice.children.operations import state_ground
from concordat.domain.practice.children.rules import Ground
from concordat.domain.practice.reviews import operations
from concordat.domain.practice.reviews.models import Incident
from concordat.domain.practice.reviews.operations import Facts, Where
from concordat.domain.practice.reviews.queries import criteria_of, other_areas
from concordat.domain.practice.reviews.rules import (
    Belief,
    Harm,
    Standing,
    View,
    Weight,
)
from concordat.kernel.actor import Actor, process
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import slug


@operation
def state(actor: Actor, cast: Cast, told: Grounded) -> StatedGround:
    """Put an invented ground on record, with its document where it is one."""
    area = _area(told.partnership or cast.partnership, told.area)
    by = process(told.by, actor.on)
    return state_ground(
        by,
        area=area,
        ground=Ground(told.ground),
        holder=told.holder,
        from_day=_day(told.from_day, actor.on),
        review_by=_day(told.review_by, actor.on),
        document=_document(by, area, told) if told.text else None,
    )


def _document(actor: Actor, area: Area, told: Grounded) -> Document:
    title = f"{told.ground.capitalize()} for {area.name} (Invented)"
    page = Page(title=title, blocks=tuple(Paragraph(each) for each in told.text))
    return documents.add(
        actor,
        partnership=area.partnership,
        title=title,
        file=Upload(f"{slug(title)}.pdf", pdf.write(page)),
        note="Invented",
    )


@operation
def tell(actor: Actor, cast: Cast, told: Alarm) -> Incident:
    """Tell an invented incident on its day, then what was done about it until the day of loading:
    what each partner thinks, the notification, and how each weighs the criteria."""
    home = told.partnership or cast.partnership
    area = _area(home, told.area)
    row = operations.tell(
        process(told.by, _day(told.told, actor.on)),
        partnership=area.partnership,
        area=area,
        label=told.label,
        agency=_agency(home, told.agency) if told.agency else None,
        facts=_facts(told, {each.name: each for each in other_areas(actor, area.partnership_id)}),
    )
    for each in told.views:
        _say(actor, home, row, each)
    if told.notified:
        sent = _moment(told.notified)
        by = process(told.by, sent.date())
        row = operations.notify(by, incident=row, sent_at=sent, number=told.number)
        if told.content:
            operations.fill(by, incident=row, told=told.content)
    for weighed in told.weighings:
        _weigh(actor, home, row, weighed)
    return row


def _facts(told: Alarm, others: dict[str, Area]) -> Facts:
    return Facts(
        known_at=_moment(told.known),
        happened_on=told.happened_on,
        happened_where=told.happened_where,
        belief=Belief(told.belief),
        belief_on=told.belief_on,
        harm=Harm(told.harm),
        harm_on=told.harm_on,
        age=told.age,
        standings=[Standing(each) for each in told.standings],
        home=Where(told.home, others.get(told.home)),
        placed_by=Where(told.placed_by, others.get(told.placed_by)),
        form=told.form,
    )


def _moment(told: str | datetime) -> datetime:
    return datetime.fromisoformat(str(told)).replace(tzinfo=LONDON)


def _say(actor: Actor, home: str, row: Incident, told: Opinion) -> None:
    operations.say(
        process(told.by, _day(told.day, actor.on)),
        incident=row,
        of="notifying",
        agency=_partner(home, told.partner),
        view=View(told.view),
        reason=told.words,
    )


def _weigh(actor: Actor, home: str, row: Incident, told: Weighed) -> None:
    by = process(told.by, _day(told.day, actor.on))
    operations.weigh(
        by,
        incident=row,
        criterion=list(criteria_of(by, row))[told.criterion - 1],
        agency=_partner(home, told.partner),
        weight=Weight(told.weight),
        reason=told.words,
    )


def _partner(home: str, key: str) -> Agency:
    rows = Partner.objects.select_related("agency")
    return rows.get(partnership__partnership_row__key=home, key=key).agency


def _area(home: str, key: str) -> Area:
    rows = Area.objects.select_related("partnership")
    found = rows.filter(partnership__partnership_row__key=home, key=key).first()
    if found is None:
        raise Invalid(f"The cast names the area {key}, which is not there.", field="area")
    return found


def _agency(home: str, key: str) -> Agency:
    return Agency.objects.get(partnership__partnership_row__key=home, key=key)


def _day(told: date | int, on: date) -> date:
    found = day(told, on)
    assert found is not None  # noqa: S101 - a number or a day always gives one
    return found

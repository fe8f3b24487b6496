"""A cast's incidents: the grounds on which a child is kept, then what was told and thought."""

from __future__ import annotations

from datetime import date, datetime

from concordat.craft import pdf
from concordat.craft.document import Document as Page
from concordat.craft.document import Paragraph
from concordat.domain.assurance.exchange.rules.cast import Alarm, Cast, Grounded, Opinion, day
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
from concordat.domain.practice.reviews.rules import Belief, Harm, View
from concordat.kernel.actor import Actor, process
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import slug


@operation
def state(actor: Actor, cast: Cast, told: Grounded) -> StatedGround:
    """Put an invented ground on record, with its document where it is one."""
    area, by = _area(cast, told.area), process(told.by, actor.on)
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
    """Tell an invented incident on its day, then what each partner thinks of notifying it."""
    area = _area(cast, told.area)
    row = operations.tell(
        process(told.by, _day(told.told, actor.on)),
        partnership=area.partnership,
        area=area,
        label=told.label,
        agency=_agency(cast, told.agency) if told.agency else None,
        facts=Facts(
            known_at=datetime.fromisoformat(told.known).replace(tzinfo=LONDON),
            happened_on=told.happened_on,
            happened_where=told.happened_where,
            belief=Belief(told.belief),
            belief_on=told.belief_on,
            harm=Harm(told.harm),
            harm_on=told.harm_on,
            age=told.age,
            home=Where(told.home),
            form=told.form,
        ),
    )
    for each in told.views:
        _say(actor, cast, row, each)
    return row


def _say(actor: Actor, cast: Cast, row: Incident, told: Opinion) -> None:
    partner = Partner.objects.select_related("agency").get(
        partnership__partnership_row__key=cast.partnership, key=told.partner
    )
    operations.say(
        process(told.by, _day(told.day, actor.on)),
        incident=row,
        of="notifying",
        agency=partner.agency,
        view=View(told.view),
        reason=told.words,
    )


def _area(cast: Cast, key: str) -> Area:
    rows = Area.objects.select_related("partnership")
    found = rows.filter(partnership__partnership_row__key=cast.partnership, key=key).first()
    if found is None:
        raise Invalid(f"The cast names the area {key}, which is not there.", field="area")
    return found


def _agency(cast: Cast, key: str) -> Agency:
    return Agency.objects.get(partnership__partnership_row__key=cast.partnership, key=key)


def _day(told: date | int, on: date) -> date:
    found = day(told, on)
    assert found is not None  # noqa: S101 - a number or a day always gives one
    return found

"""A cast's incidents: the grounds on which a child is kept, then what was told and thought."""

from __future__ import annotations

from datetime import date, datetime

from concordat.craft import pdf
from concordat.craft.document import Document as Page
from concordat.craft.document import Paragraph
from concordat.domain.assurance.exchange.rules.cast import (
    Alarm,
    Cast,
    Concluded,
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
from concordat.domain.base.seats.models import Body, Partner
from concordat.domain.practice.children.models import StatedGround
from concordat.domain.practice.children.operations import state_ground
from concordat.domain.practice.children.rules import Ground
from concordat.domain.practice.reviews import operations
from concordat.domain.practice.reviews.models import Incident
from concordat.domain.practice.reviews.operations import Commission, Decided, Facts, Where
from concordat.domain.practice.reviews.queries import criteria_of
from concordat.domain.practice.reviews.rules import (
    Belief,
    Harm,
    National,
    Outcome,
    Standing,
    View,
    Weight,
)
from concordat.domain.practice.reviews.rules.desk import Proceeding
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
    what each partner thinks, the notification, the criteria, and what was decided."""
    home = told.partnership or cast.partnership
    area = _area(home, told.area)
    row = operations.tell(
        process(told.by, _day(told.told, actor.on)),
        partnership=area.partnership,
        area=area,
        label=told.label,
        agency=_agency(home, told.agency) if told.agency else None,
        facts=_facts(told),
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
    for concluded in told.concluded:
        _conclude(actor, row, concluded)
    return row


def _facts(told: Alarm) -> Facts:
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
        home=Where(told.home),
        placed_by=Where(told.placed_by),
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


def _conclude(actor: Actor, row: Incident, told: Concluded) -> None:
    """What was decided, sent, and begun by it."""
    on = _day(told.day, actor.on)
    by = process(told.by, on)
    operations.decide(
        by,
        incident=row,
        decided=Decided(
            outcome=Outcome(told.outcome),
            why=told.why,
            reasons=dict.fromkeys(criteria_of(by, row), told.reason),
            national=National(told.national),
            national_why=told.national_why,
        ),
    )
    if told.sent:
        sent = _day(told.sent, actor.on)
        later = process(told.by, sent)
        operations.send(later, incident=row, sent_on=sent, without=told.without)
    if told.group:
        _review(by, row, told, on)


def _review(by: Actor, row: Incident, told: Concluded, on: date) -> None:
    group = Body.objects.select_related("record").get(partnership=row.partnership, key=told.group)
    review = operations.commission(
        by,
        partnership=row.partnership,
        told=Commission(
            title=told.review,
            why=told.why,
            decided_on=on,
            group=group,
            area=row.area,
            origin=row.record,
            old_rules=row.old_board,
            children=[row.child] if row.child else [],
        ),
    )
    if told.beside:
        operations.begin_proceeding(
            by, review=review, kind=Proceeding.CRIMINAL, what=told.beside, holds=True,
            waits=told.beside_holds,
        )  # fmt: skip


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

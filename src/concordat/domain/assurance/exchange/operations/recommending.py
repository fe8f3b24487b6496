"""A cast's recommendations: drafted or taken over, worked and judged, each on its day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from concordat.domain.assurance.exchange.operations import reviewing
from concordat.domain.assurance.exchange.rules.cast import (
    Cast,
    RecommendationDeed,
    Recommended,
    day,
)
from concordat.domain.base.agencies.models import Agency, Partnership
from concordat.domain.base.recommendations import operations
from concordat.domain.base.recommendations.models import Recommendation
from concordat.domain.base.recommendations.operations import Before, Came, Wording
from concordat.domain.base.recommendations.rules import Effect, Origin, Point, Showing
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import no_event, operation
from concordat.domain.base.seats.models import Body, Post
from concordat.kernel.actor import Actor, process
from concordat.kernel.dates import UncertainDate
from concordat.kernel.errors import Invalid

Made = dict[str, Recommendation]


@operation
def recommend(actor: Actor, cast: Cast) -> int:
    """Set down every invented recommendation and do with it what the cast says, in its order;
    then what the timer would have done by the day of loading."""
    no_event("each recommendation has an event of its own")
    made: Made = {}
    for told in cast.recommendations:
        made[told.key] = _made(actor, cast, told)
    for told in cast.recommendations:
        for deed in told.then:
            _done(actor, cast, made, told.key, deed)
    for load in cast.caseloads:
        operations.set_caseload(
            process(load.by, _day(load.day, actor.on)),
            body=_body(cast, load.body),
            at_least=load.at_least,
            reason=load.reason,
        )
    if made:
        watcher = process("recommendation watcher", actor.on)
        operations.mark_overdue(watcher)
        operations.ask_for_updates(watcher)
    return len(made)


def _made(actor: Actor, cast: Cast, told: Recommended) -> Recommendation:
    by = process(told.by, _day(told.raised, actor.on))
    home = _home(cast)
    came = Came(
        kind=Origin(told.kind),
        title=told.comes_from,
        record=reviewing.record_of_review(cast, told.review) if told.review else None,
        number=str(told.number),
        made_on=_uncertain(told.made_on),
    )
    wording = _wording(actor, cast, told)
    if not told.set_by:
        return operations.draft(
            by, partnership=home, wording=wording, came=came, source=told.source
        )
    before = Before(
        set_by=_body(cast, told.set_by), on=_uncertain(told.decided_on), source=told.source
    )
    return operations.take_over(by, partnership=home, wording=wording, came=came, before=before)


def _wording(actor: Actor, cast: Cast, told: Recommended) -> Wording:
    return Wording(
        title=told.title,
        change=told.change,
        finding=told.finding,
        agency=_agency(cast, told.agency) if told.agency else None,
        body=_body(cast, told.body) if told.body else None,
        outside=told.outside,
        level=told.level,
        nature=told.nature,
        nature_why=told.nature_why,
        due=day(told.due, actor.on),
        owner=_post(cast, told.owner) if told.owner else None,
        measure=told.measure,
    )


def _uncertain(told: object) -> UncertainDate | None:
    return UncertainDate.parse(str(told)) if told else None


def _day(told: date | int, on: date) -> date:
    found = day(told, on)
    assert found is not None  # noqa: S101 - a number or a day always gives one
    return found


def _home(cast: Cast) -> Record:
    return Partnership.objects.select_related("record").get(key=cast.partnership).record


def _body(cast: Cast, key: str) -> Body:
    rows = Body.objects.select_related("record", "partnership")
    return rows.get(partnership__partnership_row__key=cast.partnership, key=key)


def _agency(cast: Cast, key: str) -> Agency:
    rows = Agency.objects.select_related("record", "partnership")
    return rows.get(partnership__partnership_row__key=cast.partnership, key=key)


def _post(cast: Cast, key: str) -> Post:
    rows = Post.objects.select_related("agency", "partnership")
    return rows.get(partnership__partnership_row__key=cast.partnership, key=key)


def _done(actor: Actor, cast: Cast, made: Made, key: str, deed: RecommendationDeed) -> None:
    by, row = process(deed.by, _day(deed.day, actor.on)), made[key]
    if deed.act == "same":
        operations.say_same(by, recommendation=row, other=made[deed.other], why=deed.words)
        return
    if deed.act not in _ACTS:
        raise Invalid(f"“{deed.act}” is nothing that is done with a recommendation.", field="act")
    _ACTS[deed.act](by, cast, row, deed)


def _send(by: Actor, cast: Cast, row: Recommendation, deed: RecommendationDeed) -> None:
    operations.send(by, recommendation=row, to=_body(cast, deed.body), note=deed.words)


def _check(by: Actor, cast: Cast, row: Recommendation, deed: RecommendationDeed) -> None:
    operations.check(
        by,
        recommendation=row,
        point=Point(deed.what),
        answer=deed.value == "answered yes",
        reason=deed.words,
    )


def _put(by: Actor, cast: Cast, row: Recommendation, deed: RecommendationDeed) -> None:
    operations.put(by, recommendation=row, before=_body(cast, deed.body), note=deed.words)


def _accept(by: Actor, cast: Cast, row: Recommendation, deed: RecommendationDeed) -> None:
    operations.accept(by, recommendation=row, reasons=deed.words)


def _update(by: Actor, cast: Cast, row: Recommendation, deed: RecommendationDeed) -> None:
    operations.update(by, recommendation=row, words=deed.words)


def _done_with(by: Actor, cast: Cast, row: Recommendation, deed: RecommendationDeed) -> None:
    operations.say_done(
        by, recommendation=row, done=deed.words, statement=deed.what, place=deed.place
    )


def _value(by: Actor, cast: Cast, row: Recommendation, deed: RecommendationDeed) -> None:
    operations.add_value(
        by,
        recommendation=row,
        when=Showing(deed.what),
        value=Decimal(str(deed.value)),
        unit=deed.unit,
        on=by.on,
        source=deed.place,
        words=deed.words,
    )


def _voice(by: Actor, cast: Cast, row: Recommendation, deed: RecommendationDeed) -> None:
    operations.add_voice(
        by,
        recommendation=row,
        who=Showing(deed.what),
        words=deed.words,
        source=deed.place,
        on=by.on,
    )


def _adequate(by: Actor, cast: Cast, row: Recommendation, deed: RecommendationDeed) -> None:
    operations.accept_as_adequate(by, recommendation=row, reason=deed.words)


def _close(by: Actor, cast: Cast, row: Recommendation, deed: RecommendationDeed) -> None:
    operations.close(by, recommendation=row, effect=Effect(deed.what), why=deed.words)


def _tell(by: Actor, cast: Cast, row: Recommendation, deed: RecommendationDeed) -> None:
    operations.tell_addressee(by, recommendation=row, how=deed.words, on=by.on)


_ACTS: dict[str, Callable[[Actor, Cast, Recommendation, RecommendationDeed], None]] = {
    "send": _send,
    "check": _check,
    "put": _put,
    "accept": _accept,
    "update": _update,
    "done": _done_with,
    "value": _value,
    "voice": _voice,
    "adequate": _adequate,
    "close": _close,
    "tell": _tell,
}

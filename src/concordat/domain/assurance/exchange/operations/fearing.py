"""A cast's risks: raised, scored and decided upon, each on its day, by real operations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from concordat.domain.assurance.exchange.operations import naming
from concordat.domain.assurance.exchange.rules.cast import Cast, Feared, Registered, RiskDeed, day
from concordat.domain.base.agencies.models import Partnership
from concordat.domain.base.records.operations import operation
from concordat.domain.base.seats.models import Body
from concordat.domain.governance.meetings.models import Meeting
from concordat.domain.governance.meetings.rules.life import BEFORE, Purpose
from concordat.domain.governance.risks import operations
from concordat.domain.governance.risks.models import Control, Register, Risk
from concordat.domain.governance.risks.rules import schemes
from concordat.domain.governance.risks.rules.life import Working
from concordat.kernel.actor import Actor, process
from concordat.kernel.errors import Invalid


@operation
def open_register(actor: Actor, cast: Cast, told: Registered) -> Register:
    """Open an invented register with one of the ready schemes."""
    home = Partnership.objects.select_related("record").get(key=cast.partnership)
    likelihoods, impacts, bands = schemes.READY[told.scheme]
    return operations.open_register(
        process(told.by, _day(told.opened, actor.on)),
        partnership=home.record,
        title=told.title,
        keeper=Body.objects.get(partnership=home.pk, key=told.keeper),
        likelihoods=likelihoods,
        impacts=impacts,
        bands=bands,
    )


@operation
def raise_risk(actor: Actor, cast: Cast, told: Feared) -> Risk:
    """Raise an invented risk and do with it what the cast says, in its order."""
    risk = operations.add(
        process(told.by, _day(told.raised, actor.on)),
        register=_register(cast, told.register),
        title=told.title,
        reason=told.reason,
        current=_pair(told.score),
        inherent=_pair(told.inherent) if told.inherent else None,
        target=_pair(told.target) if told.target else None,
        controls=told.controls,
        owner=told.owner,
        review_on=day(told.review_on, actor.on),
        source="Invented",
    )
    for deed in told.then:
        if deed.act not in _ACTS:
            raise Invalid(f"“{deed.act}” is nothing that is done with a risk.", field="act")
        by = process(deed.by, _day(deed.day, actor.on))
        _ACTS[deed.act](by, cast, risk, deed, actor.on)
    return risk


def watch(actor: Actor, cast: Cast) -> None:
    """What the timer would have done by the day of loading."""
    if cast.risks:
        watcher = process("risk watcher", actor.on)
        operations.let_acceptances_lapse(watcher)
        operations.ask_for_reviews(watcher)
        operations.suggest_overdue(watcher)


def _day(told: date | int, on: date) -> date:
    found = day(told, on)
    assert found is not None  # noqa: S101 - a number or a day always gives one
    return found


def _pair(told: tuple[str, str]) -> tuple[str, str]:
    likelihood, impact = told
    return str(likelihood), str(impact)


def _register(cast: Cast, key: str) -> Register:
    """A register of the file by its key, or one of the cast by the key that the cast gives it."""
    titles = {each.key: each.title for each in cast.registers}
    rows = Register.objects.select_related("record__partnership", "partnership")
    rows = rows.filter(partnership__partnership_row__key=cast.partnership)
    return rows.get(title=titles[key]) if key in titles else rows.get(key=key)


def _score(actor: Actor, cast: Cast, risk: Risk, deed: RiskDeed, on: date) -> None:
    likelihood, impact = _pair(deed.score)
    operations.score(actor, risk=risk, likelihood=likelihood, impact=impact, reason=deed.words)


def _judge(actor: Actor, cast: Cast, risk: Risk, deed: RiskDeed, on: date) -> None:
    control = Control.objects.get(risk=risk, words=deed.control)
    working = Working(deed.working)
    operations.judge_control(actor, risk=risk, control=control, working=working, why=deed.words)


def _accept(actor: Actor, cast: Cast, risk: Risk, deed: RiskDeed, on: date) -> None:
    until = day(deed.until, on)
    if until is None:
        raise Invalid("An acceptance needs a last day.", field="until")
    seat = naming.seat_of(cast, deed.seat)
    operations.accept(actor, risk=risk, approver=seat, reason=deed.words, expires=until)


def _review(actor: Actor, cast: Cast, risk: Risk, deed: RiskDeed, on: date) -> None:
    until = day(deed.until, on)
    if until is None:
        raise Invalid("A review needs the next day.", field="until")
    operations.review(actor, risk=risk, words=deed.words, next_on=until)


def _put_before(actor: Actor, cast: Cast, risk: Risk, deed: RiskDeed, on: date) -> None:
    """Before the next meeting of a body that the cast called."""
    rows = Meeting.objects.select_related("record__partnership", "body__record")
    rows = rows.filter(partnership=risk.partnership_id, body__key=deed.body, day__gte=actor.on)
    meeting = rows.filter(stage__in=[each.value for each in BEFORE]).order_by("day").first()
    if meeting is None:
        raise Invalid(f"No meeting of {deed.body} is ahead.", field="body")
    operations.put_before(
        actor, risk=risk, meeting=meeting, purpose=Purpose.DECIDE, reason=deed.words
    )


def _move(actor: Actor, cast: Cast, risk: Risk, deed: RiskDeed, on: date) -> None:
    likelihood, impact = _pair(deed.score)
    operations.move(
        actor,
        risk=risk,
        to=_register(cast, deed.register),
        reason=deed.words,
        likelihood=likelihood,
        impact=impact,
    )


def _propose(actor: Actor, cast: Cast, risk: Risk, deed: RiskDeed, on: date) -> None:
    operations.propose_to_close(actor, risk=risk, reason=deed.words)


def _close(actor: Actor, cast: Cast, risk: Risk, deed: RiskDeed, on: date) -> None:
    operations.close(actor, risk=risk, reason=deed.words)


_ACTS: dict[str, Callable[[Actor, Cast, Risk, RiskDeed, date], None]] = {
    "score": _score,
    "judge": _judge,
    "accept": _accept,
    "review": _review,
    "put before": _put_before,
    "move": _move,
    "propose to close": _propose,
    "close": _close,
}

"""A cast's programme: told of, planned again, decided and paid for, by real operations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from concordat.domain.assurance.exchange.rules.cast import Cast, PlanDeed, Worked, day
from concordat.domain.base.agencies.models import Agency, Partnership
from concordat.domain.base.records.models import Keyed
from concordat.domain.base.records.operations import operation
from concordat.domain.base.seats.models import Body, Post
from concordat.domain.governance.programme import operations
from concordat.domain.governance.programme.models import KINDS, OWN, Claim, Milestone, Programme
from concordat.domain.governance.programme.rules.cycle import Outcome
from concordat.domain.governance.programme.rules.health import Health
from concordat.kernel.actor import Actor, process
from concordat.kernel.dates import UncertainDate
from concordat.kernel.errors import Invalid

_NAMED: dict[str, type[Keyed]] = {
    "agency": Agency,
    "milestone": Milestone,
    "post": Post,
    "programme": Programme,
}
SOURCE = "Invented"


@operation
def set_down(actor: Actor, cast: Cast, told: Worked) -> Any:
    """Set down an invented row under its name."""
    home = _home(cast)
    values: dict[str, Any] = {"source": SOURCE}
    for name, value in told.values.items():
        row = _NAMED.get(name)
        values[name] = _row(row, home, str(value)) if row else _plain(value)
    return operations.add(
        process(told.by, _day(told.added, actor.on)),
        partnership=home.record,
        kind=told.kind,
        name=told.name,
        values=values,
    )


@operation
def act_out(actor: Actor, cast: Cast, deed: PlanDeed) -> Any:
    """Do one thing with an invented row. What the papers tell of is never touched."""
    if deed.act not in _ACTS:
        raise Invalid(f"“{deed.act}” is nothing that is done with a plan.", field="act")
    home = _home(cast)
    kind, _, key = deed.of.partition(":")
    row = _row((KINDS | OWN)[kind][0], home, key)
    if row.source != SOURCE:
        raise Invalid(f"{deed.of} is not invented.", field="of", mend="Invent a row of its own.")
    on = actor.on
    return _ACTS[deed.act](process(deed.by, _day(deed.day, on)), home, row, deed)


def _home(cast: Cast) -> Partnership:
    return Partnership.objects.select_related("record").get(key=cast.partnership)


def _row(model: type[Keyed], home: Partnership, key: str) -> Any:
    row = model._default_manager.filter(partnership=home.pk, key=key).first()
    if row is None:
        raise Invalid(f"The cast names {key}, which {home.slug} does not have.", field="of")
    return row


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _day(told: date | int, on: date) -> date:
    found = day(told, on)
    assert found is not None  # noqa: S101 - a number or a day always gives one
    return found


def _when(deed: PlanDeed) -> UncertainDate:
    return UncertainDate.parse(str(_plain(deed.due)))


def _body(home: Partnership, deed: PlanDeed) -> Body:
    body: Body = _row(Body, home, deed.body)
    return body


def _tell(actor: Actor, home: Partnership, row: Any, deed: PlanDeed) -> None:
    expected = _when(deed) if deed.due else None
    operations.tell(
        actor, thing=row, health=Health(deed.health), words=deed.words, forecast=expected
    )


def _replan(actor: Actor, home: Partnership, row: Any, deed: PlanDeed) -> None:
    operations.replan(
        actor,
        milestone=row,
        due=_when(deed),
        reasons=deed.reasons,
        agreed_by=deed.agreed_by,
        source=SOURCE,
    )


def _reach(actor: Actor, home: Partnership, row: Any, deed: PlanDeed) -> None:
    operations.reach(actor, milestone=row, done_on=_when(deed), words=deed.words)


def _choose(actor: Actor, home: Partnership, row: Any, deed: PlanDeed) -> None:
    body = _body(home, deed)
    operations.choose(actor, priority=row, body=body, chosen_on=actor.on, evidence=deed.words)


def _decide(actor: Actor, home: Partnership, row: Any, deed: PlanDeed) -> None:
    operations.decide_gate(
        actor,
        gate=row,
        outcome=Outcome(deed.outcome),
        reason=deed.words,
        body=_body(home, deed),
        decided_on=actor.on,
    )


def _order(actor: Actor, home: Partnership, row: Any, deed: PlanDeed) -> None:
    operations.order(actor, contract=row, number=deed.words)


def _claim(actor: Actor, home: Partnership, row: Any, deed: PlanDeed) -> None:
    operations.claim(actor, contract=row, worked=actor.on, halves=deed.halves, what=deed.words)


def _approve(actor: Actor, home: Partnership, row: Any, deed: PlanDeed) -> None:
    """Every day that waits on a contract."""
    for claim in Claim.objects.filter(contract=row, approved_on=None, void="").order_by("pk"):
        operations.approve_claim(actor, claim=claim)


def _set_aside(actor: Actor, home: Partnership, row: Any, deed: PlanDeed) -> None:
    operations.set_aside(actor, need=row, reason=deed.words)


def _fulfil(actor: Actor, home: Partnership, row: Any, deed: PlanDeed) -> None:
    operations.fulfil(actor, obligation=row, words=deed.words)


_ACTS: dict[str, Callable[[Actor, Partnership, Any, PlanDeed], None]] = {
    "tell": _tell,
    "plan again": _replan,
    "reach": _reach,
    "choose": _choose,
    "decide": _decide,
    "order": _order,
    "claim": _claim,
    "approve": _approve,
    "set aside": _set_aside,
    "fulfil": _fulfil,
}

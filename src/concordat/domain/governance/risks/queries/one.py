"""One register, one risk, and everything that hangs on a risk."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from concordat.domain.base.asks.models import Ask
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.records.models import Record, Share, surely_in_force
from concordat.domain.base.records.queries import can, fetch, visible
from concordat.domain.base.records.rules import RecordKind, Verb, is_reference
from concordat.domain.base.seats.models import Seat
from concordat.domain.governance.meetings import queries as meetings
from concordat.domain.governance.meetings.models import Line, Suggestion
from concordat.domain.governance.risks.models import (
    Acceptance,
    Closure,
    Control,
    Moved,
    Register,
    Risk,
    Scored,
    Tie,
)
from concordat.domain.governance.risks.queries.who import keeper_of
from concordat.kernel.actor import Actor

ROOT = ("record__partnership", "record__owner", "partnership")
WITH = (*ROOT, "register__record", "register__partnership", "common__record__partnership")


def register(actor: Actor, reference: str) -> Register:
    """One register. Raises DoesNotExist or `Restricted` as `fetch` does."""
    if not is_reference(reference):
        raise Register.DoesNotExist
    return fetch(actor, Register.objects.select_related(*ROOT), record__reference=reference)


def risk(actor: Actor, reference: str) -> Risk:
    """One risk. Raises DoesNotExist or `Restricted` as `fetch` does."""
    if not is_reference(reference):
        raise Risk.DoesNotExist
    return fetch(actor, Risk.objects.select_related(*WITH), record__reference=reference)


def scores(actor: Actor, risk: Risk) -> QuerySet[Scored]:
    """Every score that was given to a risk, the latest first."""
    rows = Scored.objects.filter(risk=risk).select_related("register")
    return visible(actor, rows, record="risk__record").order_by("-on", "-pk")


def controls(actor: Actor, risks: Iterable[Risk]) -> QuerySet[Control]:
    """What is done about these risks now."""
    rows = Control.objects.filter(risk__in=[each.pk for each in risks], ended_on=None)
    return visible(actor, rows, record="risk__record").order_by("pk")


def control(actor: Actor, risk: Risk, pk: int) -> Control:
    return controls(actor, [risk]).get(pk=pk)


def acceptances(actor: Actor, risk: Risk) -> QuerySet[Acceptance]:
    """How often a risk was accepted, the latest first."""
    rows = Acceptance.objects.filter(risk=risk).select_related("approver", "decision")
    return visible(actor, rows, record="risk__record").order_by("-on", "-pk")


def acceptance(actor: Actor, risk: Risk) -> Acceptance | None:
    """The acceptance that stands."""
    return acceptances(actor, risk).filter(ended_on=None).first()


def moves(actor: Actor, risk: Risk) -> QuerySet[Moved]:
    rows = Moved.objects.filter(risk=risk)
    rows = rows.select_related("from_register__record", "to_register__record")
    return visible(actor, rows, record="risk__record").order_by("-on", "-pk")


def closures(actor: Actor, risk: Risk) -> QuerySet[Closure]:
    """When a risk was closed before it was taken up again, the latest first."""
    rows = visible(actor, Closure.objects.filter(risk=risk), record="risk__record")
    return rows.order_by("-on", "-pk")


def ties(actor: Actor, risk: Risk) -> QuerySet[Tie]:
    """What a risk is tied to, as far as the actor may open both."""
    rows = visible(actor, Tie.objects.filter(risk=risk), record="risk__record")
    return visible(actor, rows.select_related("record"), record="record").order_by("pk")


def risks_tied(actor: Actor, record: Record) -> QuerySet[Risk]:
    """The risks that are tied to a record: what one action or decision bears on."""
    rows = Risk.objects.filter(ties__record=record).select_related("record", "register")
    return visible(actor, rows).order_by("-rank", "pk")


def put_before(actor: Actor, risk: Risk) -> QuerySet[Line]:
    """The agendas on which a risk stands or stood, the latest first."""
    rows = Line.objects.filter(item__about=risk.record)
    rows = rows.select_related("item__record", "meeting__record", "meeting__body")
    seen = visible(actor, rows, record="meeting__record")
    return visible(actor, seen, record="item__record").order_by("-meeting__day", "-pk")


def suggested(actor: Actor, risk: Risk) -> list[Suggestion]:
    """Why a risk is suggested now for the agendas of the body that keeps its register."""
    body = keeper_of(actor, risk.register) if risk.register else None
    if body is None:
        return []
    rows = meetings.open_suggestions(actor, body).filter(about=risk.record)
    return list(rows.select_related("body__record"))


def common_views(actor: Actor, risk: Risk) -> list[Risk]:
    """A common risk as each of the partnerships that share it scores it for itself."""
    root = risk.common_id or risk.pk
    rows = Risk.objects.select_related(*WITH).filter(pk=root) | Risk.objects.select_related(
        *WITH
    ).filter(common=root)
    return list(visible(actor, rows).order_by("partnership__title", "pk"))


def approvers(actor: Actor, register: Register) -> list[Seat]:
    """The seats that may have accepted a risk of this register: those of its body."""
    body = keeper_of(actor, register)
    rows = Seat.objects.filter(surely_in_force(actor.on), partnership=register.partnership_id)
    rows = rows.filter(body=body) if body else rows
    rows = rows.select_related("record", "agency", "body")
    return list(visible(actor, rows).order_by("body__order", "order", "role"))


def to_be_read(actor: Actor, risk: Risk) -> list[Seat]:
    """The actor's seats that were told that a risk came to their register."""
    rows = Ask.objects.filter(record=risk.record, errand=Errand.READ, cleared_on=None)
    mine = [each.seat for each in actor.seats]
    return [ask.seat for ask in rows.filter(seat__in=mine).select_related("seat")]


def neighbours(actor: Actor, risk: Risk) -> list[Record]:
    """The other partnerships with which whoever shares a risk may share it still."""
    if not can(actor, Verb.SHARE, risk.record):
        return []
    shared = Share.objects.filter(record=risk.record, to_day=None).values("partnership")
    rows = Record.objects.filter(kind=RecordKind.PARTNERSHIP).exclude(pk__in=shared)
    return list(rows.exclude(pk=risk.partnership_id).order_by("title"))

"""A disagreement between partners: put on record, carried up the ladder, settled by those who
differ. The scrutineer advises on a rung and decides on none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from concordat.domain.base.asks.operations import clear_asks, raise_ask
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.clocks.queries import days_of
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import happened, open_record, operation, take
from concordat.domain.base.records.queries import can, is_free
from concordat.domain.base.records.rules import RecordKind, Verb
from concordat.domain.base.seats.models import Body, Seat
from concordat.domain.governance.meetings import queries
from concordat.domain.governance.meetings.models import Dispute, Position, Resolution, Tried
from concordat.domain.governance.meetings.rules import disputes as rules
from concordat.domain.governance.meetings.rules.disputes import Rung, State
from concordat.kernel.actor import Actor, Office
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.verdict import Verdict, yes

WHAT = "Say where you stand, or agree to a settlement"


def ladder_of(dispute: Dispute) -> list[Rung]:
    return [Rung(str(title), days, bool(decides)) for title, days, decides in dispute.ladder]


@operation
def open_dispute(
    actor: Actor,
    *,
    body: Body,
    title: str,
    issue: str,
    positions: Sequence[tuple[Seat, str]],
    standard: str = "",
    resolution: Resolution | None = None,
    about: Record | None = None,
) -> Dispute:
    """Put a disagreement on record with where each of at least two seats stands.

    It begins on the first rung of the body's own ladder, or of the usual one.
    """
    if not issue.strip():
        raise Invalid("Say what the partners disagree about.", field="issue")
    if len({seat.pk for seat, _ in positions}) < 2:
        raise Invalid("At least two seats disagree.", field="positions", mend="Choose them.")
    held = take(body.pk, may=lambda held: queries.may_run(actor, held, body.pk))
    record = open_record(
        actor,
        kind=RecordKind.DISPUTE,
        title=title,
        partnership=held.partnership,
        opened=actor.on,
        owner=body.record,
        sensitivity=max(r.level for r in (held, about, resolution and resolution.record) if r),
        words=issue,
    )
    told = queries.ways_of(actor, body).ladder
    ladder = told or [[rung.title, rung.days, rung.decides] for rung in rules.USUAL]
    row = Dispute(
        record=record,
        body=body,
        resolution=resolution,
        about=about,
        issue=issue.strip(),
        standard=standard.strip(),
        ladder=ladder,
        rung_since=actor.on,
    )
    row.rung_due = _due(actor, row, actor.on)
    row.save(force_insert=True)
    for seat, says in positions:
        Position.objects.create(dispute=row, seat=seat, says=says.strip())
        _ask(actor, row, seat)
    happened(actor, "disagreement opened", record, after={"rung": ladder[0][0]})
    return row


def _due(actor: Actor, row: Dispute, since: date) -> date | None:
    days = days_of(actor, [row.record.partnership_id]).england
    return rules.due(since, ladder_of(row)[row.rung], days)


def _ask(actor: Actor, row: Dispute, seat: Seat) -> None:
    raise_ask(
        actor,
        record=row.record,
        seat=seat,
        errand=Errand.ANSWER,
        what=WHAT,
        why="Your seat is a party to this disagreement",
        due=row.rung_due,
    )


def _open(
    actor: Actor, dispute: Dispute, verb: str, words: str, seen_version: int | None = None
) -> tuple[Record, Dispute]:
    def may(held: Record) -> Verdict:
        return queries.may_run(actor, held, dispute.body_id)

    record = take(
        dispute.pk,
        seen_version=seen_version,
        mine={"What you wrote": words},
        theirs=lambda: _as_texts(_fresh(dispute)),
        may=may,
    )
    now = _fresh(dispute)
    rules.STATES.verdict(State(now.state), verb).require()
    is_free(record, verb).require()
    return record, now


def _as_texts(dispute: Dispute) -> dict[str, str]:
    return {
        "Stands": dispute.state,
        "Rung": ladder_of(dispute)[dispute.rung].title,
        "Settlement": dispute.settlement,
    }


def _fresh(dispute: Dispute) -> Dispute:
    return Dispute.objects.select_related("record", "body__record").get(pk=dispute.pk)


@operation
def tell(actor: Actor, *, dispute: Dispute, text: str) -> Tried:
    """Write down what was tried on this rung; from the scrutineer it is advice."""
    if not text.strip():
        raise Invalid("Say what was tried or advised.", field="text")
    advice = actor.holds(Office.SCRUTINEER, partnership=dispute.record.partnership_id)

    def may(held: Record) -> Verdict:
        own = any(queries.sits_in(actor, each) for each in _parties(dispute))
        may_speak = yes() if advice or own else queries.may_run(actor, held, dispute.body_id)
        return can(actor, Verb.ANSWER, held) & may_speak

    record = take(dispute.pk, may=may)
    now = _fresh(dispute)
    if now.state != State.OPEN:
        raise Refused(f"This disagreement is {now.state}.")
    row = Tried.objects.create(
        dispute=now,
        rung=now.rung,
        advice=advice,
        text=text.strip(),
        told_by=actor.signature[:200],
        told_on=actor.on,
    )
    happened(actor, "advice given" if advice else "attempt told", record, after={"rung": now.rung})
    return row


def _parties(dispute: Dispute) -> list[UUID]:
    return list(Position.objects.filter(dispute=dispute).values_list("seat", flat=True))


@operation
def climb(
    actor: Actor, *, dispute: Dispute, tried: str, seen_version: int | None = None
) -> Dispute:
    """Carry it up one rung, once it is on record what was tried on this one."""
    record, now = _open(actor, dispute, "climb", tried, seen_version)
    ladder = ladder_of(now)
    rules.may_climb(ladder, now.rung, tried).require()
    Tried.objects.create(
        dispute=now, rung=now.rung, text=tried.strip(),
        told_by=actor.signature[:200], told_on=actor.on,
    )  # fmt: skip
    before = now.rung
    now.rung, now.rung_since = now.rung + 1, actor.on
    now.rung_due = _due(actor, now, actor.on)
    now.save()
    Position.objects.filter(dispute=now).update(agreed_by="", agreed_on=None)
    for position in Position.objects.filter(dispute=now).select_related("seat__record"):
        _ask(actor, now, position.seat)
    happened(
        actor,
        "disagreement carried up",
        record,
        before={"rung": ladder[before].title},
        after={"rung": ladder[now.rung].title},
    )
    return now


@operation
def agree(actor: Actor, *, position: Position) -> Position:
    """Agree, for a seat that the actor holds, to settle the disagreement."""
    if not queries.sits_in(actor, position.seat_id):
        raise Refused("You do not hold this seat, so you cannot agree for it.")
    record = take(position.dispute_id, may=lambda held: can(actor, Verb.SIGN, held))
    row = Position.objects.select_related("seat__record", "dispute").get(pk=position.pk)
    if row.dispute.state != State.OPEN:
        raise Refused(f"This disagreement is {row.dispute.state}.")
    row.agreed_by, row.agreed_on = actor.signature[:200], actor.on
    row.save()
    clear_asks(actor, record=record, errand=Errand.ANSWER, outcome="Agreed", seat=row.seat)
    happened(actor, "settlement agreed to", record, after={"seat": row.seat.record.reference})
    return row


@operation
def settle_dispute(
    actor: Actor, *, dispute: Dispute, settlement: str, seen_version: int | None = None
) -> Dispute:
    """Record a settlement that every seat which differed has agreed to."""
    if not settlement.strip():
        raise Invalid("Say what was settled.", field="settlement")
    record, now = _open(actor, dispute, "settle", settlement, seen_version)
    rows = Position.objects.filter(dispute=now).select_related("seat")
    agreed = [row.seat.role for row in rows if row.agreed_on]
    rules.may_settle([row.seat.role for row in rows], agreed).require()
    return _ended(actor, record, now, "settle", settlement)


@operation
def withdraw_dispute(actor: Actor, *, dispute: Dispute, reason: str) -> Dispute:
    """End a disagreement that has lost its object, with the reason."""
    if not reason.strip():
        raise Invalid("Say why.", field="reason")
    record, now = _open(actor, dispute, "withdraw", reason)
    return _ended(actor, record, now, "withdraw", reason)


def _ended(actor: Actor, record: Record, now: Dispute, verb: str, words: str) -> Dispute:
    now.state = State(rules.STATES.after(State(now.state), verb))
    now.settlement = words.strip()
    now.ended_by, now.ended_on = actor.signature[:200], actor.on
    now.save()
    clear_asks(actor, record=record, errand=Errand.ANSWER, outcome=now.state)
    happened(actor, f"disagreement {now.state}", record, reason=now.settlement)
    return now

"""What every act on a request shares: taking it, telling of it, and what is asked of whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from concordat.domain.base.asks.operations import clear_asks, raise_ask
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.mail.operations import revoke_link
from concordat.domain.base.records.models import Grant, Record
from concordat.domain.base.records.operations import take, withdraw
from concordat.domain.base.records.operations.record import judged
from concordat.domain.base.records.operations.unit import Texts
from concordat.domain.base.records.queries import is_free
from concordat.domain.base.records.rules import Level, Verb
from concordat.domain.base.requests import rules
from concordat.domain.base.requests.models import Request, Told
from concordat.domain.base.requests.queries.access import part_in
from concordat.domain.base.requests.rules import Part
from concordat.domain.base.seats.models import Seat
from concordat.kernel.actor import Actor, process
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import day_in_words
from concordat.kernel.verdict import Verdict

_WITH = ("record", "partnership", "about", "requester__record", "requester__body__record",
         "agency__record", "seat__record", "seat__agency", "senior__record",
         "link__record", "area", "agreement")  # fmt: skip
May = Callable[[Part], Verdict]


def fresh(row: Request) -> Request:
    return Request.objects.select_related(*_WITH).get(pk=row.pk)


def taken(
    actor: Actor,
    row: Request,
    verb: str,
    may: May,
    *,
    seen_version: int | None = None,
    mine: Texts | None = None,
) -> Request:
    """Lock a request that the actor may do this with now, in a state that allows it."""

    def judge(held: Record) -> Verdict:
        return judged(actor, Verb.SEE, held) & may(part_in(actor, fresh(row)))

    record = take(
        row.pk,
        seen_version=seen_version,
        mine=mine,
        theirs=lambda: _stands(fresh(row), mine or {}),
        may=judge,
    )
    held = fresh(row)
    held.record = record
    if verb:
        rules.STATES.verdict(held.stage_is, verb).require()
        is_free(record, verb).require()
    return held


def _stands(row: Request, mine: Texts) -> dict[str, str]:
    now = {
        "due": day_in_words(row.due),
        "exact": row.exact,
        "purpose": row.purpose,
        "deliver_to": row.deliver_to,
    }
    return {name: now[name] for name in mine if name in now} | {"state": row.stage_is.label}


def moved(row: Request, verb: str) -> None:
    row.stage = rules.STATES.after(row.stage_is, verb)


def tell(actor: Actor, row: Request, what: str, words: str = "") -> Told:
    return Told.objects.create(
        request=row, what=what, words=words, by=actor.signature[:200], on=actor.on
    )


def require(verdict: Verdict, field: str) -> None:
    if not verdict:
        raise Invalid(str(verdict), field=field)


def let_in(actor: Actor, row: Request, seat: Seat, reason: str, level: Level = Level.WORK) -> None:
    """Let a seat open the request; by rights of work it may put files on it."""
    Grant.objects.get_or_create(
        record=row.record,
        grantee=seat.record,
        level=level,
        to_day=None,
        defaults={
            "reason": reason,
            "granted_by": actor.signature[:200],
            "from_day": actor.on,
        },
    )


def ask(actor: Actor, row: Request, seat: Seat, errand: Errand, why: str, due: date | None) -> None:
    """Every ask names the request by its reference alone: it is held closely."""
    raise_ask(
        actor,
        record=row.record,
        seat=seat,
        errand=errand,
        what=what_of(row),
        why=why[:300],
        due=due,
    )


def what_of(row: Request) -> str:
    """What is asked for. Who wishes to open the request asks for something else of it."""
    return f"the request for information {row.record.reference}"


def clear(actor: Actor, row: Request, outcome: str, *errands: Errand) -> None:
    for errand in errands:
        clear_asks(
            actor, record=row.record, errand=errand, outcome=outcome[:300], what=what_of(row)
        )


LATE = "Told that an answer is late."


def shut_late(actor: Actor, row: Request) -> None:
    """Whoever was only told that an answer is late does not read the answer (INF-16H: it serves
    its purpose alone)."""
    process_ = process(actor.signature, actor.on)
    told = Grant.objects.filter(record=row.record, reason=LATE, to_day=None)
    for grant in told.exclude(grantee=row.requester.record_id):
        withdraw(
            process_, grant=grant, on=actor.on - timedelta(days=1),
            reason="It is answered, or asked for no longer.",
        )  # fmt: skip


def shut_link(actor: Actor, row: Request, reason: str, now: datetime) -> None:
    """A link that nobody needs any more opens nothing."""
    if row.link and row.link.used_at is None and row.link.revoked_at is None:
        revoke_link(process(actor.signature, actor.on), link=row.link, reason=reason, now=now)

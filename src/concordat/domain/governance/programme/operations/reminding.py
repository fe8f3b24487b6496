"""Asking in good time: whether a contract goes on, and for what a funder is owed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from concordat.domain.base.asks.models import Ask
from concordat.domain.base.asks.operations import clear_asks, raise_ask
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import no_event, operation
from concordat.domain.base.seats.queries import who_answers
from concordat.domain.governance.programme import queries
from concordat.domain.governance.programme.models import Contract, Obligation, Programme
from concordat.domain.governance.programme.rules import contracts, slips
from concordat.domain.governance.programme.rules.contracts import GOES_ON
from concordat.domain.governance.programme.rules.cycle import asked_of_owed
from concordat.domain.governance.programme.rules.life import Engaged
from concordat.kernel.actor import Actor, Kind
from concordat.kernel.errors import Refused

OWED = {"condition": Errand.KEEP, "return": Errand.GIVE}
NEAR = ("late", "soon")
WHY = "Whoever pays for the programme is owed it"


@operation
def ask_in_good_time(actor: Actor) -> int:
    """Ask the secretariat whether a contract near its end goes on, and whoever answers for a
    programme for what its funder is owed soon; how many were asked. Each is asked once, and an
    ask that has lost its object goes. Safe to run twice."""
    if actor.kind is not Kind.PROCESS:
        raise Refused("The system itself does this when its day comes.")
    no_event("each ask has an event of its own")
    rows = Contract.objects.filter(record__closed=None, state=Engaged.ORDERED)
    asked = sum(
        _asked_of_contract(actor, row)
        for row in rows.select_related("record", "partnership").order_by("pk")
    )
    owed = Obligation.objects.select_related("programme__record", "programme__partnership")
    of: dict[Programme, list[Obligation]] = defaultdict(list)
    for each in owed.filter(done_on=None, programme__record__closed=None).order_by("pk"):
        of[each.programme].append(each)
    return asked + sum(_asked_of_programme(actor, row, told) for row, told in of.items())


def _asked_of_contract(actor: Actor, row: Contract) -> int:
    ends = row.period.end
    if contracts.stands(row.stage, ends, actor.on) not in ("ends soon", "over"):
        return 0
    seat = who_answers(actor, row.partnership)
    if seat is None or _is_asked(row.record, Errand.CONFIRM, GOES_ON):
        return 0
    raise_ask(
        actor,
        record=row.record,
        seat=seat,
        errand=Errand.CONFIRM,
        what=GOES_ON,
        why=f"It ends {ends}."[:300],
        due=ends.latest if ends else None,
    )
    return 1


def _asked_of_programme(actor: Actor, row: Programme, owed: Iterable[Obligation]) -> int:
    near = {
        asked_of_owed(each.what): each
        for each in owed
        if not row.stage.is_over and slips.stands(each.due_day, False, actor.on) in NEAR
    }
    _clear_others(actor, row.record, set(near))
    named = queries.seats_of(actor, row.partnership_id, queries.owner_of(actor, row))
    seat = named[0] if named else who_answers(actor, row.partnership)
    if seat is None:
        return 0
    found = 0
    for what, each in near.items():
        errand = OWED[each.kind]
        if not _is_asked(row.record, errand, what):
            due = each.due_day.latest if each.due_day else None
            raise_ask(
                actor, record=row.record, seat=seat, errand=errand, what=what, why=WHY, due=due
            )
            found += 1
    return found


def _clear_others(actor: Actor, record: Record, near: set[str]) -> None:
    """An ask whose object was said anew, or is due later, goes."""
    waiting = Ask.objects.filter(record=record, errand__in=OWED.values(), why=WHY)
    waiting = waiting.filter(cleared_on=None)
    for errand, what in waiting.values_list("errand", "what"):
        if what not in near:
            clear_asks(
                actor, record=record, errand=Errand(errand), what=what, outcome="Not owed so"
            )


def _is_asked(record: Record, errand: Errand, what: str) -> bool:
    return Ask.objects.filter(record=record, errand=errand, what=what, cleared_on=None).exists()

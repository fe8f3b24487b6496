"""What every act on an incident shares: taking it, telling of it, who is let in, what is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from concordat.domain.base.asks.operations import clear_asks, raise_ask
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.records.models import Grant, Record, Share
from concordat.domain.base.records.operations import share, take, withdraw
from concordat.domain.base.records.operations.record import judged
from concordat.domain.base.records.operations.unit import Texts
from concordat.domain.base.records.queries import is_free
from concordat.domain.base.records.rules import Cut, Level, Verb
from concordat.domain.base.seats.models import Seat
from concordat.domain.practice.reviews.models import Incident, IncidentTurn
from concordat.domain.practice.reviews.queries.incident_people import part_in
from concordat.domain.practice.reviews.rules import INCIDENT_STATES, Part
from concordat.domain.practice.reviews.rules.life import needed
from concordat.kernel.actor import Actor, process
from concordat.kernel.errors import Invalid
from concordat.kernel.verdict import Verdict

_WITH = ("record__partnership", "partnership", "area", "child__record", "agency", "link__record",
         "same_as__record", "notification")  # fmt: skip
May = Callable[[Part], Verdict]
LONGEST_WHY = 300


def fresh(row: Incident) -> Incident:
    return Incident.objects.select_related(*_WITH).get(pk=row.pk)


def taken(
    actor: Actor,
    row: Incident,
    verb: str,
    may: May,
    *,
    seen_version: int | None = None,
    mine: Texts | None = None,
) -> Incident:
    """Lock an incident that the actor may do this with now, in a state that allows it."""

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
        INCIDENT_STATES.verdict(held.stage_is, verb).require()
        is_free(record, verb).require()
    return held


def _stands(row: Incident, mine: Texts) -> dict[str, str]:
    now = {
        "belief_on": row.belief_on,
        "harm_on": row.harm_on,
        "happened_on": row.happened_on,
        "happened_where": row.happened_where,
        **row.form,
        **row.content,
    }
    return {name: now[name] for name in mine if name in now} | {"state": row.stage_is.label}


def moved(row: Incident, verb: str) -> None:
    row.stage = INCIDENT_STATES.after(row.stage_is, verb)


def tell(actor: Actor, row: Incident, what: str, words: str = "") -> IncidentTurn:
    return IncidentTurn.objects.create(
        incident=row, what=what, words=words, by=actor.signature[:200], on=actor.on
    )


def why_of(reason: str, message: str, field: str = "reason") -> str:
    return needed(field, reason, message)


def require(verdict: Verdict, field: str = "") -> None:
    if not verdict:
        raise Invalid(str(verdict), field=field)


def let_in(
    actor: Actor, record: Record, seats: Iterable[Seat], level: Level, reason: str
) -> list[Seat]:
    """Let seats open a record that only those named on it may open; those to whom it is new."""
    return [each for each in seats if name_on(actor, record, each.record, level, reason)]


def name_on(actor: Actor, record: Record, whom: Record, level: Level, reason: str) -> bool:
    """Name a seat or a group on a record that only those named may open; whether that is new."""
    _, made = Grant.objects.get_or_create(
        record=record,
        grantee=whom,
        level=level,
        to_day=None,
        defaults={"reason": reason, "granted_by": actor.signature[:200], "from_day": actor.on},
    )
    return made


def let_out(actor: Actor, grants: Iterable[Grant], why: str) -> None:
    """End from today what was given."""
    for grant in list(grants):
        withdraw(on_behalf(actor), grant=grant, on=actor.on - timedelta(days=1), reason=why)


def share_once(actor: Actor, record: Record, other: Record, why: str, cut: Cut) -> bool:
    """Share it with another partnership from today, if it is not shared with it already; whether
    it was not."""
    if Share.objects.filter(record=record, partnership=other, to_day=None).exists():
        return False
    share(actor, record=record, partnership=other, reason=why, from_day=actor.on, cut=cut)
    return True


def ask(
    actor: Actor, row: Incident, seats: Iterable[Seat], errand: Errand, what: str, why: str,
    due: date | None,
) -> None:  # fmt: skip
    """Ask seats for something. Every ask names the incident by its reference alone."""
    for seat in seats:
        raise_ask(
            actor,
            record=row.record,
            seat=seat,
            errand=errand,
            what=what[:300],
            why=why[:LONGEST_WHY],
            due=due,
        )


def clear(actor: Actor, row: Incident, outcome: str, *errands: Errand, what: str = "") -> None:
    for errand in errands:
        clear_asks(
            actor, record=row.record, errand=errand, outcome=outcome[:300], what=what or None
        )


def begin_asked(incident: Record) -> str:
    """What the secretariat is asked for once a review is decided on."""
    return f"that the review decided on {incident.reference} is begun"


def on_behalf(actor: Actor) -> Actor:
    """The system, in the name of whoever acts: for rows that they set off and do not run."""
    return process(actor.signature, actor.on)

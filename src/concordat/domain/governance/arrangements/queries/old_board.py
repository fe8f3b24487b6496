"""The bodies of an old board and those that follow it, and what it hands over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from concordat.domain.base.agencies.models import Partnership
from concordat.domain.base.clocks.queries import law_of
from concordat.domain.base.records.queries import visible
from concordat.domain.base.seats.models import Body, BodyState
from concordat.domain.governance.arrangements.models import HandoverItem
from concordat.domain.governance.arrangements.rules.go_live import Handing, Line
from concordat.domain.governance.arrangements.rules.transition import OLD_BOARD
from concordat.kernel.actor import Actor
from concordat.kernel.labels import day_in_words

IN_FORCE, SHADOW, PROPOSED = "in force", "shadow", "proposed"


@dataclass(frozen=True, slots=True)
class OldBody:
    """A body of the old board with what it does, and who is on record as doing it after."""

    body: Body
    state: str
    after: list[str]


def standing(body: Body, states: Sequence[BodyState], on: date) -> str:
    """Where a body stands on a day; one without a state counts as in force."""
    here = [each.state for each in states if each.in_force(on) != "no"]
    return here[-1] if here else ("" if states else IN_FORCE)


def own_bodies(actor: Actor, home: Partnership, on: date) -> list[tuple[Body, str]]:
    """The partnership's own bodies that the actor may open, with where each stands on a day."""
    rows = Body.objects.filter(partnership=home.pk).exclude(outside=True)
    rows = rows.select_related("record", "partnership").prefetch_related("states")
    return [
        (body, standing(body, sorted(body.states.all(), key=_begun), on))
        for body in visible(actor, rows).order_by("order", "name")
    ]


def _begun(state: BodyState) -> date:
    return state.from_surely or date.min


def old_keys(bodies: Iterable[Body]) -> set[str]:
    """Keys of the old board and of everything that answers to it."""
    rows = list(bodies)
    old = {body.key for body in rows if body.kind in OLD_BOARD}
    while more := {b.key for b in rows if b.key not in old and set(b.parents) & old}:
        old |= more
    return old


def old_bodies(actor: Actor, home: Partnership, on: date) -> list[OldBody]:
    """The old board's bodies, what each does, and who is on record as taking over."""
    rows = own_bodies(actor, home, on)
    old, names = old_keys(body for body, _ in rows), {body.key: body.name for body, _ in rows}
    return [
        OldBody(body, state, [names.get(key, key) for key in body.successor])
        for body, state in rows
        if body.key in old
    ]


def coming(actor: Actor, home: Partnership, on: date) -> list[Body]:
    """Bodies that are proposed or in shadow and come into force at go-live."""
    rows = own_bodies(actor, home, on)
    old = old_keys(body for body, _ in rows)
    return [body for body, state in rows if state in (PROPOSED, SHADOW) and body.key not in old]


def going(actor: Actor, home: Partnership, on: date) -> list[Body]:
    """Bodies of the old board that are still there and end at go-live."""
    return [each.body for each in old_bodies(actor, home, on) if each.state in (IN_FORCE, SHADOW)]


# --- the handover list


def handover(actor: Actor, home: Partnership) -> list[Line]:
    """Every line of the law's list as it stands here; a line that nobody has touched is open."""
    rule = law_of(actor, home.record).variants("TR-HANDOVER")[-1]
    kept = {row.item: row for row in handover_items(actor, home)}
    return [_line(each.id, each.text, kept.get(each.id)) for each in rule.items]


def handover_items(actor: Actor, home: Partnership) -> QuerySet[HandoverItem]:
    rows = HandoverItem.objects.filter(partnership=home.pk)
    rows = rows.select_related("seat__body", "seat__record", "decision", "partnership")
    return visible(actor, rows, record="partnership").order_by("item")


def _line(item: str, text: str, row: HandoverItem | None) -> Line:
    if row is None:
        return Line(item, text)
    told = {
        "passes": row.passes,
        "receiver": row.receiver,
        "decision": row.decision.title if row.decision else "",
        "decided": _told(row.decided_by, row.decided_on),
        "passed": _told(row.passed_by, row.passed_on),
        "accepted": _told(row.accepted_by, row.accepted_on),
        "receipt": row.receipt,
        "reason": row.reason,
    }
    return Line(item, row.text, Handing(row.state), {k: v for k, v in told.items() if v})


def _told(who: str, when: date | None) -> str:
    return f"{who}, {day_in_words(when)}" if when else ""

"""Who may run a meeting: the secretariat of its partnership, and the chair of its own body."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from concordat.domain.base.records.models import Record
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import SCOPED, Verb
from concordat.domain.governance.meetings.rules.life import CHAIRED
from concordat.kernel.actor import Actor, Kind, Office
from concordat.kernel.labels import join_words
from concordat.kernel.verdict import Verdict, no, yes


def may_run(
    actor: Actor, record: Record, body: UUID | None, offices: Collection[Office] = CHAIRED
) -> Verdict:
    """Whether the actor may do what these offices may with a meeting, or with what is on it.

    The chair is the chair of this body: chairs of other bodies have no say in it.
    """
    opened = can(actor, Verb.SEE, record)
    if not opened or actor.kind is Kind.PROCESS:
        return opened
    if actor.kind in SCOPED and Verb.CHANGE not in actor.scope:
        return no(f"{actor.name} has not let you change this on their behalf.")
    if can(actor, Verb.CHANGE, record):
        return yes()
    chairs = Office.CHAIR in offices and any(
        held.office is Office.CHAIR and held.body == body for held in actor.seats
    )
    if chairs:
        return yes()
    who = join_words(sorted(office.value for office in offices))
    return no(f"This is for the {who} of this body.")


def sits_in(actor: Actor, seat: UUID) -> bool:
    """Whether the actor holds this seat today, or deputises in it."""
    insiders = (Kind.PERSON, Kind.ACTING_FOR)
    return actor.kind in insiders and seat in {held.seat for held in actor.seats}

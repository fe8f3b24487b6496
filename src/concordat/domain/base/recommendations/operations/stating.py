"""What a partnership file recommends, taken up: found by its words, and asked of its owner."""

from __future__ import annotations

from collections.abc import Iterable

from concordat.domain.base.recommendations import rules
from concordat.domain.base.recommendations.models import Entry, Recommendation
from concordat.domain.base.recommendations.operations import holding, owing
from concordat.domain.base.recommendations.queries.access import seat_asked
from concordat.domain.base.recommendations.rules import Stage, Told
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import no_event, operation
from concordat.kernel.actor import Actor


@operation
def take_up_stated(actor: Actor, *, partnership: Record, keys: Iterable[str]) -> int:
    """Take up rows of a file; how many there were. The rows have events of their own."""
    no_event("each row of a file has an event of its own")
    rows = Recommendation.objects.filter(partnership=partnership, key__in=sorted(keys))
    found = [holding.fresh(row) for row in rows.order_by("key")]
    for row in found:
        _taken_up(actor, row)
    return len(found)


def _taken_up(actor: Actor, row: Recommendation) -> None:
    row.asked = seat_asked(actor, row.partnership, row.owner)
    is_owed = row.stage_is is Stage.ACCEPTED
    row.ask_on = rules.ask_on(row.due_day, actor.on) if is_owed else None
    row.save()
    holding.indexed(actor, row)
    if not Entry.objects.filter(recommendation=row).exists():
        source = row.source or "The partnership’s file"
        holding.tell(actor, row, Told.STATED, source, after=row.stage_is.label)
    if is_owed:
        owing.ask_owner(actor, row)

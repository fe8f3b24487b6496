"""Rows of higher packages that the text quotes: told by those packages, and told anew."""

from __future__ import annotations

from collections.abc import Sequence

from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import happened, no_event, operation, take
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.governance.arrangements.models import QuotedRow
from concordat.domain.governance.arrangements.rules import text as rules
from concordat.kernel.actor import Actor


@operation
def quote_from_above(
    actor: Actor, *, partnership: Record, block: str, rows: Sequence[rules.FromAbove]
) -> int:
    """Let the text quote these rows in a block, in the place of those told before; how many differ.

    This package cannot see what stands above it, so that whoever keeps such rows tells them
    whenever they change.
    """
    if block not in rules.FROM_ABOVE:
        raise ValueError(f"No block of the text is told from above as {block}.")
    held = take(partnership.pk, may=lambda record: can(actor, Verb.CHANGE, record))
    there = QuotedRow.objects.filter(partnership=held, block=block)
    before = [rules.FromAbove(*row) for row in there.order_by("order").values_list(*_FIELDS)]
    if before == list(rows):
        no_event("these rows are quoted already")
        return 0
    there.delete()
    QuotedRow.objects.bulk_create(
        QuotedRow(
            partnership=held,
            block=block,
            order=order,
            key=row.key,
            title=row.title,
            says=row.says,
            stated_on=row.stated_on,
        )
        for order, row in enumerate(rows, 1)
    )
    changed = len(set(before) ^ set(rows))
    happened(actor, "rows quoted in the text", held, after={"in": block, "rows": len(rows)})
    return changed


_FIELDS = ("key", "title", "says", "stated_on")

"""What rows said before they were changed (decision 24)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from concordat.domain.base.records.models import Earlier, Keyed
from concordat.domain.base.records.queries.access import visible
from concordat.kernel.actor import Actor


def earlier(actor: Actor, rows: Sequence[Keyed]) -> Mapping[str, list[Earlier]]:
    """By key, what rows of one model and one partnership said before each day on which they were
    changed, the latest first. The rows are narrowed already."""
    found: dict[str, list[Earlier]] = defaultdict(list)
    if rows:
        kept = Earlier.objects.filter(
            partnership=rows[0].partnership_id,
            of=rows[0]._meta.label_lower,
            key__in=[row.key for row in rows],
        )
        for each in visible(actor, kept, record="partnership").order_by("-until"):
            found[each.key].append(each)
    return found

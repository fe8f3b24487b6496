"""What policies have to say before an area goes live: the one point that is theirs to answer."""

from __future__ import annotations

from concordat.domain.base.agencies.models import Area, Partnership
from concordat.domain.base.records.operations import no_event, operation
from concordat.domain.governance.arrangements import operations as arrangements
from concordat.domain.governance.policies import queries
from concordat.kernel.actor import Actor


@operation
def look_at_go_live(actor: Actor, *, partnership: Partnership, area: Area) -> int:
    """Look at the whole check list again, with whether the threshold document is in force.

    How many points are open is returned.
    """
    no_event("what changed is an event of its own")
    answer = queries.answer_go_live(actor, partnership)
    return arrangements.recheck(actor, partnership=partnership, area=area, answers=[answer])

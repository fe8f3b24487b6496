"""Whether the policies that have to be in force when an area goes live are."""

from __future__ import annotations

from concordat.domain.base.agencies.models import Partnership
from concordat.domain.governance.arrangements.rules import go_live
from concordat.domain.governance.policies.models import Policy
from concordat.domain.governance.policies.rules import REQUIRED, State
from concordat.kernel.actor import Actor


def answer_go_live(actor: Actor, partnership: Partnership) -> go_live.Told:
    """Each kind of policy that has to be in force on the actor's day, or what is lacking."""
    rows = Policy.objects.filter(partnership=partnership.pk, state=State.IN_FORCE.value)
    there = {row.type.casefold() for row in rows if row.in_force(actor.on) != "no"}
    lacking = [f"a {kind.lower()} in force" for kind in REQUIRED if kind.casefold() not in there]
    return go_live.told(go_live.Point.POLICIES, lacking, "The threshold document is in force.")

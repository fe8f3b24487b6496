"""What is done with policies."""

from concordat.domain.governance.policies.operations.acknowledging import acknowledge, ask_agencies
from concordat.domain.governance.policies.operations.deciding import (
    approve,
    bring_into_force,
    consult,
    put_forward,
    send_back,
)
from concordat.domain.governance.policies.operations.drafting import (
    describe,
    draft,
    hang_text,
    set_down,
)
from concordat.domain.governance.policies.operations.ending import publish, supersede, withdraw
from concordat.domain.governance.policies.operations.going_live import look_at_go_live
from concordat.domain.governance.policies.operations.owning import let_owners_work
from concordat.domain.governance.policies.operations.reviewing import (
    adopt,
    ask_for_reviews,
    review,
)

__all__ = [
    "acknowledge",
    "adopt",
    "approve",
    "ask_agencies",
    "ask_for_reviews",
    "bring_into_force",
    "consult",
    "describe",
    "draft",
    "hang_text",
    "let_owners_work",
    "look_at_go_live",
    "publish",
    "put_forward",
    "review",
    "send_back",
    "set_down",
    "supersede",
    "withdraw",
]

"""What may be read of policies."""

from concordat.domain.governance.policies.models import Acknowledgement, Approval, Policy
from concordat.domain.governance.policies.queries.going_live import answer_go_live
from concordat.domain.governance.policies.queries.lists import (
    Line,
    Narrowed,
    audiences,
    counts,
    lines,
    policies,
    policies_owned,
    types,
)
from concordat.domain.governance.policies.queries.one import (
    Owner,
    acknowledgements,
    agencies_to_ask,
    approvals,
    approving_bodies,
    my_acknowledgements,
    owner_of,
    owners_seats,
    policy,
    policy_of,
    publishable,
    standing,
)
from concordat.domain.governance.policies.queries.public import (
    PublicPolicy,
    public_policies,
    public_policy,
)

__all__ = [
    "Acknowledgement",
    "Approval",
    "Line",
    "Narrowed",
    "Owner",
    "Policy",
    "PublicPolicy",
    "acknowledgements",
    "agencies_to_ask",
    "answer_go_live",
    "approvals",
    "approving_bodies",
    "audiences",
    "counts",
    "lines",
    "my_acknowledgements",
    "owner_of",
    "owners_seats",
    "policies",
    "policies_owned",
    "policy",
    "policy_of",
    "public_policies",
    "public_policy",
    "publishable",
    "standing",
    "types",
]

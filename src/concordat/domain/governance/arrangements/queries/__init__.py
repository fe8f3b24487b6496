"""Authority and structure as an actor may see them, on any day."""

from concordat.domain.governance.arrangements.models import (
    Arrangements,
    Decision,
    Delegation,
    Finding,
    Matter,
    Promise,
    Question,
)
from concordat.domain.governance.arrangements.queries.agreed import (
    arrangements,
    coverage,
    findings,
    footprints,
    footprints_of,
    links,
    partners,
    promises,
    questions,
    relevant_agencies,
    statements,
    steps,
)
from concordat.domain.governance.arrangements.queries.authority import (
    authority,
    authority_of_seats,
    matters,
    record_of,
)
from concordat.domain.governance.arrangements.queries.delegations import (
    decisions,
    delegation,
    delegations,
    lapsed,
)
from concordat.domain.governance.arrangements.queries.moving import (
    ByName,
    given_by_name_to,
    held_by_name,
    lapsing,
    powers_of,
    sits_through_others,
    stranded_asks,
)
from concordat.domain.governance.arrangements.queries.naming import Named, names
from concordat.domain.governance.arrangements.queries.structure import compare, structure

__all__ = [
    "Arrangements",
    "ByName",
    "Decision",
    "Delegation",
    "Finding",
    "Matter",
    "Named",
    "Promise",
    "Question",
    "arrangements",
    "authority",
    "authority_of_seats",
    "compare",
    "coverage",
    "decisions",
    "delegation",
    "delegations",
    "findings",
    "footprints",
    "footprints_of",
    "given_by_name_to",
    "held_by_name",
    "lapsed",
    "lapsing",
    "links",
    "matters",
    "names",
    "partners",
    "powers_of",
    "promises",
    "questions",
    "record_of",
    "relevant_agencies",
    "sits_through_others",
    "statements",
    "steps",
    "stranded_asks",
    "structure",
]

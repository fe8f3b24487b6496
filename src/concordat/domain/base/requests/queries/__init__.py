"""Requests that an actor may see, their answers and each use of them."""

from concordat.domain.base.requests.models import Answer, Request, Told, Use
from concordat.domain.base.requests.queries.access import (
    bases,
    basis_of,
    may_be_requester,
    part_in,
    runs,
)
from concordat.domain.base.requests.queries.lists import (
    MOST_COUNTED,
    asked_by_us,
    asked_of_us,
    ever_asks,
    homes,
    in_a_sentence,
    on_record,
    requesters,
    requests,
    to_chase,
)
from concordat.domain.base.requests.queries.one import (
    answers,
    request,
    told,
    uses,
)

__all__ = [
    "MOST_COUNTED",
    "Answer",
    "Request",
    "Told",
    "Use",
    "answers",
    "asked_by_us",
    "asked_of_us",
    "bases",
    "basis_of",
    "ever_asks",
    "homes",
    "in_a_sentence",
    "may_be_requester",
    "on_record",
    "part_in",
    "request",
    "requesters",
    "requests",
    "runs",
    "to_chase",
    "told",
    "uses",
]

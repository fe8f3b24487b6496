"""What a record is, who may do what with it, and how the ledger is sealed."""

from concordat.domain.base.records.rules.access import (
    SCOPED,
    Facts,
    Level,
    Standing,
    Verb,
    lets_see,
    may_open,
    may_use,
    must_be_named,
    offices_that_may,
    standing,
)
from concordat.domain.base.records.rules.kinds import (
    INSTALLATION,
    Cut,
    RecordKind,
    reference,
)
from concordat.domain.base.records.rules.ledger import (
    DISPOSED,
    GENESIS,
    canonical,
    detail_digest,
    digest,
    head_text,
    leaf,
    mac,
    seal_hash,
)
from concordat.domain.base.records.rules.words import is_reference, search_terms, search_text

__all__ = [
    "DISPOSED",
    "GENESIS",
    "INSTALLATION",
    "SCOPED",
    "Cut",
    "Facts",
    "Level",
    "RecordKind",
    "Standing",
    "Verb",
    "canonical",
    "detail_digest",
    "digest",
    "head_text",
    "is_reference",
    "leaf",
    "lets_see",
    "mac",
    "may_open",
    "may_use",
    "must_be_named",
    "offices_that_may",
    "reference",
    "seal_hash",
    "search_terms",
    "search_text",
    "standing",
]

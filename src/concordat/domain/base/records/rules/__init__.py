"""What a record is, who may do what with it, and how the ledger is sealed."""

from concordat.domain.base.records.rules.access import (
    Facts,
    Level,
    Standing,
    Verb,
    may_open,
    may_use,
    offices_that_may,
    standing,
)
from concordat.domain.base.records.rules.kinds import Cut, RecordKind, reference
from concordat.domain.base.records.rules.ledger import (
    GENESIS,
    canonical,
    detail_digest,
    digest,
    head_text,
    leaf,
    mac,
    seal_hash,
)
from concordat.domain.base.records.rules.words import search_terms

__all__ = [
    "GENESIS",
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
    "leaf",
    "mac",
    "may_open",
    "may_use",
    "offices_that_may",
    "reference",
    "seal_hash",
    "search_terms",
    "standing",
]

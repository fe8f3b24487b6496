"""What an actor may see. Everything that lists or opens a record goes through here."""

from concordat.domain.base.records.models import (
    AccessRequest,
    Event,
    Grant,
    Hold,
    Look,
    Record,
    Seal,
    Share,
)
from concordat.domain.base.records.queries.access import (
    admissible,
    can,
    facts_of,
    fetch,
    fetch_record,
    standing_of,
    usable,
    visible,
)
from concordat.domain.base.records.queries.cuts import cut_for, summaries, title_for, titles
from concordat.domain.base.records.queries.earlier import earlier
from concordat.domain.base.records.queries.history import (
    access_of,
    is_free,
    looks_at,
    open_access_requests,
    open_holds,
    timeline,
    told_in,
)
from concordat.domain.base.records.queries.knowing import admissible_record, known_record
from concordat.domain.base.records.queries.lately import lately
from concordat.domain.base.records.queries.ledger import (
    Extent,
    Finding,
    extent,
    head_of,
    heads,
    sealed_up_to,
    verify,
    verify_since,
)
from concordat.domain.base.records.queries.prepared import Prepared, PreparedRows, first_of
from concordat.domain.base.records.queries.search import search, sharing

__all__ = [
    "AccessRequest",
    "Event",
    "Extent",
    "Finding",
    "Grant",
    "Hold",
    "Look",
    "Prepared",
    "PreparedRows",
    "Record",
    "Seal",
    "Share",
    "access_of",
    "admissible",
    "admissible_record",
    "can",
    "cut_for",
    "earlier",
    "extent",
    "facts_of",
    "fetch",
    "fetch_record",
    "first_of",
    "head_of",
    "heads",
    "is_free",
    "known_record",
    "lately",
    "looks_at",
    "open_access_requests",
    "open_holds",
    "sealed_up_to",
    "search",
    "sharing",
    "standing_of",
    "summaries",
    "timeline",
    "title_for",
    "titles",
    "told_in",
    "usable",
    "verify",
    "verify_since",
    "visible",
]

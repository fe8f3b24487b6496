from concordat.domain.base.records.models.access import AccessRequest, Grant, Hold, Recusal, Share
from concordat.domain.base.records.models.dated import (
    Dated,
    Keyed,
    known_by,
    maybe_in_force,
    not_over,
    surely_in_force,
)
from concordat.domain.base.records.models.earlier import Earlier
from concordat.domain.base.records.models.kept import KeptRow
from concordat.domain.base.records.models.ledger import (
    Disposal,
    Event,
    EventDetail,
    Look,
    Seal,
    SealedLeaf,
)
from concordat.domain.base.records.models.record import Counter, Done, Record, SearchEntry

__all__ = [
    "AccessRequest",
    "Counter",
    "Dated",
    "Disposal",
    "Done",
    "Earlier",
    "Event",
    "EventDetail",
    "Grant",
    "Hold",
    "KeptRow",
    "Keyed",
    "Look",
    "Record",
    "Recusal",
    "Seal",
    "SealedLeaf",
    "SearchEntry",
    "Share",
    "known_by",
    "maybe_in_force",
    "not_over",
    "surely_in_force",
]

from concordat.domain.base.records.models.access import AccessRequest, Grant, Hold, Recusal, Share
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
    "Disposal",
    "Done",
    "Event",
    "EventDetail",
    "Grant",
    "Hold",
    "Look",
    "Record",
    "Recusal",
    "Seal",
    "SealedLeaf",
    "SearchEntry",
    "Share",
]

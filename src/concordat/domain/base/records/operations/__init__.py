"""The only way to write. Every other package's operations are built from these."""

from concordat.domain.base.records.operations.access import (
    admit,
    answer_access_request,
    end_recusal,
    end_share,
    place_hold,
    recuse,
    release_hold,
    request_access,
    share,
    withdraw,
)
from concordat.domain.base.records.operations.earlier import change, remember, remember_gone
from concordat.domain.base.records.operations.keeping import New, hold_still, keep, keep_new
from concordat.domain.base.records.operations.ledger import dispose_detail, look, raise_walls, seal
from concordat.domain.base.records.operations.record import (
    close,
    index,
    name_owner,
    open_record,
    rename,
    restrict,
)
from concordat.domain.base.records.operations.unit import (
    happened,
    in_operation,
    no_event,
    once,
    operation,
    take,
)

__all__ = [
    "New",
    "admit",
    "answer_access_request",
    "change",
    "close",
    "dispose_detail",
    "end_recusal",
    "end_share",
    "happened",
    "hold_still",
    "in_operation",
    "index",
    "keep",
    "keep_new",
    "look",
    "name_owner",
    "no_event",
    "once",
    "open_record",
    "operation",
    "place_hold",
    "raise_walls",
    "recuse",
    "release_hold",
    "remember",
    "remember_gone",
    "rename",
    "request_access",
    "restrict",
    "seal",
    "share",
    "take",
    "withdraw",
]

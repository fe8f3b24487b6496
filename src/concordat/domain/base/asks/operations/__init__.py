"""Raising and clearing what is owed, and telling people of it once a week."""

from concordat.domain.base.asks.operations.asking import (
    DAYS_TO_ANSWER,
    answer_access,
    ask_for_access,
    clear_asks,
    hand_on,
    raise_ask,
    remind,
)
from concordat.domain.base.asks.operations.doubting import doubt_seats, settle_doubt
from concordat.domain.base.asks.operations.weekly import REFERENCE, send_weekly_letters

__all__ = [
    "DAYS_TO_ANSWER",
    "REFERENCE",
    "answer_access",
    "ask_for_access",
    "clear_asks",
    "doubt_seats",
    "hand_on",
    "raise_ask",
    "remind",
    "send_weekly_letters",
    "settle_doubt",
]

"""Calendars out: secret addresses, and titles that give nothing away."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta
from enum import StrEnum

from concordat.kernel.sensitivity import Sensitivity

TOKEN_BYTES = 32
MOST_READS = 60
"""How often one address is answered in an hour. Calendars ask a few times a day."""
PER = timedelta(hours=1)
BEHIND, AHEAD = timedelta(days=60), timedelta(days=550)
MOST_FEEDS = 5

_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)


class EntryState(StrEnum):
    """What a calendar shows of an engagement."""

    TENTATIVE = "tentative"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        return {EntryState.TENTATIVE: "Held", EntryState.CONFIRMED: "Fixed"}.get(self, "Called off")


def is_token(told: str) -> bool:
    """Whether a text has the shape of a token of ours."""
    return bool(_TOKEN.fullmatch(told))


def digest_of(token: str) -> str:
    """What is kept of a token: it cannot be told from it."""
    return hashlib.sha256(f"concordat feed {token}".encode()).hexdigest()


def plain_title(what: str, name: str, reference: str, *, level: Sensitivity, listed: bool) -> str:
    """A title for somebody's calendar, which others see over their shoulder.

    What is held more closely than the partnership, or not listed, is a reference and no more.
    """
    if level > Sensitivity.PARTNERSHIP or not listed or not name:
        return f"{what}: {reference}"
    return f"{what}: {name}"

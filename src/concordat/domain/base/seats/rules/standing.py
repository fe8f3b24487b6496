"""Where a body, a role or a post stands."""

from __future__ import annotations

from enum import StrEnum


class Standing(StrEnum):
    """Where a body, a role or a post stands."""

    PROPOSED = "proposed"
    SHADOW = "shadow"
    IN_FORCE = "in force"
    ENDED = "ended"

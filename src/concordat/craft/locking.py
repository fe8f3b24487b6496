"""Short texts kept where only this installation can read them. Locked text is plain ASCII."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import TYPE_CHECKING

from concordat.craft.signing import derive

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet


def lock(text: str, secrets: Sequence[str], purpose: str) -> str:
    """The text locked with the first of the secrets, for one purpose only."""
    return _locks(secrets, purpose).encrypt(text.encode()).decode("ascii")


def unlock(locked: str, secrets: Sequence[str], purpose: str) -> str:
    """The text again, with any of the secrets. Raises ValueError for what they did not lock."""
    from cryptography.fernet import InvalidToken

    try:
        return _locks(secrets, purpose).decrypt(locked.encode("ascii")).decode()
    except InvalidToken:
        raise ValueError("This was locked with another secret, or was changed.") from None


def _locks(secrets: Sequence[str], purpose: str) -> MultiFernet:
    from cryptography.fernet import Fernet, MultiFernet

    keys = (base64.urlsafe_b64encode(derive(each, purpose)) for each in secrets)
    return MultiFernet([Fernet(key) for key in keys])

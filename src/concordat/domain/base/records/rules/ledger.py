"""How what was done is put into words once, and made impossible to change unseen.

An event's canonical text is what is digested. Seals bind batches of digests: each seal
is the hash of the one before it and of its own leaves, so that a change, a removal or
an insertion breaks every seal after it. A keyed code on each event shows a row that was
written without the application; signed seal heads kept elsewhere show a cut tail.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from json.encoder import encode_basestring as _quoted

GENESIS = "0" * 64
DISPOSED = "detail disposed of"


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return str(value)


_encode = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain
).encode


def canonical(values: Mapping[str, object]) -> str:
    """One text for equal values: sorted keys, no spaces, UTC times, no escapes."""
    return _encode(values)


def digest(text: str) -> str:
    """SHA-256 of a text, 64 hexadecimal characters."""
    return hashlib.sha256(text.encode()).hexdigest()


def detail_digest(salt: str, before: str, after: str) -> str:
    """Digest of what an event changed; the salt keeps short values from being guessed.

    Each text is digested by itself, so that nothing can be moved from one to the other.
    """
    return digest(f"{salt}\n{digest(before)}\n{digest(after)}")


def mac(key: bytes, event_digest: str) -> str:
    """Proof that the application, which alone holds the key, wrote the event."""
    return hmac.digest(key, event_digest.encode(), "sha256").hex()


def event_text(
    number: int,
    at: str,
    verb: str,
    actor: str,
    hand: str,
    record: str,
    reference: str,
    kind: str,
    partnership: str,
    reason: str,
    detail: str,
) -> str:
    """An event's canonical text, made at once from values as they are printed.

    `at` is in UTC to the microsecond; ids of records are printed with their hyphens, or empty.
    """
    return (
        f'{{"actor":{_quoted(actor)},"at":"{at}","detail":{_quoted(detail)},'
        f'"hand":{_quoted(hand)},"id":{number},"kind":{_quoted(kind)},'
        f'"partnership":"{partnership}","reason":{_quoted(reason)},"record":"{record}",'
        f'"reference":{_quoted(reference)},"verb":{_quoted(verb)}}}'
    )


_BLOCK = 64


def coder(key: bytes) -> Callable[[str], str]:
    """`mac` with its key made ready once, for millions of events (RFC 2104, a key of at most
    64 bytes)."""
    padded = key.ljust(_BLOCK, b"\0")
    inner, outer = bytes(b ^ 0x36 for b in padded), bytes(b ^ 0x5C for b in padded)
    sha = hashlib.sha256

    def code(event_digest: str) -> str:
        return sha(outer + sha(inner + event_digest.encode()).digest()).hexdigest()

    return code


def leaf(position: int, event: int, event_digest: str) -> str:
    return f"{position}:{event}:{event_digest}"


def seal_hash(number: int, previous: str, at: datetime, leaves: Iterable[str]) -> str:
    """Hash of a seal over its number, the seal before it (GENESIS for the first), its
    moment and its leaves."""
    running = hashlib.sha256(f"{number}\n{previous}\n{_plain(at)}\n".encode())
    for each in leaves:
        running.update(each.encode() + b"\n")
    return running.hexdigest()


def head_text(number: int, hash_: str) -> str:
    """What is signed: a seal's number and hash. Partners keep it with its signature."""
    return f"concordat seal {number} {hash_}"

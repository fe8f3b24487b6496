"""Ed25519 signatures and keys derived from one secret. Bytes and hexadecimal text only."""

from __future__ import annotations

import hashlib
import hmac


def derive(secret: str, purpose: str) -> bytes:
    """32 bytes for one purpose; the same secret and purpose give the same key."""
    return hmac.new(secret.encode(), purpose.encode(), hashlib.sha256).digest()


def sign(seed: bytes, message: str) -> str:
    """Signature of a text, 128 hexadecimal characters. `seed` is 32 bytes."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(seed).sign(message.encode()).hex()


def public_key(seed: bytes) -> str:
    """The public half, 64 hexadecimal characters: what a partner checks heads with."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw().hex()


def is_signed(public: str, message: str, signature: str) -> bool:
    """Whether the holder of the private half signed this text. Malformed input is not signed."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
        key.verify(bytes.fromhex(signature), message.encode())
    except (InvalidSignature, ValueError):
        return False
    return True

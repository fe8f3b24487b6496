"""A file that was looked at on one page and is taken in on the next: signed on its way."""

from __future__ import annotations

from base64 import b64decode, b64encode

from django.core import signing

from concordat.kernel.errors import Invalid

LASTS = 24 * 60 * 60


def packed(name: str, data: bytes, salt: str) -> str:
    """The upload as one text that a form can carry; it is signed and lasts for a day."""
    told = {"name": name, "data": b64encode(data).decode("ascii")}
    return signing.dumps(told, salt=salt, compress=True)


def unpacked(carried: str, salt: str) -> tuple[str, bytes]:
    """The name and the bytes of what was packed. Raises `Invalid` for anything else."""
    try:
        told = signing.loads(carried, salt=salt, max_age=LASTS)
    except signing.BadSignature:
        raise Invalid("The file was lost on the way.", mend="Choose it again.") from None
    return told["name"], b64decode(told["data"])

"""Pictures that people send: looked at without unpacking more than is bearable, then redrawn."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

from concordat.kernel.errors import Invalid

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

LOGO = (600, 240)
"""Width and height in pixels that a logo is made to fit."""


@contextmanager
def _opened(data: bytes, formats: tuple[str, ...], pixels: int) -> Iterator[Picture]:
    import warnings

    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=formats) as image:
                if image.width * image.height > pixels:
                    raise Invalid(
                        f"The picture has {image.width:,} by {image.height:,} pixels, too many.",
                        mend="Make it smaller and send that.",
                    )
                yield image
    except Invalid:
        raise
    except Image.DecompressionBombError as error:
        raise Invalid("The picture has too many pixels.", mend="Make it smaller.") from error
    except (OSError, ValueError, SyntaxError, MemoryError) as error:
        raise Invalid("The picture is damaged.", mend="Save it again and send that.") from error


def check(data: bytes, kind: str, *, pixels: int) -> None:
    """Invalid unless the picture is whole and has at most `pixels`. `kind` is PNG or JPEG.

    A JPEG is read at an eighth of its size and a PNG by its checksums, so that looking costs
    little memory.
    """
    with _opened(data, (kind,), pixels) as image:
        if kind == "JPEG":
            image.draft(image.mode, (max(1, image.width // 8), max(1, image.height // 8)))
            image.load()
        else:
            image.verify()


def texts_of(data: bytes) -> Iterator[str]:
    """What a PNG says of itself in words: who made it, and of what; packed or not."""
    at = len(_PNG) if data.startswith(_PNG) else len(data)
    while at + 12 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        if kind in (b"tEXt", b"zTXt", b"iTXt", b"eXIf"):
            noughts = [n for n, byte in enumerate(body[:400]) if not byte][:_NOUGHTS]
            for said in (body, *(_unpacked(body[n + 1 :]) for n in noughts)):
                yield said.decode("utf-8", "replace")
        at += 12 + length


_PNG = b"\x89PNG\r\n\x1a\n"
_MOST = 1 << 20
_NOUGHTS = 6
"""A packed text begins behind one of so many noughts of its part, which end its key words."""


def _unpacked(packed: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, _MOST)
    except zlib.error:
        return b""


def clean_logo(data: bytes) -> bytes:
    """The logo drawn anew as PNG within `LOGO`, without anything else the file carried."""
    if len(data) > 5 << 20:
        raise Invalid("A logo may have at most 5 MB.", field="logo")
    with _opened(data, ("PNG", "JPEG"), 16_000_000) as image:
        image.thumbnail(LOGO)
        drawn = image.convert("RGBA")
    out = BytesIO()
    bare = drawn.copy()
    bare.info.clear()
    bare.save(out, "PNG", optimize=True)
    return out.getvalue()

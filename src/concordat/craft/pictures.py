"""SVG turned into PNG, for formats that cannot hold a drawing."""

from __future__ import annotations

import re
from functools import lru_cache

from concordat.kernel.errors import Invalid

_SIZE = re.compile(r"<svg\b[^>]*?\bwidth=\"([0-9.]+)\"[^>]*?\bheight=\"([0-9.]+)\"")


@lru_cache(maxsize=1)
def _fonts() -> str:
    from fontpkg_noto_sans import ROOT

    return str(ROOT / "files")


def size(svg: str) -> tuple[float, float]:
    """Width and height in CSS pixels as the drawing states them."""
    found = _SIZE.search(svg[:4000])
    if not found or not 0 < float(found[1]) * float(found[2]) <= 25_000_000:
        raise Invalid("A drawing must state a width and a height of sensible size.")
    return float(found[1]), float(found[2])


def to_png(svg: str, *, zoom: float = 2.0) -> bytes:
    """The drawing on white, with the packaged font only: a font that is not there would drop
    the words without a sound."""
    import resvg_py

    width, height = size(svg)
    zoom = min(zoom, 6000 / max(width, height))
    try:
        drawn = resvg_py.svg_to_bytes(
            svg_string=svg,
            background="#ffffff",
            skip_system_fonts=True,
            font_dirs=[_fonts()],
            font_family="Noto Sans",
            sans_serif_family="Noto Sans",
            zoom=zoom,
        )
    except ValueError as error:
        raise Invalid("The drawing cannot be read as SVG.") from error
    return bytes(drawn)

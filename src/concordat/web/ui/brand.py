"""A partnership's own accent colour: data, and readable whatever is chosen."""

from __future__ import annotations

import colorsys
import re
from typing import NamedTuple

from concordat.kernel.errors import Invalid

DEFAULT = "12436d"
WHITE = "ffffff"
WASH = "f4f6f7"
INK = "1b2a33"

_HEX = re.compile(r"[0-9a-f]{6}\Z")
_READABLE = 4.5
_BAND = 7.0
_STEP = 0.02
_DEEPER = 0.72


class Pair(NamedTuple):
    """The accent and the deeper tone of the band across the top, as six hex digits each."""

    accent: str
    band: str


def hex_of(text: str) -> str:
    """Six lower-case hex digits. Raises `Invalid` for anything else."""
    found = text.strip().lower().removeprefix("#")
    if not _HEX.match(found):
        raise Invalid(
            f"“{text}” is not a colour.", field="accent", mend="Give six digits, such as #12436d."
        )
    return found


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it, 0 (black) to 1 (white)."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)

    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours of six hex digits, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def readable(accent: str) -> bool:
    """Whether white words on this colour, and it on the grey of a navigation, can be read."""
    colour = hex_of(accent)
    return min(contrast(colour, WHITE), contrast(colour, WASH)) >= _READABLE


def pair(accent: str) -> Pair:
    """The chosen colour, darkened only as far as reading needs, and its deeper tone."""
    chosen = hex_of(accent)
    while not readable(chosen):
        chosen = _scaled(chosen, 1 - _STEP)
    band = _scaled(chosen, _DEEPER)
    while contrast(band, WHITE) < _BAND:
        band = _scaled(band, 1 - _STEP)
    return Pair(chosen, band)


def sheet(accent: str) -> str:
    """The style sheet that lays a partnership's colour over the tokens."""
    brand, band = pair(accent)
    return f":root {{\n  --brand: #{brand};\n  --brand-2: #{band};\n}}\n"


def _scaled(colour: str, by: float) -> str:
    """The same hue with its lightness multiplied."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, light, full = colorsys.rgb_to_hls(red, green, blue)
    parts = colorsys.hls_to_rgb(hue, light * by, full)
    return "".join(f"{round(part * 255):02x}" for part in parts)

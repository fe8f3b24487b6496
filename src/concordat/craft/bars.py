"""Lying bars, each in parts: numbers of a few things side by side. Told apart without colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from concordat.craft.document import Tone
from concordat.craft.svg import CALM, Palette, element, figure, label, line, text_width, wrapped
from concordat.kernel.errors import Invalid

_LEFT, _HIGH, _STEP, _TOP = 260.0, 20.0, 44.0, 44.0
_TICKS = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name and a number for each part."""

    name: str
    values: Sequence[int]


def bars(
    rows: Sequence[Bar],
    parts: Sequence[tuple[str, Tone]],
    *,
    title: str,
    desc: str,
    width: float = 760,
    palette: Palette = CALM,
) -> str:
    """The bars beneath a key of their parts. Numbers are whole and not negative."""
    if any(len(row.values) != len(parts) or min(row.values, default=0) < 0 for row in rows):
        raise Invalid("Every bar needs one number, not below nought, for each part.")
    most = max((sum(row.values) for row in rows), default=0) or 1
    scale = (width - _LEFT - 60) / most
    bottom = _TOP + _STEP * len(rows)
    drawn = [*_key(parts, palette), *_ticks(most, scale, bottom, palette)]
    for number, row in enumerate(rows):
        drawn += _bar(row, parts, _TOP + _STEP * number, scale, palette)
    return figure(title, desc, width, bottom + 30, "".join(drawn), palette=palette)


def _key(parts: Sequence[tuple[str, Tone]], palette: Palette) -> list[str]:
    drawn, x = [], _LEFT
    for number, (name, tone) in enumerate(parts):
        drawn += [_block(x, 10, 16, 14, number, tone, palette), label(x + 22, 22, name, size=13)]
        x += 46 + text_width(name, 13)
    return drawn


def _ticks(most: int, scale: float, bottom: float, palette: Palette) -> list[str]:
    step = max(1, -(-most // _TICKS))
    drawn = []
    for number in range(0, most + 1, step):
        x = _LEFT + number * scale
        drawn += [
            line(x, _TOP - 8, x, bottom, palette.line),
            label(x, bottom + 20, f"{number:,}", size=13, fill=palette.second, anchor="middle"),
        ]
    return drawn


def _bar(
    row: Bar, parts: Sequence[tuple[str, Tone]], top: float, scale: float, palette: Palette
) -> list[str]:
    names = wrapped(row.name, 14, _LEFT - 24)[:2]
    drawn = [
        label(8, top + (16 if len(names) == 1 else 8 + 16 * at), name)
        for at, name in enumerate(names)
    ]
    x = _LEFT
    for number, (value, (_, tone)) in enumerate(zip(row.values, parts, strict=True)):
        if value:
            drawn.append(_block(x, top, value * scale, _HIGH, number, tone, palette))
            x += value * scale
    told = " + ".join(f"{value:,}" for value in row.values if value) or "0"
    return [*drawn, label(x + 8, top + 15, told, size=13, fill=palette.ink)]


def _block(
    x: float, y: float, wide: float, high: float, number: int, tone: Tone, palette: Palette
) -> str:
    """A block with a white edge; every second one is only outlined, every third is banded."""
    colour = palette.tone(tone)
    filled = {"fill": colour if number != 1 else palette.paper, "stroke": colour}
    block = element("rect", x=x, y=y, width=wide, height=high, stroke_width=2.0, **filled)
    if number != 2:
        return block
    bands = [line(x + at, y, x + at, y + high, palette.paper, 2) for at in range(6, int(wide), 8)]
    return block + "".join(bands)

"""A grid of likelihood and impact with how many stand in each cell, told without colour alone."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

from concordat.craft.document import Tone
from concordat.craft.svg import CALM, Palette, element, figure, label, line, wrapped
from concordat.kernel.errors import Invalid

_LEFT, _TOP, _WIDE, _HIGH, _LEAST, _MOST = 150.0, 40.0, 112.0, 62.0, 13.0, 25.0


def heat(
    rows: Sequence[tuple[str, Sequence[tuple[int, Tone]]]],
    columns: Sequence[str],
    *,
    title: str,
    desc: str,
    axes: tuple[str, str],
    palette: Palette = CALM,
) -> str:
    """Rows from the top, each with a number and a tone for every column.

    A number stands in a disc that grows with it; an empty cell holds nothing. The tone draws
    the edge of its cell, as wide as it is heavy. `axes` name the rows and the columns.
    """
    if any(len(cells) != len(columns) for _, cells in rows):
        raise Invalid("Every row needs one cell for each column.")
    most = max((number for _, cells in rows for number, _ in cells), default=0) or 1
    wide, high = _LEFT + _WIDE * len(columns) + 10, _TOP + _HIGH * len(rows) + 54
    drawn = [label(8, 22, axes[0], size=13, fill=palette.second)]
    for at, (name, cells) in enumerate(rows):
        top = _TOP + _HIGH * at
        drawn += _names(name, 8, top + _HIGH / 2, palette)
        for place, (number, tone) in enumerate(cells):
            drawn += _cell(number, tone, _LEFT + _WIDE * place, top, most, palette)
    bottom = _TOP + _HIGH * len(rows)
    for place, name in enumerate(columns):
        x = _LEFT + _WIDE * place + _WIDE / 2
        drawn.append(label(x, bottom + 20, name, size=13, anchor="middle"))
    drawn.append(label(_LEFT, bottom + 44, axes[1], size=13, fill=palette.second))
    return figure(title, desc, wide, high, "".join(drawn), palette=palette)


def _names(name: str, x: float, middle: float, palette: Palette) -> list[str]:
    told = wrapped(name, 13, _LEFT - 20)[:2]
    first = middle + 5 - 8 * (len(told) - 1)
    return [
        label(x, first + 16 * at, each, size=13, fill=palette.ink) for at, each in enumerate(told)
    ]


def _cell(number: int, tone: Tone, x: float, y: float, most: int, palette: Palette) -> list[str]:
    edge = palette.line if tone == "plain" else palette.tone(tone)
    drawn = [
        element(
            "rect",
            x=x + 3,
            y=y + 3,
            width=_WIDE - 6,
            height=_HIGH - 6,
            fill=palette.wash,
            stroke=edge,
            stroke_width={"late": 3.0, "soon": 2.0}.get(tone, 1.0),
        )
    ]
    if tone == "late":
        drawn.append(line(x + 3, y + 9, x + _WIDE - 3, y + 9, edge, 1))
    if number:
        size = _LEAST + (_MOST - _LEAST) * sqrt((number - 1) / most)
        middle = (x + _WIDE / 2, y + _HIGH / 2)
        drawn.append(
            element("circle", cx=middle[0], cy=middle[1], r=float(size), fill=palette.brand)
        )
        text = f"{number:,}"
        drawn.append(
            label(middle[0], middle[1] + 5, text, size=14, fill=palette.paper, anchor="middle")
        )
    return drawn

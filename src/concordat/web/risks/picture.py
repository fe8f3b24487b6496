"""A heat map as a picture: how many risks stand where. The table beside it says which."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from concordat.craft.document import Tone
from concordat.craft.heat import heat
from concordat.domain.governance.risks.queries import HeatMap, Register
from concordat.kernel.labels import count

TONES: tuple[Tone, ...] = ("plain", "plain", "soon", "late")
"""What a banded scheme's four shades mean; a scheme of words alone means none of them."""


@dataclass(frozen=True, slots=True)
class Picture:
    svg: SafeString
    title: str
    sentence: str


def drawn(register: Register, found: HeatMap) -> Picture | None:
    """None where nothing is placed: there is nothing to draw."""
    if not found.placed:
        return None
    banded = register.scheme.multiplies
    rows = [
        (name, [(cell.count, TONES[cell.shade - 1] if banded else "plain") for cell in cells])
        for name, cells in found.rows
    ]
    title, sentence = _title(found), _sentence(register)
    svg = heat(
        rows,
        found.impacts,
        title=title,
        desc=sentence,
        axes=("Likelihood", "Impact"),
    )
    return Picture(mark_safe(svg), title, sentence)  # noqa: S308 - drawn here, its texts escaped


def _title(found: HeatMap) -> str:
    """The message: how many stand in the heaviest cell that holds any."""
    cells = [cell for _, row in found.rows for cell in row if cell.count]
    worst = max(cells, key=lambda cell: cell.score.rank)
    placed = count(found.placed, "risk")
    return f"{worst.count:,} of {placed} at {worst.score.words}"


def _sentence(register: Register) -> str:
    if register.scheme.multiplies:
        return "Likelihood times impact; the edge of a cell grows with its band."
    return "This scheme rates no combination: place in the grid says all."

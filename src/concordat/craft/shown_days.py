"""Days of which a cell of a worksheet shows a part only: its number format leaves the rest out.

Excel makes "March 2019" the first of that month, and "22 May" a day of the year in which it was
typed. The value says more than anybody wrote; what the cell shows is what was written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from concordat.craft.archives import Archive
from concordat.kernel.labels import MONTHS

_STYLES = "xl/styles.xml"
_USUAL = {16: "d-mmm", 17: "mmm-yy"}
"""The formats without a whole day that every workbook has by number."""
_ASIDE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|[_*].')
_Words = Callable[[date], str]
Styles = Mapping[str, _Words]


def _month(day: date) -> str:
    return MONTHS[day.month - 1]


_PARTS: dict[frozenset[str], _Words] = {
    frozenset("dm"): lambda day: f"{day.day} {_month(day)}",
    frozenset("my"): lambda day: f"{_month(day)} {day.year}",
    frozenset("y"): lambda day: str(day.year),
    frozenset("m"): _month,
}


def formats(archive: Archive) -> Styles:
    """The styles of cells that show a part of a day, by their number, with what each shows."""
    from defusedxml.ElementTree import ParseError, fromstring

    if _STYLES not in archive.names:
        return {}
    try:
        styles = fromstring(archive.read(_STYLES), forbid_dtd=True)
    except ParseError:
        return {}  # whoever reads the sheets refuses the workbook
    codes = dict(_USUAL)
    found: dict[str, _Words] = {}
    for each in styles.iter():
        if each.tag.endswith("}numFmt"):
            codes[int(each.get("numFmtId", 0))] = str(each.get("formatCode", ""))
    kinds = next((each for each in styles.iter() if each.tag.endswith("}cellXfs")), ())
    for number, kind in enumerate(kinds):
        words = _PARTS.get(_letters(codes.get(int(kind.get("numFmtId", 0)), "")))
        if words:
            found[str(number)] = words
    return found


def _letters(code: str) -> frozenset[str]:
    """Which of day, month and year a format shows; none where it shows a time, or no day at all."""
    bare = _ASIDE.sub("", code).partition(";")[0].casefold()
    if re.search("[hs0#?]|general", bare):
        return frozenset()
    return frozenset(re.sub("d{3,}|[^dmy]", "", bare))


def shown(
    body: bytes, rows: Sequence[Sequence[object]], styles: Styles
) -> dict[tuple[int, int], str]:
    """What is shown by row and column, both counted from nought; `body` is the sheet's part."""
    if not styles:
        return {}
    told = {}
    any_of = "|".join(styles).encode()
    cell = rb"<(?:\w+:)?c\s(?=[^>]*\bs=\"(%s)\")[^>]*?\br=\"([A-Z]{1,3})([0-9]{1,7})\"" % any_of
    for style, column, line in re.findall(cell, body):
        at = (int(line) - 1, _number(column))
        value = rows[at[0]][at[1]] if at[0] < len(rows) and at[1] < len(rows[at[0]]) else None
        if isinstance(value, date):
            told[at] = styles[style.decode()](value)
    return told


def _number(column: bytes) -> int:
    number = 0
    for letter in column:
        number = number * 26 + letter - 64
    return number - 1

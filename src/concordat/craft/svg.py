"""Drawings made on the server: no script, no style attribute, no style element.

Lengths are in user units (one CSS pixel at full size). Colour means state and nothing else,
and every state is also a word and a line or a shape.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from hashlib import sha256
from html import escape
from typing import Literal

from concordat.craft.document import Tone, clean
from concordat.kernel.errors import Invalid

FONTS = "Arial, Helvetica, 'Noto Sans', sans-serif"
Line = Literal["solid", "dashed", "dotted", "faint"]
_DASHES: dict[str, str] = {"solid": "", "dashed": "7 4", "dotted": "1.5 3.5", "faint": "12 3 2 3"}


def contrast(one: str, other: str) -> float:
    """The WCAG contrast of two colours such as "#1b2a33": 1 (equal) to 21."""
    lights = sorted((_light(one), _light(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _light(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of one drawing; all but paper, wash and line stand 3:1 against the paper."""

    ink: str = "#1b2a33"
    second: str = "#4a5a64"
    brand: str = "#12436d"
    late: str = "#a8201a"
    soon: str = "#6b4500"
    done: str = "#1d6b45"
    held: str = "#54319f"
    paper: str = "#ffffff"
    wash: str = "#f4f6f7"
    line: str = "#d5dce0"

    def __post_init__(self) -> None:
        for field in fields(self):
            colour = getattr(self, field.name)
            if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
                raise Invalid(
                    f"'{colour}' is not a colour.", field=field.name, mend="Write it as #12436d."
                )
            quiet = field.name in {"paper", "wash", "line"}
            if not quiet and contrast(colour, self.paper) < 3:
                raise Invalid(
                    f"{colour} is too close to the paper {self.paper} to be seen by everyone.",
                    field=field.name,
                    mend="Choose a darker colour: the contrast must be at least 3 to 1.",
                )

    def tone(self, tone: Tone) -> str:
        return self.brand if tone == "plain" else str(getattr(self, tone))


CALM = Palette()


def element(tag: str, *children: str, **attributes: object) -> str:
    """One element. Children are markup already; attribute values are escaped here.

    `text_anchor` becomes text-anchor and `class_` class; None leaves an attribute out.
    """
    if "style" in attributes or any(name.startswith("on") for name in attributes):
        raise ValueError("A drawing may hold no style and no script.")
    said = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(_written(value))}"'
        for name, value in attributes.items()
        if value is not None
    )
    body = "".join(children)
    return f"<{tag}{said}>{body}</{tag}>" if body else f"<{tag}{said}/>"


def _written(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.1f}".rstrip("0").rstrip(".")
    return clean(str(value))


def words(text: str) -> str:
    """Text made safe to stand inside an element."""
    return escape(clean(text), quote=False)


def figure(
    title: str, desc: str, width: float, height: float, body: str, *, palette: Palette = CALM
) -> str:
    """A whole drawing with its name and description; ids follow from the content."""
    if not title.strip():
        raise Invalid("A drawing needs a title that states its message.", field="title")
    key = "d" + sha256(f"{title}|{desc}|{body}".encode("utf-8", "replace")).hexdigest()[:10]
    return element(
        "svg",
        element("title", words(title), id=f"{key}-title"),
        element("desc", words(desc or title), id=f"{key}-desc"),
        element("rect", width=float(width), height=float(height), fill=palette.paper),
        body,
        xmlns="http://www.w3.org/2000/svg",
        role="img",
        aria_labelledby=f"{key}-title {key}-desc",
        class_="drawing",
        viewBox=f"0 0 {_written(float(width))} {_written(float(height))}",
        width=float(width),
        height=float(height),
        font_family=FONTS,
    )


_WIDTHS = ((" .,:;'|!iIjl", 0.30), ('frt()[]{}/\\-"', 0.40), ("mMwW@%", 0.94), ("—…", 1.0))


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """About how wide a text is, erring on the wide side, in Arial or Noto Sans."""
    return sum(_letter(letter) for letter in text) * size * (1.08 if bold else 1.0)


def _letter(letter: str) -> float:
    for letters, width in _WIDTHS:
        if letter in letters:
            return width
    if ord(letter) > 0x2E7F:
        return 1.0
    return 0.70 if letter.isupper() else 0.58


def wrapped(text: str, size: float, width: float, *, bold: bool = False) -> list[str]:
    """The text in lines no wider than `width`; a word too long for a line is broken."""
    lines: list[str] = []
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(joined, size, bold=bold) <= width:
            lines[-1] = joined
            continue
        lines.append("")
        for letter in word:
            if lines[-1] and text_width(lines[-1] + letter, size, bold=bold) > width:
                lines.append("")
            lines[-1] += letter
    return lines


def label(
    x: float,
    y: float,
    text: str,
    *,
    size: float = 14,
    fill: str = CALM.ink,
    weight: str | None = None,
    anchor: str | None = None,
) -> str:
    """One line of text with its baseline at `y`."""
    return element(
        "text",
        words(text),
        x=float(x),
        y=float(y),
        font_size=float(size),
        fill=fill,
        font_weight=weight,
        text_anchor=anchor,
    )


def line(x1: float, y1: float, x2: float, y2: float, colour: str, width: float = 1) -> str:
    place = {"x1": float(x1), "y1": float(y1), "x2": float(x2), "y2": float(y2)}
    return element("line", **place, stroke=colour, stroke_width=float(width))


@dataclass(frozen=True, slots=True)
class Mark:
    """Something on one day, or from `start` to `end` inclusive. `word` says the tone."""

    start: date
    label: str
    end: date | None = None
    tone: Tone = "plain"
    word: str = ""

    def said(self) -> str:
        return f"{self.label} ({self.word})" if self.word else self.label


@dataclass(frozen=True, slots=True)
class Lane:
    """One row of a timeline."""

    label: str
    marks: Sequence[Mark]


def timeline(
    rows: Sequence[Lane],
    *,
    title: str,
    desc: str,
    today: date | None = None,
    width: float = 1100,
    palette: Palette = CALM,
) -> str:
    """A strip of days: one lane a row, labels beside their marks, a line for today."""
    marks = [mark for row in rows for mark in row.marks]
    days = [day for mark in marks for day in (mark.start, mark.end or mark.start)]
    if not days:
        raise Invalid("A timeline needs at least one date.", field="rows")
    if any(mark.end and mark.end < mark.start for mark in marks):
        raise Invalid("A span on a timeline ends before it starts.", field="rows")
    axis = _Axis.over([*days, *([today] if today else [])], left=200, right=width - 24)
    parts: list[str] = []
    y = 48.0
    for row in rows:
        drawn, height = _lane(row, axis, y, palette)
        parts += [line(0, y, width, y, palette.line), *drawn]
        y += height
    parts.append(line(0, y, width, y, palette.line))
    grid = _axis(axis, y, palette)
    now = _today(axis, today, y, palette) if today else []
    return figure(title, desc, width, y + 12, "".join([*grid, *now, *parts]), palette=palette)


_TICK = 62
"""Room for the name of a month, with what parts it from the next."""


@dataclass(frozen=True, slots=True)
class _Axis:
    first: date
    last: date
    left: float
    right: float

    @classmethod
    def over(cls, days: Sequence[date], *, left: float, right: float) -> _Axis:
        low, high = min(days), max(days)
        spare = max(7, (high - low).days // 16)
        low_room = min(spare, (low - date.min).days)
        high_room = min(spare, (date.max - high).days)
        return cls(low - timedelta(low_room), high + timedelta(high_room), left, right)

    def x(self, day: date) -> float:
        return self.left + (self.right - self.left) * (day - self.first).days / self.span

    @property
    def span(self) -> int:
        return max(1, (self.last - self.first).days)

    def ticks(self) -> list[tuple[date, str]]:
        """At most a dozen first days of a month, quarter, half year or years, with their names;
        fewer where they would touch."""
        steps = (1, 3, 6, 12, 60, 120, 300, 600, 1200, 6000)
        most = min(12, max(2, int((self.right - self.left) // _TICK)))
        months = next((n for n in steps if self.span / (n * 30.4) <= most), 12_000)
        count = self.first.year * 12 + self.first.month
        count += -(count) % months if months > 1 else 0
        found = []
        while (year := count // 12) <= min(self.last.year, 9998):
            day = date(year, count % 12 + 1, 1)
            if self.first <= day <= self.last:
                found.append((day, f"{year}" if months >= 12 else f"{day:%b} {year}"))
            count += months
        return found


def _axis(axis: _Axis, bottom: float, palette: Palette) -> list[str]:
    parts = []
    for day, name in axis.ticks():
        x = axis.x(day)
        parts.append(line(x, 40, x, bottom, palette.line))
        if x + 4 + text_width(name, 12) <= axis.right + 24:
            parts.append(label(x + 4, 38, name, size=12, fill=palette.second))
    return parts


def _today(axis: _Axis, today: date, bottom: float, palette: Palette) -> list[str]:
    x = axis.x(today)
    name = f"Today, {today.day} {today:%B %Y}"
    half = text_width(name, 13, bold=True) / 2
    middle = min(max(x, axis.left + half), axis.right + 24 - half)
    return [
        line(x, 22, x, bottom, palette.ink, 2),
        label(middle, 16, name, size=13, fill=palette.ink, weight="bold", anchor="middle"),
    ]


def _lane(row: Lane, axis: _Axis, top: float, palette: Palette) -> tuple[list[str], float]:
    """Marks go on as many lines as it takes for no label to touch the next."""
    names = wrapped(row.label, 14, axis.left - 24, bold=True)
    parts = [
        label(8, top + 24 + 18 * number, name, weight="bold", fill=palette.ink)
        for number, name in enumerate(names)
    ]
    ends: list[float] = []
    for mark in sorted(row.marks, key=lambda each: (each.start, each.label)):
        level, beside, end = _room(mark, axis, ends)
        ends[level : level + 1] = [end]
        parts += _mark(mark, axis, top + 20 + 26 * level, beside, palette)
    return parts, max(40.0, 14 + 26.0 * len(ends), 18.0 * len(names) + 16)


def _room(mark: Mark, axis: _Axis, ends: Sequence[float]) -> tuple[int, float, float]:
    """The line for a mark, where its label starts and where line space is free again."""
    start, stop = axis.x(mark.start), axis.x(mark.end or mark.start)
    wide = text_width(mark.said(), 13)
    after = stop + 12
    beside = after if after + wide <= axis.right + 24 else max(axis.left, start - 12 - wide)
    left, right = min(start - 8, beside), max(stop, beside + wide) + 14
    level = next((n for n, end in enumerate(ends) if end <= left), len(ends))
    return level, beside, right


def _mark(mark: Mark, axis: _Axis, y: float, beside: float, palette: Palette) -> list[str]:
    colour = palette.tone(mark.tone)
    start, stop = axis.x(mark.start), axis.x(mark.end or mark.start)
    if mark.end and stop - start > 8:
        drawn = element(
            "rect", x=start, y=y - 6, width=stop - start, height=12.0, rx=2.0, fill=colour
        )
    else:
        drawn = shape(mark.tone, start, y, palette)
    wide = text_width(mark.said(), 13)
    ground = element("rect", x=beside - 2, y=y - 9, width=wide, height=18.0, fill=palette.paper)
    before = beside < start
    at, anchor = (start - 12, "end") if before else (beside, None)
    said = label(at, y + 4.5, mark.said(), size=13, fill=palette.ink, anchor=anchor)
    return [ground, drawn, said]


def shape(tone: Tone, x: float, y: float, palette: Palette = CALM) -> str:
    """A sign 12 units high for each tone, told apart without colour."""
    colour = palette.tone(tone)
    points = {
        "late": f"{x - 7:.1f},{y:.1f} {x:.1f},{y - 7:.1f} {x + 7:.1f},{y:.1f} {x:.1f},{y + 7:.1f}",
        "soon": f"{x - 7:.1f},{y + 6:.1f} {x:.1f},{y - 7:.1f} {x + 7:.1f},{y + 6:.1f}",
        "held": f"{x - 6:.1f},{y - 6:.1f} {x + 6:.1f},{y - 6:.1f} {x + 6:.1f},{y + 6:.1f} "
        f"{x - 6:.1f},{y + 6:.1f}",
    }
    if tone in points:
        return element("polygon", points=points[tone], fill=colour)
    fill = colour if tone == "done" else palette.paper
    return element("circle", cx=x, cy=y, r=5.5, fill=fill, stroke=colour, stroke_width=2.5)


@dataclass(frozen=True, slots=True)
class Bar:
    """`shown` is the value as people read it ("£54,000", "11 of 14")."""

    label: str
    value: float
    shown: str
    tone: Tone = "plain"
    word: str = ""


def bars(
    rows: Sequence[Bar], *, title: str, desc: str, width: float = 720, palette: Palette = CALM
) -> str:
    """Bars from a common zero, each with its value and its word beside it."""
    if not rows or any(row.value < 0 or row.value != row.value for row in rows):
        raise Invalid("Bars need at least one value and none below nought.", field="rows")
    names = min(width * 0.4, 16 + max(text_width(row.label, 14) for row in rows))
    told = [f"{row.shown} {row.word}".strip() for row in rows]
    room = max(40.0, width - names - 20 - max(text_width(each, 14, bold=True) for each in told))
    top = max(row.value for row in rows) or 1
    parts: list[str] = []
    y = 8.0
    for row, said in zip(rows, told, strict=True):
        lines = wrapped(row.label, 14, names - 12)
        height = max(32.0, 18 * len(lines) + 12)
        parts += [label(0, y + 21 + 18 * n, each, fill=palette.ink) for n, each in enumerate(lines)]
        long = row.value / top * room
        colour = palette.tone(row.tone)
        parts.append(element("rect", x=names, y=y + 6, width=long, height=20.0, fill=colour))
        parts.append(label(names + long + 8, y + 21, said, weight="bold", fill=palette.ink))
        y += height
    parts.append(line(names, 4, names, y, palette.second))
    return figure(title, desc, width, y + 8, "".join(parts), palette=palette)


def legend(entries: Iterable[tuple[Line, str]], x: float, y: float, palette: Palette = CALM) -> str:
    """What each line style means, in one row."""
    parts = []
    for style, name in entries:
        parts += [frame(x, y - 11, 30, 15, style, palette), label(x + 38, y + 1.5, name, size=13)]
        x += 38 + text_width(name, 13) + 24
    return "".join(parts)


def frame(
    x: float, y: float, width: float, height: float, style: Line, palette: Palette = CALM
) -> str:
    """A box whose line style tells a state."""
    return element(
        "rect",
        x=float(x),
        y=float(y),
        width=float(width),
        height=float(height),
        rx=3.0,
        fill=palette.paper if style != "solid" else palette.wash,
        stroke=palette.second if style == "faint" else palette.brand,
        stroke_width=1.2 if style == "faint" else 1.8,
        stroke_dasharray=_DASHES[style] or None,
    )

"""Boxes under boxes, with any number of parents: who answers to whom.

Layers follow the longest way down; a layer holds at most `across` boxes and the rest move to
the next, fed by a trunk that runs between the boxes. Lines of one parent share one level of
the gap, lines of different parents never do where they would touch.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from concordat.craft.svg import (
    CALM,
    Line,
    Palette,
    element,
    figure,
    frame,
    label,
    legend,
    text_width,
    wrapped,
)
from concordat.kernel.errors import Invalid

_WIDE, _GAP, _TRUNK, _EDGE = 176.0, 20.0, 8.0, 12.0
_LABEL, _DETAIL = 14.0, 12.5


@dataclass(frozen=True, slots=True)
class Node:
    """`state` is the word in the box; `line` is the same state as a line style."""

    key: str
    label: str
    detail: str = ""
    state: str = ""
    line: Line = "solid"


@dataclass(slots=True)
class _Place:
    """A box, or (without a node) the point where a trunk passes through a layer."""

    layer: int
    node: Node | None = None
    x: float = 0.0
    ups: list[_Place] = field(default_factory=list)
    downs: list[_Place] = field(default_factory=list)

    @property
    def width(self) -> float:
        return _WIDE if self.node else _TRUNK


def org_chart(
    nodes: Sequence[Node],
    edges: Iterable[tuple[str, str]],
    *,
    title: str,
    desc: str = "",
    across: int = 6,
    palette: Palette = CALM,
) -> str:
    """A chart of `nodes`; an edge is (parent key, child key). A cycle is Invalid and named."""
    links = list(dict.fromkeys(edges))
    layers = _ordered(_placed(nodes, links, across))
    _spread(layers)
    drawn, width, height = _drawn(layers, palette)
    told = desc or _told(nodes, links)
    return figure(title, told, width, height, drawn, palette=palette)


def _told(nodes: Sequence[Node], links: Sequence[tuple[str, str]]) -> str:
    """The chart in words: each box with its state and what it answers to."""
    names = {node.key: node.label for node in nodes}
    said = []
    for node in nodes:
        above = [names[parent] for parent, child in links if child == node.key]
        state = f" ({node.state})" if node.state else ""
        said.append(f"{node.label}{state}" + (f" under {' and '.join(above)}" if above else ""))
    return "; ".join(said) + "."


def _placed(
    nodes: Sequence[Node], links: Sequence[tuple[str, str]], across: int
) -> list[list[_Place]]:
    if not nodes:
        raise Invalid("A chart needs at least one box.", field="nodes")
    known = {node.key: node for node in nodes}
    if len(known) != len(nodes):
        raise Invalid("Two boxes of the chart have the same key.", field="nodes")
    for link in links:
        for key in link:
            if key not in known:
                raise Invalid(f"A line of the chart names the unknown box '{key}'.", field="edges")
    level = _levels(list(known), links, max(1, across))
    places = {key: _Place(level[key], known[key]) for key in known}
    layers: list[list[_Place]] = [[] for _ in range(max(level.values()) + 1)]
    for place in places.values():
        layers[place.layer].append(place)
    for parent in known:
        _trunk(places[parent], [places[c] for p, c in links if p == parent], layers)
    return layers


def _levels(keys: Sequence[str], links: Sequence[tuple[str, str]], across: int) -> dict[str, int]:
    """The layer of each key: below all its parents, where there is still room."""
    parents: dict[str, list[str]] = {key: [] for key in keys}
    for parent, child in links:
        parents[child].append(parent)
    level: dict[str, int] = {}
    filled: dict[int, int] = {}
    while len(level) < len(keys):
        ready = [k for k in keys if k not in level and all(p in level for p in parents[k])]
        if not ready:
            stuck = ", ".join(f"'{key}'" for key in keys if key not in level)
            raise Invalid(
                f"The chart runs in a circle through {stuck}.",
                field="edges",
                mend="Take away the line that makes a body its own parent.",
            )
        for key in ready:
            depth = max((level[parent] + 1 for parent in parents[key]), default=0)
            while filled.get(depth, 0) >= across:
                depth += 1
            level[key] = depth
            filled[depth] = filled.get(depth, 0) + 1
    used = sorted(set(level.values()))
    return {key: used.index(depth) for key, depth in level.items()}


def _trunk(parent: _Place, children: Sequence[_Place], layers: list[list[_Place]]) -> None:
    """Joins a parent to its children; one point in each layer that has to be crossed."""
    above = parent
    for depth in range(parent.layer + 1, max((c.layer for c in children), default=0) + 1):
        below = [child for child in children if child.layer == depth]
        if any(child.layer > depth for child in children):
            crossing = _Place(depth)
            layers[depth].append(crossing)
            below.append(crossing)
        for place in below:
            above.downs.append(place)
            place.ups.append(above)
        if not below[-1].node:
            above = below[-1]


def _ordered(layers: list[list[_Place]]) -> list[list[_Place]]:
    """Each layer sorted by the middle of its neighbours, down and up; fewest crossings win."""
    best, fewest = [list(layer) for layer in layers], _crossings(layers)
    for sweep in range(8):
        down = sweep % 2 == 0
        for layer in layers[1:] if down else layers[-2::-1]:
            _sort(layer, layers[layer[0].layer + (-1 if down else 1)])
        if (crossings := _crossings(layers)) < fewest:
            best, fewest = [list(layer) for layer in layers], crossings
    return best


def _sort(layer: list[_Place], near: Sequence[_Place]) -> None:
    rank = {id(place): number for number, place in enumerate(near)}
    middles = {}
    for number, place in enumerate(layer):
        at = [rank[id(other)] for other in [*place.ups, *place.downs] if id(other) in rank]
        middles[id(place)] = sum(at) / len(at) if at else float(number)
    layer.sort(key=lambda place: middles[id(place)])


def _crossings(layers: Sequence[Sequence[_Place]]) -> int:
    total = 0
    for upper, lower in pairwise(layers):
        rank = {id(place): number for number, place in enumerate(lower)}
        ends = [sorted(rank[id(down)] for down in place.downs) for place in upper]
        for number, one in enumerate(ends):
            total += sum(a > b for other in ends[number + 1 :] for a in one for b in other)
    return total


def _spread(layers: Sequence[Sequence[_Place]]) -> None:
    """Gives every place its middle: near its neighbours, never touching, left edge at nought."""
    for layer in layers:
        _settle(layer, [0.0] * len(layer))
    for sweep in range(10):
        for layer in layers if sweep % 2 == 0 else layers[::-1]:
            wish = []
            for place in layer:
                near = (place.ups if sweep % 2 == 0 else place.downs) or [place]
                wish.append(sum(other.x for other in near) / len(near))
            _settle(layer, wish)
    left = min(place.x - place.width / 2 for layer in layers for place in layer)
    for layer in layers:
        for place in layer:
            place.x += _EDGE - left


def _settle(layer: Sequence[_Place], wish: Sequence[float]) -> None:
    """The nearest places to what is wished that keep order and distance (least squares)."""
    offsets, at = [], 0.0
    for number, place in enumerate(layer):
        if number:
            at += (layer[number - 1].width + place.width) / 2 + _GAP
        offsets.append(at)
    groups: list[list[float]] = []
    for wanted, offset in zip(wish, offsets, strict=True):
        groups.append([wanted - offset, 1.0])
        while len(groups) > 1 and groups[-2][0] > groups[-1][0]:
            (one, many), (other, more) = groups[-2], groups.pop()
            groups[-1] = [(one * many + other * more) / (many + more), many + more]
    flat = [value for value, many in groups for _ in range(int(many))]
    for place, value, offset in zip(layer, flat, offsets, strict=True):
        place.x = value + offset


def _drawn(layers: Sequence[Sequence[_Place]], palette: Palette) -> tuple[str, float, float]:
    parts: list[str] = []
    top = _EDGE
    tops: list[tuple[float, float]] = []
    tracks = [_tracks(layer) for layer in layers]
    for layer, used in zip(layers, tracks, strict=True):
        height = max((_tall(place.node) for place in layer if place.node), default=20.0)
        tops.append((top, height))
        top += height + 36 + 9 * max(used.values(), default=0)
    for depth, layer in enumerate(layers):
        for place in layer:
            parts += _lines(place, tops, tracks[depth], palette)
    for (y, height), layer in zip(tops, layers, strict=True):
        parts += [_box(place, y, height, palette) for place in layer if place.node]
    bottom = tops[-1][0] + tops[-1][1] + _EDGE
    right = max(place.x + place.width / 2 for layer in layers for place in layer) + _EDGE
    boxes = [place.node for layer in layers for place in layer if place.node]
    states = list(dict.fromkeys((node.line, node.state) for node in boxes if node.state))
    if states:
        parts.append(legend(states, _EDGE, bottom + 20, palette))
        right = max(right, _EDGE + sum(62 + text_width(name, 13) for _, name in states))
        bottom += 34
    return "".join(parts), right, bottom


def _tracks(layer: Sequence[_Place]) -> dict[int, int]:
    """For each parent of a layer, which level of the gap below its cross line takes (from 1)."""
    taken: list[list[tuple[float, float]]] = []
    found: dict[int, int] = {}
    for place in sorted((each for each in layer if each.downs), key=lambda each: each.x):
        ends = [place.x, *(_entry(place, down) for down in place.downs)]
        low, high = min(ends) - 6, max(ends) + 6
        track = next(
            (n for n, spans in enumerate(taken) if all(high < a or low > b for a, b in spans)),
            len(taken),
        )
        taken[track : track + 1] = [[*(taken[track] if track < len(taken) else []), (low, high)]]
        found[id(place)] = track + 1
    return found


def _entry(parent: _Place, child: _Place) -> float:
    """Where a line enters a box: lines of several parents enter side by side."""
    if not child.node or len(child.ups) == 1:
        return child.x
    order = sorted(child.ups, key=lambda each: each.x)
    at = next(number for number, each in enumerate(order) if each is parent)
    return child.x + (at - (len(order) - 1) / 2) * min(28.0, 120 / len(order))


def _lines(
    place: _Place, tops: Sequence[tuple[float, float]], tracks: dict[int, int], palette: Palette
) -> list[str]:
    """Down from the parent, across at its level, down to each child; a trunk passes straight."""
    y, height = tops[place.layer]
    parts = []
    if not place.node:
        parts.append(f"M{place.x:.1f} {y:.1f}V{y + height:.1f}")
    for down in place.downs:
        level = y + height + 14 + 9 * (tracks[id(place)] - 1)
        entry, end = _entry(place, down), tops[down.layer][0]
        parts.append(f"M{place.x:.1f} {y + height:.1f}V{level:.1f}H{entry:.1f}V{end:.1f}")
    if not parts:
        return []
    way = {"fill": "none", "stroke": palette.second, "stroke_width": 1.5}
    return [element("path", d="".join(parts), **way)]


def _texts(node: Node) -> list[tuple[str, float, str]]:
    """Each line of a box with its size and weight."""
    room = _WIDE - 20
    return [
        *((text, _LABEL, "bold") for text in wrapped(node.label, _LABEL, room, bold=True)),
        *((text, _DETAIL, "") for text in wrapped(node.detail, _DETAIL, room)),
        *((text, _DETAIL, "state") for text in wrapped(node.state, _DETAIL, room, bold=True)),
    ]


def _tall(node: Node) -> float:
    return 18 + sum(size * 1.32 for _, size, _ in _texts(node))


def _box(place: _Place, y: float, height: float, palette: Palette) -> str:
    node = place.node
    if node is None:
        return ""
    left = place.x - _WIDE / 2
    parts = [frame(left, y, _WIDE, height, node.line, palette)]
    at = y + 8
    for text, size, kind in _texts(node):
        at += size * 1.32
        colour = palette.ink if kind == "bold" else palette.second
        weight = "bold" if kind else None
        parts.append(label(left + 10, at - 2, text, size=size, fill=colour, weight=weight))
    return element("g", *parts)

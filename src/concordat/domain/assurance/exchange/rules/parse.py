"""From the text of files to rows that know their place. Collects every fault; never stops."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from posixpath import dirname
from typing import Any

from concordat.domain.assurance.exchange.rules import values
from concordat.domain.assurance.exchange.rules.fields import KINDS, Kind, Row, Sort
from concordat.domain.assurance.exchange.rules.kinds_structure import Partnership
from concordat.domain.assurance.exchange.rules.marks import BIGGEST_FOLDER, Node, tree
from concordat.domain.assurance.exchange.rules.shape import (
    HEADER,
    VERSION,
    Chapter,
    PartnershipFile,
    in_order,
    row_kinds,
)
from concordat.kernel.dates import UncertainDate
from concordat.kernel.errors import Fault, Invalid
from concordat.kernel.labels import join_words, near

FORMAT = "format"
UNREADABLE = UncertainDate.parse("?")
"""What stands for a date that cannot be read, so that nothing certain is concluded from it."""


@dataclass(slots=True)
class Part:
    """What one file, or the sheets of one partnership, holds before it is put together."""

    name: str
    header: Node | None = None
    format: Node | None = None
    lists: dict[str, list[Node]] = field(default_factory=dict)


@dataclass(slots=True)
class Gathered:
    """Everything read so far, and everything wrong with it."""

    parts: list[Part] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    too_new: bool = False


def read(files: Mapping[str, str]) -> PartnershipFile:
    """A partnership file from texts by their names, such as `bexley/structure.yaml`.

    Files of one folder are one partnership; a file without a `partnership` belongs to the
    nearest folder above it that has one. Never raises: what is wrong stands in `found`.
    """
    gathered = Gathered()
    if sum(map(len, files.values())) > BIGGEST_FOLDER:
        mend = f"Load fewer partnerships at once: at most {BIGGEST_FOLDER // 1_000_000} MB."
        return PartnershipFile((), (Fault("The files together are too large.", mend=mend),))
    for name in sorted(files):
        _read_file(gathered, name, files[name])
    return put_together(gathered)


def _read_file(gathered: Gathered, name: str, told: str) -> None:
    root, faults = tree(name, told)
    gathered.faults += faults
    if root is None or root.empty:
        return
    if not isinstance(root.value, dict):
        mend = "Begin with names such as partnership: or bodies:."
        gathered.faults.append(Fault("This file is not a partnership file.", place=name, mend=mend))
        return
    part = Part(name)
    for top, node in root.value.items():
        _take_top(gathered, part, top, node, root.name_places.get(top, node.place))
    gathered.parts.append(part)


def _take_top(gathered: Gathered, part: Part, top: str, node: Node, place: str) -> None:
    if top == FORMAT:
        part.format = node
    elif top == HEADER:
        part.header = node
    elif top not in KINDS:
        gathered.faults.append(unknown(top, [FORMAT, HEADER, *row_kinds()], place, "kind of row"))
    elif isinstance(node.value, list):
        part.lists.setdefault(top, []).extend(node.value)
    elif not node.empty:
        mend = "Begin each row with a hyphen: “- key: ...”."
        gathered.faults.append(Fault("This must be a list of rows.", top, place, mend))


def unknown(name: str, choices: Sequence[str], place: str, what: str) -> Fault:
    like = near(name, choices)
    mend = f"Did you mean {join_words(like)}?" if like else f"Known are: {', '.join(choices)}."
    return Fault(
        f"There is no {what} called “{name[:60]}”.", field=name[:60], place=place, mend=mend
    )


def put_together(gathered: Gathered) -> PartnershipFile:
    """Chapters of the parts. A file of a newer version is told first and alone."""
    newer = [fault for part in gathered.parts for fault in _format_faults(part)]
    if any("newer" in fault.message for fault in newer):
        return PartnershipFile((), tuple(newer))
    gathered.faults += newer
    chapters = [_chapter(gathered, header, parts) for header, parts in _grouped(gathered).values()]
    if not chapters and not gathered.faults:
        mend = "Give a file that begins with “partnership:”."
        gathered.faults.append(Fault("There is no partnership here.", mend=mend))
    return PartnershipFile(
        tuple(sorted(chapters, key=lambda chapter: chapter.slug)), tuple(gathered.faults)
    )


def _format_faults(part: Part) -> list[Fault]:
    if part.format is None:
        if part.header is None:
            return []
        mend = f"Add “{FORMAT}: {VERSION}” at the top."
        return [Fault("The version of the format is missing.", FORMAT, part.header.place, mend)]
    told = part.format.value if isinstance(part.format.value, str) else ""
    if told.isdecimal() and len(told) < 9 and int(told) > VERSION:
        message = f"This file has format {told}, newer than this Concordat reads ({VERSION})."
        mend = "Update Concordat, or export the file again from one of the same age."
        return [Fault(message, FORMAT, part.format.place, mend)]
    if told != str(VERSION):
        mend = f"Write “{FORMAT}: {VERSION}”."
        return [Fault(f"“{told[:60]}” is not a known format.", FORMAT, part.format.place, mend)]
    return []


def _grouped(gathered: Gathered) -> dict[str, tuple[Node | None, list[Part]]]:
    """Parts by the partnership that they belong to, under the name of the part that heads it."""
    groups: dict[str, tuple[Node | None, list[Part]]] = {}
    heads: dict[str, list[str]] = {}
    for part in gathered.parts:
        if part.header is not None:
            groups[part.name] = (part.header, [part])
            heads.setdefault(dirname(part.name), []).append(part.name)
    for part in gathered.parts:
        if part.header is None:
            head = _head_of(part, heads)
            if head is None:
                gathered.faults.append(_homeless(part, heads))
                head = ""
            groups.setdefault(head, (None, []))[1].append(part)
    return groups


def _head_of(part: Part, heads: Mapping[str, list[str]]) -> str | None:
    folder = dirname(part.name)
    while folder not in heads:
        above = dirname(folder)
        if above == folder:
            return None
        folder = above
    return heads[folder][0] if len(heads[folder]) == 1 else None


def _homeless(part: Part, heads: Mapping[str, list[str]]) -> Fault:
    several = heads.get(dirname(part.name), [])
    message = (
        f"It is not clear to which partnership this file belongs: {join_words(several)} head one."
        if several
        else "This file belongs to no partnership."
    )
    mend = "Put it into the folder of one partnership, or add “partnership:” with its key."
    return Fault(message, HEADER, part.name, mend)


def _chapter(gathered: Gathered, header: Node | None, parts: list[Part]) -> Chapter:
    rows: dict[str, tuple[Row, ...]] = {}
    for name, kind in row_kinds().items():
        nodes = [node for part in parts for node in part.lists.get(name, [])]
        made = [read_row(kind, node, gathered.faults) for node in nodes]
        rows[name] = in_order([row for row in made if row is not None])
    return Chapter(_header(gathered, header), rows)


def _header(gathered: Gathered, node: Node | None) -> Partnership:
    row = read_row(KINDS[HEADER], node, gathered.faults) if node is not None else None
    return row if isinstance(row, Partnership) else Partnership(key="")


def read_row(kind: Kind, node: Node, faults: list[Fault]) -> Row | None:
    """One row; a field that cannot be read is told and left empty."""
    if not isinstance(node.value, dict):
        mend = "Write its fields as name: value, beginning with key."
        faults.append(Fault("This is not a row.", kind.name, node.place, mend))
        return None
    made: dict[str, Any] = {}
    for name, value in node.value.items():
        place = node.name_places.get(name, value.place)
        if name not in kind.fields:
            faults.append(unknown(name, list(kind.fields), place, f"field of {kind.name}"))
        elif not value.empty:
            _read_field(kind, name, value, made, faults)
    faults += [
        Fault(f"This row of {kind.name} has no {name}.", name, node.place, f"Add “{name}:”.")
        for name, spec in kind.fields.items()
        if spec.required and (name not in node.value or node.value[name].empty)
    ]
    places = {name: value.place for name, value in node.value.items()}
    return kind.row(**({"key": ""} | made), place=node.place, places=places)


def _read_field(
    kind: Kind, name: str, value: Node, made: dict[str, Any], faults: list[Fault]
) -> None:
    spec = kind.fields[name]
    try:
        made[spec.attribute] = values.read(spec, value)
    except Invalid as invalid:
        faults += [replace(fault, field=name, place=value.place) for fault in invalid.faults]
        if spec.sort is Sort.DATE:
            made[spec.attribute] = UNREADABLE

"""YAML as a tree of plain texts in which everything knows its place.

Only texts, lists and mappings come out: what a text means is for the field to say, so that
`no` is never a truth value and `2019-03` never a number. Anchors, aliases and tags are refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from concordat.kernel.errors import Fault

BIGGEST_FILE = 8_000_000
BIGGEST_FOLDER = 100_000_000
DEEPEST = 8
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class Node:
    """A text (`str`), a list of nodes, or a mapping of names to nodes, and where it stands."""

    value: str | list[Node] | dict[str, Node]
    place: str
    quoted: bool = False
    name_places: dict[str, str] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        if isinstance(self.value, str):
            return not self.quoted and self.value.strip() in ("", "~", "null")
        return not self.value

    def plain(self) -> object:
        """The same without places."""
        if isinstance(self.value, dict):
            return {name: node.plain() for name, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value


class _Unusable(Exception):
    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


@dataclass(slots=True)
class _Open:
    """A list or mapping that is still being read."""

    node: Node
    name: str | None = None


class _Tree:
    """Builds the tree event by event, without recursion."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []
        self.stack: list[_Open] = []
        self.root: Node | None = None
        self.documents = 0

    def take(self, event: yaml.Event) -> None:
        place = f"{self.file}:{event.start_mark.line + 1}" if event.start_mark else self.file
        self._check(event, place)
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event, place)
        elif isinstance(event, yaml.MappingStartEvent):
            self._open(Node({}, place))
        elif isinstance(event, yaml.SequenceStartEvent):
            self._open(Node([], place))
        elif isinstance(event, yaml.CollectionEndEvent):
            self.stack.pop()

    def _check(self, event: yaml.Event, place: str) -> None:
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise _unusable(place, "This file holds more than one document.", "Split it.")
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            mend = "Write the text out where it is wanted."
            raise _unusable(place, "Anchors and aliases (& and *) are not allowed.", mend)
        if getattr(event, "tag", None) not in (None, "!"):
            raise _unusable(place, "Tags (!) are not allowed.", "Take the tag away.")

    def _open(self, node: Node) -> None:
        self._place(node)
        self.stack.append(_Open(node))
        if len(self.stack) > DEEPEST:
            raise _unusable(node.place, "This is nested too deeply.", "Rows are flat.")

    def _scalar(self, event: yaml.ScalarEvent, place: str) -> None:
        top = self.stack[-1] if self.stack else None
        if top and isinstance(top.node.value, dict) and top.name is None:
            self._name(top, event.value, place)
        else:
            self._place(Node(event.value, place, quoted=event.style is not None))

    def _name(self, top: _Open, name: str, place: str) -> None:
        if isinstance(top.node.value, dict) and name in top.node.value:
            self.faults.append(
                Fault(
                    f"“{name}” stands twice; the first is at {top.node.name_places[name]}.",
                    field=name,
                    place=place,
                    mend="Keep one of them.",
                )
            )
        top.name = name
        top.node.name_places.setdefault(name, place)

    def _place(self, node: Node) -> None:
        if not self.stack:
            self.root = node
            return
        top = self.stack[-1]
        if isinstance(top.node.value, list):
            top.node.value.append(node)
        elif isinstance(top.node.value, dict):
            if top.name is None:
                raise _unusable(node.place, "A name must be a plain text.", "Write name: value.")
            top.node.value.setdefault(top.name, node)
            top.name = None


def _unusable(place: str, message: str, mend: str) -> _Unusable:
    return _Unusable(Fault(message, place=place, mend=mend))


def tree(file: str, told: str) -> tuple[Node | None, list[Fault]]:
    """The tree of one file, or None where it cannot be read, and what is wrong with it."""
    if len(told) > BIGGEST_FILE:
        size = f"{len(told) / 1_000_000:.0f} MB"
        mend = f"Split it into files below {BIGGEST_FILE // 1_000_000} MB."
        return None, [Fault(f"This file is too large ({size}).", place=file, mend=mend)]
    builder = _Tree(file)
    try:
        for event in _events(told):
            builder.take(event)
    except _Unusable as unusable:
        return None, [*builder.faults, unusable.fault]
    except yaml.YAMLError as error:
        return None, [*builder.faults, _not_yaml(file, error)]
    return builder.root, builder.faults


def _events(told: str) -> Iterator[yaml.Event]:
    """Events of the text; characters that no YAML file may hold are told as any other fault."""
    try:
        yield from yaml.parse(told, Loader=_LOADER)
    except UnicodeError as error:
        raise yaml.YAMLError("it holds a broken character") from error


def _not_yaml(file: str, error: yaml.YAMLError) -> Fault:
    mark = getattr(error, "problem_mark", None)
    place = f"{file}:{mark.line + 1}" if mark else file
    problem = getattr(error, "problem", None) or str(error).split("\n")[0]
    mend = "Check the indent, the colons and the quotation marks around this line."
    return Fault(f"This is not YAML: {problem}.", place=place, mend=mend)

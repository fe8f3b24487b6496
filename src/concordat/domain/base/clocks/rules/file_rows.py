"""A YAML file as rows that note every fault with its file, row and field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

import yaml

from concordat.kernel.errors import Fault, Invalid
from concordat.kernel.labels import join_words, near

Code = TypeVar("Code", bound=StrEnum)

_ID = re.compile(r"^[A-Z][A-Z0-9]*(-[A-Z0-9]+)*$")


class _OneKeyOnce(yaml.CSafeLoader):
    """YAML that refuses a mapping in which a key stands twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[object] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key!r} stands twice", key_node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep)


@dataclass(slots=True)
class Row:
    """A mapping of a file that is being read; whatever is wrong is noted, then told at once."""

    place: str
    told: Mapping[str, Any]
    faults: list[Fault]
    within: str = ""

    def wrong(self, name: str, message: str, mend: str = "") -> None:
        self.faults.append(Fault(message, field=self.within + name, place=self.place, mend=mend))

    def only(self, known: set[str]) -> None:
        for name in self.told:
            if name not in known:
                likely = near(str(name), known)
                mend = f"Did you mean {join_words(likely)}?" if likely else ""
                self.wrong(str(name), f"{name} is not a field of this row.", mend)

    def text(self, name: str, *, needed: bool = True) -> str:
        value = self.told.get(name)
        if value is None or value == "":
            if needed:
                self.wrong(name, f"The {name} is missing.", f"Write the {name} of this row.")
            return ""
        if not isinstance(value, str):
            self.wrong(name, f"The {name} is text, not {value!r}.", "Put it in quotation marks.")
            return ""
        return value

    def code(self, name: str, kind: type[Code], fallback: Code, *, needed: bool = False) -> Code:
        value = self.told.get(name)
        if value is None and not needed:
            return fallback
        try:
            return kind(str(value))
        except ValueError:
            known = join_words([each.value for each in kind])
            what = f"{value!r} is not a known {name}" if value else f"The {name} is missing"
            self.wrong(name, f"{what}.", f"Use one of {known}.")
            return fallback

    def whole(self, name: str, fallback: int, *, least: int = 0) -> int:
        value = self.told.get(name, fallback)
        if isinstance(value, bool) or not isinstance(value, int) or value < least:
            self.wrong(name, f"{value!r} is not a whole number of at least {least}.")
            return fallback
        return value

    def day(self, name: str) -> date | None:
        value = self.told.get(name)
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        self.wrong(name, f"{value!r} is not a date.", "Write it as 2019-03-29, or null.")
        return None

    def texts(self, name: str) -> tuple[str, ...]:
        value = self.told.get(name, [])
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            self.wrong(name, f"The {name} are a list of texts, not {value!r}.")
            return ()
        return tuple(value)

    def rows(self, name: str) -> list[Mapping[str, Any]]:
        value = self.told.get(name, [])
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            self.wrong(name, f"The {name} are a list of rows.")
            return []
        return value

    def named(self, name: str) -> str:
        value = self.text(name)
        if value and not _ID.match(value):
            self.wrong(name, f"{value!r} is not an id.", "Use capitals, digits and hyphens.")
        return value


def listed_in(
    name: str, text: str, key: str, known: set[str], faults: list[Fault]
) -> Iterator[Row]:
    head = Row(name, mapping_in(name, text), faults)
    head.only({key})
    return rows_of(head, key, known)


def rows_of(head: Row, key: str, known: set[str]) -> Iterator[Row]:
    listed = head.rows(key)
    if not listed and not head.faults:
        head.wrong(key, f"The file holds no {key}.")
    for position, told in enumerate(listed, 1):
        name = told.get("id")
        row = Row(f"{head.place}, {name or f'row {position}'}", told, head.faults)
        row.only(known)
        yield row


def mapping_in(name: str, text: str) -> Mapping[str, Any]:
    try:
        told = yaml.load(text, Loader=_OneKeyOnce)  # noqa: S506 - a safe loader
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise Invalid([Fault(f"{error.problem}.", place=f"{name}, line {line}")]) from None
    except (yaml.YAMLError, ValueError, TypeError) as error:
        raise Invalid([Fault(f"This is not YAML: {error}.", place=name)]) from None
    if not isinstance(told, dict):
        raise Invalid([Fault("The file is a mapping of keys.", place=name)])
    return told


def in_order(row: Row, name: str, begins: date | None, ends: date | None) -> None:
    if begins and ends and ends < begins:
        row.wrong(name, f"{ends} is before the first day, {begins}.", "Swap or mend the dates.")


def twice(place: str, ids: Iterable[str]) -> list[Fault]:
    listed = list(ids)
    again = sorted({each for each in listed if listed.count(each) > 1})
    return [Fault(f"{each} stands twice.", field="id", place=place) for each in again]


def stop_at(faults: list[Fault]) -> None:
    if faults:
        raise Invalid(faults)

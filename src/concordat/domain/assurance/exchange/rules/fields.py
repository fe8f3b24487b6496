"""How a kind of row declares what it may hold.

A kind is a dataclass; each of its fields carries a `Spec`. Parsing, writing, sheets, the
JSON Schema and the table of fields in the manual are all drawn from these declarations.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar, dataclass_transform

from concordat.kernel.dates import UncertainDate


class Sort(StrEnum):
    """What a field may hold."""

    KEY = "key"
    TEXT = "text"
    TEXTS = "list of texts"
    CHOICE = "one of"
    CHOICES = "any of"
    REF = "key of"
    REFS = "keys of"
    DATE = "date"
    DATES = "dates"
    WHOLE = "whole number"
    NUMBER = "number"
    POUNDS = "pounds"
    YES_NO = "yes or no"
    RHYTHM = "rhythm"


LISTS = frozenset({Sort.TEXTS, Sort.CHOICES, Sort.REFS, Sort.DATES})
ANY_KIND = "*"


@dataclass(frozen=True, slots=True)
class Spec:
    """One field: its name in the file, what it holds and what it means."""

    sort: Sort
    about: str
    required: bool = False
    choices: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    name: str = ""
    attribute: str = ""

    @property
    def default(self) -> Any:
        if self.sort in LISTS:
            return ()
        return "" if self.sort in (Sort.KEY, Sort.TEXT, Sort.CHOICE, Sort.REF) else None


def _declared(spec: Spec) -> Any:
    return field(default=spec.default, metadata={"spec": spec})


def text(about: str, *, required: bool = False) -> Any:
    return _declared(Spec(Sort.TEXT, about, required))


def texts(about: str) -> Any:
    return _declared(Spec(Sort.TEXTS, about))


def choice(about: str, choices: tuple[str, ...], *, required: bool = False) -> Any:
    return _declared(Spec(Sort.CHOICE, about, required, choices=choices))


def choices(about: str, choices: tuple[str, ...]) -> Any:
    return _declared(Spec(Sort.CHOICES, about, choices=choices))


def ref(about: str, *kinds: str, required: bool = False) -> Any:
    return _declared(Spec(Sort.REF, about, required, kinds=kinds))


def refs(about: str, *kinds: str) -> Any:
    return _declared(Spec(Sort.REFS, about, kinds=kinds))


def day(about: str, *, required: bool = False) -> Any:
    return _declared(Spec(Sort.DATE, about, required))


def days(about: str) -> Any:
    return _declared(Spec(Sort.DATES, about))


def whole(about: str) -> Any:
    return _declared(Spec(Sort.WHOLE, about))


def number(about: str) -> Any:
    return _declared(Spec(Sort.NUMBER, about))


def pounds(about: str) -> Any:
    return _declared(Spec(Sort.POUNDS, about))


def yes_no(about: str) -> Any:
    return _declared(Spec(Sort.YES_NO, about))


def how_often(about: str) -> Any:
    return _declared(Spec(Sort.RHYTHM, about))


@dataclass(frozen=True, kw_only=True)
class Row:
    """What every row of a partnership file has, whatever its kind.

    `place` is the file and line, or the sheet and row, where the row stands; `places` says
    the same for each field. Neither takes part in comparing two rows.
    """

    key: str = _declared(
        Spec(Sort.KEY, "Its name within its kind: small letters, digits and hyphens", True)
    )
    order: int | None = whole("Where it stands among its kind, if the order means something")
    source: str = text("Paper and place")
    stated_on: UncertainDate | None = field(
        default=None, metadata={"spec": Spec(Sort.DATE, "When it became known")}
    )
    note: str = text("Anything else worth keeping")
    place: str = field(default="", compare=False, repr=False)
    places: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)

    def where(self, name: str = "") -> str:
        """The place of one field as named in the file, or of the row itself."""
        return self.places.get(name, self.place)


TAIL = ("order", "source", "stated_on", "note")
R = TypeVar("R", bound=Row)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of row: where it stands in a folder, and its fields in canonical order."""

    name: str
    file: str
    about: str
    row: type[Row]
    fields: Mapping[str, Spec]


KINDS: dict[str, Kind] = {}
_NAMES: dict[type[Row], str] = {}


@dataclass_transform(kw_only_default=True, frozen_default=True)
def kind(name: str, file: str) -> Callable[[type[R]], type[R]]:
    """Declare a kind of row and the file of a folder that it is written to."""

    def declare(cls: type[R]) -> type[R]:
        made = dataclass(frozen=True, kw_only=True)(cls)
        about = " ".join((cls.__doc__ or "").split())
        KINDS[name] = Kind(name, file, about, made, _fields_of(made))
        _NAMES[made] = name
        return made

    return declare


def kind_of(row: Row | type[Row]) -> Kind:
    return KINDS[_NAMES[row if isinstance(row, type) else type(row)]]


def _fields_of(cls: type[Row]) -> Mapping[str, Spec]:
    """Specs by their name in the file: the key, the kind's own, the period, the common ones."""
    declared = {
        each.name: each.metadata["spec"] for each in dataclasses.fields(cls) if each.metadata
    }
    period = [name for name in ("from_", "to") if name in declared]
    own = [name for name in declared if name not in ("key", *period, *TAIL)]
    return {
        name.rstrip("_"): dataclasses.replace(declared[name], name=name.rstrip("_"), attribute=name)
        for name in ("key", *own, *period, *TAIL)
    }


@dataclass(frozen=True, kw_only=True)
class Dated(Row):
    """A row that holds for a time. Days are whole and `to` is the last of them."""

    from_: UncertainDate | None = field(
        default=None,
        metadata={"spec": Spec(Sort.DATE, "First day on which it holds, if stated")},
    )
    to: UncertainDate | None = field(
        default=None,
        metadata={"spec": Spec(Sort.DATE, "Last day on which it holds; empty while it goes on")},
    )

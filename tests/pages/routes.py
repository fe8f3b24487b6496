"""Every address that is answered, walked in the order of the URLconf."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.operations.people.examples import House
from tests.pages.clocks import walked as clocks

Arguments = Callable[[House], Mapping[str, Any]]

# What stands in an address for a thing that is not there, by the kind of its place.
ABSENT: dict[str, Any] = {
    "int": 0,
    "slug": "none",
    "string": "none",
    "path": "none",
    "uuid": "00000000-0000-0000-0000-000000000000",
}

# Things that are there, by the name of the route: each page adds what shows who may open it.
EXAMPLES: dict[str, Arguments] = {
    "ui:brand_css": lambda _house: {"accent": "1d70b8"},
    **clocks.EXAMPLES,
}


@dataclass(frozen=True)
class Route:
    """One pattern of the URLconf: its name, its address as written, and the kinds of its places."""

    name: str
    pattern: str
    places: Mapping[str, str] = field(default_factory=dict)

    @property
    def shows(self) -> str:
        """Whether its row shows something that is there, or what is said of something absent."""
        return "absent" if self.places and self.name not in EXAMPLES else ""

    def address(self, house: House) -> str:
        example = EXAMPLES.get(self.name)
        absent = {name: ABSENT[kind] for name, kind in self.places.items()}
        return reverse(self.name, kwargs=dict(example(house)) if example else absent)


def routes() -> list[Route]:
    return list(_within(get_resolver(), "", ""))


def _within(resolver: URLResolver, before: str, space: str) -> Iterator[Route]:
    for each in resolver.url_patterns:
        pattern = f"{before}{each.pattern}"
        if isinstance(each, URLResolver):
            inner = f"{space}{each.namespace}:" if each.namespace else space
            yield from _within(each, pattern, inner)
        elif isinstance(each, URLPattern):
            yield Route(f"{space}{_named(each, pattern)}", f"/{pattern}", _places(each))


def _named(pattern: URLPattern, address: str) -> str:
    assert pattern.name, f"{address} has no name."
    return str(pattern.name)


def _places(pattern: URLPattern) -> dict[str, str]:
    """The kind of each place by its name, such as `int`."""
    kinds = {
        name: type(converter).__name__ for name, converter in pattern.pattern.converters.items()
    }
    return {name: kind.removesuffix("Converter").lower() for name, kind in kinds.items()}

"""Every address that is answered, walked in the order of the URLconf."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.pages.furnished import Furnished

# What stands in an address for a thing that is not there, by the kind of its place.
ABSENT: dict[str, Any] = {
    "int": 0,
    "slug": "none",
    "string": "none",
    "path": "none",
    "uuid": "00000000-0000-0000-0000-000000000000",
}


@dataclass(frozen=True)
class Route:
    """One pattern of the URLconf: its name, its address as written, and the kinds of its places."""

    name: str
    pattern: str
    places: Mapping[str, str] = field(default_factory=dict)

    def addresses(self, furnished: Furnished) -> Iterator[tuple[str, str]]:
        """What a row shows and the address that shows it; "absent" where nothing is at hand."""
        if not self.places:
            yield "", reverse(self.name)
            return
        cases = furnished.cases(self.name)
        fitting = {shown: given for shown, given in cases.items() if set(given) == set(self.places)}
        if not fitting:
            fitting = {"absent": {name: ABSENT[kind] for name, kind in self.places.items()}}
        for shown, given in fitting.items():
            yield shown, reverse(self.name, kwargs=given)


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

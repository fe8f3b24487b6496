"""Which agencies are one, are parts of one another, or followed one another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from concordat.domain.governance.arrangements.rules.facts import Agency


class Kin:
    """Agencies that two files name are one where either says so, or both give the same code."""

    def __init__(self, agencies: Mapping[str, Agency]) -> None:
        self.agencies = agencies
        self._one: dict[str, str] = {}
        self._reaches: dict[str, frozenset[str]] = {}
        by_code: dict[tuple[str, str], str] = {}
        for key, agency in agencies.items():
            if agency.same_as:
                self._join(key, agency.same_as)
            if agency.code:
                self._join(key, by_code.setdefault((agency.class_, agency.code), key))

    def _join(self, key: str, other: str) -> None:
        first, last = sorted((self.one(key), self.one(other)))
        if first != last:
            self._one[last] = first

    def one(self, key: str) -> str:
        """The key by which this agency is known wherever it is named."""
        while key in self._one:
            key = self._one[key]
        return key

    def are_one(self, key: str, other: str) -> bool:
        return bool(key) and self.one(key) == self.one(other)

    def reaches(self, key: str) -> frozenset[str]:
        """The agency itself and every larger one that it is a part of."""
        if key not in self._reaches:
            self._reaches[key] = frozenset(self._above(self.one(key)))
        return self._reaches[key]

    def _above(self, key: str) -> Iterator[str]:
        found: set[str] = set()
        waiting = [key]
        while waiting:
            here = waiting.pop()
            if here and here not in found:
                found.add(here)
                yield here
                waiting += [
                    self.one(each.part_of)
                    for name, each in self.agencies.items()
                    if each.part_of and self.one(name) == here
                ]

    def of_one_house(self, key: str, other: str) -> bool:
        """Whether the two are one, or one is a part of the other."""
        if not key or not other:
            return False
        return self.one(key) in self.reaches(other) or self.one(other) in self.reaches(key)

    def before(self, key: str) -> set[str]:
        """Every agency that became this one, over any number of mergers."""
        found: set[str] = set()
        waiting = [self.one(key)]
        while waiting:
            here = waiting.pop()
            for name, agency in self.agencies.items():
                became = {self.one(each) for each in agency.successors}
                earlier = self.one(name)
                if here in became and earlier not in found and earlier != self.one(key):
                    found.add(earlier)
                    waiting.append(earlier)
        return found

    def name(self, key: str) -> str:
        return self.agencies[key].name if key in self.agencies else key

"""When somebody named in a file may be said to be a registered person, and who that may be."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from concordat.kernel.labels import near
from concordat.kernel.verdict import Verdict, no, yes


def may_identify(name: str, joined: str, closed: date | None) -> Verdict:
    """`joined` is whom the named person is said to be already; `closed` ends a registration."""
    if joined:
        return no(f"{name} is said to be {joined} already. Take that back first.")
    if closed:
        return no("This person’s registration is closed.")
    return yes()


def may_separate(name: str, joined: str) -> Verdict:
    return yes() if joined else no(f"Nobody has said who {name} is.")


def likely(name: str, known: Mapping[str, str]) -> list[str]:
    """The keys whose names could be this one, the likeliest first: the same words in any order
    or case, then names that are spelled nearly alike."""
    words = _words(name)
    same = [key for key, other in known.items() if _words(other) == words]
    close = near(name, list(known.values()))
    like = [key for told in close for key, other in known.items() if other == told]
    return list(dict.fromkeys([*same, *like]))


def _words(name: str) -> frozenset[str]:
    return frozenset(name.casefold().replace(".", " ").replace(",", " ").split())

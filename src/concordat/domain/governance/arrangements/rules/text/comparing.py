"""What is not the same between two texts: facts row by row, narrative paragraph by paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

WRITTEN = "What is written"


class Kind(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: in which section, of what, and the words before and after."""

    section: str
    title: str
    what: str
    kind: Kind
    before: str = ""
    after: str = ""
    ref: str = ""
    is_narrative: bool = False


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """The differences between two texts as `Assembled.told` gives them, in the later one's order.

    The day as at which each was taken is no difference.
    """
    old, new = _by_key(before["sections"]), _by_key(after["sections"])
    found = [*_heading(before, after)]
    for key in [*new, *(each for each in old if each not in new)]:
        found += _of_section(old.get(key), new.get(key))
    return found


def _by_key(rows: list[dict[str, Any]], name: str = "key") -> dict[str, dict[str, Any]]:
    return {row[name]: row for row in rows}


def _heading(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    for name in ("title", "version", "regime"):
        if before[name] != after[name]:
            told = ("heading", "Heading", name.capitalize(), Kind.CHANGED)
            yield Change(*told, before[name], after[name])


def _of_section(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> Iterator[Change]:
    there = new or old or {}
    key, title = str(there["key"]), str(there["title"])
    texts = (str((old or {}).get("text", "")), str((new or {}).get("text", "")))
    yield from _of_text(key, title, *texts)
    olds = _by_key((old or {}).get("blocks", []), "name")
    news = _by_key((new or {}).get("blocks", []), "name")
    for name in [*news, *(each for each in olds if each not in news)]:
        yield from _of_block(key, title, olds.get(name), news.get(name))


def _of_text(key: str, title: str, old: str, new: str) -> Iterator[Change]:
    one, other = paragraphs(old), paragraphs(new)
    for what, start, end, begin, stop in SequenceMatcher(None, one, other, False).get_opcodes():
        before, after = "\n\n".join(one[start:end]), "\n\n".join(other[begin:stop])
        if what != "equal":
            kind = _kind(before, after)
            yield Change(key, title, WRITTEN, kind, before, after, is_narrative=True)


def between(section: str, old: str, new: str) -> list[Change]:
    """What one wording of a section changed in the one before it."""
    return list(_of_text(section, WRITTEN, old, new))


def paragraphs(text: str) -> list[str]:
    return [each.strip() for each in re.split(r"\n\s*\n", text) if each.strip()]


def _kind(before: str, after: str) -> Kind:
    if not before:
        return Kind.ADDED
    return Kind.CHANGED if after else Kind.REMOVED


def _of_block(
    key: str, title: str, old: Mapping[str, Any] | None, new: Mapping[str, Any] | None
) -> Iterator[Change]:
    there = new or old or {}
    olds, news = _rows(old), _rows(new)
    for row in [*news, *(each for each in olds if each not in news)]:
        one, other = olds.get(row), news.get(row)
        if _cells(old, one) != _cells(new, other):
            before, after = _in_words(old, one, other, new), _in_words(new, other, one, old)
            name = str((other or one or {})["cells"][0])
            ref = str((other or one or {})["ref"])
            kind = Kind.ADDED if one is None else Kind.REMOVED if other is None else Kind.CHANGED
            yield Change(key, title, f"{there['title']}: {name}", kind, before, after, ref)


def _rows(block: Mapping[str, Any] | None) -> dict[str, dict[str, Any]]:
    return _by_key(block["rows"]) if block else {}


def _cells(block: Mapping[str, Any] | None, row: Mapping[str, Any] | None) -> dict[str, str]:
    """A row's cells by column; what is not stated is as good as a column that is not there."""
    if block is None or row is None:
        return {}
    pairs = zip(block["columns"], row["cells"], strict=True)
    return {name: cell for name, cell in pairs if cell not in ("", "Not stated")}


def _in_words(
    block: Mapping[str, Any] | None,
    row: Mapping[str, Any] | None,
    other: Mapping[str, Any] | None,
    beside: Mapping[str, Any] | None,
) -> str:
    """The cells that differ, each with its column; all of them where the row is new or gone."""
    mine, theirs = _cells(block, row), _cells(beside, other)
    if not mine or not theirs:
        return "; ".join(f"{name}: {cell}" for name, cell in mine.items())
    names = [name for name in (*mine, *theirs) if mine.get(name) != theirs.get(name)]
    return "; ".join(f"{name}: {mine.get(name, 'not stated')}" for name in dict.fromkeys(names))

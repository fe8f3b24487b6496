"""What the text answers of the law's checklist and of the promises made about its contents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from concordat.domain.base.clocks.rules import ChecklistItem
from concordat.domain.governance.arrangements.rules.text.assembling import Assembled, Part
from concordat.domain.governance.arrangements.rules.text.ground import Plain
from concordat.domain.governance.arrangements.rules.text.sections import (
    Section,
    section,
    sections_about,
    sections_for,
)
from concordat.domain.governance.arrangements.rules.text.states import Extent
from concordat.kernel.labels import slug

LONGEST_KEY = 110


class Answered(StrEnum):
    """How far an item is answered."""

    MET = "met"
    PARTLY = "partly"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Item:
    """One point that the text is to answer. `doubt` says why it is not told as law."""

    key: str
    text: str
    force: str = ""
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """Somebody says that a section answers an item too, and how far."""

    item: str
    section: str
    extent: Extent
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """An item with its answer: where, and why it is not wholly met.

    `findings` stand open on facts of those sections.
    """

    item: Item
    answered: Answered
    where: tuple[Section, ...]
    why: tuple[str, ...] = ()
    findings: tuple[Plain, ...] = ()
    placed: tuple[Placed, ...] = ()


BACKGROUND = frozenset({"identity", "review_duties"})
"""Blocks that tell where the text stands and answer no point by themselves."""


def of_law(items: Sequence[ChecklistItem], on: date) -> list[Item]:
    """The law's points; what is not verified is never told as law."""
    return [
        Item(each.id, each.text, each.force.words)
        if each.verified(on)
        else Item(each.id, each.text, "", "Not verified")
        for each in items
    ]


def of_contents(contents: Sequence[str]) -> list[Item]:
    """The points that a version promised to hold, as its source words them."""
    return [Item(f"local-{slug(each)[:LONGEST_KEY]}", each, "local promise") for each in contents]


def defaults(item: Item) -> tuple[str, ...]:
    """The sections that answer an item unless somebody places it elsewhere too."""
    return sections_about(item.text) if item.key.startswith("local-") else sections_for(item.key)


def check(assembled: Assembled, items: Sequence[Item], placed: Sequence[Placed]) -> list[Checked]:
    """Every item with its state, where it is answered and what is wanting."""
    findings = _by_subject(assembled)
    return [
        _checked(assembled, item, [each for each in placed if each.item == item.key], findings)
        for item in items
    ]


def _by_subject(assembled: Assembled) -> dict[str, list[Plain]]:
    found: dict[str, list[Plain]] = {}
    for row in assembled.ground.of("findings"):
        found.setdefault(row["subject"], []).append(row)
    return found


def _checked(
    assembled: Assembled,
    item: Item,
    placed: list[Placed],
    findings: Mapping[str, list[Plain]],
) -> Checked:
    keys = list(dict.fromkeys([*defaults(item), *(each.section for each in placed)]))
    where = tuple(found for key in keys if (found := section(key)))
    parts = [assembled.part(each.key) for each in where]
    open_ = [row for part in parts for ref in sorted(part.refs) for row in findings.get(ref, ())]
    standing = tuple({row["key"]: row for row in open_}.values())
    why = [told for part in parts for told in wanting(part)]
    why += [f"{_title(each)}: {each.remark}" for each in placed if each.extent is Extent.PARTLY]
    if not where:
        why = ["No section answers it yet. Place it in one."]
    answered = _answered(parts, placed, why, standing)
    return Checked(item, answered, where, tuple(why), standing, tuple(placed))


def _title(placed: Placed) -> str:
    found = section(placed.section)
    return found.title if found else placed.section


def _answered(
    parts: Sequence[Part],
    placed: Sequence[Placed],
    why: Sequence[str],
    findings: Sequence[Plain],
) -> Answered:
    if not any(answers(part) for part in parts):
        return Answered.MISSING
    settled = all(part.written and part.written.done for part in parts)
    if why or (findings and not settled):
        return Answered.PARTLY
    return Answered.MET


def answers(part: Part) -> bool:
    """Whether a section says anything at all: words where it needs them, facts where it has them.

    What was once stated in a paper counts as an answer, as far as it goes.
    """
    has_facts = any(not each.is_bare for each in part.blocks if each.name not in BACKGROUND)
    return bool(part.filled) or has_facts


def wanting(part: Part) -> list[str]:
    """What keeps a section from answering wholly, in sentences."""
    title = part.section.title
    told = [f"{title}: {each.empty}" for each in part.blocks if each.is_bare and each.empty]
    told += [f"{title}: {gap.told}" for each in part.blocks for gap in each.lacks]
    told += [f"{title}: [[{name}]] is not there any more." for name in part.unknown]
    if not part.filled:
        told += [f"{title}: nothing is written yet."] if part.section.needs_words else []
    elif part.written and not part.written.done:
        told.append(f"{title}: its author has not marked it done.")
    return told


def tally(checked: Sequence[Checked]) -> dict[Answered, int]:
    return {each: sum(1 for row in checked if row.answered is each) for each in Answered}

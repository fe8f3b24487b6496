"""What an installation adds to the law: its own rows, and who checked which row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import yaml

from concordat.domain.base.clocks.rules.law import Law, clashes, overlap
from concordat.domain.base.clocks.rules.reading import read_rules
from concordat.domain.base.clocks.rules.rows import (
    Bound,
    Direction,
    Force,
    Kind,
    Rule,
    Verification,
    digest,
)
from concordat.kernel.errors import Fault, Invalid
from concordat.kernel.labels import join_words, near


def with_verifications(law: Law, records: Iterable[Verification]) -> Law:
    """The law with the newest check of each row. A check of an earlier text is set aside."""
    known = {(rule.id, rule.version, digest(rule)): rule for rule in law.rules}
    newest: dict[tuple[str, int, str], Verification] = {}
    stale: list[Verification] = []
    for record in sorted(records, key=lambda each: each.on):
        pinned = (record.rule, record.version, record.digest)
        if pinned in known:
            newest[pinned] = record
        else:
            stale.append(record)
    checked = {known[pinned]: record for pinned, record in newest.items()}
    rules = tuple(_marked(rule, checked[rule]) if rule in checked else rule for rule in law.rules)
    return replace(law, rules=rules, stale_checks=(*law.stale_checks, *stale))


def _marked(rule: Rule, record: Verification) -> Rule:
    items = tuple(replace(item, checked=record) for item in rule.items)
    return replace(rule, checked=record, items=items)


def with_local(law: Law, local_rules: Sequence[Rule]) -> Law:
    """The law with an area's own rows. They add or tighten; they never replace a row of law.

    A row that tightens another keeps its own id and sets a shorter time in the same unit.
    Raises `Invalid` with every fault.
    """
    faults = [fault for rule in local_rules for fault in _local_faults(law, rule)]
    lines = [item.id for rule in law.rules for item in rule.items]
    faults.extend(
        Fault(f"{item.id} is a line of the law already.", field="items", place=rule.id)
        for rule in local_rules
        for item in rule.items
        if item.id in lines
    )
    faults.extend(clashes([("local rules", rule) for rule in local_rules]))
    if faults:
        raise Invalid(faults)
    return replace(law, rules=(*law.rules, *local_rules))


def read_local(name: str, text: str, within: Law) -> tuple[Rule, ...]:
    """Local rows from a file's text, in the same format as the law's own files."""
    return read_rules(name, text, within.terms)


def local_text(row: Mapping[str, Any]) -> str:
    """A file of local rules with this one row, as `read_local` reads it."""
    return _file({"subject": "Local rules", "rules": [dict(row)]})


def limit_like(base: Rule, value: int, unit: str) -> dict[str, Any]:
    """The deadline of a row that tightens another: everything as there, but this length."""
    theirs = base.deadline
    if theirs is None:
        raise Invalid(f"{base.id} has no deadline.", field="tightens", mend="Choose another rule.")
    told: dict[str, Any] = {
        "value": value,
        "unit": unit,
        "direction": theirs.direction.value,
        "day_counting": theirs.day_counting.value,
        "bound": theirs.bound.value,
    }
    told |= {"latest": theirs.latest} if theirs.latest else {}
    events = {"earlier_of": theirs.earlier_of, "later_of": theirs.later_of}
    return told | {name: list(listed) for name, listed in events.items() if listed}


def ended(text: str, on: date) -> str:
    """The same file of one row with its last day."""
    told = yaml.safe_load(text)
    told["rules"][0]["in_force_to"] = on
    return _file(told)


def _file(told: Mapping[str, Any]) -> str:
    return yaml.safe_dump(dict(told), sort_keys=False, allow_unicode=True, width=1000)


def _local_faults(law: Law, rule: Rule) -> list[Fault]:
    found: list[Fault] = []

    def wrong(field: str, message: str, mend: str = "") -> None:
        found.append(Fault(message, field=field, place=rule.id, mend=mend))

    if rule.id in law.ids:
        wrong("id", "A local rule cannot replace a row of law.", "Give it an id of its own.")
    if rule.force is not Force.LOCAL:
        wrong("force", "A local rule has the force of local practice.", "Write force: local.")
    for field, target in (("tightens", rule.tightens), ("adds_to", rule.adds_to)):
        if target and target not in law.ids:
            likely = join_words(near(target, law.ids))
            wrong(field, f"There is no rule {target}.", f"Did you mean {likely}?" if likely else "")
    if rule.tightens in law.ids and not all(
        _is_tighter(rule, base) for base in law.variants(rule.tightens) if overlap(rule, base)
    ):
        mend = "Use its unit, its trigger and its direction with a shorter time."
        wrong("tightens", f"This does not tighten {rule.tightens}.", mend)
    if rule.adds_to in law.ids and {rule.kind, law.variants(rule.adds_to)[-1].kind} != {
        Kind.CHECKLIST
    }:
        wrong("adds_to", "Only a checklist adds to a checklist.")
    return found


def _is_tighter(local: Rule, base: Rule) -> bool:
    ours, theirs = local.deadline, base.deadline
    if ours is None or theirs is None or local.trigger != base.trigger:
        return False
    same = ("unit", "direction", "day_counting", "bound", "earlier_of", "later_of")
    if any(getattr(ours, name) != getattr(theirs, name) for name in same):
        return False
    if theirs.latest and (ours.latest is None or ours.latest > theirs.latest):
        return False
    later_is_stricter = (ours.bound is Bound.EARLIEST) is not (ours.direction is Direction.BACKWARD)
    return ours.value > theirs.value if later_is_stricter else ours.value < theirs.value

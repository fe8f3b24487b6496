"""The law as a whole: every row, found by its id and the day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources
from itertools import pairwise

from concordat.domain.base.clocks.rules.reading import Terms, read_rules, read_terms
from concordat.domain.base.clocks.rules.rows import (
    ChecklistItem,
    Rule,
    Status,
    Verification,
    line_as_rule,
)
from concordat.kernel.errors import Fault, Invalid
from concordat.kernel.labels import day_in_words, join_words, near


@dataclass(frozen=True)
class Law:
    """Every row of law and every local row, with the terms that they name.

    `stale_checks`: verification records of a row that has since been rewritten.
    """

    rules: tuple[Rule, ...]
    terms: Terms
    stale_checks: tuple[Verification, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(rule.id for rule in self.rules))

    def variants(self, rule_id: str) -> tuple[Rule, ...]:
        """The dated rows of one rule, oldest first. Raises `Invalid` with near names."""
        found = tuple(rule for rule in self.rules if rule.id == rule_id)
        found = found or self._lines_called(rule_id)
        if not found:
            raise Invalid([self._unknown(rule_id)])
        return found

    def rule(self, rule_id: str, *, on: date) -> Rule:
        """The row in force on that day. Raises `Invalid` for an unknown id or another day."""
        variants = self.variants(rule_id)
        found = next((rule for rule in variants if rule.in_force(on)), None)
        if found is None:
            raise Invalid(
                f"{rule_id} was not in force on {day_in_words(on)}.",
                field="on",
                mend=join_words(_span(rule) for rule in variants) + ".",
            )
        return found

    def in_force(self, on: date) -> tuple[Rule, ...]:
        return tuple(rule for rule in self.rules if rule.in_force(on))

    def item(self, item_id: str) -> tuple[Rule, ChecklistItem]:
        """A line of a checklist with the row that holds it. Raises `Invalid` with near names."""
        lines = {item.id: (rule, item) for rule in self.rules for item in rule.items}
        if item_id not in lines:
            raise Invalid([self._unknown(item_id)])
        return lines[item_id]

    def items(self, rule_id: str, *, on: date) -> tuple[ChecklistItem, ...]:
        """The lines of a checklist that count on that day, local additions last."""
        base = self.rule(rule_id, on=on)
        added = [rule for rule in self.in_force(on) if rule.adds_to == rule_id]
        lines = [item for rule in (base, *added) for item in rule.items]
        return tuple(item for item in lines if item.regime.in_force(on))

    def dated_lines(self, rule_id: str, *, on: date) -> tuple[Rule, ...]:
        """The lines of a checklist that have a time limit and share its trigger on that day."""
        row = self.rule(rule_id, on=on)
        lines = [line_as_rule(row, item) for item in self.items(rule_id, on=on) if item.deadline]
        return tuple(line for line in lines if line.trigger == row.trigger)

    def startable(self) -> tuple[Rule, ...]:
        """Every row that a clock can be started by: those with a time limit, checklists with
        lines that have one, and such lines themselves."""
        found: list[Rule] = []
        for rule in self.rules:
            lines = [line_as_rule(rule, item) for item in rule.items if item.deadline]
            found += [rule, *lines] if lines or rule.deadline else []
        return tuple(found)

    def row(self, rule_id: str, version: int) -> Rule | None:
        """That version of a rule, or of a line with a time limit; None if it is not on file."""
        rows = (rule for rule in self.rules if (rule.id, rule.version) == (rule_id, version))
        lines = (rule for rule in self._lines_called(rule_id) if rule.version == version)
        return next(rows, None) or next(lines, None)

    def _lines_called(self, wanted: str) -> tuple[Rule, ...]:
        return tuple(
            line_as_rule(rule, item)
            for rule in self.rules
            for item in rule.items
            if item.id == wanted and item.deadline
        )

    def tightened_by(self, rule_id: str, *, on: date) -> tuple[Rule, ...]:
        """The local rows that set a shorter time than this rule on that day."""
        return tuple(rule for rule in self.in_force(on) if rule.tightens == rule_id)

    def _unknown(self, wanted: str) -> Fault:
        lines = {item.id: rule.id for rule in self.rules for item in rule.items}
        if wanted in lines:
            mend = f"Ask for {lines[wanted]}."
            return Fault(f"{wanted} is a line of the checklist {lines[wanted]}.", "rule", mend=mend)
        likely = near(wanted, self.ids)
        mend = f"Did you mean {join_words(likely)}?" if likely else "All ids stand in docs/law.md."
        return Fault(f"There is no rule {wanted}.", field="rule", mend=mend)


@lru_cache(maxsize=1)
def law() -> Law:
    """The packaged law, read and checked once."""
    folder = resources.files("concordat.domain.base.clocks").joinpath("law")
    return read_law({each.name: each.read_text("utf-8") for each in folder.iterdir()})


def read_law(files: Mapping[str, str]) -> Law:
    """Law from the texts of its files, by file name. Raises `Invalid` with every fault."""
    for name in ("regimes.yaml", "doubts.yaml"):
        if name not in files:
            raise Invalid([Fault("The file is missing.", place=name)])
    terms = read_terms(files["regimes.yaml"], files["doubts.yaml"])
    faults: list[Fault] = []
    placed: list[tuple[str, Rule]] = []
    for name in sorted(set(files) - {"regimes.yaml", "doubts.yaml"}):
        try:
            placed.extend((name, rule) for rule in read_rules(name, files[name], terms))
        except Invalid as error:
            faults.extend(error.faults)
    faults.extend(clashes(placed))
    if faults:
        raise Invalid(faults)
    return Law(tuple(_ordered(placed)), terms)


def rule(rule_id: str, *, on: date) -> Rule:
    """The packaged row in force on that day. Raises `Invalid` with near names."""
    return law().rule(rule_id, on=on)


def clashes(placed: Sequence[tuple[str, Rule]]) -> list[Fault]:
    """Ids that stand twice: the same version, or days on which two rows would be in force."""
    faults: list[Fault] = []
    by_id: dict[str, list[tuple[str, Rule]]] = {}
    for name, rule in placed:
        by_id.setdefault(rule.id, []).append((name, rule))
    for rule_id, rows in by_id.items():
        rows.sort(key=lambda row: row[1].in_force_from or date.min)
        for (_, one), (name, other) in pairwise(rows):
            place = f"{name}, {rule_id}"
            if one.version == other.version:
                message = f"Version {other.version} of {rule_id} stands twice."
                faults.append(Fault(message, "version", place, "Number each dated row."))
            elif overlap(one, other):
                message = f"Versions {one.version} and {other.version} are in force together."
                faults.append(Fault(message, "in_force_from", place, "End one before the next."))
    lines: dict[str, str] = {}
    for name, rule in placed:
        for line in {item.id for item in rule.items}:
            if lines.setdefault(line, rule.id) != rule.id:
                message = f"{line} is a line of {lines[line]} too."
                faults.append(Fault(message, "items", f"{name}, {rule.id}"))
    return faults


def overlap(one: Rule, other: Rule) -> bool:
    if Status.AWAITING in (one.status, other.status):
        return False
    begins = max(one.in_force_from or date.min, other.in_force_from or date.min)
    return begins <= min(one.in_force_to or date.max, other.in_force_to or date.max)


def _ordered(placed: Sequence[tuple[str, Rule]]) -> list[Rule]:
    first = {rule.id: n for n, (_, rule) in reversed(list(enumerate(placed)))}
    rows = [rule for _, rule in placed]
    return sorted(rows, key=lambda rule: (first[rule.id], rule.in_force_from or date.min))


def _span(rule: Rule) -> str:
    if rule.status is Status.AWAITING:
        return f"{rule.id} is enacted and awaits commencement"
    begins = day_in_words(rule.in_force_from) if rule.in_force_from else "an unknown day"
    if rule.in_force_to is None:
        return f"{rule.id} is in force from {begins}"
    return f"{rule.id} was in force from {begins} to {day_in_words(rule.in_force_to)}"

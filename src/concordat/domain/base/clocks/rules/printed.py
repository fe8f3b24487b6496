"""The law as a page that can be printed: every row, its source and how far it is known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from concordat.domain.base.clocks.rules.law import Law
from concordat.domain.base.clocks.rules.rows import (
    Area,
    Bound,
    ChecklistItem,
    Confidence,
    DayCounting,
    Deadline,
    Direction,
    Doubt,
    Rule,
    Status,
)
from concordat.domain.base.clocks.rules.sums import length_in_words
from concordat.kernel.labels import day_in_words, join_words

_AREAS = {
    Area.OLD: "areas still with their old board",
    Area.NEW: "areas whose own arrangements have gone live",
}
_KNOWN = {
    Confidence.PRIMARY: "read in the primary text",
    Confidence.SECONDARY: "read in a text that restates the primary",
    Confidence.SURE: "from memory, very sure",
    Confidence.MEMORY: "from memory",
    Confidence.SHAKY: "from memory, shaky",
    Confidence.INFERRED: "inferred",
}
_HEAD = """# The law, row by row

Generated from the law files. Change a file in `clocks/law`, then write this page again.

A row marked **not verified** is a reading or a memory. It is not stated as law here or on any
screen until somebody has compared it with the primary text and recorded that.
"""


def to_markdown(law: Law) -> str:
    """The whole law as one Markdown page, the same every time for the same rows."""
    return "\n".join([_HEAD, *_regimes(law), *_subjects(law), *_doubts(law)]) + "\n"


def _regimes(law: Law) -> Iterator[str]:
    yield "## Editions\n"
    yield "| id | edition | in force | known |"
    yield "|---|---|---|---|"
    for regime in law.terms.regimes.values():
        if regime.begins is None and regime.status is Status.COMMENCED:
            continue
        span = _span(regime.begins, regime.ends, regime.status)
        yield f"| {regime.id} | {_cell(regime.title)} | {span} | {_KNOWN[regime.conf]} |"
    yield ""


def _subjects(law: Law) -> Iterator[str]:
    for subject in dict.fromkeys(rule.subject for rule in law.rules):
        yield f"## {subject}\n"
        for rule in law.rules:
            if rule.subject == subject:
                yield from _rule(rule, len(law.variants(rule.id)) > 1)


def _rule(rule: Rule, numbered: bool) -> Iterator[str]:
    version = f", version {rule.version}" if numbered else ""
    yield f"### {rule.id}{version}: {rule.title}\n"
    yield f"{rule.duty}\n"
    yield f"- Standing: {_row_standing(rule)}"
    yield f"- Force: {rule.force_in_words(rule.in_force_from or date.max)}{_time_limit_force(rule)}"
    yield f"- Source: {rule.source}"
    yield f"- In force: {_span(rule.in_force_from, rule.in_force_to, rule.status)}"
    if rule.area is not Area.ANY:
        yield f"- Where: {_AREAS[rule.area]}"
    yield f"- Who: {rule.who}"
    if rule.deadline:
        yield f"- When: {_when(rule.deadline, rule.trigger)}"
    if rule.pauses:
        yield f"- Pauses: {join_words(rule.pauses)}"
    if rule.note:
        yield f"- Note: {rule.note}"
    yield ""
    yield from _items(rule)


def _items(rule: Rule) -> Iterator[str]:
    if not rule.items:
        return
    yield "| id | item | force | edition | standing |"
    yield "|---|---|---|---|---|"
    for item in rule.items:
        cells = (item.id, _cell(_item_text(item)), item.force.words, item.regime.id)
        yield f"| {' | '.join(cells)} | {_line_standing(item)} |"
    yield ""


def _item_text(item: ChecklistItem) -> str:
    if item.deadline is None:
        return item.text
    return f"{item.text} ({_when(item.deadline, item.trigger)})"


def _when(deadline: Deadline, trigger: str) -> str:
    length = length_in_words(deadline)
    if deadline.day or deadline.yearly:
        return f"{length}, {trigger}" if deadline.yearly else length
    way = "from" if deadline.direction is Direction.FORWARD else "back from"
    counted = "" if deadline.day_counting is DayCounting.DAY0 else ", that day being day 1"
    last = f", at the latest {day_in_words(deadline.latest)}" if deadline.latest else ""
    first = "not before " if deadline.bound is Bound.EARLIEST else ""
    return f"{first}{length} {way}: {trigger}{counted}{last}"


def _time_limit_force(rule: Rule) -> str:
    if rule.deadline is None or rule.deadline.force is None:
        return ""
    return f"; the time limit: {rule.deadline.force.words}"


def _row_standing(rule: Rule) -> str:
    check = rule.checked
    if check is None:
        return f"{_standing(rule.conf, rule.doubts)} ({_KNOWN[rule.conf]})"
    found = "verified" if check.confirmed else "**not verified**: found to differ"
    return f"{found} (checked by {check.by} against {check.against}, {day_in_words(check.on)})"


def _line_standing(item: ChecklistItem) -> str:
    if item.checked is None:
        return _standing(item.conf, item.doubts)
    return "verified" if item.checked.confirmed else "**not verified**"


def _standing(conf: Confidence, doubts: tuple[Doubt, ...]) -> str:
    named = join_words(doubt.id for doubt in doubts)
    if not conf.is_read or any(doubt.begins is None for doubt in doubts):
        return f"**not verified**, doubts {named}" if doubts else "**not verified**"
    starts = [doubt.begins for doubt in doubts if doubt.begins]
    if not starts:
        return "verified"
    return f"verified; **not verified** from {day_in_words(min(starts))}, doubts {named}"


def _doubts(law: Law) -> Iterator[str]:
    yield "## Open doubts\n"
    for doubt in law.terms.doubts.values():
        begins = f" (from {day_in_words(doubt.begins)})" if doubt.begins else ""
        yield f"- {doubt.id}{begins}: {doubt.text}"


def _span(begins: date | None, ends: date | None, status: Status) -> str:
    if status is Status.AWAITING:
        return "enacted, awaits commencement"
    first = f"from {day_in_words(begins)}" if begins else "start not on file"
    return f"{first} to {day_in_words(ends)}" if ends else first


def _cell(text: str) -> str:
    return text.replace("|", "\\|")

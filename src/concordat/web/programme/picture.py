"""A roadmap as a strip of months: what was reached, what is planned, what is late."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString, mark_safe

from concordat.craft.document import Tone
from concordat.craft.svg import Lane, Mark, timeline
from concordat.domain.governance.programme.queries import Roadmap, Row
from concordat.domain.governance.programme.rules.life import Stage
from concordat.kernel.labels import count


@dataclass(frozen=True, slots=True)
class Picture:
    svg: SafeString
    title: str
    sentence: str


_TONES: dict[str, tuple[Tone, str]] = {
    "late": ("late", "late"),
    "soon": ("soon", "due soon"),
    "over": ("done", "reached"),
}


def strip(roadmap: Roadmap, today: date) -> Picture | None:
    """The dated milestones by workstream; None where nothing has a date. A month is drawn as a
    span, so that no day is made up."""
    lanes: dict[str, list[Mark]] = defaultdict(list)
    for row in roadmap.rows:
        if mark := _mark(row):
            lanes[_lane(row)].append(mark)
    if not lanes:
        return None
    dated = sum(map(len, lanes.values()))
    undated = len(roadmap.rows) - dated
    title = roadmap.sentence
    told = f"{count(dated, 'milestone')} drawn by month."
    if undated:
        told += f" {undated} without a date {'is' if undated == 1 else 'are'} in the table alone."
    svg = timeline(
        [Lane(name, marks) for name, marks in lanes.items()], title=title, desc=told, today=today,
        width=WIDE,
    )  # fmt: skip
    return Picture(mark_safe(svg), title, told)  # noqa: S308 - drawn here, its texts escaped


def _lane(row: Row) -> str:
    held = row.milestone
    if held.workstream:
        return held.workstream.title
    return held.priority.title if held.priority else "The programme"


def _mark(row: Row) -> Mark | None:
    held = row.milestone
    when = held.done_day or held.due_day
    if when is None or when.earliest is None or when.latest is None:
        return None
    tone, word = _TONES.get(row.stands, ("plain", ""))
    if held.stage is Stage.ABANDONED:
        tone, word = "plain", "abandoned"
    last = when.latest if when.latest != when.earliest else None
    return Mark(when.earliest, _short(held.title), last, tone, word)


WIDE = 800
"""As wide as its column, so that its words are no smaller than those about it."""
LONGEST_LABEL = 44
"""Characters of a title beside its mark: the table holds it whole."""


def _short(title: str) -> str:
    if len(title) <= LONGEST_LABEL:
        return title
    return f"{title[:LONGEST_LABEL].rpartition(' ')[0]}…"

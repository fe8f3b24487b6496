"""Agencies over a year as a picture: what each closed in time, closed late, and owes late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from concordat.craft.bars import Bar, bars
from concordat.domain.base.actions.rules import Tally
from concordat.kernel.labels import count

PARTS = (("Closed in time", "done"), ("Closed late", "soon"), ("Overdue now", "late"))


@dataclass(frozen=True, slots=True)
class Picture:
    svg: SafeString
    title: str
    sentence: str


def drawn(tallies: Sequence[Tally]) -> Picture | None:
    """None where nothing was closed and nothing is late: there is nothing to draw."""
    rows = [Bar(each.agency, (each.in_time, each.late, each.overdue)) for each in tallies]
    if not any(sum(row.values) for row in rows):
        return None
    title, sentence = _title(tallies), _sentence(tallies)
    svg = bars(rows, PARTS, title=title, desc=sentence)  # type: ignore[arg-type]
    return Picture(mark_safe(svg), title, sentence)  # noqa: S308 - drawn here, its texts escaped


def _title(tallies: Sequence[Tally]) -> str:
    closed = sum(each.in_time + each.late for each in tallies)
    in_time = sum(each.in_time for each in tallies)
    if not closed:
        return "Nothing was closed in the last year"
    return (
        f"{in_time} of {count(closed, 'closed action')} {'was' if closed == 1 else 'were'} in time"
    )


def _sentence(tallies: Sequence[Tally]) -> str:
    late = [each for each in tallies if each.overdue]
    if not late:
        return "Nothing is overdue."
    most = max(late, key=lambda each: each.overdue)
    whole = sum(each.overdue for each in late)
    if len(late) == 1:
        return f"{whole} overdue now, of {most.agency}."
    return f"{whole} overdue now; most of {most.agency}, with {most.overdue}."

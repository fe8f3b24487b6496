"""Days on which a partnership or one of its groups is closed, and for which clocks they count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from concordat.domain.base.clocks.rules.rows import Force, Rule, Unit
from concordat.kernel.calendar import WorkingDays


class ClosedKind(StrEnum):
    """A day proclaimed as a bank holiday that is not yet in the packaged table, or a closure."""

    PROCLAIMED = "proclaimed"
    CLOSURE = "closure"

    @property
    def label(self) -> str:
        return {
            ClosedKind.PROCLAIMED: "A bank holiday by proclamation",
            ClosedKind.CLOSURE: "A closure of our own",
        }[self]


@dataclass(frozen=True, slots=True)
class Closed:
    """One closed day of a partnership; of one group where `body` is set."""

    day: date
    name: str
    kind: ClosedKind
    partnership: UUID
    body: UUID | None = None


def limit_force(rule: Rule) -> Force:
    """What stands behind the time limit, which may be less than what stands behind the duty."""
    limit = rule.deadline.force if rule.deadline else None
    return limit or rule.force


def counts_for(closed: Closed, rule: Rule, partnership: UUID | None, body: UUID | None) -> bool:
    """Whether a closed day is left out of the count of this rule.

    No guidance defines a working day, so a closure counts as one of ours (row WORKING-DAY).
    It never lengthens a limit that statute or regulations set: Parliament did not ask us.
    """
    if closed.partnership != partnership or closed.body not in (None, body):
        return False
    if closed.kind is ClosedKind.PROCLAIMED:
        return True
    return limit_force(rule) not in (Force.STATUTE, Force.REGULATIONS)


def with_closed(
    england: WorkingDays,
    closed: Iterable[Closed],
    rule: Rule,
    *,
    partnership: UUID | None,
    body: UUID | None,
) -> tuple[WorkingDays, Mapping[date, str]]:
    """The working days by which this rule is counted, and the names of the days added."""
    names = {each.day: each.name for each in closed if counts_for(each, rule, partnership, body)}
    if not names:
        return england, names
    return WorkingDays(england.closed | names.keys(), england.horizon), names


def counts_days_off(rule: Rule) -> bool:
    """Whether closed days can move this rule's date at all."""
    return rule.deadline is not None and rule.deadline.unit is Unit.WORKING_DAYS

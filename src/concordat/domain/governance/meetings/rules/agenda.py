"""The order of an agenda, its times, and what of it somebody may see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Protocol, TypeVar

from concordat.domain.governance.meetings.rules.life import LIVE, QUIET, Place, Purpose
from concordat.domain.governance.meetings.rules.suggesting import CLOSES, OPENS
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import count

MOST_MINUTES = 600


class Line(Protocol):
    """What the rules need of one item on one agenda."""

    @property
    def purpose_is(self) -> Purpose: ...
    @property
    def place_is(self) -> Place: ...
    @property
    def minutes(self) -> int | None: ...
    @property
    def is_hidden(self) -> bool: ...
    @property
    def fixed(self) -> str: ...


class Block(IntEnum):
    """Parts of an agenda that each keep together, in their order."""

    OPENS = 1
    DISCUSSED = 2
    NOTED = 3
    CLOSES = 4
    HIDDEN = 5


_FIXED = {OPENS: Block.OPENS, CLOSES: Block.CLOSES}


def block_of(line: Line) -> Block:
    """Where an item belongs. What its body fixed stands at the opening or the close; what needs
    no discussion comes after what does."""
    if line.is_hidden:
        return Block.HIDDEN
    quiet = Block.NOTED if line.purpose_is in QUIET else Block.DISCUSSED
    return _FIXED.get(line.fixed, quiet)


L = TypeVar("L", bound=Line)
T = TypeVar("T")


def placed_at(order: Sequence[T], one: T, at: int) -> list[T]:
    """The order with `one` put at place `at`, counted from 1; nothing else changes its turn.

    Raises `Invalid` for a place that the agenda does not have.
    """
    if not 1 <= at <= len(order):
        raise Invalid(
            f"The agenda has {count(len(order), 'item')}; there is no place {at}.",
            field="at",
            mend=f"Give a number from 1 to {len(order)}.",
        )
    rest = [each for each in order if each != one]
    if len(rest) != len(order) - 1:
        raise Invalid("This item is not on the agenda.", field="at")
    return [*rest[: at - 1], one, *rest[at - 1 :]]


def placed_among(block: Sequence[T], one: T, at: int, *, first: int, whole: int) -> list[T]:
    """The block with `one` put at number `at` of the agenda. The block begins at `first`.

    Raises `Invalid` for a number that the agenda, or this part of it, does not have.
    """
    last = first + len(block) - 1
    if first <= at <= last:
        return placed_at(block, one, at - first + 1)
    if not 1 <= at <= whole:
        return placed_at(range(whole), one, at)  # type: ignore[arg-type]
    stands = f"at {first}" if first == last else f"at {first} to {last}"
    raise Invalid(
        f"This item can stand {stands}: what opens an agenda, what is discussed, what is noted "
        "and what closes it each keep together.",
        field="at",
        mend="Give one of these numbers, or settle another purpose first.",
    )


def moved(order: Sequence[T], one: T, by: int) -> list[T]:
    """One place up (-1) or down (+1); at either end nothing moves."""
    at = [*order].index(one) + 1 + by
    return placed_at(order, one, at) if 1 <= at <= len(order) else [*order]


def numbered(lines: Iterable[L]) -> list[tuple[str, L]]:
    """Items that stand on the agenda with their labels: 1, 2, 3, then C1, C2.

    What is fixed at the opening comes first and what closes the meeting last; between them what
    needs no discussion comes after what does. An item whose very existence may
    be hidden is numbered in a closed part of its own at the end, so that no gap in the open
    numbers gives it away and no reader's numbers differ from another's.
    """
    live = sorted((each for each in lines if each.place_is in LIVE), key=block_of)
    closed = [each for each in live if each.is_hidden]
    told = [(str(number), each) for number, each in enumerate(live[: len(live) - len(closed)], 1)]
    return [*told, *((f"C{number}", each) for number, each in enumerate(closed, 1))]


@dataclass(frozen=True, slots=True)
class Timing:
    """Minutes asked for, minutes there are, and the sentence that says how they compare."""

    asked: int
    there_are: int | None
    sentence: str

    @property
    def over(self) -> int:
        return max(0, self.asked - self.there_are) if self.there_are is not None else 0


def timing(lines: Iterable[Line], slot: int | None) -> Timing:
    """How the items' minutes compare with the meeting's."""
    live = [each for each in lines if each.place_is in LIVE]
    asked = sum(each.minutes or 0 for each in live)
    untimed = sum(1 for each in live if each.minutes is None and each.purpose_is not in QUIET)
    rest = f" {count(untimed, 'item')} without a time." if untimed else ""
    if slot is None:
        return Timing(asked, None, f"{count(asked, 'minute')} asked for.{rest}")
    left = slot - asked
    if left < 0:
        told = f"{count(-left, 'minute')} over."
    else:
        told = f"{count(left, 'minute')} left of {slot}." if left else f"All {slot} minutes taken."
    return Timing(asked, slot, f"{told}{rest}")


def starts(lines: Iterable[tuple[str, L]], begins: datetime) -> dict[str, datetime]:
    """When each item begins, by its label, if all keep to their minutes."""
    found: dict[str, datetime] = {}
    at = begins
    for label, line in lines:
        found[label] = at
        at += timedelta(minutes=line.minutes or 0)
    return found


def runs_over(starts_at: datetime | None, minutes: int | None, ends_at: datetime | None) -> bool:
    """Whether an item that keeps to its minutes still goes on when the meeting is to be over."""
    if starts_at is None or ends_at is None:
        return False
    return starts_at + timedelta(minutes=minutes or 0) > ends_at

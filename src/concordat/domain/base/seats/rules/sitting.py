"""What a body, a seat and a holder may be, and what must never stand together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations

from concordat.domain.base.seats.rules.standing import Standing
from concordat.kernel.actor import Office
from concordat.kernel.dates import Period
from concordat.kernel.errors import Fault
from concordat.kernel.verdict import Verdict, no, yes


class Capacity(StrEnum):
    VOTING = "voting"
    NON_VOTING = "non-voting"
    IN_ATTENDANCE = "in attendance"
    ADVISER = "adviser"
    OBSERVER = "observer"


class Holding(StrEnum):
    HOLDER = "holder"
    DEPUTY = "deputy"
    JOB_SHARE = "job share"
    INTERIM = "interim"
    VACANT = "vacant"


SOLE = frozenset({Holding.HOLDER, Holding.INTERIM})
BODY_KINDS = (
    "old board", "partnership board", "executive", "transitional board", "steering group",
    "wider group", "operational group", "subgroup", "task and finish", "project group", "panel",
    "learning hub", "youth group", "forum", "network", "scrutiny", "secretariat", "team",
    "cabinet", "council", "governing body", "committee", "board of others", "other",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sitting:
    """One holder row: `who` is "posts:key" or "people:key", empty for a vacancy."""

    key: str
    seat: str
    holding: Holding
    who: str
    period: Period
    place: str = ""


def surely_overlap(one: Period, other: Period) -> bool:
    """Whether some day certainly lies in both; unclear edges are no overlap yet."""
    return (
        _begins(one) <= _ends(other)
        and _begins(other) <= _ends(one)
        and not (_is_vague(one) or _is_vague(other))
    )


def _begins(period: Period) -> date:
    return (period.start.latest or date.max) if period.start else date.min


def _ends(period: Period) -> date:
    return (period.end.earliest or date.min) if period.end else date.max


def _is_vague(period: Period) -> bool:
    return any(
        side is not None and (side.doubtful or side.latest is None)
        for side in (period.start, period.end)
    )


def clashes(sittings: Iterable[Sitting]) -> list[Fault]:
    """Holders of one place whose days overlap, and deputies who are the holder themselves."""
    by_seat: dict[str, list[Sitting]] = {}
    for sitting in sittings:
        by_seat.setdefault(sitting.seat, []).append(sitting)
    return [
        fault
        for rows in by_seat.values()
        for one, other in combinations(rows, 2)
        for fault in _clash(one, other)
    ]


def _clash(one: Sitting, other: Sitting, room: int = 1) -> list[Fault]:
    if not surely_overlap(one.period, other.period):
        return []
    kinds = {one.holding, other.holding}
    if one.who and one.who == other.who and Holding.DEPUTY in kinds and kinds != {Holding.DEPUTY}:
        return [
            Fault(
                f"The deputy ({other.who}) holds the seat {one.seat} already.",
                field="holders",
                place=other.place,
                mend="Name somebody else as deputy, or leave the deputy out.",
            )
        ]
    if room > 1 or Holding.DEPUTY in kinds or kinds <= {Holding.JOB_SHARE} or not any_sits(kinds):
        return []
    return [
        Fault(
            f"Two holders of the seat {one.seat} at the same time: {one.who} and {other.who}.",
            field="from",
            place=other.place,
            mend="End the first the day before the second begins, or make both a job share.",
        )
    ]


def any_sits(kinds: Iterable[Holding]) -> bool:
    return any(each is not Holding.VACANT for each in kinds)


def may_hold(sitting: Sitting, others: Sequence[Sitting], room: int = 1) -> Verdict:
    """Whether one more row may stand beside a seat's present holders. `room` is how many such
    places the seat stands for."""
    rest = [each for each in others if each.key != sitting.key]
    found = [f for each in rest for f in _clash(each, sitting, room)]
    if found:
        return no(f"{found[0].message} {found[0].mend}")
    return _has_room(sitting, rest, room)


def _has_room(sitting: Sitting, others: Sequence[Sitting], room: int) -> Verdict:
    holds = [each for each in others if each.holding in SOLE]
    beside = [each for each in holds if surely_overlap(each.period, sitting.period)]
    if room > 1 and sitting.holding in SOLE and len(beside) >= room:
        return no(f"All {room} places of this seat are held. End one of them first.")
    return yes()


def cycle(parents: Mapping[str, Sequence[str]]) -> list[str]:
    """The first circle found in who answers to whom, as keys in order; empty if there is none."""
    done: set[str] = set()
    for start in parents:
        path: list[str] = []
        found = _walk(start, parents, path, done)
        if found:
            return found
    return []


def _walk(
    key: str, parents: Mapping[str, Sequence[str]], path: list[str], done: set[str]
) -> list[str]:
    if key in path:
        return [*path[path.index(key) :], key]
    if key in done:
        return []
    path.append(key)
    for parent in parents.get(key, ()):
        if found := _walk(parent, parents, path, done):
            return found
    path.pop()
    done.add(key)
    return []


def office_of(said: str) -> Office:
    """A seat whose office no source states is a member's."""
    return Office(said) if said else Office.MEMBER


def counts_for_access(states: Sequence[Standing]) -> bool:
    """A seat opens records while its body has not ended; a body of no stated state counts."""
    return not states or any(state is not Standing.ENDED for state in states)

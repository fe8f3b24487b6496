"""Periods that cannot be, and rows that cannot both be true on one day.

A date counts only where it is certain: two holders overlap only if there is a day on which
both certainly sit; what is merely possible is never a fault.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations

from concordat.domain.assurance.exchange.rules.check_links import parted
from concordat.domain.assurance.exchange.rules.fields import Dated
from concordat.domain.assurance.exchange.rules.kinds_authority import Delegation, Promise
from concordat.domain.assurance.exchange.rules.kinds_structure import BodyState, Holder, Seat
from concordat.domain.assurance.exchange.rules.shape import Chapter
from concordat.kernel.dates import UncertainDate
from concordat.kernel.errors import Fault
from concordat.kernel.labels import day_in_words


def _surely_from(row: Dated) -> date:
    """First day on which the row certainly holds; never, if its start is not known."""
    if row.from_ is None:
        return date.min
    return date.max if row.from_.doubtful or row.from_.latest is None else row.from_.latest


def _surely_to(row: Dated) -> date:
    if row.to is None:
        return date.max
    return date.min if row.to.doubtful or row.to.earliest is None else row.to.earliest


def _both_on(one: Dated, other: Dated) -> date | None:
    """A day on which both certainly hold."""
    first = max(_surely_from(one), _surely_from(other))
    last = min(_surely_to(one), _surely_to(other))
    return first if first <= last and first != date.max else None


def _words(day: date) -> str:
    return "all their time" if day == date.min else day_in_words(day)


def _backwards(start: UncertainDate | None, end: UncertainDate | None) -> bool:
    if start is None or end is None or start.earliest is None or end.latest is None:
        return False
    return not start.doubtful and not end.doubtful and start.earliest > end.latest


def impossible_periods(chapter: Chapter) -> Iterator[Fault]:
    for row in chapter.every():
        if isinstance(row, Dated) and _backwards(row.from_, row.to):
            message = f"This row ends ({row.to}) before it begins ({row.from_})."
            yield Fault(message, "to", row.where("to"), "Check both dates; “to” is the last day.")
        if isinstance(row, Promise) and _backwards(row.earliest, row.latest):
            message = f"The latest day ({row.latest}) is before the earliest ({row.earliest})."
            yield Fault(message, "latest", row.where("latest"), "Check both dates.")


def overlapping_states(chapter: Chapter) -> Iterator[Fault]:
    """A body is proposed, shadow, in force or ended, never two of them on one day."""
    by_body: dict[str, list[BodyState]] = defaultdict(list)
    for state in chapter.of(BodyState):
        by_body[state.body].append(state)
    for body, states in by_body.items():
        for one, other in combinations(sorted(states, key=_surely_from), 2):
            day = _both_on(one, other)
            if day is not None and one.state != other.state:
                yield Fault(
                    f"“{body}” is {one.state} and {other.state} at once ({_words(day)}).",
                    "from",
                    other.where("from"),
                    f"Let “{one.key}” end the day before “{other.key}” begins.",
                )


def _holders(chapter: Chapter) -> dict[str, list[Holder]]:
    by_seat: dict[str, list[Holder]] = defaultdict(list)
    for holder in chapter.of(Holder):
        by_seat["/".join(parted("seats", holder.seat, chapter.slug)[1:])].append(holder)
    return {seat: sorted(rows, key=_surely_from) for seat, rows in by_seat.items()}


def holders_of_one_seat(chapter: Chapter) -> Iterator[Fault]:
    room = {f"{chapter.slug}/{seat.key}": seat.how_many or 1 for seat in chapter.of(Seat)}
    for seat, holders in _holders(chapter).items():
        yield from _deputies_who_hold(holders)
        if room.get(seat, 1) == 1:
            yield from _two_at_once(seat.rpartition("/")[2], holders)


def _deputies_who_hold(holders: Sequence[Holder]) -> Iterator[Fault]:
    for deputy in holders:
        if deputy.holding != "deputy":
            continue
        for other in holders:
            if other.holding == "deputy" or not _the_same(deputy, other):
                continue
            if _both_on(deputy, other) is not None:
                name = "person" if deputy.person else "post"
                message = f"The deputy is the holder (“{other.key}” at {other.place})."
                yield Fault(message, name, deputy.where(name), "Name somebody else as deputy.")


def _the_same(one: Holder, other: Holder) -> bool:
    if one.person and other.person:
        return one.person == other.person
    return bool(one.post) and one.post == other.post


def _two_at_once(seat: str, holders: Sequence[Holder]) -> Iterator[Fault]:
    """Sole holders, job shares and vacancies exclude one another; job shares do not."""
    sitting = [holder for holder in holders if holder.holding != "deputy"]
    for one, other in combinations(sitting, 2):
        day = _both_on(one, other)
        both_share = one.holding == other.holding == "job share"
        if day is None or both_share or one.holding == other.holding == "vacant":
            continue
        yield Fault(
            f"The seat “{seat}” has two holders at once: “{one.key}” and “{other.key}” "
            f"({_words(day)}).",
            "from",
            other.where("from"),
            _mend_overlap(one, other, day),
        )


def _mend_overlap(one: Holder, other: Holder, day: date) -> str:
    vacant = "vacant" in (one.holding, other.holding)
    share = "" if vacant else " or write “holding: job share” on both"
    if day == date.min:
        return f"Give each its dates{share}."
    return f"End “{one.key}” on {day_in_words(day - timedelta(days=1))}{share}."


def outside_their_seat(chapter: Chapter) -> Iterator[Fault]:
    """Nobody holds a seat before there is one or after it is gone."""
    seats = {f"{chapter.slug}/{seat.key}": seat for seat in chapter.of(Seat)}
    for name, holders in _holders(chapter).items():
        seat = seats.get(name)
        if seat is None:
            continue
        for holder in holders:
            if _backwards(seat.from_, holder.to):
                message = f"This ends ({holder.to}) before the seat begins ({seat.from_})."
                yield Fault(message, "to", holder.where("to"), "Check the dates of both.")
            if _backwards(holder.from_, seat.to):
                message = f"This begins ({holder.from_}) after the seat ends ({seat.to})."
                yield Fault(message, "from", holder.where("from"), "Check the dates of both.")


def named_delegations(chapter: Chapter) -> Iterator[Fault]:
    """A delegation to a named person ends with that person's seat.

    Papers name a delegate without saying where they sit: that is kept, and authority then says
    that a seat of theirs is wanting.
    """
    seats: dict[str, list[Holder]] = defaultdict(list)
    for holder in chapter.of(Holder):
        if holder.person:
            seats[holder.person].append(holder)
    for delegation in chapter.of(Delegation):
        if delegation.person and delegation.state != "ended":
            yield from _named(delegation, seats.get(delegation.person, []))


def _named(delegation: Delegation, held: Sequence[Holder]) -> Iterator[Fault]:
    if not held:
        return
    last = max(held, key=lambda holder: _possibly_to(holder.to))
    if _surely_to(delegation) > _possibly_to(last.to):
        message = (
            f"This delegation to a named person outlasts that person's seat, "
            f"which ends {last.to} (“{last.key}” at {last.place})."
        )
        mend = f"End it on {last.to}, or delegate to the post."
        yield Fault(message, "to", delegation.where("to"), mend)


def _possibly_to(end: UncertainDate | None) -> date:
    """The last day on which something may still hold."""
    if end is None or end.doubtful or end.latest is None:
        return date.max
    return end.latest

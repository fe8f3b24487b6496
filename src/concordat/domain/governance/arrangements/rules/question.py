"""One question of authority, the answers that there are, and who is there to speak."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import NamedTuple, TypeVar

from concordat.domain.governance.arrangements.rules.facts import (
    Matter,
    Partner,
    Record,
    Seat,
    Sitting,
)
from concordat.domain.governance.arrangements.rules.kin import Kin
from concordat.kernel.dates import Period, UncertainDate
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import near

T = TypeVar("T")
DEPUTY = ":deputy"


class Answer(StrEnum):
    YES = "yes"
    NO = "no"
    NEEDS = "needs"
    NOT_DECIDING = "not a deciding body"


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one partner can do about the matter that day, and on what it rests.

    `needs` says in a few words what is wanting, to stand behind "Needs".
    """

    agency: str
    name: str
    class_: str
    answer: Answer
    reason: str
    source: str = ""
    delegation: str = ""
    needs: str = ""


class Stop(NamedTuple):
    """An obstacle: what it answers, why, and what is wanting."""

    answer: Answer
    reason: str
    needs: str = ""


CERTAIN = "a date that is certain"
OWN_DECISION = "its own decision"


def refused(reason: str) -> Stop:
    return Stop(Answer.NO, reason)


def wanting(needs: str, reason: str) -> Stop:
    return Stop(Answer.NEEDS, reason, needs)


def said(
    partner: Partner,
    answer: Answer,
    reason: str,
    source: str = "",
    by: str = "",
    needs: str = "",
) -> Opinion:
    return Opinion(
        partner.agency,
        partner.name,
        partner.class_,
        answer,
        reason,
        source or partner.source,
        by,
        needs,
    )


def needing(partner: Partner, needs: str, reason: str, source: str = "", by: str = "") -> Opinion:
    """The partner cannot decide until something is there that is not on record."""
    return said(partner, Answer.NEEDS, reason, source, by, needs)


@dataclass(frozen=True, slots=True)
class Present:
    """A seat at the table, and whether it is the deputy who speaks in it."""

    seat: Seat
    deputy: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """One question: the record, the matter, the day, who speaks (None: everybody), the money."""

    record: Record
    matter: Matter
    on: date
    present: tuple[Present, ...] | None
    amount: int | None
    kin: Kin

    def at(self, day: date) -> Case:
        """The same question on another day, whoever spoke."""
        return replace(self, on=day, present=None)

    def speakers(self) -> list[Sitting]:
        """The holder rows that certainly or possibly speak that day.

        In a seat the holder speaks, or the deputy if only a deputy sits, or was sent.
        """
        if self.present is None:
            return [s for s in self.record.sittings if _may_sit(s, self.on)]
        return [sitting for each in self.present for sitting in self.in_seat(each)]

    def in_seat(self, there: Present) -> list[Sitting]:
        rows = [s for s in self.record.sittings if s.seat == there.seat.key]
        rows = [s for s in rows if _may_sit(s, self.on)]
        deputies = [s for s in rows if s.holding == "deputy"]
        holders = [s for s in rows if s.holding != "deputy"]
        return deputies if there.deputy or not holders else holders

    def speaks_for(self, partner: Partner, seat: Seat) -> bool:
        if seat.agency:
            return self.kin.of_one_house(seat.agency, partner.agency)
        return seat.class_ == partner.class_


def _may_sit(sitting: Sitting, on: date) -> bool:
    return sitting.holding != "vacant" and sitting.in_force(on) != "no"


def ask(
    record: Record, matter: str, on: date, present: Iterable[str] | None, amount: int | None
) -> Case:
    """The question, once its matter and seats are known. Raises `Invalid` with near names."""
    asked = _find(record.matters, matter, "matter")
    there = None if present is None else tuple(_present(record, key) for key in present)
    return Case(record, asked, on, there, amount, Kin(record.agencies))


def _present(record: Record, key: str) -> Present:
    name = key.removesuffix(DEPUTY)
    return Present(_find(record.seats, name, "seat"), deputy=name != key)


def _find(known: Mapping[str, T], key: str, noun: str) -> T:
    if key in known:
        return known[key]
    close = near(key, list(known))
    raise Invalid(
        f"There is no {noun} called “{key}”.",
        field=noun,
        mend=f"Did you mean {' or '.join(close)}?" if close else f"Set down a {noun} first.",
    )


def told_on(day: UncertainDate | None) -> str:
    """ "on 26 March 2019", "in March 2019", "on a day not known"."""
    if day is None or day.earliest is None:
        return "on a day not known"
    if day.earliest == day.latest and not day.doubtful:
        return f"on {day}"
    return f"in the {day}" if "quarter of" in str(day) else f"in {day}"


def told_period(period: Period) -> str:
    return " to ".join(str(side) for side in (period.start, period.end) if side)

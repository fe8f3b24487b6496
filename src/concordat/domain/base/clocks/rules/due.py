"""From a trigger to a due date: pure reckoning of any rule that has a deadline."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from typing import Any, cast
from zoneinfo import ZoneInfo

from concordat.domain.base.clocks.rules.rows import (
    Bound,
    ChecklistItem,
    DayCounting,
    Deadline,
    Direction,
    Rule,
    Unit,
    digest,
)
from concordat.domain.base.clocks.rules.sums import told_in_words
from concordat.kernel.calendar import WorkingDays, add_months
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import count, day_in_words

LONDON = ZoneInfo("Europe/London")
_A_DAY = 24
_NO_NAMES: Mapping[date, str] = MappingProxyType({})

WORKING_DAY_CAVEAT = (
    "Working days are Monday to Friday without the bank holidays of England and local closures; "
    "no guidance defines them."
)
NO_TIME_CAVEAT = "The time of day was not given: the hours run out some time on the due date."


@dataclass(frozen=True, slots=True)
class Due:
    """When something is due, why, and by which version of which rule.

    `started_at` is set where the time of day is known, `due_at` then for clocks in hours.
    `opens` is the first day of a window. `capped`: the last date allowed came first. For a
    rule with the bound `earliest`, `due` is the first day on which to act.
    """

    rule: str
    version: int
    digest: str
    start: date
    due: date
    sum: str
    source: str
    in_force_from: date | None
    verified: bool
    bound: Bound = Bound.LATEST
    started_at: datetime | None = None
    due_at: datetime | None = None
    opens: date | None = None
    capped: bool = False
    caveats: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The shape that `concordat due --json` prints."""
        begun = f"{self.started_at:%Y-%m-%dT%H:%M}" if self.started_at else self.start.isoformat()
        told: dict[str, Any] = {"rule": self.rule, "on": begun}
        told["due"] = self.due.isoformat()
        if self.due_at is not None:
            told["due_at"] = self.due_at.isoformat()
        if self.opens is not None:
            told["opens"] = self.opens.isoformat()
        begins = self.in_force_from.isoformat() if self.in_force_from else None
        return told | {
            "bound": self.bound.value,
            "sum": self.sum,
            "source": self.source,
            "in_force_from": begins,
            "verified": self.verified,
            "version": self.version,
            "digest": self.digest,
            "caveats": list(self.caveats),
        }


def due_on(
    start: date | datetime,
    rule: Rule,
    working_days: WorkingDays,
    *,
    closed_names: Mapping[date, str] = _NO_NAMES,
) -> Due:
    """When a rule's deadline falls after (or before) its trigger.

    `start` is a day, or a moment for clocks in hours; a moment without a zone is London's.
    Clocks in hours keep local time: 72 hours after 16:10 end at 16:10, also when the clocks
    change in between. `closed_names` names closed days for the sum in words.
    Raises `Invalid` for a rule without a deadline, a time of day that did not happen, or a
    date beyond the days whose closures are known.
    """
    if rule.deadline is None:
        raise Invalid(
            f"{rule.id} has no deadline: it is a {rule.kind.value}.",
            field="rule",
            mend="Choose a rule of kind deadline, or add a local rule for the interval.",
        )
    return _due(start, rule, rule.deadline, working_days, closed_names)


def due_items(
    start: date | datetime,
    rule: Rule,
    working_days: WorkingDays,
    *,
    closed_names: Mapping[date, str] = _NO_NAMES,
) -> tuple[tuple[ChecklistItem, Due], ...]:
    """The dates of the steps of a checklist that have their own clocks and share its trigger."""
    return tuple(
        (item, _due(start, rule, item.deadline, working_days, closed_names))
        for item in rule.items
        if item.deadline is not None and item.trigger == rule.trigger
    )


def trigger_day(rule: Rule, events: Mapping[str, date | None]) -> date | None:
    """The day a clock starts where a rule names the earlier or the later of several events.

    None while it cannot be known: the later of two is unknown until both have happened, the
    earlier as soon as one is known. Raises `Invalid` for a rule that names no events, or an
    event that the rule does not name.
    """
    deadline = rule.deadline
    names = (deadline.earlier_of or deadline.later_of) if deadline else ()
    if not names or set(events) - set(names):
        raise Invalid(f"{rule.id} starts with: {', '.join(names) or rule.trigger}.", field="events")
    days = [events.get(name) for name in names]
    known = [day for day in days if day is not None]
    if deadline and deadline.later_of:
        return max(known) if len(known) == len(days) else None
    return min(known, default=None)


def working_days_left(due: date, today: date, working_days: WorkingDays) -> int:
    """Working days after today up to and including the due date; negative when it is past."""
    return working_days.between(today, due)


def day_in_london(when: date | datetime) -> date:
    """The day it is in London at that moment; a moment without a zone is London's."""
    if not isinstance(when, datetime):
        return when
    return when.date() if when.tzinfo is None else when.astimezone(LONDON).date()


def told_day(day: date, moment: datetime | None = None) -> str:
    """The day in words, with the time in London where it is known: 1 April 2019 at 16:10."""
    at = f" at {moment.astimezone(LONDON):%H:%M}" if moment else ""
    return f"{day_in_words(day)}{at}"


def _due(
    start: date | datetime,
    rule: Rule,
    deadline: Deadline,
    working_days: WorkingDays,
    closed_names: Mapping[date, str],
) -> Due:
    moment = _in_london(start) if isinstance(start, datetime) else None
    day = day_in_london(start)
    due_at = _hours_after(moment, deadline) if moment and deadline.unit is Unit.HOURS else None
    full = due_at.date() if due_at else _RECKONED[deadline.unit](day, deadline, working_days)
    capped = deadline.latest is not None and full > deadline.latest
    due = deadline.latest if capped and deadline.latest else full
    opens = _opens(day, deadline, working_days)
    return Due(
        rule=rule.id,
        version=rule.version,
        digest=digest(rule),
        start=day,
        due=due,
        sum=told_in_words(moment or day, full, due_at, opens, deadline, working_days, closed_names),
        source=rule.source,
        in_force_from=rule.in_force_from,
        verified=rule.verified(day),
        bound=deadline.bound,
        started_at=moment,
        due_at=due_at,
        opens=opens,
        capped=capped,
        caveats=_caveats(rule, deadline, day, moment),
    )


def _opens(day: date, deadline: Deadline, working_days: WorkingDays) -> date | None:
    if deadline.window_from is None:
        return None
    from_day = Deadline(
        unit=deadline.unit,
        value=deadline.window_from,
        direction=deadline.direction,
        day_counting=deadline.day_counting,
    )
    return _RECKONED[deadline.unit](day, from_day, working_days)


def _caveats(rule: Rule, deadline: Deadline, day: date, moment: datetime | None) -> tuple[str, ...]:
    told = [doubt.text for doubt in rule.open_doubts(day)]
    if deadline.unit is Unit.WORKING_DAYS:
        told.append(WORKING_DAY_CAVEAT)
    if deadline.unit is Unit.HOURS and moment is None:
        told.append(NO_TIME_CAVEAT)
    if rule.note:
        told.append(rule.note)
    return tuple(told)


def _signed(deadline: Deadline) -> int:
    return deadline.value if deadline.direction is Direction.FORWARD else -deadline.value


def _working(day: date, deadline: Deadline, working_days: WorkingDays) -> date:
    if deadline.day_counting is DayCounting.DAY0:
        return working_days.add(day, _signed(deadline))
    if deadline.direction is Direction.FORWARD:
        return working_days.add(working_days.next_working(day), deadline.value - 1)
    return working_days.add(working_days.previous_working(day), 1 - deadline.value)


def _calendar(day: date, deadline: Deadline, _: WorkingDays) -> date:
    sign = 1 if deadline.direction is Direction.FORWARD else -1
    already = deadline.day_counting is DayCounting.DAY1
    return _moved(day, sign * (deadline.value - already))


def _weeks(day: date, deadline: Deadline, _: WorkingDays) -> date:
    return _moved(day, 7 * _signed(deadline))


def _months(day: date, deadline: Deadline, _: WorkingDays) -> date:
    return add_months(day, _signed(deadline))


def _whole_days_of_hours(day: date, deadline: Deadline, _: WorkingDays) -> date:
    days, over = divmod(deadline.value, _A_DAY)
    if over:
        hours = count(deadline.value, "hour")
        raise Invalid(
            f"{hours} need the time of day.", field="on", mend="Give it as 2019-03-28T16:10."
        )
    return _moved(day, days if deadline.direction is Direction.FORWARD else -days)


def _fixed(_: date, deadline: Deadline, __: WorkingDays) -> date:
    return cast(date, deadline.day)


def _yearly(day: date, deadline: Deadline, _: WorkingDays) -> date:
    month, number = cast(tuple[int, int], deadline.yearly)
    this_year = date(day.year, month, number)
    return this_year if day <= this_year else this_year.replace(year=day.year + 1)


_RECKONED: Mapping[Unit, Callable[[date, Deadline, WorkingDays], date]] = {
    Unit.WORKING_DAYS: _working,
    Unit.CALENDAR_DAYS: _calendar,
    Unit.WEEKS: _weeks,
    Unit.MONTHS: _months,
    Unit.HOURS: _whole_days_of_hours,
    Unit.FIXED: _fixed,
    Unit.YEARLY: _yearly,
}


def _moved(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        raise Invalid(f"{days} days from {day_in_words(day)} is outside the calendar.") from None


def _in_london(moment: datetime) -> datetime:
    """The moment on London's clocks. Raises `Invalid` for an hour that the clocks skipped."""
    if moment.tzinfo is not None:
        return moment.astimezone(LONDON)
    local = moment.replace(tzinfo=LONDON)
    if _happened(local) != local:
        raise Invalid(
            f"{moment:%H:%M} on {day_in_words(moment)} did not happen: the clocks went forward.",
            field="on",
            mend="Give the time on the clock after the change.",
        )
    return local


def _hours_after(moment: datetime, deadline: Deadline) -> datetime:
    try:
        return _happened(moment + timedelta(hours=_signed(deadline)))
    except OverflowError:
        raise Invalid("The hours run outside the calendar.", field="on") from None


def _happened(local: datetime) -> datetime:
    return local.astimezone(UTC).astimezone(LONDON)
